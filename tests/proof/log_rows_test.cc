// Every call about a participant leaves exactly one row in the access log for each participant it
// touched: shown, refused, failed or replayed. For every RPC there is, found by walking the
// descriptors; each call is an act of its own, and the rows of the acts are counted in the file.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/admin.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "storage/uuid.h"
#include "tests/services/left_behind.h"
#include "tests/support/raw_call.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::proof {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

constexpr char kNobodysId[] = "77777777-7777-4777-8777-777777777777";

// Calls that were made, each under an act of its own, and how many rows each must have.
class Acts {
 public:
  std::string New(const std::string& what, int rows) {
    const std::string act = absl::StrFormat("cccccccc-0000-4000-8000-%012d", expected_.size() + 1);
    expected_[act] = {what, rows};
    return act;
  }
  void Check(support::LeftBehind& left) {
    std::map<std::string, int> rows;
    left.Each("SELECT act FROM access_log ORDER BY position", {},
              [&rows](const storage::Row& row) { ++rows[storage::UuidText(row.Bytes(0))]; });
    for (const auto& [act, call] : expected_) {
      EXPECT_EQ(rows[act], call.second) << call.first;
    }
  }
  std::size_t size() const { return expected_.size(); }

 private:
  std::map<std::string, std::pair<std::string, int>> expected_;
};

bool HasField(const MethodDescriptor& method, const char* field) {
  return method.input_type()->FindFieldByName(field) != nullptr;
}

std::vector<const MethodDescriptor*> MethodsAbout(const char* field) {
  std::vector<const MethodDescriptor*> methods;
  const std::filesystem::path folder(NAVO_SOURCE_DIR "/proto/navo/v1");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(
        "navo/v1/" + entry.path().filename().string());
    EXPECT_NE(file, nullptr) << entry.path().filename() << " is not linked into this test";
    for (int i = 0; file != nullptr && i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const MethodDescriptor* method = file->service(i)->method(j);
        if (HasField(*method, field)) methods.push_back(method);
      }
    }
  }
  return methods;
}

// A request of which only these fields are filled in.
std::string RequestOf(const MethodDescriptor& method,
                      const std::map<std::string, std::string>& fields) {
  const std::unique_ptr<Message> request(
      MessageFactory::generated_factory()->GetPrototype(method.input_type())->New());
  for (const auto& [name, value] : fields) {
    const auto* field = method.input_type()->FindFieldByName(name);
    if (field != nullptr) request->GetReflection()->SetString(request.get(), field, value);
  }
  return request->SerializeAsString();
}

std::string PathOf(const MethodDescriptor& method) {
  return "/" + method.service()->full_name() + "/" + method.name();
}

class LogRowsTest : public testing::Test {
 protected:
  std::string RequestId() { return absl::StrFormat("dddddddd-0000-4000-8000-%012d", ++requests_); }
  // The call, which must leave so many rows.
  support::RawAnswer Call(const std::string& key, const MethodDescriptor& method,
                          const std::map<std::string, std::string>& fields, int rows,
                          const std::string& why) {
    const std::string act = acts_.New(method.full_name() + " by " + key + ", " + why, rows);
    return support::RawCall(server_.As(key).WithAct(act), PathOf(method),
                            RequestOf(method, fields));
  }

  // The same for a request that is filled in.
  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Count(const client::Client& caller, const std::string& what, int rows,
                                 grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                              Response*),
                                 const Request& request) {
    return caller.WithAct(acts_.New(what, rows)).Call(method, request);
  }

  support::TestServer server_;
  Acts acts_;
  int requests_ = 0;
};

TEST_F(LogRowsTest, EveryCallAboutAParticipantHasItsOneRow) {
  const client::Client kari = server_.As("kari");
  const std::string id = support::Register(kari, "amina");
  support::MakeRichCase(kari, id, "hos oss", true);
  int answered = 0;
  for (const MethodDescriptor* method : MethodsAbout("participant_id")) {
    if (method->client_streaming()) continue;
    for (const char* key : {"kari", "per", "tor", "liv", "dag", "drift", "sara", "komet"}) {
      const bool other_side = std::string(key) == "tor";
      for (const std::string& about : {id, std::string(kNobodysId)}) {
        if (other_side && about == id) continue;  // as nobody's: it is kari's side's id
        const support::RawAnswer answer =
            Call(key, *method, {{"participant_id", about}, {"request_id", RequestId()}}, 1,
                 about == id ? "about her" : "about nobody");
        answered += answer.status.ok() ? 1 : 0;
      }
    }
    const support::RawAnswer self =
        Call("amina", *method, {{"participant_id", "me"}, {"request_id", RequestId()}}, 1, "self");
    answered += self.status.ok() ? 1 : 0;
  }
  EXPECT_GE(answered, 30);
  EXPECT_GE(acts_.size(), 500u);
  support::LeftBehind left(server_);
  acts_.Check(left);
}

TEST_F(LogRowsTest, EveryNumberThatIsAskedForHasItsOneRow) {
  support::Register(server_.As("kari"), "amina");
  for (const MethodDescriptor* method : MethodsAbout("national_identity_number")) {
    for (const char* key : {"kari", "per", "tor", "jan", "liv", "drift"}) {
      for (const char* person : {"amina", "olena", "signe", "bushra"}) {
        Call(key, *method,
             {{"national_identity_number", support::NumberOf(person)}, {"request_id", RequestId()}},
             1, person);
      }
    }
  }
  EXPECT_GE(acts_.size(), 48u);
  support::LeftBehind left(server_);
  acts_.Check(left);
}

TEST_F(LogRowsTest, AReplayIsLoggedAsWhatItIsAndALineOfAListForEachPerson) {
  const client::Client kari = server_.As("kari");
  const std::string id = support::Register(kari, "amina");
  support::Register(kari, "olena");
  support::Register(kari, "yusuf");
  v1::OpenPlanRequest open;
  open.set_participant_id(id);
  open.set_request_id(RequestId());
  for (const char* what : {"the first time", "again", "and again"}) {
    const auto opened = kari.WithAct(acts_.New(what, 1)).Call(&v1::PlanService::Stub::Open, open);
    EXPECT_TRUE(opened.ok()) << opened.status();
  }
  v1::ListParticipantsRequest list;
  const auto listed =
      kari.WithAct(acts_.New("the whole list", 3)).Call(&v1::ParticipantService::Stub::List, list);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(listed->participants_size(), 3);
  list.set_page_size(2);
  EXPECT_TRUE(kari.WithAct(acts_.New("a page of the list", 2))
                  .Call(&v1::ParticipantService::Stub::List, list)
                  .ok());
  // Nobody is shown, and the call was not refused.
  EXPECT_TRUE(server_.As("eva")
                  .WithAct(acts_.New("an empty list", 0))
                  .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
                  .ok());
  EXPECT_FALSE(server_.As("dag")
                   .WithAct(acts_.New("a list refused", 1))
                   .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
                   .ok());
  support::LeftBehind left(server_);
  acts_.Check(left);
}

// What lists and what names its subject in no participant_id: shown, empty, refused.
TEST_F(LogRowsTest, HandoversHaveARowForEachPersonTold) {
  const client::Client kari = server_.As("kari");
  const client::Client per = server_.As("per");
  std::vector<v1::Referral> offers;
  for (const char* person : {"amina", "olena"}) {
    v1::ReferRequest refer;
    refer.set_participant_id(support::Register(kari, person));
    refer.set_to_unit("nav-stovner-statlig");
    refer.set_reason(v1::REFERRAL_REASON_MOVED);
    offers.push_back(Count(kari, "Refer", 1, &v1::ReferralService::Stub::Refer, refer)->referral());
  }
  const v1::ListReferralsRequest list;
  Count(kari, "the offers of the own unit", 2, &v1::ReferralService::Stub::List, list)
      .status()
      .IgnoreError();
  Count(per, "offers to the own unit", 2, &v1::ReferralService::Stub::List, list)
      .status()
      .IgnoreError();
  Count(server_.As("eva"), "no offers", 0, &v1::ReferralService::Stub::List, list)
      .status()
      .IgnoreError();
  Count(server_.As("dag"), "offers refused", 1, &v1::ReferralService::Stub::List, list)
      .status()
      .IgnoreError();
  v1::DeclineReferralRequest decline;
  decline.set_participant_id(offers[0].participant_id());
  decline.set_referral_id(offers[0].referral_id());
  decline.set_reason(v1::REFERRAL_DECLINE_REASON_NO_CAPACITY);
  EXPECT_TRUE(Count(per, "Decline", 1, &v1::ReferralService::Stub::Decline, decline).ok());
  EXPECT_FALSE(Count(per, "Decline again", 1, &v1::ReferralService::Stub::Decline, decline).ok());
  v1::AcceptReferralRequest accept;
  accept.set_participant_id(offers[1].participant_id());
  accept.set_referral_id(offers[1].referral_id());
  EXPECT_TRUE(Count(per, "Accept", 1, &v1::ReferralService::Stub::Accept, accept).ok());
  EXPECT_FALSE(Count(per, "Accept again", 1, &v1::ReferralService::Stub::Accept, accept).ok());
  Count(per, "one is left", 1, &v1::ReferralService::Stub::List, list).status().IgnoreError();
  support::LeftBehind left(server_);
  acts_.Check(left);
}

TEST_F(LogRowsTest, EmergencyAccessHasARowForEachPersonTold) {
  const client::Client kari = server_.As("kari");
  using Emergencies = v1::EmergencyAccessService::Stub;
  v1::EndEmergencyAccessRequest end;
  for (const char* person : {"amina", "olena"}) {
    support::Register(server_.As("per"), person);
    v1::OpenEmergencyAccessRequest open;
    open.set_national_identity_number(support::NumberOf(person));
    open.set_reason("Legevakten ringer og trenger kontaktperson");
    const auto opened = Count(kari, "Open", 1, &Emergencies::Open, open);
    end.set_emergency_access_id(opened->emergency_access_id());
    open.clear_request_id();
    open.set_national_identity_number(support::NumberOf("signe"));
    EXPECT_FALSE(Count(kari, "Open in vain", 1, &Emergencies::Open, open).ok());
  }
  const v1::ListEmergencyAccessRequest list;
  for (const char* key : {"kari", "liv", "dag"}) {
    Count(server_.As(key), "a list of two", 2, &Emergencies::List, list).status().IgnoreError();
  }
  Count(server_.As("jan"), "none of his own", 0, &Emergencies::List, list).status().IgnoreError();
  Count(server_.As("drift"), "a list refused", 1, &Emergencies::List, list).status().IgnoreError();
  EXPECT_FALSE(Count(server_.As("jan"), "End of another's", 1, &Emergencies::End, end).ok());
  EXPECT_FALSE(Count(server_.As("dag"), "End refused", 1, &Emergencies::End, end).ok());
  EXPECT_TRUE(Count(kari, "End", 1, &Emergencies::End, end).ok());
  EXPECT_TRUE(Count(kari, "End again", 1, &Emergencies::End, end).ok());
  support::LeftBehind left(server_);
  acts_.Check(left);
}

TEST_F(LogRowsTest, RemindersAndSearchesHaveARowForEachPersonTold) {
  const client::Client kari = server_.As("kari");
  for (const char* person : {"amina", "olena"}) {
    auto consent = support::NewConsent(support::Register(kari, person),
                                       support::FullRelease("nav-statlig", "oslo-vo"));
    *consent.mutable_valid_to() = support::DateOf(2026, 11, 20);
    support::Must(kari, &v1::ConsentService::Stub::GiveConsent, consent);
  }
  using Consents = v1::ConsentService::Stub;
  using Logs = v1::AccessLogService::Stub;
  const v1::ListExpiringGroundsRequest expiring;
  const auto reminded = Count(kari, "reminders of two", 2, &Consents::ListExpiring, expiring);
  EXPECT_EQ(reminded->grounds_size(), 2);
  Count(server_.As("eva"), "no reminders", 0, &Consents::ListExpiring, expiring)
      .status()
      .IgnoreError();
  Count(server_.As("dag"), "reminders refused", 1, &Consents::ListExpiring, expiring)
      .status()
      .IgnoreError();
  // A search has a row for itself as well.
  v1::SearchAccessRequest search;
  Count(server_.As("dag"), "a search that finds two", 3, &Logs::SearchAccess, search)
      .status()
      .IgnoreError();
  search.set_of_participant_id(reminded->grounds(0).participant_id());
  Count(server_.As("dag"), "a search for one", 2, &Logs::SearchAccess, search)
      .status()
      .IgnoreError();
  search.set_of_participant_id(kNobodysId);
  Count(server_.As("dag"), "a search for nobody", 1, &Logs::SearchAccess, search)
      .status()
      .IgnoreError();
  Count(kari, "a search refused", 1, &Logs::SearchAccess, search).status().IgnoreError();
  Count(kari, "anomalies refused", 1, &Logs::ListAnomalies, v1::ListAnomaliesRequest())
      .status()
      .IgnoreError();
  Count(server_.As("vera"), "no anomalies", 1, &Logs::ListAnomalies, v1::ListAnomaliesRequest())
      .status()
      .IgnoreError();
  support::LeftBehind left(server_);
  acts_.Check(left);
}

// Administration is about no participant: what it changes has a row, and so has what is refused of
// it; its lists touch nobody's data.
TEST_F(LogRowsTest, WhatIsAdministeredHasARowAndItsListsHaveNone) {
  int changes = 0;
  const auto* file = DescriptorPool::generated_pool()->FindFileByName("navo/v1/admin.proto");
  ASSERT_NE(file, nullptr);
  for (int i = 0; i < file->service(0)->method_count(); ++i) {
    const MethodDescriptor& method = *file->service(0)->method(i);
    const bool writes = HasField(method, "request_id");
    for (const char* key : {"drift", "ivar", "kari", "dag"}) {
      Call(key, method, {{"request_id", RequestId()}}, writes ? 1 : 0, "with nothing filled in");
    }
    changes += writes ? 1 : 0;
  }
  EXPECT_GE(changes, 11);
  const client::Client drift = server_.As("drift");
  v1::CreateUnitRequest unit;
  unit.set_controller_id("nav-statlig");
  unit.set_unit_id("nav-alna-statlig");
  unit.set_name("NAV Alna, statlig linje");
  EXPECT_TRUE(Count(drift, "CreateUnit", 1, &v1::AdminService::Stub::CreateUnit, unit).ok());
  support::LeftBehind left(server_);
  acts_.Check(left);
}

}  // namespace
}  // namespace navo::proof
