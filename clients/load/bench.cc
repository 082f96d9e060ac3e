#include "clients/load/bench.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/load/case_content.h"
#include "clients/load/case_screen.h"
#include "clients/load/loads.h"
#include "clients/load/meter.h"
#include "clients/load/rpc_costs.h"
#include "clients/load/store_yardstick.h"
#include "clients/load/working_day.h"
#include "storage/status_macros.h"

namespace navo::load {
namespace {

constexpr int kOtherClients[] = {1, 8, 256};
constexpr double kDisturbing = 0.10;  // of the machine, used by others
constexpr int kMostExtraRepetitions = 2;
constexpr int kRpcRounds = 20;

int AverageBodyBytes() {
  Dice dice(1);
  constexpr int kDraws = 100;
  size_t bytes = 0;
  for (int i = 0; i < kDraws; ++i) {
    const int64_t now_us = absl::ToUnixMicros(absl::Now());
    v1::FollowUp body = MakeFollowUp(now_us, dice);
    *body.mutable_provenance() = ProvenanceAt(v1::ROLE_VEILEDER, now_us);
    bytes += body.ByteSizeLong();
  }
  return static_cast<int>(bytes / kDraws);
}

// A load by its letter.
std::unique_ptr<SampledLoad> MakeLoad(const std::string& letter, const City& city) {
  const uint64_t seed = SeedOfNow();
  if (letter == "R") return MakeSingleLoad(city, GetPlan(), seed);
  if (letter == "W") return MakeSingleLoad(city, RecordFollowUp(), seed);
  if (letter == "L") return MakeSingleLoad(city, ListParticipants(), seed);
  if (letter == "C") return MakeCaseScreenLoad(city, seed);
  return MakeWorkingDayLoad(city, seed);
}

// The loads, beside each other on one database.
class Bencher {
 public:
  Bencher(const BenchOptions& options, Findings& findings)
      : options_(options), findings_(findings), meter_(options.window) {}

  absl::Status Run() {
    NAVO_ASSIGN_OR_RETURN(kept_, GetOrMakeDatabase(KeptOptionsOf(options_)));
    findings_["case_bytes"].Add(kept_.sizes.case_bytes);
    findings_["log_row_bytes"].Add(kept_.sizes.log_row_bytes);
    NAVO_ASSIGN_OR_RETURN(trial_, Trial::Start(TrialOptionsOf(options_, kept_)));
    meter_.Know(*trial_);
    NAVO_ASSIGN_OR_RETURN(const double start_seconds, trial_->FirstAnswerSeconds());
    findings_["start_here_s"].Add(start_seconds);
    NAVO_RETURN_IF_ERROR(Prepare());
    int disturbed = 0;
    for (int done = 0; done < options_.repetitions + disturbed;) {
      NAVO_RETURN_IF_ERROR(Repetition(++done));
      const double others = meter_.TakeDisturbance();
      findings_["others_share"].Add(others);
      if (others > kDisturbing) disturbed = std::min(disturbed + 1, kMostExtraRepetitions);
    }
    NAVO_RETURN_IF_ERROR(OtherConcurrencies());
    const ServerProcess::Memory memory = trial_->server().ReadMemory();
    findings_["rss_mb"].Add(memory.resident_mb);
    findings_["rss_anonymous_mb"].Add(memory.anonymous_mb);
    for (const auto& [letter, load] : {std::pair{"R_statements", read_.get()},
                                       {"W_statements", write_.get()},
                                       {"L_statements", list_.get()}}) {
      findings_[letter].Add(load->sampled().Statements());
    }
    NAVO_RETURN_IF_ERROR(CheckWrite(trial_->city()));
    NAVO_ASSIGN_OR_RETURN(const auto costs, CostsOfMethods(*trial_, kRpcRounds, SeedOfNow()));
    AddCosts(findings_, costs);
    findings_.AddTable(ToLines(costs));
    return trial_->server().Stop();
  }

 private:
  // Warms the server up and learns how large requests and answers are.
  absl::Status Prepare() {
    const City& city = trial_->city();
    read_ = MakeLoad("R", city);
    write_ = MakeLoad("W", city);
    list_ = MakeLoad("L", city);
    screen_ = MakeLoad("C", city);
    day_ = MakeLoad("M", city);
    const DriveOptions warm{.clients = kClients, .window = absl::Seconds(1)};
    NAVO_RETURN_IF_ERROR(DriveClosed(*read_, warm).status());
    NAVO_RETURN_IF_ERROR(DriveClosed(*write_, warm).status());
    const Sampled& read = read_->sampled();
    const Sampled& write = write_->sampled();
    echo_read_ =
        MakeSingleLoad(city, Echo(EchoKind::kBare, read.RequestBytes(), read.ResponseBytes()), 1);
    echo_write_ =
        MakeSingleLoad(city, Echo(EchoKind::kBare, write.RequestBytes(), write.ResponseBytes()), 1);
    echo_logged_ = MakeSingleLoad(
        city, Echo(EchoKind::kLogged, read.RequestBytes(), read.ResponseBytes()), SeedOfNow());
    findings_["R_request_bytes"].Add(read.RequestBytes());
    findings_["R_response_bytes"].Add(read.ResponseBytes());
    findings_["W_request_bytes"].Add(write.RequestBytes());
    findings_["W_response_bytes"].Add(write.ResponseBytes());
    NAVO_ASSIGN_OR_RETURN(
        store_, StoreYardstick::Open(kept_.scratch(), {AverageBodyBytes(), write.ResponseBytes()}));
    return absl::OkStatus();
  }

  // A closed loop and, of all but the echo, latency at half of what it reached.
  absl::StatusOr<double> Measure(const std::string& name, Load& load) {
    NAVO_ASSIGN_OR_RETURN(const Phase phase, meter_.Closed(*trial_, load, kClients));
    AddPhase(findings_, name, phase);
    return phase.drive.rate();
  }
  absl::Status Latency(const std::string& name, Load& load, double rate) {
    NAVO_ASSIGN_OR_RETURN(const Phase phase, meter_.Open(*trial_, load, rate / 2));
    findings_[name + "_p50_ms"].Add(phase.drive.p50_ms);
    findings_[name + "_p99_ms"].Add(phase.drive.p99_ms);
    return absl::OkStatus();
  }

  absl::Status Repetition(int number) {
    NAVO_ASSIGN_OR_RETURN(const double echo_read, Measure("E", *echo_read_));
    NAVO_ASSIGN_OR_RETURN(const double read, Measure("R", *read_));
    NAVO_ASSIGN_OR_RETURN(const double echo_logged, Measure("D", *echo_logged_));
    NAVO_ASSIGN_OR_RETURN(const double echo_write, Measure("E_of_W", *echo_write_));
    NAVO_ASSIGN_OR_RETURN(const double write, Measure("W", *write_));
    double stored = 0;
    NAVO_RETURN_IF_ERROR(meter_.Watch([&]() -> absl::Status {
      NAVO_ASSIGN_OR_RETURN(stored, store_->Run(options_.window));
      return absl::OkStatus();
    }));
    NAVO_ASSIGN_OR_RETURN(const Phase list, meter_.Closed(*trial_, *list_, 1));
    NAVO_ASSIGN_OR_RETURN(const double screens, Measure("C", *screen_));
    NAVO_ASSIGN_OR_RETURN(const double acts, Measure("M", *day_));
    findings_["R_E"].Add(read / echo_read);
    findings_["W_E"].Add(write / echo_write);
    findings_["D_E"].Add(echo_logged / echo_read);
    findings_["R_D"].Add(read / echo_logged);
    findings_["W_S"].Add(write / stored);
    findings_["S_wps"].Add(stored);
    findings_["L_ms"].Add(list.drive.p50_ms);
    findings_["L_all_p99_ms"].Add(list.drive.p99_ms);
    findings_["L_cpu_us"].Add(list.server_cpu_us);
    findings_["L_instructions"].Add(list.instructions);
    NAVO_RETURN_IF_ERROR(Latency("R", *read_, read));
    NAVO_RETURN_IF_ERROR(Latency("W", *write_, write));
    NAVO_RETURN_IF_ERROR(Latency("C", *screen_, screens));
    NAVO_RETURN_IF_ERROR(Latency("M", *day_, acts));
    std::cerr << absl::StrFormat(
        "repetition %d: E %.0f, D %.0f, R %.0f, E(W) %.0f, W %.0f, S %.0f, C %.0f, M %.0f a "
        "second; L %.2f ms\n",
        number, echo_read, echo_logged, read, echo_write, write, stored, screens, acts,
        list.drive.p50_ms);
    return absl::OkStatus();
  }

  // M comes last: the memory is read after it.
  absl::Status OtherConcurrencies() {
    std::vector<std::string> lines = {absl::StrFormat("%-10s%8s%12s%10s%10s%14s", "closed",
                                                      "clients", "a second", "p50 ms", "p99 ms",
                                                      "server us")};
    const std::pair<const char*, Load*> loads[] = {{"E of R", echo_read_.get()},
                                                   {"R", read_.get()},
                                                   {"W", write_.get()},
                                                   {"C", screen_.get()},
                                                   {"M", day_.get()}};
    for (const auto& [name, load] : loads) {
      for (const int clients : kOtherClients) {
        NAVO_ASSIGN_OR_RETURN(const Phase phase, meter_.Closed(*trial_, *load, clients));
        lines.push_back(absl::StrFormat("%-10s%8d%12.0f%10.2f%10.2f%14.1f", name, clients,
                                        phase.drive.rate(), phase.drive.p50_ms, phase.drive.p99_ms,
                                        phase.server_cpu_us));
      }
    }
    findings_.AddTable(std::move(lines));
    return absl::OkStatus();
  }

  const BenchOptions& options_;
  Findings& findings_;
  Meter meter_;
  KeptDatabase kept_;
  std::unique_ptr<Trial> trial_;
  std::unique_ptr<SampledLoad> read_;
  std::unique_ptr<SampledLoad> write_;
  std::unique_ptr<SampledLoad> list_;
  std::unique_ptr<SampledLoad> screen_;
  std::unique_ptr<SampledLoad> day_;
  std::unique_ptr<SampledLoad> echo_read_;
  std::unique_ptr<SampledLoad> echo_write_;
  std::unique_ptr<SampledLoad> echo_logged_;
  std::unique_ptr<StoreYardstick> store_;
};

}  // namespace

KeptOptions KeptOptionsOf(const BenchOptions& options) {
  KeptOptions kept;
  kept.root = options.root;
  kept.participants = options.participants;
  kept.seed = options.seed;
  kept.navod = options.navod;
  return kept;
}

TrialOptions TrialOptionsOf(const BenchOptions& options, const KeptDatabase& kept) {
  return {options.navod, kept.database(), kept.dev(), options.participants, options.seed, {}, {}};
}

void NoteDisturbance(Findings& findings) {
  findings.disturbed = findings["others_share"].Median() > kDisturbing;
}

absl::Status Bench(const BenchOptions& options, Findings& findings) {
  return Bencher(options, findings).Run();
}

absl::Status BenchOnly(const BenchOptions& options, Findings& findings) {
  NAVO_ASSIGN_OR_RETURN(const KeptDatabase kept, GetOrMakeDatabase(KeptOptionsOf(options)));
  NAVO_ASSIGN_OR_RETURN(const auto trial, Trial::Start(TrialOptionsOf(options, kept)));
  const auto load = MakeLoad(options.only, trial->city());
  Meter meter(options.window);
  meter.Know(*trial);
  for (int i = 0; i < options.repetitions; ++i) {
    NAVO_ASSIGN_OR_RETURN(const Phase phase, meter.Closed(*trial, *load, kClients));
    AddPhase(findings, options.only, phase);
    findings["others_share"].Add(meter.TakeDisturbance());
  }
  return trial->server().Stop();
}

absl::Status BenchRpcs(const BenchOptions& options, Findings& findings) {
  NAVO_ASSIGN_OR_RETURN(const KeptDatabase kept, GetOrMakeDatabase(KeptOptionsOf(options)));
  NAVO_ASSIGN_OR_RETURN(const auto trial, Trial::Start(TrialOptionsOf(options, kept)));
  NAVO_ASSIGN_OR_RETURN(const auto costs, CostsOfMethods(*trial, kRpcRounds, SeedOfNow()));
  AddCosts(findings, costs);
  findings.AddTable(ToLines(costs));
  return trial->server().Stop();
}

}  // namespace navo::load
