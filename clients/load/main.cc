#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "absl/strings/str_format.h"
#include "clients/load/bench.h"
#include "clients/load/import_file.h"
#include "clients/load/make.h"

// navo-load: a database and files to measure with, and the measuring.

namespace {

using navo::load::BenchOptions;
using navo::load::ImportFileOptions;
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

int RunBench(const BenchOptions& options, const std::string& json_file) {
  const auto run = navo::load::Bench(options);
  if (!run.ok()) {
    std::cerr << "navo-load: " << run.status().message() << "\n";
    return EXIT_FAILURE;
  }
  std::cout << navo::load::ToTable(*run);
  if (json_file.empty()) return EXIT_SUCCESS;
  std::ofstream file(json_file);
  file << navo::load::ToJson(*run);
  file.close();
  if (file) return EXIT_SUCCESS;
  std::cerr << "navo-load: cannot write " << json_file << "\n";
  return EXIT_FAILURE;
}

void AddBench(CLI::App& app, BenchOptions& options, double& seconds, std::string& json_file) {
  CLI::App* bench = app.add_subcommand("bench", "Measure a server on such a database");
  bench->add_option("--participants", options.participants, "How many cases")
      ->check(CLI::Range(1'000, 10'000'000))
      ->capture_default_str();
  bench->add_option("--seed", options.seed, "Of the database")->capture_default_str();
  bench->add_option("--repetitions", options.repetitions, "How often each phase is measured")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  bench->add_option("--seconds", seconds, "How long each phase lasts")
      ->check(CLI::Range(0.5, 30.0))
      ->capture_default_str();
  bench->add_option("--folder", options.root, "Where databases are kept between runs")
      ->capture_default_str();
  bench->add_option("--only", options.only, "Drive R, W or L and nothing else, for a profiler")
      ->check(CLI::IsMember({"R", "W", "L"}));
  bench->add_option("--json", json_file, "Write the medians into this file");
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
  BenchOptions bench;
  bench.navod = make.navod;
  double seconds = absl::ToDoubleSeconds(bench.window);
  std::string json_file;
  AddBench(app, bench, seconds, json_file);
  CLI11_PARSE(app, argc, argv);
  if (app.got_subcommand("make")) return RunMake(make);
  if (app.got_subcommand("import-file")) return RunImportFile(import_file);
  bench.window = absl::Seconds(seconds);
  return RunBench(bench, json_file);
}
