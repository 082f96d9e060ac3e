#include "services/domain/codes.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace navo::domain {
namespace {

constexpr std::string_view kRefused = "(refused)";

std::string Checked(void (*check)(std::string_view, std::string*, Violations&), std::string code) {
  Violations violations;
  check("code", &code, violations);
  return violations.empty() ? code : std::string(kRefused);
}

bool Accepted(void (*check)(std::string_view, std::string_view, Violations&),
              std::string_view code) {
  Violations violations;
  check("code", code, violations);
  return violations.empty();
}

TEST(LanguageCodeTest, TakesTheLanguagesOfTheParticipants) {
  for (const std::string code :
       {"uk", "ru",  "ar",  "sw", "fr", "ln", "rw", "ti", "am", "prs", "ps",
        "tr", "kmr", "ckb", "fa", "so", "om", "ur", "ro", "kk", "uz",  "zh",
        "es", "en",  "pl",  "vi", "ta", "nb", "nn", "se", "nsl"}) {
    EXPECT_EQ(Checked(CheckLanguageCode, code), code);
  }
}

TEST(LanguageCodeTest, PutsTagsInTheirUsualCase) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"NB", "nb"},           {"Pt-br", "pt-BR"},     {"zh-hant-tw", "zh-Hant-TW"},
      {"sr-LATN", "sr-Latn"}, {"es-419", "es-419"},   {"sl-ROZAJ", "sl-rozaj"},
      {"en-x-US", "en-x-us"}, {"de-1996", "de-1996"}, {"ARA-eg", "ar-EG"},
      {"nor", "no"}};
  for (const auto& [code, canonical] : cases) {
    EXPECT_EQ(Checked(CheckLanguageCode, code), canonical);
  }
}

TEST(LanguageCodeTest, RefusesWhatIsNoTag) {
  for (const std::string code :
       {"", "n", "norsk", "xx", "qqq", "1b", "nb-", "-nb", "nb--NO", "nb_NO", "nb NO",
        "nb-123456789", "næ", "nb-æ", "nb-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa"}) {
    EXPECT_EQ(Checked(CheckLanguageCode, code), kRefused) << code;
  }
}

TEST(CountryCodeTest, ACountryThatThereIsInCapitals) {
  EXPECT_EQ(Checked(CheckCountryCode, "ER"), "ER");
  EXPECT_EQ(Checked(CheckCountryCode, "xk"), "XK");
  EXPECT_EQ(Checked(CheckCountryCode, "no"), "NO");
  for (const std::string code : {"", "N", "NOR", "N0", "Å", "47", "ZZ", "XX"}) {
    EXPECT_EQ(Checked(CheckCountryCode, code), kRefused) << code;
  }
}

TEST(Nus2000Test, SixDigits) {
  for (const std::string_view code : {"000000", "201199", "999999"}) {
    EXPECT_TRUE(Accepted(CheckNus2000, code)) << code;
  }
  for (const std::string_view code : {"", "20119", "2011999", "20119A", "-20119", " 20119"}) {
    EXPECT_FALSE(Accepted(CheckNus2000, code)) << code;
  }
}

TEST(Nus2000Test, RecognitionIsAskedForFromVideregaaendeToDoctorate) {
  const std::vector<bool> asks = {false, false, false, true, true, true, true, true, true, false};
  for (int level = 0; level <= 9; ++level) {
    EXPECT_EQ(Nus2000Level(std::to_string(level) + "00000"), level);
    EXPECT_EQ(AsksForRecognition(level), asks[static_cast<std::size_t>(level)]) << level;
  }
}

TEST(Styrk08Test, ACodeThatThereIs) {
  for (const std::string_view code : {"0", "5", "53", "532", "5321"}) {
    EXPECT_TRUE(Accepted(CheckStyrk08, code)) << code;
  }
  for (const std::string_view code : {"", "53210", "5321101", "53a", "-1", "5 3", "5399", "99"}) {
    EXPECT_FALSE(Accepted(CheckStyrk08, code)) << code;
  }
}

TEST(DigCompTest, AreasAndCompetences) {
  for (const std::string_view code : {"1", "5", "1.1", "2.6", "5.4"}) {
    EXPECT_TRUE(Accepted(CheckDigComp, code)) << code;
  }
  for (const std::string_view code : {"", "0", "6", "1.4", "1.", "11", "2.7", "1.10"}) {
    EXPECT_FALSE(Accepted(CheckDigComp, code)) << code;
  }
}

TEST(UuidTest, CanonicalShapeOnly) {
  EXPECT_TRUE(IsUuid("3f2b8c1a-9d4e-4f60-8a7b-0c1d2e3f4a5b"));
  EXPECT_TRUE(IsUuid("3F2B8C1A-9D4E-4F60-8A7B-0C1D2E3F4A5B"));
  for (const std::string_view text :
       {"", "me", "3f2b8c1a9d4e4f608a7b0c1d2e3f4a5b", "3f2b8c1a-9d4e-4f60-8a7b-0c1d2e3f4a5",
        "3f2b8c1a-9d4e-4f60-8a7b-0c1d2e3f4a5bb", "3f2b8c1a-9d4e-4f60-8a7b-0c1d2e3f4a5g",
        "3f2b8c1a-9d4e-4f60-8a7b0-c1d2e3f4a5b", "{3f2b8c1a-9d4e-4f60-8a7b-0c1d2e3f4a}"}) {
    EXPECT_FALSE(IsUuid(text)) << text;
  }
}

}  // namespace
}  // namespace navo::domain
