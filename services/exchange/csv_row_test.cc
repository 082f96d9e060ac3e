#include "services/exchange/csv_row.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace navo::services {
namespace {

using testing::ElementsAre;

TEST(CsvRow, QuotesHoldSeparatorsQuotesAndLineEnds) {
  EXPECT_THAT(*SplitCsvRow("x;\"q\"\"r\r\ns;t\";z", ';'), ElementsAre("x", "q\"r\r\ns;t", "z"));
  EXPECT_THAT(*SplitCsvRow(" a , b c ,", ','), ElementsAre("a", "b c", ""));
  EXPECT_THAT(*SplitCsvRow("a\t\tb", '\t'), ElementsAre("a", "", "b"));
  EXPECT_THAT(*SplitCsvRow("O\"Neil;x", ';'), ElementsAre("O\"Neil", "x"));
}

TEST(CsvRow, TwoRowsAreNotOne) { EXPECT_EQ(SplitCsvRow("a;b\rc;d", ';'), std::nullopt); }

TEST(CsvRow, TheSeparatorIsTheMostFrequentOutsideQuotes) {
  EXPECT_EQ(FindSeparator("a;b,c;d"), ';');
  EXPECT_EQ(FindSeparator("a,b,c"), ',');
  EXPECT_EQ(FindSeparator("a\tb"), '\t');
  EXPECT_EQ(FindSeparator("\"a,b,c\";d"), ';');
  EXPECT_EQ(FindSeparator("elev_id"), std::nullopt);
}

TEST(CsvRow, AQuoteInsideQuotesIsDoubledOrEndsTheField) {
  const auto malformed = [](std::string_view row) {
    CsvQuotes quotes(';');
    for (const char byte : row) quotes.Take(byte);
    return quotes.malformed();
  };
  EXPECT_TRUE(malformed("\"Per\"sen;x"));
  EXPECT_TRUE(malformed("\"Per\" \"sen\";x"));
  EXPECT_FALSE(malformed("\"Per \"\"P\"\" Lie\" ;x\"y;\"\""));
}

// Rows cut by CsvQuotes must be single rows to libcsv, whatever stands in them.
TEST(CsvRow, CutsRowsWhereLibcsvDoes) {
  std::mt19937 random(20260817);
  const std::string alphabet = "ab\"\"; \t\n";
  int rows = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string row;
    CsvQuotes quotes(';');
    for (int i = 0; i < 24; ++i) {
      const char byte = alphabet[random() % alphabet.size()];
      if (byte == '\n' && !quotes.open()) break;
      quotes.Take(byte);
      row += byte;
    }
    if (quotes.malformed() || row.find_first_not_of(" \t") == std::string::npos) continue;
    ASSERT_TRUE(SplitCsvRow(row, ';').has_value()) << testing::PrintToString(row);
    if (!quotes.open()) {
      // A line end here closes the row for libcsv too: what follows is another row.
      ASSERT_EQ(SplitCsvRow(row + "\nx;y", ';'), std::nullopt) << testing::PrintToString(row);
    }
    ++rows;
  }
  EXPECT_GT(rows, 5'000);
}

}  // namespace
}  // namespace navo::services
