// JSON from outside, read so that it can mean only one thing: a name that stands twice in an object
// is refused (parsers differ on which one counts), and so is deep nesting. A pure function, any
// thread.
#ifndef NAVO_SERVICES_SIGN_IN_STRICT_JSON_H_
#define NAVO_SERVICES_SIGN_IN_STRICT_JSON_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace navo::services {

// nullopt when the text is not exactly one JSON value in UTF-8, has a name twice, or nests deeper
// than 16.
std::optional<nlohmann::json> ParseStrictJson(std::string_view text);

// The string under `name`, or nullptr when there is none or it is something else. `object` must be
// an object and outlive the result.
const std::string* StringIn(const nlohmann::json& object, const char* name);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_STRICT_JSON_H_
