#include "services/access_log/search.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "services/access/facts.h"
#include "services/access_log/act_view.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "storage/access_log_search.h"
#include "storage/instant.h"
#include "storage/log_checkpoint.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::FoundLook;
using storage::LogFilter;

struct Asked {
  LogFilter filter;
  std::optional<int64_t> from_us;
  std::optional<int64_t> to_us;
  int page_size = 0;
};

template <typename Enum>
void CheckKnown(std::string_view field, Enum value, bool (*is_valid)(int),
                domain::Violations& violations) {
  if (!is_valid(static_cast<int>(value))) violations.Add(std::string(field), "is not known");
}

// Microseconds; nullopt when it is not set or cannot be.
std::optional<int64_t> CheckTime(const std::string& field, bool is_set,
                                 const google::protobuf::Timestamp& time,
                                 domain::Violations& violations) {
  constexpr int64_t kFirst = -2'208'988'800;  // 1900
  constexpr int64_t kLast = 4'133'980'800;    // 2101
  if (!is_set) return std::nullopt;
  const bool in_range = time.seconds() >= kFirst && time.seconds() < kLast;
  if (in_range && time.nanos() >= 0 && time.nanos() <= 999'999'999) return storage::MicrosOf(time);
  violations.Add(field, "must be a time from 1900 to 2100");
  return std::nullopt;
}

// The unit and the person have to be the own controller's: of others nothing is said, not even that
// they are there.
void FindWho(const door::Case& c, const v1::SearchAccessRequest& request, LogFilter& filter,
             domain::Violations& violations) {
  const int64_t own = c.caller().controller_key;
  if (!request.unit().empty()) {
    const access::Unit* unit = c.directory().FindUnit(request.unit());
    if (unit != nullptr && unit->controller_key == own) {
      filter.unit_key = unit->key;
    } else {
      violations.Add("unit", "is no unit of your organisation");
    }
  }
  if (request.subject().empty()) return;
  for (const access::Principal* colleague : c.directory().PrincipalsOf(own)) {
    if (colleague->subject == request.subject()) filter.principal_key = colleague->key;
  }
  if (filter.principal_key == 0) {
    violations.Add("subject", "is nobody who works in your organisation");
  }
}

absl::StatusOr<Asked> Read(const door::Case& c, const v1::SearchAccessRequest& request) {
  Asked asked;
  domain::Violations violations;
  asked.from_us = CheckTime("from", request.has_from(), request.from(), violations);
  asked.to_us = CheckTime("to", request.has_to(), request.to(), violations);
  if (asked.from_us.has_value() && asked.to_us.has_value() && *asked.from_us >= *asked.to_us) {
    violations.Add("to", "must be after from");
  }
  FindWho(c, request, asked.filter, violations);
  CheckKnown("decision", request.decision(), v1::AccessDecision_IsValid, violations);
  CheckKnown("relation", request.relation(), v1::Relation_IsValid, violations);
  asked.page_size = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  asked.filter.viewer = {c.caller().controller_key, c.caller().unit_key};
  asked.filter.decision = request.decision();
  asked.filter.relation = request.relation();
  return asked;
}

// A participant whose log the caller may read, as ListAccess decides.
absl::Status FindParticipant(door::Case& c, const std::string& participant_id, LogFilter& filter) {
  if (participant_id.empty()) return absl::OkStatus();
  const std::optional<std::string> id = storage::UuidBytes(participant_id);
  NAVO_ASSIGN_OR_RETURN(const access::Facts facts,
                        access::LoadFactsById(c.tx(), c.caller(), id.value_or(std::string())));
  const access::Decision decision = c.DecideOn(facts);
  if (!decision.permitted()) {
    c.LogParticipant(facts, decision, {}, {});
    return domain::NotFound();
  }
  filter.participant_key = facts.participant.participant_key;
  return absl::OkStatus();
}

absl::Status FindPositions(door::Case& c, const Asked& asked, LogFilter& filter) {
  NAVO_ASSIGN_OR_RETURN(const int64_t newest, storage::LastPosition(c.tx()));
  NAVO_ASSIGN_OR_RETURN(const storage::LogPlace oldest, storage::OldestLogRow(c.tx()));
  filter.after_position = 0;
  filter.before_position = newest + 1;
  if (oldest.position == 0) return absl::OkStatus();
  if (asked.from_us.has_value()) {
    NAVO_ASSIGN_OR_RETURN(
        filter.after_position,
        storage::LastPositionBefore(c.tx(), *asked.from_us, oldest.position - 1, newest));
  }
  if (asked.to_us.has_value()) {
    NAVO_ASSIGN_OR_RETURN(
        const int64_t last,
        storage::LastPositionBefore(c.tx(), *asked.to_us, oldest.position - 1, newest));
    filter.before_position = last + 1;
  }
  return absl::OkStatus();
}

// What binds a page token: the request but for the page.
std::string FiltersOf(v1::SearchAccessRequest request) {
  request.clear_page_token();
  request.clear_page_size();
  return request.SerializeAsString();
}

// Decisions on the participants of one answer.
class Participants {
 public:
  explicit Participants(door::Case& c) : c_(c) {}

  // Null when the caller may not know of the participant.
  absl::StatusOr<const access::Decision*> Decide(int64_t participant_key) {
    auto found = decided_.find(participant_key);
    if (found == decided_.end()) {
      NAVO_ASSIGN_OR_RETURN(access::Facts facts,
                            access::LoadFactsByKey(c_.tx(), c_.caller(), participant_key));
      const access::Decision decision = c_.DecideOn(facts);
      found = decided_.emplace(participant_key, std::pair(std::move(facts), decision)).first;
    }
    return found->second.second.permitted() ? &found->second.second : nullptr;
  }
  void Log(int64_t participant_key) {
    const auto& [facts, decision] = decided_.at(participant_key);
    if (!logged_.emplace(participant_key, true).second) return;
    c_.LogParticipant(facts, decision, {v1::CATEGORY_EXISTENCE}, {});
  }
  // The call itself, also when it shows nobody.
  void LogCall() { c_.LogParticipant({}, c_.decision(), access::CategorySet(), {}); }

 private:
  door::Case& c_;
  std::map<int64_t, std::pair<access::Facts, access::Decision>> decided_;
  std::map<int64_t, bool> logged_;
};

// Why somebody was refused is told of participants the controller knows; of others it would tell
// that somebody else knows them.
void ForgetParticipant(FoundLook& found) {
  storage::AccessLogRow& row = found.look.row;
  row.relation = v1::RELATION_UNSPECIFIED;
  row.shown = row.shown_through = row.withheld = 0;
  if (row.reason == static_cast<int64_t>(access::Reason::kRole)) return;
  if (row.decision == v1::ACCESS_DECISION_DENY) {
    row.reason = static_cast<int64_t>(access::Reason::kNoParticipant);
  }
}

void Tell(const door::Case& c, const LogFilter& filter, FoundLook found, v1::FoundAccess& told) {
  if (found.participant_id.empty()) {
    ForgetParticipant(found);
  } else {
    told.set_participant_id(storage::UuidText(found.participant_id));
  }
  *told.mutable_access() =
      TellAct(c.directory(), filter.viewer, {std::move(found.look)}, StaffNames::kWithheld);
  told.mutable_access()->clear_line_nb();
  told.mutable_access()->clear_line_en();
}

}  // namespace

absl::Status SearchAccess(door::Case& c, const v1::SearchAccessRequest& request,
                          v1::SearchAccessResponse& response) {
  NAVO_ASSIGN_OR_RETURN(Asked asked, Read(c, request));
  LogFilter& filter = asked.filter;
  const std::string filters = FiltersOf(request);
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage(filters, request.page_token()));
  Participants participants(c);
  NAVO_RETURN_IF_ERROR(FindParticipant(c, request.of_participant_id(), filter));
  participants.LogCall();
  NAVO_RETURN_IF_ERROR(FindPositions(c, asked, filter));
  if (after.has_value()) filter.before_position = std::min(filter.before_position, after->first);
  // A call looks at a bounded stretch, whatever is in it.
  const int64_t begin = filter.after_position;
  if (filter.participant_key == 0) {
    filter.after_position = std::max(begin, filter.before_position - 1 - storage::kMostSearched);
  }
  const auto take = [&](const storage::Guarded<FoundLook>& guarded) -> absl::Status {
    const FoundLook* found = c.OpenFor(c.decision(), guarded);
    if (found == nullptr) return absl::OkStatus();
    if (!found->participant_id.empty()) {
      const int64_t key = found->look.row.participant_key;
      NAVO_ASSIGN_OR_RETURN(const access::Decision* decision, participants.Decide(key));
      if (decision == nullptr) return absl::OkStatus();
      participants.Log(key);
    }
    Tell(c, filter, *found, *response.add_found());
    return absl::OkStatus();
  };
  // What the caller may not know of takes no room on the page, so that its length tells nothing.
  int64_t next = filter.before_position;
  while (response.found_size() < asked.page_size && next > filter.after_position + 1) {
    filter.before_position = next;
    NAVO_ASSIGN_OR_RETURN(
        next, storage::SearchLog(c.tx(), filter, asked.page_size - response.found_size(), take));
  }
  if (next > begin + 1) response.set_next_page_token(c.NextPage(filters, {next, 0, {}}));
  return absl::OkStatus();
}

}  // namespace navo::services
