#include "clients/cli/case_view.h"

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "clients/cli/follow_up_view.h"
#include "clients/cli/formats.h"
#include "clients/cli/ground_view.h"
#include "clients/cli/kartlegging_view.h"
#include "clients/cli/language_view.h"
#include "clients/cli/participant_view.h"
#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/timeline.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

constexpr char kSigns[] = "? foreslått  ○ planlagt  ◐ gjennomføres  ● fullført  × avbrutt  │ today";
constexpr int kMostSteps = 9;
constexpr int kMostFollowUps = 5;
constexpr int kMostGrounds = 4;

// Collects lines; every one is cut to the width.
class Page {
 public:
  explicit Page(const CaseStyle& style) : style_(style) {}

  void Heading(const std::string& title, const std::string& rest = "") {
    const std::string text =
        Truncated(rest.empty() ? title : title + "  " + Displayable(rest), style_.width);
    const std::string first = text.substr(0, title.size());
    out_ << style_.bold << first << style_.plain << text.substr(first.size()) << "\n";
  }
  void Line(const std::string& text) {
    out_ << Truncated("  " + Displayable(text), style_.width) << "\n";
  }
  void Rows(const Table& table) { table.Print(out_, style_.width, 2); }

  const CaseStyle& style() const { return style_; }
  std::string text() const { return out_.str(); }

 private:
  const CaseStyle& style_;
  std::ostringstream out_;
};

void DrawWho(const CaseRead& read, Page* page) {
  const auto& participant = read.participant;
  page->Heading(participant.sides().empty() ? "(no name)"
                                            : Displayable(NameText(participant.sides(0).facts())),
                participant.participant_id());
  for (const auto& side : participant.sides()) {
    page->Line(UnitText(side.provenance()) + ": " + NameText(side.facts()) + "; " +
               ContactText(side.facts()) + " (" + DayText(side.provenance().time()) + ")");
  }
  for (const auto& tie : participant.ties()) {
    page->Line("tied to " + tie.unit() + " since " + DayText(tie.since()) + ", " +
               Word(tie.reason()) + "; identity: " + Word(tie.identity_confirmation()));
  }
  std::string team;
  for (const auto& member : participant.team()) {
    team += (team.empty() ? "team: " : "; ") + member.name() + " (" + member.unit() + ")";
  }
  if (!team.empty()) page->Line(team);
}

void DrawGrounds(const v1::ListGroundsResponse& response, Page* page) {
  std::vector<const v1::Ground*> grounds;
  for (const auto& ground : response.grounds()) {
    if (ground.state() != v1::GROUND_STATE_ENDED) grounds.push_back(&ground);
  }
  page->Heading("Sharing", grounds.empty() ? "no ground is open: each side sees its own" : "");
  for (size_t i = 0; i < grounds.size() && i < kMostGrounds; ++i) {
    const v1::Ground& ground = *grounds[i];
    page->Line(DirectionText(ground.release()) + ": " + Word(ground.state()) + ", " +
               Word(ground.kind()) + ", " + PeriodText(ground) + ": " +
               CategoriesText(ground.release()));
  }
  if (grounds.size() > kMostGrounds) page->Line("... and more: navo ground list");
}

// Who recorded it and who has stated since that it is right: "nav-grorud-statlig ✓ vo-rosenhof".
std::string HoldersText(const v1::Section& section, const char* confirmed) {
  std::string text = section.provenance().unit();
  for (const auto& confirmation : section.confirmations()) text += confirmed + confirmation.unit();
  return text;
}

void DrawKartlegging(const v1::GetKartleggingResponse& picture, Page* page) {
  page->Heading("Kartlegging");
  Table table({{"kind", 19}, {"age", 5}, {"", 5}, {"by", 12}, {"what", 20}});
  const bool plain = IsPlain(page->style().width);
  const char* confirmed = plain ? ", confirmed by " : " ✓ ";
  for (const auto& kind : picture.kinds()) {
    if (kind.sections().empty()) table.AddRow({Word(kind.kind()), "", Word(kind.freshness())});
    std::string name = Word(kind.kind());
    for (const auto& section : kind.sections()) {
      std::string what;
      for (const std::string& line : ContentLines(section.content())) {
        what += (what.empty() ? "" : "; ") + line;
      }
      table.AddRow({name, AgeText(section.last_confirmed(), page->style().today),
                    Word(section.freshness()), HoldersText(section, confirmed), what});
      if (!plain) name.clear();  // In a column it is said once.
    }
  }
  page->Rows(table);
}

void DrawPlan(const v1::Plan& plan, Page* page) {
  page->Heading("Plan", IsPlain(page->style().width) ? "" : kSigns);
  for (const auto& part : plan.parts()) {
    const auto& goals = part.goals();
    const std::string review =
        goals.has_review_date() ? "; review " + DateText(goals.review_date()) : "";
    page->Line(UnitText(part.provenance()) + (part.closed() ? " (closed): " : ": ") +
               (goals.long_term_goal().empty() ? "no goal yet" : goals.long_term_goal()) + review);
  }
  const auto lines = TimelineLines(plan, page->style().today, page->style().width - 2, kMostSteps);
  if (lines.empty()) page->Line("no steps yet");
  for (const std::string& line : lines) page->Line(line);
}

void DrawFollowUps(const v1::ListFollowUpsResponse& response, Page* page) {
  page->Heading("Follow-ups", response.follow_ups().empty() ? "none" : "");
  Table table({{"when", 16}, {"type", 7}, {"unit", 12}, {"agreed", 20}, {"note", 30}});
  int count = 0;
  for (const ListedFollowUp& listed : TogetherByMeeting(response.follow_ups())) {
    if (++count > kMostFollowUps) break;
    const v1::FollowUp* follow_up = listed.follow_up;
    table.AddRow({InstantText(follow_up->occurred_at()),
                  ListedTypeText(listed, page->style().width), follow_up->provenance().unit(),
                  AgreementText(*follow_up), NoteText(*follow_up)});
  }
  if (!table.empty()) page->Rows(table);
}

void DrawLanguage(const v1::GetProgressResponse& progress, Page* page) {
  page->Heading("Norwegian");
  Table table({{"skill", 9}, {"judged by teachers", 18}, {"tested", 18}});
  for (const auto& skill : progress.skills()) {
    table.AddRow({Word(skill.skill()), JudgedText(skill, 2), TestedText(skill, 2)});
  }
  page->Rows(table);
  for (const auto& side : progress.norskmaal()) page->Line("norskmål of " + NorskmaalText(side));
  for (const auto& sum : progress.sums()) page->Line("hours of " + SumText(sum));
}

// Every part may withhold the same; it is said once.
void DrawWithheld(const CaseRead& read, Page* page) {
  google::protobuf::RepeatedPtrField<v1::Withheld> all = read.participant.withheld();
  if (read.kartlegging.ok()) all.MergeFrom(read.kartlegging->withheld());
  if (read.plan.ok()) all.MergeFrom(read.plan->withheld());
  if (read.follow_ups.ok()) all.MergeFrom(read.follow_ups->withheld());
  if (read.language.ok()) all.MergeFrom(read.language->withheld());
  if (all.empty()) return;
  page->Heading("Withheld");
  for (const auto& line : Wrapped(WithheldText(all), page->style().width - 2)) page->Line(line);
}

// Draws a part, or says in its place why there is none.
template <class Part, class Draw>
void DrawOrSay(const char* title, const absl::StatusOr<Part>& part, Page* page, Draw draw) {
  if (part.ok()) return draw(*part, page);
  page->Heading(title, "not shown: " + std::string(part.status().message()));
}

template <class Part>
void AddJson(const char* name, const absl::StatusOr<Part>& part, std::string* json) {
  *json += std::string(",\n\"") + name + "\": " + (part.ok() ? JsonText(*part) : "null\n");
}

}  // namespace

std::string CaseText(const CaseRead& read, const CaseStyle& style) {
  Page page(style);
  DrawWho(read, &page);
  DrawOrSay("Sharing", read.grounds, &page, DrawGrounds);
  DrawOrSay("Kartlegging", read.kartlegging, &page, DrawKartlegging);
  if (absl::IsNotFound(read.plan.status())) {
    page.Heading("Plan", "none yet: navo plan open " + read.participant.participant_id());
  } else {
    DrawOrSay("Plan", read.plan, &page,
              [](const v1::GetPlanResponse& response, Page* to) { DrawPlan(response.plan(), to); });
  }
  DrawOrSay("Follow-ups", read.follow_ups, &page, DrawFollowUps);
  DrawOrSay("Norwegian", read.language, &page, DrawLanguage);
  DrawWithheld(read, &page);
  return page.text();
}

std::string CaseJson(const CaseRead& read) {
  std::string json = "{\"participant\": " + JsonText(read.participant);
  AddJson("grounds", read.grounds, &json);
  AddJson("kartlegging", read.kartlegging, &json);
  AddJson("plan", read.plan, &json);
  AddJson("follow_ups", read.follow_ups, &json);
  AddJson("language", read.language, &json);
  return json + "}\n";
}

}  // namespace navo::cli
