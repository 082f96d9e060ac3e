#include "clients/load/case_content.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace navo::load {
namespace {

constexpr const char* kGivenNames[] = {"Amina",  "Olena", "Yusuf",  "Tesfay", "Maryam", "Signe",
                                       "Dmytro", "Hodan", "Bushra", "Ahmed",  "Nadia",  "Tigist"};
constexpr const char* kFamilyNames[] = {"Warsame", "Kovalenko", "Hassan",     "Haile",
                                        "Ahmadi",  "Ødegård",   "Shevchenko", "Ali",
                                        "Mahmoud", "Åsheim",    "Çelik",      "Gebremedhin"};
constexpr const char* kLanguages[] = {"so", "uk", "ar", "ti", "prs", "pl", "ku", "tr", "en"};
constexpr const char* kOccupations[] = {"5311", "5321", "9112", "7115", "5120", "8322", "4110"};
constexpr const char* kAgreements[] = {
    "Søke praksisplass på sykehjem innen fristen og ta med CV til neste samtale.",
    "Møte opp på norskkurs fire dager i uken; gi beskjed samme dag ved fravær.",
    "Ta kontakt med Barnehageenheten om lærekandidatplass, veileder følger opp.",
    "Melde seg opp til norskprøven B1 skriftlig og muntlig i juni."};
constexpr const char* kNotes[] = {
    "Deltakeren møtte presis og var godt forberedt. Vi snakket om veien til fagbrev i "
    "helsearbeiderfaget og hva som skal til for å få vurdert realkompetansen. Tolk ble brukt den "
    "første halve timen.",
    "Ønsker flere timer norsk i uken. Fortalte at ettermiddagskurs passer dårlig med henting i "
    "barnehagen; vi undersøker om det finnes plass på formiddagen etter påske.",
    "Kort telefonsamtale om timeplan og reisevei. Ny avtale settes når praksisplassen er bekreftet "
    "av arbeidsgiver."};
constexpr const char* kStepTitles[] = {
    "Norskopplæring B1, dagtid",        "Forberedende voksenopplæring, modul 3",
    "Helsearbeiderfaget, modulisert",   "Arbeidstrening på sykehjem",
    "Karriereveiledning, tre samtaler", "Jobbsøkerkurs med CV-verksted"};
constexpr v1::StepType kNavTypes[] = {v1::STEP_TYPE_ARBEIDSMARKEDSTILTAK,
                                      v1::STEP_TYPE_ARBEIDSTRENING, v1::STEP_TYPE_JOBBSOEKING,
                                      v1::STEP_TYPE_KARRIEREVEILEDNING};
constexpr v1::StepType kVoTypes[] = {v1::STEP_TYPE_NORSKOPPLAERING, v1::STEP_TYPE_FOV,
                                     v1::STEP_TYPE_VIDEREGAAENDE};
constexpr v1::FollowUpType kFollowUpTypes[] = {v1::FOLLOW_UP_TYPE_SAMTALE, v1::FOLLOW_UP_TYPE_MOETE,
                                               v1::FOLLOW_UP_TYPE_TELEFON,
                                               v1::FOLLOW_UP_TYPE_MELDING};
constexpr v1::CefrLevel kLevels[] = {v1::CEFR_LEVEL_UNDER_A1, v1::CEFR_LEVEL_A1, v1::CEFR_LEVEL_A2,
                                     v1::CEFR_LEVEL_B1, v1::CEFR_LEVEL_B2};
constexpr v1::Skill kSkills[] = {v1::SKILL_LYTTE, v1::SKILL_LESE, v1::SKILL_SKRIFTLIG,
                                 v1::SKILL_MUNTLIG};

void FillEducation(v1::Education& education, Dice& dice) {
  const int items = 1 + dice.Below(3);
  for (int i = 0; i < items; ++i) {
    v1::EducationItem& item = *education.add_items();
    item.set_nus2000(std::to_string(2 + dice.Below(5)));
    item.set_country(i == 0 ? "SO" : "NO");
    item.set_title("Videregående skole, allmennfag");
    item.set_end_year(2001 + dice.Below(20));
    item.set_completed(v1::ANSWER_JA);
    item.set_recognition(v1::RECOGNITION_STATUS_APPLIED);
  }
  education.set_school_years(6 + dice.Below(10));
}

void FillLanguages(v1::Languages& languages, Dice& dice) {
  for (const char* language : {"nb", "en", dice.Pick(kLanguages)}) {
    v1::LanguageSkill& skill = *languages.add_skills();
    skill.set_language(language);
    skill.set_lytte(dice.Pick(kLevels));
    skill.set_lese(dice.Pick(kLevels));
    skill.set_skriftlig(dice.Pick(kLevels));
    skill.set_muntlig(dice.Pick(kLevels));
  }
  languages.mutable_skills(2)->set_mother_tongue(true);
}

}  // namespace

google::type::Date DateOf(int32_t day) {
  const absl::CivilDay civil = absl::CivilDay(1970, 1, 1) + day;
  google::type::Date date;
  date.set_year(static_cast<int>(civil.year()));
  date.set_month(civil.month());
  date.set_day(civil.day());
  return date;
}

int64_t TimeOn(int32_t day, Dice& dice) {
  constexpr int64_t kDaySeconds = 86'400;
  return (day * kDaySeconds + 7 * 3'600 + dice.Below(8 * 3'600)) * 1'000'000;
}

v1::Provenance ProvenanceAt(v1::Role role, int64_t time_us) {
  v1::Provenance provenance;
  provenance.set_role(role);
  provenance.mutable_time()->set_seconds(time_us / 1'000'000);
  provenance.mutable_time()->set_nanos(static_cast<int32_t>(time_us % 1'000'000) * 1'000);
  return provenance;
}

v1::ContactFacts MakeContact(Dice& dice) {
  v1::ContactFacts facts;
  facts.set_given_name(dice.Pick(kGivenNames));
  facts.set_family_name(dice.Pick(kFamilyNames));
  facts.set_preferred_language(dice.Pick(kLanguages));
  facts.set_mother_tongue(dice.Pick(kLanguages));
  facts.set_interpreter_needed(dice.Below(2) == 0);
  facts.set_channel(v1::CONTACT_CHANNEL_SMS);
  return facts;
}

v1::ConsentProof MakeProof() {
  v1::ConsentProof proof;
  proof.set_text_id("samordnet-kvalifisering");
  proof.set_text_version(1);
  proof.set_text_language("so");
  proof.set_given_by(v1::CONSENT_GIVEN_BY_WITH_INTERPRETER);
  proof.set_refusal_explained(true);
  return proof;
}

v1::SectionContent MakeSection(v1::SectionKind kind, Dice& dice) {
  v1::SectionContent content;
  if (kind == v1::SECTION_KIND_EDUCATION) FillEducation(*content.mutable_education(), dice);
  if (kind == v1::SECTION_KIND_LANGUAGES) FillLanguages(*content.mutable_languages(), dice);
  if (kind == v1::SECTION_KIND_GOALS_INTERESTS) {
    v1::GoalsInterests& goals = *content.mutable_goals_interests();
    goals.set_long_term_goal("Fast jobb i helse og omsorg, helst i nærheten av hjemmet.");
    goals.add_occupations(dice.Pick(kOccupations));
    goals.add_occupations("5322");
    goals.add_interests("matlaging");
    goals.add_interests("omsorg for eldre");
  }
  return content;
}

v1::PlanGoals MakeGoals(Dice& dice) {
  v1::PlanGoals goals;
  goals.set_long_term_goal("Fagbrev som helsearbeider og fast stilling i hjemmetjenesten.");
  goals.set_sluttmaal("Helsearbeiderfaget, Vg2");
  goals.set_segment(v1::SEGMENT_FAGLAERT);
  goals.set_occupation(dice.Pick(kOccupations));
  *goals.mutable_review_date() = DateOf(kFirstDay + 500 + dice.Below(100));
  goals.set_participant_voice("Jeg vil lære norsk på jobb, ikke bare på skolen.");
  return goals;
}

v1::Step MakeStep(int number, bool of_nav, Dice& dice) {
  v1::Step step;
  step.set_title(dice.Pick(kStepTitles));
  step.set_type(of_nav ? dice.Pick(kNavTypes) : dice.Pick(kVoTypes));
  step.set_status(number < 2   ? v1::STEP_STATUS_FULLFOERT
                  : number < 4 ? v1::STEP_STATUS_GJENNOMFOERES
                               : v1::STEP_STATUS_PLANLAGT);
  const int32_t start = kFirstDay + number * 60 + dice.Below(30);
  *step.mutable_start_date() = DateOf(start);
  *step.mutable_end_date() = DateOf(start + 40 + dice.Below(120));
  step.set_weekly_hours(6 + dice.Below(30));
  step.set_place(of_nav ? "Grorud" : "Rosenhof");
  if (!of_nav) step.set_language_goal(dice.Pick(kLevels));
  return step;
}

v1::Offering MakeOffering(int number) {
  v1::Offering offering;
  offering.set_offering_id(absl::StrCat("gjennomforing-", number));
  offering.set_title(absl::StrCat("Arbeidsmarkedsopplæring, helse, gruppe ", number));
  offering.set_measure_code("GRUPPE_ARBEIDSMARKEDSOPPLAERING");
  offering.set_measure_name("Arbeidsmarkedsopplæring (gruppe)");
  offering.set_arranger_name("Fagskolen for voksne AS");
  *offering.mutable_start_date() = DateOf(kFirstDay + number);
  *offering.mutable_end_date() = DateOf(kFirstDay + number + 180);
  return offering;
}

v1::FollowUp MakeFollowUp(int64_t occurred_us, Dice& dice) {
  v1::FollowUp follow_up;
  follow_up.set_type(dice.Pick(kFollowUpTypes));
  follow_up.mutable_occurred_at()->set_seconds(occurred_us / 1'000'000);
  follow_up.set_agreement(dice.Pick(kAgreements));
  *follow_up.mutable_agreement_due() = DateOf(kFirstDay + 400 + dice.Below(60));
  follow_up.set_with_interpreter(dice.Below(3) == 0);
  follow_up.set_note(dice.Pick(kNotes));
  return follow_up;
}

v1::Assessment MakeAssessment(int32_t day, Dice& dice) {
  v1::Assessment assessment;
  *assessment.mutable_date() = DateOf(day);
  const int first = dice.Below(3);
  for (int i = first; i < first + 2; ++i) {
    v1::SkillLevel& level = *assessment.add_levels();
    level.set_skill(kSkills[i]);
    level.set_level(dice.Pick(kLevels));
  }
  return assessment;
}

v1::TestResult MakeTestResult(int32_t day, Dice& dice) {
  v1::TestResult result;
  *result.mutable_date() = DateOf(day);
  result.set_delproeve(dice.Pick(kSkills));
  if (result.delproeve() == v1::SKILL_SKRIFTLIG || result.delproeve() == v1::SKILL_MUNTLIG) {
    result.set_band(v1::TEST_BAND_B1_B2);
  }
  result.set_outcome(v1::TEST_OUTCOME_LEVEL);
  result.set_level(dice.Pick(kLevels));
  return result;
}

}  // namespace navo::load
