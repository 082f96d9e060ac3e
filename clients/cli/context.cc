#include "clients/cli/context.h"

#include <fstream>
#include <iterator>

#include "clients/cli/dev_people.h"

namespace navo::cli {
namespace {

constexpr char kDefaultServer[] = "127.0.0.1:7443";

void FillOne(std::string* value, const std::string& other) {
  if (value->empty()) *value = other;
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

void Context::Fill(const Profile& profile) {
  FillOne(&global.server, profile.server);
  FillOne(&global.ca_file, profile.ca_file);
  FillOne(&global.cert_file, profile.cert_file);
  FillOne(&global.key_file, profile.key_file);
  global.tls = global.tls || profile.tls;
  FillOne(&global.unit, profile.unit);
  global.plain = global.plain || profile.plain;
  // Who one is comes from one place alone.
  if (!global.as.empty() || !global.token_file.empty() || !token_.empty()) return;
  global.as = profile.as;
  global.token_file = profile.token_file;
  FillOne(&global.dev_folder, profile.dev_folder);
}

void Context::FillFromEnvironment() {
  const auto& environment = terminal_.environment;
  FillOne(&global.server, environment("NAVO_SERVER"));
  FillOne(&global.ca_file, environment("NAVO_CA_FILE"));
  FillOne(&global.cert_file, environment("NAVO_CERT_FILE"));
  FillOne(&global.key_file, environment("NAVO_KEY_FILE"));
  global.tls = global.tls || !environment("NAVO_TLS").empty();
  FillOne(&global.unit, environment("NAVO_UNIT"));
  global.plain = global.plain || !environment("NAVO_PLAIN").empty();
  if (!global.as.empty() || !global.token_file.empty()) return;
  token_ = environment("NAVO_TOKEN");
  if (token_.empty()) global.token_file = environment("NAVO_TOKEN_FILE");
}

absl::Status Context::Settle() {
  given = global;
  const auto profiles = ReadProfiles(ProfilesPath(terminal_.environment));
  if (!profiles.ok()) return profiles.status();
  std::string in_use = terminal_.environment("NAVO_PROFILE");
  FillOne(&in_use, profiles->in_use);
  for (const std::string& name : {global.profile, in_use}) {
    if (name.empty() || profiles->by_name.contains(name)) continue;
    return absl::NotFoundError("there is no profile \"" + name +
                               "\": navo profile list shows what there is");
  }
  if (!global.profile.empty()) Fill(profiles->by_name.at(global.profile));
  FillFromEnvironment();
  if (global.profile.empty() && !in_use.empty()) Fill(profiles->by_name.at(in_use));
  FillOne(&global.server, kDefaultServer);
  return absl::OkStatus();
}

absl::StatusOr<std::string> Context::Token() const {
  if (!global.as.empty()) return TokenOf(DevFolder(), global.as, terminal_.now());
  return global.token_file.empty() ? token_ : ReadFile(global.token_file);
}

absl::Status Context::ReadCertificates(client::ClientOptions* options) const {
  options->tls = global.tls;
  if (global.cert_file.empty() != global.key_file.empty()) {
    return absl::InvalidArgumentError("give --cert-file and --key-file together");
  }
  if (!global.cert_file.empty() && global.ca_file.empty() && !global.tls) {
    return absl::InvalidArgumentError(
        "--cert-file is for a connection with TLS: give --ca-file, or --tls");
  }
  const std::pair<std::string, std::string*> files[] = {
      {global.ca_file, &options->ca_certificates_pem},
      {global.cert_file, &options->client_certificate_pem},
      {global.key_file, &options->client_key_pem}};
  for (const auto& [path, text] : files) {
    if (path.empty()) continue;
    auto read = ReadFile(path);
    if (!read.ok()) return read.status();
    if (read->find("-----BEGIN ") == std::string::npos) {
      return absl::InvalidArgumentError(path + " is not a PEM file");
    }
    *text = *std::move(read);
  }
  return absl::OkStatus();
}

absl::StatusOr<const client::Client*> Context::Connect() {
  if (client_ != nullptr) return client_.get();
  client::ClientOptions options;
  options.address = global.server;
  options.unit = global.unit;
  options.deadline = absl::Seconds(global.timeout_seconds);
  options.attempt_timeout = options.deadline / 2;
  auto token = Token();
  if (!token.ok()) return token.status();
  options.token = *std::move(token);
  if (absl::Status read = ReadCertificates(&options); !read.ok()) return read;
  client_ = std::make_unique<client::Client>(std::move(options));
  return client_.get();
}

}  // namespace navo::cli
