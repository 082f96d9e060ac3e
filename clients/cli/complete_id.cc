#include "clients/cli/complete_id.h"

#include <map>
#include <utility>
#include <vector>

#include "clients/cli/kartlegging_commands.h"
#include "clients/cli/prefix.h"
#include "navo/v1/follow_up.grpc.pb.h"

namespace navo::cli {
namespace {

constexpr size_t kWholeId = 36;
constexpr int kMostOnAPage = 200;

}  // namespace

absl::Status CompleteFollowUp(Context& context, const std::string& participant,
                              std::string* follow_up_id, std::string* etag) {
  const bool whole = follow_up_id->size() >= kWholeId;
  if (whole && (etag == nullptr || !etag->empty())) return absl::OkStatus();
  v1::ListFollowUpsRequest request;
  request.set_participant_id(participant);
  request.set_page_size(kMostOnAPage);
  std::vector<std::string> ids;
  std::map<std::string, std::string> etags;
  do {
    const auto page = context.Call(&v1::FollowUpService::Stub::List, request);
    if (!page.ok()) return page.status();
    for (const auto& follow_up : page->follow_ups()) {
      ids.push_back(follow_up.follow_up_id());
      etags[follow_up.follow_up_id()] = follow_up.etag();
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  const auto found = FindByBeginning(ids, *follow_up_id, "follow-up");
  if (!found.ok()) return found.status();
  *follow_up_id = *found;
  if (etag != nullptr && etag->empty()) *etag = etags[*found];
  return absl::OkStatus();
}

absl::Status CompleteSectionId(Context& context, const std::string& participant,
                               std::string* section_id) {
  if (section_id->size() >= kWholeId) return absl::OkStatus();
  const auto picture = ReadKartlegging(context, participant);
  if (!picture.ok()) return picture.status();
  std::vector<std::string> ids;
  for (const auto& kind : picture->kinds()) {
    for (const auto& section : kind.sections()) ids.push_back(section.section_id());
  }
  auto found = FindByBeginning(ids, *section_id, "section");
  if (!found.ok()) return found.status();
  *section_id = *std::move(found);
  return absl::OkStatus();
}

}  // namespace navo::cli
