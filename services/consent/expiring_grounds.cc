#include "services/consent/expiring_grounds.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/access/facts.h"
#include "services/consent/ground_view.h"
#include "services/domain/error.h"
#include "services/domain/page.h"
#include "storage/ground.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

constexpr int32_t kMostDays = 365;

// One participant of the list: decided on once, logged once.
struct Person {
  access::Facts facts;
  access::Decision decision;
  std::string id;
  door::Case::Shown shown;
  bool told = false;
};

absl::StatusOr<Person*> Find(door::Case& c, int64_t participant_key,
                             std::map<int64_t, Person>& people) {
  const auto [it, added] = people.try_emplace(participant_key);
  Person& person = it->second;
  if (!added) return &person;
  NAVO_ASSIGN_OR_RETURN(person.facts, access::LoadFactsByKey(c.tx(), c.caller(), participant_key));
  person.decision = c.DecideOn(person.facts);
  NAVO_ASSIGN_OR_RETURN(const std::optional<std::string> id,
                        storage::FindAlias(c.tx(), participant_key, c.caller().controller_key));
  if (id.has_value()) person.id = storage::UuidText(*id);
  return &person;
}

// Whether it was told.
bool Tell(door::Case& c, Person& person, const storage::GroundRow& ground,
          v1::ListExpiringGroundsResponse& response) {
  const storage::Guarded<storage::GroundRow> guarded = Guard(c, person.decision, ground);
  const storage::GroundRow* opened = c.OpenFor(person.decision, guarded);
  if (opened == nullptr) return false;
  v1::ExpiringGround* told = response.add_grounds();
  told->set_participant_id(person.id);
  *told->mutable_ground() = TellGround(c, *opened);
  person.shown.Add(person.decision, guarded.label().author.controller_key, v1::CATEGORY_EXISTENCE);
  person.told = true;
  return true;
}

}  // namespace

absl::Status ListExpiring(door::Case& c, const v1::ListExpiringGroundsRequest& request,
                          v1::ListExpiringGroundsResponse& response) {
  domain::Violations violations;
  if (request.within_days() < 0 || request.within_days() > kMostDays) {
    violations.Add("within_days", "must be 1 to 365, or 0 for 60");
  }
  const int most = domain::CheckPageSize(request.page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const int32_t days = request.within_days() == 0 ? kSoonDays : request.within_days();
  const std::string filters = absl::StrCat(days);
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> after,
                        c.OpenPage(filters, request.page_token()));
  door::PagePosition last = after.value_or(door::PagePosition{0, 0, {}});
  const storage::ExpiringReader reader{c.caller().controller_key, c.caller().unit_key, c.today(),
                                       c.today() + days};
  std::map<int64_t, Person> people;
  int64_t day = last.first;
  int64_t key = last.second;
  for (size_t read = static_cast<size_t>(most) + 1; read == static_cast<size_t>(most) + 1;) {
    NAVO_ASSIGN_OR_RETURN(
        const std::vector<storage::GroundRow> grounds,
        storage::ListExpiringGrounds(c.tx(), reader, day, key, int64_t{most} + 1));
    read = grounds.size();
    for (const storage::GroundRow& ground : grounds) {
      NAVO_ASSIGN_OR_RETURN(Person * person, Find(c, ground.participant_key, people));
      const bool known = person->decision.permitted() && !person->id.empty() &&
                         MayKnowOf(c, person->decision, ground);
      if (known && response.grounds_size() == most) {
        response.set_next_page_token(c.NextPage(filters, last));
        read = 0;
        break;
      }
      day = ground.valid_to_day;
      key = ground.ground_key;
      if (known && Tell(c, *person, ground, response)) last = {day, key, {}};
    }
  }
  for (auto& [participant_key, person] : people) {
    if (person.told) c.LogParticipant(person.facts, person.decision, std::move(person.shown));
  }
  return absl::OkStatus();
}

}  // namespace navo::services
