// Grounds for sharing, over a real socket: who may register, confirm, end and see them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cpp/status.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "services/domain/calendar.h"
#include "tests/support/test_server.h"

namespace navo {
namespace {

using Stub = v1::ConsentService::Stub;
using support::ReasonOf;
using testing::ElementsAre;
using testing::IsEmpty;

class ConsentServiceTest : public testing::Test {
 protected:
  int32_t Today() { return domain::DayInOslo(server_.clock().Now()); }

  v1::GiveConsentRequest Consent(const std::string& participant_id) {
    v1::GiveConsentRequest request;
    request.set_participant_id(participant_id);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    request.mutable_proof()->set_text_id("samordnet-kvalifisering");
    request.mutable_proof()->set_text_version(1);
    request.mutable_proof()->set_text_language("so");
    request.mutable_proof()->set_given_by(v1::CONSENT_GIVEN_BY_WITH_INTERPRETER);
    request.mutable_proof()->set_refusal_explained(true);
    return request;
  }

  static void Add(v1::GiveConsentRequest& request, const std::string& from, const std::string& to,
                  const std::string& unit = "") {
    v1::Release* release = request.add_releases();
    release->set_from_controller(from);
    release->set_to_controller(to);
    release->set_to_unit(unit);
    release->add_categories(v1::CATEGORY_PLAN);
  }

  std::vector<v1::Ground> Give(const client::Client& caller,
                               const v1::GiveConsentRequest& request) {
    const auto given = caller.Call(&Stub::GiveConsent, request);
    EXPECT_TRUE(given.ok()) << given.status();
    if (!given.ok()) return {};
    return {given->grounds().begin(), given->grounds().end()};
  }

  // "nav-statlig>oslo-vo ACTIVE" for each ground the caller is shown, newest first.
  std::vector<std::string> Listed(const client::Client& caller, const std::string& participant_id) {
    std::vector<std::string> lines;
    for (const v1::Ground& ground : List(caller, participant_id)) {
      lines.push_back(ground.release().from_controller() + ">" + ground.release().to_controller() +
                      " " + v1::GroundState_Name(ground.state()).substr(13));
    }
    return lines;
  }
  std::vector<v1::Ground> List(const client::Client& caller, const std::string& participant_id) {
    v1::ListGroundsRequest request;
    request.set_participant_id(participant_id);
    const auto listed = caller.Call(&Stub::List, request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    if (!listed.ok()) return {};
    return {listed->grounds().begin(), listed->grounds().end()};
  }

  static absl::Status Confirm(const client::Client& caller, const std::string& participant_id,
                              const std::string& ground_id) {
    v1::ConfirmGroundRequest request;
    request.set_participant_id(participant_id);
    request.set_ground_id(ground_id);
    request.set_given_by(v1::CONSENT_GIVEN_BY_IN_PERSON);
    return caller.Call(&Stub::ConfirmGround, request).status();
  }

  static absl::StatusOr<v1::WithdrawConsentResponse> Withdraw(const client::Client& caller,
                                                              const std::string& participant_id) {
    v1::WithdrawConsentRequest request;
    request.set_participant_id(participant_id);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    request.set_channel(v1::WITHDRAWAL_CHANNEL_PHONE);
    return caller.Call(&Stub::WithdrawConsent, request);
  }

  static absl::StatusOr<v1::RecordLegalBasisResponse> RecordLaw(const client::Client& caller,
                                                                const std::string& participant_id,
                                                                const std::string& from,
                                                                const std::string& to) {
    v1::RecordLegalBasisRequest request;
    request.set_participant_id(participant_id);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    request.mutable_release()->set_from_controller(from);
    request.mutable_release()->set_to_controller(to);
    request.mutable_release()->add_categories(v1::CATEGORY_LANGUAGE);
    request.set_law_reference("integreringsloven § 42");
    *request.mutable_law_version() = domain::DateOf(domain::ParseDay("2026-01-01").value());
    return caller.Call(&Stub::RecordLegalBasis, request);
  }

  static absl::Status EndLaw(const client::Client& caller, const std::string& participant_id,
                             const std::string& ground_id) {
    v1::EndLegalBasisRequest request;
    request.set_participant_id(participant_id);
    request.set_ground_id(ground_id);
    return caller.Call(&Stub::EndLegalBasis, request).status();
  }

  support::TestServer server_;
  const client::Client kari_ = server_.As("kari");
  const client::Client tor_ = server_.As("tor");
  const client::Client amina_ = server_.As("amina");
  const std::string for_kari_ = support::Register(kari_, "amina");
  const std::string for_tor_ = support::Register(tor_, "amina");
};

TEST_F(ConsentServiceTest, TheTextIsThereInTheLanguagesItSays) {
  v1::GetConsentTextRequest request;
  request.set_text_id("samordnet-kvalifisering");
  request.set_language("NB");
  const auto text = amina_.Call(&Stub::GetConsentText, request);
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(text->version(), 1);
  EXPECT_EQ(text->language(), "nb");
  EXPECT_THAT(text->purposes(), ElementsAre(v1::PURPOSE_SAMORDNET_KVALIFISERING));
  EXPECT_THAT(text->languages(), testing::IsSupersetOf({"en", "nb", "nn", "so", "ti"}));
  for (const std::string& language : text->languages()) {
    request.set_language(language);
    request.set_version(1);
    const auto other = kari_.Call(&Stub::GetConsentText, request);
    ASSERT_TRUE(other.ok()) << language << ": " << other.status();
    EXPECT_FALSE(other->text().empty()) << language;
  }
  request.set_language("vi");
  const absl::Status missing = kari_.Call(&Stub::GetConsentText, request).status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(client::ReasonMetadata(missing, "languages"), testing::HasSubstr("nb"));
  request.set_text_id("another");
  const absl::Status no_text = kari_.Call(&Stub::GetConsentText, request).status();
  EXPECT_EQ(no_text.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(client::ReasonMetadata(no_text, "languages"), "");
}

TEST_F(ConsentServiceTest, StaffOpenTheirOwnDataAloneUntilTheOtherSideConfirms) {
  v1::GiveConsentRequest request = Consent(for_kari_);
  Add(request, "nav-statlig", "oslo-vo");
  Add(request, "oslo-vo", "nav-statlig");
  const std::vector<v1::Ground> given = Give(kari_, request);
  ASSERT_EQ(given.size(), 2u);
  EXPECT_EQ(given[0].state(), v1::GROUND_STATE_ACTIVE);
  EXPECT_EQ(given[1].state(), v1::GROUND_STATE_PENDING);
  EXPECT_THAT(given[0].release().categories(),
              ElementsAre(v1::CATEGORY_EXISTENCE, v1::CATEGORY_PLAN));
  EXPECT_EQ(given[0].proof().text_language(), "so");
  EXPECT_EQ(domain::DayOf(given[0].valid_to()), domain::AddMonths(Today(), 36));

  EXPECT_THAT(Listed(kari_, for_kari_), ElementsAre("nav-statlig>oslo-vo ACTIVE"));
  EXPECT_THAT(Listed(tor_, for_tor_),
              ElementsAre("oslo-vo>nav-statlig PENDING", "nav-statlig>oslo-vo ACTIVE"));
  EXPECT_THAT(Listed(amina_, "me"),
              ElementsAre("oslo-vo>nav-statlig PENDING", "nav-statlig>oslo-vo ACTIVE"));

  const std::string pending = given[1].ground_id();
  EXPECT_EQ(Confirm(kari_, for_kari_, pending).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Confirm(tor_, for_tor_, given[0].ground_id()).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Confirm(tor_, for_tor_, "nonsense").code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(Confirm(tor_, for_tor_, pending).ok());
  EXPECT_EQ(Confirm(tor_, for_tor_, pending).code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Listed(kari_, for_kari_),
              ElementsAre("oslo-vo>nav-statlig ACTIVE", "nav-statlig>oslo-vo ACTIVE"));
}

TEST_F(ConsentServiceTest, NamesOfStaffStayWithTheirController) {
  v1::GiveConsentRequest request = Consent(for_kari_);
  Add(request, "oslo-vo", "nav-statlig");
  const std::vector<v1::Ground> given = Give(kari_, request);
  ASSERT_EQ(given.size(), 1u);
  EXPECT_EQ(given[0].provenance().recorded_by(), "Kari Nordby");
  ASSERT_TRUE(Confirm(tor_, for_tor_, given[0].ground_id()).ok());
  const auto to_tor = List(tor_, for_tor_), to_kari = List(kari_, for_kari_);
  ASSERT_EQ(to_tor.size(), 1u);
  ASSERT_EQ(to_kari.size(), 1u);
  EXPECT_EQ(to_tor[0].provenance().unit(), "nav-grorud-statlig");
  EXPECT_EQ(to_tor[0].provenance().recorded_by(), "");
  EXPECT_EQ(to_tor[0].confirmed().recorded_by(), "Tor Lie");
  EXPECT_EQ(to_tor[0].confirmed().role(), v1::ROLE_LAERER);
  EXPECT_EQ(to_tor[0].confirmed_given_by(), v1::CONSENT_GIVEN_BY_IN_PERSON);
  EXPECT_EQ(to_kari[0].provenance().recorded_by(), "Kari Nordby");
  EXPECT_EQ(to_kari[0].confirmed().unit(), "vo-rosenhof");
  EXPECT_EQ(to_kari[0].confirmed().recorded_by(), "");
}

TEST_F(ConsentServiceTest, TheParticipantOpensEveryDoorAlone) {
  v1::GiveConsentRequest request = Consent("me");
  request.mutable_proof()->clear_given_by();
  Add(request, "nav-statlig", "oslo-vo");
  Add(request, "oslo-vo", "bydel-grorud");
  const std::vector<v1::Ground> given = Give(amina_, request);
  ASSERT_EQ(given.size(), 2u);
  for (const v1::Ground& ground : given) {
    EXPECT_EQ(ground.state(), v1::GROUND_STATE_ACTIVE);
    EXPECT_EQ(ground.proof().given_by(), v1::CONSENT_GIVEN_BY_SELF_SIGNED_IN);
    EXPECT_EQ(ground.provenance().role(), v1::ROLE_DELTAKER);
  }
  // What opens towards others is not kari's to know.
  EXPECT_THAT(Listed(kari_, for_kari_), ElementsAre("nav-statlig>oslo-vo ACTIVE"));

  v1::GiveConsentRequest by_kari = Consent(for_kari_);
  Add(by_kari, "oslo-vo", "nav-statlig");
  const std::vector<v1::Ground> pending = Give(kari_, by_kari);
  ASSERT_EQ(pending.size(), 1u);
  EXPECT_TRUE(Confirm(amina_, "me", pending[0].ground_id()).ok());
  EXPECT_EQ(List(amina_, "me").front().confirmed_given_by(), v1::CONSENT_GIVEN_BY_SELF_SIGNED_IN);
}

TEST_F(ConsentServiceTest, AWithdrawalEndsEverythingAndTellsNothing) {
  support::ConsentBothWays(kari_, for_kari_, tor_, for_tor_);
  v1::GiveConsentRequest request = Consent(for_kari_);
  Add(request, "oslo-vo", "nav-statlig");
  const std::vector<v1::Ground> pending = Give(kari_, request);
  ASSERT_EQ(pending.size(), 1u);
  const auto law = RecordLaw(kari_, for_kari_, "nav-statlig", "oslo-vo");
  ASSERT_TRUE(law.ok()) << law.status();

  const std::string without = support::Register(tor_, "yusuf");
  const auto with_ground = Withdraw(tor_, for_tor_);
  const auto without_ground = Withdraw(tor_, without);
  ASSERT_TRUE(with_ground.ok()) << with_ground.status();
  ASSERT_TRUE(without_ground.ok()) << without_ground.status();
  EXPECT_EQ(with_ground->ByteSizeLong(), without_ground->ByteSizeLong());
  EXPECT_EQ(with_ground->revision().size(), without_ground->revision().size());

  // Each side sees the end of its own; nothing else stays visible to a receiver but the law.
  EXPECT_THAT(Listed(kari_, for_kari_),
              ElementsAre("nav-statlig>oslo-vo ACTIVE", "nav-statlig>oslo-vo ENDED"));
  EXPECT_THAT(Listed(tor_, for_tor_),
              ElementsAre("nav-statlig>oslo-vo ACTIVE", "oslo-vo>nav-statlig ENDED",
                          "oslo-vo>nav-statlig ENDED"));
  const std::vector<v1::Ground> all = List(amina_, "me");
  ASSERT_EQ(all.size(), 4u);
  for (const v1::Ground& ground : all) {
    if (ground.kind() == v1::GROUND_KIND_LOV) continue;
    EXPECT_EQ(ground.state(), v1::GROUND_STATE_ENDED);
    EXPECT_EQ(ground.ended_channel(), v1::WITHDRAWAL_CHANNEL_PHONE);
    EXPECT_TRUE(ground.has_ended_at());
  }
  EXPECT_EQ(Confirm(tor_, for_tor_, pending[0].ground_id()).code(), absl::StatusCode::kNotFound);
}

TEST_F(ConsentServiceTest, TheParticipantWithdrawsWithoutSayingHow) {
  support::ConsentBothWays(kari_, for_kari_, tor_, for_tor_);
  v1::WithdrawConsentRequest request;
  request.set_participant_id("me");
  request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  ASSERT_TRUE(amina_.Call(&Stub::WithdrawConsent, request).ok());
  for (const v1::Ground& ground : List(amina_, "me")) {
    EXPECT_EQ(ground.state(), v1::GROUND_STATE_ENDED);
    EXPECT_EQ(ground.ended_channel(), v1::WITHDRAWAL_CHANNEL_SELF_SIGNED_IN);
  }
  request.set_participant_id(for_kari_);
  const absl::Status without_channel = kari_.Call(&Stub::WithdrawConsent, request).status();
  EXPECT_EQ(client::GetBadRequest(without_channel).field_violations(0).field(), "channel");
}

TEST_F(ConsentServiceTest, EverythingWrongIsSaidAtOnce) {
  v1::GiveConsentRequest request = Consent(for_kari_);
  request.set_purpose(static_cast<v1::Purpose>(77));
  Add(request, "nobody", "nav-statlig", "vo-rosenhof");
  Add(request, "nav-statlig", "nav-statlig");
  request.mutable_releases(1)->set_categories(0, v1::CATEGORY_HEALTH);
  request.mutable_releases(1)->add_categories(static_cast<v1::Category>(99));
  Add(request, "nav-statlig", "oslo-vo");
  request.mutable_releases(2)->clear_categories();
  *request.mutable_valid_from() = domain::DateOf(Today() - 1);
  *request.mutable_valid_to() = domain::DateOf(domain::AddMonths(Today(), 36) + 1);
  request.mutable_proof()->set_text_version(0);
  request.mutable_proof()->set_text_language("not a language");
  request.mutable_proof()->set_given_by(v1::CONSENT_GIVEN_BY_SELF_SIGNED_IN);
  request.mutable_proof()->set_refusal_explained(false);
  const absl::Status status = kari_.Call(&Stub::GiveConsent, request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  std::vector<std::string> fields;
  const auto wrong = client::GetBadRequest(status);
  for (const auto& violation : wrong.field_violations()) {
    fields.push_back(violation.field());
  }
  EXPECT_THAT(fields,
              ElementsAre("purpose", "releases[0].from_controller", "releases[0].to_unit",
                          "releases[1].to_controller", "releases[1].categories[0]",
                          "releases[1].categories[1]", "releases[2].categories", "valid_from",
                          "valid_to", "proof.text_version", "proof.text_language", "proof.given_by",
                          "proof.refusal_explained"));
  EXPECT_THAT(Listed(amina_, "me"), IsEmpty());
}

TEST_F(ConsentServiceTest, PeriodsAndNumbersOfReleasesHaveLimits) {
  const auto code = [&](const v1::GiveConsentRequest& request) {
    return kari_.Call(&Stub::GiveConsent, request).status().code();
  };
  v1::GiveConsentRequest request = Consent(for_kari_);
  EXPECT_EQ(code(request), absl::StatusCode::kInvalidArgument);  // no release
  for (int i = 0; i < 11; ++i) Add(request, "nav-statlig", "oslo-vo");
  EXPECT_EQ(code(request), absl::StatusCode::kInvalidArgument);
  request.mutable_releases()->RemoveLast();
  *request.mutable_valid_from() = domain::DateOf(Today() + 1);
  *request.mutable_valid_to() = domain::DateOf(Today());
  EXPECT_EQ(code(request), absl::StatusCode::kInvalidArgument);
  *request.mutable_valid_to() = domain::DateOf(domain::AddMonths(Today(), 36));
  EXPECT_EQ(code(request), absl::StatusCode::kOk);
}

TEST_F(ConsentServiceTest, ATextThatIsNotThereIsRefused) {
  v1::GiveConsentRequest request = Consent(for_kari_);
  Add(request, "nav-statlig", "oslo-vo");
  request.mutable_proof()->set_text_version(9);
  const absl::Status status = kari_.Call(&Stub::GiveConsent, request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "TEXT_NOT_KNOWN");
}

TEST_F(ConsentServiceTest, NobodyRegistersWhatDoesNotConcernTheOwnController) {
  v1::GiveConsentRequest request = Consent(for_kari_);
  Add(request, "nav-statlig", "oslo-vo");
  Add(request, "bydel-grorud", "oslo-vo");
  EXPECT_EQ(ReasonOf(kari_.Call(&Stub::GiveConsent, request).status()), "OWN_DATA_ONLY");
  EXPECT_EQ(ReasonOf(RecordLaw(kari_, for_kari_, "oslo-vo", "nav-statlig").status()),
            "OWN_DATA_ONLY");
  EXPECT_THAT(Listed(amina_, "me"), IsEmpty());
}

TEST_F(ConsentServiceTest, ALegalBasisIsEndedByItsOwnSideOnce) {
  const auto law = RecordLaw(kari_, for_kari_, "nav-statlig", "oslo-vo");
  ASSERT_TRUE(law.ok()) << law.status();
  EXPECT_EQ(law->ground().kind(), v1::GROUND_KIND_LOV);
  EXPECT_EQ(law->ground().law_reference(), "integreringsloven § 42");
  const std::string id = law->ground().ground_id();
  EXPECT_THAT(Listed(tor_, for_tor_), ElementsAre("nav-statlig>oslo-vo ACTIVE"));
  EXPECT_EQ(EndLaw(tor_, for_tor_, id).code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(EndLaw(kari_, for_kari_, id).ok());
  EXPECT_EQ(EndLaw(kari_, for_kari_, id).code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Listed(tor_, for_tor_), IsEmpty());
  EXPECT_THAT(Listed(kari_, for_kari_), ElementsAre("nav-statlig>oslo-vo ENDED"));

  v1::GiveConsentRequest request = Consent(for_kari_);
  Add(request, "nav-statlig", "oslo-vo");
  const std::vector<v1::Ground> consent = Give(kari_, request);
  ASSERT_EQ(consent.size(), 1u);
  EXPECT_EQ(EndLaw(kari_, for_kari_, consent[0].ground_id()).code(), absl::StatusCode::kNotFound);
}

TEST_F(ConsentServiceTest, AGroundForOneUnitIsNotKnownToAnother) {
  const client::Client eva = server_.As("eva");
  const std::string for_eva = support::Register(eva, "amina");
  v1::GiveConsentRequest request = Consent(for_kari_);
  Add(request, "nav-statlig", "oslo-vo", "vo-rosenhof");
  Give(kari_, request);
  EXPECT_THAT(Listed(tor_, for_tor_), ElementsAre("nav-statlig>oslo-vo ACTIVE"));
  EXPECT_THAT(Listed(eva, for_eva), IsEmpty());
}

TEST_F(ConsentServiceTest, AReceiverKnowsOfAGroundOnItsDaysOnly) {
  v1::GiveConsentRequest request = Consent(for_kari_);
  Add(request, "nav-statlig", "oslo-vo");
  *request.mutable_valid_from() = domain::DateOf(Today() + 1);
  *request.mutable_valid_to() = domain::DateOf(Today() + 1);
  Give(kari_, request);
  EXPECT_THAT(Listed(tor_, for_tor_), IsEmpty());
  EXPECT_THAT(Listed(kari_, for_kari_), ElementsAre("nav-statlig>oslo-vo ACTIVE"));
  server_.clock().Advance(absl::Hours(24));
  EXPECT_THAT(Listed(tor_, for_tor_), ElementsAre("nav-statlig>oslo-vo ACTIVE"));
  server_.clock().Advance(absl::Hours(24));
  EXPECT_THAT(Listed(tor_, for_tor_), IsEmpty());
}

TEST_F(ConsentServiceTest, PagesSkipWhatIsHiddenWithoutATrace) {
  for (int i = 0; i < 4; ++i) {
    v1::GiveConsentRequest seen = Consent("me");
    Add(seen, "nav-statlig", "oslo-vo");
    Add(seen, "bydel-grorud", "nav-statlig");  // not for tor
    Give(amina_, seen);
  }
  v1::ListGroundsRequest request;
  request.set_participant_id(for_tor_);
  request.set_page_size(2);
  const auto first = tor_.Call(&Stub::List, request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->grounds_size(), 2);
  request.set_page_token(first->next_page_token());
  const auto second = tor_.Call(&Stub::List, request);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->grounds_size(), 2);
  EXPECT_EQ(second->next_page_token(), "");  // nothing more that tor may see
  EXPECT_NE(second->grounds(0).ground_id(), first->grounds(1).ground_id());

  request.set_participant_id(for_kari_);
  EXPECT_EQ(ReasonOf(kari_.Call(&Stub::List, request).status()), "PAGE_TOKEN_INVALID");
  request.clear_page_token();
  request.set_page_size(201);
  EXPECT_EQ(kari_.Call(&Stub::List, request).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(ConsentServiceTest, PersonvernSeesTheGroundsOfItsOwnController) {
  support::ConsentBothWays(kari_, for_kari_, tor_, for_tor_);
  v1::GiveConsentRequest request = Consent(for_tor_);
  Add(request, "nav-statlig", "oslo-vo");
  Give(tor_, request);
  EXPECT_THAT(Listed(server_.As("dag"), for_kari_),
              ElementsAre("nav-statlig>oslo-vo PENDING", "nav-statlig>oslo-vo ACTIVE"));
  EXPECT_THAT(Listed(server_.As("vera"), for_tor_), ElementsAre("oslo-vo>nav-statlig ACTIVE"));
}

TEST_F(ConsentServiceTest, AnUnconfirmedIdentityOpensNothingButMayWithdraw) {
  const auto id = support::TryRegister(kari_, support::NumberOf("yusuf"), false);
  ASSERT_TRUE(id.ok()) << id.status();
  v1::GiveConsentRequest request = Consent(*id);
  Add(request, "nav-statlig", "oslo-vo");
  EXPECT_EQ(ReasonOf(kari_.Call(&Stub::GiveConsent, request).status()), "IDENTITY_NOT_CONFIRMED");
  EXPECT_TRUE(Withdraw(kari_, *id).ok());
}

TEST_F(ConsentServiceTest, WithoutRelationThereIsNobody) {
  const client::Client per = server_.As("per");  // of the same controller: the same id
  EXPECT_EQ(Withdraw(per, for_kari_).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(RecordLaw(per, for_kari_, "nav-statlig", "oslo-vo").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Withdraw(tor_, for_kari_).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace navo
