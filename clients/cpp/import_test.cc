#include "clients/cpp/import.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "grpcpp/server_builder.h"
#include "navo/v1/exchange.grpc.pb.h"

namespace navo::client {
namespace {

constexpr size_t kChunkBytes = 256 * 1024;

class FakeExchange final : public v1::ExchangeService::Service {
 public:
  grpc::Status Import(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::ImportResponse, v1::ImportRequest>* stream) override {
    v1::ImportRequest request;
    v1::ImportResponse response;
    while (stream->Read(&request)) {
      if (request.has_start()) {
        start = request.start();
        if (!refuse.ok()) return refuse;
        if (!start.file_key().empty()) {
          *response.mutable_interrupted() = interrupted;
          stream->Write(response);
          response.clear_interrupted();
        }
        continue;
      }
      if (request.message_case() == v1::ImportRequest::kContinueAtBytes) {
        continued_at = request.continue_at_bytes();
        continue;
      }
      bytes += request.chunk();
      largest = std::max(largest, request.chunk().size());
      // Many answers for each chunk: a client that only reads after sending would stand still here.
      for (int i = 0; i < 50; ++i) {
        response.mutable_counts()->set_rows(response.counts().rows() + 1);
        response.clear_results();
        response.add_results()->set_advice(std::string(4000, 'x'));
        stream->Write(response);
      }
    }
    if (!cut) {
      response.clear_results();
      response.set_done(true);
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

  v1::ImportStart start;
  std::string bytes;
  v1::InterruptedImport interrupted;
  int64_t continued_at = 0;
  size_t largest = 0;
  grpc::Status refuse;
  bool cut = false;
};

class ImportTest : public testing::Test {
 protected:
  void SetUp() override {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    options_.address = "127.0.0.1:" + std::to_string(port);
    start_.set_format(v1::IMPORT_FORMAT_VO_ELEVER);
    start_.set_source_system("visma");
  }

  absl::StatusOr<v1::ImportCounts> Send(const std::string& content) {
    std::istringstream file(content);
    return Import(Client(options_), start_, file, [this](const v1::ImportResponse& response) {
      results_ += response.results_size();
    });
  }

  FakeExchange service_;
  ClientOptions options_;
  v1::ImportStart start_;
  int results_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(ImportTest, EveryByteArrivesInSmallChunksWhileAnswersAreRead) {
  std::string content;
  for (int i = 0; content.size() < 40 * kChunkBytes + 17; ++i) content += std::to_string(i) + "\n";
  const auto counts = Send(content);
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(service_.start.source_system(), "visma");
  EXPECT_TRUE(service_.bytes == content);
  EXPECT_EQ(service_.largest, kChunkBytes);
  EXPECT_EQ(results_, 41 * 50);
  EXPECT_EQ(counts->rows(), 41 * 50);
}

TEST_F(ImportTest, AnEmptyFileIsStillAnImport) {
  const auto counts = Send("");
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->rows(), 0);
  EXPECT_EQ(service_.start.format(), v1::IMPORT_FORMAT_VO_ELEVER);
}

TEST_F(ImportTest, ARefusalInTheMiddleOfSendingIsTheServersStatus) {
  service_.refuse = {grpc::StatusCode::INVALID_ARGUMENT, "not this format"};
  const auto counts = Send(std::string(100 * kChunkBytes, 'x'));
  EXPECT_EQ(counts.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(ImportTest, AnAnswerWithoutItsEndIsNoSuccess) {
  service_.cut = true;
  EXPECT_EQ(Send("a\n").status().code(), absl::StatusCode::kUnavailable);
}

// A file that becomes another when it is read for the first time.
class ChangingFile : public std::stringbuf {
 public:
  ChangingFile(const std::string& before, std::string after)
      : std::stringbuf(before, std::ios::in), after_(std::move(after)) {}

 private:
  std::streamsize xsgetn(char* bytes, std::streamsize count) override {
    if (!std::exchange(changed_, true)) {
      const pos_type at = pubseekoff(0, std::ios::cur, std::ios::in);
      str(after_);
      pubseekpos(at, std::ios::in);
    }
    return std::stringbuf::xsgetn(bytes, count);
  }

  const std::string after_;
  bool changed_ = false;
};

TEST_F(ImportTest, NothingIsSentOfALineThatIsBeingWritten) {
  // The last line begins in a chunk before the last one.
  const std::string whole = std::string(kChunkBytes - 4, 'x') + "\n";
  for (const std::string& half : {std::string(), std::string("RO-1"), std::string("RO-12"),
                                  std::string(2 * kChunkBytes + 7, 'y')}) {
    service_.bytes.clear();
    ChangingFile growing(whole + half, whole + half + "2345\nRO-9\n");
    std::istream file(&growing);
    ASSERT_TRUE(Import(Client(options_), start_, file, nullptr).ok());
    EXPECT_TRUE(service_.bytes == whole) << half.size();
    service_.bytes.clear();
    ASSERT_TRUE(Send(whole + half).ok());
    EXPECT_TRUE(service_.bytes == whole + half) << half.size();
    EXPECT_LE(service_.largest, kChunkBytes);
  }
}

TEST_F(ImportTest, ALineTooLongForARowIsNotHeldBack) {
  const std::string content = "row\n" + std::string(12 * kChunkBytes, 'x');
  ChangingFile growing(content, content + "x\nrow\n");
  std::istream file(&growing);
  ASSERT_TRUE(Import(Client(options_), start_, file, nullptr).ok());
  EXPECT_TRUE(service_.bytes == content);
}

TEST_F(ImportTest, GoesOnBehindTheEndThatTheFileHadWhenItsSizeWasTaken) {
  const std::string rows = "row 1\nrow 2\n";
  std::istringstream in(rows);
  v1::FilePart& part = *service_.interrupted.add_parts();
  part.set_size_bytes(static_cast<int64_t>(rows.size()));
  part.set_sha256(absl::HexStringToBytes(FileKey(in)));
  service_.interrupted.set_offset_bytes(part.size_bytes());
  start_.set_file_key("key");
  ChangingFile growing("row 1\n", rows + "row 3\n");
  std::istream file(&growing);
  const auto counts = Import(Client(options_), start_, file, nullptr);
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(service_.continued_at, part.size_bytes());
  EXPECT_EQ(service_.bytes, "");
}

TEST_F(ImportTest, AFileThatBecomesShorterIsNotSentAsAWholeOne) {
  ChangingFile shrinking("row 1\nrow 2\n", "row 1\nro");
  std::istream file(&shrinking);
  const auto counts = Import(Client(options_), start_, file, nullptr);
  EXPECT_EQ(counts.status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(ImportTest, AFileThatCannotBeReadIsNotSentAsAWholeOne) {
  class Broken : public std::streambuf {
    int_type underflow() override { throw std::ios_base::failure("disk"); }
  } buffer;
  std::istream file(&buffer);
  const auto counts = Import(Client(options_), start_, file, nullptr);
  EXPECT_EQ(counts.status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace navo::client
