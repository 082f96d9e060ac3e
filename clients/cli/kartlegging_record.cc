// navo kartlegging record-...: one command for each kind.
#include "clients/cli/kartlegging_commands.h"
#include "clients/cli/kartlegging_view.h"
#include "clients/cli/words.h"
#include "navo/v1/kartlegging.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::KartleggingService::Stub;
using Record = Command<v1::RecordSectionRequest>;

// Says who mapped it already, and the command that confirms it.
absl::Status Explained(const absl::Status& status, const std::string& participant) {
  if (client::Reason(status) != "ALREADY_MAPPED") return status;
  const auto said = [&status](const char* key) { return client::ReasonMetadata(status, key); };
  const std::string who = said("unit").empty() ? said("controller") : said("unit");
  const std::string day = said("day").empty() ? said("recorded_day") : said("day");
  return WithMessage(status, "already mapped by " + who + " on " + day +
                                 ": if it is still right, run: navo kartlegging confirm " +
                                 participant + " " + said("section_id") +
                                 "; to map it again, say why with --duplicate-reason");
}

// The etag of the own section of the kind that is recorded, if there is one.
absl::Status ReadEtag(Context& context, v1::SectionKind kind, v1::RecordSectionRequest* request) {
  const auto picture = ReadKartlegging(context, request->participant_id());
  if (!picture.ok()) return picture.status();
  for (const auto& one : picture->kinds()) {
    if (one.kind() != kind) continue;
    for (const auto& section : one.sections()) {
      if (!section.etag().empty()) request->set_etag(section.etag());
    }
  }
  return absl::OkStatus();
}

// What the ways to record have in common.
void FinishRecord(Record& command, v1::SectionKind kind) {
  command.Field("--duplicate-reason", "duplicate_reason", "Why again, when it is fresh elsewhere");
  command.Field("--etag", "etag", "Replace only this state; without it the newest");
  command.Writing();
  command.Does([&context = command.context(), kind](v1::RecordSectionRequest& request) {
    const absl::Status read =
        request.etag().empty() ? ReadEtag(context, kind, &request) : absl::OkStatus();
    if (!read.ok()) return read;
    return Explained(context.Show(&Stub::RecordSection, request,
                                  [&](const v1::RecordSectionResponse& response) {
                                    const auto& section = response.section();
                                    PrintSection(context, section,
                                                 LookUpNames(context, {&section.content()}));
                                  }),
                     request.participant_id());
  });
}

void AddFirstKinds(CommandLine& line, CLI::App& noun) {
  Record education(line, noun, "record-education",
                   "Record your side's whole picture of the education; replaces the one before.",
                   "navo kartlegging record-education PARTICIPANT --school-years 9 \\\n"
                   "    --item \"nus2000=7,country=SY,title=Nurse,end_year=2012,completed=ja\"");
  education.request()->mutable_content()->mutable_education();
  education.Participant();
  education.Field("--item", "content.education.items", "One education");
  education.Field("--school-years", "content.education.school_years", "Years of school in all");
  FinishRecord(education, v1::SECTION_KIND_EDUCATION);

  Record languages(line, noun, "record-languages",
                   "Record which languages the participant knows; replaces the picture before.",
                   "navo kartlegging record-languages PARTICIPANT \\\n"
                   "    --skill \"language=ar,mother_tongue=yes\" --skill \"language=en,lese=B1\"");
  languages.request()->mutable_content()->mutable_languages();
  languages.Participant();
  languages.Field("--skill", "content.languages.skills", "One language");
  FinishRecord(languages, v1::SECTION_KIND_LANGUAGES);

  Record goals(
      line, noun, "record-goals",
      "Record what the participant wants, in their own words; replaces what was before.",
      "navo kartlegging record-goals PARTICIPANT --goal \"Jeg vil bli helsefagarbeider\" \\\n"
      "    --occupation 5321 --interest matlaging");
  goals.request()->mutable_content()->mutable_goals_interests();
  goals.Participant();
  goals.Field("--goal", "content.goals_interests.long_term_goal", "What the participant wants");
  goals.Field("--occupation", "content.goals_interests.occupations", "STYRK-08, 1 to 4 digits");
  goals.Field("--interest", "content.goals_interests.interests", "An interest");
  FinishRecord(goals, v1::SECTION_KIND_GOALS_INTERESTS);
}

void AddCompetence(CommandLine& line, CLI::App& noun) {
  Record work(line, noun, "record-work",
              "Record the work experience; replaces your side's picture before.",
              "navo kartlegging record-work PARTICIPANT \\\n"
              "    --item \"occupation=5321,country=SO,from=2010-03,to=2015-12,extent=80\"");
  work.request()->mutable_content()->mutable_work_experience();
  work.Participant();
  work.Field("--item", "content.work_experience.items", "One job");
  FinishRecord(work, v1::SECTION_KIND_WORK_EXPERIENCE);

  Record informal(
      line, noun, "record-informal",
      "Record what the participant can, whatever the papers say; replaces the list before.",
      "navo kartlegging record-informal PARTICIPANT \\\n"
      "    --item \"what=Syr klær,context=hjem,years=12,evidence=arbeidsproeve\"");
  informal.request()->mutable_content()->mutable_uformell_kompetanse();
  informal.Participant();
  informal.Field("--item", "content.uformell_kompetanse.items", "One competence");
  FinishRecord(informal, v1::SECTION_KIND_UFORMELL_KOMPETANSE);
}

void AddSkills(CommandLine& line, CLI::App& noun) {
  Record digital(line, noun, "record-digital",
                 "Record digital skills by the areas of DigComp; replaces the picture before.",
                 "navo kartlegging record-digital PARTICIPANT --instrument samtale \\\n"
                 "    --level code=1,level=3 --level code=2.1,band=foundation");
  digital.request()->mutable_content()->mutable_digitale_ferdigheter();
  digital.Participant();
  const std::string of_digital = "content.digitale_ferdigheter.";
  digital.Field("--level", of_digital + "levels", "The level in an area or competence");
  digital.Field("--instrument", of_digital + "instrument", "How it was mapped");
  digital.Field("--instrument-name", of_digital + "instrument_name", "Which, with annet");
  digital.Field("--carried-out", of_digital + "carried_out", "When, if not today");
  digital.Field("--user-class", of_digital + "user_class", "HK-dir's class");
  FinishRecord(digital, v1::SECTION_KIND_DIGITALE_FERDIGHETER);

  Record basic(
      line, noun, "record-basic-skills",
      "Record reading, writing, arithmetic, oral and digital skills; replaces the list before.",
      "navo kartlegging record-basic-skills PARTICIPANT \\\n"
      "    --skill skill=lesing,level=nivaa-2,language=so");
  basic.request()->mutable_content()->mutable_grunnleggende_ferdigheter();
  basic.Participant();
  basic.Field("--skill", "content.grunnleggende_ferdigheter.skills", "One skill in a language");
  basic.Field("--instrument-name", "content.grunnleggende_ferdigheter.instrument_name",
              "How it was mapped");
  FinishRecord(basic, v1::SECTION_KIND_GRUNNLEGGENDE_FERDIGHETER);
}

void AddSituation(CommandLine& line, CLI::App& noun) {
  Record needs(line, noun, "record-needs",
               "Record every need of now, for your own unit; replaces the list before.",
               "navo kartlegging record-needs PARTICIPANT \\\n"
               "    --need category=barnepass,state=aapen --need category=uavklart");
  needs.request()->mutable_content()->mutable_needs_barriers();
  needs.Participant();
  needs.Field("--need", "content.needs_barriers.needs", "One need");
  FinishRecord(needs, v1::SECTION_KIND_NEEDS_BARRIERS);

  Record benefits(line, noun, "record-benefits",
                  "Record all benefits, no amounts, for your own unit; replaces the list before.",
                  "navo kartlegging record-benefits PARTICIPANT \\\n"
                  "    --period type=aap,from_date=2026-01-01,to_date=2026-12-31");
  benefits.request()->mutable_content()->mutable_benefit_type_period();
  benefits.Participant();
  benefits.Field("--period", "content.benefit_type_period.periods", "One benefit");
  FinishRecord(benefits, v1::SECTION_KIND_BENEFIT_TYPE_PERIOD);

  Record health(
      line, noun, "record-work-ability",
      "Record what a plan has to allow for, never why, for your own unit; replaces the one before.",
      "navo kartlegging record-work-ability PARTICIPANT \\\n"
      "    --work-ability delvis-nedsatt --weekly-hours 20 --adaptation redusert-tid");
  health.request()->mutable_content()->mutable_health_work_ability();
  health.Participant();
  const std::string of_health = "content.health_work_ability.";
  health.Field("--work-ability", of_health + "work_ability", "How much, on the whole");
  health.Field("--weekly-hours", of_health + "weekly_hours", "Hours a week, 1 to 40");
  health.Field("--adaptation", of_health + "adaptations", "What has to be arranged for");
  health.Field("--review-date", of_health + "review_date", "When to look at it again");
  FinishRecord(health, v1::SECTION_KIND_HEALTH_WORK_ABILITY);
}

}  // namespace

void AddKartleggingRecording(CommandLine& line, CLI::App& noun) {
  AddFirstKinds(line, noun);
  AddCompetence(line, noun);
  AddSkills(line, noun);
  AddSituation(line, noun);
}

}  // namespace navo::cli
