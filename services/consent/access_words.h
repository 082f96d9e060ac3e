#ifndef NAVO_SERVICES_CONSENT_ACCESS_WORDS_H_
#define NAVO_SERVICES_CONSENT_ACCESS_WORDS_H_

#include <string>
#include <vector>

#include "navo/v1/consent.pb.h"

// Why something is open or not, in bokmaal and English. Pure; any thread.
namespace navo::services {

struct AccessFacts {
  v1::AccessReason reason = v1::ACCESS_REASON_UNSPECIFIED;
  std::string from;  // names of the controllers; of the kind where nothing is open
  std::string to;
  std::vector<v1::Category> categories;
  const v1::Ground* ground = nullptr;  // that the reason is about, if the caller may know it
};

std::string ExplainInBokmaal(const AccessFacts& facts);
std::string ExplainInEnglish(const AccessFacts& facts);

// "NAV statlig"; the same in both languages.
std::string KindName(v1::ControllerKind kind);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_ACCESS_WORDS_H_
