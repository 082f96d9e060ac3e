#include "services/exchange/csv_fields.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "services/domain/absl_view.h"
#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/error.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

constexpr domain::TextRule kCodeText{.max_characters = 100};
constexpr int kWholeDigits = 6;

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

// Hundredths; nullopt when the text is no such number.
std::optional<std::int32_t> ParseHundredths(std::string_view text) {
  const std::size_t point = text.find_first_of(",.");
  const std::string_view whole = text.substr(0, point);
  std::string_view decimals;
  if (point != std::string_view::npos) {
    decimals = text.substr(point + 1);
    if (decimals.empty() || decimals.size() > 2) return std::nullopt;
  }
  if (whole.empty() || whole.size() > kWholeDigits) return std::nullopt;
  std::int32_t value = 0;
  for (const char byte : whole) {
    if (!IsDigit(byte)) return std::nullopt;
    value = value * 10 + (byte - '0');
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const char byte = i < decimals.size() ? decimals[i] : '0';
    if (!IsDigit(byte)) return std::nullopt;
    value = value * 10 + (byte - '0');
  }
  return value;
}

}  // namespace

std::string FoldCode(std::string_view code) {
  const absl::StatusOr<std::string> text = domain::NormaliseText(code, kCodeText);
  if (!text.ok()) return {};
  return absl::StrReplaceAll(
      absl::AsciiStrToUpper(*text),
      {{"æ", "Æ"}, {"ø", "Ø"}, {"å", "Å"}, {" ", "_"}, {"-", "_"}, {"–", "_"}});
}

std::string CsvFields::Text(std::size_t column, const domain::TextRule& rule) {
  absl::StatusOr<std::string> text = domain::NormaliseText(Raw(column), rule);
  if (text.ok()) return *std::move(text);
  const std::string reason = domain::ReasonOf(text.status());
  if (reason == row_reason::kTooLong) {
    Fail(row_reason::kTooLong, column, "The text is over its limit; shorten it.");
  } else if (reason == row_reason::kMissingField) {
    Fail(row_reason::kMissingField, column);
  } else {
    Fail(row_reason::kEncoding, column);
  }
  return {};
}

std::string CsvFields::RequiredText(std::size_t column, domain::TextRule rule) {
  rule.required = true;
  return Text(column, rule);
}

std::optional<std::int32_t> CsvFields::Day(std::size_t column) {
  if (Raw(column).empty()) return std::nullopt;
  const std::optional<std::int32_t> day = domain::ParseDay(Raw(column));
  if (!day.has_value()) Fail(row_reason::kInvalidDate, column);
  return day;
}

std::optional<std::int32_t> CsvFields::RequiredDay(std::size_t column) {
  Require(column);
  return Day(column);
}

std::optional<bool> CsvFields::YesOrNo(std::size_t column) {
  static constexpr std::array<CodeName<bool>, 2> kAnswers = {{{"JA", true}, {"NEI", false}}};
  return Code(column, kAnswers, "Write ja or nei, or leave it empty.");
}

std::string CsvFields::Language(std::size_t column) {
  std::string code(Raw(column));
  if (code.empty()) return code;
  domain::Violations violations;
  domain::CheckLanguageCode("", &code, violations);
  if (violations.empty()) return code;
  Fail(row_reason::kUnknownCode, column,
       "Write a language code as BCP 47: ti, ar, so, uk, prs; or leave it empty.");
  return {};
}

std::optional<std::int32_t> CsvFields::Hundredths(std::size_t column, std::int32_t most,
                                                  std::string_view advice) {
  if (Raw(column).empty()) return std::nullopt;
  const std::optional<std::int32_t> number = ParseHundredths(Raw(column));
  if (number.has_value() && *number <= most) return number;
  Fail(row_reason::kInvalidNumber, column, advice);
  return std::nullopt;
}

std::optional<domain::NationalIdentityNumber> CsvFields::Ident(
    std::size_t column, const domain::IdentifierPolicy& policy) {
  Require(column);
  if (Raw(column).empty()) return std::nullopt;
  auto ident = domain::NationalIdentityNumber::Parse(Raw(column), policy);
  if (ident.ok()) return *std::move(ident);
  if (!problem_) problem_ = IdentProblem(ident.status(), header_.NameOf(column));
  return std::nullopt;
}

void CsvFields::Require(std::size_t column) {
  if (Raw(column).empty()) Fail(row_reason::kMissingField, column);
}

void CsvFields::Fail(std::string_view reason, std::size_t column, std::string_view advice) {
  if (!problem_) problem_ = MakeProblem(reason, header_.NameOf(column), advice);
}

}  // namespace navo::services
