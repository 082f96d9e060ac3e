// A server on a kept database, for as long as it is measured, with everybody who calls it.
#ifndef NAVO_CLIENTS_LOAD_TRIAL_H_
#define NAVO_CLIENTS_LOAD_TRIAL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/load/city.h"
#include "clients/load/instructions.h"
#include "clients/load/server_process.h"

namespace navo::load {

struct TrialOptions {
  std::string navod;     // the program
  std::string database;  // as Make made it
  std::string dev;
  int participants = 0;
  uint64_t seed = 0;
  CaseShape shape;
  std::vector<std::string> wrapper;  // a program that runs the server, with its options
};

// One thread, but the city: any.
class Trial {
 public:
  // Returns when the server listens and everybody is signed in. Errors: as ServerProcess.
  static absl::StatusOr<std::unique_ptr<Trial>> Start(const TrialOptions& options);

  const City& city() const { return *city_; }
  ServerProcess& server() const { return *server_; }
  // From starting the program to its first right answers (a write, and a read that finds it).
  absl::StatusOr<double> FirstAnswerSeconds();
  double InstructionsSoFar() const { return instructions_->Count(); }

 private:
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Instructions> instructions_;
  std::unique_ptr<City> city_;
  double listening_seconds_ = 0;
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_TRIAL_H_
