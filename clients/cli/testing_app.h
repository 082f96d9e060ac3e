// The whole program against a server on the loopback interface, whose answers the test decides.
#ifndef NAVO_CLIENTS_CLI_TESTING_APP_H_
#define NAVO_CLIENTS_CLI_TESTING_APP_H_

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "clients/cli/app.h"
#include "clients/cli/testing_services.h"
#include "grpcpp/server_builder.h"

namespace navo::cli {

class AppTest : public testing::Test {
 protected:
  void SetUp() override {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    for (grpc::Service* service : std::initializer_list<grpc::Service*>{
             &participants_, &plans_, &kartlegging_, &consents_, &follow_ups_, &languages_,
             &exchange_, &feed_, &protections_, &emergencies_, &administration_}) {
      builder.RegisterService(service);
    }
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    environment_["NAVO_SERVER"] = "127.0.0.1:" + std::to_string(port);
  }

  int Run(std::vector<std::string> arguments, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out, error;
    Terminal terminal;
    terminal.in = &in;
    terminal.out = &out;
    terminal.error = &error;
    terminal.now = [] { return absl::FromUnixSeconds(1795339800); };
    terminal.pause = [this](absl::Duration) { return pauses_-- > 0; };
    terminal.environment = [this](const std::string& name) { return environment_[name]; };
    const int code = RunNavo(std::move(arguments), std::move(terminal));
    out_ = out.str();
    error_ = error.str();
    return code;
  }

  static void WriteFileAt(const std::string& path, const std::string& content) {
    std::ofstream(path) << content;
  }
  static std::string WriteFile(const std::string& name, const std::string& content) {
    WriteFileAt(testing::TempDir() + name, content);
    return testing::TempDir() + name;
  }

  testing_services::Participants participants_;
  testing_services::Plans plans_;
  testing_services::Kartlegging kartlegging_;
  testing_services::Consents consents_;
  testing_services::FollowUps follow_ups_;
  testing_services::Languages languages_;
  testing_services::Exchange exchange_;
  testing_services::Feed feed_;
  testing_services::Protections protections_;
  testing_services::Emergencies emergencies_;
  testing_services::Administration administration_;
  int pauses_ = 0;  // that are allowed
  std::map<std::string, std::string> environment_;
  std::string out_;
  std::string error_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_TESTING_APP_H_
