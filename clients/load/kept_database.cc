#include "clients/load/kept_database.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "storage/crypto.h"
#include "storage/schema/schema.h"
#include "storage/status_macros.h"

namespace navo::load {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr char kSizesFile[] = "/sizes.json";
constexpr int kContent = 2;  // of the cases: one more when what Make writes changes
constexpr double kMostGrowth = 1.2;
// For asking whether the disk has room: a little more than was measured.
constexpr double kCaseBytes = 42'000;
constexpr double kLogRowBytes = 160;
constexpr double kLeftFree = 2e9;

std::string SchemaHash() {
  std::string text;
  for (const storage::SchemaFile& file : storage::SchemaFiles()) text.append(file.text);
  return absl::BytesToHexString(storage::Sha256(text).substr(0, 6));
}

double FileBytes(const std::string& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : static_cast<double>(size);
}

std::string SizeName(const KeptOptions& options) {
  return absl::StrCat(options.participants, "x", options.log_rows_of_case,
                      options.log_rows > 0 ? absl::StrCat("+", options.log_rows) : "", "-");
}

// Databases of the same size for another seed, schema or content: nobody measures on them again.
void RemoveOthers(const KeptOptions& options) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(options.root, error)) {
    if (entry.path().filename().string().rfind(SizeName(options), 0) == 0) {
      fs::remove_all(entry.path(), error);
    }
  }
}

absl::Status CheckRoom(const KeptOptions& options) {
  const double cases = options.participants;
  const double rows =
      std::max(cases * options.log_rows_of_case, static_cast<double>(options.log_rows));
  double needed = cases * kCaseBytes + rows * kLogRowBytes;
  if (options.scratch) needed *= 2;
  std::error_code error;
  const fs::space_info space = fs::space(options.root, error);
  const double free = error ? 0 : static_cast<double>(space.available);
  if (free >= needed + kLeftFree) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrFormat("%d cases and %.0f log rows need about %.0f GB in %s and 2 GB beside them; "
                      "%.0f GB are free",
                      options.participants, rows, needed / 1e9, options.root, free / 1e9));
}

// True when the folder holds a finished database that has not grown much.
bool Fits(KeptDatabase& kept) {
  std::ifstream file(kept.folder + kSizesFile);
  const json sizes = json::parse(file, nullptr, false);
  if (!sizes.is_object()) return false;
  kept.sizes = {sizes.value("case_bytes", 0.0), sizes.value("log_row_bytes", 0.0),
                sizes.value("file_bytes", 0.0)};
  const double most = kept.sizes.file_bytes * kMostGrowth;
  return FileBytes(kept.database()) < most && FileBytes(kept.scratch()) < most;
}

}  // namespace

absl::StatusOr<KeptDatabase> GetOrMakeDatabase(const KeptOptions& wanted) {
  KeptDatabase kept;
  kept.folder = absl::StrCat(wanted.root, "/", SizeName(wanted), wanted.seed, "-", SchemaHash(),
                             "-", kContent);
  if (Fits(kept)) return kept;
  std::error_code error;
  fs::create_directories(wanted.root, error);
  RemoveOthers(wanted);
  NAVO_RETURN_IF_ERROR(CheckRoom(wanted));
  std::cerr << "making a database of " << wanted.participants << " cases in " << kept.folder
            << "\n";
  fs::create_directories(kept.folder, error);
  MakeOptions options;
  options.participants = wanted.participants;
  options.seed = wanted.seed;
  options.shape.log_rows = wanted.log_rows_of_case;
  options.log_rows = wanted.log_rows;
  options.database = kept.database();
  options.dev = kept.dev();
  options.navod = wanted.navod;
  NAVO_ASSIGN_OR_RETURN(kept.sizes, Make(options));
  if (wanted.scratch && !fs::copy_file(kept.database(), kept.scratch(), error)) {
    return absl::UnavailableError(absl::StrCat("cannot write ", kept.scratch()));
  }
  // Last: a folder without it is not finished.
  std::ofstream file(kept.folder + kSizesFile);
  file << json{{"case_bytes", kept.sizes.case_bytes},
               {"log_row_bytes", kept.sizes.log_row_bytes},
               {"file_bytes", kept.sizes.file_bytes}}
              .dump(1);
  file.close();
  if (!file) return absl::UnavailableError(absl::StrCat("cannot write in ", kept.folder));
  return kept;
}

}  // namespace navo::load
