#ifndef NAVO_SERVICES_SERVER_FIRST_ADMIN_H_
#define NAVO_SERVICES_SERVER_FIRST_ADMIN_H_

#include <string>

#include "absl/status/status.h"
#include "storage/clock.h"

namespace navo::services {

struct FirstAdmin {
  std::string database;         // storage::Store::Open's url
  std::string issuer;           // as the person's tokens say
  std::string subject;          // as the person's tokens say
  std::string name;             // of the person
  std::string controller;       // id; made when there is none
  std::string controller_kind;  // NAV_STAT, NAV_KOMMUNE, VO; for a new controller
  std::string controller_name;  // for a new controller
  std::string unit;             // id; made when there is none
  std::string unit_name;        // for a new unit
};

// `navod first-admin`: gives one person the role DRIFT for the whole installation, from today on,
// while no server runs on the database. Journaled. FAILED_PRECONDITION when somebody administers
// the installation already; INVALID_ARGUMENT names the option that is missing or wrong; else the
// errors of Store::Open. Nothing is changed unless it succeeds.
absl::Status MakeFirstAdmin(const FirstAdmin& wanted, storage::Clock& clock,
                            storage::Random& random);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_FIRST_ADMIN_H_
