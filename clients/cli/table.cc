#include "clients/cli/table.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/text_width.h"

namespace navo::cli {
namespace {

constexpr int kGap = 2;

std::string Line(const std::vector<Column>& columns, const std::vector<std::string>& cells,
                 const std::vector<int>& widths) {
  std::string line;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) line.append(kGap, ' ');
    line += columns[i].right ? PaddedLeft(cells[i], widths[i]) : PaddedRight(cells[i], widths[i]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = Displayable(cell);
  rows_.push_back(std::move(cells));
}

std::vector<int> Table::Widths(int width) const {
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int widest = DisplayWidth(columns_[i].title);
    for (const auto& row : rows_) widest = std::max(widest, DisplayWidth(row[i]));
    widths.push_back(widest);
  }
  const int room = width - kGap * static_cast<int>(columns_.size() - 1);
  while (std::accumulate(widths.begin(), widths.end(), 0) > room) {
    int widest = -1;
    for (size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] <= columns_[i].least_width) continue;
      if (widest < 0 || widths[i] > widths[static_cast<size_t>(widest)])
        widest = static_cast<int>(i);
    }
    // Nothing left to cut: a line that is too long is better than an id that cannot be copied.
    if (widest < 0) break;
    --widths[static_cast<size_t>(widest)];
  }
  return widths;
}

void Table::PrintPlain(std::ostream& out) const {
  for (size_t i = 0; i < rows_.size(); ++i) {
    std::string line;
    for (size_t column = 0; column < columns_.size(); ++column) {
      const std::string& cell = rows_[i][column];
      if (cell.empty()) continue;
      const std::string title = absl::AsciiStrToLower(columns_[column].title);
      absl::StrAppend(&line, line.empty() ? "" : "; ", title, title.empty() ? "" : ": ", cell);
    }
    out << i + 1 << ". " << line << "\n";
  }
}

void Table::Print(std::ostream& out, int width, int indent, const std::string& title_start,
                  const std::string& title_end) const {
  if (IsPlain(width)) return PrintPlain(out);
  const std::vector<int> widths = Widths(width - indent);
  const std::string margin(static_cast<size_t>(indent), ' ');
  std::vector<std::string> titles;
  for (const Column& column : columns_) titles.push_back(column.title);
  out << margin << title_start << Line(columns_, titles, widths) << title_end << "\n";
  for (const auto& row : rows_) out << margin << Line(columns_, row, widths) << "\n";
}

}  // namespace navo::cli
