#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "clients/cpp/status.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "tests/services/kartlegging_fixture.h"
#include "tests/support/rich_case.h"

// The kinds of kartlegging: who sees which, and what each may hold.
namespace navo {
namespace {

using client::Client;
using support::ContentOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr v1::SectionKind kUnitsOwn[] = {v1::SECTION_KIND_NEEDS_BARRIERS,
                                         v1::SECTION_KIND_BENEFIT_TYPE_PERIOD,
                                         v1::SECTION_KIND_HEALTH_WORK_ABILITY};

std::set<v1::SectionKind> EveryKind() {
  std::set<v1::SectionKind> kinds;
  for (int kind = v1::SectionKind_MIN + 1; kind <= v1::SectionKind_MAX; ++kind) {
    kinds.insert(static_cast<v1::SectionKind>(kind));
  }
  return kinds;
}

class KartleggingKindsTest : public KartleggingFixture {
 protected:
  v1::Section RecordKind(const Client& caller, const std::string& id, v1::SectionKind kind,
                         const std::string& mark) {
    return Recorded(caller, support::NewSection(id, ContentOf(kind, mark)));
  }
  void RecordAll(const Client& caller, const std::string& id) {
    for (const v1::SectionKind kind : EveryKind()) RecordKind(caller, id, kind, "hos NAV");
  }
  // The kinds of which the caller is shown something.
  std::set<v1::SectionKind> Shown(const Client& caller, const std::string& id) {
    std::set<v1::SectionKind> kinds;
    const v1::GetKartleggingResponse picture = Get(caller, id);
    for (const v1::KindPicture& kind : picture.kinds()) {
      EXPECT_EQ(kind.freshness() == v1::FRESHNESS_MISSING, kind.sections().empty());
      if (!kind.sections().empty()) kinds.insert(kind.kind());
    }
    return kinds;
  }
  // The categories that another controller is said to withhold.
  std::multiset<v1::Category> Marked(const Client& caller, const std::string& id) {
    std::multiset<v1::Category> categories;
    const v1::GetKartleggingResponse picture = Get(caller, id);
    for (const v1::Withheld& marker : picture.withheld()) {
      if (marker.reason() != v1::WITHHELD_REASON_SHARING_NOT_OPEN) {
        categories.insert(marker.category());
      }
    }
    return categories;
  }
  // NAV's data of these categories to VO.
  void Open(const std::vector<v1::Category>& categories) {
    v1::Release release;
    release.set_from_controller("nav-statlig");
    release.set_to_controller("oslo-vo");
    release.add_categories(v1::CATEGORY_EXISTENCE);
    for (const v1::Category category : categories) release.add_categories(category);
    support::Must(kari_, &v1::ConsentService::Stub::GiveConsent,
                  support::NewConsent(kari_id_, release));
  }
  Client per_ = SignIn("per");
  std::string per_id_ = support::Register(per_, "amina");
};

TEST_F(KartleggingKindsTest, AColleagueOfAnotherUnitSeesWhatIsTheControllersAndTheParticipantAll) {
  RecordAll(kari_, kari_id_);
  EXPECT_EQ(Shown(kari_, kari_id_), EveryKind());
  EXPECT_EQ(Shown(server_.As("amina"), "me"), EveryKind());
  std::set<v1::SectionKind> shared = EveryKind();
  for (const v1::SectionKind kind : kUnitsOwn) shared.erase(kind);
  EXPECT_EQ(Shown(per_, per_id_), shared);
}

TEST_F(KartleggingKindsTest, AnotherControllerSeesTheKindsOfTheCategoriesAGroundNames) {
  RecordAll(kari_, kari_id_);
  EXPECT_THAT(Shown(tor_, tor_id_), IsEmpty());
  EXPECT_THAT(Marked(tor_, tor_id_), IsEmpty());
  Open({});
  EXPECT_THAT(Shown(tor_, tor_id_), IsEmpty());
  EXPECT_THAT(Marked(tor_, tor_id_),
              UnorderedElementsAre(v1::CATEGORY_COMPETENCE, v1::CATEGORY_LANGUAGE,
                                   v1::CATEGORY_GOALS, v1::CATEGORY_DIGITAL_SKILLS,
                                   v1::CATEGORY_BASIC_SKILLS, v1::CATEGORY_NEEDS_BARRIERS,
                                   v1::CATEGORY_BENEFIT_TYPE_PERIOD, v1::CATEGORY_HEALTH));
  std::set<v1::SectionKind> expected;
  const auto open = [&](v1::Category category, const std::set<v1::SectionKind>& kinds) {
    Open({category});
    expected.insert(kinds.begin(), kinds.end());
    EXPECT_EQ(Shown(tor_, tor_id_), expected) << v1::Category_Name(category);
    EXPECT_EQ(Marked(tor_, tor_id_).count(category), 0u);
  };
  open(v1::CATEGORY_COMPETENCE, {v1::SECTION_KIND_EDUCATION, v1::SECTION_KIND_WORK_EXPERIENCE,
                                 v1::SECTION_KIND_UFORMELL_KOMPETANSE});
  open(v1::CATEGORY_DIGITAL_SKILLS, {v1::SECTION_KIND_DIGITALE_FERDIGHETER});
  open(v1::CATEGORY_BASIC_SKILLS, {v1::SECTION_KIND_GRUNNLEGGENDE_FERDIGHETER});
  open(v1::CATEGORY_NEEDS_BARRIERS, {v1::SECTION_KIND_NEEDS_BARRIERS});
  open(v1::CATEGORY_BENEFIT_TYPE_PERIOD, {v1::SECTION_KIND_BENEFIT_TYPE_PERIOD});
  open(v1::CATEGORY_LANGUAGE, {v1::SECTION_KIND_LANGUAGES});
  open(v1::CATEGORY_GOALS, {v1::SECTION_KIND_GOALS_INTERESTS});
  EXPECT_THAT(Marked(tor_, tor_id_), ElementsAre(v1::CATEGORY_HEALTH));
}

TEST_F(KartleggingKindsTest, HealthTakesAConsentForItsOwnPurpose) {
  RecordAll(kari_, kari_id_);
  Open({v1::CATEGORY_COMPETENCE});
  const std::set<v1::SectionKind> coordinated = Shown(tor_, tor_id_);
  v1::Release release;
  release.set_from_controller("nav-statlig");
  release.set_to_controller("oslo-vo");
  release.add_categories(v1::CATEGORY_HEALTH);
  v1::GiveConsentRequest request = support::NewConsent(kari_id_, release);
  const auto give = [&] {
    return kari_.Call(&v1::ConsentService::Stub::GiveConsent, request).status();
  };
  EXPECT_EQ(support::ReasonOf(give()), "INVALID_FIELDS") << "for joint qualification";
  request.set_purpose(v1::PURPOSE_TILRETTELEGGING);
  EXPECT_EQ(support::ReasonOf(give()), "INVALID_FIELDS") << "the text names another purpose";
  request.mutable_proof()->set_text_id("tilrettelegging");
  EXPECT_TRUE(give().ok());
  std::set<v1::SectionKind> both = coordinated;
  both.insert(v1::SECTION_KIND_HEALTH_WORK_ABILITY);
  EXPECT_EQ(Shown(tor_, tor_id_), both);
  support::Must(tor_, &v1::ConsentService::Stub::WithdrawConsent, support::NewWithdrawal(tor_id_));
  EXPECT_EQ(Shown(tor_, tor_id_), std::set{v1::SECTION_KIND_HEALTH_WORK_ABILITY});
  v1::WithdrawConsentRequest withdrawal = support::NewWithdrawal(tor_id_);
  withdrawal.set_purpose(v1::PURPOSE_TILRETTELEGGING);
  support::Must(tor_, &v1::ConsentService::Stub::WithdrawConsent, withdrawal);
  EXPECT_THAT(Shown(tor_, tor_id_), IsEmpty());
}

TEST_F(KartleggingKindsTest, TwoUnitsOfAControllerKeepWhatIsTheirsApart) {
  for (const v1::SectionKind kind : kUnitsOwn) {
    SCOPED_TRACE(v1::SectionKind_Name(kind));
    const v1::GetKartleggingResponse before = Get(per_, per_id_);
    const v1::Section karis = RecordKind(kari_, kari_id_, kind, "Grorud");
    v1::GetKartleggingResponse after = Get(per_, per_id_);
    after.set_revision(before.revision());
    EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
    EXPECT_TRUE(absl::IsNotFound(Versions(per_, per_id_, karis.section_id()).status()));
    EXPECT_TRUE(absl::IsNotFound(Confirm(per_, per_id_, karis.section_id()).status()));

    const v1::Section pers = RecordKind(per_, per_id_, kind, "Stovner");
    EXPECT_EQ(pers.version(), 1);
    EXPECT_NE(pers.section_id(), karis.section_id());
    const v1::KindPicture seen = Of(Get(per_, per_id_), kind);
    ASSERT_EQ(seen.sections_size(), 1);
    EXPECT_EQ(seen.sections(0).section_id(), pers.section_id());
    const v1::KindPicture kept = Of(Get(kari_, kari_id_), kind);
    ASSERT_EQ(kept.sections_size(), 1);
    EXPECT_EQ(kept.sections(0).SerializeAsString(), karis.SerializeAsString());
    EXPECT_EQ(Of(Get(server_.As("amina"), "me"), kind).sections_size(), 2);
    v1::RecordSectionRequest again = support::NewSection(per_id_, ContentOf(kind, "igjen"));
    EXPECT_EQ(support::ReasonOf(Record(per_, again).status()), "ETAG_MISSING");
    again.set_etag(karis.etag());
    EXPECT_EQ(support::ReasonOf(Record(per_, again).status()), "STALE_ETAG");
    again.set_etag(pers.etag());
    EXPECT_EQ(Recorded(per_, again).version(), 2);
  }
  EXPECT_THAT(Counted(), IsEmpty());
}

TEST_F(KartleggingKindsTest, AlreadyMappedTellsOnlyOfWhatAGroundOpens) {
  for (const v1::SectionKind kind : kUnitsOwn) RecordKind(kari_, kari_id_, kind, "hos NAV");
  Open({v1::CATEGORY_BENEFIT_TYPE_PERIOD});
  RecordKind(tor_, tor_id_, v1::SECTION_KIND_NEEDS_BARRIERS, "hos VO");
  EXPECT_THAT(Counted(), ElementsAre(kUnknowing));
  // What VO has mapped no ground would have told NAV.
  RecordKind(per_, per_id_, v1::SECTION_KIND_NEEDS_BARRIERS, "på Stovner");
  EXPECT_THAT(Counted(), ElementsAre(kUnknowing));
  const v1::RecordSectionRequest known =
      support::NewSection(tor_id_, ContentOf(v1::SECTION_KIND_BENEFIT_TYPE_PERIOD, "hos VO"));
  EXPECT_EQ(support::ReasonOf(Record(tor_, known).status()), "ALREADY_MAPPED");
}

TEST_F(KartleggingKindsTest, UnitsConfirmWithoutMeetingEachOther) {
  const v1::Section needs = RecordKind(kari_, kari_id_, v1::SECTION_KIND_NEEDS_BARRIERS, "hos NAV");
  Open({v1::CATEGORY_NEEDS_BARRIERS});
  const Client eva = SignIn("eva");
  const std::string eva_id = support::Register(eva, "amina");
  ASSERT_TRUE(Confirm(tor_, tor_id_, needs.section_id()).ok());
  ASSERT_TRUE(Confirm(eva, eva_id, needs.section_id()).ok());
  const auto confirmed_by = [&](const Client& caller, const std::string& id) {
    std::vector<std::string> units;
    const v1::KindPicture kind = Of(Get(caller, id), v1::SECTION_KIND_NEEDS_BARRIERS);
    for (const v1::Provenance& by : kind.sections(0).confirmations()) units.push_back(by.unit());
    return units;
  };
  EXPECT_THAT(confirmed_by(tor_, tor_id_), ElementsAre("vo-rosenhof"));
  EXPECT_THAT(confirmed_by(eva, eva_id), ElementsAre("vo-helsfyr"));
  EXPECT_THAT(confirmed_by(kari_, kari_id_), IsEmpty());
  EXPECT_THAT(confirmed_by(server_.As("amina"), "me"),
              UnorderedElementsAre("vo-rosenhof", "vo-helsfyr"));
}

TEST_F(KartleggingKindsTest, TheLogNamesTheCategoriesThatWereShown) {
  RecordAll(kari_, kari_id_);
  Open({v1::CATEGORY_NEEDS_BARRIERS, v1::CATEGORY_BASIC_SKILLS});
  Get(tor_, tor_id_);
  v1::ListAccessRequest request;
  request.set_participant_id("me");
  const auto listed = server_.As("amina").Call(&v1::AccessLogService::Stub::ListAccess, request);
  ASSERT_TRUE(listed.ok()) << listed.status();
  for (const v1::AccessAct& act : listed->acts()) {
    if (act.unit() != "vo-rosenhof" || act.shown().empty()) continue;
    EXPECT_THAT(act.shown(), ElementsAre(v1::CATEGORY_BASIC_SKILLS, v1::CATEGORY_NEEDS_BARRIERS));
    EXPECT_THAT(act.withheld(), ElementsAre(v1::CATEGORY_GOALS, v1::CATEGORY_COMPETENCE,
                                            v1::CATEGORY_LANGUAGE, v1::CATEGORY_DIGITAL_SKILLS,
                                            v1::CATEGORY_HEALTH, v1::CATEGORY_BENEFIT_TYPE_PERIOD));
    return;
  }
  FAIL() << "no act of VO Rosenhof";
}

TEST_F(KartleggingKindsTest, EveryWrongFieldOfEachKindIsNamed) {
  const auto fields_of = [&](const std::string& text) {
    v1::SectionContent content;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &content)) << text;
    const absl::Status refused = Record(kari_, support::NewSection(kari_id_, content)).status();
    EXPECT_EQ(support::ReasonOf(refused), "INVALID_FIELDS") << refused;
    std::vector<std::string> fields;
    const google::rpc::BadRequest wrong = client::GetBadRequest(refused);
    for (const auto& violation : wrong.field_violations()) {
      fields.push_back(violation.field().substr(violation.field().find('.', 8) + 1));
    }
    return fields;
  };
  EXPECT_THAT(fields_of(R"(work_experience { items { occupation: "5399" country: "ZZ"
                  from { year: 2015 month: 13 } to { year: 1899 month: 1 } sector: 9
                  extent_percent: 101 evidence: 9 }
                  items { title: "x" from { year: 2015 month: 3 } to { year: 2015 month: 2 } }
                  items { country: "SO" } })"),
              ElementsAre("items[0].occupation", "items[0].country", "items[0].from.month",
                          "items[0].to.year", "items[0].sector", "items[0].extent_percent",
                          "items[0].evidence", "items[1].to", "items[2].occupation"));
  EXPECT_THAT(fields_of(R"(uformell_kompetanse { items { occupation: "x" context: 9 years: 81
                  evidence: 9 evidence_text: "a\001" verifier: 9 }
                  items { what: "Syr" verified_on { year: 2026 month: 1 day: 1 } }
                  items { what: "Syr" verifier: COMPETENCE_VERIFIER_LAERER
                          verified_on { year: 2100 month: 1 day: 1 } } })"),
              ElementsAre("items[0].what", "items[0].occupation", "items[0].context",
                          "items[0].years", "items[0].evidence", "items[0].evidence_text",
                          "items[0].verifier", "items[1].verified_on", "items[2].verified_on"));
  EXPECT_THAT(fields_of("digitale_ferdigheter { carried_out { year: 2100 month: 1 day: 1 } }"),
              ElementsAre("carried_out"));
  EXPECT_THAT(fields_of(R"(digitale_ferdigheter { levels { code: "6" level: 9 band: 9 }
                  levels { code: "1.1" } levels { code: "1.1" level: 3 band: 1 }
                  instrument: DIGITAL_INSTRUMENT_ANNET carried_out { year: 2026 month: 2 day: 30 }
                  user_class: 9 })"),
              ElementsAre("levels[0].code", "levels[0].level", "levels[0].band", "levels[1].level",
                          "levels[2].band", "levels[2].code", "instrument_name", "carried_out",
                          "user_class"));
  EXPECT_THAT(fields_of(R"(grunnleggende_ferdigheter { skills { skill: 9 level: 9 language: "x" }
                  skills { skill: BASIC_SKILL_KIND_LESING level: BASIC_SKILL_LEVEL_NIVAA_1 }
                  skills { skill: BASIC_SKILL_KIND_REGNING level: BASIC_SKILL_LEVEL_NIVAA_1 }
                  skills { skill: BASIC_SKILL_KIND_REGNING } })"),
              ElementsAre("skills[0].skill", "skills[0].level", "skills[0].language",
                          "skills[1].language", "skills[3].level", "skills[3].skill"));
  EXPECT_THAT(fields_of(R"(needs_barriers { needs { category: NEED_CATEGORY_BOLIG }
                  needs { category: NEED_CATEGORY_BOLIG state: 9 }
                  needs { category: NEED_CATEGORY_INGEN } needs {} needs { category: 99 } })"),
              ElementsAre("needs[1].category", "needs[1].state", "needs[2].category",
                          "needs[3].category", "needs[4].category"));
  EXPECT_THAT(fields_of(R"(benefit_type_period { periods { }
                  periods { type: BENEFIT_TYPE_AAP from_date { year: 2026 month: 2 day: 1 }
                            to_date { year: 2026 month: 1 day: 1 } }
                  periods { type: 99 from_date { year: 2026 } } })"),
              ElementsAre("periods[0].type", "periods[1].to_date", "periods[2].type",
                          "periods[2].from_date"));
  EXPECT_THAT(fields_of(R"(health_work_ability { work_ability: 9 weekly_hours: 41
                  adaptations: ADAPTATION_REDUSERT_TID adaptations: ADAPTATION_REDUSERT_TID
                  adaptations: 99 review_date { day: 1 } })"),
              ElementsAre("work_ability", "weekly_hours", "adaptations[1]", "adaptations[2]",
                          "review_date"));
}

class CodesTest : public KartleggingFixture {
 protected:
  absl::StatusOr<v1::ListCodesResponse> List(const std::string& text) {
    v1::ListCodesRequest request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
    return kari_.Call(&Kartlegging::ListCodes, request);
  }
  std::vector<std::string> Codes(const std::string& text) {
    const auto listed = List(text);
    EXPECT_TRUE(listed.ok()) << listed.status();
    std::vector<std::string> codes;
    if (!listed.ok()) return codes;
    for (const v1::Code& code : listed->codes()) codes.push_back(code.code());
    return codes;
  }
};

TEST_F(CodesTest, AreFoundByParentWordAndCode) {
  EXPECT_THAT(Codes("list: CODE_LIST_STYRK08 parent: '53'"), ElementsAre("531", "532"));
  EXPECT_THAT(Codes("list: CODE_LIST_STYRK08 search: 'HELSEFAG'"), ElementsAre("5321"));
  EXPECT_THAT(Codes("list: CODE_LIST_STYRK08 search: '532'"),
              ElementsAre("532", "5321", "5322", "5329"));
  EXPECT_THAT(Codes("list: CODE_LIST_LANGUAGE search: 'tigrin'"), ElementsAre("ti"));
  EXPECT_THAT(Codes("list: CODE_LIST_LANGUAGE search: 'Sorani'"), ElementsAre("ckb"));
  EXPECT_THAT(Codes("list: CODE_LIST_LANGUAGE search: 'NORTHERN KURDISH'"), ElementsAre("kmr"));
  EXPECT_THAT(Codes("list: CODE_LIST_COUNTRY codes: 'SY' codes: 'ER' codes: 'ZZ'"),
              ElementsAre("ER", "SY"));
  EXPECT_THAT(Codes("list: CODE_LIST_DIGCOMP parent: '5'"),
              ElementsAre("5.1", "5.2", "5.3", "5.4"));
  EXPECT_THAT(Codes("list: CODE_LIST_NUS2000_LEVEL search: 'forsker'"), ElementsAre("8"));
  EXPECT_THAT(Codes("list: CODE_LIST_STYRK08 search: 'finnes ikke'"), IsEmpty());
  const auto listed = List("list: CODE_LIST_COUNTRY codes: 'DE'");
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->codes(0).name_en(), "Germany");
  EXPECT_NE(listed->source(), "");
}

TEST_F(CodesTest, ComeInPagesThatBelongToTheirRequest) {
  std::set<std::string> all;
  std::string token;
  int pages = 0;
  do {
    const auto page = List("list: CODE_LIST_STYRK08 page_size: 200 page_token: '" + token + "'");
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Code& code : page->codes()) EXPECT_TRUE(all.insert(code.code()).second);
    token = page->next_page_token();
    ++pages;
  } while (!token.empty());
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(all.size(), 582u);
  const auto first = List("list: CODE_LIST_STYRK08 page_size: 1");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(
      support::ReasonOf(
          List("list: CODE_LIST_COUNTRY page_token: '" + first->next_page_token() + "'").status()),
      "PAGE_TOKEN_INVALID");
}

TEST_F(CodesTest, EveryWrongFieldIsNamed) {
  const absl::Status refused = List(
                                   "list: 9 parent: '123456789012345678901' search: '\\001'"
                                   " codes: 'a' codes: '\\002' page_size: 201")
                                   .status();
  std::vector<std::string> fields;
  const google::rpc::BadRequest wrong = client::GetBadRequest(refused);
  for (const auto& violation : wrong.field_violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields, ElementsAre("list", "parent", "search", "codes[1]", "page_size"));
  EXPECT_EQ(support::ReasonOf(List("").status()), "INVALID_FIELDS");
}

}  // namespace
}  // namespace navo
