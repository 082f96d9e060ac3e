#include "services/exchange/csv_header.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"

namespace navo::services {
namespace {

std::optional<std::size_t> FindColumn(const CsvProfile& profile, std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (std::size_t i = 0; i < profile.columns.size(); ++i) {
    if (name == profile.columns[i].name || name == profile.columns[i].norwegian) return i;
  }
  return std::nullopt;
}

std::string LowerCase(const std::string& name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"Æ", "æ"}, {"Ø", "ø"}, {"Å", "å"}});
}

// A column name goes into the report only when it is no person's data: a short word without digits.
std::string SafeName(const std::string& name, std::size_t position) {
  const bool plain =
      !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || c == '-';
      });
  return plain ? name : absl::StrCat("column ", position + 1);
}

absl::Status FormatUnknown(const std::string& message) {
  return domain::MakeError(absl::StatusCode::kInvalidArgument, domain::reason::kFormatUnknown,
                           message);
}

}  // namespace

absl::StatusOr<CsvHeader> CsvHeader::Parse(const CsvProfile& profile,
                                           const std::vector<std::string>& header) {
  CsvHeader parsed(profile);
  for (std::size_t position = 0; position < header.size(); ++position) {
    // A name that is no proper text can still be left out like any unknown one.
    const auto text = domain::NormaliseText(header[position], domain::kNameText);
    const std::string name = text.ok() ? LowerCase(*text) : "";
    const std::optional<std::size_t> column = FindColumn(profile, name);
    if (!column.has_value()) {
      parsed.unknown_columns_.push_back(SafeName(name, position));
      continue;
    }
    if (parsed.positions_[*column].has_value()) {
      return FormatUnknown(absl::StrCat("the column ", std::string(parsed.NameOf(*column)),
                                        " stands twice in the header"));
    }
    parsed.positions_[*column] = position;
  }
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < profile.columns.size(); ++i) {
    if (profile.columns[i].required && !parsed.positions_[i].has_value()) {
      missing.emplace_back(profile.columns[i].name);
    }
  }
  if (missing.empty()) return parsed;
  return FormatUnknown(absl::StrCat("the file is no ", std::string(profile.name),
                                    ": columns missing: ", absl::StrJoin(missing, ", ")));
}

std::string_view CsvHeader::Field(const std::vector<std::string>& fields,
                                  std::size_t column) const {
  const std::optional<std::size_t> position = positions_[column];
  if (!position.has_value() || *position >= fields.size()) return {};
  return fields[*position];
}

}  // namespace navo::services
