#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "absl/strings/str_format.h"
#include "clients/load/bench.h"
#include "clients/load/import_file.h"
#include "clients/load/instruction_check.h"
#include "clients/load/machine.h"
#include "clients/load/make.h"

// navo-load: a database and files to measure with, and the measuring.

namespace {

using navo::load::BenchOptions;
using navo::load::ImportFileOptions;
using navo::load::InstructionOptions;
using navo::load::MakeOptions;

// navod lies in the same folder as this program.
std::string NavodBeside() {
  std::error_code error;
  return (std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "navod").string();
}

int RunMake(const MakeOptions& options) {
  const auto sizes = navo::load::Make(options);
  if (!sizes.ok()) {
    std::cerr << "navo-load: " << sizes.status().message() << "\n";
    return EXIT_FAILURE;
  }
  std::cout << absl::StrFormat("%d cases, %.0f MB: %.0f bytes a case, %.0f bytes a log row\n",
                               options.participants, sizes->file_bytes / 1e6, sizes->case_bytes,
                               sizes->log_row_bytes);
  return EXIT_SUCCESS;
}

void AddMake(CLI::App& app, MakeOptions& options) {
  CLI::App* make = app.add_subcommand("make", "Make a database of realistic cases");
  make->add_option("--participants", options.participants, "How many cases")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  make->add_option("--seed", options.seed, "The same seed makes the same cases")
      ->capture_default_str();
  make->add_option("--db", options.database, "The database file to make")->required();
  make->add_option("--dev", options.dev, "Folder for keys and seed.json (navod --dev)")->required();
}

int RunImportFile(const ImportFileOptions& options) {
  const absl::Status status = navo::load::WriteImportFile(options);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "navo-load: " << status.message() << "\n";
  return EXIT_FAILURE;
}

void AddImportFile(CLI::App& app, ImportFileOptions& options) {
  CLI::App* file = app.add_subcommand("import-file", "Make a large file to take in");
  file->add_option("--format", options.format, "What it holds")
      ->check(CLI::IsMember({"nav-deltaker", "vo-elever"}))
      ->capture_default_str();
  file->add_option("--rows", options.rows, "How many rows")
      ->check(CLI::Range(1, 2'000'000))
      ->capture_default_str();
  file->add_option("--seed", options.seed, "The same seed makes the same file")
      ->capture_default_str();
  file->add_option("--out", options.file, "The file to make")->required();
}

constexpr int kRowsAtScale = 1'000'000;  // to take in

// What of the bench is wanted.
struct BenchChoice {
  BenchOptions options;
  double seconds = absl::ToDoubleSeconds(BenchOptions().window);
  bool scale = false;
  bool rpcs = false;
  bool import_only = false;
  std::string json_file;
};

absl::Status Measure(const BenchChoice& choice, navo::load::Findings& findings) {
  const BenchOptions& options = choice.options;
  if (!options.only.empty()) return navo::load::BenchOnly(options, findings);
  if (choice.rpcs) return navo::load::BenchRpcs(options, findings);
  if (options.log_rows > 0) return navo::load::BenchLog(options, findings);
  if (choice.import_only) return navo::load::BenchImport(options, findings);
  absl::Status status = navo::load::Bench(options, findings);
  if (status.ok()) status = navo::load::BenchImport(options, findings);
  if (status.ok() && choice.scale) status = navo::load::BenchScale(options, findings);
  return status;
}

int RunBench(BenchChoice& choice) {
  choice.options.window = absl::Seconds(choice.seconds);
  navo::load::Findings findings;
  findings.machine = navo::load::DescribeMachine();
  findings.participants = choice.options.participants;
  const absl::Status status = Measure(choice, findings);
  navo::load::NoteDisturbance(findings);
  std::cout << navo::load::ToTable(findings);
  if (!status.ok()) {  // what was measured before it is told all the same
    std::cerr << "navo-load: " << status.message() << "\n";
    return EXIT_FAILURE;
  }
  if (choice.json_file.empty()) return EXIT_SUCCESS;
  std::ofstream file(choice.json_file);
  file << navo::load::ToJson(findings);
  file.close();
  if (file) return EXIT_SUCCESS;
  std::cerr << "navo-load: cannot write " << choice.json_file << "\n";
  return EXIT_FAILURE;
}

void AddBench(CLI::App& app, BenchChoice& choice) {
  CLI::App* bench = app.add_subcommand("bench", "Measure a server on such a database");
  BenchOptions& options = choice.options;
  const auto add = [bench](const char* name, auto& value, const char* help) {
    return bench->add_option(name, value, help)->capture_default_str();
  };
  const CLI::Range people(1'000, 10'000'000);
  add("--participants", options.participants, "How many cases")->check(people);
  add("--seed", options.seed, "Of the database");
  add("--repetitions", options.repetitions, "How often each phase is measured")
      ->check(CLI::Range(1, 20));
  add("--seconds", choice.seconds, "How long each phase lasts")->check(CLI::Range(0.5, 30.0));
  add("--folder", options.root, "Where databases are kept between runs");
  add("--only", options.only, "Drive one load and nothing else, for a profiler")
      ->check(CLI::IsMember({"R", "W", "L", "C", "M"}));
  bench->add_flag("--rpcs", choice.rpcs, "Measure what every method costs and nothing else");
  bench->add_flag("--import", choice.import_only, "Measure taking in files and nothing else");
  CLI::Option* import_rows =
      add("--import-rows", options.import_rows, "Rows of each file; with --scale 1,000,000")
          ->check(CLI::Range(1'000, 2'000'000));
  bench->add_flag("--scale", choice.scale,
                  "Also compare a small and a large database; may take an hour and 45 GB");
  add("--scale-from", options.scale_from, "Cases of the small one")->check(people);
  add("--scale-to", options.scale_to, "Cases of the large one")->check(people);
  add("--log-rows", options.log_rows, "Measure an access log of so many rows and nothing else")
      ->check(CLI::Range(1'000, 1'000'000'000));
  bench->callback([&choice, import_rows] {
    if (choice.scale && import_rows->empty()) choice.options.import_rows = kRowsAtScale;
  });
  bench->add_option("--json", choice.json_file, "Write the medians into this file");
}

struct InstructionChoice {
  InstructionOptions options;
  std::string expected = "tests/instructions/expected.txt";
  std::string remark;
  bool update = false;
};

int RunInstructions(const InstructionChoice& choice) {
  const auto counted = navo::load::CountInstructions(choice.options);
  absl::Status status = counted.status();
  if (counted.ok() && choice.update) {
    status = navo::load::WriteExpected(choice.expected, *counted, choice.remark);
  }
  if (status.ok()) {
    const auto expected = navo::load::ReadExpected(choice.expected);
    status = expected.status();
    if (expected.ok()) {
      const navo::load::Comparison comparison = navo::load::Compare(*expected, *counted);
      std::cout << comparison.text;
      status = comparison.status;
    }
  }
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "navo-load: " << status.message() << "\n";
  return EXIT_FAILURE;
}

void AddInstructions(CLI::App& app, InstructionChoice& choice) {
  CLI::App* check =
      app.add_subcommand("instructions", "Count the server's instructions with callgrind");
  InstructionOptions& options = choice.options;
  check->add_option("--valgrind", options.valgrind, "The program")->required();
  check->add_option("--callgrind-control", options.callgrind_control, "The program")->required();
  check->add_option("--folder", options.folder, "For temporary files; emptied first")->required();
  check->add_option("--calls", options.calls, "Of each load")
      ->check(CLI::Range(100, 10'000))
      ->capture_default_str();
  check->add_option("--expected", choice.expected, "What to compare with")->capture_default_str();
  check->add_option("--remark", choice.remark, "For --update: versions of the tools");
  check->add_flag("--update", choice.update, "Write down what was counted instead");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("navo-load: makes databases and files and measures a server on them");
  app.require_subcommand(1);
  MakeOptions make;
  make.navod = NavodBeside();
  AddMake(app, make);
  ImportFileOptions import_file;
  AddImportFile(app, import_file);
  BenchChoice bench;
  bench.options.navod = make.navod;
  AddBench(app, bench);
  InstructionChoice instructions;
  instructions.options.navod = make.navod;
  AddInstructions(app, instructions);
  CLI11_PARSE(app, argc, argv);
  if (app.got_subcommand("make")) return RunMake(make);
  if (app.got_subcommand("import-file")) return RunImportFile(import_file);
  if (app.got_subcommand("instructions")) return RunInstructions(instructions);
  return RunBench(bench);
}
