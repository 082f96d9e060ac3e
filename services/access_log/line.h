#ifndef NAVO_SERVICES_ACCESS_LOG_LINE_H_
#define NAVO_SERVICES_ACCESS_LOG_LINE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "navo/v1/common.pb.h"
#include "services/access/categories.h"
#include "services/access/policy.h"

// One act of the access log as a sentence to the participant: when, who, what, and whether it was
// refused. Pure; any thread.
namespace navo::services {

struct ActFacts {
  int64_t time_us = 0;
  bool self = false;  // the participant
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::string unit_name;  // empty when there is none
  std::string name;       // of whoever looked; empty unless the participant is told names
  access::CategorySet shown;
  std::vector<int> methods;  // rule numbers of the calls that went well, in their order
  bool refused = false;      // some call of the act was
  access::Reason reason = access::Reason::kNone;
};

// «22. november 2026 kl. 10.15: En veileder ved Nav Grorud, statlig linje så planen din.»
std::string LineNb(const ActFacts& act);
// "22 November 2026 at 10:15: An adviser at Nav Grorud, statlig linje saw your plan."
std::string LineEn(const ActFacts& act);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ACCESS_LOG_LINE_H_
