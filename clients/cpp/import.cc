#include "clients/cpp/import.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/escaping.h"
#include "navo/v1/exchange.grpc.pb.h"

namespace navo::client {
namespace {

constexpr int64_t kChunkBytes = int64_t{256} * 1024;
constexpr int64_t kKeyBytes = int64_t{64} * 1024;
// A longer line is no good row to the server, with its end or without.
constexpr int64_t kMaxLineBytes = (int64_t{1} << 20) + 2;
constexpr int64_t kEndless = std::numeric_limits<int64_t>::max();

using Stream = grpc::ClientReaderWriter<v1::ImportRequest, v1::ImportResponse>;

// How long a file is now; kEndless when it cannot tell, as a pipe. It stays where it is.
int64_t SizeOf(std::istream& file) {
  const std::istream::pos_type at = file.tellg();
  if (at == std::istream::pos_type(-1)) {
    file.clear(file.rdstate() & std::ios::badbit);
    return kEndless;
  }
  file.seekg(0, std::ios::end);
  const auto size = static_cast<int64_t>(file.tellg());
  file.seekg(at);
  return size;
}

// Fills `bytes` with the next `count` of the file, fewer at its end.
void ReadBytes(std::istream& file, int64_t count, std::string& bytes) {
  bytes.resize(static_cast<size_t>(count));
  file.read(bytes.data(), count);
  bytes.resize(static_cast<size_t>(file.gcount()));
}

// SHA-256 of the next `count` bytes; empty when there are not so many.
std::string DigestOfNext(std::istream& file, int64_t count) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::string bytes;
  while (count > 0) {
    ReadBytes(file, std::min(count, kChunkBytes), bytes);
    if (bytes.empty()) return {};
    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
    count -= static_cast<int64_t>(bytes.size());
  }
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), &size);
  digest.resize(size);
  return digest;
}

void Rewind(std::istream& file) {
  file.clear();
  file.seekg(0);
}

// Whether the file begins as it did when the import broke off; then it stands behind that.
bool BeginsTheSame(std::istream& file, const v1::InterruptedImport& interrupted) {
  for (const v1::FilePart& part : interrupted.parts()) {
    if (DigestOfNext(file, part.size_bytes()) != part.sha256()) {
      Rewind(file);
      return false;
    }
  }
  return true;
}

// Where the line begins that stands at `end` and may be half written; `end` when it is too long to
// be a row. The file stands at `at` before and after.
int64_t StartOfLastLine(std::istream& file, int64_t at, int64_t end) {
  const int64_t from = std::max(at, end - kMaxLineBytes);
  std::string bytes;
  file.seekg(from);
  ReadBytes(file, end - from, bytes);
  file.seekg(at);
  const size_t newline = bytes.rfind('\n');
  if (newline != std::string::npos) return from + static_cast<int64_t>(newline) + 1;
  return from == at ? at : end;
}

// Returns whether the file was read to its end. A refused Write means that the server has answered;
// the stream's status then tells why.
bool SendChunks(std::istream& file, int64_t end, const std::function<bool()>& stopped,
                Stream* stream) {
  const bool endless = end == kEndless;
  int64_t at = endless ? 0 : static_cast<int64_t>(file.tellg());
  end = std::max(end, at);  // an import may go on behind what the file was when its size was taken
  const int64_t last_line = endless ? kEndless : StartOfLastLine(file, at, end);
  v1::ImportRequest request;
  std::string& chunk = *request.mutable_chunk();
  bool open = true;
  while (open && at < last_line && file.good() && !stopped()) {
    ReadBytes(file, std::min(kChunkBytes, last_line - at), chunk);
    at += static_cast<int64_t>(chunk.size());
    if (!chunk.empty()) open = stream->Write(request);
  }
  if (endless || !open || stopped()) return !file.bad();
  if (at < last_line) return false;
  // Nothing of the last line is sent before it is known to be whole: half a row can look like one.
  std::string line;
  ReadBytes(file, end - at, line);
  at += static_cast<int64_t>(line.size());
  if (SizeOf(file) > end) line.clear();
  for (size_t sent = 0; open && sent < line.size(); sent += kChunkBytes) {
    chunk = line.substr(sent, kChunkBytes);
    open = stream->Write(request);
  }
  return at == end;
}

// One call: what is sent, and what has come.
class Sending {
 public:
  Sending(const Client& client, const ImportObserver& observer, const std::atomic<bool>* stop)
      : stub_(client.channel()),
        context_(client.NewContext()),
        stream_(stub_.Import(context_.get())),
        observer_(observer),
        stop_(stop) {}

  absl::StatusOr<v1::ImportCounts> Send(const v1::ImportStart& start, std::istream& file) {
    const int64_t end = SizeOf(file);
    v1::ImportRequest request;
    *request.mutable_start() = start;
    const bool begun = stream_->Write(request) && (start.file_key().empty() || GoOn(file));
    std::thread reader([this] { ReadAnswers(); });
    const bool whole = !begun || SendChunks(
                                     file, end, [this] { return stopped(); }, stream_.get());
    // A half-read file must not look like a whole one to the server.
    if (whole && !stopped()) {
      stream_->WritesDone();
    } else {
      context_->TryCancel();
    }
    reader.join();
    const absl::Status status = FromGrpc(stream_->Finish());
    if (!whole) return absl::DataLossError("the file could not be read to its end");
    if (!status.ok()) return status;
    if (!last_.done()) return absl::UnavailableError("the answer ended before the import was done");
    return last_.counts();
  }

 private:
  bool stopped() const { return stop_ != nullptr && *stop_; }

  // Takes the answer to `start`, and goes on with what broke off. False when the call is over.
  bool GoOn(std::istream& file) {
    v1::ImportResponse answer;
    if (!stream_->Read(&answer)) return false;
    if (!answer.has_interrupted() || !BeginsTheSame(file, answer.interrupted())) return true;
    if (observer_) observer_(answer);
    v1::ImportRequest request;
    request.set_continue_at_bytes(answer.interrupted().offset_bytes());
    return stream_->Write(request);
  }

  void ReadAnswers() {
    v1::ImportResponse response;
    while (stream_->Read(&response)) {
      if (observer_) observer_(response);
      last_ = response;
      if (stopped()) context_->TryCancel();
    }
  }

  v1::ExchangeService::Stub stub_;
  const std::unique_ptr<grpc::ClientContext> context_;
  const std::unique_ptr<Stream> stream_;
  const ImportObserver& observer_;
  const std::atomic<bool>* const stop_;
  v1::ImportResponse last_;
};

}  // namespace

std::string FileKey(std::istream& file) {
  const int64_t size = SizeOf(file);
  if (size == kEndless || !file.good()) return {};
  const std::string digest = DigestOfNext(file, std::min(size, kKeyBytes));
  Rewind(file);
  return absl::BytesToHexString(digest);
}

absl::StatusOr<v1::ImportCounts> Import(const Client& client, const v1::ImportStart& start,
                                        std::istream& file, const ImportObserver& observer,
                                        const std::atomic<bool>* stop) {
  return Sending(client, observer, stop).Send(start, file);
}

}  // namespace navo::client
