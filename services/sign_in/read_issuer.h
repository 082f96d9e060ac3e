// One entry of issuers.json; issuers.h shows its form.
#ifndef NAVO_SERVICES_SIGN_IN_READ_ISSUER_H_
#define NAVO_SERVICES_SIGN_IN_READ_ISSUER_H_

#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "services/sign_in/issuers.h"

namespace navo::services {

// `folder` is where files are named from. INVALID_ARGUMENT with the field for anything missing,
// unknown or impossible; the errors of ReadSmallFile when a file cannot be read. Fetches nothing.
absl::StatusOr<Issuer> ReadIssuer(const nlohmann::json& entry, const std::string& folder);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_READ_ISSUER_H_
