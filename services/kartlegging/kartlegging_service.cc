#include "services/kartlegging/kartlegging_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "navo/v1/kartlegging.grpc.pb.h"
#include "services/domain/codes.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "services/domain/reasons.h"
#include "services/kartlegging/list_codes.h"
#include "services/kartlegging/record_section.h"
#include "services/kartlegging/section_kinds.h"
#include "services/kartlegging/section_view.h"
#include "storage/section.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

absl::Status ListKinds(door::Case&, const v1::ListKindsRequest&, v1::ListKindsResponse& response) {
  for (const KindEntry& entry : kSectionKinds) {
    v1::KindDescription* kind = response.add_kinds();
    kind->set_kind(entry.kind);
    kind->set_category(storage::CategoryOf(entry.kind));
    kind->set_fresh_months(entry.fresh_months);
    kind->set_name_nb(std::string(entry.name_nb));
    kind->set_name_en(std::string(entry.name_en));
    kind->set_own_unit_only(storage::StaysWithUnit(entry.kind));
  }
  return absl::OkStatus();
}

bool NewerFirst(const v1::Section& a, const v1::Section& b) {
  const auto& at = a.provenance().time();
  const auto& bt = b.provenance().time();
  return std::tuple(bt.seconds(), bt.nanos(), b.section_id()) <
         std::tuple(at.seconds(), at.nanos(), a.section_id());
}

v1::Freshness BestOf(const v1::KindPicture& picture) {
  v1::Freshness best = v1::FRESHNESS_MISSING;
  for (const v1::Section& section : picture.sections()) best = std::min(best, section.freshness());
  return best;
}

// Null for a kind that this program does not know.
v1::KindPicture* PictureOf(v1::SectionKind kind, v1::GetKartleggingResponse& response) {
  for (v1::KindPicture& picture : *response.mutable_kinds()) {
    if (picture.kind() == kind) return &picture;
  }
  return nullptr;
}

absl::Status Get(door::Case& c, const v1::GetKartleggingRequest&,
                 v1::GetKartleggingResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::ConfirmedSection> sections,
                        storage::ListSections(c.tx(), c.participant_key()));
  for (const KindEntry& entry : kSectionKinds) response.add_kinds()->set_kind(entry.kind);
  for (const storage::ConfirmedSection& section : sections) {
    const storage::SectionRow* row = c.Open(section.section);
    v1::KindPicture* picture = row == nullptr ? nullptr : PictureOf(row->kind, response);
    if (picture != nullptr) ShowSection(c, *row, section.confirmations, picture->add_sections());
  }
  for (v1::KindPicture& picture : *response.mutable_kinds()) {
    std::sort(picture.mutable_sections()->begin(), picture.mutable_sections()->end(), NewerFirst);
    picture.set_freshness(BestOf(picture));
  }
  c.MarkWithheld(response.mutable_withheld());
  return absl::OkStatus();
}

// The section if the caller sees it, else NOT_FOUND.
absl::StatusOr<storage::SectionRow> FindShown(door::Case& c, const std::string& section_id) {
  const std::optional<std::string> id = storage::UuidBytes(section_id);
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<storage::Guarded<storage::SectionRow>> section,
      storage::FindSection(c.tx(), c.participant_key(), id.value_or(std::string())));
  const storage::SectionRow* row = section.has_value() ? c.Open(*section) : nullptr;
  if (row == nullptr) return domain::NotFound();
  return *row;
}

void CheckSectionId(const std::string& section_id, domain::Violations& violations) {
  if (!domain::IsUuid(section_id)) violations.Add("section_id", "must be the id of a section");
}

absl::Status ConfirmSection(door::WriteCase& c, const v1::ConfirmSectionRequest& request,
                            v1::ConfirmSectionResponse& response) {
  domain::Violations violations;
  CheckSectionId(request.section_id(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const storage::SectionRow section, FindShown(c, request.section_id()));
  if (section.author.controller_key == c.caller().controller_key) {
    return domain::MakeError(
        absl::StatusCode::kFailedPrecondition, domain::reason::kOwnDataOnly,
        "this is your own side's section: record it again when it is still right, with its etag");
  }
  v1::Provenance provenance = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(storage::ConfirmSection(c.tx(), section, c.author(), provenance));
  c.Describe(c.author(), &provenance);
  response.set_section_id(storage::UuidText(section.id));
  *response.mutable_confirmation() = std::move(provenance);
  return absl::OkStatus();
}

absl::Status ListVersions(door::Case& c, const v1::ListSectionVersionsRequest& request,
                          v1::ListSectionVersionsResponse& response) {
  domain::Violations violations;
  CheckSectionId(request.section_id(), violations);
  const int page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const storage::SectionRow section, FindShown(c, request.section_id()));
  const std::string filters = storage::UuidText(section.id);
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> page,
                        c.OpenPage(filters, request.page_token()));
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::Guarded<storage::SectionRow>> versions,
                        storage::ListSectionVersions(c.tx(), section));
  int64_t last_shown = 0;
  for (const storage::Guarded<storage::SectionRow>& guarded : versions) {
    const storage::SectionRow* version = c.Open(guarded);
    if (version == nullptr || (page.has_value() && version->version >= page->first)) continue;
    if (response.versions_size() == page_size) {
      response.set_next_page_token(c.NextPage(filters, {last_shown, 0, {}}));
      break;
    }
    ShowVersion(c, *version, response.add_versions());
    last_shown = version->version;
  }
  return absl::OkStatus();
}

class KartleggingService final : public v1::KartleggingService::CallbackService {
 public:
  explicit KartleggingService(door::Door& door) : door_(door) {}

  grpc::ServerUnaryReactor* ListKinds(grpc::CallbackServerContext* context,
                                      const v1::ListKindsRequest* request,
                                      v1::ListKindsResponse* response) override {
    return door_.Read(context, "navo.v1.KartleggingService.ListKinds", request, response,
                      services::ListKinds);
  }

  grpc::ServerUnaryReactor* ListCodes(grpc::CallbackServerContext* context,
                                      const v1::ListCodesRequest* request,
                                      v1::ListCodesResponse* response) override {
    return door_.Read(context, "navo.v1.KartleggingService.ListCodes", request, response,
                      services::ListCodes);
  }

  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context,
                                const v1::GetKartleggingRequest* request,
                                v1::GetKartleggingResponse* response) override {
    return door_.Read(context, "navo.v1.KartleggingService.Get", request, response, services::Get);
  }

  grpc::ServerUnaryReactor* RecordSection(grpc::CallbackServerContext* context,
                                          const v1::RecordSectionRequest* request,
                                          v1::RecordSectionResponse* response) override {
    auto avoided = std::make_shared<std::optional<storage::Duplicate>>();
    return door_.Write(
        context, "navo.v1.KartleggingService.RecordSection", request, response,
        [avoided](door::WriteCase& c, const v1::RecordSectionRequest& sent,
                  v1::RecordSectionResponse& answer) {
          return services::RecordSection(c, sent, answer, *avoided);
        },
        [this, avoided](const absl::Status& refusal) {
          const bool mapped = domain::ReasonOf(refusal) == domain::reason::kAlreadyMapped;
          if (mapped && avoided->has_value()) CountAvoided(**avoided);
        });
  }

  grpc::ServerUnaryReactor* ConfirmSection(grpc::CallbackServerContext* context,
                                           const v1::ConfirmSectionRequest* request,
                                           v1::ConfirmSectionResponse* response) override {
    return door_.Write(context, "navo.v1.KartleggingService.ConfirmSection", request, response,
                       services::ConfirmSection);
  }

  grpc::ServerUnaryReactor* ListVersions(grpc::CallbackServerContext* context,
                                         const v1::ListSectionVersionsRequest* request,
                                         v1::ListSectionVersionsResponse* response) override {
    return door_.Read(context, "navo.v1.KartleggingService.ListVersions", request, response,
                      services::ListVersions);
  }

 private:
  // A refused write is rolled back and may not write afterwards, so the count is a write of its
  // own. Nobody waits for it: should it be lost, an indicator is one lower.
  void CountAvoided(const storage::Duplicate& duplicate) {
    storage::WriteTask task;
    task.run = [duplicate](storage::WriteTx& tx) { return CountDuplicate(tx, duplicate); };
    task.done = [](const absl::Status&) {};
    door_.parts().store.Write(std::move(task));
  }

  door::Door& door_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeKartleggingService(door::Door& door) {
  return std::make_unique<KartleggingService>(door);
}

}  // namespace navo::services
