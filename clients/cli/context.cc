#include "clients/cli/context.h"

#include <fstream>
#include <iterator>

#include "clients/cli/dev_people.h"

namespace navo::cli {
namespace {

constexpr char kDefaultServer[] = "127.0.0.1:7443";

std::string FirstOf(const std::string& option, const std::string& other, const std::string& last) {
  if (!option.empty()) return option;
  return other.empty() ? last : other;
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::InvalidArgumentError("cannot open " + path + ": see that it is there");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return absl::InvalidArgumentError("cannot read " + path);
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  return text;
}

absl::StatusOr<std::string> Context::Token() const {
  if (!global.as.empty()) return TokenOf(global.dev_folder, global.as, terminal_.now());
  if (!global.token_file.empty()) return ReadFile(global.token_file);
  const std::string token = terminal_.environment("NAVO_TOKEN");
  if (!token.empty()) return token;
  const std::string file = terminal_.environment("NAVO_TOKEN_FILE");
  return file.empty() ? std::string() : ReadFile(file);
}

absl::StatusOr<const client::Client*> Context::Connect() {
  if (client_ != nullptr) return client_.get();
  client::ClientOptions options;
  options.address = FirstOf(global.server, terminal_.environment("NAVO_SERVER"), kDefaultServer);
  options.unit = FirstOf(global.unit, terminal_.environment("NAVO_UNIT"), "");
  options.deadline = absl::Seconds(global.timeout_seconds);
  options.attempt_timeout = options.deadline / 2;
  auto token = Token();
  if (!token.ok()) return token.status();
  options.token = *std::move(token);
  const std::string ca = FirstOf(global.ca_file, terminal_.environment("NAVO_CA_FILE"), "");
  if (!ca.empty()) {
    auto certificates = ReadFile(ca);
    if (!certificates.ok()) return certificates.status();
    options.ca_certificates_pem = *std::move(certificates);
  }
  client_ = std::make_unique<client::Client>(std::move(options));
  return client_.get();
}

}  // namespace navo::cli
