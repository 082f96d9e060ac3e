#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "clients/cpp/status.h"
#include "services/access/categories.h"
#include "tests/services/kartlegging_fixture.h"

// Kartlegging over a real server: nobody is mapped twice by accident, and nobody learns from that.
namespace navo {
namespace {

using client::Client;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class KartleggingServiceTest : public KartleggingFixture {};

TEST_F(KartleggingServiceTest, KindsHaveCategoryAgeAndNames) {
  const auto listed = kari_.Call(&Kartlegging::ListKinds, v1::ListKindsRequest());
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->kinds_size(), v1::SectionKind_MAX);
  std::set<v1::SectionKind> kinds;
  for (const v1::KindDescription& kind : listed->kinds()) {
    EXPECT_TRUE(kinds.insert(kind.kind()).second);
    EXPECT_EQ(kind.category(), storage::CategoryOf(kind.kind()));
    EXPECT_EQ(kind.fresh_months(), 12);
    EXPECT_NE(kind.name_nb(), "");
    EXPECT_NE(kind.name_en(), "");
    EXPECT_EQ(kind.own_unit_only(), access::kOwnUnitOnly.Has(kind.category()));
  }
  EXPECT_EQ(listed->kinds(0).kind(), v1::SECTION_KIND_EDUCATION);
  EXPECT_EQ(listed->kinds(9).kind(), v1::SECTION_KIND_HEALTH_WORK_ABILITY);
  EXPECT_EQ(listed->kinds(9).category(), v1::CATEGORY_HEALTH);
  EXPECT_EQ(listed->kinds(6).name_nb(), "Mål og interesser");
  EXPECT_EQ(listed->kinds(6).name_en(), "Goals and interests");
}

TEST_F(KartleggingServiceTest, WhatIsFreshOnTheOtherSideIsConfirmedInsteadOfMappedAgain) {
  const v1::Section section = Recorded(kari_, Education(kari_id_, 12));
  EXPECT_EQ(section.content().education().items(0).country(), "SO");
  EXPECT_EQ(section.freshness(), v1::FRESHNESS_FRESH);
  EXPECT_EQ(section.version(), 1);
  Consent();
  server_.clock().Advance(absl::Hours(24 * 30));

  const absl::Status refused = Record(tor_, Education(tor_id_, 11)).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(support::ReasonOf(refused), "ALREADY_MAPPED");
  EXPECT_EQ(client::ReasonMetadata(refused, "section_id"), section.section_id());
  EXPECT_EQ(client::ReasonMetadata(refused, "controller"), "nav-statlig");
  EXPECT_EQ(client::ReasonMetadata(refused, "unit"), "nav-grorud-statlig");
  EXPECT_EQ(client::ReasonMetadata(refused, "unit_name"), "NAV Grorud, statlig linje");
  EXPECT_EQ(client::ReasonMetadata(refused, "recorded_day"), "2026-11-02");
  EXPECT_EQ(client::ReasonMetadata(refused, "confirmed_day"), "");
  EXPECT_EQ(client::ReasonMetadata(refused, "how"), "confirm");

  const auto confirmed = Confirm(tor_, tor_id_, section.section_id());
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_EQ(confirmed->confirmation().controller(), "oslo-vo");
  EXPECT_EQ(confirmed->confirmation().role(), v1::ROLE_LAERER);
  EXPECT_THAT(Counted(), ElementsAre(kAvoided));

  const v1::GetKartleggingResponse picture = Get(kari_, kari_id_);
  ASSERT_EQ(picture.kinds(0).sections_size(), 1);
  const v1::Section& seen = picture.kinds(0).sections(0);
  ASSERT_EQ(seen.confirmations_size(), 1);
  EXPECT_EQ(seen.confirmations(0).unit(), "vo-rosenhof");
  EXPECT_EQ(seen.confirmations(0).recorded_by(), "");
  EXPECT_EQ(seen.last_confirmed().seconds(), absl::ToUnixSeconds(server_.clock().Now()));
  EXPECT_EQ(Of(picture, v1::SECTION_KIND_LANGUAGES).freshness(), v1::FRESHNESS_MISSING);
  EXPECT_EQ(client::ReasonMetadata(Record(tor_, Education(tor_id_, 11)).status(), "confirmed_day"),
            "2026-12-02");
}

TEST_F(KartleggingServiceTest, AReasonMapsAgainAndIsCounted) {
  Recorded(kari_, Education(kari_id_, 12));
  Consent();
  v1::RecordSectionRequest again = Education(tor_id_, 11);
  again.set_duplicate_reason(v1::DUPLICATE_REASON_WRONG);
  Recorded(tor_, again);
  EXPECT_THAT(Counted(), ElementsAre(kChosen));
  server_.clock().Advance(absl::Hours(1));
  const v1::GetKartleggingResponse picture = Get(kari_, kari_id_);
  ASSERT_EQ(picture.kinds(0).sections_size(), 2);
  // Side by side; an etag stands on the own one alone.
  for (const v1::Section& section : picture.kinds(0).sections()) {
    const bool own = section.provenance().controller() == "nav-statlig";
    EXPECT_EQ(section.content().education().school_years(), own ? 12 : 11);
    EXPECT_EQ(section.etag().empty(), !own);
  }
}

TEST_F(KartleggingServiceTest, WhatOnlyAMissingGroundHidesIsMappedAgainUnknowing) {
  const v1::GetKartleggingResponse before = Get(tor_, tor_id_);
  const v1::Section hidden = Recorded(kari_, Education(kari_id_, 12));
  v1::GetKartleggingResponse after = Get(tor_, tor_id_);
  after.set_revision(before.revision());
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(after.kinds(0).freshness(), v1::FRESHNESS_MISSING);

  const v1::Section own = Recorded(tor_, Education(tor_id_, 11));
  EXPECT_EQ(own.version(), 1);
  EXPECT_THAT(Counted(), ElementsAre(kUnknowing));
  const absl::Status confirmed = Confirm(tor_, tor_id_, hidden.section_id()).status();
  EXPECT_EQ(confirmed.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(confirmed, Confirm(tor_, tor_id_, "00000000-0000-4000-8000-000000000000").status());
  EXPECT_EQ(confirmed, Versions(tor_, tor_id_, hidden.section_id()).status());
  const v1::GetKartleggingResponse alone = Get(tor_, tor_id_);
  ASSERT_EQ(alone.kinds(0).sections_size(), 1);
  EXPECT_EQ(alone.kinds(0).sections(0).section_id(), own.section_id());
}

TEST_F(KartleggingServiceTest, WhatIsOldIsMappedAgainWithoutAReason) {
  Recorded(kari_, Education(kari_id_, 12));
  Consent();
  server_.clock().Set(absl::FromCivil(absl::CivilHour(2027, 11, 2, 12), absl::UTCTimeZone()));
  tor_ = SignIn("tor");
  EXPECT_EQ(Get(tor_, tor_id_).kinds(0).freshness(), v1::FRESHNESS_FRESH);
  EXPECT_EQ(support::ReasonOf(Record(tor_, Education(tor_id_, 11)).status()), "ALREADY_MAPPED");
  server_.clock().Set(absl::FromCivil(absl::CivilHour(2027, 11, 3, 12), absl::UTCTimeZone()));
  EXPECT_EQ(Get(tor_, tor_id_).kinds(0).freshness(), v1::FRESHNESS_STALE);
  Recorded(tor_, Education(tor_id_, 11));
  EXPECT_THAT(Counted(), ElementsAre(kAvoided));
  const v1::GetKartleggingResponse picture = Get(tor_, tor_id_);
  EXPECT_EQ(picture.kinds(0).freshness(), v1::FRESHNESS_FRESH);
  ASSERT_EQ(picture.kinds(0).sections_size(), 2);
  EXPECT_EQ(picture.kinds(0).sections(0).provenance().controller(), "oslo-vo");
}

TEST_F(KartleggingServiceTest, AWithdrawalTakesTheOthersConfirmationAwayAndItsFreshnessToo) {
  const v1::Section section = Recorded(kari_, Education(kari_id_, 12));
  Consent();
  server_.clock().Set(absl::FromCivil(absl::CivilHour(2027, 9, 1, 12), absl::UTCTimeZone()));
  ASSERT_TRUE(Confirm(tor_, tor_id_, section.section_id()).ok());
  server_.clock().Set(absl::FromCivil(absl::CivilHour(2028, 1, 3, 12), absl::UTCTimeZone()));
  const Client kari = SignIn("kari");
  EXPECT_EQ(Get(kari, kari_id_).kinds(0).freshness(), v1::FRESHNESS_FRESH);
  tor_ = SignIn("tor");
  Withdraw();
  const v1::GetKartleggingResponse alone = Get(kari, kari_id_);
  ASSERT_EQ(alone.kinds(0).sections_size(), 1);
  EXPECT_THAT(alone.kinds(0).sections(0).confirmations(), IsEmpty());
  EXPECT_EQ(alone.kinds(0).freshness(), v1::FRESHNESS_STALE);
  EXPECT_EQ(alone.kinds(0).sections(0).last_confirmed().seconds(),
            section.provenance().time().seconds());
}

TEST_F(KartleggingServiceTest, TheOwnSectionIsReplacedWithItsEtagByAnyUnitOfTheController) {
  const v1::Section first = Recorded(kari_, Education(kari_id_, 9));
  v1::RecordSectionRequest again = Education(kari_id_, 10);
  const absl::Status missing = Record(kari_, again).status();
  EXPECT_EQ(support::ReasonOf(missing), "ETAG_MISSING");
  again.set_etag("not-an-etag");
  const absl::Status stale = Record(kari_, again).status();
  EXPECT_EQ(stale.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(support::ReasonOf(stale), "STALE_ETAG");
  EXPECT_EQ(client::ReasonMetadata(stale, "etag"), first.etag());

  const Client per = SignIn("per");
  const std::string per_id = support::Register(per, "amina");
  v1::RecordSectionRequest of_stovner = Education(per_id, 10);
  of_stovner.set_etag(Get(per, per_id).kinds(0).sections(0).etag());
  const v1::Section second = Recorded(per, of_stovner);
  EXPECT_EQ(second.section_id(), first.section_id());
  EXPECT_EQ(second.version(), 2);
  EXPECT_NE(second.etag(), first.etag());
  again.set_etag(first.etag());
  EXPECT_EQ(support::ReasonOf(Record(kari_, again).status()), "STALE_ETAG");
  again.set_etag(second.etag());
  EXPECT_EQ(Recorded(kari_, again).version(), 3);
  EXPECT_THAT(Counted(), IsEmpty());

  const auto page = Versions(kari_, kari_id_, first.section_id(), 2);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->versions_size(), 2);
  EXPECT_EQ(page->versions(0).version(), 3);
  EXPECT_EQ(page->versions(1).version(), 2);
  EXPECT_EQ(page->versions(1).provenance().unit(), "nav-stovner-statlig");
  const auto last = Versions(kari_, kari_id_, first.section_id(), 2, page->next_page_token());
  ASSERT_TRUE(last.ok()) << last.status();
  ASSERT_EQ(last->versions_size(), 1);
  EXPECT_EQ(last->versions(0).version(), 1);
  EXPECT_EQ(last->versions(0).content().education().school_years(), 9);
  EXPECT_EQ(last->next_page_token(), "");
}

TEST_F(KartleggingServiceTest, ReplacingTheOwnSectionIsNoSecondMapping) {
  const v1::Section own = Recorded(tor_, Education(tor_id_, 11));
  Recorded(kari_, Education(kari_id_, 12));
  Consent();
  v1::RecordSectionRequest again = Education(tor_id_, 10);
  again.set_etag(own.etag());
  EXPECT_EQ(Recorded(tor_, again).version(), 2);
  EXPECT_THAT(Counted(), ElementsAre(kUnknowing));
}

TEST_F(KartleggingServiceTest, OnlyAnotherSidesSectionIsConfirmed) {
  const v1::Section own = Recorded(kari_, Education(kari_id_, 12));
  const absl::Status refused = Confirm(kari_, kari_id_, own.section_id()).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(support::ReasonOf(refused), "OWN_DATA_ONLY");
}

TEST_F(KartleggingServiceTest, EveryWrongFieldIsNamed) {
  const auto fields_of = [&](const v1::RecordSectionRequest& request) {
    std::vector<std::string> fields;
    const absl::Status refused = Record(kari_, request).status();
    EXPECT_EQ(support::ReasonOf(refused), "INVALID_FIELDS");
    const google::rpc::BadRequest wrong = client::GetBadRequest(refused);
    for (const auto& violation : wrong.field_violations()) {
      fields.push_back(violation.field());
    }
    return fields;
  };
  v1::RecordSectionRequest request = Education(kari_id_, 41);
  v1::EducationItem* item = request.mutable_content()->mutable_education()->mutable_items(0);
  item->set_nus2000("64");
  item->set_country("Somalia");
  item->set_title(std::string(201, 't'));
  item->set_end_year(1899);
  item->set_completed(static_cast<v1::Answer>(9));
  item->set_recognition(static_cast<v1::RecognitionStatus>(9));
  request.set_duplicate_reason(static_cast<v1::DuplicateReason>(9));
  const std::string first = "content.education.items[0].";
  EXPECT_THAT(fields_of(request),
              ElementsAre(first + "nus2000", first + "country", first + "title", first + "end_year",
                          first + "completed", first + "recognition",
                          "content.education.school_years", "duplicate_reason"));
  request.clear_duplicate_reason();
  v1::Languages* languages = request.mutable_content()->mutable_languages();
  languages->add_skills()->set_language("norsk");
  languages->add_skills()->set_language("TI");
  languages->add_skills()->set_language("ti");
  languages->mutable_skills(2)->set_muntlig(static_cast<v1::CefrLevel>(8));
  EXPECT_THAT(fields_of(request), ElementsAre("content.languages.skills[0].language",
                                              "content.languages.skills[2].language",
                                              "content.languages.skills[2].muntlig"));
  for (int i = 0; i < 48; ++i) languages->add_skills()->set_language("so");
  EXPECT_THAT(fields_of(request), ElementsAre("content.languages.skills"));
  v1::GoalsInterests* goals = request.mutable_content()->mutable_goals_interests();
  goals->set_long_term_goal(std::string(2'001, 'g'));
  goals->add_occupations("5399");
  goals->add_interests("");
  EXPECT_THAT(fields_of(request), ElementsAre("content.goals_interests.long_term_goal",
                                              "content.goals_interests.occupations[0]",
                                              "content.goals_interests.interests[0]"));
  request.clear_content();
  EXPECT_THAT(fields_of(request), ElementsAre("content"));
}

TEST_F(KartleggingServiceTest, AnUnconfirmedTieRecordsNothing) {
  const auto id = support::TryRegister(tor_, support::NumberOf("yusuf"), false);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(support::ReasonOf(Record(tor_, Education(*id, 9)).status()), "IDENTITY_NOT_CONFIRMED");
}

}  // namespace
}  // namespace navo
