#ifndef NAVO_TESTS_SUPPORT_RAW_CALL_H_
#define NAVO_TESTS_SUPPORT_RAW_CALL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cpp/client.h"

namespace navo::support {

struct RawAnswer {
  absl::Status status;  // with the details of client::FromGrpc
  std::string bytes;    // of the answer message; empty when there was none
};

// Sends these very bytes as the one message of a call, such as no stub of ours would: for what
// other clients may send, and for services of which the system has no .proto file. `method` is
// "/package.Service/Method". Waits for one answer.
RawAnswer RawCall(const client::Client& caller, const std::string& method,
                  const std::string& message);

// A length-delimited field (text, bytes or message) as it stands in a message.
std::string RawField(int number, const std::string& content);

// The texts, bytes or messages that a message has under a number, and the number there (0 when
// none): for messages of which only the field numbers are known.
std::vector<std::string> RawTexts(const std::string& message, int number);
std::uint64_t RawNumber(const std::string& message, int number);

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_RAW_CALL_H_
