#include "tests/support/openid_provider.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <utility>

#include "services/sign_in/https_get.h"

namespace navo::support {
namespace {

constexpr char kScript[] = NAVO_SOURCE_DIR "/tests/sign_in/openid_provider.mjs";

[[noreturn]] void GiveUp(const std::string& why) {
  std::cerr << "the OpenID provider of the tests: " << why
            << "\nIt needs node, and what package-lock.json names: ./dev test installs both.\n";
  std::abort();
}

void Write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const unsigned char letter : text) {
    char code[4];
    (void)std::snprintf(code, sizeof code, "%%%02X", letter);
    escaped += std::isalnum(letter) != 0 ? std::string(1, static_cast<char>(letter)) : code;
  }
  return escaped;
}

std::string FirstLine(int from) {
  std::string line;
  char letter = 0;
  while (read(from, &letter, 1) == 1 && letter != '\n') line += letter;
  return line;
}

}  // namespace

OpenIdProvider::OpenIdProvider() : authority_file_(folder_.File("authority.pem")) {
  const Certificate certificate = authority_.Issue("staff");
  const std::string certificate_file = folder_.File("certificate.pem");
  const std::string key_file = folder_.File("key.pem");
  Write(authority_file_, authority_.certificate());
  Write(certificate_file, certificate.certificate + authority_.certificate());
  Write(key_file, certificate.key);
  int input[2];
  int output[2];
  if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) GiveUp("no pipes");
  // Between fork and exec nothing may allocate: other threads may hold locks.
  process_ = fork();
  if (process_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execlp("node", "node", kScript, certificate_file.c_str(), key_file.c_str(), nullptr);
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  input_ = input[1];
  const nlohmann::json ready = nlohmann::json::parse(FirstLine(output[0]), nullptr, false);
  close(output[0]);
  if (!ready.is_object()) GiveUp("did not start");
  steering_ = ready["steering"];
  for (const char* name : {"staff", "participants", "systems"}) issuers_[name] = ready[name];
}

OpenIdProvider::~OpenIdProvider() {
  close(input_);
  waitpid(process_, nullptr, 0);
}

nlohmann::json OpenIdProvider::Steer(const std::string& command,
                                     const std::map<std::string, std::string>& query) {
  std::string url = steering_ + command + "?";
  for (const auto& [name, value] : query) url.append(name + "=" + Escaped(value) + "&");
  const std::atomic<bool> stop{false};
  const auto answer = services::HttpsGet(
      url,
      {.ca_file = "", .max_bytes = 1 << 20, .timeout = absl::Seconds(60), .loopback_http = true},
      stop);
  if (!answer.ok()) {
    ADD_FAILURE() << command << ": " << answer.status();
    return nlohmann::json::object();
  }
  return nlohmann::json::parse(*answer, nullptr, false);
}

nlohmann::json OpenIdProvider::Answer(const std::string& of, const std::string& flow,
                                      const std::string& login, const std::string& resource) {
  std::map<std::string, std::string> query = {{"of", of}, {"flow", flow}};
  if (!login.empty()) query["login"] = login;
  if (!resource.empty()) query["resource"] = resource;
  return Steer("/token", query);
}

std::string OpenIdProvider::Token(const std::string& of, const std::string& flow,
                                  const std::string& login, const std::string& resource) {
  return Answer(of, flow, login, resource).value("access_token", "");
}

void OpenIdProvider::Set(const std::string& of, const std::string& name, const std::string& value) {
  Steer("/set", {{"of", of}, {name, value}});
}

void OpenIdProvider::Rotate(const std::string& of) { Steer("/rotate", {{"of", of}}); }

int OpenIdProvider::KeySetRequests(const std::string& of) {
  return Steer("/count", {{"of", of}}).value("key_set_requests", -1);
}

}  // namespace navo::support
