#include <gtest/gtest.h>

#include <filesystem>

#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/exchange.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "tests/services/isolation_probes.h"

namespace navo::support {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

// Of every service of the API.
std::vector<const MethodDescriptor*> EveryMethod() {
  std::vector<const MethodDescriptor*> methods;
  const std::filesystem::path folder(NAVO_SOURCE_DIR "/proto/navo/v1");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = "navo/v1/" + entry.path().filename().string();
    const FileDescriptor* file = DescriptorPool::generated_pool()->FindFileByName(name);
    EXPECT_NE(file, nullptr) << name << " is not linked into this test";
    for (int i = 0; file != nullptr && i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        methods.push_back(file->service(i)->method(j));
      }
    }
  }
  return methods;
}

void AddParticipantReads(std::vector<Probe>& probes) {
  using Stub = v1::ParticipantService::Stub;
  probes.push_back(Ask("Amina by her number", &Stub::Lookup, [](const IsolationWorld&) {
    v1::LookupParticipantRequest request;
    request.set_national_identity_number(NumberOf("amina"));
    return request;
  }));
  probes.push_back(Ask("who she is", &Stub::Get, About<v1::GetParticipantRequest>));
  probes.push_back(Ask("who the other side's id is", &Stub::Get, [](const IsolationWorld& world) {
    v1::GetParticipantRequest request;
    request.set_participant_id(world.other_participant_id());
    return request;
  }));
  for (const v1::ParticipantOrder order :
       {v1::PARTICIPANT_ORDER_NAME, v1::PARTICIPANT_ORDER_TIE_NEWEST,
        v1::PARTICIPANT_ORDER_LAST_FOLLOW_UP}) {
    const auto list = [order](const IsolationWorld&) {
      v1::ListParticipantsRequest request;
      request.set_order(order);
      return request;
    };
    const std::string by = " by " + v1::ParticipantOrder_Name(order);
    probes.push_back(Ask("the working list" + by, &Stub::List, list));
    probes.push_back(AskPages("the working list in pages" + by, &Stub::List, list));
  }
  probes.push_back(Ask("the working list, filtered", &Stub::List, [](const IsolationWorld&) {
    v1::ListParticipantsRequest request;
    request.set_name_prefix("de");  // "hos dem"
    request.set_mine(true);
    return request;
  }));
}

void AddKartleggingReads(std::vector<Probe>& probes) {
  using Stub = v1::KartleggingService::Stub;
  probes.push_back(Ask("the kinds", &Stub::ListKinds,
                       [](const IsolationWorld&) { return v1::ListKindsRequest(); }));
  probes.push_back(Ask("codes", &Stub::ListCodes, [](const IsolationWorld&) {
    v1::ListCodesRequest request;
    request.set_list(v1::CODE_LIST_STYRK08);
    request.set_search("helse");
    return request;
  }));
  probes.push_back(Ask("the kartlegging", &Stub::Get, About<v1::GetKartleggingRequest>));
  const auto versions = [](const std::string& section_id, const IsolationWorld& world) {
    auto request = About<v1::ListSectionVersionsRequest>(world);
    request.set_section_id(section_id);
    return request;
  };
  probes.push_back(AskPages(
      "versions of the own section", &Stub::ListVersions,
      [versions](const IsolationWorld& world) { return versions(world.own().section_id, world); }));
  probes.push_back(Ask("versions of the other side's section", &Stub::ListVersions,
                       [versions](const IsolationWorld& world) {
                         return versions(world.other().section_id, world);
                       }));
}

void AddFollowUpReads(std::vector<Probe>& probes) {
  using FollowUp = v1::FollowUpService::Stub;
  probes.push_back(Ask("the follow-ups", &FollowUp::List, About<v1::ListFollowUpsRequest>));
  probes.push_back(
      AskPages("the follow-ups in pages", &FollowUp::List, About<v1::ListFollowUpsRequest>));
  const auto history = [](const std::string& follow_up_id, const IsolationWorld& world) {
    auto request = About<v1::ListFollowUpVersionsRequest>(world);
    request.set_follow_up_id(follow_up_id);
    return request;
  };
  probes.push_back(AskPages(
      "versions of the own event", &FollowUp::ListVersions,
      [history](const IsolationWorld& world) { return history(world.own().follow_up_id, world); }));
  probes.push_back(Ask(
      "versions of the own meeting", &FollowUp::ListVersions,
      [history](const IsolationWorld& world) { return history(world.own().meeting_id, world); }));
  probes.push_back(Ask("versions of the other side's event", &FollowUp::ListVersions,
                       [history](const IsolationWorld& world) {
                         return history(world.other().follow_up_id, world);
                       }));
  probes.push_back(
      Ask("the exemptions", &FollowUp::ListExemptions, About<v1::ListNoteExemptionsRequest>));
}

void AddPlanReads(std::vector<Probe>& probes) {
  using Stub = v1::PlanService::Stub;
  probes.push_back(Ask("the plan", &Stub::Get, About<v1::GetPlanRequest>));
  const auto as_of = [](const std::string& version, const IsolationWorld& world) {
    auto request = About<v1::GetPlanRequest>(world);
    request.set_version(version);
    return request;
  };
  probes.push_back(
      Ask("an own version of the plan", &Stub::Get,
          [as_of](const IsolationWorld& world) { return as_of(world.own().plan_version, world); }));
  probes.push_back(Ask(
      "the other side's version of the plan", &Stub::Get,
      [as_of](const IsolationWorld& world) { return as_of(world.other().plan_version, world); }));
  probes.push_back(
      Ask("versions of the plan", &Stub::ListVersions, About<v1::ListPlanVersionsRequest>));
  probes.push_back(AskPages("versions of the plan in pages", &Stub::ListVersions,
                            About<v1::ListPlanVersionsRequest>));
}

v1::ListChangesRequest Since(const std::string& cursor) {
  v1::ListChangesRequest request;
  request.set_cursor(cursor);
  return request;
}

// One entry at a time, up to the present.
std::string FollowedChanges(IsolationWorld& world) {
  v1::ListChangesRequest request = Since(world.feed_cursor());
  request.set_page_size(1);
  v1::ListChangesResponse all;
  std::string pages;
  for (int page = 0; page < 500; ++page) {
    const auto answer = world.watcher().Call(&v1::FeedService::Stub::ListChanges, request);
    if (!answer.ok()) return NeutralText(answer);
    pages += std::to_string(answer->changes_size()) + (answer->has_more() ? "+ " : ". ");
    all.mutable_changes()->MergeFrom(answer->changes());
    if (!answer->has_more()) return pages + NeutralText(all);
    request.set_cursor(answer->next_cursor());
  }
  return pages + "and no end";
}

void AddFeedReads(std::vector<Probe>& probes) {
  using Stub = v1::FeedService::Stub;
  const std::string method = MethodTaking(v1::ListChangesRequest::descriptor());
  probes.push_back(
      Ask("from now", &Stub::ListChanges, [](const IsolationWorld&) { return Since(""); }));
  probes.push_back(Ask("what changed", &Stub::ListChanges,
                       [](const IsolationWorld& world) { return Since(world.feed_cursor()); }));
  probes.push_back({method, "what changed, one by one", FollowedChanges});
}

}  // namespace

std::vector<std::string> AllMethods() {
  std::vector<std::string> methods;
  for (const MethodDescriptor* method : EveryMethod()) methods.push_back(method->full_name());
  return methods;
}

std::string MethodTaking(const google::protobuf::Descriptor* request) {
  for (const MethodDescriptor* method : EveryMethod()) {
    if (method->input_type() == request) return method->full_name();
  }
  return "";
}

std::vector<Probe> ReadProbes() {
  std::vector<Probe> probes;
  AddParticipantReads(probes);
  AddKartleggingReads(probes);
  AddPlanReads(probes);
  using Consent = v1::ConsentService::Stub;
  probes.push_back(Ask("the grounds", &Consent::List, About<v1::ListGroundsRequest>));
  probes.push_back(AskPages("the grounds in pages", &Consent::List, About<v1::ListGroundsRequest>));
  probes.push_back(Ask("a text", &Consent::GetConsentText, [](const IsolationWorld&) {
    v1::GetConsentTextRequest request;
    request.set_text_id("samordnet-kvalifisering");
    request.set_language("so");
    return request;
  }));
  probes.push_back(Ask("grounds that end", &Consent::ListExpiring, [](const IsolationWorld&) {
    v1::ListExpiringGroundsRequest request;
    request.set_within_days(365);
    return request;
  }));
  probes.push_back(
      AskPages("grounds that end in pages", &Consent::ListExpiring,
               [](const IsolationWorld&) { return v1::ListExpiringGroundsRequest(); }));
  probes.push_back(Ask("a receipt", &Consent::GetReceipt, [](const IsolationWorld& world) {
    auto request = About<v1::GetReceiptRequest>(world);
    request.set_language("so");
    return request;
  }));
  probes.push_back(Ask("why", &Consent::ExplainAccess, About<v1::ExplainAccessRequest>));
  probes.push_back(Ask("the laws", &Consent::ListLegalBases,
                       [](const IsolationWorld&) { return v1::ListLegalBasesRequest(); }));
  probes.push_back(Ask("the handovers", &v1::ReferralService::Stub::List,
                       [](const IsolationWorld&) { return v1::ListReferralsRequest(); }));
  probes.push_back(AskPages("the handovers in pages", &v1::ReferralService::Stub::List,
                            [](const IsolationWorld&) { return v1::ListReferralsRequest(); }));
  probes.push_back(Ask("the emergency accesses", &v1::EmergencyAccessService::Stub::List,
                       [](const IsolationWorld&) { return v1::ListEmergencyAccessRequest(); }));
  AddFollowUpReads(probes);
  AddFeedReads(probes);
  using Language = v1::LanguageService::Stub;
  probes.push_back(Ask("the language", &Language::GetProgress, About<v1::GetProgressRequest>));
  probes.push_back(
      AskPages("the hours in pages", &Language::GetProgress, About<v1::GetProgressRequest>));
  probes.push_back(
      Ask("the access log", &v1::AccessLogService::Stub::ListAccess, About<v1::ListAccessRequest>));
  probes.push_back(Ask("the log searched", &v1::AccessLogService::Stub::SearchAccess,
                       [](const IsolationWorld& world) {
                         v1::SearchAccessRequest request;
                         request.set_of_participant_id(world.id());
                         return request;
                       }));
  probes.push_back(Ask("the anomalies", &v1::AccessLogService::Stub::ListAnomalies,
                       [](const IsolationWorld&) { return v1::ListAnomaliesRequest(); }));
  AddAdminReads(probes);
  return probes;
}

}  // namespace navo::support
