// Services for the tests of `navo`: they answer the little a command needs and keep what they were
// sent.
#ifndef NAVO_CLIENTS_CLI_TESTING_SERVICES_H_
#define NAVO_CLIENTS_CLI_TESTING_SERVICES_H_

#include <map>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/server_context.h"
#include "navo/v1/admin.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/exchange.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"

namespace navo::cli::testing_services {

constexpr char kStep[] = "5a0c1111-1111-4111-8111-111111111111";
inline grpc::Status Rich(grpc::StatusCode code, const std::string& reason,
                         const std::map<std::string, std::string>& metadata = {}) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  google::rpc::Status rich;
  rich.add_details()->PackFrom(info);
  return {code, "server says so", rich.SerializeAsString()};
}

struct Participants final : v1::ParticipantService::Service {
  grpc::Status Lookup(grpc::ServerContext*, const v1::LookupParticipantRequest* request,
                      v1::LookupParticipantResponse* response) override {
    number = request->national_identity_number();
    response->set_participant_id("p1");
    return grpc::Status::OK;
  }
  grpc::Status Get(grpc::ServerContext* context, const v1::GetParticipantRequest* request,
                   v1::GetParticipantResponse* response) override {
    const auto act = context->client_metadata().find("navo-act");
    acts.emplace_back(act->second.data(), act->second.size());
    metadata.clear();
    for (const auto& [key, value] : context->client_metadata()) {
      metadata[{key.data(), key.size()}] = {value.data(), value.size()};
    }
    response->set_participant_id(request->participant_id());
    response->add_sides()->set_etag("own");
    return status;
  }
  grpc::Status List(grpc::ServerContext*, const v1::ListParticipantsRequest*,
                    v1::ListParticipantsResponse* response) override {
    *response = listed;
    return grpc::Status::OK;
  }
  grpc::Status UpdateContact(grpc::ServerContext*, const v1::UpdateContactRequest* request,
                             v1::UpdateContactResponse*) override {
    update = *request;
    return grpc::Status::OK;
  }
  std::string number;
  std::vector<std::string> acts;
  std::map<std::string, std::string> metadata;  // of the last Get
  v1::UpdateContactRequest update;
  v1::ListParticipantsResponse listed;
  grpc::Status status;
};

struct Plans final : v1::PlanService::Service {
  grpc::Status Get(grpc::ServerContext* context, const v1::GetPlanRequest*,
                   v1::GetPlanResponse* response) override {
    const auto found = context->client_metadata().find("navo-act");
    act.assign(found->second.data(), found->second.size());
    if (missing) return Rich(grpc::StatusCode::NOT_FOUND, "NOT_FOUND");
    auto* step = response->mutable_plan()->add_parts()->add_steps();
    step->set_step_id(kStep);
    step->set_etag("etag-as-read");
    return grpc::Status::OK;
  }
  grpc::Status ChangeStepStatus(grpc::ServerContext*, const v1::ChangeStepStatusRequest* request,
                                v1::ChangeStepStatusResponse* response) override {
    change = *request;
    if (stale) return Rich(grpc::StatusCode::ABORTED, "STALE_ETAG");
    response->mutable_step()->set_status(request->status());
    return grpc::Status::OK;
  }
  v1::ChangeStepStatusRequest change;
  std::string act;
  bool stale = false;
  bool missing = false;
};

struct Kartlegging final : v1::KartleggingService::Service {
  grpc::Status Get(grpc::ServerContext*, const v1::GetKartleggingRequest*,
                   v1::GetKartleggingResponse* response) override {
    *response = picture;
    return grpc::Status::OK;
  }
  grpc::Status ListVersions(grpc::ServerContext*, const v1::ListSectionVersionsRequest*,
                            v1::ListSectionVersionsResponse* response) override {
    *response = versions;
    return grpc::Status::OK;
  }
  grpc::Status RecordSection(grpc::ServerContext*, const v1::RecordSectionRequest* request,
                             v1::RecordSectionResponse*) override {
    recorded = *request;
    return Rich(grpc::StatusCode::FAILED_PRECONDITION, "ALREADY_MAPPED",
                {{"section_id", "s7"}, {"unit", "nav-grorud-statlig"}, {"day", "2026-10-12"}});
  }
  v1::RecordSectionRequest recorded;
  v1::GetKartleggingResponse picture;
  v1::ListSectionVersionsResponse versions;
};

struct Consents final : v1::ConsentService::Service {
  grpc::Status GiveConsent(grpc::ServerContext*, const v1::GiveConsentRequest* request,
                           v1::GiveConsentResponse*) override {
    given = *request;
    return grpc::Status::OK;
  }
  grpc::Status WithdrawConsent(grpc::ServerContext*, const v1::WithdrawConsentRequest* request,
                               v1::WithdrawConsentResponse*) override {
    withdrawn = *request;
    return grpc::Status::OK;
  }
  grpc::Status List(grpc::ServerContext*, const v1::ListGroundsRequest*,
                    v1::ListGroundsResponse* response) override {
    ++lists;
    *response = grounds;
    return list_status;
  }
  v1::GiveConsentRequest given;
  v1::WithdrawConsentRequest withdrawn;
  v1::ListGroundsResponse grounds;
  grpc::Status list_status;
  int lists = 0;
};

struct FollowUps final : v1::FollowUpService::Service {
  grpc::Status List(grpc::ServerContext*, const v1::ListFollowUpsRequest*,
                    v1::ListFollowUpsResponse* response) override {
    *response = listed;
    return grpc::Status::OK;
  }
  v1::ListFollowUpsResponse listed;
};

struct Protections final : v1::ProtectionService::Service {
  grpc::Status ListShadows(grpc::ServerContext*, const v1::ListShadowsRequest*,
                           v1::ListShadowsResponse* response) override {
    *response = shadows;
    return grpc::Status::OK;
  }
  grpc::Status MergeShadow(grpc::ServerContext*, const v1::MergeShadowRequest* request,
                           v1::MergeShadowResponse*) override {
    merged = request->shadow_id();
    return grpc::Status::OK;
  }
  grpc::Status SetOfficeLock(grpc::ServerContext*, const v1::SetOfficeLockRequest* request,
                             v1::SetOfficeLockResponse*) override {
    locked = *request;
    return grpc::Status::OK;
  }
  grpc::Status LiftOfficeLock(grpc::ServerContext*, const v1::LiftOfficeLockRequest* request,
                              v1::LiftOfficeLockResponse*) override {
    lifted = *request;
    return grpc::Status::OK;
  }
  v1::ListShadowsResponse shadows;
  std::string merged;
  v1::SetOfficeLockRequest locked;
  v1::LiftOfficeLockRequest lifted;
};

struct Emergencies final : v1::EmergencyAccessService::Service {
  grpc::Status List(grpc::ServerContext*, const v1::ListEmergencyAccessRequest*,
                    v1::ListEmergencyAccessResponse* response) override {
    *response = accesses;
    return grpc::Status::OK;
  }
  grpc::Status End(grpc::ServerContext*, const v1::EndEmergencyAccessRequest* request,
                   v1::EndEmergencyAccessResponse*) override {
    ended = request->emergency_access_id();
    return grpc::Status::OK;
  }
  v1::ListEmergencyAccessResponse accesses;
  std::string ended;
};

struct Administration final : v1::AdminService::Service {
  grpc::Status ListPrincipals(grpc::ServerContext*, const v1::ListPrincipalsRequest*,
                              v1::ListPrincipalsResponse* response) override {
    *response = principals;
    return grpc::Status::OK;
  }
  grpc::Status SetOwnNumbers(grpc::ServerContext*, const v1::SetOwnNumbersRequest* request,
                             v1::SetOwnNumbersResponse*) override {
    ++declarations;
    declared = *request;
    return grpc::Status::OK;
  }
  v1::ListPrincipalsResponse principals;
  v1::SetOwnNumbersRequest declared;
  int declarations = 0;
};

// Answers with one page after another, and then with nothing new.
struct Feed final : v1::FeedService::Service {
  grpc::Status ListChanges(grpc::ServerContext*, const v1::ListChangesRequest* request,
                           v1::ListChangesResponse* response) override {
    asked.push_back(request->cursor());
    if (asked.size() <= pages.size()) *response = pages[asked.size() - 1];
    if (response->next_cursor().empty()) response->set_next_cursor("the-end");
    return grpc::Status::OK;
  }
  std::vector<std::string> asked;
  std::vector<v1::ListChangesResponse> pages;
};

struct Languages final : v1::LanguageService::Service {
  grpc::Status GetProgress(grpc::ServerContext*, const v1::GetProgressRequest*,
                           v1::GetProgressResponse*) override {
    return grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "not for this role");
  }
};

struct Exchange final : v1::ExchangeService::Service {
  grpc::Status Import(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::ImportResponse, v1::ImportRequest>* stream) override {
    v1::ImportRequest request;
    v1::ImportResponse response;
    while (stream->Read(&request)) {
      if (!request.has_start()) continue;
      start = request.start();
      if (!start.file_key().empty()) stream->Write(response);  // nothing broke off
    }
    response.mutable_counts()->set_rows(2);
    response.mutable_counts()->set_rejected(rejected);
    if (rejected > 0) {
      auto* row = response.add_results();
      row->set_line(2);
      row->set_outcome(v1::ROW_OUTCOME_REJECTED);
      row->set_reason("INVALID_DATE");
      row->set_advice("Write \"start\" as 2026-11-22");
    }
    response.set_done(true);
    stream->Write(response);
    return grpc::Status::OK;
  }
  int rejected = 0;
  v1::ImportStart start;  // the last one
};

}  // namespace navo::cli::testing_services

#endif  // NAVO_CLIENTS_CLI_TESTING_SERVICES_H_
