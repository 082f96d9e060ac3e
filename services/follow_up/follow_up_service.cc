#include "services/follow_up/follow_up_service.h"

#include <optional>
#include <string>
#include <utility>

#include "navo/v1/follow_up.grpc.pb.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/follow_up/follow_up_check.h"
#include "storage/follow_up.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

constexpr std::string_view kNoFilters;

// NOT_FOUND unless it is a step of this participant that the caller sees.
absl::Status CheckStep(door::WriteCase& c, v1::FollowUp* follow_up) {
  if (follow_up->step_id().empty()) return absl::OkStatus();
  const std::string id = *storage::UuidBytes(follow_up->step_id());
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::Label> label,
                        storage::FindStepLabel(c.tx(), c.participant_key(), id));
  if (!label.has_value() || c.Look(*label) != v1::WITHHELD_REASON_UNSPECIFIED) {
    return domain::NotFound();
  }
  follow_up->set_step_id(storage::UuidText(id));
  return absl::OkStatus();
}

absl::Status Record(door::WriteCase& c, const v1::RecordFollowUpRequest& request,
                    v1::RecordFollowUpResponse& response) {
  storage::NewFollowUp added;
  added.body = request.follow_up();
  domain::Violations violations;
  added.occurred_us = CheckFollowUp(&added.body, c.tx().now(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_RETURN_IF_ERROR(CheckStep(c, &added.body));
  added.id = c.NewId();
  added.participant_key = c.participant_key();
  added.occurred_day = domain::DayInOslo(added.occurred_us);
  added.author = c.author();
  *added.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(storage::AddFollowUp(c.tx(), added));
  response.set_follow_up_id(storage::UuidText(added.id));
  return absl::OkStatus();
}

void Show(door::Case& c, const storage::FollowUpRow& row, const v1::FollowUp& summary,
          v1::FollowUp* shown) {
  *shown = summary;
  c.Describe(row.summary.label().author, shown->mutable_provenance());
  if (const std::string* note = c.Open(row.note); note != nullptr) {
    shown->set_note(*note);
  } else {
    c.MarkHidden(row.note.label(), shown->mutable_note_withheld());
  }
  if (!row.step_id.has_value()) return;
  if (const std::string* step_id = c.Open(*row.step_id); step_id != nullptr) {
    shown->set_step_id(*step_id);
  }
}

// Reads on until the page is full and one more visible event is known, or the end: neither how full
// a page is nor whether another one follows tells of hidden events, nor does the work.
absl::Status FillPage(door::Case& c, const storage::FollowUpPosition& position, int page_size,
                      v1::ListFollowUpsResponse& response) {
  storage::FollowUpPosition last_shown;
  bool another_page = false;
  const absl::Status read = storage::ReadFollowUps(
      c.tx(), c.participant_key(), position, [&](const storage::FollowUpRow& row) -> absl::Status {
        if (response.follow_ups_size() == page_size) {
          if (c.Look(row.summary.label()) != v1::WITHHELD_REASON_UNSPECIFIED) {
            return absl::OkStatus();
          }
          another_page = true;
          return absl::OutOfRangeError("the page is full");  // ends the reading; goes no further
        }
        const v1::FollowUp* summary = c.Open(row.summary);
        if (summary == nullptr) return absl::OkStatus();
        Show(c, row, *summary, response.add_follow_ups());
        last_shown = row.position;
        return absl::OkStatus();
      });
  if (!another_page) return read;
  response.set_next_page_token(
      c.NextPage(kNoFilters, {last_shown.occurred_us, last_shown.follow_up_key, {}}));
  return absl::OkStatus();
}

absl::Status List(door::Case& c, const v1::ListFollowUpsRequest& request,
                  v1::ListFollowUpsResponse& response) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> page,
                        c.OpenPage(kNoFilters, request.page_token()));
  storage::FollowUpPosition position;
  if (page.has_value()) position = {page->first, page->second};
  NAVO_RETURN_IF_ERROR(FillPage(c, position, page_size, response));
  c.MarkWithheld(response.mutable_withheld());
  return absl::OkStatus();
}

class FollowUpService final : public v1::FollowUpService::CallbackService {
 public:
  explicit FollowUpService(door::Door& door) : door_(door) {}

  grpc::ServerUnaryReactor* Record(grpc::CallbackServerContext* context,
                                   const v1::RecordFollowUpRequest* request,
                                   v1::RecordFollowUpResponse* response) override {
    return door_.Write(context, "navo.v1.FollowUpService.Record", request, response,
                       services::Record);
  }

  grpc::ServerUnaryReactor* List(grpc::CallbackServerContext* context,
                                 const v1::ListFollowUpsRequest* request,
                                 v1::ListFollowUpsResponse* response) override {
    return door_.Read(context, "navo.v1.FollowUpService.List", request, response, services::List);
  }

 private:
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeFollowUpService(door::Door& door) {
  return std::make_unique<FollowUpService>(door);
}

}  // namespace navo::services
