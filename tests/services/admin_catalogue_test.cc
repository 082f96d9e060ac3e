// Consent texts and laws as administrators keep them, and what that means for consents and grounds.
#include <gmock/gmock.h>

#include "navo/v1/consent.grpc.pb.h"
#include "services/domain/calendar.h"
#include "tests/services/admin_fixture.h"

namespace navo::support {
namespace {

using Consent = v1::ConsentService::Stub;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kText[] = "samordnet-kvalifisering";

class AdminCatalogueTest : public AdminTest {
 protected:
  // Version 2 in this language, in force from 9 November.
  v1::AddConsentTextRequest Second(const std::string& language) {
    v1::AddConsentTextRequest request;
    v1::ConsentText* text = request.mutable_consent_text();
    text->set_text_id(kText);
    text->set_version(2);
    text->set_language(language);
    text->add_purposes(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    *text->mutable_valid_from() = Day(2026, 11, 9);
    text->set_text("Nye ord.\n\nOm det samme (" + language + ").");
    return request;
  }
  // What one who is to consent today is shown.
  v1::GetConsentTextResponse Shown(const std::string& language, int version = 0) {
    v1::GetConsentTextRequest request;
    request.set_text_id(kText);
    request.set_version(version);
    request.set_language(language);
    return Must(kari_, &Consent::GetConsentText, request);
  }
  std::string ConsentTo(int version) {
    v1::GiveConsentRequest request =
        NewConsent(for_kari_, OneRelease("nav-statlig", "oslo-vo", v1::CATEGORY_PLAN));
    request.mutable_proof()->set_text_version(version);
    request.mutable_proof()->set_text_language("nb");
    const auto answer = kari_.Call(&Consent::GiveConsent, request);
    return answer.ok() ? "OK" : ReasonOf(answer.status());
  }
  std::vector<std::string> WrongIn(const v1::AddConsentTextRequest& request) {
    return WrongFields(ivar_.Call(&Admin::AddConsentText, request).status());
  }
  v1::LegalBasis NewLaw() {
    v1::LegalBasis law;
    law.set_law_reference("prøveloven § 1");
    *law.mutable_law_version() = Day(2026, 11, 1);
    law.set_law_id("LOV-2026-01-01-1");
    *law.mutable_valid_from() = Day(2026, 11, 1);
    law.add_purposes(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    v1::LegalBasisDirection* direction = law.add_directions();
    direction->set_from_kind(v1::CONTROLLER_KIND_NAV_STAT);
    direction->set_to_kind(v1::CONTROLLER_KIND_VO);
    law.add_categories(v1::CATEGORY_EXISTENCE);
    law.add_categories(v1::CATEGORY_PLAN);
    law.set_meaning_nb("Planen kan deles.");
    law.set_meaning_en("The plan may be shared.");
    return law;
  }
  std::string RestOn(const v1::LegalBasis& law, const google::type::Date& until) {
    v1::RecordLegalBasisRequest request;
    request.set_participant_id(for_kari_);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    *request.mutable_release() = OneRelease("nav-statlig", "oslo-vo", v1::CATEGORY_PLAN);
    request.set_law_reference(law.law_reference());
    *request.mutable_law_version() = law.law_version();
    *request.mutable_valid_to() = until;
    const auto answer = kari_.Call(&Consent::RecordLegalBasis, request);
    return answer.ok() ? "OK" : ReasonOf(answer.status());
  }

  const client::Client kari_ = server_.As("kari");
  const std::string for_kari_ = Register(kari_, "amina");
};

TEST_F(AdminCatalogueTest, ANewVersionIsShownAndConsentedToFromItsDayOn) {
  const std::string first = Shown("nb").text();
  Must(ivar_, &Admin::AddConsentText, Second("nb"));
  Must(ivar_, &Admin::AddConsentText, Second("ti"));
  EXPECT_EQ(Shown("nb").text(), first) << "not in force yet";
  EXPECT_EQ(Shown("nb", 2).text(), Second("nb").consent_text().text());
  EXPECT_EQ(ConsentTo(2), "TEXT_NOT_KNOWN");
  EXPECT_EQ(ConsentTo(1), "OK");

  server_.clock().Advance(absl::Hours(24 * 7));
  EXPECT_EQ(Shown("nb").version(), 2);
  EXPECT_EQ(Shown("ti").text(), Second("ti").consent_text().text());
  EXPECT_THAT(Shown("nb").languages(), ElementsAre("nb", "ti"));
  EXPECT_EQ(Shown("nb", 1).text(), first) << "what was shown before can be shown again";
  EXPECT_EQ(ConsentTo(1), "TEXT_NOT_KNOWN");
  EXPECT_EQ(ConsentTo(2), "OK");
  EXPECT_EQ(ConsentTo(3), "TEXT_NOT_KNOWN");
}

TEST_F(AdminCatalogueTest, WordsAreNeverChanged) {
  Must(ivar_, &Admin::AddConsentText, Second("nb"));
  v1::AddConsentTextRequest again = Second("nb");
  again.mutable_consent_text()->set_text("Andre ord.");
  EXPECT_EQ(Refused(ivar_, &Admin::AddConsentText, again), "ID_TAKEN");
  again.mutable_consent_text()->set_version(1);
  EXPECT_EQ(Refused(ivar_, &Admin::AddConsentText, again), "ID_TAKEN") << "one of the program";
  EXPECT_EQ(Shown("nb", 2).text(), Second("nb").consent_text().text());
}

TEST_F(AdminCatalogueTest, AVersionIsOneInEveryLanguage) {
  EXPECT_THAT(WrongIn(Second("ti")), ElementsAre("consent_text.language"));
  v1::AddConsentTextRequest request = Second("nb");
  *request.mutable_consent_text()->mutable_valid_from() = Day(2026, 11, 1);
  EXPECT_THAT(WrongIn(request), ElementsAre("consent_text.valid_from"));
  request.mutable_consent_text()->clear_valid_from();
  EXPECT_THAT(WrongIn(request), ElementsAre("consent_text.valid_from")) << "it would be at once";
  *request.mutable_consent_text()->mutable_valid_from() = Day(2026, 11, 1);
  request.mutable_consent_text()->set_version(3);
  EXPECT_THAT(WrongIn(request), ElementsAre("consent_text.version"));
  Must(ivar_, &Admin::AddConsentText, Second("nb"));
  request = Second("uk");
  request.mutable_consent_text()->clear_valid_from();
  request.mutable_consent_text()->set_purposes(0, v1::PURPOSE_TILRETTELEGGING);
  EXPECT_THAT(WrongIn(request), ElementsAre("consent_text.purposes", "consent_text.valid_from"));
  request = Second("uk");
  request.mutable_consent_text()->set_version(1);
  EXPECT_EQ(Refused(ivar_, &Admin::AddConsentText, request), "ID_TAKEN");
  request.mutable_consent_text()->set_language("fa");
  EXPECT_THAT(WrongIn(request), ElementsAre("consent_text.version")) << "an older version";
  request.Clear();
  EXPECT_THAT(WrongIn(request),
              ElementsAre("consent_text.text_id", "consent_text.version", "consent_text.language",
                          "consent_text.purposes", "consent_text.text"));
}

TEST_F(AdminCatalogueTest, WhoeverHasCheckedAWordingSaysSoOnce) {
  EXPECT_FALSE(Shown("ti").reviewed());
  v1::ReviewConsentTextRequest review;
  review.set_text_id(kText);
  review.set_version(1);
  review.set_language("ti");
  const std::string words = Shown("ti").text();
  Must(ivar_, &Admin::ReviewConsentText, review);
  EXPECT_TRUE(Shown("ti").reviewed());
  EXPECT_EQ(Shown("ti").text(), words);
  EXPECT_FALSE(Shown("so").reviewed());
  EXPECT_EQ(Refused(ivar_, &Admin::ReviewConsentText, review), "ILLEGAL_STATE_CHANGE");
  review.set_language("fa");
  EXPECT_EQ(Refused(ivar_, &Admin::ReviewConsentText, review), "TEXT_NOT_KNOWN");

  int reviewed = 0;
  const auto listed = Must(drift_, &Admin::ListConsentTexts, v1::ListConsentTextsRequest());
  EXPECT_EQ(listed.consent_texts_size(), 18) << "two texts in nine languages";
  for (const v1::ConsentText& one : listed.consent_texts()) {
    EXPECT_THAT(one.text(), IsEmpty());
    if (one.reviewed()) ++reviewed;
  }
  EXPECT_EQ(reviewed, 1);
}

TEST_F(AdminCatalogueTest, ANewLawCarriesGroundsUntilItIsClosed) {
  const v1::LegalBasis law = NewLaw();
  EXPECT_EQ(RestOn(law, Day(2026, 12, 31)), "INVALID_FIELDS");
  v1::AddLegalBasisRequest add;
  *add.mutable_legal_basis() = law;
  Must(ivar_, &Admin::AddLegalBasis, add);
  EXPECT_EQ(Refused(ivar_, &Admin::AddLegalBasis, add), "ID_TAKEN");
  EXPECT_EQ(RestOn(law, Day(2026, 12, 31)), "OK");

  v1::CloseLegalBasisRequest close;
  close.set_law_reference(law.law_reference());
  *close.mutable_law_version() = law.law_version();
  *close.mutable_valid_to() = Day(2026, 11, 30);
  Must(ivar_, &Admin::CloseLegalBasis, close);
  EXPECT_EQ(RestOn(law, Day(2026, 12, 31)), "INVALID_FIELDS");
  EXPECT_EQ(RestOn(law, Day(2026, 11, 30)), "OK");
  EXPECT_EQ(Refused(ivar_, &Admin::CloseLegalBasis, close), "ILLEGAL_STATE_CHANGE");
  *close.mutable_valid_to() = Day(2026, 10, 31);
  EXPECT_EQ(Refused(ivar_, &Admin::CloseLegalBasis, close), "INVALID_FIELDS");
  close.set_law_reference("prøveloven § 2");
  EXPECT_EQ(Refused(ivar_, &Admin::CloseLegalBasis, close), "NOT_FOUND");
}

TEST_F(AdminCatalogueTest, ALawOpensNothingThatTakesAConsent) {
  v1::AddLegalBasisRequest add;
  *add.mutable_legal_basis() = NewLaw();
  add.mutable_legal_basis()->add_categories(v1::CATEGORY_HEALTH);
  EXPECT_THAT(WrongFields(ivar_.Call(&Admin::AddLegalBasis, add).status()),
              ElementsAre("legal_basis.categories"));
}

TEST_F(AdminCatalogueTest, OnlyWhoAdministersTheInstallationChangesIt) {
  v1::AddLegalBasisRequest law;
  *law.mutable_legal_basis() = NewLaw();
  for (const client::Client& caller : {drift_, dina_, kari_}) {
    EXPECT_EQ(Refused(caller, &Admin::AddConsentText, Second("nb")), "ROLE_NOT_ALLOWED");
    EXPECT_EQ(Refused(caller, &Admin::ReviewConsentText, v1::ReviewConsentTextRequest()),
              "ROLE_NOT_ALLOWED");
    EXPECT_EQ(Refused(caller, &Admin::AddLegalBasis, law), "ROLE_NOT_ALLOWED");
    EXPECT_EQ(Refused(caller, &Admin::CloseLegalBasis, v1::CloseLegalBasisRequest()),
              "ROLE_NOT_ALLOWED");
  }
  EXPECT_EQ(Refused(kari_, &Admin::ListConsentTexts, v1::ListConsentTextsRequest()),
            "ROLE_NOT_ALLOWED");
}

}  // namespace
}  // namespace navo::support
