#include "services/access_log/anomaly.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/access/rules.h"
#include "services/domain/calendar.h"

namespace navo::services {
namespace {

constexpr int kNightBegins = 22;
constexpr int kNightEnds = 6;

bool IsNight(int64_t time_us) {
  const int hour = absl::ToCivilHour(absl::FromUnixMicros(time_us), domain::OsloZone()).hour();
  return hour >= kNightBegins || hour < kNightEnds;
}

bool IsChange(int64_t rpc) {
  for (const access::Rule& rule : access::AllRules()) {
    if (rule.number == rpc) return rule.action == access::Action::kWrite;
  }
  return false;
}

std::string Time(int64_t time_us) {
  return absl::FormatTime("%H:%M", absl::FromUnixMicros(time_us), domain::OsloZone());
}

std::string BetweenNb(const FoundAnomaly& anomaly) {
  return absl::StrCat(" mellom kl. ", Time(anomaly.first_us), " og ", Time(anomaly.last_us));
}
std::string BetweenEn(const FoundAnomaly& anomaly) {
  return absl::StrCat(" between ", Time(anomaly.first_us), " and ", Time(anomaly.last_us));
}

}  // namespace

std::string AnomalyLineNb(const FoundAnomaly& anomaly) {
  const std::string between = BetweenNb(anomaly);
  switch (anomaly.kind) {
    case v1::ANOMALY_KIND_MANY_CASES:
      return absl::StrCat("Åpnet ", anomaly.count, " saker", between,
                          " uten å stå på saken og uten å endre noe.");
    case v1::ANOMALY_KIND_SAME_CASE:
      return absl::StrCat("Åpnet den samme saken ", anomaly.count, " ganger", between,
                          " uten å endre noe.");
    case v1::ANOMALY_KIND_COLLEAGUE:
      return absl::StrCat("Slo opp saken til en kollega eller en kollegas familie", between, ".");
    case v1::ANOMALY_KIND_NIGHT:
      return absl::StrCat("Åpnet ", anomaly.count, " saker om natten,", between, ".");
    case v1::ANOMALY_KIND_REFUSALS:
      return absl::StrCat("Ble nektet tilgang ", anomaly.count, " ganger", between, ".");
    default:
      return "";
  }
}

std::string AnomalyLineEn(const FoundAnomaly& anomaly) {
  const std::string between = BetweenEn(anomaly);
  switch (anomaly.kind) {
    case v1::ANOMALY_KIND_MANY_CASES:
      return absl::StrCat("Opened ", anomaly.count, " cases", between,
                          " without being named on them and without changing anything.");
    case v1::ANOMALY_KIND_SAME_CASE:
      return absl::StrCat("Opened the same case ", anomaly.count, " times", between,
                          " without changing anything.");
    case v1::ANOMALY_KIND_COLLEAGUE:
      return absl::StrCat("Looked up the case of a colleague or of a colleague's family", between,
                          ".");
    case v1::ANOMALY_KIND_NIGHT:
      return absl::StrCat("Opened ", anomaly.count, " cases at night,", between, ".");
    case v1::ANOMALY_KIND_REFUSALS:
      return absl::StrCat("Was refused access ", anomaly.count, " times", between, ".");
    default:
      return "";
  }
}

void AnomalyScan::Span::Add(int64_t time_us) {
  if (first_us == 0) first_us = time_us;
  last_us = time_us;
}

bool AnomalyScan::IsColleague(int64_t participant_key, int64_t principal_key) const {
  const auto [first, last] = colleagues_.equal_range(participant_key);
  // One's own case is refused, and no colleague's.
  return first != last && std::none_of(first, last, [principal_key](const auto& entry) {
           return entry.second == principal_key;
         });
}

void AnomalyScan::TakeShown(const storage::DayLook& look, Person& person) const {
  Seen& seen = person.cases[look.participant_key];
  if (seen.acts == 0 || seen.last_act != look.act) ++seen.acts;
  seen.last_act = look.act;
  seen.changed |= IsChange(look.rpc);
  seen.named |= look.relation == v1::RELATION_TEAM;
  seen.span.Add(look.time_us);
  if (IsNight(look.time_us)) {
    person.at_night.insert(look.participant_key);
    person.night.Add(look.time_us);
  }
}

void AnomalyScan::Take(const storage::DayLook& look) {
  if (look.role == v1::ROLE_INTEGRASJON || look.role == v1::ROLE_PERSONVERN) return;
  Person& person = people_[look.principal_key];
  person.unit_key = look.unit_key;
  person.role = look.role;
  const bool refused = look.decision == v1::ACCESS_DECISION_DENY;
  if (refused) {
    ++person.refusals;
    person.refused.Add(look.time_us);
  } else if (look.participant_key != 0) {
    TakeShown(look, person);
  }
  if (look.participant_key != 0 && IsColleague(look.participant_key, look.principal_key)) {
    Seen& seen = person.cases[look.participant_key];
    seen.tried_colleague = true;
    seen.span.Add(look.time_us);
  }
}

void AnomalyScan::AddFindings(int64_t principal_key, const Person& person,
                              std::vector<FoundAnomaly>& findings) {
  const auto add = [&](v1::AnomalyKind kind, int64_t participant_key, const Span& span, int count) {
    findings.push_back({kind, principal_key, person.unit_key, person.role, participant_key,
                        span.first_us, span.last_us, count});
  };
  Span not_named;
  int many = 0;
  for (const auto& [participant_key, seen] : person.cases) {
    if (seen.tried_colleague) {
      add(v1::ANOMALY_KIND_COLLEAGUE, participant_key, seen.span, std::max(seen.acts, 1));
    }
    if (seen.changed || seen.acts == 0) continue;
    if (seen.acts >= kSameCase) {
      add(v1::ANOMALY_KIND_SAME_CASE, participant_key, seen.span, seen.acts);
    }
    if (seen.named) continue;
    ++many;
    const bool first = not_named.first_us == 0 || seen.span.first_us < not_named.first_us;
    if (first) not_named.first_us = seen.span.first_us;
    not_named.last_us = std::max(not_named.last_us, seen.span.last_us);
  }
  if (many >= kManyCases) add(v1::ANOMALY_KIND_MANY_CASES, 0, not_named, many);
  const int at_night = static_cast<int>(person.at_night.size());
  if (at_night >= kNightCases) add(v1::ANOMALY_KIND_NIGHT, 0, person.night, at_night);
  if (person.refusals >= kRefusals) {
    add(v1::ANOMALY_KIND_REFUSALS, 0, person.refused, person.refusals);
  }
}

std::vector<FoundAnomaly> AnomalyScan::Findings() const {
  std::vector<FoundAnomaly> findings;
  for (const auto& [principal_key, person] : people_) {
    AddFindings(principal_key, person, findings);
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const FoundAnomaly& a, const FoundAnomaly& b) {
                     return a.kind != b.kind ? a.kind < b.kind : a.count > b.count;
                   });
  return findings;
}

}  // namespace navo::services
