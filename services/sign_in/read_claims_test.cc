#include "services/sign_in/read_claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace navo::services {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

Issuer With(ClaimNames names) {
  return {.name = "https://a.example", .kind = CallerKind::kSystem, .claims = std::move(names)};
}

Claims Read(const json& payload, const Issuer& issuer) {
  const auto claims = ReadClaims(payload, issuer);
  EXPECT_TRUE(claims.has_value());
  return claims.value_or(Claims());
}

TEST(ReadClaims, TheSubjectIsTheClaimThatIsNamedAndNoOther) {
  const Issuer issuer = With({.subject = "NAVident"});
  const json payload = {{"sub", "other"}, {"NAVident", "Z990001"}, {"exp", 1'793'606'400}};
  EXPECT_EQ(Read(payload, issuer).subject, "Z990001");
  EXPECT_FALSE(ReadClaims({{"sub", "other"}, {"exp", 1'793'606'400}}, issuer).has_value());
}

TEST(ReadClaims, AnOrganisationIsItsNumberInTheNorwegianRegister) {
  const Issuer issuer = With({.organisation = "consumer"});
  const auto subject = [&](const json& consumer) -> std::string {
    const auto claims =
        ReadClaims({{"sub", "other"}, {"consumer", consumer}, {"exp", 1'793'606'400}}, issuer);
    return claims ? claims->subject : "refused";
  };
  const std::string authority = "iso6523-actorid-upis";
  EXPECT_EQ(subject({{"authority", authority}, {"ID", "0192:889640782"}}), "0192:889640782");
  EXPECT_EQ(subject({{"authority", authority}, {"ID", "0192:88964078"}}), "refused");
  EXPECT_EQ(subject({{"authority", authority}, {"ID", "0192:8896407822"}}), "refused");
  EXPECT_EQ(subject({{"authority", authority}, {"ID", "0192:88964078x"}}), "refused");
  EXPECT_EQ(subject({{"authority", authority}, {"ID", "9908:889640782"}}), "refused");
  EXPECT_EQ(subject({{"authority", authority}, {"ID", "889640782"}}), "refused");
  EXPECT_EQ(subject({{"authority", authority}, {"ID", 889640782}}), "refused");
  EXPECT_EQ(subject({{"authority", "other"}, {"ID", "0192:889640782"}}), "refused");
  EXPECT_EQ(subject({{"ID", "0192:889640782"}}), "refused");
  EXPECT_EQ(subject("0192:889640782"), "refused");
  EXPECT_EQ(subject(nullptr), "refused");
}

TEST(ReadClaims, ScopesAreATextOrAList) {
  const Issuer issuer = With({.scopes = "scp"});
  const auto scopes = [&](const json& value) {
    return Read({{"sub", "a"}, {"scp", value}, {"exp", 1'793'606'400}}, issuer).scopes;
  };
  EXPECT_THAT(scopes("a  b "), ElementsAre("a", "b"));
  EXPECT_THAT(scopes({"a", "b c", 1}), ElementsAre("a", "b c"));
  EXPECT_THAT(scopes(7), IsEmpty());
  EXPECT_THAT(scopes(json::object()), IsEmpty());
  EXPECT_EQ(scopes(json(std::vector<std::string>(1000, "a"))).size(), 200u);
}

TEST(ReadClaims, AParticipantsNumberIsTheClaimThatIsNamed) {
  Issuer issuer = With({.pid = "fnr"});
  issuer.kind = CallerKind::kParticipant;
  const json payload = {
      {"sub", "a"}, {"pid", "17912099997"}, {"fnr", "14839110171"}, {"exp", 1'793'606'400}};
  EXPECT_EQ(Read(payload, issuer).pid, "14839110171");
}

}  // namespace
}  // namespace navo::services
