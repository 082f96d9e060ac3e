// What NAV's messages have in common: one JSON object a line, {"key": uuid, "value": {...} | null}
// or the bare value, and fields that are read one after the other until one is wrong.
//
// Pure; any thread. Nothing here keeps a reference to the line behind the call.
#ifndef NAVO_SERVICES_EXCHANGE_NAV_MESSAGE_H_
#define NAVO_SERVICES_EXCHANGE_NAV_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "nlohmann/json.hpp"
#include "services/domain/identifier.h"
#include "services/domain/text.h"
#include "services/exchange/row_problem.h"

namespace navo::services {

struct NavMessage {
  std::string id;        // UUID in lower case
  nlohmann::json value;  // an object, or null: the record was deleted (a tombstone)
};

// Takes a line apart. `known_field` is a field that every value of the format has: an object
// without it is no message of the format (`foreign`). Problems: NOT_JSON, MISSING_FIELD, INVALID_ID
// (no UUID, or key and id differ).
Parsed<NavMessage> ParseNavMessage(std::string_view line, std::string_view known_field);

// Reads fields of one JSON object. After the first problem the rest is read as absent, so that a
// parser can read everything in order and ask once at the end. A field that is null is absent;
// fields nobody reads are ignored. Belongs to one call; refers to the object it was made from.
class NavFields {
 public:
  // `prefix` is put before names in problems: "status." for the fields of `status`.
  NavFields(const nlohmann::json& object, std::string prefix, std::optional<RowProblem>& problem);

  // Each returns nothing, and for a required field adds MISSING_FIELD, when the field is absent;
  // and adds its own problem when it is there but wrong.
  std::string Uuid(std::string_view name, bool required);                         // INVALID_ID
  std::string Code(std::string_view name, bool required);                         // UNKNOWN_CODE
  std::string Text(std::string_view name, bool required, domain::TextRule rule);  // ENCODING...
  std::optional<std::int32_t> Day(std::string_view name, bool required);          // INVALID_DATE
  std::optional<std::int64_t> Instant(std::string_view name, bool required);      // INVALID_DATE
  // INVALID_IDENT, UNSUPPORTED_IDENT.
  std::optional<domain::NationalIdentityNumber> Ident(std::string_view name,
                                                      const domain::IdentifierPolicy& policy);
  // INVALID_NUMBER outside `least` to `most`.
  std::optional<double> Number(std::string_view name, bool required, double least, double most);
  // The object or array, or a null value when it is absent or (NOT_JSON) of another type.
  const nlohmann::json& Object(std::string_view name, bool required);
  const nlohmann::json& Array(std::string_view name, std::size_t max_items);  // TOO_LONG

  void Fail(std::string_view reason, std::string_view name, std::string_view advice = {});
  bool failed() const { return problem_.has_value(); }

 private:
  const nlohmann::json& Find(std::string_view name, bool required);

  const nlohmann::json& object_;
  const std::string prefix_;
  std::optional<RowProblem>& problem_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_NAV_MESSAGE_H_
