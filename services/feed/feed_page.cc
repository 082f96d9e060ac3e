#include "services/feed/feed_page.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "services/access/facts.h"
#include "services/domain/calendar.h"
#include "services/feed/access_history.h"
#include "services/feed/change_view.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

// Journal rows of a stream that are looked at in one go: few at first, since most readers are
// nearly up to date.
constexpr int64_t kFirstWindow = 64;
constexpr int64_t kLargestWindow = 1024;
// Rows of all streams looked at for one page: about 20 ms.
constexpr int64_t kPageRows = 20'000;

}  // namespace

FeedPage::FeedPage(door::Case& c, const storage::ParticipantHeads& heads, FeedCursor& cursor)
    : c_(c),
      heads_(heads),
      cursor_(cursor),
      reader_{c.caller().controller_key, c.caller().unit_key} {}

absl::Status FeedPage::Fill(int page_size, v1::ListChangesResponse& response) {
  // Back to where changes are told from: what was open at each of them decides too.
  NAVO_ASSIGN_OR_RETURN(const std::vector<storage::AccessChange> changes,
                        storage::ListAccessChanges(c_.tx(), reader_, cursor_.changes));
  for (const storage::AccessChange& change : changes) {
    people_[change.participant_key].changes.push_back(change);
  }
  NAVO_RETURN_IF_ERROR(TellAccess(response));
  NAVO_RETURN_IF_ERROR(TellChanges(page_size, response));
  for (auto& [key, person] : people_) {
    if (person.told) c_.LogParticipant(person.facts, person.decision, std::move(person.shown));
  }
  return absl::OkStatus();
}

// With the decision taken, once for each page.
absl::StatusOr<FeedPage::Person*> FeedPage::Find(int64_t participant_key) {
  Person& person = people_[participant_key];
  if (!person.id.empty()) return &person;
  NAVO_ASSIGN_OR_RETURN(person.facts,
                        access::LoadFactsSince(c_.tx(), c_.caller(), participant_key, 0));
  person.decision = c_.DecideOn(person.facts);
  NAVO_ASSIGN_OR_RETURN(const std::optional<std::string> id,
                        storage::FindAlias(c_.tx(), participant_key, reader_.controller_key));
  if (!id.has_value()) return absl::InternalError("a tied participant has no id");
  person.id = storage::UuidText(*id);
  return &person;
}

absl::Status FeedPage::TellAccess(v1::ListChangesResponse& response) {
  std::set<int64_t> keys;
  for (const auto& [key, person] : people_) {
    const auto stream = static_cast<size_t>(storage::StreamOf(key));
    if (person.changes.back().seq > cursor_.access[stream]) keys.insert(key);
  }
  const int32_t today = c_.today();
  if (cursor_.day < today) {
    NAVO_ASSIGN_OR_RETURN(const std::vector<int64_t> passed,
                          storage::ListDatesPassed(c_.tx(), reader_, cursor_.day, today));
    keys.insert(passed.begin(), passed.end());
  }
  std::map<std::string, std::vector<v1::Change>> entries;  // in the order of the random ids
  for (const int64_t key : keys) {
    NAVO_ASSIGN_OR_RETURN(Person * person, Find(key));
    const auto stream = static_cast<size_t>(storage::StreamOf(key));
    const access::Decision before =
        c_.DecideOn(FactsAt(person->facts, person->changes, cursor_.access[stream]),
                    static_cast<int32_t>(cursor_.day));
    const AccessDifference difference = Compare(before, person->decision, reader_.controller_key);
    std::vector<v1::Change> told = ShowAccess(c_.directory(), person->id, difference);
    if (told.empty()) continue;
    person->told = true;
    if (person->decision.permitted()) person->shown.shown.Add(v1::CATEGORY_EXISTENCE);
    for (const AccessDifference::Side& side : difference.opened) {
      person->shown.Add(person->decision, side.controller_key, v1::CATEGORY_EXISTENCE);
    }
    entries[person->id] = std::move(told);
  }
  for (auto& [id, told] : entries) {
    for (v1::Change& entry : told) *response.add_changes() = std::move(entry);
  }
  cursor_.access = heads_;
  cursor_.day = today;
  return absl::OkStatus();
}

absl::Status FeedPage::TellChanges(int page_size, v1::ListChangesResponse& response) {
  int64_t looked_at = 0;
  int64_t window_rows = kFirstWindow;
  while (response.changes_size() < page_size && looked_at < kPageRows &&
         cursor_.changes != heads_) {
    storage::StreamRanges ranges;
    for (size_t stream = 0; stream < ranges.size(); ++stream) {
      const int64_t after = cursor_.changes[stream];
      ranges[stream] = {after, std::min(heads_[stream], after + window_rows)};
      looked_at += ranges[stream].through - after;
    }
    NAVO_ASSIGN_OR_RETURN(const storage::FeedWindow window,
                          storage::ReadFeedWindow(c_.tx(), reader_, ranges, heads_));
    NAVO_RETURN_IF_ERROR(TellWindow(window, ranges, page_size, response));
    window_rows = std::min(4 * window_rows, kLargestWindow);
  }
  // A full page says nothing of whether more follows that may be told.
  response.set_has_more(response.changes_size() >= page_size || cursor_.changes != heads_);
  return absl::OkStatus();
}

// By time over all streams, as far as all of them are known.
absl::Status FeedPage::TellWindow(const storage::FeedWindow& window,
                                  const storage::StreamRanges& ranges, int page_size,
                                  v1::ListChangesResponse& response) {
  int64_t known_until_us = std::numeric_limits<int64_t>::max();
  for (const std::optional<int64_t>& last_us : window.last_us) {
    known_until_us = std::min(known_until_us, last_us.value_or(known_until_us));
  }
  Streams streams;
  for (const storage::FeedRow& row : window.rows) {
    streams[static_cast<size_t>(row.stream)].rows.push_back(&row);
  }
  while (response.changes_size() < page_size) {
    NAVO_ASSIGN_OR_RETURN(Waiting * stream, Earliest(streams));
    if (stream == nullptr || stream->front().time_us > known_until_us) break;
    NAVO_RETURN_IF_ERROR(Tell(stream->front(), response));
    ++stream->next;
  }
  for (size_t stream = 0; stream < streams.size(); ++stream) {
    const Waiting& waiting = streams[stream];
    cursor_.changes[stream] = waiting.empty() ? ranges[stream].through : waiting.front().seq - 1;
  }
  return absl::OkStatus();
}

// The stream whose next row is the oldest; of two at the same time, by the random id. Null when
// none has rows left.
absl::StatusOr<FeedPage::Waiting*> FeedPage::Earliest(Streams& streams) {
  Waiting* earliest = nullptr;
  std::pair<int64_t, std::string_view> least;
  for (Waiting& stream : streams) {
    if (stream.empty()) continue;
    const storage::FeedRow& row = stream.front();
    if (earliest != nullptr && row.time_us > least.first) continue;
    NAVO_ASSIGN_OR_RETURN(const Person* person, Find(row.participant_key));
    const std::pair<int64_t, std::string_view> order(row.time_us, person->id);
    if (earliest != nullptr && order >= least) continue;
    earliest = &stream;
    least = order;
  }
  return earliest;
}

bool FeedPage::Shows(const access::Decision& decision, const storage::FeedRow& row,
                     const storage::Label& label) const {
  if (!decision.permitted()) return false;
  const auto shown = [&](const storage::Label& one) {
    return access::Look(decision, c_.caller(), one) == v1::WITHHELD_REASON_UNSPECIFIED;
  };
  return shown(label) && (!row.about.has_value() || shown(*row.about));
}

// Told when it may be seen now, and might have been when it was written.
absl::Status FeedPage::Tell(const storage::FeedRow& row, v1::ListChangesResponse& response) {
  NAVO_ASSIGN_OR_RETURN(Person * person, Find(row.participant_key));
  if (!person->decision.permitted()) return absl::OkStatus();
  const access::Decision then =
      c_.DecideOn(FactsAt(person->facts, person->changes, row.seq), domain::DayInOslo(row.time_us));
  const auto tell = [&](const storage::Guarded<storage::Change>& guarded) {
    const storage::Label& label = guarded.label();
    if (!Shows(then, row, label) || !Shows(person->decision, row, label)) return false;
    const storage::Change* change = c_.OpenFor(person->decision, guarded);
    if (change == nullptr) return false;
    *response.add_changes() =
        ShowChange(c_.directory(), c_.caller(), person->id, label, *change, row.time_us);
    person->shown.Add(person->decision, label.author.controller_key, label.category);
    person->told = true;
    return true;
  };
  if (tell(row.change)) return absl::OkStatus();
  if (row.otherwise.has_value()) tell(*row.otherwise);
  if (row.gone.has_value() && !Shows(person->decision, row, row.change.label())) tell(*row.gone);
  return absl::OkStatus();
}

}  // namespace navo::services
