#include "clients/load/trial.h"

#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "clients/load/loads.h"
#include "clients/load/make.h"
#include "clients/load/seats.h"
#include "storage/status_macros.h"

namespace navo::load {

absl::StatusOr<std::unique_ptr<Trial>> Trial::Start(const TrialOptions& options) {
  std::unique_ptr<Trial> trial(new Trial);
  std::vector<std::string> command = options.wrapper;
  command.insert(command.end(),
                 {options.navod, "--bench", "--db", options.database, "--dev", options.dev,
                  "--seed", SeedPath(options.dev), "--listen", "127.0.0.1:0"});
  const absl::Time begin = absl::Now();
  NAVO_ASSIGN_OR_RETURN(trial->server_, ServerProcess::Start(command));
  trial->listening_seconds_ = absl::ToDoubleSeconds(absl::Now() - begin);
  trial->instructions_ = std::make_unique<Instructions>(trial->server_->pid());
  NAVO_ASSIGN_OR_RETURN(City city, OpenCity(options.participants, options.seed, options.dev,
                                            trial->server_->address(), kMostClients));
  city.steps_of_side = options.shape.steps_of_side;
  trial->city_ = std::make_unique<City>(std::move(city));
  return trial;
}

absl::StatusOr<double> Trial::FirstAnswerSeconds() {
  const absl::Time asked = absl::Now();
  NAVO_RETURN_IF_ERROR(CheckWrite(*city_));
  return listening_seconds_ + absl::ToDoubleSeconds(absl::Now() - asked);
}

}  // namespace navo::load
