// All numbers here are synthetic, or worked examples that Skatteetaten published for people born
// after 2032.
#include "services/domain/identifier.h"

#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/domain/error.h"

namespace navo::domain {
namespace {

constexpr IdentifierPolicy kTest{.profile = Profile::kTest};
constexpr IdentifierPolicy kProduction{.profile = Profile::kProduction};
constexpr IdentifierPolicy kOldTest{Profile::kTest, ControlDigitRule::kUntil2032};
constexpr IdentifierPolicy kOldProduction{Profile::kProduction, ControlDigitRule::kUntil2032};

std::string ReasonFor(std::string_view text, const IdentifierPolicy& policy) {
  const auto number = NationalIdentityNumber::Parse(text, policy);
  if (number.ok()) return "accepted";
  EXPECT_EQ(number.status().code(), absl::StatusCode::kInvalidArgument);
  if (text.size() > 6) {
    EXPECT_EQ(number.status().ToString().find(std::string(text.substr(0, 6))), std::string::npos)
        << "the error repeats digits";
  }
  return ReasonOf(number.status());
}

struct Synthetic {
  std::string_view digits;
  IdentifierKind kind;
};

const std::vector<Synthetic>& SyntheticNumbers() {
  static const std::vector<Synthetic> numbers = {
      {"17912099997", IdentifierKind::kFoedselsnummer},  // published: Tenor
      {"29822099635", IdentifierKind::kFoedselsnummer},  // published: Tenor, 29 February 2020
      {"57912075186", IdentifierKind::kDnummer},         // published: Tenor D
      {"15507600333", IdentifierKind::kFoedselsnummer},  // published: NAV
      {"55507608360", IdentifierKind::kDnummer},         // published: NAV D
      {"17838549888", IdentifierKind::kFoedselsnummer},  // Tenor
      {"02919149763", IdentifierKind::kFoedselsnummer},  // Tenor
      {"30860199870", IdentifierKind::kFoedselsnummer},  // Tenor, individual number 998
      {"29820499733", IdentifierKind::kFoedselsnummer},  // Tenor, 29 February 2004
      {"49888849024", IdentifierKind::kDnummer},         // Tenor D
      {"21417948004", IdentifierKind::kFoedselsnummer},  // NAV
      {"52529547021", IdentifierKind::kDnummer},         // NAV D
  };
  return numbers;
}

TEST(NationalIdentityNumberTest, TestProfileTakesBothSyntheticSeries) {
  for (const Synthetic& c : SyntheticNumbers()) {
    for (const IdentifierPolicy& policy : {kTest, kOldTest}) {
      const auto number = NationalIdentityNumber::Parse(c.digits, policy);
      ASSERT_TRUE(number.ok()) << c.digits << " " << number.status();
      EXPECT_EQ(number->kind(), c.kind) << c.digits;
      EXPECT_EQ(number->Reveal(), c.digits);
    }
  }
}

TEST(NationalIdentityNumberTest, ProductionTakesNoSyntheticNumber) {
  for (const Synthetic& c : SyntheticNumbers()) {
    EXPECT_EQ(ReasonFor(c.digits, kProduction), "INVALID_IDENT") << c.digits;
  }
}

TEST(NationalIdentityNumberTest, RealNumbersAreForProductionOnly) {
  for (const std::string_view digits : {"02013299997", "02013299806", "30108299920"}) {
    EXPECT_EQ(ReasonFor(digits, kProduction), "accepted") << digits;
    EXPECT_EQ(ReasonFor(digits, kOldProduction), "accepted") << digits;
    EXPECT_EQ(ReasonFor(digits, kTest), "INVALID_IDENT") << digits;
  }
}

TEST(NationalIdentityNumberTest, NewControlDigitsNeedTheNewRule) {
  for (const std::string_view digits : {"02013299903", "30108299939"}) {
    EXPECT_EQ(ReasonFor(digits, kProduction), "accepted") << digits;
    EXPECT_EQ(ReasonFor(digits, kOldProduction), "INVALID_IDENT") << digits;
  }
  EXPECT_EQ(ReasonFor("15859099936", kTest), "accepted");
  EXPECT_EQ(ReasonFor("15859099936", kOldTest), "INVALID_IDENT");
}

// One number for each remainder 0-10 of the first control digit; the second remainder is 0 in all.
TEST(NationalIdentityNumberTest, FirstRemainderMayBeAtMostThree) {
  const std::vector<std::string_view> by_remainder = {
      "15859000026", "15859000034", "15859000042", "15859000050", "15859000069", "15859000077",
      "15859000085", "15859000093", "15859000182", "15859000190", "15859000018"};
  for (std::size_t remainder = 0; remainder < by_remainder.size(); ++remainder) {
    const std::string_view digits = by_remainder[remainder];
    EXPECT_EQ(ReasonFor(digits, kTest), remainder <= 3 ? "accepted" : "INVALID_IDENT") << digits;
    EXPECT_EQ(ReasonFor(digits, kOldTest), remainder == 0 ? "accepted" : "INVALID_IDENT") << digits;
  }
}

TEST(NationalIdentityNumberTest, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"17838549889",   // last digit
        "17838549838",   // first control digit
        "02919194763",   // two neighbours swapped
        "1783854988",    // 10 digits
        "178385498880",  // 12 digits
        "308601 99870",  // blank inside
        "17838O49888",   // a letter
        "31829049859",   // 31 February, sums right
        "10938849825",   // month 93, sums right
        "00000000000", "", " ", "-7838549888", "17838549888\n", "１７８３８"}) {
    EXPECT_EQ(ReasonFor(text, kTest), "INVALID_IDENT") << text;
    EXPECT_EQ(ReasonFor(text, kProduction), "INVALID_IDENT") << text;
  }
}

TEST(NationalIdentityNumberTest, OtherPersonNumbersOfNavAreNamedAsSuch) {
  for (const std::string_view text :
       {"1000012345678", "01219000000", "01329000000", "01619000000"}) {
    EXPECT_EQ(ReasonFor(text, kTest), "UNSUPPORTED_IDENT") << text;
    EXPECT_EQ(ReasonFor(text, kProduction), "UNSUPPORTED_IDENT") << text;
  }
}

// Also with remainders 1-3 taken, a single slip of the finger is always found.
TEST(NationalIdentityNumberTest, EverySingleWrongDigitAndEverySwapOfNeighboursIsFound) {
  for (const Synthetic& c : SyntheticNumbers()) {
    for (std::size_t i = 0; i < c.digits.size(); ++i) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string wrong(c.digits);
        wrong[i] = digit;
        if (wrong != c.digits) {
          EXPECT_NE(ReasonFor(wrong, kTest), "accepted") << wrong;
        }
      }
      if (i == 0) continue;
      std::string swapped(c.digits);
      std::swap(swapped[i - 1], swapped[i]);
      if (swapped != c.digits) {
        EXPECT_NE(ReasonFor(swapped, kTest), "accepted") << swapped;
      }
    }
  }
}

TEST(NationalIdentityNumberTest, PrintsAsAMask) {
  const auto number = NationalIdentityNumber::Parse("17838549888", kTest);
  ASSERT_TRUE(number.ok());
  std::ostringstream stream;
  stream << *number;
  EXPECT_EQ(stream.str(), "******IDENT******");
  EXPECT_EQ(::testing::PrintToString(*number), "******IDENT******");
}

TEST(NationalIdentityNumberTest, ComparesByItsDigits) {
  const auto one = NationalIdentityNumber::Parse("17838549888", kTest);
  const auto same = NationalIdentityNumber::Parse("17838549888", kTest);
  const auto other = NationalIdentityNumber::Parse("49888849024", kTest);
  ASSERT_TRUE(one.ok() && same.ok() && other.ok());
  EXPECT_TRUE(*one == *same);
  EXPECT_FALSE(*one == *other);
}

TEST(OrganisationNumberTest, ChecksTheControlDigit) {
  for (const std::string_view text :
       {"974683520", "900010605", "310000019", "310000027", "310000140", "310000280", "974778742",
        "974778874", "974778866", "874778842", "970534644", "972408875"}) {
    EXPECT_TRUE(IsOrganisationNumber(text)) << text;
  }
  for (const std::string_view text :
       {"310000018", "000000000", "", "31000001", "3100000190", "31000001A", " 10000019"}) {
    EXPECT_FALSE(IsOrganisationNumber(text)) << text;
  }
  for (const std::string stem : {"31000006", "31000023"}) {  // remainder 1: no digit fits
    for (char digit = '0'; digit <= '9'; ++digit) EXPECT_FALSE(IsOrganisationNumber(stem + digit));
  }
}

TEST(NavIdentTest, OneLetterAndSixDigits) {
  for (const std::string_view text : {"Z990001", "a123456"}) EXPECT_TRUE(IsNavIdent(text)) << text;
  for (const std::string_view text : {"", "Z99001", "Z9900011", "ZZ99001", "1234567", "Ø123456"}) {
    EXPECT_FALSE(IsNavIdent(text)) << text;
  }
}

}  // namespace
}  // namespace navo::domain
