#include "services/domain/name_key.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace navo::domain {
namespace {

TEST(NameKeyTest, SortsNorwegianLettersLast) {
  const std::vector<std::string> expected = {NameKey("Aas", ""), NameKey("Zara", ""),
                                             NameKey("Ærlig", ""), NameKey("Østby", ""),
                                             NameKey("Åsen", "")};
  std::vector<std::string> sorted = expected;
  std::reverse(sorted.begin(), sorted.end());
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted, expected);
}

TEST(NameKeyTest, IgnoresCaseAndComposition) {
  EXPECT_EQ(NameKey("ÅSEN", "Kari"), NameKey("a\u030Asen", "KARI"));
}

TEST(NameKeyTest, IsBounded) {
  EXPECT_EQ(NameKey(std::string(500, 'a'), "b").size(), kNameKeyBytes);
}

TEST(NameKeyTest, FindsWordsByTheirStart) {
  const std::string key = NameKey("Haile-Mariam", "Tesfay");
  EXPECT_TRUE(HasWordStarting(key, NameKey("tes", "")));
  EXPECT_TRUE(HasWordStarting(key, NameKey("HAI", "")));
  EXPECT_TRUE(HasWordStarting(key, NameKey("mar", "")));
  EXPECT_FALSE(HasWordStarting(key, NameKey("fay", "")));
}

}  // namespace
}  // namespace navo::domain
