#include "services/access_log/access_log_service.h"

#include <limits>
#include <optional>
#include <vector>

#include "navo/v1/access_log.grpc.pb.h"
#include "services/access_log/act_view.h"
#include "services/access_log/search.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "storage/access_log_query.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

absl::Status ListAccess(door::Case& c, const v1::ListAccessRequest& request,
                        v1::ListAccessResponse& response, StaffNames names) {
  domain::Violations violations;
  const int most = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage("", request.page_token()));
  const int64_t before = after.has_value() ? after->first : std::numeric_limits<int64_t>::max();
  storage::LogViewer viewer;
  if (!c.decision().all_sides) viewer = {c.caller().controller_key, c.caller().unit_key};
  NAVO_ASSIGN_OR_RETURN(
      const storage::Guarded<std::vector<storage::LoggedAct>> guarded,
      storage::ListActs(c.tx(), c.participant_key(), viewer, before, int64_t{most} + 1));
  const std::vector<storage::LoggedAct>* acts = c.Open(guarded);
  if (acts == nullptr) return domain::NotFound();
  for (const storage::LoggedAct& act : *acts) {
    if (response.acts_size() == most) {
      const int64_t last = (*acts)[most - 1].front().row.position;
      response.set_next_page_token(c.NextPage("", {last, 0, {}}));
      break;
    }
    *response.add_acts() = TellAct(c.directory(), viewer, act, names);
  }
  return absl::OkStatus();
}

class AccessLogService final : public v1::AccessLogService::CallbackService {
 public:
  AccessLogService(door::Door& door, StaffNames names) : door_(door), names_(names) {}

  grpc::ServerUnaryReactor* ListAccess(grpc::CallbackServerContext* context,
                                       const v1::ListAccessRequest* request,
                                       v1::ListAccessResponse* response) override {
    return door_.Read(context, "navo.v1.AccessLogService.ListAccess", request, response,
                      [names = names_](door::Case& c, const v1::ListAccessRequest& asked,
                                       v1::ListAccessResponse& answer) {
                        return services::ListAccess(c, asked, answer, names);
                      });
  }

  grpc::ServerUnaryReactor* SearchAccess(grpc::CallbackServerContext* context,
                                         const v1::SearchAccessRequest* request,
                                         v1::SearchAccessResponse* response) override {
    return door_.Read(context, "navo.v1.AccessLogService.SearchAccess", request, response,
                      services::SearchAccess);
  }

  grpc::ServerUnaryReactor* ListAnomalies(grpc::CallbackServerContext* context,
                                          const v1::ListAnomaliesRequest* request,
                                          v1::ListAnomaliesResponse* response) override {
    return door_.Read(context, "navo.v1.AccessLogService.ListAnomalies", request, response,
                      services::ListAnomalies);
  }

 private:
  door::Door& door_;
  const StaffNames names_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAccessLogService(door::Door& door, StaffNames names) {
  return std::make_unique<AccessLogService>(door, names);
}

}  // namespace navo::services
