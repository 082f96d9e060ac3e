#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/proof/questions.h"

namespace navo::proof {
namespace {

bool MaySeeCategory(const Asker& asker, const Person& person, v1::Category category,
                    const std::string& controller, const std::string& unit) {
  const Datum datum{"", "", category, controller, unit, false, {}, ""};
  return MaySee(asker.world(), asker.caller(), person, datum);
}

// ---- hours ------------------------------------------------------------------------------------

struct SideHours {
  double planned = 0;
  double attended = 0;
  bool any = false;
  std::string unit;  // one whose hours are shown
};

double HoursIn(const std::string& tag) {
  double hours = 0;
  const std::vector<std::string> parts = absl::StrSplit(tag, ':');
  EXPECT_TRUE(absl::SimpleAtod(parts.back(), &hours)) << tag;
  return hours;
}

void ExpectHours(const Asker& asker, const Person& person, Tags& tags) {
  std::map<std::string, SideHours> sides;
  double used = 0;
  for (const Datum& datum : person.data) {
    const bool planned = absl::StartsWith(datum.tag, "planned:");
    const bool attended = absl::StartsWith(datum.tag, "attended:");
    if (datum.where != "Language" || (!planned && !attended)) continue;
    if (!IsShown(asker.world(), asker.caller(), person, datum)) continue;
    SideHours& side = sides[datum.controller];
    side.any = true;
    side.unit = datum.unit;
    (planned ? side.planned : side.attended) += HoursIn(datum.tag);
    if (attended) used += HoursIn(datum.tag);
    const bool attendance =
        MaySeeCategory(asker, person, v1::CATEGORY_ATTENDANCE, datum.controller, datum.unit);
    if (planned && !attendance) tags.insert("no attendance:" + datum.tag.substr(8, 9));
  }
  for (const auto& [controller, side] : sides) {
    const auto told = [&](v1::Category category, double hours) {
      return MaySeeCategory(asker, person, category, controller, side.unit) ? absl::StrCat(hours)
                                                                            : std::string("-");
    };
    tags.insert(absl::StrCat("sum:", controller, ":", told(v1::CATEGORY_LANGUAGE, side.planned),
                             ":", told(v1::CATEGORY_ATTENDANCE, side.attended)));
  }
  // What was used of the hours granted is told where no side keeps attendance back.
  bool complete = NeedsNoConfirming(asker.world(), asker.caller(), person, Look::kCase);
  for (const Side& side : asker.world().sides) {
    const Categories open = OpenFrom(asker.world(), asker.caller(), person, side);
    complete = complete && (open.empty() || open.contains(v1::CATEGORY_ATTENDANCE));
  }
  for (const std::string& tag : asker.ShownAt(person, "Language")) {
    if (!absl::StartsWith(tag, "norskmaal:")) continue;
    const std::vector<std::string> parts = absl::StrSplit(tag, ':');
    tags.insert(absl::StrCat("used:", parts[1], ":", complete ? absl::StrCat(used) : "-"));
  }
}

void CollectWeek(const v1::WeekHours& week, Tags& tags) {
  const auto hours = [&](const char* what, bool there, double value) {
    if (there) tags.insert(absl::StrCat(what, week.course_id(), ":", value));
  };
  hours("planned:", week.has_planned_hours(), week.planned_hours());
  hours("attended:", week.has_attended_hours(), week.attended_hours());
  if (week.has_attendance_withheld()) tags.insert("no attendance:" + week.course_id());
}

void CollectProgress(const v1::GetProgressResponse& first, Tags& tags) {
  for (const v1::SkillProgress& skill : first.skills()) {
    for (const v1::AssessedLevel& judged : skill.assessments()) {
      const auto& date = judged.date();
      tags.insert(absl::StrCat("assessed:", date.year(), "-", date.month(), "-", date.day()));
    }
    for (const v1::TestResult& test : skill.test_results()) {
      tags.insert("tested:" + test.test_result_id());
    }
  }
  for (const v1::NorskmaalProgress& goal : first.norskmaal()) {
    const std::string& side = goal.norskmaal().provenance().controller();
    tags.insert(absl::StrCat("norskmaal:", side, ":", goal.norskmaal().decision_reference()));
    for (const v1::GrantedProgress& granted : goal.granted()) {
      tags.insert(absl::StrCat(
          "used:", side, ":",
          granted.has_used_hours() ? absl::StrCat(granted.used_hours()) : std::string("-")));
    }
  }
  for (const v1::HoursSum& sum : first.sums()) {
    const std::string planned = sum.has_planned_hours()
                                    ? absl::StrCat(sum.planned_hours() + sum.planned_ahead_hours())
                                    : "-";
    const std::string attended =
        sum.has_attended_hours() ? absl::StrCat(sum.attended_hours()) : "-";
    tags.insert(absl::StrCat("sum:", sum.controller(), ":", planned, ":", attended));
  }
  for (const v1::Withheld& marker : first.withheld()) tags.insert(MarkerTag(marker));
}

// ---- grounds ----------------------------------------------------------------------------------

template <class Set>
std::string GroundTag(const std::string& id, int state, bool adapts, const Set& categories) {
  std::string tag = absl::StrCat("ground:", id, ":", state, adapts ? ":to adapt" : "");
  for (const auto category : categories) absl::StrAppend(&tag, ":", static_cast<int>(category));
  return tag;
}

// ---- the working list -------------------------------------------------------------------------

struct Line {
  std::string name;
  std::string tag;
};

// Everybody the caller finds in the list, before filters.
std::vector<std::pair<const Person*, Line>> Listed(const Asker& asker) {
  std::vector<std::pair<const Person*, Line>> lines;
  const Caller& caller = asker.caller();
  for (const Person& person : asker.world().people) {
    if (!MayEnter(caller, person)) continue;
    const Tie& tie = person.ties.at(caller.unit);
    Line line;
    line.name = tie.name;
    for (const Datum& datum : person.data) {
      const std::string prefix = absl::StrCat("name:", caller.side.id, ":");
      if (tie.confirmed && datum.where == "Get" && absl::StartsWith(datum.tag, prefix)) {
        line.name = datum.tag.substr(prefix.size());
      }
    }
    if (line.name.empty()) line.name = "-";
    const bool reads = caller.WorksOnCases();
    line.tag = absl::StrCat(
        "item:", Play::IdFor(caller, person), ":", reads ? line.name : "-", ":",
        reads && tie.last_follow_up_day > 0 ? absl::StrCat(tie.last_follow_up_day) : "-");
    lines.emplace_back(&person, line);
  }
  return lines;
}

std::string TagOf(const v1::ParticipantListItem& item) {
  const auto& date = item.last_follow_up();
  const auto day =
      absl::CivilDay(date.year(), date.month(), date.day()) - absl::CivilDay(1970, 1, 1);
  return absl::StrCat("item:", item.participant_id(), ":",
                      item.facts().given_name().empty() ? "-" : item.facts().given_name(), ":",
                      item.has_last_follow_up() ? absl::StrCat(day) : "-");
}

// Asks for the list and compares it with the lines that `fits` lets through.
template <class Fits>
void AskList(Asker& asker, const v1::ListParticipantsRequest& request, Fits fits) {
  Tags expected;
  for (const auto& [person, line] : Listed(asker)) {
    if (fits(*person, line)) expected.insert(line.tag);
  }
  const std::string total = absl::StrCat("total:", expected.size());
  const auto pages =
      asker.Pages("the list", Expected::kAnswer, &v1::ParticipantService::Stub::List, request, 2);
  Tags got;
  std::vector<std::string> names;
  for (const auto& page : pages) {
    for (const v1::ParticipantListItem& item : page.participants()) {
      got.insert(TagOf(item));
      names.push_back(item.facts().given_name());
    }
    got.insert(absl::StrCat("total:", page.total_size()));
    expected.insert(total);
  }
  if (request.order() == v1::PARTICIPANT_ORDER_NAME) {
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end())) << asker.caller().key;
  }
  asker.Compare(expected, got);
}

void AskFiltered(Asker& asker) {
  const Caller& caller = asker.caller();
  v1::ListParticipantsRequest mine;
  mine.set_mine(true);
  AskList(asker, mine, [&](const Person& person, const Line&) {
    return person.ties.at(caller.unit).team.contains(caller.name);
  });
  const int64_t yesterday = asker.day() - 1;
  const absl::CivilDay civil = absl::CivilDay(1970, 1, 1) + yesterday;
  v1::ListParticipantsRequest silent;
  silent.mutable_no_follow_up_since()->set_year(static_cast<int>(civil.year()));
  silent.mutable_no_follow_up_since()->set_month(civil.month());
  silent.mutable_no_follow_up_since()->set_day(civil.day());
  AskList(asker, silent, [&](const Person& person, const Line&) {
    return person.ties.at(caller.unit).last_follow_up_day < yesterday;
  });
  // Searches for every name that anybody has given anybody.
  std::set<std::string> names;
  for (const Person& person : asker.world().people) {
    for (const Datum& datum : person.data) {
      if (absl::StartsWith(datum.tag, "name:")) names.merge(MarksIn(datum.tag));
    }
    for (const auto& [unit, tie] : person.ties) names.insert(tie.name);
  }
  names.erase("");
  for (const std::string& name : names) {
    v1::ListParticipantsRequest search;
    search.set_name_prefix(name);
    AskList(asker, search, [&](const Person&, const Line& line) { return line.name == name; });
  }
}

bool IsCompared(v1::ChangeSubject subject) {
  return subject == v1::CHANGE_SUBJECT_SECTION || subject == v1::CHANGE_SUBJECT_PLAN_STEP ||
         subject == v1::CHANGE_SUBJECT_FOLLOW_UP || subject == v1::CHANGE_SUBJECT_ASSESSMENT ||
         subject == v1::CHANGE_SUBJECT_TEST_RESULT;
}

// What the feed tells of: what may be seen now, and might have been when it was done; and what
// other sides have opened since the cursor was made.
std::set<std::string> ExpectedChanges(const Asker& asker) {
  std::set<std::string> expected = OpenedTo(asker.world(), asker.caller());
  const Caller& caller = asker.caller();
  for (const std::string& before : asker.play().OpenAtCursor(caller.key)) expected.erase(before);
  for (const Person& person : asker.world().people) {
    for (const Told& told : person.told) {
      const bool now = MaySee(asker.world(), caller, person, told.as, Look::kFeed);
      if (!now || !told.seen_by.contains(caller.key)) continue;
      expected.insert(absl::StrCat("told:", told.record_id, ":", told.as.category));
    }
  }
  return expected;
}

}  // namespace

bool KnowsOf(const Asker& asker, const Person& person, const Ground& ground) {
  const Caller& caller = asker.caller();
  if (caller.participant) return true;
  const bool confirmed = NeedsNoConfirming(asker.world(), caller, person, Look::kCase);
  if (ground.from == caller.side.id) {
    return caller.Has(v1::ROLE_PERSONVERN) || ground.registered_by_unit == caller.unit || confirmed;
  }
  return caller.WorksOnCases() && Confirmed(caller, person) &&
         InForce(ground, caller.side.id, caller.unit, asker.day());
}

void AskLanguage(Asker& asker, const Person& person) {
  v1::GetProgressRequest request;
  request.set_participant_id(Play::IdFor(asker.caller(), person));
  const auto pages = asker.Pages(person.key, OfCase(asker, person),
                                 &v1::LanguageService::Stub::GetProgress, request, 2);
  if (pages.empty()) return asker.Compare({}, {});
  Tags got;
  CollectProgress(pages[0], got);
  for (const auto& page : pages) {
    for (const v1::WeekHours& week : page.hours()) CollectWeek(week, got);
  }
  Tags expected = asker.ShownAt(person, "Language");
  ExpectHours(asker, person, expected);
  expected.merge(Markers(asker.world(), asker.caller(), person,
                         {v1::CATEGORY_LANGUAGE, v1::CATEGORY_ATTENDANCE}));
  asker.Compare(expected, got);
}

void AskGrounds(Asker& asker, const Person& person) {
  const Expected wanted = OfCaseOrPersonvern(asker, person, true);
  v1::ListGroundsRequest request;
  request.set_participant_id(Play::IdFor(asker.caller(), person));
  Tags got;
  for (const auto& page :
       asker.Pages(person.key, wanted, &v1::ConsentService::Stub::List, request, 2)) {
    for (const v1::Ground& ground : page.grounds()) {
      got.insert(GroundTag(ground.ground_id(), ground.state(),
                           ground.purpose() == v1::PURPOSE_TILRETTELEGGING,
                           ground.release().categories()));
    }
  }
  Tags expected;
  for (const Ground& ground : person.grounds) {
    if (wanted != Expected::kAnswer || !KnowsOf(asker, person, ground)) continue;
    expected.insert(
        GroundTag(ground.id, static_cast<int>(ground.state) + 1, ground.adapts, ground.categories));
  }
  asker.Compare(expected, got);
}

void AskByNumber(Asker& asker) {
  const Caller& caller = asker.caller();
  for (const Person& stranger : asker.world().strangers) {
    v1::LookupParticipantRequest request;
    request.set_national_identity_number(stranger.number);
    const std::string realm = ProtectionHides(caller, stranger) ? caller.side.id : "";
    Tags expected;
    for (const Person& person : asker.world().people) {
      const bool same = person.number == stranger.number && person.shadow_of == realm;
      if (same && MayEnter(caller, person)) expected.insert(Play::IdFor(caller, person));
    }
    const Expected found = expected.empty() ? Expected::kNotFound : Expected::kAnswer;
    const bool asks = caller.WorksOnCases();
    const auto answer = asker.Ask(stranger.key, asks ? found : Expected::kRole,
                                  &v1::ParticipantService::Stub::Lookup, request);
    Tags got;
    if (answer.has_value()) got.insert(answer->participant_id());
    asker.Compare(asks ? expected : Tags(), got);
  }
}

void AskWorkingList(Asker& asker) {
  const Caller& caller = asker.caller();
  if (!caller.WorksOnCases() && !caller.Has(v1::ROLE_LEDER)) {
    asker.Ask("the list", Expected::kRole, &v1::ParticipantService::Stub::List,
              v1::ListParticipantsRequest());
    return asker.Compare({}, {});
  }
  const auto all = [](const Person&, const Line&) { return true; };
  AskList(asker, v1::ListParticipantsRequest(), all);
  if (!caller.WorksOnCases()) return;
  for (const v1::ParticipantOrder order :
       {v1::PARTICIPANT_ORDER_NAME, v1::PARTICIPANT_ORDER_TIE_NEWEST,
        v1::PARTICIPANT_ORDER_LAST_FOLLOW_UP}) {
    v1::ListParticipantsRequest request;
    request.set_order(order);
    AskList(asker, request, all);
  }
  AskFiltered(asker);
}

void AskFeed(Asker& asker) {
  const Caller& caller = asker.caller();
  const bool follows = caller.WorksOnCases() || caller.Has(v1::ROLE_INTEGRASJON);
  v1::ListChangesRequest request;
  request.set_cursor(asker.play().CursorOf(caller.key));
  request.set_page_size(7);
  std::set<std::string> got;
  for (bool more = true; more;) {
    const auto page = asker.Ask("changes", follows ? Expected::kAnswer : Expected::kRole,
                                &v1::FeedService::Stub::ListChanges, request);
    if (!page.has_value()) break;
    for (const v1::Change& change : page->changes()) {
      if (IsCompared(change.subject())) {
        got.insert(absl::StrCat("told:", change.record_id(), ":", change.category()));
      }
      const bool other = change.owner_controller() != caller.side.id;
      if (change.act() != v1::CHANGE_ACT_ACCESS_OPENED || !other) continue;
      for (const int category : change.categories()) {
        got.insert(absl::StrCat("opened:", change.participant_id(), ":", change.owner_controller(),
                                ":", category));
      }
    }
    request.set_cursor(page->next_cursor());
    more = page->has_more();
  }
  const std::set<std::string> expected = follows ? ExpectedChanges(asker) : std::set<std::string>();
  asker.Compare(Tags(expected.begin(), expected.end()), Tags(got.begin(), got.end()));
}

}  // namespace navo::proof
