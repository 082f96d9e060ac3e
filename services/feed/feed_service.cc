#include "services/feed/feed_service.h"

#include <optional>
#include <string>

#include "navo/v1/feed.grpc.pb.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/domain/reasons.h"
#include "services/feed/cursor.h"
#include "services/feed/feed_page.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;

// Where somebody begins who has just read everything.
FeedCursor Now(const door::Case& c, const storage::ParticipantHeads& heads) {
  const access::Caller& caller = c.caller();
  FeedCursor cursor;
  cursor.roles = caller.roles.mask();
  cursor.follows = caller.principal == nullptr ? 0 : caller.principal->follows.mask();
  cursor.day = c.today();
  cursor.access = heads;
  cursor.changes = heads;
  return cursor;
}

absl::StatusOr<FeedCursor> OpenCursor(const door::Case& c, const std::string& sent,
                                      const FeedCursor& now) {
  NAVO_ASSIGN_OR_RETURN(const std::string plain, c.OpenCursor(sent));
  const std::optional<FeedCursor> cursor = DecodeCursor(plain);
  if (!cursor.has_value() || cursor->roles != now.roles || cursor->follows != now.follows) {
    return domain::MakeError(absl::StatusCode::kFailedPrecondition, reason::kCursorTooOld,
                             "what you may follow has changed since the cursor was made: take a "
                             "new one and read everything once");
  }
  for (size_t stream = 0; stream < now.changes.size(); ++stream) {
    if (cursor->changes[stream] <= now.changes[stream] &&
        cursor->access[stream] <= now.access[stream]) {
      continue;
    }
    return domain::MakeError(absl::StatusCode::kFailedPrecondition, reason::kCursorForeign,
                             "cursor is from a later state than this database has: take a new one "
                             "and read everything once");
  }
  return *cursor;
}

absl::Status ListChanges(door::Case& c, const v1::ListChangesRequest& request,
                         v1::ListChangesResponse& response) {
  domain::Violations violations;
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const storage::ParticipantHeads heads,
                        storage::ReadParticipantHeads(c.tx()));
  FeedCursor cursor = Now(c, heads);
  if (!request.cursor().empty()) {
    NAVO_ASSIGN_OR_RETURN(cursor, OpenCursor(c, request.cursor(), cursor));
    FeedPage page(c, heads, cursor);
    NAVO_RETURN_IF_ERROR(page.Fill(page_size, response));
  }
  response.set_next_cursor(c.SealCursor(EncodeCursor(cursor)));
  return absl::OkStatus();
}

class FeedService final : public v1::FeedService::CallbackService {
 public:
  explicit FeedService(door::Door& door) : door_(door) {}

  grpc::ServerUnaryReactor* ListChanges(grpc::CallbackServerContext* context,
                                        const v1::ListChangesRequest* request,
                                        v1::ListChangesResponse* response) override {
    return door_.Read(context, "navo.v1.FeedService.ListChanges", request, response,
                      services::ListChanges);
  }

 private:
  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeFeedService(door::Door& door) {
  return std::make_unique<FeedService>(door);
}

}  // namespace navo::services
