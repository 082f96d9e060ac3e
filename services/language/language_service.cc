#include "services/language/language_service.h"

#include <string>
#include <utility>
#include <vector>

#include "navo/v1/language.grpc.pb.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/language_check.h"
#include "services/language/progress.h"
#include "services/language/record_hours.h"
#include "services/language/set_norskmaal.h"
#include "storage/language.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

absl::Status RecordAssessment(door::WriteCase& c, const v1::RecordAssessmentRequest& request,
                              v1::RecordAssessmentResponse& response) {
  domain::Violations violations;
  domain::CheckAssessment("assessment", request.assessment(), c.today(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  storage::NewAssessment added;
  added.id = c.NewId();
  added.participant_key = c.participant_key();
  added.day = *domain::DayOf(request.assessment().date());
  added.author = c.author();
  added.body = request.assessment();
  added.body.clear_assessment_id();
  *added.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(storage::AddAssessment(c.tx(), added).status());
  response.set_assessment_id(storage::UuidText(added.id));
  return absl::OkStatus();
}

absl::Status RecordTestResult(door::WriteCase& c, const v1::RecordTestResultRequest& request,
                              v1::RecordTestResultResponse& response) {
  domain::Violations violations;
  domain::CheckTestResult("test_result", request.test_result(), c.today(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  storage::NewTestResult added;
  added.id = c.NewId();
  added.participant_key = c.participant_key();
  added.day = *domain::DayOf(request.test_result().date());
  added.author = c.author();
  added.body = request.test_result();
  added.body.clear_test_result_id();
  *added.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(storage::AddTestResult(c.tx(), added).status());
  response.set_test_result_id(storage::UuidText(added.id));
  return absl::OkStatus();
}

class LanguageService final : public v1::LanguageService::CallbackService {
 public:
  explicit LanguageService(door::Door& door) : door_(door) {}

  grpc::ServerUnaryReactor* RecordAssessment(grpc::CallbackServerContext* context,
                                             const v1::RecordAssessmentRequest* request,
                                             v1::RecordAssessmentResponse* response) override {
    return door_.Write(context, "navo.v1.LanguageService.RecordAssessment", request, response,
                       services::RecordAssessment);
  }

  grpc::ServerUnaryReactor* RecordTestResult(grpc::CallbackServerContext* context,
                                             const v1::RecordTestResultRequest* request,
                                             v1::RecordTestResultResponse* response) override {
    return door_.Write(context, "navo.v1.LanguageService.RecordTestResult", request, response,
                       services::RecordTestResult);
  }

  grpc::ServerUnaryReactor* SetNorskmaal(grpc::CallbackServerContext* context,
                                         const v1::SetNorskmaalRequest* request,
                                         v1::SetNorskmaalResponse* response) override {
    return door_.Write(context, "navo.v1.LanguageService.SetNorskmaal", request, response,
                       services::SetNorskmaal);
  }

  grpc::ServerUnaryReactor* RecordHours(grpc::CallbackServerContext* context,
                                        const v1::RecordHoursRequest* request,
                                        v1::RecordHoursResponse* response) override {
    return door_.Write(context, "navo.v1.LanguageService.RecordHours", request, response,
                       services::RecordHours);
  }

  grpc::ServerUnaryReactor* GetProgress(grpc::CallbackServerContext* context,
                                        const v1::GetProgressRequest* request,
                                        v1::GetProgressResponse* response) override {
    return door_.Read(context, "navo.v1.LanguageService.GetProgress", request, response,
                      services::GetProgress);
  }

 private:
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeLanguageService(door::Door& door) {
  return std::make_unique<LanguageService>(door);
}

}  // namespace navo::services
