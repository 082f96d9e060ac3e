#include "services/sign_in/strict_json.h"

#include <gtest/gtest.h>

namespace navo::services {
namespace {

TEST(StrictJson, ReadsOrdinaryJson) {
  const auto value = ParseStrictJson(R"( {"a": [1, {"b": "x"}, {"b": "y"}], "c": {"a": null}} )");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ((*value)["a"][2]["b"], "y");
  EXPECT_TRUE((*value)["c"]["a"].is_null());
  EXPECT_EQ(ParseStrictJson("7"), nlohmann::json(7));
}

TEST(StrictJson, RefusesANameThatStandsTwiceInOneObject) {
  EXPECT_FALSE(ParseStrictJson(R"({"a": 1, "a": 1})").has_value());
  EXPECT_FALSE(ParseStrictJson(R"({"a": 1, "\u0061": 2})").has_value());
  EXPECT_FALSE(ParseStrictJson(R"([{"b": {"a": 1, "c": {}, "a": 2}}])").has_value());
  EXPECT_TRUE(ParseStrictJson(R"({"a": {"a": {"a": 1}}})").has_value());
}

TEST(StrictJson, RefusesWhatIsNotOneValue) {
  for (const char* text : {"", " ", "{", "{}{}", "{} x", "{\"a\":}", "{a:1}", "[1,]", "// x\n{}",
                           "{\"a\":\"\xff\"}", "{\"a\":\"\n\"}", "NaN"}) {
    EXPECT_FALSE(ParseStrictJson(text).has_value()) << text;
  }
}

TEST(StrictJson, RefusesDeepNesting) {
  const auto nested = [](std::size_t depth) {
    return ParseStrictJson(std::string(depth, '[') + std::string(depth, ']')).has_value();
  };
  EXPECT_TRUE(nested(16));
  EXPECT_FALSE(nested(18));
  EXPECT_FALSE(nested(100'000));
}

TEST(StrictJson, FindsTextsOnly) {
  const nlohmann::json object = {{"a", "x"}, {"b", 1}};
  ASSERT_NE(StringIn(object, "a"), nullptr);
  EXPECT_EQ(*StringIn(object, "a"), "x");
  EXPECT_EQ(StringIn(object, "b"), nullptr);
  EXPECT_EQ(StringIn(object, "c"), nullptr);
}

}  // namespace
}  // namespace navo::services
