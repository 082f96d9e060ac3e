#ifndef NAVO_SERVICES_DOMAIN_WIRE_H_
#define NAVO_SERVICES_DOMAIN_WIRE_H_

#include <google/protobuf/io/coded_stream.h>

#include <cstdint>
#include <string>
#include <string_view>

// Serialised messages taken apart and put together without parsing them: what is stored as bytes
// and sent as bytes need not be a message in between. The order of fields means nothing to whoever
// parses the result. Any thread.
namespace navo::domain {

// One field of a serialised message. The texts view the message.
struct WireField {
  int number = 0;
  std::string_view whole;    // with its tag
  std::string_view content;  // of a text, bytes or message; empty for numbers
};

// Calls `fn(const WireField&)` for each field, in order; nested messages are not entered. False
// when the bytes are not a message: `fn` has seen the fields before the fault.
template <typename Fn>
bool EachWireField(std::string_view message, Fn fn) {
  constexpr uint32_t kVarint = 0;
  constexpr uint32_t kFixed64 = 1;
  constexpr uint32_t kLengthDelimited = 2;
  constexpr uint32_t kFixed32 = 5;
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(message.data()),
                                            static_cast<int>(message.size()));
  const auto position = [&in] { return static_cast<size_t>(in.CurrentPosition()); };
  while (position() < message.size()) {
    const size_t begin = position();
    const uint32_t tag = in.ReadTag();
    WireField field{static_cast<int>(tag >> 3), {}, {}};
    uint64_t number = 0;
    uint32_t length = 0;
    bool read = false;
    if (const uint32_t type = tag & 7; type == kVarint) {
      read = in.ReadVarint64(&number);
    } else if (type == kLengthDelimited) {
      read = in.ReadVarint32(&length);
      field.content = message.substr(position(), length);  // what is cut off, Skip notices
      read = read && in.Skip(static_cast<int>(length));
    } else if (type == kFixed64 || type == kFixed32) {
      read = in.Skip(type == kFixed64 ? 8 : 4);
    }
    if (!read || field.number == 0) return false;
    field.whole = message.substr(begin, position() - begin);
    fn(static_cast<const WireField&>(field));
  }
  return true;
}

// Append a field; one without content, or 0, is left out as the serialiser does.
void AppendBytes(int number, std::string_view content, std::string& message);
void AppendNumber(int number, uint64_t value, std::string& message);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_WIRE_H_
