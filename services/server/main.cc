#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/server/first_admin.h"
#include "services/server/log.h"
#include "services/server/server.h"
#include "storage/clock.h"

// navod: read the options, start, wait for a signal, stop.

namespace {

using navo::services::LogEvent;
using navo::services::LogFault;
using navo::services::Server;
using navo::services::ServerOptions;

void AddOptions(CLI::App& app, ServerOptions& options, std::string& profile,
                int64_t& disk_reserve_mb) {
  app.add_option("--db", options.database, "Database file; made when it is not there")->required();
  app.add_option("--seed", options.seed,
                 "Seed file: controllers, units, staff, roles to fill an installation with");
  app.add_option("--listen", options.listen, "Address and port")->capture_default_str();
  app.add_option("--tls-cert", options.tls.certificate,
                 "Certificate of the port with its chain, PEM; read again when it changes");
  app.add_option("--tls-key", options.tls.key, "Its private key, PEM, for the owner alone");
  app.add_option("--client-ca", options.tls.client_authority,
                 "Let in only clients with a certificate of this authority, PEM");
  app.add_option("--tls-reload-s", options.tls.reload_s, "How often these files are looked at")
      ->check(CLI::Range(1, 86'400))
      ->capture_default_str();
  app.add_flag("--without-tls", options.without_tls,
               "Listen beyond this machine without TLS: only behind a proxy that has it");
  app.add_option("--keys", options.keys, "Key file, kept apart from the database");
  app.add_option("--issuers", options.issuers, "Issuers whose tokens are believed");
  app.add_option("--identity-numbers", profile, "Which identity numbers are taken")
      ->check(CLI::IsMember({"production", "synthetic"}))
      ->capture_default_str();
  app.add_option("--disk-reserve-mb", disk_reserve_mb,
                 "Free space below which only withdrawals and the access log are written")
      ->capture_default_str();
  app.add_flag("--name-staff", options.name_staff,
               "Participants read in their log who looked, by name, not only role and unit");
  app.add_option("--retain-log-months", options.retain_log_months,
                 "Whole months of the access log kept besides this one; 0 keeps everything")
      ->check(CLI::Range(0, 1200).description(""))
      ->capture_default_str();
  app.add_option("--checkpoint-rows", options.checkpoint_rows,
                 "Rows of the access log after which a checkpoint is signed, if not after time")
      ->check(CLI::PositiveNumber.description(""))
      ->capture_default_str();
  app.add_option("--dev", options.dev_folder,
                 "Trial server: keys and a signing key of its own in this folder");
  app.add_flag("--bench", options.bench, "Offer the benchmark's echo, count statements");
}

// `navod first-admin`: works on the database while no server does.
CLI::App* AddFirstAdmin(CLI::App& app, navo::services::FirstAdmin& wanted) {
  CLI::App* command = app.add_subcommand(
      "first-admin", "Make the first administrator of an installation, once, and end");
  command->fallthrough();  // --db
  command->add_option("--issuer", wanted.issuer, "Who signs the person's tokens")->required();
  command->add_option("--subject", wanted.subject, "Who the person is to that issuer")->required();
  command->add_option("--name", wanted.name, "The person's name")->required();
  command->add_option("--controller", wanted.controller, "The person's controller, by id")
      ->required();
  command->add_option("--controller-kind", wanted.controller_kind,
                      "NAV_STAT, NAV_KOMMUNE or VO, when the controller is new");
  command->add_option("--controller-name", wanted.controller_name,
                      "Its name, when the controller is new");
  command->add_option("--unit", wanted.unit, "The unit to administer from, by id")->required();
  command->add_option("--unit-name", wanted.unit_name, "Its name, when the unit is new");
  return command;
}

// A commit with an unknown outcome: nothing this process could still say would be true.
[[noreturn]] void StopAtOnce(const absl::Status& status) {
  LogFault("stopped", std::string(status.message().data(), status.message().size()));
  std::_Exit(EXIT_FAILURE);
}

// What became of the command.
int Say(const absl::Status& made) {
  if (!made.ok()) {
    std::cerr << "navod: " << made.message() << "\n";
    return EXIT_FAILURE;
  }
  std::cout << "The first administrator is made. Start the server and go on with `navo admin`.\n";
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  ServerOptions options;
  std::string profile = "production";
  int64_t disk_reserve_mb = options.disk_reserve_bytes >> 20;
  CLI::App app("navod: one kartlegging and one plan per shared participant");
  AddOptions(app, options, profile, disk_reserve_mb);
  navo::services::FirstAdmin first_admin;
  const CLI::App* make_first_admin = AddFirstAdmin(app, first_admin);
  CLI11_PARSE(app, argc, argv);

  // Signals are waited for below, so every thread made from here on leaves them alone.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  // Debian's Abseil looks for lock cycles at every lock of gRPC's unless it is told not to.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  navo::storage::SystemClock clock;
  navo::storage::SystemRandom random;
  if (make_first_admin->parsed()) {
    first_admin.database = options.database;
    return Say(navo::services::MakeFirstAdmin(first_admin, clock, random));
  }
  options.clock = &clock;
  options.random = &random;
  options.on_fatal = StopAtOnce;
  options.disk_reserve_bytes = disk_reserve_mb << 20;
  if (profile == "synthetic") options.identifiers = navo::domain::Profile::kTest;

  const auto server = Server::Start(options);
  if (!server.ok()) {
    std::cerr << "navod: " << server.status().message() << "\n";
    return EXIT_FAILURE;
  }
  LogEvent("listening", absl::StrCat("port ", (*server)->port()));
  constexpr timespec kTidyEvery{.tv_sec = 60, .tv_nsec = 0};
  while (sigtimedwait(&signals, nullptr, &kTidyEvery) < 0) {
    (*server)->ForgetExpiredAnswers();
    (*server)->LookAfterKeys();
  }
  LogEvent("stopping");
  return EXIT_SUCCESS;
}
