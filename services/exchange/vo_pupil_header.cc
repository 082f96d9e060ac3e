#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/exchange/vo_pupil.h"

namespace navo::services {
namespace {

struct ColumnNames {
  std::string_view name;
  std::string_view norwegian;  // the same with its Norwegian letters; empty where it has none
  bool required;
};

constexpr std::array<ColumnNames, kVoColumns> kColumns = {{
    {"elev_id", "", true},
    {"fodselsnummer", "fødselsnummer", true},
    {"fornavn", "", true},
    {"etternavn", "", true},
    {"morsmal", "morsmål", false},
    {"tolkebehov", "", false},
    {"sentrum", "", true},
    {"spor", "", false},
    {"start", "", true},
    {"slutt", "", false},
    {"kontaktlaerer", "kontaktlærer", false},
    {"norskmaal_lytte", "norskmål_lytte", false},
    {"norskmaal_lese", "norskmål_lese", false},
    {"norskmaal_skriftlig", "norskmål_skriftlig", false},
    {"norskmaal_muntlig", "norskmål_muntlig", false},
}};

std::optional<std::size_t> FindColumn(std::string_view name) {
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    if (name == kColumns[i].name || (name == kColumns[i].norwegian && !name.empty())) return i;
  }
  return std::nullopt;
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

std::string_view NameOf(VoColumn column) { return kColumns[static_cast<std::size_t>(column)].name; }

absl::StatusOr<VoPupilHeader> VoPupilHeader::Parse(const std::vector<std::string>& header) {
  VoPupilHeader parsed;
  for (std::size_t position = 0; position < header.size(); ++position) {
    // A name that is no proper text can still be left out like any unknown one.
    const auto text = domain::NormaliseText(header[position], domain::kNameText);
    const std::string name = text.ok() ? absl::AsciiStrToLower(*text) : "";
    const std::optional<std::size_t> column = FindColumn(name);
    if (!column.has_value()) {
      parsed.unknown_columns_.push_back(SafeName(name, position));
      continue;
    }
    if (parsed.positions_[*column].has_value()) {
      return FormatUnknown(absl::StrCat("the column ", std::string(kColumns[*column].name),
                                        " stands twice in the header"));
    }
    parsed.positions_[*column] = position;
  }
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < kVoColumns; ++i) {
    if (kColumns[i].required && !parsed.positions_[i].has_value()) {
      missing.emplace_back(kColumns[i].name);
    }
  }
  if (missing.empty()) return parsed;
  return FormatUnknown(
      absl::StrCat("the file is no vo-elever: columns missing: ", absl::StrJoin(missing, ", ")));
}

std::string_view VoPupilHeader::Field(const std::vector<std::string>& fields,
                                      VoColumn column) const {
  const std::optional<std::size_t> position = positions_[static_cast<std::size_t>(column)];
  if (!position.has_value() || *position >= fields.size()) return {};
  return fields[*position];
}

}  // namespace navo::services
