// The reads.
#include "absl/strings/str_cat.h"
#include "clients/load/case_content.h"
#include "clients/load/case_writer.h"
#include "clients/load/make_rpc.h"
#include "clients/load/rpcs.h"
#include "navo/bench/v1/echo.pb.h"
#include "navo/v1/access_log.pb.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/participant.pb.h"
#include "navo/v1/plan.pb.h"

namespace navo::load {
namespace {

const char* ControllerOf(const Errand& errand) {
  return errand.side == Side::kVo ? kVoController : kNavController;
}

// The case as it was made: both parts, whole, and the other side's goals, which the ground opens.
std::string CheckPlan(const v1::GetPlanResponse& response, const Errand& errand, int steps) {
  const v1::Plan& plan = response.plan();
  if (plan.parts_size() != 2 || response.revision().empty()) return "not both parts";
  for (const v1::PlanPart& part : plan.parts()) {
    if (part.steps_size() < steps) return "steps are missing";
    if (part.goals().sluttmaal().empty()) return "a side has no goals";
  }
  return plan.parts(0).provenance().controller() == ControllerOf(errand) ? "" : "not the own part";
}

std::string CheckKartlegging(const v1::GetKartleggingResponse& response, Errand& errand,
                             bool own_section) {
  bool both = false;
  for (const v1::KindPicture& kind : response.kinds()) {
    both = both || kind.sections_size() == 2;
    for (const v1::Section& section : kind.sections()) {
      const bool own = section.provenance().controller() == ControllerOf(errand);
      if (own != own_section || section.kind() != v1::SECTION_KIND_GOALS_INTERESTS) continue;
      errand.record_id = section.section_id();
      errand.etag = section.etag();
    }
  }
  return both && !errand.record_id.empty() ? "" : "not the sections of both sides";
}

}  // namespace

RpcPtr GetParticipant() {
  return MakeRpc<v1::GetParticipantRequest, v1::GetParticipantResponse>(
      "ParticipantService/Get", nullptr,
      [](const City&, Errand& errand, const v1::GetParticipantResponse& response) {
        for (const v1::SideFacts& side : response.sides()) {
          if (side.provenance().controller() == ControllerOf(errand)) errand.etag = side.etag();
        }
        const bool whole = response.sides_size() == 2 && response.ties_size() > 0;
        return whole && !errand.etag.empty() ? "" : "not both sides";
      });
}

RpcPtr LookupParticipant() {
  return MakeRpc<v1::LookupParticipantRequest, v1::LookupParticipantResponse>(
      "ParticipantService/Lookup",
      [](const City&, const Errand& errand, Dice&, v1::LookupParticipantRequest& request) {
        request.set_national_identity_number(SyntheticNumber(errand.participant));
      },
      [](const City& city, Errand& errand, const v1::LookupParticipantResponse& response) {
        const bool right = response.participant_id() == city.IdOf(errand.participant, errand.side);
        return right ? "" : "another participant";
      });
}

RpcPtr ListParticipants() {
  return MakeRpc<v1::ListParticipantsRequest, v1::ListParticipantsResponse>(
      "ParticipantService/List",
      [](const City&, const Errand&, Dice&, v1::ListParticipantsRequest& request) {
        request.set_mine(true);
        request.set_page_size(kCasesOfVeileder);
      },
      [](const City& city, Errand& errand, const v1::ListParticipantsResponse& response) {
        const Population& people = city.population;
        const int cases = errand.side == Side::kVo
                              ? people.CasesOfTeacher(people.TeacherOf(errand.participant))
                              : people.CasesOf(people.VeilederOf(errand.participant));
        if (response.participants_size() != cases) return "not all own cases";
        const v1::ParticipantListItem& item = response.participants(0);
        return item.facts().family_name().empty() || item.tie().unit().empty() ? "empty lines" : "";
      });
}

RpcPtr ListGrounds() {
  return MakeRpc<v1::ListGroundsRequest, v1::ListGroundsResponse>(
      "ConsentService/List", nullptr,
      [](const City&, Errand&, const v1::ListGroundsResponse& response) {
        return response.grounds_size() >= kGrounds ? "" : "not both grounds";
      });
}

RpcPtr GetConsentText() {
  return MakeRpc<v1::GetConsentTextRequest, v1::GetConsentTextResponse>(
      "ConsentService/GetConsentText",
      [](const City&, const Errand&, Dice&, v1::GetConsentTextRequest& request) {
        request.set_text_id(MakeProof().text_id());
        request.set_version(MakeProof().text_version());
        request.set_language(MakeProof().text_language());
      },
      [](const City&, Errand&, const v1::GetConsentTextResponse& response) {
        return response.text().empty() ? "no text" : "";
      });
}

RpcPtr ListLegalBases() {
  return MakeRpc<v1::ListLegalBasesRequest, v1::ListLegalBasesResponse>(
      "ConsentService/ListLegalBases", nullptr,
      [](const City&, Errand&, const v1::ListLegalBasesResponse& response) {
        return response.legal_bases().empty() ? "no laws" : "";
      });
}

RpcPtr ListExpiring() {
  return MakeRpc<v1::ListExpiringGroundsRequest, v1::ListExpiringGroundsResponse>(
      "ConsentService/ListExpiring", nullptr,
      [](const City&, Errand&, const v1::ListExpiringGroundsResponse&) { return ""; });
}

RpcPtr GetReceipt() {
  return MakeRpc<v1::GetReceiptRequest, v1::GetReceiptResponse>(
      "ConsentService/GetReceipt",
      [](const City&, const Errand&, Dice&, v1::GetReceiptRequest& request) {
        request.set_language("so");
      },
      [](const City&, Errand&, const v1::GetReceiptResponse& response) {
        return response.receipt().empty() ? "no receipt" : "";
      });
}

RpcPtr ExplainAccess() {
  return MakeRpc<v1::ExplainAccessRequest, v1::ExplainAccessResponse>(
      "ConsentService/ExplainAccess", nullptr,
      [](const City&, Errand&, const v1::ExplainAccessResponse& response) {
        return response.sides().empty() ? "no side" : "";
      });
}

RpcPtr ListKinds() {
  return MakeRpc<v1::ListKindsRequest, v1::ListKindsResponse>(
      "KartleggingService/ListKinds", nullptr,
      [](const City&, Errand&, const v1::ListKindsResponse& response) {
        return response.kinds().empty() ? "no kinds" : "";
      });
}

RpcPtr ListCodes() {
  return MakeRpc<v1::ListCodesRequest, v1::ListCodesResponse>(
      "KartleggingService/ListCodes",
      [](const City&, const Errand&, Dice&, v1::ListCodesRequest& request) {
        request.set_list(v1::CODE_LIST_STYRK08);
        request.set_search("helse");
      },
      [](const City&, Errand&, const v1::ListCodesResponse& response) {
        return response.codes().empty() ? "no codes" : "";
      });
}

RpcPtr GetKartlegging() {
  return MakeRpc<v1::GetKartleggingRequest, v1::GetKartleggingResponse>(
      "KartleggingService/Get", nullptr,
      [](const City&, Errand& errand, const v1::GetKartleggingResponse& response) {
        return CheckKartlegging(response, errand, true);
      });
}

RpcPtr GetTheirKartlegging() {
  return MakeRpc<v1::GetKartleggingRequest, v1::GetKartleggingResponse>(
      "KartleggingService/Get", nullptr,
      [](const City&, Errand& errand, const v1::GetKartleggingResponse& response) {
        return CheckKartlegging(response, errand, false);
      });
}

RpcPtr ListSectionVersions() {
  return MakeRpc<v1::ListSectionVersionsRequest, v1::ListSectionVersionsResponse>(
      "KartleggingService/ListVersions",
      [](const City&, const Errand& errand, Dice&, v1::ListSectionVersionsRequest& request) {
        request.set_section_id(errand.record_id);
      },
      [](const City&, Errand&, const v1::ListSectionVersionsResponse& response) {
        return response.versions().empty() ? "no versions" : "";
      });
}

RpcPtr GetPlan() {
  return MakeRpc<v1::GetPlanRequest, v1::GetPlanResponse>(
      "PlanService/Get", nullptr,
      [](const City& city, Errand& errand, const v1::GetPlanResponse& response) {
        std::string wrong = CheckPlan(response, errand, city.steps_of_side);
        if (!wrong.empty()) return wrong;
        // The last: not one of the steps that are done.
        const v1::PlanPart& own = response.plan().parts(0);
        errand.record_id = own.steps(own.steps_size() - 1).step_id();
        errand.etag = own.steps(own.steps_size() - 1).etag();
        return wrong;
      });
}

RpcPtr GetPlanForGoals() {
  return MakeRpc<v1::GetPlanRequest, v1::GetPlanResponse>(
      "PlanService/Get", nullptr,
      [](const City&, Errand& errand, const v1::GetPlanResponse& response) -> std::string {
        if (response.plan().parts().empty()) return "no own part";
        errand.etag = response.plan().parts(0).etag();
        return "";
      });
}

RpcPtr ListPlanVersions() {
  return MakeRpc<v1::ListPlanVersionsRequest, v1::ListPlanVersionsResponse>(
      "PlanService/ListVersions", nullptr,
      [](const City&, Errand&, const v1::ListPlanVersionsResponse& response) {
        return response.versions().empty() ? "no versions" : "";
      });
}

RpcPtr ListFollowUps() {
  return MakeRpc<v1::ListFollowUpsRequest, v1::ListFollowUpsResponse>(
      "FollowUpService/List", nullptr,
      [](const City&, Errand&, const v1::ListFollowUpsResponse& response) {
        return response.follow_ups().empty() ? "no follow-ups" : "";
      });
}

RpcPtr GetProgress() {
  return MakeRpc<v1::GetProgressRequest, v1::GetProgressResponse>(
      "LanguageService/GetProgress", nullptr,
      [](const City&, Errand&, const v1::GetProgressResponse& response) {
        return response.skills().empty() ? "no skills" : "";
      });
}

RpcPtr GetProgressToSetNorskmaal() {
  return MakeRpc<v1::GetProgressRequest, v1::GetProgressResponse>(
      "LanguageService/GetProgress", nullptr,
      [](const City&, Errand& errand, const v1::GetProgressResponse& response) {
        for (const v1::NorskmaalProgress& of_side : response.norskmaal()) {
          const v1::Norskmaal& norskmaal = of_side.norskmaal();
          if (norskmaal.provenance().controller() == kVoController) errand.etag = norskmaal.etag();
        }
        return "";
      },
      Side::kVo);
}

RpcPtr ListAccess() {
  return MakeRpc<v1::ListAccessRequest, v1::ListAccessResponse>(
      "AccessLogService/ListAccess",
      [](const City&, const Errand&, Dice&, v1::ListAccessRequest& request) {
        request.set_page_size(kNewestActs);
      },
      [](const City&, Errand&, const v1::ListAccessResponse& response) {
        return response.acts().empty() ? "no acts" : "";
      },
      Side::kSelf);
}

RpcPtr Echo(EchoKind kind, int request_bytes, int response_bytes) {
  const bool logged = kind == EchoKind::kLogged;
  bench::v1::EchoResponse response;
  while (static_cast<int>(response.ByteSizeLong()) < response_bytes) {
    response.mutable_payload()->push_back('e');
  }
  bench::v1::EchoRequest wanted;
  wanted.set_response_bytes(static_cast<uint32_t>(response.payload().size()));
  wanted.set_log_of_participant(logged ? 1 : 0);
  while (static_cast<int>(wanted.ByteSizeLong()) < request_bytes) {
    wanted.mutable_payload()->push_back('e');
  }
  return std::make_shared<TypedRpc<bench::v1::EchoRequest, bench::v1::EchoResponse>>(
      "/navo.bench.v1.EchoService/Echo", std::nullopt,
      [wanted, logged](const City&, const Errand& errand, Dice&, bench::v1::EchoRequest& request) {
        request = wanted;
        if (logged) request.set_log_of_participant(errand.participant + 1);
      },
      [bytes = wanted.response_bytes()](const City&, Errand&,
                                        const bench::v1::EchoResponse& answer) {
        return answer.payload().size() == bytes ? "" : "another size";
      },
      false);
}

}  // namespace navo::load
