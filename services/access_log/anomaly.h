#ifndef NAVO_SERVICES_ACCESS_LOG_ANOMALY_H_
#define NAVO_SERVICES_ACCESS_LOG_ANOMALY_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "navo/v1/access_log.pb.h"
#include "storage/access_log_search.h"

// What of one day's access log looks unusual. Not a verdict: who reads it asks those concerned.
namespace navo::services {

// Where a count begins to be unusual. An adviser opens about 20 cases on a day, a teacher 60 (docs
// of the load model), nearly all of them cases they are named on.
inline constexpr int kManyCases = 40;   // cases one is not named on, and changed nothing in
inline constexpr int kSameCase = 20;    // times one case was opened, with nothing changed in it
inline constexpr int kNightCases = 10;  // cases opened between 22 and 6 o'clock
inline constexpr int kRefusals = 10;

struct FoundAnomaly {
  v1::AnomalyKind kind = v1::ANOMALY_KIND_UNSPECIFIED;
  int64_t principal_key = 0;
  int64_t unit_key = 0;  // acted in last
  int64_t role = 0;
  int64_t participant_key = 0;  // 0 when it is about several
  int64_t first_us = 0;
  int64_t last_us = 0;
  int count = 0;
};

// One person's or family's worth of sentences about a finding.
std::string AnomalyLineNb(const FoundAnomaly& anomaly);
std::string AnomalyLineEn(const FoundAnomaly& anomaly);

// Fed with the calls of one day, oldest first. Memory by people and the cases each opened. One
// thread.
class AnomalyScan {
 public:
  // Participants who are, or belong to the family of, a colleague: the principal's key.
  explicit AnomalyScan(std::multimap<int64_t, int64_t> colleagues)
      : colleagues_(std::move(colleagues)) {}

  void Take(const storage::DayLook& look);
  // By kind, then the highest count first.
  std::vector<FoundAnomaly> Findings() const;

 private:
  struct Span {
    int64_t first_us = 0;
    int64_t last_us = 0;
    void Add(int64_t time_us);
  };
  struct Seen {
    Span span;
    storage::ActId last_act{};
    int acts = 0;
    bool changed = false;
    bool named = false;  // on the case's team
    bool tried_colleague = false;
  };
  struct Person {
    int64_t unit_key = 0;
    int64_t role = 0;
    std::map<int64_t, Seen> cases;
    std::set<int64_t> at_night;
    Span night;
    Span refused;
    int refusals = 0;
  };

  bool IsColleague(int64_t participant_key, int64_t principal_key) const;
  void TakeShown(const storage::DayLook& look, Person& person) const;
  static void AddFindings(int64_t principal_key, const Person& person,
                          std::vector<FoundAnomaly>& findings);

  const std::multimap<int64_t, int64_t> colleagues_;
  std::map<int64_t, Person> people_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_ACCESS_LOG_ANOMALY_H_
