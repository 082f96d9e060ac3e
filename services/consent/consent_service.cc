#include "services/consent/consent_service.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "navo/v1/consent.grpc.pb.h"
#include "services/catalogue/consent_texts.h"
#include "services/consent/expiring_grounds.h"
#include "services/consent/explain_access.h"
#include "services/consent/give_consent.h"
#include "services/consent/ground_methods.h"
#include "services/consent/legal_basis_methods.h"
#include "services/consent/receipt.h"
#include "services/consent/receipt_words.h"
#include "services/domain/codes.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr domain::TextRule kTextId{.max_characters = 100, .required = true};

absl::Status NoSuchText(const std::vector<std::string>& languages) {
  std::map<std::string, std::string> metadata;
  if (!languages.empty()) metadata["languages"] = absl::StrJoin(languages, ",");
  return domain::MakeError(
      absl::StatusCode::kNotFound, domain::reason::kTextNotKnown,
      languages.empty()
          ? "there is no such consent text or version"
          : "the text is not there in this language: take one of " + absl::StrJoin(languages, ", "),
      metadata);
}

absl::Status GetConsentText(door::Case& c, const v1::GetConsentTextRequest& request,
                            v1::GetConsentTextResponse& response) {
  domain::Violations violations;
  std::string text_id = request.text_id();
  std::string language = request.language();
  domain::CheckText("text_id", &text_id, kTextId, violations);
  if (request.version() < 0) violations.Add("version", "must be 0 for the newest, or from 1");
  domain::CheckLanguageCode("language", &language, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const ConsentTexts texts, ConsentTexts::Load(c.tx(), text_id));
  const int version =
      request.version() == 0 ? texts.VersionInForce(text_id, c.today()) : request.version();
  const std::vector<std::string> languages = texts.Languages(text_id, version);
  const v1::ConsentText* text = texts.Find(text_id, version, language);
  if (text == nullptr) return NoSuchText(languages);
  response.set_text_id(text->text_id());
  response.set_version(text->version());
  response.set_language(text->language());
  *response.mutable_purposes() = text->purposes();
  response.set_text(text->text());
  response.set_reviewed(text->reviewed());
  for (const std::string& one : languages) response.add_languages(one);
  return absl::OkStatus();
}

class ConsentService final : public v1::ConsentService::CallbackService {
 public:
  explicit ConsentService(door::Door& door) : door_(door) {}

  grpc::ServerUnaryReactor* GiveConsent(grpc::CallbackServerContext* context,
                                        const v1::GiveConsentRequest* request,
                                        v1::GiveConsentResponse* response) override {
    return door_.Write(context, "navo.v1.ConsentService.GiveConsent", request, response,
                       services::GiveConsent);
  }
  grpc::ServerUnaryReactor* WithdrawConsent(grpc::CallbackServerContext* context,
                                            const v1::WithdrawConsentRequest* request,
                                            v1::WithdrawConsentResponse* response) override {
    return door_.Write(context, "navo.v1.ConsentService.WithdrawConsent", request, response,
                       services::WithdrawConsent);
  }
  grpc::ServerUnaryReactor* ConfirmGround(grpc::CallbackServerContext* context,
                                          const v1::ConfirmGroundRequest* request,
                                          v1::ConfirmGroundResponse* response) override {
    return door_.Write(context, "navo.v1.ConsentService.ConfirmGround", request, response,
                       services::ConfirmGround);
  }
  grpc::ServerUnaryReactor* RecordLegalBasis(grpc::CallbackServerContext* context,
                                             const v1::RecordLegalBasisRequest* request,
                                             v1::RecordLegalBasisResponse* response) override {
    return door_.Write(context, "navo.v1.ConsentService.RecordLegalBasis", request, response,
                       services::RecordLegalBasis);
  }
  grpc::ServerUnaryReactor* EndLegalBasis(grpc::CallbackServerContext* context,
                                          const v1::EndLegalBasisRequest* request,
                                          v1::EndLegalBasisResponse* response) override {
    return door_.Write(context, "navo.v1.ConsentService.EndLegalBasis", request, response,
                       services::EndLegalBasis);
  }
  grpc::ServerUnaryReactor* List(grpc::CallbackServerContext* context,
                                 const v1::ListGroundsRequest* request,
                                 v1::ListGroundsResponse* response) override {
    return door_.Read(context, "navo.v1.ConsentService.List", request, response, ListGrounds);
  }
  grpc::ServerUnaryReactor* GetConsentText(grpc::CallbackServerContext* context,
                                           const v1::GetConsentTextRequest* request,
                                           v1::GetConsentTextResponse* response) override {
    return door_.Read(context, "navo.v1.ConsentService.GetConsentText", request, response,
                      services::GetConsentText);
  }
  grpc::ServerUnaryReactor* ListLegalBases(grpc::CallbackServerContext* context,
                                           const v1::ListLegalBasesRequest* request,
                                           v1::ListLegalBasesResponse* response) override {
    return door_.Read(context, "navo.v1.ConsentService.ListLegalBases", request, response,
                      services::ListLegalBases);
  }

  grpc::ServerUnaryReactor* ListExpiring(grpc::CallbackServerContext* context,
                                         const v1::ListExpiringGroundsRequest* request,
                                         v1::ListExpiringGroundsResponse* response) override {
    return door_.Read(context, "navo.v1.ConsentService.ListExpiring", request, response,
                      services::ListExpiring);
  }
  grpc::ServerUnaryReactor* GetReceipt(grpc::CallbackServerContext* context,
                                       const v1::GetReceiptRequest* request,
                                       v1::GetReceiptResponse* response) override {
    return door_.Read(
        context, "navo.v1.ConsentService.GetReceipt", request, response,
        [](door::Case& c, const v1::GetReceiptRequest& in, v1::GetReceiptResponse& out) {
          return services::GetReceipt(c, ReceiptLanguages::Embedded(), in, out);
        });
  }
  grpc::ServerUnaryReactor* ExplainAccess(grpc::CallbackServerContext* context,
                                          const v1::ExplainAccessRequest* request,
                                          v1::ExplainAccessResponse* response) override {
    return door_.Read(context, "navo.v1.ConsentService.ExplainAccess", request, response,
                      services::ExplainAccess);
  }

 private:
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeConsentService(door::Door& door) {
  return std::make_unique<ConsentService>(door);
}

}  // namespace navo::services
