// navo log verify, export, public-key: from the database file, beside the server or without it.
#include "clients/cli/log_file_commands.h"

#include <filesystem>
#include <fstream>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "clients/audit/export.h"
#include "clients/audit/verify.h"
#include "clients/cli/formats.h"
#include "clients/cli/replace_file.h"

namespace navo::cli {
namespace {

struct VerifyFiles {
  std::string database;
  std::vector<std::string> public_keys;
  std::string witness;
};

struct ExportFiles {
  std::string database;
  std::string to;
  std::vector<std::string> orgnrs;
  audit::ExportOptions options;
};

// "2026-10" of 202610.
std::string MonthText(int64_t month) {
  return absl::StrCat(month / 100, month % 100 < 10 ? "-0" : "-", month % 100);
}

std::string TimeText(int64_t time_us) {
  google::protobuf::Timestamp time;
  time.set_seconds(time_us / 1'000'000);
  return InstantText(time);
}

absl::StatusOr<audit::VerifyOptions> OptionsOf(const VerifyFiles& files) {
  audit::VerifyOptions options;
  for (const std::string& path : files.public_keys) {
    const auto text = ReadFile(path);
    if (!text.ok()) return text.status();
    const auto keys = audit::KeysOfPem(*text);
    if (!keys.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, " ", std::string(keys.status().message())));
    }
    options.keys.insert(keys->begin(), keys->end());
  }
  if (files.witness.empty()) return options;
  std::ifstream lines(files.witness);
  if (!lines) return absl::InvalidArgumentError("cannot open " + files.witness);
  auto witness = audit::ReadWitness(lines);
  if (!witness.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(files.witness, " ", std::string(witness.status().message())));
  }
  options.witness = *std::move(witness);
  return options;
}

// What the log holds; one thing a line.
void PrintExtent(std::ostream& out, const audit::VerifyReport& report) {
  if (report.rows == 0) {
    out << "The log has no rows.\n";
  } else {
    out << "Rows " << report.first << " to " << report.last << " follow each other: " << report.rows
        << ".\n";
  }
  if (report.dropped_up_to > 0) {
    out << "Rows up to " << report.dropped_up_to << " (to the end of "
        << MonthText(report.dropped_month) << ") went at the end of their retention.\n";
  }
  out << "Checkpoints: " << report.checkpoints
      << "; kept elsewhere and compared: " << report.witnessed << ".\n";
  if (report.vouched_for > 0) {
    out << "Signed up to row " << report.vouched_for << ", at " << TimeText(report.vouched_us)
        << ".\n";
  }
  if (report.last > report.vouched_for) {
    out << "Not signed yet: " << report.last - std::max(report.vouched_for, report.dropped_up_to)
        << " rows.\n";
  }
  if (report.keys_from_file) {
    out << "The public key was taken from the same file: give --public-key to prove that nobody "
           "replaced it.\n";
  }
}

absl::Status RunVerify(Context& context, const VerifyFiles& files) {
  absl::StatusOr<audit::VerifyOptions> options = OptionsOf(files);
  if (!options.ok()) return options.status();
  auto file = audit::LogFile::Open(files.database);
  if (!file.ok()) return file.status();
  absl::Time next = context.terminal().now() + absl::Seconds(2);
  options->progress = [&context, &next](int64_t rows, int64_t of) {
    const absl::Time now = context.terminal().now();
    if (now < next) return;
    next = now + absl::Seconds(context.draws() ? 1 : 10);
    std::ostream& error = *context.terminal().error;
    error << (context.draws() ? "\r\033[K" : "") << rows << " of " << of << " rows"
          << (context.draws() ? "" : "\n") << std::flush;
  };
  const auto report = audit::Verify(*file, *options);
  if (context.draws()) *context.terminal().error << "\r\033[K" << std::flush;
  if (!report.ok()) return report.status();
  PrintExtent(context.out(), *report);
  if (report->findings.empty()) {
    context.out() << "The access log holds.\n";
    return absl::OkStatus();
  }
  for (const audit::Finding& finding : report->findings) {
    context.out() << "BAD: " << finding.text << ".\n";
  }
  context.exit_code = kExitBadLog;
  return absl::OkStatus();
}

absl::Status TakeOrgnrs(ExportFiles& files) {
  for (const std::string& pair : files.orgnrs) {
    const size_t at = pair.find('=');
    const std::string number = at == std::string::npos ? "" : pair.substr(at + 1);
    if (number.size() != 9 || number.find_first_not_of("0123456789") != std::string::npos) {
      return absl::InvalidArgumentError(
          "--orgnr is given as CONTROLLER=NUMBER, the number with 9 digits");
    }
    files.options.orgnrs[pair.substr(0, at)] = number;
  }
  return absl::OkStatus();
}

absl::Status RunExport(Context& context, ExportFiles& files) {
  if (absl::Status status = TakeOrgnrs(files); !status.ok()) return status;
  auto file = audit::LogFile::Open(files.database);
  if (!file.ok()) return file.status();
  std::ofstream to_file;
  if (!files.to.empty()) {
    to_file.open(files.to, std::ios::app | std::ios::binary);
    if (!to_file) return absl::InvalidArgumentError("cannot write " + files.to);
  }
  std::ostream& out = files.to.empty() ? context.out() : to_file;
  const auto position = audit::Export(*file, files.options, [&out](const audit::AuditEvent& event) {
    return static_cast<bool>(out << audit::CefLine(event) << "\n");
  });
  if (!position.ok()) return position.status();
  if (!out.flush()) return absl::DataLossError("not everything could be written");
  *context.terminal().error << "Go on from here with: --after " << *position << "\n";
  return absl::OkStatus();
}

absl::Status RunPublicKey(Context& context, const std::string& database) {
  auto file = audit::LogFile::Open(database);
  if (!file.ok()) return file.status();
  const auto keys = file->Keys();
  if (!keys.ok()) return keys.status();
  if (keys->empty()) return absl::NotFoundError("the server has not left a key there yet");
  for (const auto& [id, key] : *keys) context.out() << audit::PemOf(key);
  return absl::OkStatus();
}

CLI::App* AddVerb(CommandLine& line, CLI::App& noun, const std::string& name,
                  const std::string& meaning, const std::string& example, std::string& database,
                  std::function<absl::Status()> run) {
  CLI::App* verb = noun.add_subcommand(name, meaning);
  verb->footer("Example:\n  " + example);
  verb->add_option("--db", database, "The database file, or a copy of it; it is only read")
      ->type_name("FILE")
      ->required();
  verb->callback([&line, run = std::move(run)] { line.run = run; });
  return verb;
}

}  // namespace

void AddLogFileCommands(CommandLine& line, CLI::App& noun) {
  Context& context = line.context;
  const auto verify = std::make_shared<VerifyFiles>();
  CLI::App* verb = AddVerb(
      line, noun, "verify", "Prove that no row was changed, taken out, doubled, moved or cut off.",
      "navo log verify --db navo.db --public-key navo-log.pem", verify->database,
      [&context, verify] { return RunVerify(context, *verify); });
  verb->add_option("--public-key", verify->public_keys,
                   "Key of navo log public-key, kept elsewhere; may be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  verb->add_option("--witness", verify->witness,
                   "What navod wrote to standard error, kept elsewhere")
      ->type_name("FILE");

  const auto files = std::make_shared<ExportFiles>();
  verb = AddVerb(line, noun, "export", "Write rows as audit events (CEF) for a SIEM, oldest first.",
                 "navo log export --db navo.db --after 120000 --to events.cef", files->database,
                 [&context, files] { return RunExport(context, *files); });
  verb->add_option("--after", files->options.after, "Position of the last row it has; 0 for all")
      ->type_name("POSITION")
      ->check(CLI::NonNegativeNumber.description(""));
  verb->add_option("--controller", files->options.controller,
                   "Only what this controller's people did, for its own SIEM")
      ->type_name("ID");
  verb->add_option("--orgnr", files->orgnrs,
                   "Organisation number of a controller, for cn1; may be repeated")
      ->type_name("ID=NUMBER")
      ->allow_extra_args(false);
  verb->add_option("--to", files->to, "Add to this file instead of printing")->type_name("FILE");

  const auto database = std::make_shared<std::string>();
  AddVerb(line, noun, "public-key", "Print the key that checkpoints are checked with, as PEM.",
          "navo log public-key --db navo.db > navo-log.pem", *database,
          [&context, database] { return RunPublicKey(context, *database); });
}

}  // namespace navo::cli
