#include "clients/load/bench.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "clients/load/calls.h"
#include "clients/load/case_content.h"
#include "clients/load/instructions.h"
#include "clients/load/kept_database.h"
#include "clients/load/machine.h"
#include "clients/load/server_process.h"
#include "clients/load/store_yardstick.h"
#include "storage/status_macros.h"

namespace navo::load {
namespace {

constexpr int kClients = 64;
constexpr int kOtherClients[] = {1, 8, 256};
constexpr int kMostClients = 256;
constexpr double kDisturbing = 0.10;  // of the machine, used by others
constexpr int kMostExtraRepetitions = 2;

// Processor time at one moment.
struct Moment {
  absl::Time time = absl::Now();
  double busy = BusySeconds();
  double own = OwnSeconds();
  double server = 0;
  double instructions = 0;  // of the server
};

struct Phase {
  DriveResult drive;
  double server_cpu_us = 0;  // a call
  double instructions = 0;   // of the server, a call
};

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

class Bencher {
 public:
  explicit Bencher(const BenchOptions& options) : options_(options) {}

  absl::StatusOr<Findings> Run() {
    findings_.machine = DescribeMachine();
    findings_.participants = options_.participants;
    NAVO_ASSIGN_OR_RETURN(kept_, GetOrMakeDatabase(options_.root, options_.participants,
                                                   options_.seed, options_.navod));
    findings_["case_bytes"].Add(kept_.sizes.case_bytes);
    findings_["log_row_bytes"].Add(kept_.sizes.log_row_bytes);
    NAVO_RETURN_IF_ERROR(StartServer());
    NAVO_RETURN_IF_ERROR(Prepare());
    if (!options_.only.empty()) return Only();
    int disturbed = 0;
    for (int done = 0; done < options_.repetitions + disturbed;) {
      disturbance_ = 0;
      NAVO_RETURN_IF_ERROR(Repetition(++done));
      findings_["others_share"].Add(disturbance_);
      if (disturbance_ > kDisturbing) disturbed = std::min(disturbed + 1, kMostExtraRepetitions);
    }
    findings_.disturbed = findings_["others_share"].Median() > kDisturbing;
    NAVO_RETURN_IF_ERROR(OtherConcurrencies());
    const ServerProcess::Memory memory = server_->ReadMemory();
    findings_["rss_mb"].Add(memory.resident_mb);
    findings_["rss_anonymous_mb"].Add(memory.anonymous_mb);
    findings_["R_statements"].Add(read_->sampled().Statements());
    findings_["W_statements"].Add(write_->sampled().Statements());
    findings_["L_statements"].Add(list_->sampled().Statements());
    NAVO_RETURN_IF_ERROR(CheckWrite(*city_));
    NAVO_RETURN_IF_ERROR(server_->Stop());
    return std::move(findings_);
  }

 private:
  absl::Status StartServer() {
    const absl::Time begin = absl::Now();
    NAVO_ASSIGN_OR_RETURN(
        server_, ServerProcess::Start({options_.navod, "--bench", "--db", kept_.database(), "--dev",
                                       kept_.dev(), "--seed", SeedPath(kept_.dev()), "--listen",
                                       "127.0.0.1:0"}));
    const absl::Duration listening = absl::Now() - begin;
    instructions_ = std::make_unique<Instructions>(server_->pid());
    NAVO_ASSIGN_OR_RETURN(City city, OpenCity(options_.participants, options_.seed, kept_.dev(),
                                              server_->address(), kMostClients));
    city_ = std::make_unique<City>(std::move(city));
    const absl::Time asked = absl::Now();
    NAVO_RETURN_IF_ERROR(CheckWrite(*city_));
    findings_["start_s"].Add(absl::ToDoubleSeconds(listening + (absl::Now() - asked)));
    return absl::OkStatus();
  }

  // Warms the server up and learns how large requests and answers are.
  absl::Status Prepare() {
    read_ = MakeReadLoad(*city_);
    write_ = MakeWriteLoad(*city_);
    list_ = MakeListLoad(*city_);
    DriveOptions warm{.clients = kClients, .window = absl::Seconds(1)};
    NAVO_RETURN_IF_ERROR(DriveClosed(*read_, warm).status());
    NAVO_RETURN_IF_ERROR(DriveClosed(*write_, warm).status());
    const Sampled& read = read_->sampled();
    const Sampled& write = write_->sampled();
    echo_read_ = MakeEchoLoad(*city_, read.RequestBytes(), read.ResponseBytes());
    echo_write_ = MakeEchoLoad(*city_, write.RequestBytes(), write.ResponseBytes());
    findings_["R_request_bytes"].Add(read.RequestBytes());
    findings_["R_response_bytes"].Add(read.ResponseBytes());
    findings_["W_request_bytes"].Add(write.RequestBytes());
    findings_["W_response_bytes"].Add(write.ResponseBytes());
    NAVO_ASSIGN_OR_RETURN(
        store_, StoreYardstick::Open(kept_.scratch(), {AverageBodyBytes(), write.ResponseBytes()}));
    return absl::OkStatus();
  }

  Moment Now() const {
    Moment moment;
    moment.server = server_->CpuSeconds();
    moment.instructions = instructions_->Count();
    return moment;
  }

  void NoteDisturbance(const Moment& begin, const Moment& end) {
    const double others =
        (end.busy - begin.busy) - (end.own - begin.own) - (end.server - begin.server);
    const double all = absl::ToDoubleSeconds(end.time - begin.time) * Cores();
    disturbance_ = std::max(disturbance_, others / all);
  }

  absl::StatusOr<Phase> Closed(Load& load, int clients) {
    Settle();
    Moment begin;
    Moment end;
    const DriveOptions options{.clients = clients,
                               .window = options_.window,
                               .on_begin = [&] { begin = Now(); },
                               .on_end = [&] { end = Now(); }};
    Phase phase;
    NAVO_ASSIGN_OR_RETURN(phase.drive, DriveClosed(load, options));
    NoteDisturbance(begin, end);
    const double calls = std::max(phase.drive.calls, 1.0);
    phase.server_cpu_us = (end.server - begin.server) * 1e6 / calls;
    phase.instructions = (end.instructions - begin.instructions) / calls;
    return phase;
  }

  // Latency at half of what the closed loop reached just before.
  absl::Status Open(const std::string& key, Load& load, double most) {
    Settle();
    const DriveOptions options{.clients = kClients, .window = options_.window, .rate = most / 2};
    const Moment begin = Now();
    NAVO_ASSIGN_OR_RETURN(const DriveResult result, DriveOpen(load, options));
    NoteDisturbance(begin, Now());
    findings_[key + "_p50_ms"].Add(result.p50_ms);
    findings_[key + "_p99_ms"].Add(result.p99_ms);
    return absl::OkStatus();
  }

  // Until the server has done what earlier phases left it, a checkpoint for example.
  void Settle() const {
    const absl::Time latest = absl::Now() + absl::Seconds(5);
    double before = server_->CpuSeconds();
    while (absl::Now() < latest) {
      absl::SleepFor(absl::Milliseconds(100));
      const double now = server_->CpuSeconds();
      if (now - before < 0.005) return;
      before = now;
    }
  }

  absl::Status Repetition(int number) {
    NAVO_ASSIGN_OR_RETURN(const Phase echo_read, Closed(*echo_read_, kClients));
    NAVO_ASSIGN_OR_RETURN(const Phase read, Closed(*read_, kClients));
    NAVO_ASSIGN_OR_RETURN(const Phase echo_write, Closed(*echo_write_, kClients));
    NAVO_ASSIGN_OR_RETURN(const Phase write, Closed(*write_, kClients));
    Settle();
    const Moment begin = Now();
    NAVO_ASSIGN_OR_RETURN(const double stored, store_->Run(options_.window));
    NoteDisturbance(begin, Now());
    NAVO_ASSIGN_OR_RETURN(const Phase list, Closed(*list_, 1));
    findings_["R_E"].Add(read.drive.rate() / echo_read.drive.rate());
    findings_["W_E"].Add(write.drive.rate() / echo_write.drive.rate());
    findings_["W_S"].Add(write.drive.rate() / stored);
    findings_["E_rps"].Add(echo_read.drive.rate());
    findings_["E_of_W_rps"].Add(echo_write.drive.rate());
    findings_["E_cpu_us"].Add(echo_read.server_cpu_us);
    findings_["E_instructions"].Add(echo_read.instructions);
    findings_["R_rps"].Add(read.drive.rate());
    findings_["R_cpu_us"].Add(read.server_cpu_us);
    findings_["R_instructions"].Add(read.instructions);
    findings_["W_rps"].Add(write.drive.rate());
    findings_["W_cpu_us"].Add(write.server_cpu_us);
    findings_["W_instructions"].Add(write.instructions);
    findings_["S_wps"].Add(stored);
    findings_["L_ms"].Add(list.drive.p50_ms);
    findings_["L_all_p99_ms"].Add(list.drive.p99_ms);
    findings_["L_cpu_us"].Add(list.server_cpu_us);
    findings_["L_instructions"].Add(list.instructions);
    NAVO_RETURN_IF_ERROR(Open("R", *read_, read.drive.rate()));
    NAVO_RETURN_IF_ERROR(Open("W", *write_, write.drive.rate()));
    std::cerr << absl::StrFormat(
        "repetition %d: E %.0f, R %.0f, E(W) %.0f, W %.0f, S %.0f a second; L %.2f ms; others use "
        "%.0f %%\n",
        number, echo_read.drive.rate(), read.drive.rate(), echo_write.drive.rate(),
        write.drive.rate(), stored, list.drive.p50_ms, disturbance_ * 100);
    return absl::OkStatus();
  }

  absl::StatusOr<Findings> Only() {
    Load& load = options_.only == "R" ? *read_ : options_.only == "W" ? *write_ : *list_;
    for (int i = 0; i < options_.repetitions; ++i) {
      NAVO_ASSIGN_OR_RETURN(const Phase phase, Closed(load, kClients));
      findings_[options_.only + "_rps"].Add(phase.drive.rate());
      findings_[options_.only + "_cpu_us"].Add(phase.server_cpu_us);
      findings_[options_.only + "_instructions"].Add(phase.instructions);
    }
    NAVO_RETURN_IF_ERROR(server_->Stop());
    return std::move(findings_);
  }

  absl::Status OtherConcurrencies() {
    findings_.lines.push_back(absl::StrFormat("%-10s%8s%12s%10s%10s%14s", "closed", "clients",
                                              "a second", "p50 ms", "p99 ms", "server us"));
    const std::pair<const char*, Load*> loads[] = {
        {"E of R", echo_read_.get()}, {"R", read_.get()}, {"W", write_.get()}};
    for (const auto& [name, load] : loads) {
      for (const int clients : kOtherClients) {
        NAVO_ASSIGN_OR_RETURN(const Phase phase, Closed(*load, clients));
        findings_.lines.push_back(absl::StrFormat("%-10s%8d%12.0f%10.2f%10.2f%14.1f", name, clients,
                                                  phase.drive.rate(), phase.drive.p50_ms,
                                                  phase.drive.p99_ms, phase.server_cpu_us));
      }
    }
    return absl::OkStatus();
  }

  const BenchOptions& options_;
  Findings findings_;
  KeptDatabase kept_;
  double disturbance_ = 0;  // of this repetition: the worst phase
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Instructions> instructions_;  // of the server
  std::unique_ptr<City> city_;
  std::unique_ptr<SampledLoad> read_;
  std::unique_ptr<SampledLoad> write_;
  std::unique_ptr<SampledLoad> list_;
  std::unique_ptr<SampledLoad> echo_read_;
  std::unique_ptr<SampledLoad> echo_write_;
  std::unique_ptr<StoreYardstick> store_;
};

}  // namespace

absl::StatusOr<Findings> Bench(const BenchOptions& options) { return Bencher(options).Run(); }

}  // namespace navo::load
