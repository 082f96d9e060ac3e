#include "services/follow_up/follow_up_service.h"

#include <functional>
#include <optional>
#include <string>

#include "navo/v1/follow_up.grpc.pb.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/follow_up/follow_up_amend.h"
#include "services/follow_up/follow_up_check.h"
#include "services/follow_up/follow_up_links.h"
#include "services/follow_up/follow_up_view.h"
#include "storage/follow_up.h"
#include "storage/instant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

constexpr std::string_view kNoFilters;

absl::Status Record(door::WriteCase& c, const v1::RecordFollowUpRequest& request,
                    v1::RecordFollowUpResponse& response) {
  storage::NewFollowUp added;
  added.body = request.follow_up();
  ClearServerFields(&added.body);
  domain::Violations violations;
  CheckFollowUp({}, Looking::kBoth, c.tx().now(), nullptr, &added.body, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_RETURN_IF_ERROR(CheckStep(c, &added.body));
  NAVO_ASSIGN_OR_RETURN(added.meeting_key, FindMeeting(c, &added.body));
  added.id = c.NewId();
  added.participant_key = c.participant_key();
  added.occurred_us = storage::MicrosOf(added.body.occurred_at());
  added.occurred_day = domain::DayInOslo(added.occurred_us);
  added.author = c.author();
  added.body.set_version(1);
  *added.body.mutable_provenance() = c.NewProvenance();
  NAVO_ASSIGN_OR_RETURN(const int64_t follow_up_key, storage::AddFollowUp(c.tx(), added));
  response.set_follow_up_id(storage::UuidText(added.id));
  response.set_etag(FollowUpEtag(c, added.author, follow_up_key, 1));
  return absl::OkStatus();
}

// What a list shows of events.
struct Listing {
  // Decides whether the caller sees it; null for an event that is not what the list is about.
  std::function<const storage::Label*(const storage::FollowUpRow&)> label;
  // Adds it to the answer. False when the caller does not see it.
  std::function<bool(const storage::FollowUpRow&)> add;
};

// Reads on until the page is full and one more visible event is known, or the end: neither how full
// a page is nor whether another one follows tells of hidden events, nor does the work.
absl::Status FillPage(door::Case& c, const std::string& page_token, int page_size,
                      const Listing& listing, std::string* next_page_token) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> page,
                        c.OpenPage(kNoFilters, page_token));
  storage::FollowUpPosition position;
  if (page.has_value()) position = {page->first, page->second};
  storage::FollowUpPosition last_shown;
  int shown = 0;
  bool another_page = false;
  const absl::Status read = storage::ReadFollowUps(
      c.tx(), c.participant_key(), position, [&](const storage::FollowUpRow& row) -> absl::Status {
        const storage::Label* label = listing.label(row);
        if (label == nullptr) return absl::OkStatus();
        if (shown == page_size) {
          if (c.Look(*label) != v1::WITHHELD_REASON_UNSPECIFIED) return absl::OkStatus();
          another_page = true;
          return absl::OutOfRangeError("the page is full");  // ends the reading; goes no further
        }
        if (!listing.add(row)) return absl::OkStatus();
        ++shown;
        last_shown = row.position;
        return absl::OkStatus();
      });
  if (!another_page) return read;
  *next_page_token = c.NextPage(kNoFilters, {last_shown.occurred_us, last_shown.follow_up_key, {}});
  return absl::OkStatus();
}

absl::Status List(door::Case& c, const v1::ListFollowUpsRequest& request,
                  v1::ListFollowUpsResponse& response) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const Listing listing{[](const storage::FollowUpRow& row) { return &row.summary.label(); },
                        [&](const storage::FollowUpRow& row) {
                          const v1::FollowUp* summary = c.Open(row.summary);
                          if (summary != nullptr)
                            ShowFollowUp(c, row, *summary, response.add_follow_ups());
                          return summary != nullptr;
                        }};
  NAVO_RETURN_IF_ERROR(
      FillPage(c, request.page_token(), page_size, listing, response.mutable_next_page_token()));
  c.MarkWithheld(response.mutable_withheld());
  return absl::OkStatus();
}

absl::Status ListExemptions(door::Case& c, const v1::ListNoteExemptionsRequest& request,
                            v1::ListNoteExemptionsResponse& response) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const Listing listing{[](const storage::FollowUpRow& row) {
                          return row.exemption.has_value() ? &row.exemption->label() : nullptr;
                        },
                        [&](const storage::FollowUpRow& row) {
                          const v1::ExemptedNote* told = c.Open(*row.exemption);
                          if (told != nullptr) ShowExemption(c, row, *told, response.add_notes());
                          return told != nullptr;
                        }};
  return FillPage(c, request.page_token(), page_size, listing, response.mutable_next_page_token());
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

  grpc::ServerUnaryReactor* Amend(grpc::CallbackServerContext* context,
                                  const v1::AmendFollowUpRequest* request,
                                  v1::AmendFollowUpResponse* response) override {
    return door_.Write(context, "navo.v1.FollowUpService.Amend", request, response,
                       services::AmendFollowUp);
  }

  grpc::ServerUnaryReactor* ListVersions(grpc::CallbackServerContext* context,
                                         const v1::ListFollowUpVersionsRequest* request,
                                         v1::ListFollowUpVersionsResponse* response) override {
    return door_.Read(context, "navo.v1.FollowUpService.ListVersions", request, response,
                      services::ListFollowUpVersions);
  }

  grpc::ServerUnaryReactor* ListExemptions(grpc::CallbackServerContext* context,
                                           const v1::ListNoteExemptionsRequest* request,
                                           v1::ListNoteExemptionsResponse* response) override {
    return door_.Read(context, "navo.v1.FollowUpService.ListExemptions", request, response,
                      services::ListExemptions);
  }

 private:
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeFollowUpService(door::Door& door) {
  return std::make_unique<FollowUpService>(door);
}

}  // namespace navo::services
