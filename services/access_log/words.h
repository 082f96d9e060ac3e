#ifndef NAVO_SERVICES_ACCESS_LOG_WORDS_H_
#define NAVO_SERVICES_ACCESS_LOG_WORDS_H_

#include <string_view>

#include "navo/v1/common.pb.h"
#include "services/access/policy.h"

// The words of the access log in the two languages it is told in: plain language, written to the
// participant. Pure; any thread.
namespace navo::services {

// A phrase in bokmaal and English.
struct Phrase {
  std::string_view nb;
  std::string_view en;
};

// "planen din", "your plan". Empty for UNSPECIFIED.
Phrase CategoryPhrase(v1::Category category);
// "En veileder", "An adviser"; "En ansatt" for a role that is not told.
Phrase RolePhrase(v1::Role role);
// What a method did when it went well: "la til et steg i planen din". Empty for methods that only
// show data: the categories shown say it.
Phrase MethodPhrase(int rule_number);
// Why somebody was refused; empty when there is nothing to add.
Phrase RefusalPhrase(access::Reason reason);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ACCESS_LOG_WORDS_H_
