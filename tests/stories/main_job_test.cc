// The main job, end to end: two agencies' files go in, and a veileder and a teacher see one
// kartlegging and one plan, exactly as far as the participant's ground for sharing allows. Read
// main_job.golden.txt: it is the story.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "clients/cli/words.h"
#include "clients/cpp/import.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/exchange.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/stories/story.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::stories {
namespace {

using cli::Word;
using support::DateOf;
using support::Must;
using support::NumberOf;

const absl::Time kOctober = absl::FromCivil(absl::CivilHour(2026, 10, 5, 8), absl::UTCTimeZone());
const absl::Time kNovember = absl::FromCivil(absl::CivilHour(2026, 11, 2, 8), absl::UTCTimeZone());

class MainJobTest : public ::testing::Test {
 protected:
  using Consents = v1::ConsentService::Stub;

  // Tokens are not valid before they were made, so the clock is set first.
  client::Client SignIn(const std::string& key) {
    server_.clock().Set(kOctober);
    return server_.As(key);
  }
  // A human act of its own, some minutes after the last one.
  client::Client Act(const client::Client& person) {
    server_.clock().Advance(absl::Minutes(5));
    return person.WithAct("");
  }
  void Look(const std::string& who, const client::Client& person, const std::string& id) {
    story_.Show(who + " opens Amina's case and sees:", CaseAsSeenBy(Act(person), id));
  }

  void FilesComeIn();
  void NavMapsAmina();
  void EachSeesItsOwnSide();
  void TheParticipantConsents();
  void BothSeeOneCase();
  void NobodyMapsTwice();
  void FollowUpAndLanguage();
  void CoursesAndHours();
  void OpeningAgainIsTheSamePlan();
  void TheParticipantWithdraws();
  void TheParticipantReadsTheLog();

  std::string Import(const client::Client& system, v1::ImportFormat format, const std::string& name,
                     const std::string& file);
  std::string Find(const client::Client& person, const std::string& who);
  v1::ListChangesResponse Changes(const client::Client& person, const std::string& cursor);
  std::string ChangesText(const v1::ListChangesResponse& changes) const;
  static std::string GroundsText(const client::Client& person, const std::string& id);
  static v1::PlanPart OwnPart(const client::Client& person, const std::string& id);

  support::TestServer server_;
  Story story_{"One kartlegging and one plan for Amina"};
  const client::Client kari_ = SignIn("kari");
  const client::Client per_ = SignIn("per");
  const client::Client tor_ = SignIn("tor");
  const client::Client amina_ = SignIn("amina");
  std::string for_kari_;  // Amina's id for NAV statlig
  std::string for_tor_;   // and for VO
};

std::string MainJobTest::Import(const client::Client& system, v1::ImportFormat format,
                                const std::string& name, const std::string& file) {
  std::ifstream content(absl::StrCat(NAVO_SOURCE_DIR "/docs/examples/", file));
  v1::ImportStart start;
  start.set_format(format);
  start.set_source_system(name);
  const auto counts = client::Import(Act(system), start, content, [](const auto&) {});
  EXPECT_TRUE(counts.ok()) << counts.status();
  if (!counts.ok()) return Told(counts.status());
  return absl::StrFormat(
      "%s: %d rows, %d created, %d updated, %d unchanged, %d outdated, "
      "%d rejected, %d skipped\n",
      file, counts->rows(), counts->created(), counts->updated(), counts->unchanged(),
      counts->outdated(), counts->rejected(), counts->skipped());
}

std::string MainJobTest::Find(const client::Client& person, const std::string& who) {
  v1::LookupParticipantRequest request;
  request.set_national_identity_number(NumberOf(who));
  return Must(Act(person), &v1::ParticipantService::Stub::Lookup, request).participant_id();
}

std::string MainJobTest::GroundsText(const client::Client& person, const std::string& id) {
  v1::ListGroundsRequest request;
  request.set_participant_id(id);
  std::string text;
  const v1::ListGroundsResponse listed = Must(person, &Consents::List, request);
  for (const v1::Ground& ground : listed.grounds()) {
    absl::StrAppend(&text, Word(ground.kind()), ", data of ", ground.release().from_controller(),
                    " to ", ground.release().to_controller(), ": ", Word(ground.state()), "; text ",
                    ground.proof().text_id(), " version ", ground.proof().text_version(), " in ",
                    ground.proof().text_language(), ", ", Word(ground.proof().given_by()),
                    ", registered at ", ground.provenance().unit_name());
    if (ground.has_confirmed()) {
      absl::StrAppend(&text, ", confirmed at ", ground.confirmed().unit_name());
    }
    absl::StrAppend(&text, "\n");
  }
  return text.empty() ? "none" : text;
}

v1::ListChangesResponse MainJobTest::Changes(const client::Client& person,
                                             const std::string& cursor) {
  v1::ListChangesRequest request;
  request.set_cursor(cursor);
  request.set_page_size(200);
  return Must(Act(person), &v1::FeedService::Stub::ListChanges, request);
}

std::string MainJobTest::ChangesText(const v1::ListChangesResponse& changes) const {
  std::string text;
  for (const v1::Change& change : changes.changes()) {
    absl::StrAppend(&text, change.participant_id() == for_kari_ ? "Amina" : "somebody else", ": ",
                    Word(change.subject()), " ", Word(change.act()), ", ", Word(change.category()),
                    " of ", change.owner_controller(), "\n");
  }
  return text.empty() ? "nothing" : text;
}

v1::PlanPart MainJobTest::OwnPart(const client::Client& person, const std::string& id) {
  v1::OpenPlanRequest request;
  request.set_participant_id(id);
  request.mutable_goals()->set_long_term_goal("Et annet mål");
  return Must(person, &v1::PlanService::Stub::Open, request).part();
}

void MainJobTest::FilesComeIn() {
  story_.Step("1. October: the files of two agencies come in");
  const client::Client komet = server_.As("komet");
  const client::Client vo = server_.As("vo-system");
  for (const char* when : {"The systems export, and NAVO takes in", "The same files once more"}) {
    std::string report =
        Import(komet, v1::IMPORT_FORMAT_NAV_GJENNOMFOERING, "komet", "nav-gjennomforinger.jsonl");
    report += Import(komet, v1::IMPORT_FORMAT_NAV_DELTAKER, "komet", "nav-deltakere.jsonl");
    report += Import(vo, v1::IMPORT_FORMAT_VO_ELEVER, "vo-skole", "vo-elever.csv");
    story_.Show(absl::StrCat(when, ":"), report);
  }
  for_kari_ = Find(kari_, "amina");
  for_tor_ = Find(tor_, "amina");
  story_.Say("Kari at NAV Grorud and Tor at VO Rosenhof find Amina by her number.");
  story_.Say(absl::StrCat("Their ids for her are ",
                          for_kari_ == for_tor_ ? "the same" : "different",
                          ", and of no use to each other."));
  NavMapsAmina();
}

void MainJobTest::NavMapsAmina() {
  const client::Client act = Act(kari_);
  v1::UpdateContactRequest contact;
  contact.set_participant_id(for_kari_);
  v1::GetParticipantRequest get;
  get.set_participant_id(for_kari_);
  const auto shown = Must(act, &v1::ParticipantService::Stub::Get, get);
  if (shown.sides_size() > 0) contact.set_etag(shown.sides(0).etag());
  contact.mutable_facts()->set_given_name("Amina");
  contact.mutable_facts()->set_family_name("Warsame");
  contact.mutable_facts()->set_preferred_language("so");
  contact.mutable_facts()->set_interpreter_needed(true);
  Must(act, &v1::ParticipantService::Stub::UpdateContact, contact);
  Must(act, &v1::KartleggingService::Stub::RecordSection,
       support::NewSection(for_kari_, support::EducationContent("Grunnskole i Mogadishu")));
  story_.Say("Kari writes down Amina's name and maps her education.");
}

void MainJobTest::EachSeesItsOwnSide() {
  server_.clock().Set(kNovember);
  story_.Step("2. November: each side sees its own, and of the other that sharing is not open");
  Look("Kari", kari_, for_kari_);
  Look("Tor", tor_, for_tor_);
  // Olena is NAV's alone: VO has never heard of her.
  v1::GetPlanRequest request;
  request.set_participant_id(for_kari_);
  const auto amina = Must(Act(kari_), &v1::PlanService::Stub::Get, request);
  request.set_participant_id(Find(kari_, "olena"));
  const auto olena = Must(Act(kari_), &v1::PlanService::Stub::Get, request);
  std::string of_amina;
  std::string of_olena;
  for (const auto& withheld : amina.withheld()) of_amina += withheld.SerializeAsString();
  for (const auto& withheld : olena.withheld()) of_olena += withheld.SerializeAsString();
  story_.Say(absl::StrCat("Of Olena, whom VO has never heard of, Kari is told ",
                          of_amina == of_olena ? "the same." : "something else."));
  v1::GetParticipantRequest look;
  look.set_participant_id(for_kari_);
  story_.Show("Per at NAV Stovner, who has nothing to do with Amina, tries Kari's id for her:",
              Told(Act(per_).Call(&v1::ParticipantService::Stub::Get, look).status()));
}

void MainJobTest::TheParticipantConsents() {
  story_.Step("3. The participant consents, in a conversation with Kari, Tor and an interpreter");
  v1::GetConsentTextRequest text;
  text.set_text_id("samordnet-kvalifisering");
  text.set_language("so");
  const auto shown = Must(Act(kari_), &Consents::GetConsentText, text);
  story_.Say(absl::StrCat("The text ", shown.text_id(), " version ", shown.version(),
                          " is read in ", shown.language(), "; ", shown.languages_size(),
                          " languages are there."));
  v1::GiveConsentRequest request =
      support::NewConsent(for_kari_, support::FullRelease("nav-statlig", "oslo-vo"));
  *request.add_releases() = support::FullRelease("oslo-vo", "nav-statlig");
  Must(Act(kari_), &Consents::GiveConsent, request);
  story_.Say("Kari registers the consent in both directions: NAV's data is open to VO at once.");
  Look("Kari", kari_, for_kari_);
  story_.Show("VO's data stays shut until VO says that the consent was given to it too. Tor finds:",
              GroundsText(Act(tor_), for_tor_));
  v1::ListGroundsRequest list;
  list.set_participant_id(for_tor_);
  v1::ConfirmGroundRequest confirm;
  confirm.set_participant_id(for_tor_);
  confirm.set_given_by(v1::CONSENT_GIVEN_BY_WITH_INTERPRETER);
  const v1::ListGroundsResponse listed = Must(Act(tor_), &Consents::List, list);
  for (const v1::Ground& ground : listed.grounds()) {
    if (ground.state() == v1::GROUND_STATE_PENDING) confirm.set_ground_id(ground.ground_id());
  }
  Must(Act(tor_), &Consents::ConfirmGround, confirm);
  story_.Show("Tor confirms it:", GroundsText(Act(tor_), for_tor_));
}

void MainJobTest::BothSeeOneCase() {
  story_.Step("4. Both see one kartlegging and one plan, with steps of both");
  v1::AddStepRequest practice = support::NewStep(for_kari_, "Praksis i barnehage");
  practice.mutable_step()->set_type(v1::STEP_TYPE_ARBEIDSTRENING);
  *practice.mutable_step()->mutable_start_date() = DateOf(2027, 1, 4);
  Must(Act(kari_), &v1::PlanService::Stub::AddStep, practice);
  v1::AddStepRequest norwegian = support::NewStep(for_tor_, "Norskprøve B1");
  *norwegian.mutable_step()->mutable_start_date() = DateOf(2026, 12, 1);
  OwnPart(Act(tor_), for_tor_);
  Must(Act(tor_), &v1::PlanService::Stub::AddStep, norwegian);
  story_.Say("Kari plans work practice, Tor plans a test of Norwegian.");
  Look("Kari", kari_, for_kari_);
  Look("Tor", tor_, for_tor_);
}

void MainJobTest::NobodyMapsTwice() {
  story_.Step("5. Nobody is mapped twice: Tor is about to map the education that NAV has mapped");
  const auto mapped =
      Act(tor_).Call(&v1::KartleggingService::Stub::RecordSection,
                     support::NewSection(for_tor_, support::EducationContent("Grunnskole")));
  story_.Show("He is told:", Told(mapped.status()));
  v1::ConfirmSectionRequest confirm;
  confirm.set_participant_id(for_tor_);
  confirm.set_section_id(client::ReasonMetadata(mapped.status(), "section_id"));
  const client::Client act = Act(tor_);
  Must(act, &v1::KartleggingService::Stub::ConfirmSection, confirm);
  story_.Say("He goes through it with Amina and confirms it instead.");
  Look("Kari", kari_, for_kari_);
}

void MainJobTest::FollowUpAndLanguage() {
  story_.Step("6. Follow-up and language: each records its own, both see what is shared");
  v1::RecordFollowUpRequest talk;
  talk.set_participant_id(for_kari_);
  const client::Client act = Act(kari_);
  v1::FollowUp* event = talk.mutable_follow_up();
  event->set_type(v1::FOLLOW_UP_TYPE_SAMTALE);
  event->mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(server_.clock().Now()));
  event->set_agreement("Amina søker barnehageplass");
  event->set_note("Sover dårlig, vil snakke om det neste gang");
  Must(act, &v1::FollowUpService::Stub::Record, talk);
  v1::RecordAssessmentRequest judged;
  judged.set_participant_id(for_tor_);
  *judged.mutable_assessment()->mutable_date() = DateOf(2026, 10, 30);
  v1::SkillLevel* level = judged.mutable_assessment()->add_levels();
  level->set_skill(v1::SKILL_MUNTLIG);
  level->set_level(v1::CEFR_LEVEL_B1);
  Must(Act(tor_), &v1::LanguageService::Stub::RecordAssessment, judged);
  v1::RecordTestResultRequest tested;
  tested.set_participant_id(for_tor_);
  v1::TestResult* result = tested.mutable_test_result();
  *result->mutable_date() = DateOf(2026, 9, 14);
  result->set_delproeve(v1::SKILL_MUNTLIG);
  result->set_band(v1::TEST_BAND_A2_B1);
  result->set_outcome(v1::TEST_OUTCOME_LEVEL);
  result->set_level(v1::CEFR_LEVEL_A2);
  Must(Act(tor_), &v1::LanguageService::Stub::RecordTestResult, tested);
  story_.Say("Kari logs a conversation with a note. Tor records a judgement and a test result.");
  Look("Tor", tor_, for_tor_);
  Look("Kari", kari_, for_kari_);
}

void MainJobTest::CoursesAndHours() {
  story_.Step("7. Courses, hours and norskmaal: VO writes them, and Kari hears that there is more");
  const std::string cursor = Changes(kari_, "").next_cursor();
  const client::Client vo = server_.As("vo-system");
  std::string report = Import(vo, v1::IMPORT_FORMAT_VO_KURS, "vo-skole", "vo-kurs.csv");
  report += Import(vo, v1::IMPORT_FORMAT_VO_FRAVAER, "vo-skole", "vo-fravaer.csv");
  story_.Show("The school's system sends its courses, and hours with absence:", report);
  v1::SetNorskmaalRequest goal;
  goal.set_participant_id(for_tor_);
  v1::SkillGoal* speaking = goal.mutable_norskmaal()->add_goals();
  speaking->set_skill(v1::SKILL_MUNTLIG);
  speaking->set_level(v1::NORSKMAAL_LEVEL_A2);
  v1::SkillGoal* reading = goal.mutable_norskmaal()->add_goals();
  reading->set_skill(v1::SKILL_LESE);
  reading->set_level(v1::NORSKMAAL_LEVEL_B1);
  goal.mutable_norskmaal()->set_scheme(v1::TRAINING_SCHEME_INTEGRERINGSLOVEN_3_AAR);
  goal.mutable_norskmaal()->set_granted_norsk_hours(550);
  Must(Act(tor_), &v1::LanguageService::Stub::SetNorskmaal, goal);
  v1::RecordHoursRequest hours;
  hours.set_participant_id(for_tor_);
  v1::WeekHours* week = hours.add_hours();
  week->set_week("2026-W44");
  week->set_course_id("NO-A2-1");
  week->set_kind(v1::HOURS_KIND_NORSK);
  week->set_planned_hours(20);
  week->set_attended_hours(17.5);
  week->set_documented_absence_hours(2.5);
  Must(Act(tor_), &v1::LanguageService::Stub::RecordHours, hours);
  story_.Say("Tor records the norskmaal that was decided, and last week's hours.");
  story_.Show("Kari asks what has changed since she last asked:",
              ChangesText(Changes(kari_, cursor)));
  Look("Tor", tor_, for_tor_);
  Look("Kari", kari_, for_kari_);
}

void MainJobTest::OpeningAgainIsTheSamePlan() {
  story_.Step("8. Opening the plan again gives the same plan");
  for (const auto& [name, person, id] :
       {std::tuple{"Kari", kari_, for_kari_}, std::tuple{"Tor", tor_, for_tor_}}) {
    const v1::PlanPart first = OwnPart(Act(person), id);
    const v1::PlanPart second = OwnPart(Act(person), id);
    const bool same = first.SerializeAsString() == second.SerializeAsString();
    story_.Say(absl::StrCat(
        name, " opens it twice, with another goal: ", same ? "the same answer" : "another answer",
        ", version ", second.version(), "."));
  }
}

void MainJobTest::TheParticipantWithdraws() {
  story_.Step("9. Amina calls Tor and withdraws her consent");
  Must(Act(tor_), &Consents::WithdrawConsent, support::NewWithdrawal(for_tor_));
  Look("Kari", kari_, for_kari_);
  Look("Tor", tor_, for_tor_);
}

void MainJobTest::TheParticipantReadsTheLog() {
  story_.Step("10. Amina reads who has seen her data: one line for each act, the newest first");
  v1::ListAccessRequest request;
  request.set_participant_id("me");
  request.set_page_size(200);
  std::string lines;
  const auto listed = Must(Act(amina_), &v1::AccessLogService::Stub::ListAccess, request);
  for (const v1::AccessAct& act : listed.acts()) absl::StrAppend(&lines, act.line_nb(), "\n");
  story_.Show("Amina reads:", lines);
}

TEST_F(MainJobTest, OneKartleggingAndOnePlan) {
  FilesComeIn();
  EachSeesItsOwnSide();
  TheParticipantConsents();
  BothSeeOneCase();
  NobodyMapsTwice();
  FollowUpAndLanguage();
  CoursesAndHours();
  OpeningAgainIsTheSamePlan();
  TheParticipantWithdraws();
  TheParticipantReadsTheLog();
  ExpectGolden("main_job.golden.txt", story_.text());
}

}  // namespace
}  // namespace navo::stories
