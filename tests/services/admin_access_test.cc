// Who may administer what, and that a change is in force with its answer.
#include <gmock/gmock.h>

#include <sstream>
#include <thread>

#include "clients/cpp/import.h"
#include "navo/v1/feed.grpc.pb.h"
#include "tests/services/admin_fixture.h"
#include "tests/support/neutral.h"

namespace navo::support {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

std::string Follows(const client::Client& caller) {
  const auto page = caller.Call(&v1::FeedService::Stub::ListChanges, v1::ListChangesRequest());
  return page.ok() ? "OK" : ReasonOf(page.status());
}

std::string Imports(const client::Client& caller) {
  v1::ImportStart start;
  start.set_format(v1::IMPORT_FORMAT_VO_ELEVER);
  start.set_source_system("vo-system");
  std::istringstream file("elev_id;fnr\n");
  const auto counts = client::Import(caller, start, file, [](const v1::ImportResponse&) {});
  return ReasonOf(counts.status());
}

TEST_F(AdminTest, AnEndedMembershipIsOverWithTheNextCall) {
  const client::Client kari = server_.As("kari");
  EXPECT_EQ(Looks(kari), "OK");
  EXPECT_EQ(Follows(kari), "OK");
  const std::string id = Register(kari, "amina");
  EXPECT_EQ(Must(drift_, &Admin::EndMembership, Ending(drift_, "kari")).etag(), "");
  // The token is the one that was remembered.
  EXPECT_EQ(Looks(kari), "UNIT_UNKNOWN");
  EXPECT_EQ(Follows(kari), "UNIT_UNKNOWN");
  EXPECT_EQ(ReasonOf(TryRegister(kari, NumberOf("olena"), true).status()), "UNIT_UNKNOWN");
  v1::GetParticipantRequest get;
  get.set_participant_id(id);
  EXPECT_EQ(ReasonOf(kari.Call(&v1::ParticipantService::Stub::Get, get).status()), "UNIT_UNKNOWN");
  server_.Restart();
  EXPECT_EQ(Looks(server_.As("kari")), "UNIT_UNKNOWN") << "the seed file does not bring it back";
  EXPECT_EQ(Looks(server_.As("sara")), "OK");
}

TEST_F(AdminTest, AnEndedSystemImportsAndFollowsNoMore) {
  const client::Client system = server_.As("vo-system");
  EXPECT_EQ(Follows(system), "OK");
  EXPECT_NE(Imports(system), "UNIT_UNKNOWN");
  Must(dina_, &Admin::EndMembership, Ending(dina_, "vo-system"));
  EXPECT_EQ(Follows(system), "UNIT_UNKNOWN");
  EXPECT_EQ(Imports(system), "UNIT_UNKNOWN");
}

TEST_F(AdminTest, AScopeIsInForceWithItsAnswer) {
  const client::Client system = server_.As("vo-system");
  const v1::Principal one = PrincipalOf(dina_, "vo-system");
  EXPECT_THAT(one.follows(), ElementsAre(v1::CATEGORY_LANGUAGE, v1::CATEGORY_PLAN));
  v1::UpdatePrincipalRequest update;
  update.set_principal_id(one.principal_id());
  update.set_etag(one.etag());
  update.set_name(one.name());
  update.add_imports(v1::IMPORT_FORMAT_VO_KURS);
  Must(dina_, &Admin::UpdatePrincipal, update);
  EXPECT_EQ(Imports(system), "SCOPE_MISSING");
  EXPECT_THAT(PrincipalOf(dina_, "vo-system").imports(), ElementsAre(v1::IMPORT_FORMAT_VO_KURS));
}

TEST_F(AdminTest, OnlyTheInstallationLetsASystemSayHowPeopleAreProtected) {
  v1::CreatePrincipalRequest create;
  create.set_kind(v1::PRINCIPAL_KIND_SYSTEM);
  create.set_issuer("https://localhost/navo-dev");
  create.set_subject("folkeregister");
  create.set_name("Folkeregisteret");
  create.set_sets_protection(true);
  EXPECT_EQ(Refused(dina_, &Admin::CreatePrincipal, create), "ROLE_NOT_ALLOWED");
  Must(ivar_, &Admin::CreatePrincipal, create);
  const v1::Principal made = PrincipalOf(ivar_, "folkeregister");
  EXPECT_TRUE(made.sets_protection());

  const v1::Principal own = PrincipalOf(dina_, "vo-system");
  EXPECT_FALSE(own.sets_protection());
  v1::UpdatePrincipalRequest update;
  update.set_principal_id(own.principal_id());
  update.set_etag(own.etag());
  update.set_name(own.name());
  update.set_sets_protection(true);
  EXPECT_EQ(Refused(dina_, &Admin::UpdatePrincipal, update), "ROLE_NOT_ALLOWED");

  update.set_principal_id(made.principal_id());
  update.set_etag(made.etag());
  update.set_name("Person register");  // it stays
  Must(ivar_, &Admin::UpdatePrincipal, update);
  server_.Restart();
  const client::Client ivar = server_.As("ivar");
  EXPECT_TRUE(PrincipalOf(ivar, "folkeregister").sets_protection());
  update.set_etag(PrincipalOf(ivar, "folkeregister").etag());
  update.set_sets_protection(false);
  Must(ivar, &Admin::UpdatePrincipal, update);
  EXPECT_FALSE(PrincipalOf(ivar, "folkeregister").sets_protection());
}

TEST_F(AdminTest, ANewMemberWorksAtOnce) {
  const client::Client eva = server_.As("eva");
  v1::AddMembershipRequest add =
      Adding(PrincipalOf(dina_, "eva").principal_id(), "vo-rosenhof", {v1::ROLE_LAERER});
  Must(dina_, &Admin::AddMembership, add);
  EXPECT_EQ(Looks(eva), "UNIT_REQUIRED") << "two units now";
  EXPECT_EQ(Looks(In("vo-rosenhof", "eva")), "OK");
}

TEST_F(AdminTest, AnEndOnADayCountsToItsEnd) {
  const client::Client kari = server_.As("kari");
  v1::EndMembershipRequest end = Ending(drift_, "kari");
  *end.mutable_last_day() = Day(2026, 11, 3);
  EXPECT_NE(Must(drift_, &Admin::EndMembership, end).etag(), "");
  EXPECT_EQ(Looks(kari), "OK");
  server_.clock().Advance(absl::Hours(24));
  EXPECT_EQ(Looks(server_.As("kari")), "OK");
  server_.clock().Advance(absl::Hours(24));
  EXPECT_EQ(Looks(server_.As("kari")), "UNIT_UNKNOWN");
}

TEST_F(AdminTest, NobodyButDriftAdministers) {
  const v1::Membership membership = MembershipOf(drift_, "kari");
  for (const char* key : {"kari", "tor", "liv", "dag", "sara", "frida", "komet", "amina"}) {
    SCOPED_TRACE(key);
    const client::Client caller = server_.As(key);
    v1::EndMembershipRequest end;
    end.set_membership_id(membership.membership_id());
    end.set_etag(membership.etag());
    const std::vector<std::string> told = {
        Refused(caller, &Admin::ListControllers, v1::ListControllersRequest()),
        Refused(caller, &Admin::CreateController, v1::CreateControllerRequest()),
        Refused(caller, &Admin::RenameController, v1::RenameControllerRequest()),
        Refused(caller, &Admin::CloseController, v1::CloseControllerRequest()),
        Refused(caller, &Admin::ListUnits, v1::ListUnitsRequest()),
        Refused(caller, &Admin::CreateUnit, v1::CreateUnitRequest()),
        Refused(caller, &Admin::RenameUnit, v1::RenameUnitRequest()),
        Refused(caller, &Admin::CloseUnit, v1::CloseUnitRequest()),
        Refused(caller, &Admin::ReopenUnit, v1::ReopenUnitRequest()),
        Refused(caller, &Admin::ListPrincipals, v1::ListPrincipalsRequest()),
        Refused(caller, &Admin::CreatePrincipal, NewStaff("ny")),
        Refused(caller, &Admin::UpdatePrincipal, v1::UpdatePrincipalRequest()),
        Refused(caller, &Admin::SetOwnNumbers, v1::SetOwnNumbersRequest()),
        Refused(caller, &Admin::ListMemberships, v1::ListMembershipsRequest()),
        Refused(caller, &Admin::AddMembership, v1::AddMembershipRequest()),
        Refused(caller, &Admin::EndMembership, end)};
    EXPECT_THAT(told, Each("ROLE_NOT_ALLOWED"));
  }
  EXPECT_EQ(Looks(drift_), "ROLE_NOT_ALLOWED") << "and DRIFT sees no case";
}

TEST_F(AdminTest, NobodyChangesAnythingAboutHimself) {
  for (const auto& [subject, caller] : {std::pair{"drift", drift_}, {"ivar", ivar_}}) {
    SCOPED_TRACE(subject);
    const v1::Principal self = PrincipalOf(caller, subject);
    v1::SetOwnNumbersRequest numbers;
    numbers.set_principal_id(self.principal_id());
    numbers.set_etag(self.numbers_etag());
    v1::UpdatePrincipalRequest update;
    update.set_principal_id(self.principal_id());
    update.set_etag(self.etag());
    update.set_name("The Boss");
    EXPECT_EQ(Refused(caller, &Admin::AddMembership,
                      Adding(self.principal_id(), "nav-stovner-statlig", {v1::ROLE_VEILEDER})),
              "OWN_RIGHTS");
    EXPECT_EQ(Refused(caller, &Admin::EndMembership, Ending(caller, subject)), "OWN_RIGHTS");
    EXPECT_EQ(Refused(caller, &Admin::SetOwnNumbers, numbers), "OWN_RIGHTS");
    EXPECT_EQ(Refused(caller, &Admin::UpdatePrincipal, update), "OWN_RIGHTS");
  }
  // A colleague may.
  EXPECT_EQ(Refused(ivar_, &Admin::AddMembership,
                    Adding(PrincipalOf(ivar_, "drift").principal_id(), "nav-stovner-statlig",
                           {v1::ROLE_VEILEDER})),
            "OK");
}

TEST_F(AdminTest, AnotherControllerIsLikeOneThatIsNotThere) {
  EXPECT_EQ(Must(dina_, &Admin::ListControllers, v1::ListControllersRequest()).controllers_size(),
            1);
  const auto listed = Must(dina_, &Admin::ListUnits, v1::ListUnitsRequest());
  for (const v1::Unit& unit : listed.units()) {
    EXPECT_EQ(unit.controller_id(), "oslo-vo");
  }
  const v1::Membership kari = MembershipOf(drift_, "kari");
  v1::EndMembershipRequest theirs;
  theirs.set_membership_id(kari.membership_id());
  theirs.set_etag(kari.etag());
  v1::EndMembershipRequest nobodys;
  nobodys.set_membership_id("11111111-1111-4111-8111-111111111111");
  EXPECT_EQ(NeutralText(dina_.Call(&Admin::EndMembership, theirs)),
            NeutralText(dina_.Call(&Admin::EndMembership, nobodys)));
  EXPECT_EQ(Refused(dina_, &Admin::AddMembership,
                    Adding(PrincipalOf(drift_, "komet").principal_id(), "vo-rosenhof",
                           {v1::ROLE_INTEGRASJON})),
            "NOT_FOUND");
  v1::SetOwnNumbersRequest numbers;
  numbers.set_principal_id(kari.principal_id());
  EXPECT_EQ(Refused(dina_, &Admin::SetOwnNumbers, numbers), "NOT_FOUND");
  EXPECT_EQ(Refused(dina_, &Admin::AddMembership,
                    Adding(PrincipalOf(dina_, "tor").principal_id(), "nav-grorud-statlig",
                           {v1::ROLE_VEILEDER})),
            "NOT_FOUND");
  v1::RenameUnitRequest rename;
  rename.set_unit_id("nav-grorud-statlig");
  rename.set_name("Vårt");
  EXPECT_EQ(Refused(dina_, &Admin::RenameUnit, rename), "NOT_FOUND");
  EXPECT_EQ(Looks(server_.As("kari")), "OK");
}

// What a side says of somebody's family closes cases, so it is heard only while it answers for that
// person.
TEST_F(AdminTest, OwnNumbersCountWhileTheirControllerHasTheMember) {
  const client::Client kari = In("nav-grorud-statlig", "kari");
  const std::string id = Register(kari, "amina");
  v1::GetParticipantRequest get;
  get.set_participant_id(id);
  // By id, by number, and in the list.
  const auto opens = [&] {
    const bool by_id = kari.Call(&v1::ParticipantService::Stub::Get, get).ok();
    v1::LookupParticipantRequest lookup;
    lookup.set_national_identity_number(NumberOf("amina"));
    EXPECT_EQ(kari.Call(&v1::ParticipantService::Stub::Lookup, lookup).ok(), by_id);
    EXPECT_EQ(TryRegister(kari, NumberOf("amina"), true).ok(), by_id);
    const auto listed =
        Must(kari, &v1::ParticipantService::Stub::List, v1::ListParticipantsRequest());
    EXPECT_EQ(listed.total_size(), by_id ? 1 : 0);
    return by_id;
  };
  const std::string kari_id = Must(dina_, &Admin::CreatePrincipal, NewStaff("kari")).principal_id();
  const auto employ = [&](google::type::Date from) {
    auto adding = Adding(kari_id, "vo-rosenhof", {v1::ROLE_LAERER});
    *adding.mutable_valid_from() = from;
    const auto added = Must(dina_, &Admin::AddMembership, adding);
    v1::EndMembershipRequest end;
    end.set_membership_id(added.membership_id());
    end.set_etag(added.etag());
    return end;
  };
  v1::EndMembershipRequest end = employ(Today());
  v1::SetOwnNumbersRequest numbers;
  numbers.set_principal_id(kari_id);
  numbers.set_etag(PrincipalOf(dina_, "kari").numbers_etag());
  numbers.add_family_numbers(NumberOf("amina"));
  EXPECT_TRUE(opens());
  numbers.set_etag(Must(dina_, &Admin::SetOwnNumbers, numbers).etag());
  EXPECT_FALSE(opens());
  Must(dina_, &Admin::EndMembership, end);
  EXPECT_TRUE(opens());
  // Declared while nobody is there it waits: until one is to begin, and to the end of its last day.
  Must(dina_, &Admin::SetOwnNumbers, numbers);
  EXPECT_TRUE(opens());
  end = employ(Day(2026, 11, 3));
  EXPECT_FALSE(opens());
  *end.mutable_last_day() = Day(2026, 11, 3);
  Must(dina_, &Admin::EndMembership, end);
  EXPECT_FALSE(opens());
  server_.clock().Advance(absl::Hours(24));
  EXPECT_FALSE(opens());
  server_.clock().Advance(absl::Hours(24));
  EXPECT_TRUE(opens());
}

TEST_F(AdminTest, OwnNumbersOfWhoRegisteredThePersonCountWhereverItWorks) {
  const v1::Principal kari = PrincipalOf(drift_, "kari");
  Must(dina_, &Admin::AddMembership, Adding(kari.principal_id(), "vo-rosenhof", {v1::ROLE_LAERER}));
  Must(drift_, &Admin::EndMembership, Ending(drift_, "kari"));
  const client::Client teaching = server_.As("kari");
  const std::string id = Register(teaching, "amina");
  v1::SetOwnNumbersRequest numbers;
  numbers.set_principal_id(kari.principal_id());
  numbers.set_etag(kari.numbers_etag());
  numbers.set_own_number(NumberOf("amina"));
  Must(drift_, &Admin::SetOwnNumbers, numbers);
  v1::GetParticipantRequest get;
  get.set_participant_id(id);
  EXPECT_EQ(ReasonOf(teaching.Call(&v1::ParticipantService::Stub::Get, get).status()), "NOT_FOUND");
}

TEST_F(AdminTest, TheInstallationsAdministratorOpensNoCaseOfAnotherController) {
  const v1::Principal tor = PrincipalOf(dina_, "tor");
  const auto made = Must(ivar_, &Admin::CreatePrincipal, NewStaff("ny"));
  // Makes an administrator there, and nobody else.
  EXPECT_EQ(Refused(ivar_, &Admin::AddMembership,
                    Adding(made.principal_id(), "vo-rosenhof", {v1::ROLE_LAERER})),
            "ROLE_NOT_ALLOWED");
  EXPECT_EQ(Refused(ivar_, &Admin::AddMembership,
                    Adding(made.principal_id(), "vo-rosenhof", {v1::ROLE_DRIFT})),
            "OK");
  v1::EndMembershipRequest end = Ending(dina_, "tor");
  EXPECT_EQ(Refused(ivar_, &Admin::EndMembership, end), "NOT_FOUND");
  // Only who has it gives it, or takes it.
  v1::AddMembershipRequest all =
      Adding(PrincipalOf(drift_, "kari").principal_id(), "nav-stovner-statlig", {v1::ROLE_DRIFT});
  all.set_administers_installation(true);
  EXPECT_EQ(Refused(drift_, &Admin::AddMembership, all), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(Refused(drift_, &Admin::EndMembership, Ending(drift_, "ivar")), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(Refused(drift_, &Admin::CreateController, v1::CreateControllerRequest()),
            "ROLE_NOT_ALLOWED");
  EXPECT_EQ(Refused(ivar_, &Admin::AddMembership, all), "OK");
}

// The rows decide, not the directory that a call came with.
TEST_F(AdminTest, WhatOneUnitLetsDoIsNotDoneFromAnother) {
  const client::Client own_unit = In(MembershipOf(drift_, "drift").unit_id(), "drift");
  v1::AddMembershipRequest add =
      Adding(PrincipalOf(ivar_, "drift").principal_id(), "nav-stovner-statlig", {v1::ROLE_DRIFT});
  add.set_administers_installation(true);
  EXPECT_EQ(Refused(ivar_, &Admin::AddMembership, add), "OK");
  v1::CreateControllerRequest create;
  create.set_controller_id("bergen-vo");
  create.set_kind(v1::CONTROLLER_KIND_VO);
  create.set_name("Bergen VO");
  EXPECT_EQ(Refused(own_unit, &Admin::CreateController, create), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(Refused(In("nav-stovner-statlig", "drift"), &Admin::CreateController, create), "OK");
}

TEST_F(AdminTest, TwoAdministratorsWhoEndEachOtherEndOne) {
  v1::AddMembershipRequest add =
      Adding(PrincipalOf(dina_, "tor").principal_id(), "vo-helsfyr", {v1::ROLE_DRIFT});
  Must(dina_, &Admin::AddMembership, add);
  const client::Client tor = In("vo-helsfyr", "tor");
  const v1::EndMembershipRequest ends_dina = Ending(tor, "dina");
  v1::EndMembershipRequest ends_tor;
  v1::ListMembershipsRequest of_tor;
  of_tor.set_unit_id("vo-helsfyr");
  const auto listed = Must(dina_, &Admin::ListMemberships, of_tor);
  for (const v1::Membership& one : listed.memberships()) {
    if (one.roles(0) != v1::ROLE_DRIFT) continue;
    ends_tor.set_membership_id(one.membership_id());
    ends_tor.set_etag(one.etag());
  }
  std::string told[2];
  {
    std::jthread first([&] { told[0] = Refused(tor, &Admin::EndMembership, ends_dina); });
    std::jthread second([&] { told[1] = Refused(dina_, &Admin::EndMembership, ends_tor); });
  }
  EXPECT_EQ((told[0] == "OK") + (told[1] == "OK"), 1) << told[0] << ", " << told[1];
}

}  // namespace
}  // namespace navo::support
