#include "clients/cli/import_report.h"

#include "clients/cli/printing.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

constexpr size_t kRowsOnScreen = 40;

// Quoted as RFC 4180 asks for.
std::string Quoted(const std::string& text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"') result += '"';
    result += letter;
  }
  return result + "\"";
}

}  // namespace

ImportReport::ImportReport(Context& context, std::ostream* csv) : context_(context), csv_(csv) {
  if (csv_ != nullptr) *csv_ << "line,column,outcome,reason,advice\n";
}

void ImportReport::Take(const v1::ImportResponse& response) {
  for (const auto& row : response.results()) {
    ++reported_;
    // JSON goes to programs, which want every row; a person reads the first ones.
    if (context_.global.json || first_.size() < kRowsOnScreen) first_.push_back(row);
    if (csv_ == nullptr) continue;
    *csv_ << row.line() << ',' << Quoted(row.column()) << ',' << Quoted(Word(row.outcome())) << ','
          << Quoted(row.reason()) << ',' << Quoted(row.advice()) << '\n';
  }
}

void ImportReport::PrintJson(const v1::ImportCounts& counts) const {
  v1::ImportResponse all;
  *all.mutable_counts() = counts;
  for (const auto& row : first_) *all.add_results() = row;
  all.set_done(true);
  context_.out() << JsonText(all);
}

void ImportReport::Print(const v1::ImportCounts& counts, bool dry_run) const {
  if (context_.global.json) return PrintJson(counts);
  Table table(
      {{"LINE", 4, true}, {"COLUMN", 6}, {"OUTCOME", 8}, {"REASON", 12}, {"WHAT TO DO", 20}});
  for (const auto& row : first_) {
    table.AddRow({std::to_string(row.line()), row.column(), Word(row.outcome()), row.reason(),
                  row.advice()});
  }
  if (!table.empty()) PrintTable(context_, table, "");
  if (reported_ > static_cast<int64_t>(first_.size())) {
    context_.out() << "... and " << reported_ - static_cast<int64_t>(first_.size())
                   << " more rows: give --report FILE to see all\n";
  }
  if (dry_run) context_.out() << "Nothing was taken in. It would have been:\n";
  context_.out() << counts.rows() << " rows: " << counts.created() << " created, "
                 << counts.updated() << " updated, " << counts.unchanged() << " unchanged, "
                 << counts.outdated() << " outdated, " << counts.skipped() << " skipped, "
                 << counts.rejected() << " rejected\n";
}

}  // namespace navo::cli
