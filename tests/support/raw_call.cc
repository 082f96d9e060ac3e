#include "tests/support/raw_call.h"

#include <google/protobuf/unknown_field_set.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "clients/cpp/status.h"

namespace navo::support {
namespace {

// Blocks for the one operation that is under way.
bool Finished(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return "";
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

RawAnswer RawCall(const client::Client& caller, const std::string& method,
                  const std::string& message) {
  grpc::GenericStub stub(caller.channel());
  const std::unique_ptr<grpc::ClientContext> context = caller.NewContext();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(context.get(), method, &queue);
  call->StartCall(nullptr);
  Finished(queue);
  const grpc::Slice slice(message);
  call->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
  Finished(queue);
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  const bool answered = Finished(queue);
  grpc::Status status;
  call->Finish(&status, nullptr);
  Finished(queue);
  return {client::FromGrpc(status), answered ? BytesOf(answer) : ""};
}

std::string RawField(int number, const std::string& content) {
  google::protobuf::UnknownFieldSet fields;
  fields.AddLengthDelimited(number, content);
  std::string bytes;
  EXPECT_TRUE(fields.SerializeToString(&bytes));
  return bytes;
}

std::vector<std::string> RawTexts(const std::string& message, int number) {
  google::protobuf::UnknownFieldSet fields;
  EXPECT_TRUE(fields.ParseFromString(message));
  std::vector<std::string> texts;
  for (int i = 0; i < fields.field_count(); ++i) {
    const google::protobuf::UnknownField& field = fields.field(i);
    if (field.number() == number) texts.push_back(field.length_delimited());
  }
  return texts;
}

std::uint64_t RawNumber(const std::string& message, int number) {
  google::protobuf::UnknownFieldSet fields;
  EXPECT_TRUE(fields.ParseFromString(message));
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == number) return fields.field(i).varint();
  }
  return 0;
}

}  // namespace navo::support
