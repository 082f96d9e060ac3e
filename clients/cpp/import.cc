#include "clients/cpp/import.h"

#include <memory>
#include <string>
#include <thread>

#include "navo/v1/exchange.grpc.pb.h"

namespace navo::client {
namespace {

constexpr size_t kChunkBytes = 256 * 1024;

using Stream = grpc::ClientReaderWriter<v1::ImportRequest, v1::ImportResponse>;

// Returns whether the file was read to its end. A refused Write means that the server has answered;
// the stream's status then tells why.
bool SendFile(const v1::ImportStart& start, std::istream& file, Stream* stream) {
  v1::ImportRequest request;
  *request.mutable_start() = start;
  bool open = stream->Write(request);
  while (open && file.good()) {
    std::string* chunk = request.mutable_chunk();
    chunk->resize(kChunkBytes);
    file.read(chunk->data(), kChunkBytes);
    chunk->resize(static_cast<size_t>(file.gcount()));
    if (!chunk->empty()) open = stream->Write(request);
  }
  return !file.bad();
}

}  // namespace

absl::StatusOr<v1::ImportCounts> Import(const Client& client, const v1::ImportStart& start,
                                        std::istream& file, const ImportObserver& observer) {
  v1::ExchangeService::Stub stub(client.channel());
  const auto context = client.NewContext();
  const std::unique_ptr<Stream> stream = stub.Import(context.get());

  v1::ImportResponse last;
  std::thread reader([&] {
    v1::ImportResponse response;
    while (stream->Read(&response)) {
      if (observer) observer(response);
      last = response;
    }
  });
  const bool whole = SendFile(start, file, stream.get());
  // A half-read file must not look like a whole one to the server.
  if (whole) {
    stream->WritesDone();
  } else {
    context->TryCancel();
  }
  reader.join();

  const absl::Status status = FromGrpc(stream->Finish());
  if (!whole) return absl::DataLossError("the file could not be read to its end");
  if (!status.ok()) return status;
  if (!last.done()) return absl::UnavailableError("the answer ended before the import was done");
  return last.counts();
}

}  // namespace navo::client
