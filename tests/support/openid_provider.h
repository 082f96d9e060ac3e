#ifndef NAVO_TESTS_SUPPORT_OPENID_PROVIDER_H_
#define NAVO_TESTS_SUPPORT_OPENID_PROVIDER_H_

#include <sys/types.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/certificates.h"
#include "tests/support/temp_folder.h"

namespace navo::support {

// Three real OpenID providers in a process of Node's (tests/sign_in/openid_provider.mjs), which
// ends with the object: "staff" over HTTPS with a certificate of `authority`, "participants" and
// "systems" over HTTP. One thread.
class OpenIdProvider {
 public:
  // Returns when all serve; a test that cannot have them fails and ends.
  OpenIdProvider();
  ~OpenIdProvider();
  OpenIdProvider(const OpenIdProvider&) = delete;
  OpenIdProvider& operator=(const OpenIdProvider&) = delete;

  const std::string& issuer(const std::string& of) const { return issuers_.at(of); }
  // Signed the HTTPS certificate.
  const std::string& authority_file() const { return authority_file_; }

  // What the token endpoint answers at the end of a flow: "code" (on its real pages, as `login`),
  // "client_credentials" or "jwt_bearer".
  nlohmann::json Answer(const std::string& of, const std::string& flow,
                        const std::string& login = "", const std::string& resource = "");
  std::string Token(const std::string& of, const std::string& flow, const std::string& login = "",
                    const std::string& resource = "");

  // One of `settings` in the script: how it signs and what goes wrong.
  void Set(const std::string& of, const std::string& name, const std::string& value);
  // Another signing key from now on; the old one is gone from the key set.
  void Rotate(const std::string& of);
  int KeySetRequests(const std::string& of);

 private:
  nlohmann::json Steer(const std::string& command, const std::map<std::string, std::string>& query);

  TempFolder folder_;
  TestAuthority authority_;
  std::string authority_file_;
  std::map<std::string, std::string> issuers_;
  std::string steering_;
  pid_t process_ = -1;
  int input_ = -1;  // it ends when this is closed
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_OPENID_PROVIDER_H_
