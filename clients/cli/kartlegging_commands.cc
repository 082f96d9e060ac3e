// navo kartlegging: what is known of competence and wishes, each side's own, side by side.
#include "clients/cli/commands.h"
#include "clients/cli/kartlegging_view.h"
#include "clients/cli/prefix.h"
#include "clients/cli/printing.h"
#include "clients/cli/words.h"
#include "navo/v1/kartlegging.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::KartleggingService::Stub;
using Record = Command<v1::RecordSectionRequest>;

absl::StatusOr<v1::GetKartleggingResponse> Read(Context& context, const std::string& participant) {
  v1::GetKartleggingRequest request;
  request.set_participant_id(participant);
  return context.Call(&Stub::Get, request);
}

void AddReading(CommandLine& line, CLI::App& noun) {
  Command<v1::ListKindsRequest> kinds(line, noun, "kinds",
                                      "What can be mapped, and how long it stays fresh.",
                                      "navo kartlegging kinds");
  kinds.Calls(&Stub::ListKinds, [](Context& context, const v1::ListKindsResponse& response) {
    Table table({{"KIND", 10},
                 {"BOKMÅL", 10},
                 {"ENGLISH", 10},
                 {"CATEGORY", 8},
                 {"FRESH MONTHS", 5, true}});
    for (const auto& kind : response.kinds()) {
      table.AddRow({Word(kind.kind()), kind.name_nb(), kind.name_en(), Word(kind.category()),
                    std::to_string(kind.fresh_months())});
    }
    PrintTable(context, table, "None.");
  });

  Command<v1::GetKartleggingRequest> show(line, noun, "show", "The whole picture, with its age.",
                                          "navo kartlegging show PARTICIPANT");
  show.Participant();
  show.Reading();
  show.Calls(&Stub::Get, PrintKartlegging);
}

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
  const auto picture = Read(context, request->participant_id());
  if (!picture.ok()) return picture.status();
  for (const auto& one : picture->kinds()) {
    if (one.kind() != kind) continue;
    for (const auto& section : one.sections()) {
      if (!section.etag().empty()) request->set_etag(section.etag());
    }
  }
  return absl::OkStatus();
}

// What the three ways to record have in common.
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
                                    PrintSection(context, response.section());
                                  }),
                     request.participant_id());
  });
}

void AddRecording(CommandLine& line, CLI::App& noun) {
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

// Fills in the whole id of a section that was given by its beginning.
absl::Status CompleteSectionId(Context& context, const std::string& participant,
                               std::string* section_id) {
  if (section_id->size() >= 36) return absl::OkStatus();
  const auto picture = Read(context, participant);
  if (!picture.ok()) return picture.status();
  std::vector<std::string> ids;
  for (const auto& kind : picture->kinds()) {
    for (const auto& section : kind.sections()) ids.push_back(section.section_id());
  }
  auto found = FindByBeginning(ids, *section_id, "section");
  if (!found.ok()) return found.status();
  *section_id = *std::move(found);
  return absl::OkStatus();
}

void AddConfirm(CommandLine& line, CLI::App& noun) {
  Command<v1::ConfirmSectionRequest> command(
      line, noun, "confirm",
      "State that the other side's section is still right; fresh again from today.",
      "navo kartlegging confirm PARTICIPANT SECTION");
  command.Participant();
  command.Field("SECTION", "section_id", "Id of the section, or the beginning of it")->required();
  command.Writing();
  command.Does([&context = line.context](v1::ConfirmSectionRequest& request) {
    const absl::Status status =
        CompleteSectionId(context, request.participant_id(), request.mutable_section_id());
    if (!status.ok()) return status;
    return context.Show(
        &Stub::ConfirmSection, request, [&](const v1::ConfirmSectionResponse& response) {
          context.out() << "Confirmed on " << DayText(response.confirmation().time()) << ".\n";
        });
  });
}

void AddVersions(CommandLine& line, CLI::App& noun) {
  Command<v1::ListSectionVersionsRequest> command(line, noun, "versions",
                                                  "How a section came to be.",
                                                  "navo kartlegging versions PARTICIPANT SECTION");
  command.Participant();
  command.Field("SECTION", "section_id", "Id of the section, or the beginning of it")->required();
  command.Reading();
  command.Does([&context = line.context](v1::ListSectionVersionsRequest& request) {
    const absl::Status status =
        CompleteSectionId(context, request.participant_id(), request.mutable_section_id());
    if (!status.ok()) return status;
    return context.Show(&Stub::ListVersions, request,
                        [&](const v1::ListSectionVersionsResponse& response) {
                          for (const auto& version : response.versions())
                            PrintSection(context, version);
                          PrintMore(context, response.next_page_token());
                        });
  });
}

}  // namespace

void AddKartleggingCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "kartlegging", "What is known of competence and wishes.");
  AddReading(line, noun);
  AddRecording(line, noun);
  AddConfirm(line, noun);
  AddVersions(line, noun);
}

}  // namespace navo::cli
