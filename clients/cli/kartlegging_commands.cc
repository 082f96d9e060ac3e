// navo kartlegging: what is known of competence and wishes, each side's own, side by side.
#include "clients/cli/kartlegging_commands.h"

#include <algorithm>

#include "clients/cli/commands.h"
#include "clients/cli/complete_id.h"
#include "clients/cli/kartlegging_view.h"
#include "clients/cli/printing.h"
#include "clients/cli/words.h"
#include "navo/v1/kartlegging.grpc.pb.h"

namespace navo::cli {
namespace {

constexpr int kMostNames = 200;

using Stub = v1::KartleggingService::Stub;
void AddReading(CommandLine& line, CLI::App& noun) {
  Command<v1::ListKindsRequest> kinds(line, noun, "kinds",
                                      "What can be mapped, and how long it stays fresh.",
                                      "navo kartlegging kinds");
  kinds.Calls(&Stub::ListKinds, [](Context& context, const v1::ListKindsResponse& response) {
    Table table({{"KIND", 10},
                 {"BOKMÅL", 10},
                 {"ENGLISH", 10},
                 {"CATEGORY", 8},
                 {"FRESH MONTHS", 5, true},
                 {"UNIT'S OWN", 5}});
    for (const auto& kind : response.kinds()) {
      table.AddRow({Word(kind.kind()), kind.name_nb(), kind.name_en(), Word(kind.category()),
                    std::to_string(kind.fresh_months()), kind.own_unit_only() ? "yes" : ""});
    }
    PrintTable(context, table, "None.");
  });

  Command<v1::GetKartleggingRequest> show(line, noun, "show", "The whole picture, with its age.",
                                          "navo kartlegging show PARTICIPANT");
  show.Participant();
  show.Reading();
  show.Calls(&Stub::Get, [](Context& context, const v1::GetKartleggingResponse& picture) {
    std::vector<const v1::SectionContent*> contents;
    for (const auto& kind : picture.kinds()) {
      for (const auto& section : kind.sections()) contents.push_back(&section.content());
    }
    PrintKartlegging(context, picture, LookUpNames(context, contents));
  });
}

void AddCodes(CommandLine& line, CLI::App& noun) {
  Command<v1::ListCodesRequest> command(line, noun, "codes",
                                        "Codes of occupations, languages, countries and the like.",
                                        "navo kartlegging codes styrk08 --search helse");
  command.Field("LIST", "list", "The list")->required();
  command.Field("--search", "search", "Beginning of a code or of a word of a name");
  command.Field("--parent", "parent", "Only what stands directly under this code");
  command.Reading();
  command.Calls(&Stub::ListCodes, [](Context& context, const v1::ListCodesResponse& response) {
    const auto& codes = response.codes();
    const bool english = std::any_of(codes.begin(), codes.end(),
                                     [](const auto& code) { return !code.name_en().empty(); });
    std::vector<Column> columns = {{"CODE", 7}, {"BOKMÅL", 20}};
    if (english) columns.push_back({"ENGLISH", 20});
    Table table(columns);
    for (const auto& code : codes) {
      std::vector<std::string> cells = {code.code(), code.name_nb()};
      if (english) cells.push_back(code.name_en());
      table.AddRow(std::move(cells));
    }
    PrintTable(context, table, "None.");
    context.out() << "Source: " << response.source() << "\n";
    PrintMore(context, response.next_page_token());
  });
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
                          std::vector<const v1::SectionContent*> contents;
                          for (const auto& version : response.versions()) {
                            contents.push_back(&version.content());
                          }
                          const CodeNames names = LookUpNames(context, contents);
                          for (const auto& version : response.versions()) {
                            PrintSection(context, version, names);
                          }
                          PrintMore(context, response.next_page_token());
                        });
  });
}

}  // namespace

absl::StatusOr<v1::GetKartleggingResponse> ReadKartlegging(Context& context,
                                                           const std::string& participant) {
  v1::GetKartleggingRequest request;
  request.set_participant_id(participant);
  return context.Call(&Stub::Get, request);
}

CodeNames LookUpNames(Context& context, const std::vector<const v1::SectionContent*>& contents) {
  CodeNames names;
  for (auto& [list, codes] : CodesIn(contents)) {
    v1::ListCodesRequest request;
    request.set_list(list);
    request.set_page_size(kMostNames);
    for (const std::string& code : codes) {
      if (request.codes_size() < kMostNames) request.add_codes(code);
    }
    const auto listed = context.Call(&Stub::ListCodes, request);
    if (!listed.ok()) continue;  // then the codes stand alone
    for (const auto& code : listed->codes()) names[{list, code.code()}] = code.name_nb();
  }
  return names;
}

void AddKartleggingCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "kartlegging", "What is known of competence and wishes.");
  AddReading(line, noun);
  AddCodes(line, noun);
  AddKartleggingRecording(line, noun);
  AddConfirm(line, noun);
  AddVersions(line, noun);
}

}  // namespace navo::cli
