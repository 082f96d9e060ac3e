// What a ground may open, and when, over a real socket: the catalogue of laws, needs and health,
// days, grounds beside each other, and very many of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "clients/cpp/status.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "services/domain/calendar.h"
#include "storage/journal.h"
#include "storage/sql/sqlite.h"
#include "tests/services/left_behind.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo {
namespace {

using Stub = v1::ConsentService::Stub;
using support::DateOf;
using support::Must;
using support::ReasonOf;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::string> FieldsOf(const absl::Status& status) {
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  std::vector<std::string> fields;
  const google::rpc::BadRequest wrong = client::GetBadRequest(status);
  for (const auto& one : wrong.field_violations()) fields.push_back(one.field());
  return fields;
}

v1::Release ReleaseOf(const std::string& from, const std::string& to,
                      const std::vector<v1::Category>& categories) {
  v1::Release release;
  release.set_from_controller(from);
  release.set_to_controller(to);
  for (const v1::Category category : categories) release.add_categories(category);
  return release;
}

class GroundRuleTest : public testing::Test {
 protected:
  int32_t Today() { return domain::DayInOslo(server_.clock().Now()); }

  absl::Status RecordLaw(const client::Client& caller, const std::string& id,
                         const v1::Release& release) {
    return caller.Call(&Stub::RecordLegalBasis, support::NewLegalBasis(id, release)).status();
  }
  absl::Status Give(const client::Client& caller, const std::string& id,
                    const v1::Release& release) {
    return caller.Call(&Stub::GiveConsent, support::NewConsent(id, release)).status();
  }
  std::vector<v1::Ground> List(const client::Client& caller, const std::string& id) {
    v1::ListGroundsRequest request;
    request.set_participant_id(id);
    const auto listed = Must(caller, &Stub::List, request);
    return {listed.grounds().begin(), listed.grounds().end()};
  }
  // Whether tor is shown the step that kari wrote.
  bool TorSeesThePlan() {
    v1::GetPlanRequest request;
    request.set_participant_id(for_tor_);
    const auto plan = tor_.Call(&v1::PlanService::Stub::Get, request);
    return plan.ok() && plan->plan().parts_size() == 1;
  }
  // The kinds of section tor is shown.
  std::set<v1::SectionKind> TorSees() {
    v1::GetKartleggingRequest request;
    request.set_participant_id(for_tor_);
    std::set<v1::SectionKind> kinds;
    const auto picture = Must(tor_, &v1::KartleggingService::Stub::Get, request);
    for (const v1::KindPicture& kind : picture.kinds()) {
      if (kind.sections_size() > 0) kinds.insert(kind.kind());
    }
    return kinds;
  }
  void KariMaps(v1::SectionKind kind) {
    Must(kari_, &v1::KartleggingService::Stub::RecordSection,
         support::NewSection(for_kari_, support::ContentOf(kind, "hos NAV")));
  }
  void KariPlans() {
    v1::OpenPlanRequest open;
    open.set_participant_id(for_kari_);
    Must(kari_, &v1::PlanService::Stub::Open, open);
    Must(kari_, &v1::PlanService::Stub::AddStep, support::NewStep(for_kari_, "Kurs"));
  }
  // Changes rows behind the server's back, as an older program may have left them.
  void ChangeRows(storage::Sql sql) {
    server_.Stop();
    {
      const auto connection = storage::OpenSqlite(server_.database(), {});
      ASSERT_TRUE(connection.ok()) << connection.status();
      ASSERT_TRUE((*connection)->Begin(true).ok());
      for (const storage::Sql& one : {sql, storage::Sql("COMMIT")}) {
        const auto statement = (*connection)->Prepare(one);
        ASSERT_TRUE(statement.ok()) << statement.status();
        ASSERT_TRUE((*statement)->Step().ok());
        (*statement)->Reset();
      }
    }
    server_.Restart();
    kari_ = server_.As("kari");
    tor_ = server_.As("tor");
  }
  support::TestServer server_;
  client::Client kari_ = server_.As("kari");
  client::Client tor_ = server_.As("tor");
  client::Client amina_ = server_.As("amina");
  const std::string for_kari_ = support::Register(kari_, "amina");
  const std::string for_tor_ = support::Register(tor_, "amina");
};

TEST_F(GroundRuleTest, TheCatalogueSaysWhatItIsUncertainOf) {
  v1::ListLegalBasesRequest request;
  const auto all = Must(amina_, &Stub::ListLegalBases, request);
  *request.mutable_valid_on() = domain::DateOf(Today());
  const auto now = Must(kari_, &Stub::ListLegalBases, request);
  EXPECT_GT(all.legal_bases_size(), now.legal_bases_size());
  std::set<std::string> names;
  int alone = 0;
  for (const v1::LegalBasis& basis : now.legal_bases()) {
    names.insert(basis.law_reference());
    EXPECT_FALSE(basis.meaning_nb().empty() || basis.meaning_en().empty());
    EXPECT_FALSE(basis.uncertain_nb().empty() || basis.uncertain_en().empty())
        << basis.law_reference();
    if (basis.directions_size() > 0) ++alone;
  }
  EXPECT_TRUE(names.contains("integreringsloven § 42"));
  EXPECT_FALSE(names.contains("forvaltningsloven (2025) § 34")) << "not in force";
  EXPECT_LT(alone, now.legal_bases_size()) << "a duty to cooperate lifts no secrecy";
  *request.mutable_valid_on() = DateOf(2025, 12, 31);
  EXPECT_THAT(Must(kari_, &Stub::ListLegalBases, request).legal_bases(), IsEmpty());
}

TEST_F(GroundRuleTest, ALawHasToBeInTheCatalogueAndFit) {
  const v1::Release plan = ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_PLAN});
  v1::RecordLegalBasisRequest request = support::NewLegalBasis(for_kari_, plan);
  const auto fields = [&] {
    return FieldsOf(kari_.Call(&Stub::RecordLegalBasis, request).status());
  };
  request.set_law_reference("integreringsloven § 999");
  EXPECT_THAT(fields(), ElementsAre("law_reference"));
  request.clear_law_version();
  EXPECT_THAT(fields(), ElementsAre("law_reference", "law_version"));
  request = support::NewLegalBasis(for_kari_, plan);
  *request.mutable_law_version() = DateOf(2025, 1, 1);
  EXPECT_THAT(fields(), ElementsAre("law_version"));
  request = support::NewLegalBasis(for_kari_, plan);
  *request.mutable_valid_from() = DateOf(2025, 12, 31);
  EXPECT_THAT(fields(), ElementsAre("law_version")) << "before that version was in force";
  request = support::NewLegalBasis(for_kari_, plan);
  request.set_law_reference("forvaltningsloven (2025) § 34");
  *request.mutable_law_version() = DateOf(2025, 6, 20);
  EXPECT_THAT(fields(), ElementsAre("release.categories[0]", "law_version")) << "not in force";
  request = support::NewLegalBasis(for_kari_, plan);
  request.set_law_reference("NAV-loven § 16");
  EXPECT_THAT(fields(), ElementsAre("release.categories[0]")) << "VO is outside of the office";
  request.set_law_reference("opplæringslova § 24-1 fjerde ledd");
  EXPECT_THAT(fields(), ElementsAre("release.categories[0]")) << "opens nothing alone";
  request = support::NewLegalBasis(for_kari_, plan);
  request.set_purpose(v1::PURPOSE_TILRETTELEGGING);
  EXPECT_THAT(fields(), ElementsAre("release.categories[0]", "law_reference"));
  EXPECT_THAT(List(amina_, "me"), IsEmpty());
  request = support::NewLegalBasis(for_kari_, plan);
  EXPECT_TRUE(kari_.Call(&Stub::RecordLegalBasis, request).ok());
}

TEST_F(GroundRuleTest, NoLawOpensNeedsOrBenefitsAndAConsentOpensThemToVoAlone) {
  for (const v1::Category category :
       {v1::CATEGORY_NEEDS_BARRIERS, v1::CATEGORY_BENEFIT_TYPE_PERIOD}) {
    const v1::Release to_vo = ReleaseOf("nav-statlig", "oslo-vo", {category});
    const v1::Release to_nav = ReleaseOf("oslo-vo", "nav-statlig", {category});
    EXPECT_THAT(FieldsOf(RecordLaw(kari_, for_kari_, to_vo)), ElementsAre("release.categories[0]"));
    EXPECT_THAT(FieldsOf(Give(tor_, for_tor_, to_nav)), ElementsAre("releases[0].categories[0]"));
    EXPECT_TRUE(Give(kari_, for_kari_, to_vo).ok());
  }
  EXPECT_THAT(FieldsOf(Give(kari_, for_kari_,
                            ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_FOLLOWUP_NOTE}))),
              ElementsAre("releases[0].categories[0]"));
}

// A row that an older program took is not opened wider than the rule.
TEST_F(GroundRuleTest, ARowThatNamesTooMuchOpensNoMore) {
  KariMaps(v1::SECTION_KIND_NEEDS_BARRIERS);
  KariMaps(v1::SECTION_KIND_HEALTH_WORK_ABILITY);
  KariMaps(v1::SECTION_KIND_EDUCATION);
  ASSERT_TRUE(
      RecordLaw(kari_, for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_COMPETENCE}))
          .ok());
  ChangeRows("UPDATE ground SET categories = 524286");  // every category there is
  EXPECT_EQ(TorSees(), std::set{v1::SECTION_KIND_EDUCATION});
  ChangeRows("UPDATE ground SET kind = 2");  // by consent
  EXPECT_EQ(TorSees(), (std::set{v1::SECTION_KIND_EDUCATION, v1::SECTION_KIND_NEEDS_BARRIERS}));
  ChangeRows("UPDATE ground SET purpose = 2");
  EXPECT_EQ(TorSees(),
            (std::set{v1::SECTION_KIND_NEEDS_BARRIERS, v1::SECTION_KIND_HEALTH_WORK_ABILITY}));
  ChangeRows("UPDATE ground SET purpose = 99");
  EXPECT_THAT(TorSees(), IsEmpty());
}

// The first and the last day are in Oslo, whole.
TEST_F(GroundRuleTest, AConsentOpensAtMidnightInOsloAndClosesAtMidnight) {
  KariPlans();
  v1::GiveConsentRequest request =
      support::NewConsent(for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_PLAN}));
  *request.mutable_valid_from() = DateOf(2027, 3, 28);  // summer time begins on this day
  *request.mutable_valid_to() = DateOf(2027, 3, 28);
  Must(kari_, &Stub::GiveConsent, request);
  const absl::TimeZone oslo = domain::OsloZone();
  const auto at = [&](int day, int hour, int minute, int second) {
    server_.clock().Set(
        absl::FromCivil(absl::CivilSecond(2027, 3, day, hour, minute, second), oslo));
    return TorSeesThePlan();
  };
  EXPECT_FALSE(at(27, 23, 59, 59));
  EXPECT_TRUE(at(28, 0, 0, 0));
  EXPECT_TRUE(at(28, 23, 59, 59));
  EXPECT_FALSE(at(29, 0, 0, 0));
}

TEST_F(GroundRuleTest, AConsentLastsThreeYearsAtMostAndSaysWhenItEnds) {
  v1::GiveConsentRequest request =
      support::NewConsent(for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_PLAN}));
  const auto given = Must(kari_, &Stub::GiveConsent, request);
  EXPECT_EQ(domain::DayOf(given.grounds(0).valid_to()), domain::AddMonths(Today(), 36));
  EXPECT_FALSE(given.grounds(0).ends_soon());
  *request.mutable_valid_from() = domain::DateOf(domain::AddMonths(Today(), 36) + 1);
  EXPECT_THAT(FieldsOf(kari_.Call(&Stub::GiveConsent, request).status()),
              ElementsAre("valid_from"));
  *request.mutable_valid_from() = domain::DateOf(Today() + 7);
  *request.mutable_valid_to() = domain::DateOf(Today() + 6);
  EXPECT_THAT(FieldsOf(kari_.Call(&Stub::GiveConsent, request).status()), ElementsAre("valid_to"));
  *request.mutable_valid_to() = domain::DateOf(Today() + 60);
  Must(kari_, &Stub::GiveConsent, request);
  std::vector<bool> soon;
  for (const v1::Ground& ground : List(amina_, "me")) soon.push_back(ground.ends_soon());
  EXPECT_THAT(soon, ElementsAre(true, false));
}

TEST_F(GroundRuleTest, AReadingNamesTheGroundThatOpensWhatItShows) {
  KariPlans();
  KariMaps(v1::SECTION_KIND_EDUCATION);
  const auto law = Must(
      kari_, &Stub::RecordLegalBasis,
      support::NewLegalBasis(for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_PLAN})));
  const auto consent =
      Must(kari_, &Stub::GiveConsent,
           support::NewConsent(for_kari_, ReleaseOf("nav-statlig", "oslo-vo",
                                                    {v1::CATEGORY_PLAN, v1::CATEGORY_COMPETENCE})));
  // What the newest act of tor's unit rested on.
  const auto named = [&] {
    v1::ListAccessRequest request;
    request.set_participant_id("me");
    const auto listed = Must(amina_, &v1::AccessLogService::Stub::ListAccess, request);
    for (const v1::AccessAct& act : listed.acts()) {
      if (act.unit() == "vo-rosenhof") {
        return std::vector<std::string>(act.ground_ids().begin(), act.ground_ids().end());
      }
    }
    return std::vector<std::string>();
  };
  tor_ = tor_.WithAct("aaaaaaaa-0000-4000-8000-000000000001");
  EXPECT_TRUE(TorSeesThePlan());
  EXPECT_THAT(named(), ElementsAre(law.ground().ground_id()))
      << "both open the plan; the law lasts longest";
  tor_ = tor_.WithAct("aaaaaaaa-0000-4000-8000-000000000002");
  EXPECT_EQ(TorSees(), std::set{v1::SECTION_KIND_EDUCATION});
  EXPECT_THAT(named(), ElementsAre(consent.grounds(0).ground_id()));
}

// One call that shows things for two purposes has a row of the log for each.
TEST_F(GroundRuleTest, AReadingIsLoggedForThePurposeOfTheGroundThatOpenedIt) {
  KariMaps(v1::SECTION_KIND_HEALTH_WORK_ABILITY);
  KariMaps(v1::SECTION_KIND_EDUCATION);
  v1::GiveConsentRequest consent = support::NewConsent(
      for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_COMPETENCE}));
  Must(kari_, &Stub::GiveConsent, consent);
  *consent.mutable_releases(0) = ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_HEALTH});
  consent.set_purpose(v1::PURPOSE_TILRETTELEGGING);
  consent.mutable_proof()->set_text_id("tilrettelegging");
  Must(kari_, &Stub::GiveConsent, consent);
  EXPECT_EQ(TorSees(),
            (std::set{v1::SECTION_KIND_EDUCATION, v1::SECTION_KIND_HEALTH_WORK_ABILITY}));
  const auto has = [](int64_t mask, v1::Category category) { return (mask >> category & 1) != 0; };
  std::map<int64_t, std::pair<bool, bool>> shown;  // competence and health, by purpose
  support::LeftBehind left(server_);
  left.Each("SELECT purpose, shown_through FROM access_log WHERE ground_key <> 0 ORDER BY position",
            {}, [&](const storage::Row& row) {
              EXPECT_FALSE(shown.contains(row.Int64(0))) << "two rows for " << row.Int64(0);
              shown[row.Int64(0)] = {has(row.Int64(1), v1::CATEGORY_COMPETENCE),
                                     has(row.Int64(1), v1::CATEGORY_HEALTH)};
            });
  EXPECT_THAT(shown, ElementsAre(Pair(v1::PURPOSE_SAMORDNET_KVALIFISERING, Pair(true, false)),
                                 Pair(v1::PURPOSE_TILRETTELEGGING, Pair(false, true))));
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM access_log WHERE ground_key = 0 AND purpose <> 1"),
            0);
}

TEST_F(GroundRuleTest, AConsentBesideALawEndsWhenItIsWithdrawnAndNeverBecomesALaw) {
  KariMaps(v1::SECTION_KIND_NEEDS_BARRIERS);
  v1::GiveConsentRequest request = support::NewConsent(
      for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_NEEDS_BARRIERS}));
  request.set_law_reference("NAV-loven § 15 a");
  EXPECT_THAT(FieldsOf(kari_.Call(&Stub::GiveConsent, request).status()),
              ElementsAre("law_version"));
  *request.mutable_law_version() = DateOf(2026, 1, 1);
  const v1::Ground ground = Must(kari_, &Stub::GiveConsent, request).grounds(0);
  EXPECT_EQ(ground.kind(), v1::GROUND_KIND_LOV_OG_SAMTYKKE);
  EXPECT_EQ(ground.law_reference(), "NAV-loven § 15 a");
  EXPECT_TRUE(ground.has_proof());
  EXPECT_EQ(TorSees(), std::set{v1::SECTION_KIND_NEEDS_BARRIERS});
  v1::EndLegalBasisRequest end;
  end.set_participant_id(for_kari_);
  end.set_ground_id(ground.ground_id());
  EXPECT_EQ(kari_.Call(&Stub::EndLegalBasis, end).status().code(), absl::StatusCode::kNotFound);
  for (int time = 0; time < 2; ++time) {  // withdrawing twice is fine
    Must(tor_, &Stub::WithdrawConsent, support::NewWithdrawal(for_tor_));
    EXPECT_THAT(TorSees(), IsEmpty());
  }
  const std::vector<v1::Ground> left = List(amina_, "me");
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].kind(), v1::GROUND_KIND_LOV_OG_SAMTYKKE);
  EXPECT_EQ(left[0].state(), v1::GROUND_STATE_ENDED);
  request.clear_law_reference();
  EXPECT_THAT(FieldsOf(kari_.Call(&Stub::GiveConsent, request).status()),
              ElementsAre("law_version"));
}

TEST_F(GroundRuleTest, WithdrawingTwiceAnswersAlikeAndChangesNothing) {
  ASSERT_TRUE(
      Give(kari_, for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_PLAN})).ok());
  const auto first = Must(tor_, &Stub::WithdrawConsent, support::NewWithdrawal(for_tor_));
  const std::vector<v1::Ground> ended = List(amina_, "me");
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_EQ(ended[0].state(), v1::GROUND_STATE_ENDED);
  server_.clock().Advance(absl::Hours(1));
  v1::WithdrawConsentRequest otherwise = support::NewWithdrawal(for_tor_);
  otherwise.set_channel(v1::WITHDRAWAL_CHANNEL_PAPER);
  const auto second = Must(tor_, &Stub::WithdrawConsent, otherwise);
  EXPECT_EQ(second.ByteSizeLong(), first.ByteSizeLong());
  const std::vector<v1::Ground> still = List(amina_, "me");
  ASSERT_EQ(still.size(), 1u);
  EXPECT_EQ(still[0].SerializeAsString(), ended[0].SerializeAsString()) << "when and how it ended";
  support::LeftBehind left(server_);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM journal WHERE subject = $1",
                        {static_cast<int64_t>(storage::JournalSubject::kGround)}),
            2)
      << "given, and withdrawn once";
}

TEST_F(GroundRuleTest, WhatTwoGroundsOpenStaysOpenWhenOneOfThemEnds) {
  KariPlans();
  const v1::Release plan = ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_PLAN});
  const auto law =
      Must(kari_, &Stub::RecordLegalBasis, support::NewLegalBasis(for_kari_, plan)).ground();
  ASSERT_TRUE(Give(kari_, for_kari_, plan).ok());
  v1::EndLegalBasisRequest end;
  end.set_participant_id(for_kari_);
  end.set_ground_id(law.ground_id());
  Must(kari_, &Stub::EndLegalBasis, end);
  EXPECT_TRUE(TorSeesThePlan()) << "the consent opens it";
  Must(kari_, &Stub::RecordLegalBasis, support::NewLegalBasis(for_kari_, plan));
  Must(tor_, &Stub::WithdrawConsent, support::NewWithdrawal(for_tor_));
  EXPECT_TRUE(TorSeesThePlan()) << "a law does not end with a consent";
}

TEST_F(GroundRuleTest, PeriodsThatOverlapOpenFromTheFirstDayToTheLast) {
  KariPlans();
  const int32_t today = Today();
  v1::GiveConsentRequest request =
      support::NewConsent(for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_PLAN}));
  for (const auto& [from, to] : {std::pair(1, 10), std::pair(6, 20)}) {
    *request.mutable_valid_from() = domain::DateOf(today + from);
    *request.mutable_valid_to() = domain::DateOf(today + to);
    Must(kari_, &Stub::GiveConsent, request);
  }
  std::vector<int> open;
  for (int day = 0; day <= 22; ++day) {
    if (TorSeesThePlan()) open.push_back(day);
    server_.clock().Advance(absl::Hours(24));
  }
  std::vector<int> expected(20);
  std::iota(expected.begin(), expected.end(), 1);
  EXPECT_EQ(open, expected);
}

TEST_F(GroundRuleTest, APeriodThatEndsBeforeItBeginsIsRefusedAndKeepsNothing) {
  const v1::Release plan = ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_PLAN});
  v1::RecordLegalBasisRequest law = support::NewLegalBasis(for_kari_, plan);
  *law.mutable_valid_from() = domain::DateOf(Today() + 7);
  *law.mutable_valid_to() = domain::DateOf(Today() + 6);
  EXPECT_THAT(FieldsOf(kari_.Call(&Stub::RecordLegalBasis, law).status()), ElementsAre("valid_to"));
  v1::GiveConsentRequest consent = support::NewConsent(for_kari_, plan);
  *consent.mutable_valid_from() = law.valid_from();
  *consent.mutable_valid_to() = law.valid_to();
  EXPECT_THAT(FieldsOf(kari_.Call(&Stub::GiveConsent, consent).status()), ElementsAre("valid_to"));
  EXPECT_THAT(List(amina_, "me"), IsEmpty());
  *law.mutable_valid_to() = law.valid_from();
  EXPECT_TRUE(kari_.Call(&Stub::RecordLegalBasis, law).ok()) << "one day is a period";
}

TEST_F(GroundRuleTest, AConsentForAPurposeThatTheTextDoesNotNameIsRefused) {
  v1::GiveConsentRequest request =
      support::NewConsent(for_kari_, ReleaseOf("nav-statlig", "oslo-vo", {v1::CATEGORY_HEALTH}));
  request.set_purpose(v1::PURPOSE_TILRETTELEGGING);
  EXPECT_THAT(FieldsOf(kari_.Call(&Stub::GiveConsent, request).status()), ElementsAre("purpose"));
  request.mutable_proof()->set_text_id("tilrettelegging");
  EXPECT_TRUE(kari_.Call(&Stub::GiveConsent, request).ok());
  request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  EXPECT_THAT(FieldsOf(kari_.Call(&Stub::GiveConsent, request).status()),
              ElementsAre("purpose", "releases[0].categories[0]"));
}

// Nobody fills a case with grounds; and what waits elsewhere tells nothing when it is over.
TEST_F(GroundRuleTest, AUnitRegistersNoMoreThanFiveHundredInADirection) {
  const auto fill = [&](const std::string& from, const std::string& to) {
    v1::GiveConsentRequest request =
        support::NewConsent(for_kari_, ReleaseOf(from, to, {v1::CATEGORY_PLAN}));
    while (request.releases_size() < 10) *request.add_releases() = request.releases(0);
    for (int i = 0; i < 50; ++i) Must(kari_, &Stub::GiveConsent, request);
    return request;
  };
  const v1::GiveConsentRequest own = fill("nav-statlig", "oslo-vo");
  EXPECT_EQ(ReasonOf(kari_.Call(&Stub::GiveConsent, own).status()), "TOO_MANY_GROUNDS");
  const v1::GiveConsentRequest theirs = fill("oslo-vo", "nav-statlig");
  EXPECT_EQ(ReasonOf(kari_.Call(&Stub::GiveConsent, theirs).status()), "TOO_MANY_GROUNDS");
  Must(tor_, &Stub::WithdrawConsent, support::NewWithdrawal(for_tor_));
  EXPECT_TRUE(kari_.Call(&Stub::GiveConsent, own).ok()) << "the own ones were ended";
  EXPECT_EQ(ReasonOf(kari_.Call(&Stub::GiveConsent, theirs).status()), "TOO_MANY_GROUNDS")
      << "that VO's were ended is not told";
}

}  // namespace
}  // namespace navo
