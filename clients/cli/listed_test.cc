// What lists say, and that what they show of an id is enough for the command that takes it.
#include <gmock/gmock.h>

#include "clients/cli/formats.h"
#include "clients/cli/testing_app.h"

namespace navo::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kFirst[] = "5a0c1111-1111-4111-8111-111111111111";
constexpr char kSecond[] = "5a0c2222-2222-4222-8222-222222222222";

class ListedTest : public AppTest {};

TEST_F(ListedTest, AShadowRecordIsMergedByTheBeginningOfItsId) {
  for (const char* id : {kFirst, kSecond}) {
    protections_.shadows.add_shadows()->set_shadow_id(id);
  }
  EXPECT_EQ(Run({"protection", "merge", "5a0c2"}), 0) << error_;
  EXPECT_EQ(protections_.merged, kSecond);
  EXPECT_EQ(Run({"protection", "merge", "5a0c"}), kExitBadInput);
  EXPECT_THAT(error_, HasSubstr("several of shadow record start with 5a0c"));
  EXPECT_EQ(Run({"protection", "merge", "77"}), kExitNotFound);
}

TEST_F(ListedTest, AnEmergencyAccessIsEndedByTheBeginningOfItsId) {
  for (const char* id : {kFirst, kSecond}) {
    emergencies_.accesses.add_emergency_accesses()->set_emergency_access_id(id);
  }
  EXPECT_EQ(Run({"emergency", "end", "5a0c1"}), 0) << error_;
  EXPECT_EQ(emergencies_.ended, kFirst);
  EXPECT_EQ(Run({"emergency", "end", "5a0c"}), kExitBadInput);
  EXPECT_EQ(Run({"emergency", "end", "77"}), kExitNotFound);
}

TEST_F(ListedTest, ARecordIsLockedByTheBeginningOfItsId) {
  follow_ups_.listed.add_follow_ups()->set_follow_up_id(kFirst);
  kartlegging_.picture.add_kinds()->add_sections()->set_section_id(kSecond);
  EXPECT_EQ(Run({"protection", "lock", "p1", "follow-up", "5a0c"}), 0) << error_;
  EXPECT_EQ(protections_.locked.record_id(), kFirst);
  EXPECT_EQ(Run({"protection", "unlock", "p1", "section", "5a0c"}), 0) << error_;
  EXPECT_EQ(protections_.lifted.record_id(), kSecond);
  EXPECT_EQ(Run({"protection", "lock", "p1", "section", "5a0c1"}), kExitNotFound);
}

TEST_F(ListedTest, WhatIsNotSaidOfAVersionIsLeftOut) {
  v1::Section* old = kartlegging_.versions.add_versions();
  old->set_version(1);
  old->set_section_id(kFirst);
  old->mutable_provenance()->set_unit("vo-rosenhof");
  *old->mutable_provenance()->mutable_time() = *ParseInstant("2026-09-01");
  EXPECT_EQ(Run({"kartlegging", "versions", "p1", kFirst}), 0) << error_;
  EXPECT_THAT(out_, HasSubstr("  vo-rosenhof, 2026-09-01, version 1, id "));
  old->set_freshness(v1::FRESHNESS_FRESH);
  *old->mutable_last_confirmed() = *ParseInstant("2026-11-20");
  EXPECT_EQ(Run({"kartlegging", "versions", "p1", kFirst}), 0) << error_;
  EXPECT_THAT(out_, HasSubstr("  vo-rosenhof, 2026-09-01 (fresh, 2 d), version 1, id "));
}

TEST_F(ListedTest, AGroundSaysWhoGaveIt) {
  v1::Ground* own = consents_.grounds.add_grounds();
  own->mutable_provenance()->set_role(v1::ROLE_DELTAKER);
  *own->mutable_provenance()->mutable_time() = *ParseInstant("2026-11-20 10:15");
  EXPECT_EQ(Run({"ground", "list", "p1"}), 0) << error_;
  EXPECT_THAT(out_, HasSubstr("  given     by the participant, 2026-11-20 10:15\n"));
  EXPECT_THAT(out_, Not(HasSubstr("registered")));
  own->mutable_provenance()->set_role(v1::ROLE_VEILEDER);
  own->mutable_provenance()->set_unit_name("NAV Grorud");
  *own->mutable_confirmed() = own->provenance();
  own->mutable_confirmed()->set_role(v1::ROLE_DELTAKER);
  EXPECT_EQ(Run({"ground", "list", "p1"}), 0) << error_;
  EXPECT_THAT(out_, HasSubstr("registered  NAV Grorud, 2026-11-20 10:15\n"));
  EXPECT_THAT(out_, HasSubstr("confirmed   by the participant, 2026-11-20 10:15\n"));
}

// access.md 1: a new tie stands in the leader's list with its coded reason.
TEST_F(ListedTest, ALeaderSeesWhyATieWasMadeAndByWhom) {
  v1::ParticipantListItem* item = participants_.listed.add_participants();
  item->set_participant_id(kFirst);
  item->mutable_tie()->set_reason(v1::TIE_REASON_SERVICE_GRANTED);
  item->mutable_tie()->set_made_by("Kari Nordby");
  *item->mutable_tie()->mutable_since() = *ParseInstant("2026-11-20");
  EXPECT_EQ(Run({"participant", "list"}), 0) << error_;
  EXPECT_THAT(out_, HasSubstr("NAME"));
  item->add_withheld()->set_category(v1::CATEGORY_IDENTITY);
  EXPECT_EQ(Run({"participant", "list"}), 0) << error_;
  for (const char* said : {kFirst, "2026-11-20", "service granted", "Kari Nordby", "MADE BY"}) {
    EXPECT_THAT(out_, HasSubstr(said));
  }
  EXPECT_THAT(out_, Not(HasSubstr("NAME")));
}

TEST_F(ListedTest, DeclaredNumbersAreForgottenOnlyWhenThatIsSaid) {
  v1::Principal* kari = administration_.principals.add_principals();
  kari->set_principal_id(kFirst);
  kari->set_subject("kari");
  EXPECT_EQ(Run({"admin", "own-numbers", "kari"}), kExitBadInput);
  EXPECT_THAT(error_, HasSubstr("--none"));
  const std::string file = WriteFile("own", "14839110171\n");
  EXPECT_EQ(Run({"admin", "own-numbers", "kari", "--none", "--own-file", file}), kExitBadInput);
  EXPECT_EQ(administration_.declarations, 0);
  EXPECT_EQ(Run({"admin", "own-numbers", "kari", "--own-file", file}), 0) << error_;
  EXPECT_EQ(administration_.declared.own_number(), "14839110171");
  EXPECT_EQ(Run({"admin", "own-numbers", "kari", "--none"}), 0) << error_;
  EXPECT_EQ(administration_.declared.own_number(), "");
  EXPECT_EQ(administration_.declarations, 2);
}

}  // namespace
}  // namespace navo::cli
