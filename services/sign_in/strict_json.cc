#include "services/sign_in/strict_json.h"

#include <set>
#include <utility>
#include <vector>

namespace navo::services {
namespace {

constexpr int kMaxDepth = 16;

}  // namespace

std::optional<nlohmann::json> ParseStrictJson(std::string_view text) {
  using Event = nlohmann::json::parse_event_t;
  std::vector<std::set<std::string>> names;  // of the objects that are open, innermost last
  bool strict = true;
  const auto watch = [&](int depth, Event event, nlohmann::json& parsed) {
    if (depth > kMaxDepth) strict = false;
    if (!strict) return false;  // keeps nothing more; the whole text is refused below
    if (event == Event::object_start) names.emplace_back();
    if (event == Event::object_end) names.pop_back();
    if (event == Event::key) strict = names.back().insert(parsed.get<std::string>()).second;
    return true;
  };
  nlohmann::json value =
      nlohmann::json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  if (!strict || value.is_discarded()) return std::nullopt;
  return value;
}

const std::string* StringIn(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

}  // namespace navo::services
