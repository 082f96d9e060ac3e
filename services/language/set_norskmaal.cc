#include "services/language/set_norskmaal.h"

#include <optional>
#include <string>

#include "services/domain/error.h"
#include "services/domain/language_goals.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

// There is one for each participant and controller.
std::string EtagOf(const door::Case& c, const storage::NorskmaalRow& row) {
  return c.Etag("norskmaal", row.author, c.participant_key(), row.version);
}

}  // namespace

void ShowNorskmaal(const door::Case& c, const storage::NorskmaalRow& row, v1::Norskmaal* shown) {
  *shown = row.body;
  c.Describe(row.author, shown->mutable_provenance());
  shown->set_etag(EtagOf(c, row));
}

absl::Status SetNorskmaal(door::WriteCase& c, const v1::SetNorskmaalRequest& request,
                          v1::SetNorskmaalResponse& response) {
  storage::NorskmaalRow row;
  row.body = request.norskmaal();
  domain::Violations violations;
  domain::CheckNorskmaal("norskmaal", &row.body, c.today(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<storage::Guarded<storage::NorskmaalRow>> before,
      storage::FindNorskmaal(c.tx(), c.participant_key(), c.caller().controller_key));
  std::string current;
  if (before.has_value()) {
    const storage::NorskmaalRow* own = c.Open(*before);
    if (own == nullptr) return domain::NotFound();
    row.version = own->version + 1;
    current = EtagOf(c, *own);
  }
  NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), current));
  row.author = c.author();
  *row.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(storage::PutNorskmaal(c.tx(), c.participant_key(), row));
  ShowNorskmaal(c, row, response.mutable_norskmaal());
  return absl::OkStatus();
}

}  // namespace navo::services
