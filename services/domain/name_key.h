// What names are sorted and searched by.
#ifndef NAVO_SERVICES_DOMAIN_NAME_KEY_H_
#define NAVO_SERVICES_DOMAIN_NAME_KEY_H_

#include <string>
#include <string_view>

#include "navo/v1/participant.pb.h"

namespace navo::domain {

inline constexpr std::size_t kNameKeyBytes = 200;

// "family given" without case, at most kNameKeyBytes long, so that comparing bytes sorts as a
// Norwegian register does: ae, oe and aa as letters of their own come last, in this order. Pure;
// any thread.
std::string NameKey(std::string_view family_name, std::string_view given_name);
std::string NameKeyOf(const v1::ContactFacts& facts);

// Whether a word of the key starts with the prefix, which was made by NameKey(prefix, "").
bool HasWordStarting(std::string_view name_key, std::string_view prefix_key);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_NAME_KEY_H_
