// I: taking in large files, in a database of its own that is made for it and removed again.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "clients/cpp/import.h"
#include "clients/load/bench.h"
#include "clients/load/import_file.h"
#include "clients/load/meter.h"
#include "clients/load/seats.h"
#include "storage/status_macros.h"

namespace navo::load {
namespace {

constexpr int kCases = 1'000;
constexpr int kEarlyPart = 5;  // memory is compared with what it was after a fifth of the rows
constexpr absl::Duration kMemoryEvery = absl::Milliseconds(200);

struct Source {
  const char* format_name;  // of WriteImportFile
  v1::ImportFormat format;
  const char* subject;  // who sends it
  const char* prefix;   // of the figures
};
constexpr Source kSources[] = {
    {"nav-deltaker", v1::IMPORT_FORMAT_NAV_DELTAKER, kNavSystem, "import_"},
    {"vo-elever", v1::IMPORT_FORMAT_VO_ELEVER, kVoSystem, "import_vo_"},
};

// The server's memory while rows come in.
struct Memory {
  double early_mb = 0;
  double last_mb = 0;
  double most_mb = 0;
  absl::Time next = absl::InfinitePast();

  void Look(const ServerProcess& server, int64_t rows, int64_t of) {
    if (absl::Now() < next) return;
    next = absl::Now() + kMemoryEvery;
    last_mb = server.ReadMemory().resident_mb;
    most_mb = std::max(most_mb, last_mb);
    if (rows <= of / kEarlyPart || early_mb == 0) early_mb = last_mb;
  }
};

absl::Status CheckCounts(const v1::ImportCounts& counts, int rows) {
  const int bad = (rows + kRowsForABadOne / 2 - 1) / kRowsForABadOne;
  if (counts.rows() == rows && counts.rejected() == bad && counts.created() == rows - bad) {
    return absl::OkStatus();
  }
  return absl::InternalError(absl::StrFormat("I: of %d rows %d are taken in and %d rejected", rows,
                                             counts.created(), counts.rejected()));
}

absl::Status TakeIn(const Trial& trial, const std::string& folder, const Source& source, int rows,
                    Findings& findings) {
  ImportFileOptions file;
  file.format = source.format_name;
  file.rows = rows;
  file.file = absl::StrCat(folder, "/", source.format_name);
  NAVO_RETURN_IF_ERROR(WriteImportFile(file));
  client::ClientOptions options;
  options.address = trial.city().address;
  NAVO_ASSIGN_OR_RETURN(options.token, SystemToken(trial.city().dev, source.subject));
  const client::Client system(options);
  v1::ImportStart start;
  start.set_format(source.format);
  start.set_source_system("benchmark");
  std::ifstream in(file.file, std::ios::binary);
  Memory memory;
  memory.Look(trial.server(), 0, rows);
  const double before_mb = memory.last_mb;
  const double cpu_before = trial.server().CpuSeconds();
  const absl::Time begin = absl::Now();
  NAVO_ASSIGN_OR_RETURN(const v1::ImportCounts counts,
                        client::Import(system, start, in, [&](const v1::ImportResponse& response) {
                          memory.Look(trial.server(), response.counts().rows(), rows);
                        }));
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  NAVO_RETURN_IF_ERROR(CheckCounts(counts, rows));
  memory.next = absl::InfinitePast();
  memory.Look(trial.server(), rows, rows);
  const std::string prefix = source.prefix;
  findings[prefix + "rows_s"].Add(rows / seconds);
  findings[prefix + "cpu_us"].Add((trial.server().CpuSeconds() - cpu_before) * 1e6 / rows);
  findings[prefix + "rss_mb"].Add(memory.most_mb);
  findings[prefix + "rss_before_mb"].Add(before_mb);
  findings[prefix + "rss_growth_mb"].Add(memory.last_mb - memory.early_mb);
  std::cerr << absl::StrFormat("import %s: %.0f rows a second\n", source.format_name,
                               rows / seconds);
  return absl::OkStatus();
}

}  // namespace

absl::Status BenchImport(const BenchOptions& options, Findings& findings) {
  const std::string folder = absl::StrCat(options.root, "/import");
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  MakeOptions make;
  make.participants = kCases;
  make.seed = options.seed;
  make.database = folder + "/navo.db";
  make.dev = folder + "/dev";
  make.navod = options.navod;
  NAVO_RETURN_IF_ERROR(Make(make).status());
  NAVO_ASSIGN_OR_RETURN(
      const auto trial,
      Trial::Start({options.navod, make.database, make.dev, kCases, options.seed, {}, {}}));
  findings["import_rows"].Add(options.import_rows);
  Meter meter(options.window);
  meter.Know(*trial);
  for (const Source& source : kSources) {
    NAVO_RETURN_IF_ERROR(
        meter.Watch([&] { return TakeIn(*trial, folder, source, options.import_rows, findings); }));
  }
  findings["import_others_share"].Add(meter.TakeDisturbance());
  NAVO_RETURN_IF_ERROR(trial->server().Stop());
  std::filesystem::remove_all(folder, error);
  return absl::OkStatus();
}

}  // namespace navo::load
