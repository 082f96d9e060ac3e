#include "storage/working_list.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "services/access/facts.h"
#include "services/domain/calendar.h"
#include "services/domain/name_key.h"
#include "services/domain/page.h"
#include "services/domain/text.h"
#include "services/participant/bodies.h"
#include "storage/instant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::WorkingListLine;

constexpr size_t kMinPrefixCharacters = 2;

struct Filter {
  bool mine = false;
  bool interpreter_needed = false;
  std::optional<int32_t> no_follow_up_since;
  std::optional<int32_t> tied_since;
  std::string prefix_key;
  int page_size = 0;
};

absl::StatusOr<Filter> CheckList(v1::ListParticipantsRequest* request) {
  domain::Violations violations;
  Filter filter{request->mine(), request->interpreter_needed(), {}, {}, {}, 0};
  filter.page_size = domain::CheckPageSize(request->page_size(), violations);
  if (request->has_no_follow_up_since()) {
    filter.no_follow_up_since =
        domain::CheckDate("no_follow_up_since", request->no_follow_up_since(), violations);
  }
  if (request->has_tied_since()) {
    filter.tied_since = domain::CheckDate("tied_since", request->tied_since(), violations);
  }
  domain::CheckText("name_prefix", request->mutable_name_prefix(), domain::kNameText, violations);
  if (!request->name_prefix().empty()) {
    filter.prefix_key = domain::NameKey(request->name_prefix(), "");
    if (domain::CountCharacters(request->name_prefix()) < kMinPrefixCharacters) {
      violations.Add("name_prefix", "must have at least 2 characters");
    }
  }
  if (!v1::ParticipantOrder_IsValid(request->order())) {
    violations.Add("order", "must be one of the documented values");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  return filter;
}

// Nobody may find out by searching or sorting what the role does not read.
absl::Status CheckReads(const door::Case& c, const v1::ListParticipantsRequest& request) {
  const access::CategorySet own = c.decision().own;
  domain::Violations violations;
  const auto refuse = [&](v1::Category category, bool used, const char* field) {
    if (used && !own.Has(category)) {
      violations.Add(field, "your role does not read what this looks for");
    }
  };
  const v1::ParticipantOrder order = request.order();
  refuse(v1::CATEGORY_CONTACT, request.interpreter_needed(), "interpreter_needed");
  refuse(v1::CATEGORY_FOLLOWUP_SUMMARY, request.has_no_follow_up_since(), "no_follow_up_since");
  refuse(v1::CATEGORY_IDENTITY, !request.name_prefix().empty(), "name_prefix");
  refuse(v1::CATEGORY_IDENTITY, order == v1::PARTICIPANT_ORDER_NAME, "order");
  refuse(v1::CATEGORY_FOLLOWUP_SUMMARY, order == v1::PARTICIPANT_ORDER_LAST_FOLLOW_UP, "order");
  return violations.ToStatus();
}

// By name, or by the newest tie for those who do not read names.
v1::ParticipantOrder OrderOf(const door::Case& c, const v1::ListParticipantsRequest& request) {
  if (request.order() != v1::PARTICIPANT_ORDER_UNSPECIFIED) return request.order();
  return c.decision().own.Has(v1::CATEGORY_IDENTITY) ? v1::PARTICIPANT_ORDER_NAME
                                                     : v1::PARTICIPANT_ORDER_TIE_NEWEST;
}

bool Matches(const Filter& filter, const WorkingListLine& line) {
  if (filter.mine && !line.access.on_team) return false;
  if (filter.interpreter_needed && !line.interpreter_needed) return false;
  if (filter.no_follow_up_since.has_value() &&
      line.last_follow_up_day >= *filter.no_follow_up_since) {
    return false;
  }
  if (filter.tied_since.has_value() && domain::DayInOslo(line.since_us) < *filter.tied_since) {
    return false;
  }
  return filter.prefix_key.empty() || domain::HasWordStarting(line.name_key, filter.prefix_key);
}

// The beginning of a random id as a number.
int64_t NumberOf(std::string_view id) {
  uint64_t number = 0;
  for (const char byte : id.substr(0, sizeof number)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  return static_cast<int64_t>(number);
}

// What a page is sorted by, with the random id last so that the order is total and tells nothing.
using SortKey = std::tuple<int64_t, std::string, int64_t>;

SortKey SortKeyOf(v1::ParticipantOrder order, const WorkingListLine& line) {
  const int64_t key = NumberOf(line.id);
  switch (order) {
    case v1::PARTICIPANT_ORDER_TIE_NEWEST:
      return {-line.since_us, "", key};
    case v1::PARTICIPANT_ORDER_LAST_FOLLOW_UP:
      return {line.last_follow_up_day, "", key};
    default:
      return {0, line.name_key, key};
  }
}

// The caller's own and family's cases are not listed either.
absl::StatusOr<std::vector<int64_t>> OwnCases(door::Case& c) {
  std::vector<int64_t> keys;
  for (const std::string& hash : c.caller().principal->OwnHashes(c.today())) {
    for (const int64_t realm : {storage::kOrdinaryRealm, c.caller().controller_key}) {
      NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> key,
                            storage::FindByIdentifier(c.tx(), hash, realm));
      if (key.has_value()) keys.push_back(*key);
    }
  }
  return keys;
}

struct Candidate {
  SortKey key;
  std::string id;  // the controller's pairwise id, 16 bytes
  access::Facts facts;
  access::Decision decision;
  int64_t last_follow_up_day;
};

// Everybody the caller may know of and the filter lets through, sorted.
absl::StatusOr<std::vector<Candidate>> Candidates(door::Case& c, const Filter& filter,
                                                  v1::ParticipantOrder order) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<int64_t> own, OwnCases(c));
  std::vector<Candidate> candidates;
  const auto consider = [&](WorkingListLine&& line) {
    if (!Matches(filter, line)) return;
    access::Facts facts;
    facts.known = line.access.realm == storage::kOrdinaryRealm ||
                  line.access.realm == c.caller().controller_key;
    facts.participant = line.access;
    facts.own_case = std::find(own.begin(), own.end(), line.access.participant_key) != own.end();
    access::Decision decision = c.DecideOn(facts);
    if (!decision.permitted()) return;
    candidates.push_back({SortKeyOf(order, line), std::move(line.id), std::move(facts),
                          std::move(decision), line.last_follow_up_day});
  };
  NAVO_RETURN_IF_ERROR(
      storage::EachTied(c.tx(), c.caller().unit_key, c.caller().principal_key, consider));
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.key < b.key; });
  return candidates;
}

void ShowTie(door::Case& c, const storage::TieRow& row, v1::Tie* tie) {
  v1::Provenance maker;
  c.Describe(row.author, &maker);
  tie->set_unit(maker.unit());
  tie->set_reason(row.reason);
  tie->set_identity_confirmation(row.confirmation);
  storage::SetInstant(row.since_us, tie->mutable_since());
  tie->set_made_by(maker.recorded_by());
}

void ShowItem(door::Case& c, const Candidate& candidate, const storage::WorkingListCard& card,
              v1::ParticipantListItem* item) {
  item->set_participant_id(storage::UuidText(candidate.id));
  access::CategorySet shown{v1::CATEGORY_EXISTENCE};
  access::CategorySet withheld;
  if (const storage::TieRow* tie = c.OpenFor(candidate.decision, card.tie)) {
    ShowTie(c, *tie, item->mutable_tie());
  }
  const v1::ContactFacts* contact = c.OpenFor(candidate.decision, card.contact);
  const v1::ContactFacts* names = c.OpenFor(candidate.decision, card.identity);
  if (contact != nullptr) *item->mutable_facts() = *contact;
  if (names != nullptr) item->mutable_facts()->MergeFrom(*names);
  (contact != nullptr ? shown : withheld).Add(v1::CATEGORY_CONTACT);
  (names != nullptr ? shown : withheld).Add(v1::CATEGORY_IDENTITY);
  const storage::Label follow_up{v1::CATEGORY_FOLLOWUP_SUMMARY,
                                 {c.caller().controller_key, c.caller().unit_key, 0}};
  if (candidate.last_follow_up_day > 0 &&
      access::Look(candidate.decision, c.caller(), follow_up) == v1::WITHHELD_REASON_UNSPECIFIED) {
    *item->mutable_last_follow_up() =
        domain::DateOf(static_cast<int32_t>(candidate.last_follow_up_day));
    shown.Add(v1::CATEGORY_FOLLOWUP_SUMMARY);
  }
  c.MarkOwn(withheld, item->mutable_withheld());
  c.LogParticipant(candidate.facts, candidate.decision, shown, withheld);
}

// The candidates of one page.
absl::Status ShowItems(door::Case& c, absl::Span<const Candidate> page,
                       v1::ListParticipantsResponse& response) {
  std::vector<int64_t> keys;
  for (const Candidate& candidate : page) {
    keys.push_back(candidate.facts.participant.participant_key);
  }
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::WorkingListCard> cards,
                        storage::ReadCards(c.tx(), c.caller().unit_key, keys));
  for (size_t i = 0; i < page.size(); ++i) {
    ShowItem(c, page[i], cards[i], response.add_participants());
  }
  return absl::OkStatus();
}

// Filters, order and nothing else bind a page token.
std::string FiltersOf(const v1::ListParticipantsRequest& request) {
  v1::ListParticipantsRequest filters = request;
  filters.clear_page_size();
  filters.clear_page_token();
  filters.clear_min_revision();
  return filters.SerializeAsString();
}

}  // namespace

absl::Status ListParticipants(door::Case& c, const v1::ListParticipantsRequest& sent,
                              v1::ListParticipantsResponse& response) {
  v1::ListParticipantsRequest request = sent;
  NAVO_ASSIGN_OR_RETURN(const Filter filter, CheckList(&request));
  NAVO_RETURN_IF_ERROR(CheckReads(c, request));
  const std::string filters = FiltersOf(request);
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage(filters, request.page_token()));
  NAVO_ASSIGN_OR_RETURN(const std::vector<Candidate> candidates,
                        Candidates(c, filter, OrderOf(c, request)));
  response.set_total_size(static_cast<int>(candidates.size()));
  auto next = candidates.begin();
  if (after.has_value()) {
    const SortKey last{after->first, after->text, after->second};
    next = std::upper_bound(
        candidates.begin(), candidates.end(), last,
        [](const SortKey& key, const Candidate& candidate) { return key < candidate.key; });
  }
  const auto begin = next;
  next += std::min<ptrdiff_t>(filter.page_size, candidates.end() - begin);
  NAVO_RETURN_IF_ERROR(ShowItems(
      c, absl::MakeConstSpan(candidates).subspan(begin - candidates.begin(), next - begin),
      response));
  if (next != candidates.end() && next != candidates.begin()) {
    const auto& [number, text, id] = std::prev(next)->key;
    response.set_next_page_token(c.NextPage(filters, {number, id, text}));
  }
  return absl::OkStatus();
}

}  // namespace navo::services
