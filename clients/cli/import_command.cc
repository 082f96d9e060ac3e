// navo import: take in a file of a specialist system.
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "clients/cli/commands.h"
#include "clients/cli/import_progress.h"
#include "clients/cli/import_report.h"
#include "clients/cpp/import.h"

namespace navo::cli {
namespace {

struct ImportFiles {
  std::string file;
  std::string report;
  bool check = false;
};

std::atomic<bool> stop_asked = false;

// As long as it lives, Ctrl-C asks the import to stop; pressed again it ends the program.
class StopOnInterrupt {
 public:
  StopOnInterrupt() {
    stop_asked = false;
    struct sigaction handler = {};
    handler.sa_handler = [](int) { stop_asked = true; };
    handler.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &handler, &before_);
  }
  ~StopOnInterrupt() { sigaction(SIGINT, &before_, nullptr); }
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

 private:
  struct sigaction before_ = {};
};

int64_t BytesOf(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<int64_t>(size);
}

// The import's counts. Says how to go on when it broke off.
absl::StatusOr<v1::ImportCounts> Send(Context& context, const v1::ImportStart& start,
                                      std::istream& in, int64_t bytes, ImportReport& report) {
  const auto client = context.Connect();
  if (!client.ok()) return client.status();
  ImportProgress progress(context, bytes);
  const StopOnInterrupt interrupt;
  const auto counts = client::Import(
      **client, start, in,
      [&](const v1::ImportResponse& response) {
        report.Take(response);
        progress.Take(response);
      },
      &stop_asked);
  progress.End();
  if (!counts.ok() && progress.rows() > 0 && !start.dry_run()) {
    *context.terminal().error << progress.rows()
                              << " rows are in. The same command again goes on from there.\n";
  }
  if (absl::IsCancelled(counts.status())) return absl::CancelledError("stopped as you asked");
  return counts;
}

absl::Status RunImport(Context& context, const ImportFiles& files, v1::ImportStart& start) {
  std::ifstream in(files.file, std::ios::binary);
  if (!in) return absl::InvalidArgumentError("cannot open " + files.file);
  std::ofstream report_file;
  if (!files.report.empty()) {
    report_file.open(files.report, std::ios::trunc);
    if (!report_file) return absl::InvalidArgumentError("cannot write " + files.report);
  }
  ImportReport report(context, files.report.empty() ? nullptr : &report_file);
  const int64_t bytes = BytesOf(files.file);
  start.set_dry_run(files.check);
  if (!files.check) start.set_file_key(client::FileKey(in));
  const auto counts = Send(context, start, in, bytes, report);
  if (!counts.ok()) return counts.status();
  report.Print(*counts, start.dry_run());
  if (bytes > 0 && BytesOf(files.file) > bytes) {
    *context.terminal().error << "The file has grown meanwhile: import it again for the rest.\n";
  }
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
      "Take in a file of a specialist system; the same file again changes nothing, and an "
      "interrupted "
      "import goes on where it was.",
      "navo import vo-elever elever.csv --source-system visma --report report.csv");
  const auto files = std::make_shared<ImportFiles>();
  command.Field("FORMAT", "format", "What the file holds")->required();
  command.app()->add_option("FILE", files->file, "The file")->type_name("")->required();
  command.Field("--source-system", "source_system", "The system it comes from: komet")->required();
  command.Field("--encoding", "encoding", "Its encoding; utf-8 without it");
  command.app()->add_flag("--check", files->check, "Take nothing in: say what would become of it");
  command.app()
      ->add_option("--report", files->report, "Write every reported row here, as CSV")
      ->type_name("FILE");
  command.Does([&context = line.context, files](v1::ImportStart& start) {
    return RunImport(context, *files, start);
  });
}

}  // namespace navo::cli
