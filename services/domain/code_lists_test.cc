#include "services/domain/code_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace navo::domain {
namespace {

constexpr v1::CodeList kLists[] = {v1::CODE_LIST_STYRK08, v1::CODE_LIST_LANGUAGE,
                                   v1::CODE_LIST_COUNTRY, v1::CODE_LIST_NUS2000_LEVEL,
                                   v1::CODE_LIST_DIGCOMP};

std::string NameNb(v1::CodeList list, std::string_view code) {
  const Code* found = FindCode(list, code);
  return found == nullptr ? "(none)" : std::string(found->name_nb);
}

TEST(CodeListsTest, EachIsSortedWholeAndHasASource) {
  for (const v1::CodeList list : kLists) {
    const auto codes = CodesOf(list);
    SCOPED_TRACE(v1::CodeList_Name(list));
    ASSERT_FALSE(codes.empty());
    EXPECT_NE(SourceOf(list), "");
    for (size_t i = 0; i < codes.size(); ++i) {
      if (i > 0) {
        EXPECT_LT(codes[i - 1].code, codes[i].code);
      }
      EXPECT_NE(codes[i].name_nb, "") << codes[i].code;
      if (!codes[i].parent.empty()) {
        EXPECT_NE(FindCode(list, codes[i].parent), nullptr);
      }
      EXPECT_EQ(FindCode(list, codes[i].code), &codes[i]);
    }
  }
  EXPECT_TRUE(CodesOf(v1::CODE_LIST_UNSPECIFIED).empty());
  EXPECT_EQ(FindCode(v1::CODE_LIST_UNSPECIFIED, "1"), nullptr);
  EXPECT_EQ(SourceOf(v1::CODE_LIST_UNSPECIFIED), "");
}

TEST(CodeListsTest, OccupationsAreThereOnFourLevels) {
  std::map<size_t, int> by_digits;
  for (const Code& code : CodesOf(v1::CODE_LIST_STYRK08)) {
    ++by_digits[code.code.size()];
    const std::string_view parent = code.code.substr(0, code.code.size() - 1);
    EXPECT_EQ(code.parent, parent) << code.code;
  }
  EXPECT_EQ(by_digits, (std::map<size_t, int>{{1, 10}, {2, 43}, {3, 122}, {4, 407}}));
  EXPECT_EQ(NameNb(v1::CODE_LIST_STYRK08, "5321"), "Helsefagarbeidere");
  EXPECT_EQ(NameNb(v1::CODE_LIST_STYRK08, "9999"), "(none)");
}

TEST(CodeListsTest, LanguagesHaveTheirShortestCode) {
  EXPECT_GT(CodesOf(v1::CODE_LIST_LANGUAGE).size(), 7'900u);
  EXPECT_EQ(NameNb(v1::CODE_LIST_LANGUAGE, "so"), "somali");
  EXPECT_EQ(NameNb(v1::CODE_LIST_LANGUAGE, "nsl"), "norsk tegnspråk");
  EXPECT_EQ(FindCode(v1::CODE_LIST_LANGUAGE, "kmr")->name_en, "Northern Kurdish");
  EXPECT_EQ(FindCode(v1::CODE_LIST_LANGUAGE, "som"), nullptr);
  EXPECT_EQ(LanguageSubtag("som"), "so");
  EXPECT_EQ(LanguageSubtag("so"), "so");
  EXPECT_EQ(LanguageSubtag("prs"), "prs");
  EXPECT_EQ(LanguageSubtag("ber"), "ber");
  EXPECT_EQ(LanguageSubtag("qq"), "");
  EXPECT_EQ(LanguageSubtag(""), "");
}

TEST(CodeListsTest, CountriesAreThoseOfIsoAndKosovo) {
  EXPECT_EQ(CodesOf(v1::CODE_LIST_COUNTRY).size(), 250u);
  EXPECT_EQ(FindCode(v1::CODE_LIST_COUNTRY, "ER")->name_en, "Eritrea");
  EXPECT_EQ(NameNb(v1::CODE_LIST_COUNTRY, "XK"), "Kosovo");
  EXPECT_EQ(FindCode(v1::CODE_LIST_COUNTRY, "ZZ"), nullptr);
}

TEST(CodeListsTest, DigCompHasFiveAreasAndTwentyOneCompetences) {
  const auto codes = CodesOf(v1::CODE_LIST_DIGCOMP);
  EXPECT_EQ(codes.size(), 26u);
  EXPECT_EQ(std::count_if(codes.begin(), codes.end(),
                          [](const Code& code) { return code.parent.empty(); }),
            5);
  EXPECT_EQ(FindCode(v1::CODE_LIST_DIGCOMP, "4.2")->parent, "4");
  EXPECT_EQ(CodesOf(v1::CODE_LIST_NUS2000_LEVEL).size(), 10u);
}

}  // namespace
}  // namespace navo::domain
