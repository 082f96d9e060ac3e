// The fields of one CSV row, read one after the other; the first problem is kept and stands for the
// row. A field that was wrong reads as empty, so that a parser can read everything in order and ask
// once at the end. Belongs to one call; refers to header and fields.
#ifndef NAVO_SERVICES_EXCHANGE_CSV_FIELDS_H_
#define NAVO_SERVICES_EXCHANGE_CSV_FIELDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/domain/identifier.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/exchange/csv_header.h"
#include "services/exchange/row_problem.h"

namespace navo::services {

// Ids that a VO system gives: of pupils, and of courses.
inline constexpr domain::TextRule kPupilIdText{.max_characters = 100};
inline constexpr domain::TextRule kCourseIdText{.max_characters = 50};

// Stands between the parts of an id that is made of several; no id of a source holds it, because
// text is refused that has control characters.
inline constexpr std::string_view kIdSeparator = "\x1F";

// One way to write a coded value, as FoldCode gives it.
template <typename Value>
struct CodeName {
  std::string_view name;
  Value value;
};

// A code as it is compared: capitals, also of Norwegian letters; blanks and hyphens as '_'. So
// "Ikke møtt" is "IKKE_MØTT" and "A1–A2" is "A1_A2". Empty when it is not text.
std::string FoldCode(std::string_view code);

class CsvFields {
 public:
  CsvFields(const CsvHeader& header, const std::vector<std::string>& fields)
      : header_(header), fields_(fields) {}

  std::string_view Raw(std::size_t column) const { return header_.Field(fields_, column); }

  // TOO_LONG, ENCODING; RequiredText: MISSING_FIELD too.
  std::string Text(std::size_t column, const domain::TextRule& rule);
  std::string RequiredText(std::size_t column, domain::TextRule rule);

  // INVALID_DATE; RequiredDay: MISSING_FIELD too.
  std::optional<std::int32_t> Day(std::size_t column);
  std::optional<std::int32_t> RequiredDay(std::size_t column);

  // "ja" or "nei". UNKNOWN_CODE.
  std::optional<bool> YesOrNo(std::size_t column);

  // A BCP 47 code, or empty. UNKNOWN_CODE.
  std::string Language(std::size_t column);

  // Hundredths of a number of at most two decimals, written with comma or point: 7,5 is 750.
  // INVALID_NUMBER for anything else and outside 0 to `most`.
  std::optional<std::int32_t> Hundredths(std::size_t column, std::int32_t most,
                                         std::string_view advice);

  // MISSING_FIELD, INVALID_IDENT, UNSUPPORTED_IDENT.
  std::optional<domain::NationalIdentityNumber> Ident(std::size_t column,
                                                      const domain::IdentifierPolicy& policy);

  // nullopt for an empty field; `reason` for one that is none of `names`.
  template <typename Value, std::size_t kCount>
  std::optional<Value> Code(std::size_t column, const std::array<CodeName<Value>, kCount>& names,
                            std::string_view advice,
                            std::string_view reason = domain::row_reason::kUnknownCode) {
    if (Raw(column).empty()) return std::nullopt;
    const std::string code = FoldCode(Raw(column));
    for (const CodeName<Value>& known : names) {
      if (known.name == code) return known.value;
    }
    Fail(reason, column, advice);
    return std::nullopt;
  }

  // MISSING_FIELD unless the field holds something.
  void Require(std::size_t column);

  void Fail(std::string_view reason, std::size_t column, std::string_view advice = {});
  std::optional<RowProblem>& problem() { return problem_; }

 private:
  const CsvHeader& header_;
  const std::vector<std::string>& fields_;
  std::optional<RowProblem> problem_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_CSV_FIELDS_H_
