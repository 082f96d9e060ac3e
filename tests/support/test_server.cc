#include "tests/support/test_server.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "services/domain/error.h"
#include "tests/support/dev_token.h"

namespace navo::support {
namespace {

v1::GiveConsentRequest ConsentRequest(const std::string& participant_id) {
  v1::GiveConsentRequest request;
  request.set_participant_id(participant_id);
  request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  v1::ConsentProof* proof = request.mutable_proof();
  proof->set_text_id("samordnet-kvalifisering");
  proof->set_text_version(1);
  proof->set_text_language("so");
  proof->set_given_by(v1::CONSENT_GIVEN_BY_WITH_INTERPRETER);
  proof->set_refusal_explained(true);
  return request;
}

void AddRelease(v1::GiveConsentRequest& request, const std::string& from, const std::string& to) {
  v1::Release* release = request.add_releases();
  release->set_from_controller(from);
  release->set_to_controller(to);
  for (const v1::Category category :
       {v1::CATEGORY_EXISTENCE, v1::CATEGORY_IDENTITY, v1::CATEGORY_CONTACT, v1::CATEGORY_GOALS,
        v1::CATEGORY_COMPETENCE, v1::CATEGORY_LANGUAGE, v1::CATEGORY_PLAN,
        v1::CATEGORY_FOLLOWUP_SUMMARY}) {
    release->add_categories(category);
  }
}

void Give(const client::Client& caller, const v1::GiveConsentRequest& request) {
  const auto given = caller.Call(&v1::ConsentService::Stub::GiveConsent, request);
  ASSERT_TRUE(given.ok()) << given.status();
}

}  // namespace

TestServer::TestServer(const Setup& setup) : setup_(setup), clock_(setup.now) { Start(); }

void TestServer::Start() {
  services::ServerOptions options;
  options.database = database();
  options.listen = "127.0.0.1:0";
  options.seed = setup_.seed;
  options.dev_folder = folder_.File("dev");
  options.issuers = setup_.issuers;
  options.disk_reserve_bytes = setup_.disk_reserve_bytes;
  options.retain_log_months = setup_.retain_log_months;
  options.name_staff = setup_.name_staff;
  options.checkpoint_rows = setup_.checkpoint_rows;
  options.clock = &clock_;
  options.random = &random_;
  options.bench = setup_.bench;
  auto server = services::Server::Start(std::move(options));
  if (!server.ok()) {
    ADD_FAILURE() << server.status();
    std::abort();  // nothing that follows could mean anything
  }
  server_ = *std::move(server);
}

void TestServer::Restart() {
  server_.reset();
  Start();
}

std::string TestServer::address() const { return absl::StrCat("127.0.0.1:", server_->port()); }

std::string TestServer::TokenFor(const std::string& key) const {
  return DevToken(folder_.File("dev"), key, const_cast<FakeClock&>(clock_).Now());
}

client::Client TestServer::As(const std::string& key) const { return WithToken(TokenFor(key)); }

client::Client TestServer::WithToken(const std::string& token) const {
  return client::Client(PatientOptions(address(), token));
}

std::string NumberOf(const std::string& person) {
  std::ifstream file(absl::StrCat(NAVO_SOURCE_DIR "/docs/examples/numbers/", person, ".txt"));
  std::string number{std::istreambuf_iterator<char>(file), {}};
  while (!number.empty() && number.back() == '\n') number.pop_back();
  EXPECT_EQ(number.size(), 11u) << person;
  return number;
}

absl::StatusOr<std::string> TryRegister(const client::Client& caller, const std::string& number,
                                        bool confirmed) {
  v1::CreateParticipantRequest request;
  request.set_national_identity_number(number);
  request.set_tie_reason(v1::TIE_REASON_SERVICE_GRANTED);
  if (confirmed) request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  request.mutable_contact()->set_given_name("Amina");
  request.mutable_contact()->set_family_name("Warsame");
  request.mutable_contact()->set_preferred_language("so");
  request.mutable_contact()->set_interpreter_needed(true);
  const auto created = caller.Call(&v1::ParticipantService::Stub::Create, request);
  if (!created.ok()) return created.status();
  return created->participant_id();
}

std::string Register(const client::Client& caller, const std::string& person) {
  const auto id = TryRegister(caller, NumberOf(person), true);
  EXPECT_TRUE(id.ok()) << id.status();
  return id.value_or("");
}

void ConsentBothWays(const client::Client& veileder, const std::string& veileder_id,
                     const client::Client& teacher, const std::string& teacher_id) {
  v1::GiveConsentRequest from_nav = ConsentRequest(veileder_id);
  AddRelease(from_nav, "nav-statlig", "oslo-vo");
  Give(veileder, from_nav);
  v1::GiveConsentRequest from_vo = ConsentRequest(teacher_id);
  AddRelease(from_vo, "oslo-vo", "nav-statlig");
  Give(teacher, from_vo);
}

std::string ReasonOf(const absl::Status& status) { return domain::ReasonOf(status); }

}  // namespace navo::support
