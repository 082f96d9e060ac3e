#include "tests/support/dev_token.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace navo::support {

cli::TokenRequest DevTokenRequest(const std::string& dev_folder, const std::string& key,
                                  absl::Time now) {
  std::ifstream file(dev_folder + "/dev-people.json");
  const nlohmann::json people = nlohmann::json::parse(file, nullptr, false);
  cli::TokenRequest request;
  for (const nlohmann::json& person : people) {
    if (person["key"] != key) continue;
    request.subject = person["subject"];
    request.kind = person["kind"];
    request.name = person["name"];
    request.pid = person.value("pid", "");
    break;
  }
  request.now = now;
  request.lifetime = absl::Hours(24 * 365);
  return request;
}

std::string DevToken(const std::string& dev_folder, const std::string& key, absl::Time now) {
  const auto token =
      cli::MintToken(dev_folder + "/dev-signing-key.pem", DevTokenRequest(dev_folder, key, now));
  EXPECT_TRUE(token.ok()) << key << ": " << token.status();
  return token.value_or("");
}

client::ClientOptions PatientOptions(const std::string& address, const std::string& token,
                                     const std::string& act_id) {
  client::ClientOptions options;
  options.address = address;
  options.token = token;
  options.act_id = act_id;
  options.deadline = absl::Seconds(30);
  options.attempt_timeout = absl::Seconds(30);
  options.retry.max_attempts = 1;
  return options;
}

}  // namespace navo::support
