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

// What has to be reached, first and in the end. 0: no such bar.
struct Bar {
  const char* key;
  const char* meaning;
  double first;
  double last;
  bool at_least;
};
constexpr Bar kBars[] = {
    {"R_E", "R, audited read, of the echo", 0.30, 0.50, true},
    {"W_E", "W, durable write, of the echo", 0.20, 0.35, true},
    {"W_S", "W, of raw SQLite", 0.40, 0.70, true},
    {"R_p99_ms", "p99 of R at half load, ms", 10, 4, false},
    {"W_p99_ms", "p99 of W at half load, ms", 25, 12, false},
    {"R_scale", "R, largest of smallest database", 0.60, 0.80, true},
    {"W_scale", "W, largest of smallest database", 0.60, 0.80, true},
    {"L_ms", "L, list of 80 own cases, p50 ms", 20, 5, false},
    {"rss_mb", "resident memory after M, MiB", 300, 150, false},
    {"start_s", "start of the largest, s", 2, 0.5, false},
    {"log_row_bytes", "bytes of a log row", 300, 160, false},
    {"case_bytes", "bytes of a case, no log", 60'000, 25'000, false},
    {"import_rows_s", "I, rows a second", 10'000, 25'000, true},
};

// "first", "both" or "NO": what of the bar is reached.
std::string Met(const Bar& bar, double seen) {
  const auto reached = [&](double value) { return bar.at_least ? seen >= value : seen <= value; };
  if (reached(bar.last)) return "both";
  return reached(bar.first) ? "first" : "NO";
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
  absl::StrAppend(&text, absl::StrFormat("%-16s%-34s%10s%11s%12s  %s\n", "", "bar", "first",
                                         "to reach", "seen", "met"));
  for (const Bar& bar : kBars) {
    const auto it = findings.figures.find(bar.key);
    if (it == findings.figures.end() || !it->second.measured()) continue;
    const double seen = it->second.Median();
    const char* sign = bar.at_least ? ">= " : "<= ";
    absl::StrAppend(&text, absl::StrFormat("%-16s%-34s%10s%11s%12.4g  %s\n", bar.key, bar.meaning,
                                           absl::StrCat(sign, bar.first),
                                           absl::StrCat(sign, bar.last), seen, Met(bar, seen)));
  }
  absl::StrAppend(&text, absl::StrFormat("\n%-24s%12s%12s%12s\n", "", "median", "least", "most"));
  for (const auto& [key, figure] : findings.figures) {
    // What each method costs has a table of its own.
    if (!figure.measured() || key.rfind("rpc.", 0) == 0) continue;
    absl::StrAppend(&text, absl::StrFormat("%-24s%12.5g%12.5g%12.5g\n", key, figure.Median(),
                                           figure.Least(), figure.Most()));
  }
  for (const std::vector<std::string>& table : findings.tables) {
    absl::StrAppend(&text, "\n");
    for (const std::string& line : table) absl::StrAppend(&text, line, "\n");
  }
  if (findings.disturbed) {
    absl::StrAppend(&text,
                    "\nDISTURBED: other processes used more than a tenth of the machine, so these\n"
                    "figures must not be compared with others\n");
  }
  return text;
}

}  // namespace navo::load
