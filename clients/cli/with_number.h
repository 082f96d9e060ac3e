#ifndef NAVO_CLIENTS_CLI_WITH_NUMBER_H_
#define NAVO_CLIENTS_CLI_WITH_NUMBER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "clients/cli/command.h"
#include "clients/cli/national_identity_number.h"

namespace navo::cli {

// Binds --number-file; the number itself never stands on the command line.
template <class Request>
std::function<absl::Status(Request&)> WithNumber(Command<Request>& command,
                                                 std::function<absl::Status(Request&)> run) {
  const auto file = std::make_shared<std::string>();
  command.app()
      ->add_option("--number-file", *file,
                   "Read the national identity number from this file, - for the standard input; "
                   "without it you are asked")
      ->type_name("FILE");
  return [&context = command.context(), file, run = std::move(run)](Request& request) {
    auto number = ReadNationalIdentityNumber(context.terminal(), *file);
    if (!number.ok()) return number.status();
    request.set_national_identity_number(*std::move(number));
    return run(request);
  };
}

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_WITH_NUMBER_H_
