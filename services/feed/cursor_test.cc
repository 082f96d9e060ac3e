#include "services/feed/cursor.h"

#include <gtest/gtest.h>

namespace navo::services {
namespace {

TEST(CursorTest, HoldsEveryNumber) {
  FeedCursor cursor;
  cursor.roles = 6;
  cursor.follows = int64_t{1} << 40;
  cursor.day = 20'759;
  for (size_t stream = 0; stream < cursor.access.size(); ++stream) {
    cursor.access[stream] = int64_t{1'000'000'007} * static_cast<int64_t>(stream + 1);
    cursor.changes[stream] = static_cast<int64_t>(stream) + 300;
  }
  const std::optional<FeedCursor> opened = DecodeCursor(EncodeCursor(cursor));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->roles, cursor.roles);
  EXPECT_EQ(opened->follows, cursor.follows);
  EXPECT_EQ(opened->day, cursor.day);
  EXPECT_EQ(opened->access, cursor.access);
  EXPECT_EQ(opened->changes, cursor.changes);
}

TEST(CursorTest, HasOneLengthAndNoOther) {
  FeedCursor far;
  far.changes.fill(INT64_MAX);
  const std::string plain = EncodeCursor(far);
  EXPECT_EQ(plain.size(), EncodeCursor(FeedCursor()).size());
  EXPECT_FALSE(DecodeCursor(plain + "x").has_value());
  EXPECT_FALSE(DecodeCursor(plain.substr(1)).has_value());
  EXPECT_FALSE(DecodeCursor("").has_value());
}

}  // namespace
}  // namespace navo::services
