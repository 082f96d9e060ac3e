#include <optional>
#include <utility>

#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/field_mask.h"
#include "services/domain/name_key.h"
#include "services/domain/text.h"
#include "services/participant/bodies.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::services {
namespace {

// The own side's facts as they are now, both halves.
v1::ContactFacts Current(door::Case& c, const std::optional<storage::ContactRow>& row) {
  v1::ContactFacts facts;
  if (!row.has_value()) return facts;
  if (const v1::ContactFacts* contact = c.Open(row->contact)) facts = *contact;
  if (const v1::ContactFacts* names = c.Open(row->identity)) facts.MergeFrom(*names);
  return facts;
}

absl::Status Write(door::WriteCase& c, int64_t version, const v1::ContactFacts& facts,
                   v1::SideFacts* side) {
  *side->mutable_facts() = facts;
  *side->mutable_provenance() = c.NewProvenance();
  return storage::PutContact(c.tx(), c.participant_key(), c.author(), version, *side,
                             domain::NameKeyOf(facts));
}

}  // namespace

void CheckContact(const std::string& path, v1::ContactFacts* facts,
                  domain::Violations& violations) {
  domain::CheckText(path + ".given_name", facts->mutable_given_name(), domain::kNameText,
                    violations);
  domain::CheckText(path + ".family_name", facts->mutable_family_name(), domain::kNameText,
                    violations);
  if (!facts->preferred_language().empty()) {
    domain::CheckLanguageCode(path + ".preferred_language", facts->mutable_preferred_language(),
                              violations);
  }
  if (!v1::ContactChannel_IsValid(facts->channel())) {
    violations.Add(path + ".channel", "must be one of the documented values");
  }
  if (!facts->mother_tongue().empty()) {
    domain::CheckLanguageCode(path + ".mother_tongue", facts->mutable_mother_tongue(), violations);
  }
  if (facts->has_adult_from()) {
    domain::CheckDate(path + ".adult_from", facts->adult_from(), violations);
  }
}

bool IsMinor(const v1::ContactFacts& facts, int32_t today) {
  return today < domain::DayOf(facts.adult_from()).value_or(today);
}

absl::Status AdoptRegisteredContact(door::WriteCase& c, const v1::ContactFacts& registered) {
  return storage::AdoptContact(c.tx(), c.participant_key(), c.author(), registered,
                               c.NewProvenance(), domain::NameKeyOf(registered));
}

absl::Status UpdateContact(door::WriteCase& c, const v1::UpdateContactRequest& sent,
                           v1::UpdateContactResponse& response) {
  v1::UpdateContactRequest request = sent;
  domain::Violations violations;
  CheckContact("facts", request.mutable_facts(), violations);
  domain::CheckMask(request.update_mask(), request.facts(), {}, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<storage::ContactRow> row,
      storage::FindContact(c.tx(), c.participant_key(), c.caller().controller_key));
  const int64_t version = row.has_value() ? row->version : 0;
  if (row.has_value()) {
    NAVO_RETURN_IF_ERROR(
        c.CheckEtag(request.etag(), c.Etag("facts", row->author, c.participant_key(), version)));
  } else if (!request.etag().empty()) {
    NAVO_RETURN_IF_ERROR(c.CheckEtag(request.etag(), std::string()));
  }
  v1::ContactFacts facts = Current(c, row);
  domain::CopyMasked(request.update_mask(), request.facts(), {}, &facts);
  v1::SideFacts* side = response.mutable_side();
  NAVO_RETURN_IF_ERROR(Write(c, version + 1, facts, side));
  c.Describe(c.author(), side->mutable_provenance());
  side->set_etag(c.Etag("facts", c.author(), c.participant_key(), version + 1));
  return absl::OkStatus();
}

}  // namespace navo::services
