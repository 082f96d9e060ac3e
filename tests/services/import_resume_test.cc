// Imports that break off and go on where they were.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cpp/import.h"
#include "navo/v1/exchange.grpc.pb.h"
#include "tests/services/import_files.h"

namespace navo {
namespace {

using support::Import;
using support::Imported;
using support::Line;
using support::NumberOf;
using support::Participation;
using support::ReasonOf;
using support::Sending;
using support::TestServer;

constexpr int kRows = 3'000;

std::string Row(int id) {
  if (id % 100 == 0) return "{\"not\": json\n";
  return Line(Participation(NumberOf("amina"), id));
}

std::string Rows(int first, int last) {
  std::string file;
  for (int id = first; id <= last; ++id) file += Row(id);
  return file;
}

// What a client that goes on is told.
struct GoneOn {
  absl::StatusOr<v1::ImportCounts> counts = absl::UnknownError("not run");
  int64_t rows_before = 0;  // 0: it began anew
  int64_t offset_before = 0;
  std::vector<int64_t> lines;  // of all results
};

class ImportResumeTest : public testing::Test {
 protected:
  static constexpr char kKey[] = "file-1";

  // Breaks off in the middle, when some batches are in, and waits until the server is done with it.
  void BreakOff(const std::string& file, Sending how = {}) {
    how.file_key = kKey;
    how.chunk_bytes = 64 * 1024;
    how.cancel_after_bytes = file.size() / 2;
    how.cancel_after_rows = 500;
    const Imported broken = Import(server_.As(system_), file, how);
    EXPECT_EQ(broken.status.code(), absl::StatusCode::kCancelled);
    server_.Restart();
    EXPECT_EQ(Count(server_).import_runs, 1);
  }

  GoneOn GoOn(const std::string& file) {
    v1::ImportStart start;
    start.set_format(format_);
    start.set_encoding(v1::TEXT_ENCODING_UTF_8);
    start.set_source_system("komet");
    start.set_file_key(kKey);
    GoneOn gone_on;
    std::istringstream in(file);
    gone_on.counts = client::Import(
        server_.As(system_), start, in, [&gone_on](const v1::ImportResponse& response) {
          if (response.has_interrupted()) {
            gone_on.rows_before = response.interrupted().counts().rows();
            gone_on.offset_before = response.interrupted().offset_bytes();
          }
          for (const auto& result : response.results()) gone_on.lines.push_back(result.line());
        });
    return gone_on;
  }

  static std::vector<int64_t> EveryHundredthLine(int64_t last) {
    std::vector<int64_t> lines;
    for (int64_t line = 100; line <= last; line += 100) lines.push_back(line);
    return lines;
  }

  TestServer server_;
  std::string system_ = "komet";
  v1::ImportFormat format_ = v1::IMPORT_FORMAT_NAV_DELTAKER;
};

TEST_F(ImportResumeTest, GoesOnWhereItWasAndReportsAllRows) {
  const std::string file = Rows(1, kRows);
  BreakOff(file);
  const GoneOn gone_on = GoOn(file);
  ASSERT_TRUE(gone_on.counts.ok()) << gone_on.counts.status();
  EXPECT_GE(gone_on.rows_before, 500);
  EXPECT_LT(gone_on.rows_before, kRows);
  EXPECT_EQ(gone_on.offset_before,
            static_cast<int64_t>(Rows(1, static_cast<int>(gone_on.rows_before)).size()));
  EXPECT_EQ(gone_on.counts->rows(), kRows);
  EXPECT_EQ(gone_on.counts->created(), kRows - kRows / 100);
  EXPECT_EQ(gone_on.counts->rejected(), kRows / 100);
  EXPECT_EQ(gone_on.lines, EveryHundredthLine(kRows));
  EXPECT_EQ(Count(server_).steps, kRows - kRows / 100);
  EXPECT_EQ(Count(server_).import_runs, 0);
  EXPECT_EQ(Count(server_).import_run_parts, 0);
}

TEST_F(ImportResumeTest, GoesOnInAFileWhoseFirstRowsNobodyCouldRead) {
  // Held back until a row is of the format: over many chunks.
  const std::string before = "garbage\n" + std::string(std::size_t{2} << 20, 'x') + "\n\n";
  const std::string file = before + Rows(1, 3 * kRows);
  BreakOff(file);
  const GoneOn gone_on = GoOn(file);
  ASSERT_TRUE(gone_on.counts.ok()) << gone_on.counts.status();
  EXPECT_GE(gone_on.rows_before, 500);
  EXPECT_LT(gone_on.rows_before, 3 * kRows);
  EXPECT_EQ(gone_on.offset_before,
            static_cast<int64_t>(before.size() +
                                 Rows(1, static_cast<int>(gone_on.rows_before) - 2).size()));
  EXPECT_EQ(gone_on.counts->rows(), 3 * kRows + 2);
  EXPECT_EQ(gone_on.counts->created(), 3 * (kRows - kRows / 100));
  EXPECT_EQ(Count(server_).import_runs, 0);
}

TEST_F(ImportResumeTest, BreaksOffTwice) {
  const std::string file = Rows(1, kRows);
  BreakOff(file);
  // Again in the middle, but by a client that goes on.
  const GoneOn first = GoOn(file.substr(0, file.size() * 3 / 4));
  EXPECT_TRUE(first.counts.ok());
  EXPECT_GT(first.rows_before, 0);
  const GoneOn gone_on = GoOn(file);
  ASSERT_TRUE(gone_on.counts.ok()) << gone_on.counts.status();
  EXPECT_EQ(gone_on.rows_before, 0) << "the shorter file was finished";
  EXPECT_EQ(gone_on.counts->rows(), kRows);
  EXPECT_EQ(Count(server_).steps, kRows - kRows / 100);
}

TEST_F(ImportResumeTest, AChangedFileBeginsAnew) {
  const std::string file = Rows(1, kRows);
  BreakOff(file);
  std::string changed = file;
  const std::size_t date = changed.find("2026-08-17");
  changed.replace(date, 10, "2026-08-18");
  const std::size_t time = changed.find("2026-08-12T09:30:00");
  changed.replace(time, 19, "2026-08-13T09:30:00");
  const GoneOn anew = GoOn(changed);
  ASSERT_TRUE(anew.counts.ok()) << anew.counts.status();
  EXPECT_EQ(anew.rows_before, 0);
  EXPECT_EQ(anew.counts->rows(), kRows);
  EXPECT_EQ(anew.counts->updated(), 1);
  EXPECT_GE(anew.counts->unchanged(), 494);
  EXPECT_EQ(anew.lines, EveryHundredthLine(kRows));
  EXPECT_EQ(Count(server_).import_runs, 0);
}

TEST_F(ImportResumeTest, AShorterFileBeginsAnew) {
  const std::string file = Rows(1, kRows);
  BreakOff(file);
  const GoneOn anew = GoOn(Rows(1, 10));
  ASSERT_TRUE(anew.counts.ok()) << anew.counts.status();
  EXPECT_EQ(anew.rows_before, 0);
  EXPECT_EQ(anew.counts->unchanged(), 10);
}

TEST_F(ImportResumeTest, AFileThatGrewGoesOn) {
  BreakOff(Rows(1, kRows));
  const GoneOn gone_on = GoOn(Rows(1, kRows + 150));
  ASSERT_TRUE(gone_on.counts.ok()) << gone_on.counts.status();
  EXPECT_GE(gone_on.rows_before, 500);
  EXPECT_EQ(gone_on.counts->rows(), kRows + 150);
  EXPECT_EQ(gone_on.lines, EveryHundredthLine(kRows + 150));
}

TEST_F(ImportResumeTest, ATableKeepsItsHeaderLineNumbersAndWhatMayComeOnce) {
  system_ = "vo-system";
  format_ = v1::IMPORT_FORMAT_VO_ELEVER;
  std::string file =
      "\xEF\xBB\xBF\r\nelev_id;fodselsnummer;fornavn;etternavn;sentrum;start;rom\r\n";
  for (int row = 1; row <= 1'500; ++row) {
    // The last hundred ids came before.
    file += "E" + std::to_string(row <= 1'400 ? row : row - 1'400) + ";" + NumberOf("amina") +
            ";Amina;Warsame;Rosenhof;17.08.2026;\"to\r\nlinjer\"\r\n";
  }
  BreakOff(file, {.format = format_});
  const GoneOn gone_on = GoOn(file);
  ASSERT_TRUE(gone_on.counts.ok()) << gone_on.counts.status();
  EXPECT_GE(gone_on.rows_before, 500);
  EXPECT_EQ(gone_on.counts->rows(), 1'500);
  EXPECT_EQ(gone_on.counts->created(), 1'400);
  EXPECT_EQ(gone_on.counts->rejected(), 100);
  std::vector<int64_t> lines = {2};  // the unknown column
  for (int64_t row = 1'401; row <= 1'500; ++row) lines.push_back(1 + 2 * row);
  EXPECT_EQ(gone_on.lines, lines);
}

// The limit that docs/formats.md states: nothing that holds a number is kept of attempts.
TEST_F(ImportResumeTest, ASecondRowOfATestBehindTheInterruptionIsACorrection) {
  system_ = "vo-system";
  format_ = v1::IMPORT_FORMAT_NORSKPROVE;
  const absl::CivilDay last_day(2026, 8, 17);
  const auto row = [&](int attempt, const std::string& result) {
    return NumberOf("amina") + ";" + absl::FormatCivilTime(last_day - attempt) + ";LYTTE;;" +
           result + ";" + std::string(60, 'x') + "\n";
  };
  std::string file = "fodselsnummer;dato;delprove;nivaaband;resultat;merknad\n";
  for (int attempt = 0; attempt < 1'400; ++attempt) file += row(attempt, "A1");
  for (int attempt = 0; attempt < 100; ++attempt) file += row(attempt, "A2");
  BreakOff(file, {.format = format_});
  const GoneOn gone_on = GoOn(file);
  ASSERT_TRUE(gone_on.counts.ok()) << gone_on.counts.status();
  EXPECT_GE(gone_on.rows_before, 500);
  EXPECT_EQ(gone_on.counts->created(), 1'400);
  EXPECT_EQ(gone_on.counts->updated(), 100);
  // In one go the first row counts.
  const GoneOn again = GoOn(file);
  ASSERT_TRUE(again.counts.ok()) << again.counts.status();
  EXPECT_EQ(again.counts->updated(), 100);
  EXPECT_EQ(again.counts->unchanged(), 1'300);
  EXPECT_EQ(again.counts->rejected(), 100);
  const GoneOn third = GoOn(file);
  ASSERT_TRUE(third.counts.ok()) << third.counts.status();
  EXPECT_EQ(third.counts->unchanged(), 1'400);
}

TEST_F(ImportResumeTest, AnotherSystemFormatOrUnitHasNothingToGoOnWith) {
  BreakOff(Rows(1, kRows));
  const auto told = [this](const std::string& system, v1::ImportFormat format,
                           const std::string& source) {
    v1::ExchangeService::Stub stub(server_.As(system).channel());
    const client::Client caller = server_.As(system);
    const auto context = caller.NewContext();
    const auto stream = stub.Import(context.get());
    v1::ImportRequest request;
    request.mutable_start()->set_format(format);
    request.mutable_start()->set_source_system(source);
    request.mutable_start()->set_encoding(v1::TEXT_ENCODING_UTF_8);
    request.mutable_start()->set_file_key(kKey);
    v1::ImportResponse answer;
    EXPECT_TRUE(stream->Write(request));
    EXPECT_TRUE(stream->Read(&answer));
    context->TryCancel();
    return answer.has_interrupted();
  };
  EXPECT_TRUE(told("komet", v1::IMPORT_FORMAT_NAV_DELTAKER, "komet"));
  EXPECT_FALSE(told("komet", v1::IMPORT_FORMAT_NAV_DELTAKER, "arena"));
  EXPECT_FALSE(told("komet", v1::IMPORT_FORMAT_NAV_GJENNOMFOERING, "komet"));
  EXPECT_FALSE(told("vo-system", v1::IMPORT_FORMAT_VO_ELEVER, "komet"));
}

TEST_F(ImportResumeTest, OnlyTheGivenPlaceMayBeContinuedAt) {
  const auto answer = [this](const std::vector<v1::ImportRequest>& messages) {
    const client::Client komet = server_.As("komet");
    v1::ExchangeService::Stub stub(komet.channel());
    const auto context = komet.NewContext();
    const auto stream = stub.Import(context.get());
    for (const v1::ImportRequest& message : messages) stream->Write(message);
    stream->WritesDone();
    for (v1::ImportResponse response; stream->Read(&response);) {
    }
    return ReasonOf(client::FromGrpc(stream->Finish()));
  };
  v1::ImportRequest start;
  start.mutable_start()->set_format(v1::IMPORT_FORMAT_NAV_DELTAKER);
  start.mutable_start()->set_encoding(v1::TEXT_ENCODING_UTF_8);
  start.mutable_start()->set_source_system("komet");
  v1::ImportRequest go_on;
  go_on.set_continue_at_bytes(0);
  EXPECT_EQ(answer({start, go_on}), "INVALID_FIELDS") << "no file_key";
  start.mutable_start()->set_file_key(kKey);
  EXPECT_EQ(answer({start, go_on}), "INVALID_FIELDS") << "nothing broke off";
  BreakOff(Rows(1, kRows));
  for (const int64_t offset : {int64_t{-1}, int64_t{0}, int64_t{17}, INT64_MAX}) {
    go_on.set_continue_at_bytes(offset);
    EXPECT_EQ(answer({start, go_on}), "INVALID_FIELDS") << offset;
  }
  v1::ImportRequest chunk;
  chunk.set_chunk(Row(1));
  EXPECT_EQ(answer({start, chunk, go_on}), "INVALID_FIELDS") << "not the second message";
  start.mutable_start()->set_file_key("File 1");
  EXPECT_EQ(answer({start}), "INVALID_FIELDS");
}

using Stream = grpc::ClientReaderWriter<v1::ImportRequest, v1::ImportResponse>;

// Sends `start` and returns the answer to it.
v1::ImportResponse Start(Stream& stream, v1::ImportFormat format, const std::string& source,
                         const std::string& file_key) {
  v1::ImportRequest request;
  request.mutable_start()->set_format(format);
  request.mutable_start()->set_encoding(v1::TEXT_ENCODING_UTF_8);
  request.mutable_start()->set_source_system(source);
  request.mutable_start()->set_file_key(file_key);
  v1::ImportResponse answer;
  EXPECT_TRUE(stream.Write(request));
  EXPECT_TRUE(stream.Read(&answer));
  return answer;
}

// One client is told that an import broke off and takes its time; meanwhile another one finishes
// it, and another controller's begins.
TEST_F(ImportResumeTest, NobodyGoesOnInTheNotesOfAnotherImport) {
  BreakOff(Rows(1, kRows));
  const client::Client komet = server_.As("komet");
  v1::ExchangeService::Stub late_stub(komet.channel());
  const auto late_context = komet.NewContext();
  const auto late = late_stub.Import(late_context.get());
  const v1::ImportResponse told = Start(*late, format_, "komet", kKey);
  ASSERT_TRUE(told.has_interrupted());
  EXPECT_TRUE(GoOn(Rows(1, kRows)).counts.ok());

  const client::Client school = server_.As("vo-system");
  v1::ExchangeService::Stub other_stub(school.channel());
  const auto other_context = school.NewContext();
  const auto other = other_stub.Import(other_context.get());
  Start(*other, v1::IMPORT_FORMAT_VO_ELEVER, "visma", "file-2");
  v1::ImportRequest request;
  request.set_chunk("elev_id;fodselsnummer;fornavn;etternavn;sentrum;start\n");
  for (int row = 1; row <= 500; ++row) request.mutable_chunk()->append("E1;1;A;B;C;D\n");
  EXPECT_TRUE(other->Write(request));
  v1::ImportResponse response;
  ASSERT_TRUE(other->Read(&response));
  ASSERT_EQ(response.counts().rejected(), 500);

  request.set_continue_at_bytes(told.interrupted().offset_bytes());
  EXPECT_TRUE(late->Write(request));
  while (late->Read(&response)) EXPECT_EQ(response.results_size(), 0) << "of another controller";
  EXPECT_TRUE(absl::IsUnavailable(client::FromGrpc(late->Finish())));

  EXPECT_TRUE(other->WritesDone());
  while (other->Read(&response)) {
  }
  EXPECT_TRUE(other->Finish().ok());
  EXPECT_TRUE(response.done());
  EXPECT_EQ(Count(server_).import_runs, 0);
}

TEST_F(ImportResumeTest, TwoAtOnceBothFinishAndLeaveNothing) {
  const std::string file = Rows(1, kRows);
  BreakOff(file);
  std::vector<GoneOn> imports(3);
  std::vector<std::thread> threads;
  threads.reserve(imports.size());
  for (GoneOn& import : imports) {
    threads.emplace_back([this, &file, &import] { import = GoOn(file); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const GoneOn& import : imports) {
    ASSERT_TRUE(import.counts.ok()) << import.counts.status();
    EXPECT_EQ(import.counts->rows(), kRows);
    EXPECT_EQ(import.counts->created() + import.counts->unchanged(), kRows - kRows / 100);
    EXPECT_EQ(import.lines, EveryHundredthLine(kRows));
  }
  EXPECT_EQ(Count(server_).steps, kRows - kRows / 100);
  EXPECT_EQ(Count(server_).import_runs, 0);
  EXPECT_EQ(Count(server_).import_run_parts, 0);
}

}  // namespace
}  // namespace navo
