#include "services/catalogue/consent_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/domain/text.h"

namespace navo::services {
namespace {

constexpr char kHead[] = "version: 2\nlanguage: nb\npurposes: SAMORDNET_KVALIFISERING\n";

class EmbeddedTextTest : public testing::TestWithParam<std::pair<std::string, v1::Purpose>> {};

TEST_P(EmbeddedTextTest, IsWholeInEveryLanguage) {
  const auto& [text_id, purpose] = GetParam();
  const ConsentTexts& texts = ConsentTexts::Embedded();
  const int version = texts.NewestVersion(text_id);
  ASSERT_GE(version, 1);
  const std::vector<std::string> languages = texts.Languages(text_id, version);
  EXPECT_THAT(languages,
              testing::IsSupersetOf({"ar", "en", "nb", "nn", "pl", "prs", "so", "ti", "uk"}));
  for (const std::string& language : languages) {
    const v1::ConsentText* text = texts.Find(text_id, version, language);
    ASSERT_NE(text, nullptr) << language;
    EXPECT_THAT(text->purposes(), testing::ElementsAre(purpose)) << language;
    EXPECT_FALSE(text->reviewed()) << language << ": nobody has checked a wording yet";
    const auto normal =
        domain::NormaliseText(text->text(), {.max_characters = 20'000, .multi_line = true});
    ASSERT_TRUE(normal.ok()) << language << ": " << normal.status();
    EXPECT_EQ(*normal, text->text()) << language << " is not in NFC";
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, EmbeddedTextTest,
                         testing::Values(std::pair(std::string("samordnet-kvalifisering"),
                                                   v1::PURPOSE_SAMORDNET_KVALIFISERING),
                                         std::pair(std::string("tilrettelegging"),
                                                   v1::PURPOSE_TILRETTELEGGING)));

// Every purpose can be consented to in words that name it.
TEST(ConsentTextsTest, EveryPurposeHasAText) {
  for (int number = v1::Purpose_MIN + 1; number <= v1::Purpose_MAX; ++number) {
    const auto purpose = static_cast<v1::Purpose>(number);
    int texts = 0;
    for (const char* id : {"samordnet-kvalifisering", "tilrettelegging"}) {
      const ConsentTexts& all = ConsentTexts::Embedded();
      const v1::ConsentText* text = all.Find(id, all.NewestVersion(id), "nb");
      if (text != nullptr && Names(*text, purpose)) ++texts;
    }
    EXPECT_EQ(texts, 1) << number;
  }
}

TEST(ConsentTextsTest, ReadsHeaderAndText) {
  const std::string content = std::string(kHead) + "reviewed: yes\n\nFirst.\n\nSecond: here.\n";
  const auto texts = ConsentTexts::Parse({{"a-text.2.nb.txt", content}});
  ASSERT_TRUE(texts.ok()) << texts.status();
  const v1::ConsentText* text = texts->Find("a-text", 2, "nb");
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->text(), "First.\n\nSecond: here.");
  EXPECT_TRUE(text->reviewed());
  EXPECT_TRUE(Names(*text, v1::PURPOSE_SAMORDNET_KVALIFISERING));
  EXPECT_FALSE(Names(*text, v1::PURPOSE_UNSPECIFIED));
}

TEST(ConsentTextsTest, FindsTheNewestVersionAndItsLanguages) {
  const auto file = [](const std::string& version, const std::string& language) {
    return "version: " + version + "\nlanguage: " + language +
           "\npurposes: SAMORDNET_KVALIFISERING\nreviewed: no\n\ntext";
  };
  const std::string one_nb = file("1", "nb"), one_ti = file("1", "ti"), two_nb = file("10", "nb");
  const auto texts = ConsentTexts::Parse(
      {{"b.1.nb.txt", one_nb}, {"b.1.ti.txt", one_ti}, {"b.10.nb.txt", two_nb}});
  ASSERT_TRUE(texts.ok()) << texts.status();
  EXPECT_EQ(texts->NewestVersion("b"), 10);
  EXPECT_EQ(texts->NewestVersion("a"), 0);
  EXPECT_EQ(texts->NewestVersion("c"), 0);
  EXPECT_THAT(texts->Languages("b", 1), testing::ElementsAre("nb", "ti"));
  EXPECT_THAT(texts->Languages("b", 10), testing::ElementsAre("nb"));
  EXPECT_THAT(texts->Languages("b", 2), testing::IsEmpty());
  EXPECT_EQ(texts->Find("b", 10, "ti"), nullptr);
}

TEST(ConsentTextsTest, SaysWhichFileIsWrong) {
  const std::string head(kHead);
  for (const std::string& content :
       {head + "reviewed: no\n", head + "reviewed: maybe\n\ntext", head + "reviewed: no\n\n  \n",
        std::string("version: 0\n\ntext"), std::string("colour: red\n\ntext"),
        std::string("version: 2\nlanguage: nb\nreviewed: no\n\ntext"),
        std::string("version: 2\nlanguage: nb\npurposes: ADVERTISING\nreviewed: no\n\ntext"),
        std::string("version: 2\nlanguage: nn\npurposes: SAMORDNET_KVALIFISERING\n\ntext")}) {
    const auto texts = ConsentTexts::Parse({{"a.2.nb.txt", content}});
    EXPECT_THAT(std::string(texts.status().message()), testing::StartsWith("a.2.nb.txt: "))
        << content;
  }
}

}  // namespace
}  // namespace navo::services
