#include "services/exchange/record_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/domain/error.h"

namespace navo::services {
namespace {

using testing::ElementsAre;

constexpr FileEncoding kUtf8 = FileEncoding::kUtf8;

void Drain(RecordReader& reader, std::vector<std::string>& lines) {
  while (std::optional<Record> record = reader.Next()) {
    const std::string what =
        record->problem.has_value()
            ? absl::StrCat("!", std::string(record->problem->reason), " ", record->problem->column)
        : record->fields.empty() ? record->text
                                 : absl::StrJoin(record->fields, "|");
    lines.push_back(absl::StrCat(record->line, ":", what));
  }
}

// The records of a file that comes in pieces of `piece` bytes, each as "line:text", "line:a|b" or
// "line:!REASON column"; or what the file was refused for.
std::vector<std::string> ReadAll(std::string_view file, Framing framing, FileEncoding encoding,
                                 std::vector<std::size_t> pieces) {
  RecordReader reader(framing, encoding);
  std::vector<std::string> lines;
  absl::Status status;
  std::size_t at = 0;
  for (std::size_t i = 0; at < file.size() && status.ok(); ++i) {
    const std::size_t piece = i < pieces.size() ? pieces[i] : file.size();
    status = reader.Feed(file.substr(at, piece));
    at += piece;
    if (status.ok()) Drain(reader, lines);
  }
  if (status.ok()) status = reader.Finish();
  if (!status.ok()) return {absl::StrCat("refused ", domain::ReasonOf(status))};
  Drain(reader, lines);
  return lines;
}

std::vector<std::string> ReadAll(std::string_view file, Framing framing,
                                 FileEncoding encoding = kUtf8) {
  return ReadAll(file, framing, encoding, {});
}

void ExpectSameForEveryCut(std::string_view file, Framing framing) {
  const std::vector<std::string> whole = ReadAll(file, framing);
  EXPECT_EQ(ReadAll(file, framing, kUtf8, std::vector<std::size_t>(file.size(), 1)), whole);
  for (std::size_t first = 1; first < file.size(); ++first) {
    ASSERT_EQ(ReadAll(file, framing, kUtf8, {first}), whole) << "cut at " << first;
  }
}

constexpr std::string_view kJson =
    "\xEF\xBB\xBF{\"a\":1}\r\n\n  \r\n{\"b\":\"Åse ተስፋይ\"}\n\xC5\n{\"c\":3}";

TEST(RecordReader, JsonLinesWithMixedLineEndsAndMark) {
  EXPECT_THAT(ReadAll(kJson, Framing::kJsonLines),
              ElementsAre("1:{\"a\":1}", "4:{\"b\":\"Åse ተስፋይ\"}", "5:!ENCODING ", "6:{\"c\":3}"));
  ExpectSameForEveryCut(kJson, Framing::kJsonLines);
}

constexpr std::string_view kCsv =
    "\xEF\xBB\xBF\r\nid;name;note\r\n1;\"Ola \"\"O\"\" Å\";\"line one\r\nline; two\"\n"
    "2;Kari\n3;\xC5se;x\n;;\n4;\"torn;x\n5;\"Per\";y\n6;Eva;\"last\r\n";

TEST(RecordReader, CsvWithQuotesAndTornRows) {
  EXPECT_THAT(ReadAll(kCsv, Framing::kCsv),
              ElementsAre("3:1|Ola \"O\" Å|line one\r\nline; two", "5:!WRONG_COLUMN_COUNT ",
                          "6:!ENCODING name", "8:!WRONG_COLUMN_COUNT ", "9:5|Per|y",
                          "10:!WRONG_COLUMN_COUNT "));
  ExpectSameForEveryCut(kCsv, Framing::kCsv);
}

TEST(RecordReader, ALooseQuoteTakesNoMoreThanItsOwnLine) {
  std::string file = "id;name\n1;\"loose\n";
  for (int i = 2; i < 500; ++i) absl::StrAppend(&file, i, ";name\n");
  const std::vector<std::string> lines = ReadAll(file, Framing::kCsv);
  ASSERT_EQ(lines.size(), 499u);
  EXPECT_EQ(lines[0], "2:!WRONG_COLUMN_COUNT ");
  EXPECT_EQ(lines[1], "3:2|name");
}

TEST(RecordReader, CommaAndTabFilesReadTheSame) {
  EXPECT_THAT(ReadAll("id,name\n1,Åse\n", Framing::kCsv), ElementsAre("2:1|Åse"));
  EXPECT_THAT(ReadAll("id\tname\n1\tÅse\n", Framing::kCsv), ElementsAre("2:1|Åse"));
}

TEST(RecordReader, Windows1252WhenDeclared) {
  EXPECT_THAT(ReadAll("id;navn\n1;\xC5se\n2;\x81\n", Framing::kCsv, FileEncoding::kWindows1252),
              ElementsAre("2:1|Åse", "3:!ENCODING navn"));
}

TEST(RecordReader, WhatIsNoSuchFileIsRefused) {
  EXPECT_THAT(ReadAll(std::string_view("\xFF\xFEi\0d\0", 6), Framing::kCsv),
              ElementsAre("refused FORMAT_UNKNOWN"));
  EXPECT_THAT(ReadAll(std::string_view("{\0\"\0", 4), Framing::kJsonLines),
              ElementsAre("refused FORMAT_UNKNOWN"));
  EXPECT_THAT(ReadAll("", Framing::kCsv), ElementsAre("refused FORMAT_UNKNOWN"));
  EXPECT_THAT(ReadAll("\n \n", Framing::kCsv), ElementsAre("refused FORMAT_UNKNOWN"));
  EXPECT_THAT(ReadAll("no header", Framing::kCsv), ElementsAre("refused FORMAT_UNKNOWN"));
  EXPECT_THAT(ReadAll("id;f\xF8"
                      "dt\n",
                      Framing::kCsv),
              ElementsAre("refused FORMAT_UNKNOWN"));
  EXPECT_THAT(ReadAll("", Framing::kJsonLines), ElementsAre());
}

TEST(RecordReader, AUtf8MarkContradictsWindows1252) {
  constexpr std::string_view kMarked = "\xEF\xBB\xBFid;navn\n1;Ørjan\n";
  EXPECT_THAT(ReadAll(kMarked, Framing::kCsv), ElementsAre("2:1|Ørjan"));
  for (const Framing framing : {Framing::kCsv, Framing::kJsonLines}) {
    EXPECT_THAT(ReadAll(kMarked, framing, FileEncoding::kWindows1252),
                ElementsAre("refused FORMAT_UNKNOWN"));
    EXPECT_THAT(ReadAll(kMarked, framing, FileEncoding::kWindows1252, {1, 1, 1, 1}),
                ElementsAre("refused FORMAT_UNKNOWN"));
  }
}

TEST(RecordReader, TheLimitIsOneMebibyteWithoutTheLineEnd) {
  const std::string fits(kMaxRecordBytes, 'x');
  const std::string header = "id;name\n";
  const std::string row = "1;" + std::string(kMaxRecordBytes - 2, 'y');
  for (const std::string end : {"\n", "\r\n", ""}) {
    const std::string long_line = absl::StrCat(fits, "x", end);
    const std::string long_row = absl::StrCat(header, row, "y", end);
    for (const std::size_t piece :
         {fits.size() * 2, fits.size() + 1, fits.size(), fits.size() - 1, std::size_t{65'536}}) {
      const std::vector<std::size_t> pieces(64, piece);
      EXPECT_THAT(ReadAll(absl::StrCat(fits, end), Framing::kJsonLines, kUtf8, pieces),
                  ElementsAre("1:" + fits));
      EXPECT_THAT(ReadAll(long_line, Framing::kJsonLines, kUtf8, pieces),
                  ElementsAre("1:!TOO_LONG "));
      EXPECT_EQ(ReadAll(absl::StrCat(header, row, end), Framing::kCsv, kUtf8, pieces).at(0).size(),
                row.size() + 2);
      EXPECT_THAT(ReadAll(long_row, Framing::kCsv, kUtf8, pieces), ElementsAre("2:!TOO_LONG "));
    }
  }
}

TEST(RecordReader, AnEndlessLineTakesNoMemoryAndTheNextRowIsRead) {
  RecordReader reader(Framing::kJsonLines, kUtf8);
  const std::string piece(512 * 1024, 'x');
  std::vector<std::string> lines;
  for (int i = 0; i < 200; ++i) {  // 100 MiB
    ASSERT_TRUE(reader.Feed(piece).ok());
    Drain(reader, lines);
  }
  ASSERT_TRUE(reader.Feed("\n{}\n").ok());
  Drain(reader, lines);
  EXPECT_THAT(lines, ElementsAre("1:!TOO_LONG ", "2:{}"));
  EXPECT_LT(reader.buffered_bytes(), 4u * 1024 * 1024);
}

TEST(RecordReader, RandomBytesNeverCrashAndReadTheSameInPieces) {
  std::mt19937 random(7);
  const std::string alphabet("ab1\"\";;,\t \r\n\n{}[]:\xC5\xEF\xBB\xBF\x81\0", 24);
  for (int round = 0; round < 3'000; ++round) {
    std::string file = round % 2 == 0 ? "a;b;c\n" : "";
    const std::size_t size = random() % 200;
    for (std::size_t i = 0; i < size; ++i) {
      file += round % 7 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
    }
    for (const Framing framing : {Framing::kCsv, Framing::kJsonLines}) {
      std::vector<std::size_t> pieces;
      for (int i = 0; i < 300; ++i) pieces.push_back(1 + random() % 5);
      ASSERT_EQ(ReadAll(file, framing, kUtf8, pieces), ReadAll(file, framing))
          << testing::PrintToString(file);
    }
  }
}

}  // namespace
}  // namespace navo::services
