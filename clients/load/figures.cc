#include "clients/load/figures.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace navo::load {
namespace {

// The keys that every report has, measured or not.
constexpr const char* kAgreed[] = {
    "R_E",   "W_E",    "W_S",     "R_p99_ms",      "W_p99_ms",      "R_scale",      "W_scale",
    "L_ms",  "rss_mb", "start_s", "log_row_bytes", "case_bytes",    "R_cpu_us",     "W_cpu_us",
    "E_rps", "R_rps",  "W_rps",   "S_wps",         "import_rows_s", "import_rss_mb"};

// What has to be reached first.
struct Bar {
  const char* key;
  const char* meaning;
  double value;
  bool at_least;
};
constexpr Bar kBars[] = {
    {"R_E", "audited read, of the echo", 0.30, true},
    {"W_E", "durable write, of the echo", 0.20, true},
    {"W_S", "durable write, of raw SQLite", 0.40, true},
    {"R_p99_ms", "p99 of R at half load, ms", 10, false},
    {"W_p99_ms", "p99 of W at half load, ms", 25, false},
    {"L_ms", "list of 80 own cases, p50 ms", 20, false},
    {"rss_mb", "resident memory, MiB", 300, false},
    {"log_row_bytes", "bytes of a log row", 300, false},
    {"case_bytes", "bytes of a case, no log", 60'000, false},
};

bool Met(const Bar& bar, double seen) {
  return bar.at_least ? seen >= bar.value : seen <= bar.value;
}

}  // namespace

double Figure::Median() const {
  if (values_.empty()) return 0;
  std::vector<double> sorted = values_;
  std::sort(sorted.begin(), sorted.end());
  const size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

double Figure::Least() const {
  return values_.empty() ? 0 : *std::min_element(values_.begin(), values_.end());
}

double Figure::Most() const {
  return values_.empty() ? 0 : *std::max_element(values_.begin(), values_.end());
}

std::string ToJson(const Findings& findings) {
  nlohmann::json report;
  for (const char* key : kAgreed) report[key] = nullptr;
  for (const auto& [key, figure] : findings.figures) {
    if (figure.measured()) report[key] = figure.Median();
  }
  report["participants"] = findings.participants;
  report["disturbed"] = findings.disturbed;
  report["machine"] = findings.machine;
  return report.dump(1) + "\n";
}

std::string ToTable(const Findings& findings) {
  std::string text =
      absl::StrCat("\n", findings.machine, "; ", findings.participants, " participants\n\n");
  absl::StrAppend(&text,
                  absl::StrFormat("%-16s%-32s%12s%12s  %s\n", "", "bar", "wanted", "seen", "met"));
  for (const Bar& bar : kBars) {
    const auto it = findings.figures.find(bar.key);
    if (it == findings.figures.end()) continue;
    const double seen = it->second.Median();
    absl::StrAppend(&text, absl::StrFormat("%-16s%-32s%10s%2s%12.3g  %s\n", bar.key, bar.meaning,
                                           absl::StrCat(bar.at_least ? ">= " : "<= ", bar.value),
                                           "", seen, Met(bar, seen) ? "yes" : "NO"));
  }
  absl::StrAppend(&text, absl::StrFormat("\n%-16s%12s%12s%12s\n", "", "median", "least", "most"));
  for (const auto& [key, figure] : findings.figures) {
    absl::StrAppend(&text, absl::StrFormat("%-16s%12.5g%12.5g%12.5g\n", key, figure.Median(),
                                           figure.Least(), figure.Most()));
  }
  absl::StrAppend(&text, "\n");
  for (const std::string& line : findings.lines) absl::StrAppend(&text, line, "\n");
  if (findings.disturbed) {
    absl::StrAppend(&text,
                    "\nDISTURBED: other processes used more than a tenth of the machine, so these "
                    "figures must not be compared with others\n");
  }
  return text;
}

}  // namespace navo::load
