// Answers made comparable. What is random by design is replaced by what it is: ids by their order
// of appearance, tokens (etag, revision, page token, version of a view) by their length. Everything
// else stays, times too: worlds that are compared have the same clock.
#ifndef NAVO_TESTS_SUPPORT_NEUTRAL_H_
#define NAVO_TESTS_SUPPORT_NEUTRAL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace navo::support {

// The length on the wire, then the content. Equal texts are equal bytes but for ids and tokens.
std::string NeutralText(const google::protobuf::Message& message);
// Code, message and every detail.
std::string NeutralText(const absl::Status& status);

template <class Response>
std::string NeutralText(const absl::StatusOr<Response>& answer) {
  return answer.ok() ? NeutralText(*answer) : NeutralText(answer.status());
}

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_NEUTRAL_H_
