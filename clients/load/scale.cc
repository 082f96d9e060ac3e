// How the server does on a database a hundred times as large, and on a log of years.
#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/str_format.h"
#include "clients/load/bench.h"
#include "clients/load/loads.h"
#include "clients/load/meter.h"
#include "storage/status_macros.h"

namespace navo::load {
namespace {

constexpr int kScaleLogRows = 10;  // of each case

// One size: its server and its loads.
struct Sized {
  std::unique_ptr<Trial> trial;
  std::unique_ptr<SampledLoad> read;
  std::unique_ptr<SampledLoad> write;
};

absl::StatusOr<Sized> Open(BenchOptions options, int participants, Meter& meter,
                           Figure& start_seconds) {
  options.participants = participants;
  KeptOptions wanted = KeptOptionsOf(options);
  wanted.log_rows_of_case = kScaleLogRows;
  wanted.scratch = false;
  NAVO_ASSIGN_OR_RETURN(const KeptDatabase kept, GetOrMakeDatabase(wanted));
  Sized sized;
  NAVO_ASSIGN_OR_RETURN(sized.trial, Trial::Start(TrialOptionsOf(options, kept)));
  NAVO_ASSIGN_OR_RETURN(const double seconds, sized.trial->FirstAnswerSeconds());
  start_seconds.Add(seconds);
  meter.Know(*sized.trial);
  const City& city = sized.trial->city();
  sized.read = MakeSingleLoad(city, GetPlan(), SeedOfNow());
  sized.write = MakeSingleLoad(city, RecordFollowUp(), SeedOfNow());
  const DriveOptions warm{.clients = kClients, .window = absl::Seconds(1)};
  NAVO_RETURN_IF_ERROR(DriveClosed(*sized.read, warm).status());
  NAVO_RETURN_IF_ERROR(DriveClosed(*sized.write, warm).status());
  return sized;
}

absl::StatusOr<double> Rate(Meter& meter, const Sized& sized, Load& load, Findings& findings,
                            const std::string& name) {
  NAVO_ASSIGN_OR_RETURN(const Phase phase, meter.Closed(*sized.trial, load, kClients));
  AddPhase(findings, name, phase);
  return phase.drive.rate();
}

}  // namespace

absl::Status BenchScale(const BenchOptions& options, Findings& findings) {
  Meter meter(options.window);
  NAVO_ASSIGN_OR_RETURN(const Sized few,
                        Open(options, options.scale_from, meter, findings["start_of_few_s"]));
  NAVO_ASSIGN_OR_RETURN(const Sized many,
                        Open(options, options.scale_to, meter, findings["start_s"]));
  findings["scale_from"].Add(options.scale_from);
  findings["scale_to"].Add(options.scale_to);
  for (int number = 1; number <= options.repetitions; ++number) {
    NAVO_ASSIGN_OR_RETURN(const double few_read, Rate(meter, few, *few.read, findings, "R_of_few"));
    NAVO_ASSIGN_OR_RETURN(const double many_read,
                          Rate(meter, many, *many.read, findings, "R_of_many"));
    NAVO_ASSIGN_OR_RETURN(const double few_write,
                          Rate(meter, few, *few.write, findings, "W_of_few"));
    NAVO_ASSIGN_OR_RETURN(const double many_write,
                          Rate(meter, many, *many.write, findings, "W_of_many"));
    findings["R_scale"].Add(many_read / few_read);
    findings["W_scale"].Add(many_write / few_write);
    findings["others_share"].Add(meter.TakeDisturbance());
    std::cerr << absl::StrFormat("scale %d: R %.0f and %.0f, W %.0f and %.0f a second\n", number,
                                 few_read, many_read, few_write, many_write);
  }
  findings["rss_of_many_mb"].Add(many.trial->server().ReadMemory().resident_mb);
  NAVO_RETURN_IF_ERROR(few.trial->server().Stop());
  return many.trial->server().Stop();
}

absl::Status BenchLog(const BenchOptions& options, Findings& findings) {
  KeptOptions wanted = KeptOptionsOf(options);
  wanted.log_rows = options.log_rows;
  wanted.scratch = false;
  NAVO_ASSIGN_OR_RETURN(const KeptDatabase kept, GetOrMakeDatabase(wanted));
  NAVO_ASSIGN_OR_RETURN(const auto trial, Trial::Start(TrialOptionsOf(options, kept)));
  Meter meter(options.window);
  meter.Know(*trial);
  findings["log_rows"].Add(static_cast<double>(options.log_rows));
  findings["log_row_bytes_of_many"].Add(kept.sizes.log_row_bytes);
  NAVO_ASSIGN_OR_RETURN(const double start_seconds, trial->FirstAnswerSeconds());
  findings["log_start_s"].Add(start_seconds);
  const auto list = MakeSingleLoad(trial->city(), ListAccess(), SeedOfNow());
  for (int i = 0; i < options.repetitions; ++i) {
    NAVO_ASSIGN_OR_RETURN(const Phase phase, meter.Closed(*trial, *list, 1));
    findings["log_list_ms"].Add(phase.drive.p50_ms);
    findings["log_list_p99_ms"].Add(phase.drive.p99_ms);
    findings["log_list_cpu_us"].Add(phase.server_cpu_us);
    findings["others_share"].Add(meter.TakeDisturbance());
  }
  findings["log_list_statements"].Add(list->sampled().Statements());
  return trial->server().Stop();
}

}  // namespace navo::load
