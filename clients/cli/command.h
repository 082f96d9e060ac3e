// One `navo <noun> <verb>`: a request filled from options that are named after its fields, and what
// is done with it. Commands are read by CLI11 first and run afterwards, when the whole line is
// right.
#ifndef NAVO_CLIENTS_CLI_COMMAND_H_
#define NAVO_CLIENTS_CLI_COMMAND_H_

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "clients/cli/context.h"
#include "clients/cli/fields.h"

namespace navo::cli {

// The nouns and verbs of one command line. `run` is what the chosen command does.
struct CommandLine {
  CLI::App& app;
  Context& context;
  std::function<absl::Status()> run;
  // The values of options and positionals that have a closed list, for completion.
  std::map<const CLI::Option*, std::function<std::vector<std::string>()>> choices;
};

// `navo <name>`, which needs a verb.
CLI::App& AddNoun(CommandLine& line, const std::string& name, const std::string& meaning);

// The part of Command that does not know the request's type.
class CommandBase {
 public:
  // Binds an option ("--title") or a positional ("participant") to the field at `path`; what may be
  // typed is added to `help`. A bool field becomes a flag, a repeated one may be given several
  // times.
  CLI::Option* Field(const std::string& name, const std::string& path, const std::string& help);
  // The same for a value of an update: what is given is named in the request's update_mask, the
  // path relative to the message that holds the new values. An empty text takes a value away;
  // several values of a repeated field are parted by commas.
  CLI::Option* Update(const std::string& name, const std::string& path, const std::string& help);

  // The positional PARTICIPANT.
  void Participant();
  // --page-size, --page-token and --min-revision, as far as the request has them.
  void Reading();
  // --request-id, for a repetition that must not happen twice.
  void Writing();

  CLI::App* app() const { return app_; }
  Context& context() const { return line_.context; }

 protected:
  CommandBase(CommandLine& line, CLI::App& parent, const std::string& name,
              const std::string& meaning, const std::string& example,
              std::shared_ptr<google::protobuf::Message> request);
  void Run(std::function<absl::Status()> run);

 private:
  CommandLine& line_;
  // Offers the words of an enum, or yes and no, to completion.
  CLI::Option* WithChoices(CLI::Option* option, const google::protobuf::FieldDescriptor& field);

  CLI::App* app_;
  std::shared_ptr<google::protobuf::Message> message_;
};

// Used while the command line is described; the request lives on with the bound options.
template <class Request>
class Command : public CommandBase {
 public:
  Command(CommandLine& line, CLI::App& parent, const std::string& name, const std::string& meaning,
          const std::string& example)
      : Command(line, parent, name, meaning, example, std::make_shared<Request>()) {}

  const std::shared_ptr<Request>& request() const { return request_; }

  // Runs a function with the filled request.
  void Does(std::function<absl::Status(Request&)> run) {
    Run([request = request_, run = std::move(run)] { return run(*request); });
  }

  // Calls a method with the filled request and prints the answer.
  template <class Stub, class Response>
  void Calls(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
             std::type_identity_t<std::function<void(Context&, const Response&)>> print) {
    Does([&shared = context(), method, print = std::move(print)](Request& request) {
      return shared.Show(method, request,
                         [&](const Response& response) { print(shared, response); });
    });
  }

 private:
  Command(CommandLine& line, CLI::App& parent, const std::string& name, const std::string& meaning,
          const std::string& example, std::shared_ptr<Request> request)
      : CommandBase(line, parent, name, meaning, example, request), request_(std::move(request)) {}

  std::shared_ptr<Request> request_;
};

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_COMMAND_H_
