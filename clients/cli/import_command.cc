// navo import: take in a file of a specialist system.
#include <fstream>

#include "clients/cli/commands.h"
#include "clients/cli/import_report.h"
#include "clients/cpp/import.h"

namespace navo::cli {
namespace {

struct ImportFiles {
  std::string file;
  std::string report;
};

absl::Status RunImport(Context& context, const ImportFiles& files, const v1::ImportStart& start) {
  std::ifstream in(files.file, std::ios::binary);
  if (!in) return absl::InvalidArgumentError("cannot open " + files.file);
  std::ofstream report_file;
  if (!files.report.empty()) {
    report_file.open(files.report, std::ios::trunc);
    if (!report_file) return absl::InvalidArgumentError("cannot write " + files.report);
  }
  const auto client = context.Connect();
  if (!client.ok()) return client.status();
  ImportReport report(context, files.report.empty() ? nullptr : &report_file);
  const auto counts =
      client::Import(**client, start, in,
                     [&report](const v1::ImportResponse& response) { report.Take(response); });
  report.EndProgress();
  if (!counts.ok()) return counts.status();
  report.Print(*counts);
  if (!files.report.empty() && !report_file.flush()) {
    return absl::DataLossError("the file is in, but the report could not be written to " +
                               files.report);
  }
  if (counts->rejected() > 0) context.exit_code = kExitBadRows;
  return absl::OkStatus();
}

}  // namespace

void AddImportCommand(CommandLine& line) {
  Command<v1::ImportStart> command(
      line, line.app, "import",
      "Take in a file of a specialist system; the same file again changes nothing.",
      "navo import vo-elever elever.csv --source-system visma --report report.csv");
  const auto files = std::make_shared<ImportFiles>();
  command.Field("FORMAT", "format", "What the file holds")->required();
  command.app()->add_option("FILE", files->file, "The file")->type_name("")->required();
  command.Field("--source-system", "source_system", "The system it comes from: komet")->required();
  command.Field("--encoding", "encoding", "Its encoding; utf-8 without it");
  command.app()
      ->add_option("--report", files->report, "Write every reported row here, as CSV")
      ->type_name("FILE");
  command.Does([&context = line.context, files](v1::ImportStart& start) {
    return RunImport(context, *files, start);
  });
}

}  // namespace navo::cli
