#include "services/domain/identifier.h"

#include <array>
#include <cstddef>
#include <utility>

#include "services/domain/error.h"
#include "services/domain/reasons.h"

namespace navo::domain {
namespace {

constexpr std::array<int, 10> kFirstWeights = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
constexpr std::array<int, 11> kSecondWeights = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
constexpr std::array<int, 9> kOrganisationWeights = {3, 2, 7, 6, 5, 4, 3, 2, 1};

constexpr int kNavSyntheticMonth = 40;
constexpr int kTaxSyntheticMonth = 80;
constexpr int kDnummerDay = 40;

bool AllDigits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

int Digit(std::string_view digits, std::size_t position) { return digits[position] - '0'; }

int TwoDigits(std::string_view digits, std::size_t position) {
  return Digit(digits, position) * 10 + Digit(digits, position + 1);
}

// The weighted sum, control digit included (its weight is 1), modulo 11.
template <std::size_t kSize>
int Remainder(std::string_view digits, const std::array<int, kSize>& weights) {
  int sum = 0;
  for (std::size_t i = 0; i < kSize; ++i) sum += Digit(digits, i) * weights[i];
  return sum % 11;
}

bool ControlDigitsHold(std::string_view digits, ControlDigitRule rule) {
  const int allowed = rule == ControlDigitRule::kFrom2032 ? 3 : 0;
  return Remainder(digits, kFirstWeights) <= allowed && Remainder(digits, kSecondWeights) == 0;
}

// The century is not in the number, so 29 February counts as real in every fourth year, also in
// "00" (2000 was a leap year). That errs towards taking a number; refusing a real person would be
// worse.
bool IsDay(int day, int month, int two_digit_year) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap_day = month == 2 && two_digit_year % 4 == 0;
  return day <= kDays[static_cast<std::size_t>(month - 1)] + (leap_day ? 1 : 0);
}

bool IsNpidMonth(int month) { return (month > 20 && month <= 32) || (month > 60 && month <= 72); }

// Which series the month stands for, and the month in the calendar.
struct Series {
  Profile profile;
  int calendar_month;  // not in 1-12: no series at all
};

Series SeriesOf(int month) {
  if (month > kTaxSyntheticMonth) return {Profile::kTest, month - kTaxSyntheticMonth};
  if (month > kNavSyntheticMonth) return {Profile::kTest, month - kNavSyntheticMonth};
  return {Profile::kProduction, month};
}

absl::Status Invalid(std::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason::kInvalidIdent, message);
}

absl::Status Unsupported(std::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason::kUnsupportedIdent, message);
}

}  // namespace

absl::StatusOr<NationalIdentityNumber> NationalIdentityNumber::Parse(
    std::string_view text, const IdentifierPolicy& policy) {
  if (text.size() == 13 && AllDigits(text)) {
    return Unsupported("must be a fødselsnummer or D-nummer, not an aktør-id");
  }
  if (text.size() != 11 || !AllDigits(text)) {
    return Invalid("must be a fødselsnummer or D-nummer of 11 digits without blanks");
  }
  const int month = TwoDigits(text, 2);
  if (IsNpidMonth(month)) return Unsupported("must be a fødselsnummer or D-nummer, not an NPID");

  // Control digits before the series: a mistyped number should not be called synthetic.
  const IdentifierKind kind =
      Digit(text, 0) >= 4 ? IdentifierKind::kDnummer : IdentifierKind::kFoedselsnummer;
  const int day = TwoDigits(text, 0) - (kind == IdentifierKind::kDnummer ? kDnummerDay : 0);
  if (!ControlDigitsHold(text, policy.control_digits)) {
    return Invalid("has control digits that do not fit: look at the document again");
  }
  const Series series = SeriesOf(month);
  if (!IsDay(day, series.calendar_month, TwoDigits(text, 4))) {
    return Invalid("begins with a day that does not exist");
  }
  if (series.profile != policy.profile) {
    return Invalid(policy.profile == Profile::kProduction
                       ? "must be a real number: this server takes no synthetic ones"
                       : "must be a synthetic number: this server takes no real ones");
  }
  return NationalIdentityNumber(std::string(text), kind);
}

NationalIdentityNumber::NationalIdentityNumber(std::string digits, IdentifierKind kind)
    : digits_(std::move(digits)), kind_(kind) {}

std::ostream& operator<<(std::ostream& out, const NationalIdentityNumber& /*number*/) {
  return out << "******IDENT******";
}

bool IsOrganisationNumber(std::string_view text) {
  return text.size() == 9 && AllDigits(text) && text[0] != '0' &&
         Remainder(text, kOrganisationWeights) == 0;
}

bool IsNavIdent(std::string_view text) {
  if (text.size() != 7 || !AllDigits(text.substr(1))) return false;
  return (text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z');
}

}  // namespace navo::domain
