#include "services/domain/text.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace navo::domain {
namespace {

std::string Description(std::string text, const TextRule& rule) {
  const std::string before = text;
  Violations violations;
  CheckText("note", &text, rule, violations);
  if (violations.empty()) return "";
  EXPECT_EQ(violations.items().size(), 1u);
  EXPECT_EQ(violations.items()[0].field, "note");
  EXPECT_EQ(text, before) << "refused text must stay as it came";
  return violations.items()[0].description;
}

std::string Mended(std::string text, const TextRule& rule) {
  Violations violations;
  CheckText("note", &text, rule, violations);
  EXPECT_TRUE(violations.empty()) << violations.ToStatus();
  return text;
}

TEST(CheckTextTest, NamesInAnyScriptSurviveUnchanged) {
  for (const std::string name :
       {"Åse Bjørnsdóttir", "ሰላም ተስፋይ", "محمد الأحمد", "می‌خواهم", "Олександра Шевченко",
        "李小龍", "தமிழ்", "O'Brien-Łukasz", "👩‍🏫", ""}) {
    EXPECT_EQ(Mended(name, kNameText), name);
  }
}

TEST(CheckTextTest, DecomposedLettersAreComposed) {
  EXPECT_EQ(Mended("A\u030Ase", kNameText), "Åse");
  EXPECT_EQ(Mended("Nguye\u0302\u0303n", kNameText), "Nguyễn");
}

TEST(CheckTextTest, WindowsNewlinesBecomePlainOnes) {
  EXPECT_EQ(Mended("a\r\nb\rc\n\td", kNoteText), "a\nb\nc\n\td");
}

TEST(CheckTextTest, RefusesWhatCannotBeMended) {
  struct Case {
    std::string text;
    TextRule rule;
    std::string description;
  };
  const std::string one_line = "must be one line without control characters";
  const std::string lines = "must have no control characters but newline and tab";
  const std::string direction = "must have no text direction overrides (U+202A-202E, U+2066-2069)";
  const std::vector<Case> cases = {
      {"\xFF\xFE", kNoteText, "must be UTF-8 text"},
      {"caf\xE9", kNameText, "must be UTF-8 text"},           // ISO-8859-1
      {"\xC0\xAF", kNameText, "must be UTF-8 text"},          // overlong "/"
      {"\xED\xA0\x80", kNameText, "must be UTF-8 text"},      // surrogate
      {"\xF4\x90\x80\x80", kNameText, "must be UTF-8 text"},  // above U+10FFFF
      {"abc\xC3", kNameText, "must be UTF-8 text"},           // cut off
      {std::string("a\0b", 3), kNameText, one_line},
      {"a\nb", kNameText, one_line},
      {"a\tb", kNameText, one_line},
      {"a\u2028b", kNameText, one_line},
      {"a\u0085b", kNameText, one_line},
      {"a\x7F", kNameText, one_line},
      {"a\x1B[31m", kNoteText, lines},
      {std::string("\0", 1), kNoteText, lines},
      {"invoice\u202Efdp.exe", kNoteText, direction},
      {"\u2066x", kNameText, direction},
      {"x\u2069", kNameText, direction},
      {"", kRequiredNameText, "must not be empty"},
      {" \u00A0\u200B", kRequiredNameText, "must not be empty"},
      {"\n\t ", kRequiredNoteText, "must not be empty"},
      {std::string(201, 'a'), kTitleText, "must be at most 200 characters"},
      {std::string(10'001, 'a'), kNoteText, "must be at most 10000 characters"},
  };
  for (const Case& c : cases) EXPECT_EQ(Description(c.text, c.rule), c.description) << c.text;
}

TEST(CheckTextTest, CountsCharactersNotBytesAndAfterComposing) {
  std::string decomposed;
  std::string composed;
  for (int i = 0; i < 200; ++i) {
    decomposed += "A\u030A";
    composed += "Å";
  }
  EXPECT_EQ(Mended(decomposed, kTitleText), composed);
  EXPECT_EQ(CountCharacters(composed), 200u);
  EXPECT_EQ(Description(composed + "Å", kTitleText), "must be at most 200 characters");
}

TEST(NormaliseTextTest, GivesTheReasonOfTheImportReport) {
  EXPECT_EQ(*NormaliseText("A\u030Ase", kNameText), "Åse");
  EXPECT_EQ(ReasonOf(NormaliseText("\xFF", kNameText).status()), "ENCODING");
  EXPECT_EQ(ReasonOf(NormaliseText("", kRequiredNameText).status()), "MISSING_FIELD");
  EXPECT_EQ(ReasonOf(NormaliseText(std::string(201, 'x'), kNameText).status()), "TOO_LONG");
}

TEST(NormaliseTextTest, TheErrorNeverRepeatsTheText) {
  const absl::Status status = NormaliseText("Hemmelig\u202ENavn", kNameText).status();
  EXPECT_EQ(status.ToString().find("Hemmelig"), std::string::npos);
  EXPECT_EQ(status.ToString().find("Navn"), std::string::npos);
}

}  // namespace
}  // namespace navo::domain
