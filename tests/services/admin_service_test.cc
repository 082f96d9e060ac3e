// What AdminService keeps, and what it refuses.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "clients/cpp/status.h"
#include "tests/services/admin_fixture.h"
#include "tests/services/left_behind.h"

namespace navo::support {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(AdminTest, AControllerFromItsBeginningToItsEnd) {
  v1::CreateControllerRequest create;
  create.set_controller_id("bergen-vo");
  create.set_kind(v1::CONTROLLER_KIND_VO);
  create.set_name("Bergen voksenopplæring");
  const std::string made = Must(ivar_, &Admin::CreateController, create).etag();
  EXPECT_EQ(Refused(ivar_, &Admin::CreateController, create), "ID_TAKEN");

  v1::RenameControllerRequest rename;
  rename.set_controller_id("bergen-vo");
  rename.set_name("Bergen VO");
  EXPECT_EQ(Refused(ivar_, &Admin::RenameController, rename), "ETAG_MISSING");
  rename.set_etag(made);
  const std::string renamed = Must(ivar_, &Admin::RenameController, rename).etag();
  rename.set_name("Bergen");
  const auto stale = ivar_.Call(&Admin::RenameController, rename);
  EXPECT_EQ(stale.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(stale.status()), "STALE_ETAG");

  v1::CreateUnitRequest unit;
  unit.set_controller_id("bergen-vo");
  unit.set_unit_id("bergen-sentrum");
  unit.set_name("Sentrum");
  const std::string unit_etag = Must(ivar_, &Admin::CreateUnit, unit).etag();
  EXPECT_EQ(Refused(ivar_, &Admin::CreateUnit, unit), "ID_TAKEN");
  v1::CloseControllerRequest close;
  close.set_controller_id("bergen-vo");
  close.set_etag(renamed);
  EXPECT_EQ(Refused(ivar_, &Admin::CloseController, close), "IN_USE");
  v1::CloseUnitRequest close_unit;
  close_unit.set_unit_id("bergen-sentrum");
  close_unit.set_etag(unit_etag);
  const std::string closed_unit = Must(ivar_, &Admin::CloseUnit, close_unit).etag();
  close_unit.set_etag(closed_unit);
  EXPECT_EQ(Refused(ivar_, &Admin::CloseUnit, close_unit), "ILLEGAL_STATE_CHANGE");
  Must(ivar_, &Admin::CloseController, close);
  v1::ReopenUnitRequest reopen;
  reopen.set_unit_id("bergen-sentrum");
  reopen.set_etag(closed_unit);
  EXPECT_EQ(Refused(ivar_, &Admin::ReopenUnit, reopen), "CLOSED");
  unit.set_unit_id("bergen-nord");
  EXPECT_EQ(Refused(ivar_, &Admin::CreateUnit, unit), "CLOSED");

  const auto listed = Must(ivar_, &Admin::ListControllers, v1::ListControllersRequest());
  std::vector<std::string> names;
  for (const v1::Controller& one : listed.controllers()) {
    names.push_back(one.id() + (one.closed() ? " closed" : ""));
  }
  EXPECT_THAT(names, ElementsAre("bergen-vo closed", "bydel-grorud", "nav-statlig", "oslo-vo"));
  EXPECT_EQ(listed.controllers(0).name(), "Bergen VO");
}

TEST_F(AdminTest, AUnitWithMembersIsNotClosed) {
  v1::CloseUnitRequest close;
  close.set_unit_id("vo-helsfyr");
  const auto listed = Must(dina_, &Admin::ListUnits, v1::ListUnitsRequest());
  for (const v1::Unit& unit : listed.units()) {
    if (unit.id() == close.unit_id()) close.set_etag(unit.etag());
  }
  EXPECT_EQ(Refused(dina_, &Admin::CloseUnit, close), "IN_USE");
  const client::Client eva = server_.As("eva");
  const std::string id = Register(eva, "amina");  // a case does not hold it open
  Must(dina_, &Admin::EndMembership, Ending(dina_, "eva"));
  Must(dina_, &Admin::CloseUnit, close);
  EXPECT_EQ(
      Refused(dina_, &Admin::AddMembership,
              Adding(PrincipalOf(dina_, "eva").principal_id(), "vo-helsfyr", {v1::ROLE_LAERER})),
      "CLOSED");
}

TEST_F(AdminTest, AReopenedUnitHasTheCasesItHad) {
  const client::Client eva = server_.As("eva");
  const std::string id = Register(eva, "amina");
  MakeRichCase(eva, id, "igjen", true);
  v1::GetParticipantRequest get;
  get.set_participant_id(id);
  const auto sides = [&] {
    const auto who = Must(eva, &v1::ParticipantService::Stub::Get, get);
    return absl::StrCat(who.sides_size(), " sides, ", who.ties_size(), " ties, ", who.team_size());
  };
  const std::string before = sides();
  const auto etag = [this] {
    const auto listed = Must(dina_, &Admin::ListUnits, v1::ListUnitsRequest());
    for (const v1::Unit& unit : listed.units()) {
      if (unit.id() == "vo-helsfyr") return unit.etag();
    }
    return std::string();
  };
  v1::ReopenUnitRequest reopen;
  reopen.set_unit_id("vo-helsfyr");
  reopen.set_etag(etag());
  EXPECT_EQ(Refused(dina_, &Admin::ReopenUnit, reopen), "ILLEGAL_STATE_CHANGE") << "it is open";
  const std::string eva_id = PrincipalOf(dina_, "eva").principal_id();
  Must(dina_, &Admin::EndMembership, Ending(dina_, "eva"));
  v1::CloseUnitRequest close;
  close.set_unit_id("vo-helsfyr");
  close.set_etag(etag());
  Must(dina_, &Admin::CloseUnit, close);
  EXPECT_EQ(Refused(dina_, &Admin::ReopenUnit, reopen), "STALE_ETAG");
  reopen.set_etag(etag());
  EXPECT_EQ(Refused(drift_, &Admin::ReopenUnit, reopen), "NOT_FOUND") << "another controller's";
  reopen.set_request_id("66666666-6666-4666-8666-666666666666");
  const auto reopened = Must(dina_, &Admin::ReopenUnit, reopen);
  EXPECT_EQ(reopened.etag(), etag());
  EXPECT_EQ(Must(dina_, &Admin::ReopenUnit, reopen).etag(), reopened.etag()) << "a repetition";
  EXPECT_EQ(Looks(eva), "UNIT_UNKNOWN") << "what had ended stays ended";
  Must(dina_, &Admin::AddMembership, Adding(eva_id, "vo-helsfyr", {v1::ROLE_LAERER}));
  EXPECT_EQ(sides(), before);
  LeftBehind left(server_);
  // Made by the seed file, closed and reopened: created, ended, changed.
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM journal j JOIN unit u ON u.unit_key = j.record_key"
                        " WHERE j.subject = 21 AND u.id = 'vo-helsfyr' AND u.closed = 0"),
            3);
}

TEST_F(AdminTest, PeriodsNeitherOverlapNorRunBackwards) {
  const auto made = Must(drift_, &Admin::CreatePrincipal, NewStaff("ny"));
  v1::AddMembershipRequest add =
      Adding(made.principal_id(), "nav-grorud-statlig", {v1::ROLE_VEILEDER});
  *add.mutable_valid_from() = Day(2026, 12, 10);
  *add.mutable_valid_to() = Day(2026, 12, 9);
  const auto backwards = drift_.Call(&Admin::AddMembership, add);
  EXPECT_THAT(WrongFields(backwards.status()), ElementsAre("valid_to"));
  *add.mutable_valid_to() = Day(2026, 12, 20);
  const auto first = Must(drift_, &Admin::AddMembership, add);
  for (const auto& [from, to] : {std::pair{10, 20}, {1, 10}, {20, 31}, {12, 13}, {1, 31}}) {
    *add.mutable_valid_from() = Day(2026, 12, from);
    *add.mutable_valid_to() = Day(2026, 12, to);
    EXPECT_EQ(Refused(drift_, &Admin::AddMembership, add), "OVERLAPS") << from << " to " << to;
  }
  *add.mutable_valid_from() = Day(2026, 12, 1);
  add.clear_valid_to();
  EXPECT_EQ(Refused(drift_, &Admin::AddMembership, add), "OVERLAPS") << "without an end";
  // The days before and after are free, and so is another unit.
  *add.mutable_valid_to() = Day(2026, 12, 9);
  Must(drift_, &Admin::AddMembership, add);
  *add.mutable_valid_from() = Day(2026, 12, 21);
  add.clear_valid_to();
  Must(drift_, &Admin::AddMembership, add);
  add.set_unit_id("nav-stovner-statlig");
  Must(drift_, &Admin::AddMembership, add);
  // What was ended at once holds no day.
  v1::EndMembershipRequest end;
  end.set_membership_id(first.membership_id());
  end.set_etag(first.etag());
  *end.mutable_last_day() = Day(2026, 12, 9);
  EXPECT_THAT(WrongFields(drift_.Call(&Admin::EndMembership, end).status()),
              ElementsAre("last_day"))
      << "before it has begun";
  end.clear_last_day();
  Must(drift_, &Admin::EndMembership, end);
  EXPECT_EQ(Refused(drift_, &Admin::EndMembership, end), "ILLEGAL_STATE_CHANGE");
  add.set_unit_id("nav-grorud-statlig");
  *add.mutable_valid_from() = Day(2026, 12, 10);
  *add.mutable_valid_to() = Day(2026, 12, 20);
  Must(drift_, &Admin::AddMembership, add);
}

TEST_F(AdminTest, EveryWrongFieldAtOnce) {
  v1::AddMembershipRequest add;
  add.set_principal_id(PrincipalOf(drift_, "kari").principal_id());
  add.set_unit_id("nav-grorud-statlig");
  add.add_roles(v1::ROLE_DRIFT);
  add.add_roles(v1::ROLE_DELTAKER);
  add.add_roles(v1::ROLE_VEILEDER);
  add.set_administers_installation(true);
  *add.mutable_valid_from() = Day(2026, 11, 1);
  *add.mutable_valid_to() = Day(2026, 2, 30);
  EXPECT_THAT(
      WrongFields(drift_.Call(&Admin::AddMembership, add).status()),
      ElementsAre("roles[1]", "roles", "administers_installation", "valid_from", "valid_to"));
  v1::CreateControllerRequest controller;
  controller.set_controller_id("Bergen VO");
  EXPECT_THAT(WrongFields(ivar_.Call(&Admin::CreateController, controller).status()),
              ElementsAre("controller_id", "kind", "name"));
  for (const char* id : {"", "a", "-ab", "a b", "\xc3\xa6\xc3\xb8", "A1"}) {
    controller.set_controller_id(id);
    EXPECT_THAT(WrongFields(ivar_.Call(&Admin::CreateController, controller).status()),
                ElementsAre("controller_id", "kind", "name"))
        << id;
  }
  v1::CreatePrincipalRequest staff = NewStaff("ny");
  staff.add_imports(v1::IMPORT_FORMAT_VO_KURS);
  staff.add_follows(v1::CATEGORY_UNSPECIFIED);
  staff.set_sets_protection(true);
  EXPECT_THAT(WrongFields(drift_.Call(&Admin::CreatePrincipal, staff).status()),
              ElementsAre("imports", "follows", "follows[0]", "sets_protection"));
  EXPECT_EQ(PrincipalOf(drift_, "ny").principal_id(), "");
}

TEST_F(AdminTest, StaffAndSystemsHaveRolesOfTheirOwn) {
  const std::string kari = PrincipalOf(drift_, "kari").principal_id();
  EXPECT_EQ(Refused(drift_, &Admin::AddMembership,
                    Adding(kari, "nav-stovner-statlig", {v1::ROLE_INTEGRASJON})),
            "INVALID_FIELDS");
  const std::string komet = PrincipalOf(drift_, "komet").principal_id();
  EXPECT_EQ(Refused(drift_, &Admin::AddMembership,
                    Adding(komet, "nav-stovner-statlig", {v1::ROLE_VEILEDER})),
            "INVALID_FIELDS");
  EXPECT_EQ(Refused(drift_, &Admin::AddMembership,
                    Adding(komet, "nav-stovner-statlig", {v1::ROLE_INTEGRASJON})),
            "OK");
}

TEST_F(AdminTest, RegisteringIsGetOrCreateForStaffAndNotForSystems) {
  const auto first = Must(drift_, &Admin::CreatePrincipal, NewStaff("ny"));
  EXPECT_EQ(Must(drift_, &Admin::CreatePrincipal, NewStaff("ny")).principal_id(),
            first.principal_id());
  v1::CreatePrincipalRequest again = NewStaff("ny");
  again.set_name("Another Name");
  const auto theirs = Must(dina_, &Admin::CreatePrincipal, again);
  EXPECT_EQ(theirs.principal_id(), first.principal_id());
  EXPECT_EQ(theirs.etag(), "") << "only who registered somebody renames him";
  Must(dina_, &Admin::AddMembership,
       Adding(theirs.principal_id(), "vo-rosenhof", {v1::ROLE_LAERER}));
  const v1::Principal seen = PrincipalOf(dina_, "ny");
  EXPECT_EQ(seen.name(), "Ny Ansatt");
  EXPECT_FALSE(seen.own());
  v1::UpdatePrincipalRequest update;
  update.set_principal_id(seen.principal_id());
  update.set_name("Another Name");
  EXPECT_EQ(Refused(dina_, &Admin::UpdatePrincipal, update), "NOT_OWNER");
  v1::CreatePrincipalRequest system = NewStaff("komet");
  system.set_kind(v1::PRINCIPAL_KIND_SYSTEM);
  EXPECT_EQ(Refused(dina_, &Admin::CreatePrincipal, system), "ID_TAKEN");
  EXPECT_EQ(Refused(drift_, &Admin::CreatePrincipal, NewStaff("komet")), "ID_TAKEN");
  system = NewStaff("kari");
  system.set_kind(v1::PRINCIPAL_KIND_SYSTEM);
  EXPECT_EQ(Refused(drift_, &Admin::CreatePrincipal, system), "ID_TAKEN");
  v1::SetOwnNumbersRequest numbers;
  numbers.set_principal_id(PrincipalOf(drift_, "komet").principal_id());
  EXPECT_THAT(WrongFields(drift_.Call(&Admin::SetOwnNumbers, numbers).status()),
              ElementsAre("principal_id"))
      << "a system has no case of its own";
}

TEST_F(AdminTest, OwnAndFamilysCasesAreClosedAndTheNumbersNeverShown) {
  const client::Client kari = server_.As("kari");
  const std::string id = Register(kari, "amina");
  v1::GetParticipantRequest get;
  get.set_participant_id(id);
  const auto opens = [&] {
    return ReasonOf(kari.Call(&v1::ParticipantService::Stub::Get, get).status());
  };
  EXPECT_EQ(opens(), "");
  v1::SetOwnNumbersRequest numbers;
  numbers.set_principal_id(PrincipalOf(drift_, "kari").principal_id());
  numbers.set_etag(PrincipalOf(drift_, "kari").numbers_etag());
  numbers.set_own_number(NumberOf("olena"));
  numbers.add_family_numbers(NumberOf("amina"));
  numbers.add_family_numbers("14839110172");
  EXPECT_THAT(WrongFields(drift_.Call(&Admin::SetOwnNumbers, numbers).status()),
              ElementsAre("family_numbers[1]"));
  numbers.mutable_family_numbers()->RemoveLast();
  const std::string etag = Must(drift_, &Admin::SetOwnNumbers, numbers).etag();
  EXPECT_EQ(opens(), "NOT_FOUND");
  const v1::Principal told = PrincipalOf(drift_, "kari");
  EXPECT_EQ(told.own_number_count(), 2);
  EXPECT_EQ(told.numbers_etag(), etag);
  EXPECT_EQ(told.ShortDebugString().find(NumberOf("amina")), std::string::npos);
  EXPECT_EQ(Refused(drift_, &Admin::SetOwnNumbers, numbers), "STALE_ETAG");
  numbers.set_etag(etag);
  numbers.clear_own_number();
  numbers.clear_family_numbers();
  Must(drift_, &Admin::SetOwnNumbers, numbers);
  EXPECT_EQ(opens(), "");
  LeftBehind left(server_);
  // Jan's of the seed file, and nothing else: neither here nor in the journal.
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM own_number"), 2);
  EXPECT_EQ(left.Number("SELECT COALESCE(SUM(LENGTH(body)), 0) FROM journal WHERE subject = 24"),
            0);
}

TEST_F(AdminTest, ARepetitionGivesTheSameAnswerAndChangesNothing) {
  v1::CreatePrincipalRequest create = NewStaff("ny");
  create.set_request_id("77777777-7777-4777-8777-777777777777");
  const auto first = Must(drift_, &Admin::CreatePrincipal, create);
  EXPECT_EQ(Must(drift_, &Admin::CreatePrincipal, create).SerializeAsString(),
            first.SerializeAsString());
  create.set_subject("andre");
  EXPECT_EQ(Refused(drift_, &Admin::CreatePrincipal, create), "REQUEST_ID_REUSED");
  v1::AddMembershipRequest add =
      Adding(first.principal_id(), "nav-grorud-statlig", {v1::ROLE_VEILEDER});
  add.set_request_id("88888888-8888-4888-8888-888888888888");
  const auto added = Must(drift_, &Admin::AddMembership, add);
  EXPECT_EQ(Must(drift_, &Admin::AddMembership, add).SerializeAsString(),
            added.SerializeAsString());
  v1::EndMembershipRequest end;
  end.set_membership_id(added.membership_id());
  end.set_etag(added.etag());
  end.set_request_id("99999999-9999-4999-8999-999999999999");
  Must(drift_, &Admin::EndMembership, end);
  Must(drift_, &Admin::EndMembership, end);
  end.clear_request_id();
  EXPECT_EQ(Refused(drift_, &Admin::EndMembership, end), "ILLEGAL_STATE_CHANGE");
}

TEST_F(AdminTest, ListsComeInPages) {
  std::vector<std::string> whole;
  v1::ListMembershipsRequest all;
  const auto listed = Must(drift_, &Admin::ListMemberships, all);
  for (const v1::Membership& one : listed.memberships()) whole.push_back(one.principal_name());
  EXPECT_EQ(listed.next_page_token(), "");
  ASSERT_GT(whole.size(), 5u);
  std::vector<std::string> pages;
  all.set_page_size(2);
  for (int page = 0; page < 20; ++page) {
    const auto some = Must(drift_, &Admin::ListMemberships, all);
    for (const v1::Membership& one : some.memberships()) pages.push_back(one.principal_name());
    if (some.next_page_token().empty()) break;
    all.set_page_token(some.next_page_token());
  }
  EXPECT_EQ(pages, whole);
  EXPECT_EQ(Refused(server_.As("ivar"), &Admin::ListMemberships, all), "PAGE_TOKEN_INVALID");
  all.set_include_ended(true);
  EXPECT_EQ(Refused(drift_, &Admin::ListMemberships, all), "PAGE_TOKEN_INVALID");
  all.set_page_size(201);
  EXPECT_EQ(Refused(drift_, &Admin::ListMemberships, all), "INVALID_FIELDS");
  v1::ListMembershipsRequest of_unit;
  of_unit.set_unit_id("vo-rosenhof");
  EXPECT_EQ(Refused(drift_, &Admin::ListMemberships, of_unit), "NOT_FOUND");
}

TEST_F(AdminTest, EveryChangeIsJournaledAndLogged) {
  const auto made = Must(drift_, &Admin::CreatePrincipal, NewStaff("ny"));
  const auto added = Must(drift_, &Admin::AddMembership,
                          Adding(made.principal_id(), "nav-grorud-statlig", {v1::ROLE_VEILEDER}));
  v1::EndMembershipRequest end;
  end.set_membership_id(added.membership_id());
  end.set_etag(added.etag());
  Must(drift_, &Admin::EndMembership, end);
  EXPECT_EQ(Refused(server_.As("kari"), &Admin::EndMembership, end), "ROLE_NOT_ALLOWED");
  LeftBehind left(server_);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM journal WHERE stream = 16 AND principal_key <> 0"
                        " AND subject IN (22, 23)"),
            3);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM access_log WHERE rpc = 189 AND decision = 1"), 1);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM access_log WHERE rpc = 194 AND decision = 1"), 1);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM access_log WHERE rpc = 194 AND decision <> 1"), 1);
}

// A list that ended early without saying so would leave people their access.
TEST_F(AdminTest, APageGoesOnOnlyFromWhatIsStillListed) {
  v1::ListMembershipsRequest request;
  request.set_page_size(1);
  const auto first = Must(drift_, &Admin::ListMemberships, request);
  ASSERT_EQ(first.memberships_size(), 1);
  request.set_page_token(first.next_page_token());
  EXPECT_NE(Must(drift_, &Admin::ListMemberships, request).memberships(0).membership_id(),
            first.memberships(0).membership_id());
  v1::EndMembershipRequest end;
  end.set_membership_id(first.memberships(0).membership_id());
  end.set_etag(first.memberships(0).etag());
  Must(drift_, &Admin::EndMembership, end);
  EXPECT_EQ(Refused(drift_, &Admin::ListMemberships, request), "PAGE_TOKEN_INVALID");
}

}  // namespace
}  // namespace navo::support
