#include "services/exchange/text_encoding.h"

#include <iconv.h>
#include <utf8proc.h>

#include "services/domain/error.h"
#include "services/domain/reasons.h"

namespace navo::services {
namespace {

bool IsUtf8(std::string_view text) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    if (*at < 0x80) {
      ++at;
      --left;
      continue;
    }
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(at, left, &code_point);
    if (length <= 0) return false;
    at += length;
    left -= length;
  }
  return true;
}

std::optional<std::string> FromWindows1252(std::string_view record) {
  const iconv_t converter = iconv_open("UTF-8", "WINDOWS-1252");
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  // A Windows-1252 byte becomes at most three bytes of UTF-8 (the euro sign).
  std::string decoded(record.size() * 3, '\0');
  char* in = const_cast<char*>(record.data());  // iconv's signature; it does not write there
  std::size_t in_left = record.size();
  char* out = decoded.data();
  std::size_t out_left = decoded.size();
  const std::size_t result = iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  if (result == static_cast<std::size_t>(-1)) return std::nullopt;
  decoded.resize(decoded.size() - out_left);
  return decoded;
}

absl::Status FormatUnknown(std::string_view message) {
  return domain::MakeError(absl::StatusCode::kInvalidArgument, domain::reason::kFormatUnknown,
                           message);
}

bool IsAscii(std::string_view text) {
  for (const char byte : text) {
    if (static_cast<unsigned char>(byte) >= 0x80) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::size_t> LengthOfByteOrderMark(std::string_view first_bytes,
                                                  FileEncoding declared) {
  first_bytes = first_bytes.substr(0, kSignatureBytes);
  // A text file has no zero byte; UTF-16 and UTF-32 have one for every ASCII character.
  if (first_bytes.starts_with("\xFF\xFE") || first_bytes.starts_with("\xFE\xFF") ||
      first_bytes.find('\0') != std::string_view::npos) {
    return FormatUnknown("the file is UTF-16 or not text: save it as UTF-8");
  }
  if (!first_bytes.starts_with("\xEF\xBB\xBF")) return 0;
  if (declared == FileEncoding::kUtf8) return 3;
  return FormatUnknown(
      "the file says that it is UTF-8, but another encoding was declared: leave the encoding out");
}

std::optional<std::string> DecodeRecord(std::string_view record, FileEncoding encoding) {
  if (IsAscii(record)) return std::string(record);
  if (encoding == FileEncoding::kWindows1252) return FromWindows1252(record);
  if (!IsUtf8(record)) return std::nullopt;
  return std::string(record);
}

}  // namespace navo::services
