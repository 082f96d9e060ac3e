#ifndef NAVO_SERVICES_SERVER_DEV_H_
#define NAVO_SERVICES_SERVER_DEV_H_

#include <string>

#include "absl/status/status.h"
#include "services/server/seed.h"
#include "services/server/server.h"
#include "services/sign_in/issuers.h"

// What `navod --dev FOLDER` adds, so that NAVO can be tried on one machine: keys, a signing key,
// and the people of the seed file to make tokens for. Takes synthetic identity numbers only.
namespace navo::services {

// Makes the folder and the key file, and completes the options.
absl::Status PrepareDev(ServerOptions& options);

// Believes the local signing key, and writes dev-people.json for `navo token`.
absl::Status AddDevIssuer(const std::string& folder, const Seed& seed, Issuers& issuers);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_DEV_H_
