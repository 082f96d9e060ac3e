#include "services/exchange/import_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/domain/error.h"

namespace navo::services {
namespace {

using testing::ElementsAre;

constexpr domain::IdentifierPolicy kTest{.profile = domain::Profile::kTest};
constexpr char kVoHeader[] = "elev_id;fodselsnummer;fornavn;etternavn;sentrum;start;merknad\n";
constexpr char kVoRow[] = ";17838549888;Amina;Warsame;Rosenhof;17.08.2026;\n";

std::string Describe(const ImportRow& row) {
  const std::string line = absl::StrCat(row.line, ":");
  if (const auto* problem = std::get_if<RowProblem>(&row.content)) {
    return absl::StrCat(line, std::string(problem->reason), " ", problem->column);
  }
  if (const auto* remark = std::get_if<FileRemark>(&row.content)) {
    return absl::StrCat(line, "remark ", remark->remark.column);
  }
  if (std::holds_alternative<NavTombstone>(row.content)) return line + "tombstone";
  return line + "row";
}

// "line:REASON column", "line:row" and so on; the last is "refused REASON" if it was.
std::vector<std::string> Import(FileFormat format, std::string_view file, std::size_t piece) {
  ImportFile import(format, FileEncoding::kUtf8, kTest);
  std::vector<std::string> rows;
  const auto drain = [&]() -> absl::Status {
    while (true) {
      absl::StatusOr<std::optional<ImportRow>> row = import.Next();
      if (!row.ok()) return row.status();
      if (!row->has_value()) return absl::OkStatus();
      rows.push_back(Describe(**row));
    }
  };
  absl::Status status;
  for (std::size_t at = 0; at < file.size() && status.ok(); at += piece) {
    status = import.Feed(file.substr(at, piece));
    if (status.ok()) status = drain();
  }
  if (status.ok()) status = import.Finish();
  if (status.ok()) status = drain();
  if (!status.ok()) rows.push_back("refused " + domain::ReasonOf(status));
  return rows;
}

std::vector<std::string> Import(FileFormat format, std::string_view file) {
  return Import(format, file, file.size() + 1);
}

TEST(ImportFile, PupilsWithARemarkOnTheHeaderAndBadRows) {
  const std::string file = absl::StrCat(kVoHeader, "1", kVoRow, "1", kVoRow, "2;x\n", "3", kVoRow);
  EXPECT_THAT(Import(FileFormat::kVoElever, file),
              ElementsAre("1:remark merknad", "2:row", "3:DUPLICATE_IN_FILE elev_id",
                          "4:WRONG_COLUMN_COUNT ", "5:row"));
}

TEST(ImportFile, AnEarlierBadRowIsNoDuplicate) {
  const std::string file =
      absl::StrCat(kVoHeader, "1;x;Amina;Warsame;Rosenhof;17.08.2026;\n", "1", kVoRow);
  EXPECT_THAT(Import(FileFormat::kVoElever, file),
              ElementsAre("1:remark merknad", "2:INVALID_IDENT fodselsnummer", "3:row"));
}

TEST(ImportFile, BadRowsBeforeTheFirstGoodOneKeepTheirPlace) {
  const std::string tombstone = R"({"key":"3f2c8a10-5a61-4c52-9d0e-6b1f1e1c0a01","value":null})"
                                "\n";
  EXPECT_THAT(Import(FileFormat::kNavDeltaker, "oops\n{}\n" + tombstone),
              ElementsAre("1:NOT_JSON ", "2:MISSING_FIELD gjennomforingId", "3:tombstone"));
}

TEST(ImportFile, AFileOfSomethingElseIsRefusedBeforeAnyRow) {
  const std::vector<std::string> refused = {"refused FORMAT_UNKNOWN"};
  EXPECT_EQ(Import(FileFormat::kNavDeltaker, "a;b\n1;2\n"), refused);
  EXPECT_EQ(Import(FileFormat::kNavDeltaker, R"({"tiltakstype":{},"id":"x"})"), refused);
  EXPECT_EQ(Import(FileFormat::kNavGjennomfoering, R"({"gjennomforingId":"x"})"), refused);
  EXPECT_EQ(Import(FileFormat::kVoElever, "{}\n"), refused);
  EXPECT_EQ(Import(FileFormat::kVoElever, "a;b\n1;2\n"), refused);
  std::string long_file;
  for (int i = 0; i < 10'000; ++i) long_file += "no message\n";
  EXPECT_EQ(Import(FileFormat::kNavDeltaker, long_file, 4096), refused);
  EXPECT_THAT(Import(FileFormat::kNavDeltaker, ""), ElementsAre());
}

TEST(ImportFile, RandomBytesNeverCrashAndReadTheSameInPieces) {
  std::mt19937 random(11);
  const std::string tombstone = R"({"key":"3f2c8a10-5a61-4c52-9d0e-6b1f1e1c0a01","value":null})";
  for (int round = 0; round < 2'000; ++round) {
    std::string file = absl::StrCat(round % 2 == 0 ? kVoHeader : tombstone + "\n");
    for (int row = 0; row < 4; ++row) {
      std::string bytes = round % 2 == 0 ? absl::StrCat(row, kVoRow) : tombstone + "\n";
      for (int hits = 0; hits < 3; ++hits)
        bytes[random() % bytes.size()] = static_cast<char>(random());
      file += bytes;
    }
    const FileFormat format = round % 2 == 0 ? FileFormat::kVoElever : FileFormat::kNavDeltaker;
    ASSERT_EQ(Import(format, file, 1 + random() % 40), Import(format, file)) << file;
  }
}

}  // namespace
}  // namespace navo::services
