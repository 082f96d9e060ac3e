#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/words.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "services/domain/calendar.h"
#include "tests/stories/story.h"
#include "tests/support/rich_case.h"

namespace navo::stories {
namespace {

using cli::Word;
using support::Must;

std::string Day(const google::protobuf::Timestamp& time) {
  return domain::FormatDay(domain::DayInOslo(time.seconds() * 1'000'000));
}

// "from NAV Grorud, statlig linje, Kari Nordby, 2026-10-03". Names stay with the own side.
std::string From(const v1::Provenance& provenance) {
  std::string from = absl::StrCat("   [", provenance.unit_name());
  if (!provenance.recorded_by().empty()) absl::StrAppend(&from, ", ", provenance.recorded_by());
  absl::StrAppend(&from, ", ", Day(provenance.time()));
  if (!provenance.source_system().empty()) {
    absl::StrAppend(&from, ", from ", provenance.source_system());
  }
  return from + "]";
}

void Line(std::string& text, const std::string& heading, const std::string& content) {
  std::string padded = heading;
  padded.resize(13, ' ');
  absl::StrAppend(&text, padded, content, "\n");
}

void WhoLines(const v1::GetParticipantResponse& participant, std::string& text) {
  for (const v1::SideFacts& side : participant.sides()) {
    const v1::ContactFacts& facts = side.facts();
    std::string who = absl::StrCat(facts.given_name(), " ", facts.family_name());
    if (!facts.preferred_language().empty()) {
      absl::StrAppend(&who, ", speaks ", facts.preferred_language());
    }
    if (!facts.mother_tongue().empty()) {
      absl::StrAppend(&who, ", mother tongue ", facts.mother_tongue());
    }
    if (facts.interpreter_needed()) absl::StrAppend(&who, ", with interpreter");
    Line(text, "who", absl::StrCat(who, From(side.provenance())));
  }
  for (const v1::Tie& tie : participant.ties()) {
    Line(text, "tied to",
         absl::StrCat(tie.unit(), ": ", Word(tie.reason()),
                      ", identity: ", Word(tie.identity_confirmation())));
  }
}

std::string ContentText(const v1::SectionContent& content) {
  if (content.has_education()) {
    std::string text = absl::StrCat(content.education().school_years(), " years of school");
    for (const v1::EducationItem& item : content.education().items()) {
      absl::StrAppend(&text, ", ", item.title(), " (", item.country(), " ", item.end_year(), ")");
    }
    return text;
  }
  if (content.has_languages()) {
    std::string text;
    for (const v1::LanguageSkill& skill : content.languages().skills()) {
      absl::StrAppend(&text, text.empty() ? "" : ", ", skill.language(),
                      skill.mother_tongue() ? " (mother tongue)" : "");
    }
    return text;
  }
  return content.goals_interests().long_term_goal();
}

void KartleggingLines(const v1::GetKartleggingResponse& kartlegging, std::string& text) {
  for (const v1::KindPicture& kind : kartlegging.kinds()) {
    for (const v1::Section& section : kind.sections()) {
      Line(text, "kartlegging",
           absl::StrCat(Word(kind.kind()), ", ", Word(section.freshness()), ": ",
                        ContentText(section.content()), From(section.provenance())));
      for (const v1::Provenance& confirmed : section.confirmations()) {
        Line(text, "", absl::StrCat("  confirmed", From(confirmed)));
      }
    }
  }
}

void PlanLines(const absl::StatusOr<v1::GetPlanResponse>& answer, std::string& text) {
  if (!answer.ok()) return Line(text, "plan", Told(answer.status()));
  for (const v1::PlanPart& part : answer->plan().parts()) {
    const std::string& goal = part.goals().long_term_goal();
    Line(text, "plan",
         absl::StrCat(part.provenance().controller(), ", version ", part.version(), ", goal: ",
                      goal.empty() ? "none yet" : goal, part.closed() ? ", closed" : ""));
    for (const v1::Step& step : part.steps()) {
      std::string line =
          absl::StrCat("  ", step.title(), " (", Word(step.type()), "), ", Word(step.status()));
      if (step.has_start_date()) absl::StrAppend(&line, ", from ", DateText(step.start_date()));
      if (step.has_end_date()) absl::StrAppend(&line, ", to ", DateText(step.end_date()));
      Line(text, "", absl::StrCat(line, From(step.provenance())));
    }
  }
}

void FollowUpLines(const v1::ListFollowUpsResponse& events, std::string& text) {
  for (const v1::FollowUp& event : events.follow_ups()) {
    Line(text, "follow-up",
         absl::StrCat(Day(event.occurred_at()), " ", Word(event.type()),
                      ", agreed: ", event.agreement(), From(event.provenance())));
    Line(text, "",
         event.has_note_withheld() ? absl::StrCat("  note: ", WithheldText(event.note_withheld()))
                                   : absl::StrCat("  note: ", event.note()));
  }
}

void LanguageLines(const v1::GetProgressResponse& progress, std::string& text) {
  for (const v1::SkillProgress& skill : progress.skills()) {
    for (const v1::AssessedLevel& judged : skill.assessments()) {
      Line(text, "language",
           absl::StrCat(Word(skill.skill()), " judged ", Word(judged.level()), " on ",
                        DateText(judged.date()), From(judged.provenance())));
    }
    for (const v1::TestResult& test : skill.test_results()) {
      Line(text, "language",
           absl::StrCat(Word(skill.skill()), " tested ", Word(test.level()), " on ",
                        DateText(test.date()), From(test.provenance())));
    }
  }
}

// ", attended 17.5, absent 2.5 documented"; what is not there is left out.
std::string AttendanceText(const v1::WeekHours& week) {
  if (week.has_attendance_withheld()) {
    return absl::StrCat(", attendance withheld: ", WithheldText(week.attendance_withheld()));
  }
  std::string text;
  if (week.has_attended_hours()) absl::StrAppend(&text, ", attended ", week.attended_hours());
  if (week.has_documented_absence_hours()) {
    absl::StrAppend(&text, ", absent ", week.documented_absence_hours(), " documented");
  }
  if (week.has_undocumented_absence_hours()) {
    absl::StrAppend(&text, ", absent ", week.undocumented_absence_hours(), " undocumented");
  }
  return text;
}

void TrainingLines(const v1::GetProgressResponse& progress, std::string& text) {
  for (const v1::NorskmaalProgress& side : progress.norskmaal()) {
    std::string line = Word(side.norskmaal().scheme());
    for (const v1::GoalProgress& goal : side.goals()) {
      absl::StrAppend(&line, ", ", Word(goal.skill()), " ", Word(goal.level()), " (",
                      Word(goal.reached()), ")");
    }
    for (const v1::GrantedProgress& granted : side.granted()) {
      absl::StrAppend(&line, ", ", granted.granted_hours(), " h ", Word(granted.kind()));
      if (granted.has_used_hours()) absl::StrAppend(&line, ", used ", granted.used_hours());
    }
    Line(text, "norskmaal", absl::StrCat(line, From(side.norskmaal().provenance())));
  }
  for (const v1::WeekHours& week : progress.hours()) {
    Line(text, "hours",
         absl::StrCat(week.week(), " ", week.course_id(), " ", Word(week.kind()), ": planned ",
                      week.planned_hours(), AttendanceText(week), From(week.provenance())));
  }
}

template <class Request>
Request About(const std::string& participant_id) {
  Request request;
  request.set_participant_id(participant_id);
  return request;
}

}  // namespace

std::string CaseAsSeenBy(const client::Client& caller, const std::string& participant_id) {
  const client::Client act = caller.WithAct("");
  const auto participant = Must(act, &v1::ParticipantService::Stub::Get,
                                About<v1::GetParticipantRequest>(participant_id));
  const auto kartlegging = Must(act, &v1::KartleggingService::Stub::Get,
                                About<v1::GetKartleggingRequest>(participant_id));
  const auto plan =
      act.Call(&v1::PlanService::Stub::Get, About<v1::GetPlanRequest>(participant_id));
  const auto events =
      Must(act, &v1::FollowUpService::Stub::List, About<v1::ListFollowUpsRequest>(participant_id));
  const auto language = Must(act, &v1::LanguageService::Stub::GetProgress,
                             About<v1::GetProgressRequest>(participant_id));
  std::string text;
  WhoLines(participant, text);
  KartleggingLines(kartlegging, text);
  PlanLines(plan, text);
  FollowUpLines(events, text);
  LanguageLines(language, text);
  TrainingLines(language, text);
  for (const v1::Withheld& withheld : participant.withheld()) {
    Line(text, "withheld", WithheldText(withheld));
  }
  for (const auto* withheld : {&kartlegging.withheld(), &events.withheld()}) {
    for (const v1::Withheld& marker : *withheld) {
      if (marker.category() != v1::CATEGORY_UNSPECIFIED) {
        Line(text, "withheld", WithheldText(marker));
      }
    }
  }
  return text;
}

}  // namespace navo::stories
