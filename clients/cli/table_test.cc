#include "clients/cli/table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "clients/cli/text_width.h"

namespace navo::cli {
namespace {

TEST(TextWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("Blåbær Ødegård"), 14);
  EXPECT_EQ(DisplayWidth("王小明"), 6);
  EXPECT_EQ(DisplayWidth("أمينة"), 5);
  EXPECT_EQ(DisplayWidth("e\xcc\x81"), 1);  // e and a combining acute
  EXPECT_EQ(DisplayWidth("A\xcc\x8a"
                         "se"),
            3);                       // Å written as A and a ring
  EXPECT_EQ(DisplayWidth("ሰላም"), 3);  // Ge'ez
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(TextWidth, CutsBetweenLettersOnly) {
  EXPECT_EQ(Truncated("Norskopplæring", 8), "Norskop…");
  EXPECT_EQ(Truncated("Ødegård", 7), "Ødegård");
  EXPECT_EQ(Truncated("王小明", 4), "王…");  // The second half would not fit.
  EXPECT_EQ(Truncated("ne\xcc\x81n", 2), "n…");
  EXPECT_EQ(Truncated("ne\xcc\x81n!", 3), "ne\xcc\x81…");
  EXPECT_EQ(Truncated("abc", 0), "");
  EXPECT_EQ(PaddedRight("王小明", 4), "王… ");
  EXPECT_EQ(PaddedLeft("å", 3), "  å");
}

TEST(TextWidth, NothingSteersTheTerminal) {
  EXPECT_EQ(Displayable("a\x1b[31mred\nb\tc"), "a [31mred b c");
  EXPECT_EQ(Displayable("x\xe2\x80\xaey"), "xy");  // right-to-left override
  EXPECT_EQ(Displayable("\xff\xfe"), "\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(Displayable("أمينة 王 Ødegård"), "أمينة 王 Ødegård");
}

TEST(TextWidth, WrapsAtSpacesAndKeepsParagraphs) {
  EXPECT_EQ(Wrapped("ei lita setning på norsk\nny linje", 11),
            (std::vector<std::string>{"ei lita", "setning på", "norsk", "ny linje"}));
  EXPECT_EQ(Wrapped("", 10), std::vector<std::string>{""});
}

class TableTest : public testing::Test {
 protected:
  std::string Print(int width) {
    std::ostringstream out;
    table_.Print(out, width);
    return out.str();
  }
  Table table_{{{"NAME", 4}, {"TYPE", 4}, {"N", 1, true}}};
};

TEST_F(TableTest, AlignsEveryScript) {
  table_.AddRow({"Åse Blåbær", "møte", "1"});
  table_.AddRow({"王小明", "samtale", "10"});
  table_.AddRow({"أمينة", "telefon", "2"});
  table_.AddRow(
      {"Ne\xcc\x81"
       "stor",
       "melding", "3"});
  EXPECT_EQ(Print(100),
            "NAME        TYPE      N\n"
            "Åse Blåbær  møte      1\n"
            "王小明      samtale  10\n"
            "أمينة       telefon   2\n"
            "Ne\xcc\x81stor      melding   3\n");
}

TEST_F(TableTest, CutsTheWidestColumnFirst) {
  table_.AddRow({"a very long name indeed", "samtale", "1"});
  EXPECT_EQ(Print(20),
            "NAME      TYPE     N\n"
            "a very …  samtale  1\n");
  for (const int width : {12, 15, 20, 25, 30}) {
    std::istringstream lines(Print(width));
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(DisplayWidth(line), std::max(width, 13));
  }
}

TEST_F(TableTest, NeverCutsBelowTheLeastWidth) {
  Table ids({{"ID", 36}, {"NAME", 4}});
  ids.AddRow({"11111111-1111-4111-8111-111111111111", "somebody with a name"});
  std::ostringstream out;
  ids.Print(out, 40);
  EXPECT_EQ(out.str(),
            "ID                                    NAME\n"
            "11111111-1111-4111-8111-111111111111  som…\n");
}

TEST_F(TableTest, InAPlainWidthARowIsOneLineOfWords) {
  Table table({{"KIND", 8}, {"", 5}, {"WHAT", 4}});
  table.AddRow({"education", "fresh", std::string(300, 'x')});
  table.AddRow({"languages", "", ""});
  std::ostringstream out;
  table.Print(out, kPlainWidth, 2);
  EXPECT_EQ(out.str(),
            "1. kind: education; fresh; what: " + std::string(300, 'x') + "\n2. kind: languages\n");
}

}  // namespace
}  // namespace navo::cli
