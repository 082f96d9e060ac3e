// The stream itself: how files are cut, who may send them, and calls that break off.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "navo/v1/exchange.grpc.pb.h"
#include "tests/services/import_files.h"
#include "tests/support/dev_token.h"

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

// A file of `rows` places of amina, one of each hundred broken.
std::string ManyRows(int rows) {
  const std::string number = NumberOf("amina");
  std::string file;
  for (int id = 1; id <= rows; ++id) {
    file += id % 100 == 0 ? "{\"not\": json\n" : Line(Participation(number, id));
  }
  return file;
}

class ImportStreamTest : public testing::Test {
 protected:
  Imported Take(const std::string& file, const Sending& how = {}) {
    return Import(komet_, file, how);
  }
  void ExpectRefused(const Imported& imported, absl::StatusCode code, const std::string& reason) {
    EXPECT_EQ(imported.status.code(), code) << imported.status;
    EXPECT_EQ(ReasonOf(imported.status), reason);
    EXPECT_FALSE(imported.done);
    EXPECT_EQ(Count(server_).journal, untouched_.journal);
    EXPECT_EQ(Count(server_).participants, 0);
  }
  // Sends the messages and reads until the server ends the call.
  absl::Status SendMessages(const std::vector<v1::ImportRequest>& messages) {
    v1::ExchangeService::Stub stub(komet_.channel());
    const auto context = komet_.NewContext();
    const auto stream = stub.Import(context.get());
    for (const v1::ImportRequest& message : messages) {
      if (!stream->Write(message)) break;
    }
    stream->WritesDone();
    v1::ImportResponse response;
    while (stream->Read(&response)) {
    }
    return client::FromGrpc(stream->Finish());
  }
  static v1::ImportRequest Start() {
    v1::ImportRequest request;
    request.mutable_start()->set_format(v1::IMPORT_FORMAT_NAV_DELTAKER);
    request.mutable_start()->set_source_system("komet");
    return request;
  }
  static v1::ImportRequest Chunk(std::string bytes) {
    v1::ImportRequest request;
    request.set_chunk(std::move(bytes));
    return request;
  }

  TestServer server_;
  const client::Client komet_ = server_.As("komet");
  const support::Stored untouched_ = Count(server_);
};

// What was acknowledged stands, and the next import goes on there with a new token.
TEST_F(ImportStreamTest, AnImportEndsWhenItsTokenExpires) {
  cli::TokenRequest short_lived =
      support::DevTokenRequest(server_.folder() + "/dev", "komet", server_.clock().Now());
  short_lived.lifetime = absl::Minutes(2);
  const auto token = cli::MintToken(server_.folder() + "/dev/dev-signing-key.pem", short_lived);
  ASSERT_TRUE(token.ok()) << token.status();
  const client::Client komet = server_.WithToken(*token);
  v1::ExchangeService::Stub stub(komet.channel());
  const auto context = komet.NewContext();
  const auto stream = stub.Import(context.get());
  v1::ImportRequest start = Start();
  start.mutable_start()->set_file_key("file-1");
  ASSERT_TRUE(stream->Write(start));
  v1::ImportResponse response;
  ASSERT_TRUE(stream->Read(&response));
  const std::string file = ManyRows(1'200);
  const size_t half = file.size() / 2;
  ASSERT_TRUE(stream->Write(Chunk(file.substr(0, half))));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.counts().created(), 495) << "of the first 500 rows";
  server_.clock().Advance(absl::Minutes(2));
  stream->Write(Chunk(file.substr(half)));
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response));
  const absl::Status status = client::FromGrpc(stream->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << status;
  EXPECT_EQ(ReasonOf(status), "TOKEN_EXPIRED");
  EXPECT_EQ(Count(server_).steps, 495);

  const Imported again = Take(file, {.file_key = "file-1"});
  EXPECT_TRUE(again.status.ok()) << again.status;
  EXPECT_EQ(again.counts.created() + again.counts.unchanged(), 1'188);
}

TEST_F(ImportStreamTest, WhereTheFileIsCutMakesNoDifference) {
  const std::string file = support::ExampleText("nav-deltakere.jsonl");
  const Imported whole = Take(file, {.source_system = "a"});
  ASSERT_TRUE(whole.status.ok()) << whole.status;
  int source = 0;
  for (const std::size_t chunk_bytes : {1, 7, 1000, 512 * 1024}) {
    const Imported cut =
        Take(file, {.source_system = "b" + std::to_string(++source), .chunk_bytes = chunk_bytes});
    ASSERT_TRUE(cut.status.ok()) << cut.status;
    EXPECT_EQ(cut.counts.SerializeAsString(), whole.counts.SerializeAsString()) << chunk_bytes;
    ASSERT_EQ(cut.results.size(), whole.results.size()) << chunk_bytes;
    for (std::size_t i = 0; i < cut.results.size(); ++i) {
      EXPECT_EQ(cut.results[i].SerializeAsString(), whole.results[i].SerializeAsString());
    }
  }
}

TEST_F(ImportStreamTest, ProgressIsToldAlongTheWay) {
  const Imported taken = Take(ManyRows(2'000));
  ASSERT_TRUE(taken.status.ok()) << taken.status;
  EXPECT_TRUE(taken.done);
  EXPECT_EQ(taken.counts.rows(), 2'000);
  EXPECT_EQ(taken.counts.created(), 1'980);
  EXPECT_EQ(taken.counts.rejected(), 20);
  EXPECT_EQ(taken.results.size(), 20u);
  EXPECT_GE(taken.answers, 4);  // at most 500 rows each
}

TEST_F(ImportStreamTest, ABatchOfNothingButBrokenRowsStopsNothing) {
  std::string file = Line(Participation(NumberOf("amina"), 1));
  for (int row = 0; row < 1'500; ++row) file += "{}\n";
  file += Line(Participation(NumberOf("amina"), 2));
  const Imported taken = Take(file);
  ASSERT_TRUE(taken.status.ok()) << taken.status;
  EXPECT_EQ(taken.counts.created(), 2);
  EXPECT_EQ(taken.counts.rejected(), 1'500);
  EXPECT_EQ(taken.results.size(), 1'500u);
  EXPECT_EQ(taken.results.back().line(), 1'501);
}

TEST_F(ImportStreamTest, AnInterruptedImportIsSentAgainFromTheStart) {
  const std::string file = ManyRows(3'000);
  const Imported broken = Take(
      file,
      {.chunk_bytes = 64 * 1024, .cancel_after_bytes = file.size() / 2, .cancel_after_rows = 500});
  EXPECT_EQ(broken.status.code(), absl::StatusCode::kCancelled);
  EXPECT_FALSE(broken.done);
  EXPECT_GE(broken.counts.created(), 495);
  const Imported again = Take(file);
  ASSERT_TRUE(again.status.ok()) << again.status;
  EXPECT_GE(again.counts.unchanged(), broken.counts.created());
  EXPECT_EQ(again.counts.unchanged() + again.counts.created(), 2'970);
  EXPECT_GT(again.counts.created(), 0);
  EXPECT_EQ(Count(server_).steps, 2'970);
}

TEST_F(ImportStreamTest, ADeadlineIsOfTheMachinesClockWhateverTheServersSays) {
  server_.clock().Set(absl::Now() + absl::Hours(24 * 30));
  const client::Client komet = server_.As("komet");
  v1::ExchangeService::Stub stub(komet.channel());
  const auto context = komet.NewContext();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(2));
  const auto stream = stub.Import(context.get());
  ASSERT_TRUE(stream->Write(Start()));
  ASSERT_TRUE(stream->Write(Chunk(ManyRows(3))));
  stream->WritesDone();
  int64_t created = 0;
  for (v1::ImportResponse response; stream->Read(&response);) {
    created = response.counts().created();
  }
  const absl::Status status = client::FromGrpc(stream->Finish());
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(created, 3);
}

TEST_F(ImportStreamTest, ADeadlineEndsTheCall) {
  v1::ExchangeService::Stub stub(komet_.channel());
  const auto context = komet_.NewContext();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
  const auto stream = stub.Import(context.get());
  stream->Write(Start());
  stream->Write(Chunk(Line(Participation(NumberOf("amina"), 1))));
  v1::ImportResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  const Imported next = Take(ManyRows(10));
  EXPECT_TRUE(next.status.ok()) << next.status;
}

TEST_F(ImportStreamTest, TwoImportsOfOneFileAtOnceTakeItInOnce) {
  const std::string file = ManyRows(1'000);
  std::vector<Imported> imports(2);
  std::vector<std::thread> threads;
  for (Imported& imported : imports) {
    threads.emplace_back([this, &file, &imported] {
      imported = Import(server_.As("komet"), file, {.chunk_bytes = 16 * 1024});
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Imported& imported : imports) {
    ASSERT_TRUE(imported.status.ok()) << imported.status;
    EXPECT_EQ(imported.counts.created() + imported.counts.unchanged(), 990);
  }
  EXPECT_EQ(imports[0].counts.created() + imports[1].counts.created(), 990);
  EXPECT_EQ(Count(server_).steps, 990);
  EXPECT_EQ(Count(server_).participants, 1);
}

TEST_F(ImportStreamTest, WithoutRoomNothingIsTakenIn) {
  TestServer::Setup setup;
  setup.disk_reserve_bytes = int64_t{1} << 60;
  const TestServer full(setup);
  const Imported refused = Import(full.As("komet"), ManyRows(1'000), {});
  EXPECT_EQ(refused.status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused.status), "DISK_RESERVE");
  EXPECT_FALSE(refused.done);
  EXPECT_EQ(refused.counts.rows(), 0);
  EXPECT_EQ(Count(full).participants, 0);
}

TEST_F(ImportStreamTest, AFileOfAnotherFormatIsRefusedWhole) {
  const std::string pupils = support::ExampleText("vo-elever.csv");
  ExpectRefused(Take(pupils), absl::StatusCode::kInvalidArgument, "FORMAT_UNKNOWN");
  std::string many;
  for (int row = 0; row < 150; ++row) many += "{\"note\": \"something else\"}\n";
  many += Line(Participation(NumberOf("amina"), 1));
  ExpectRefused(Take(many), absl::StatusCode::kInvalidArgument, "FORMAT_UNKNOWN");
  const Sending as_pupils{.format = v1::IMPORT_FORMAT_VO_ELEVER};
  ExpectRefused(Import(server_.As("vo-system"), ManyRows(3), as_pupils),
                absl::StatusCode::kInvalidArgument, "FORMAT_UNKNOWN");
}

TEST_F(ImportStreamTest, OnlyASystemMayWithinItsScope) {
  const std::string file = ManyRows(3);
  ExpectRefused(Import(server_.As("kari"), file, {}), absl::StatusCode::kPermissionDenied,
                "ROLE_NOT_ALLOWED");
  ExpectRefused(Import(server_.As("amina"), file, {}), absl::StatusCode::kPermissionDenied,
                "ROLE_NOT_ALLOWED");
  ExpectRefused(Import(server_.As("vo-system"), file, {}), absl::StatusCode::kPermissionDenied,
                "SCOPE_MISSING");
  ExpectRefused(Import(server_.WithToken("no token"), file, {}), absl::StatusCode::kUnauthenticated,
                "UNAUTHENTICATED");
  EXPECT_EQ(Count(server_).access_log, 3);  // the refusals of callers who are known
}

TEST_F(ImportStreamTest, TheStartIsChecked) {
  const std::string file = ManyRows(3);
  const auto code = absl::StatusCode::kInvalidArgument;
  for (const std::string& name :
       std::vector<std::string>{"", "Komet", "ko met", "komet/1", "kømet", std::string(61, 'a')}) {
    ExpectRefused(Take(file, {.source_system = name}), code, "INVALID_FIELDS");
  }
  ExpectRefused(Take(file, {.format = v1::IMPORT_FORMAT_UNSPECIFIED}), code, "INVALID_FIELDS");
  ExpectRefused(Take(file, {.format = static_cast<v1::ImportFormat>(99)}), code, "INVALID_FIELDS");
  ExpectRefused(Take(file, {.encoding = static_cast<v1::TextEncoding>(99)}), code,
                "INVALID_FIELDS");
  EXPECT_TRUE(Take(file, {.source_system = std::string(60, 'a')}).status.ok());
}

TEST_F(ImportStreamTest, MessagesComeInTheirOrder) {
  const std::string row = Line(Participation(NumberOf("amina"), 1));
  EXPECT_EQ(ReasonOf(SendMessages({})), "INVALID_FIELDS");
  EXPECT_EQ(ReasonOf(SendMessages({Chunk(row)})), "INVALID_FIELDS");
  EXPECT_EQ(ReasonOf(SendMessages({Start(), v1::ImportRequest()})), "INVALID_FIELDS");
  EXPECT_EQ(ReasonOf(SendMessages({Start(), Start()})), "INVALID_FIELDS");
  EXPECT_TRUE(SendMessages({Start()}).ok());
  EXPECT_TRUE(SendMessages({Start(), Chunk(""), Chunk(row)}).ok());
}

TEST_F(ImportStreamTest, AChunkHasALimit) {
  constexpr std::size_t kLimit = std::size_t{512} * 1024;
  const std::string row = Line(Participation(NumberOf("amina"), 1));
  const std::string padded = row + std::string(kLimit - row.size(), '\n');
  EXPECT_TRUE(SendMessages({Start(), Chunk(padded)}).ok());
  const absl::Status refused = SendMessages({Start(), Chunk(padded + "\n")});
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused), "MESSAGE_TOO_LARGE");
}

}  // namespace
}  // namespace navo
