#include "services/domain/name_key.h"

#include <utf8proc.h>

#include <cstdlib>

namespace navo::domain {
namespace {

std::string Fold(std::string_view text) {
  utf8proc_uint8_t* folded = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
  std::string result;
  if (length > 0) result.assign(reinterpret_cast<const char*>(folded), length);
  std::free(folded);
  return result;
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string NameKey(std::string_view family_name, std::string_view given_name) {
  std::string key = Fold(family_name);
  if (!given_name.empty()) key += (key.empty() ? "" : " ") + Fold(given_name);
  // '{', '|' and '}' stand behind 'z' in this order.
  ReplaceAll(key, "æ", "z{");
  ReplaceAll(key, "ø", "z|");
  ReplaceAll(key, "å", "z}");
  if (key.size() > kNameKeyBytes) key.resize(kNameKeyBytes);
  return key;
}

std::string NameKeyOf(const v1::ContactFacts& facts) {
  return NameKey(facts.family_name(), facts.given_name());
}

bool HasWordStarting(std::string_view name_key, std::string_view prefix_key) {
  for (size_t at = name_key.find(prefix_key); at != std::string_view::npos;
       at = name_key.find(prefix_key, at + 1)) {
    if (at == 0 || name_key[at - 1] == ' ' || name_key[at - 1] == '-') return true;
  }
  return false;
}

}  // namespace navo::domain
