#include "services/consent/receipt_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/consent/receipt.h"
#include "services/domain/text.h"

namespace navo::services {
namespace {

TEST(ReceiptWordsTest, EveryLanguageOfTheTextsIsWholeAndMarkedAsNotReviewed) {
  const ReceiptLanguages& all = ReceiptLanguages::Embedded();
  EXPECT_THAT(all.Languages(),
              testing::ElementsAre("ar", "en", "nb", "nn", "pl", "prs", "so", "ti", "uk"));
  for (const std::string& language : all.Languages()) {
    const ReceiptWords* words = all.Find(language);
    ASSERT_NE(words, nullptr);
    EXPECT_TRUE(words->Whole()) << language;
    EXPECT_FALSE(words->reviewed()) << language << ": nobody has checked a wording yet";
  }
  EXPECT_EQ(all.Find("vi"), nullptr);
}

TEST(ReceiptWordsTest, SaysWhichFileIsWrong) {
  const EmbeddedFile nb = *ReceiptWordFiles().begin();
  for (const std::string& content :
       {std::string("reviewed: no\n"), std::string("title: T\n"), std::string("no colon"),
        std::string(nb.content) + "title: again\n", std::string("reviewed: maybe\n")}) {
    const auto parsed = ReceiptLanguages::Parse({{"xx.txt", content}});
    EXPECT_THAT(std::string(parsed.status().message()), testing::StartsWith("xx.txt: ")) << content;
  }
}

TEST(ReceiptTest, NothingOfATextIsMarkup) {
  EXPECT_EQ(EscapeHtml("<b>\"Åse\" & 'co'</b>"),
            "&lt;b&gt;&quot;Åse&quot; &amp; &#39;co&#39;&lt;/b&gt;");
}

}  // namespace
}  // namespace navo::services
