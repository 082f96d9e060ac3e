#include "services/exchange/text_encoding.h"

#include <gtest/gtest.h>

#include "services/domain/error.h"

namespace navo::services {
namespace {

using namespace std::string_literals;

TEST(TextEncoding, AUtf8MarkIsThreeBytesAndOptional) {
  EXPECT_EQ(*LengthOfByteOrderMark("\xEF\xBB\xBF{", FileEncoding::kUtf8), 3u);
  EXPECT_EQ(*LengthOfByteOrderMark("elev", FileEncoding::kUtf8), 0u);
  EXPECT_EQ(*LengthOfByteOrderMark("elev", FileEncoding::kWindows1252), 0u);
  EXPECT_EQ(*LengthOfByteOrderMark("", FileEncoding::kUtf8), 0u);
}

TEST(TextEncoding, AUtf8MarkContradictsAnotherEncoding) {
  const auto mark = LengthOfByteOrderMark("\xEF\xBB\xBF{", FileEncoding::kWindows1252);
  EXPECT_EQ(domain::ReasonOf(mark.status()), "FORMAT_UNKNOWN");
}

TEST(TextEncoding, Utf16IsRefusedWithAndWithoutMark) {
  for (const std::string& start : {"\xFF\xFE"
                                   "e\0"s,
                                   "\xFE\xFF\0e"s, "e\0l\0"s, "\0e\0l"s, "\0\0\xFE\xFF"s}) {
    const auto mark = LengthOfByteOrderMark(start, FileEncoding::kUtf8);
    ASSERT_FALSE(mark.ok());
    EXPECT_EQ(domain::ReasonOf(mark.status()), "FORMAT_UNKNOWN");
    EXPECT_NE(mark.status().message().find("UTF-8"), std::string::npos);
  }
}

TEST(TextEncoding, Windows1252BecomesUtf8) {
  EXPECT_EQ(DecodeRecord("\xC5se \x80\x8A\xE6\xF8", FileEncoding::kWindows1252), "Åse €Šæø");
  EXPECT_EQ(DecodeRecord("plain", FileEncoding::kWindows1252), "plain");
}

TEST(TextEncoding, BytesWithoutMeaningAreNoText) {
  EXPECT_EQ(DecodeRecord("a\x81z", FileEncoding::kWindows1252), std::nullopt);
  EXPECT_EQ(DecodeRecord("\xC5se", FileEncoding::kUtf8), std::nullopt);
  EXPECT_EQ(DecodeRecord("\xED\xA0\x80", FileEncoding::kUtf8), std::nullopt);  // half a pair
  EXPECT_EQ(DecodeRecord("\xC0\xAF", FileEncoding::kUtf8), std::nullopt);      // overlong
  EXPECT_EQ(DecodeRecord("Åse ተስፋይ 李", FileEncoding::kUtf8), "Åse ተስፋይ 李");
}

}  // namespace
}  // namespace navo::services
