// A table for reading: columns aligned by what the terminal shows, cut to its width.
#ifndef NAVO_CLIENTS_CLI_TABLE_H_
#define NAVO_CLIENTS_CLI_TABLE_H_

#include <ostream>
#include <string>
#include <vector>

namespace navo::cli {

struct Column {
  std::string title;
  // Never cut below this many columns; ids that one must copy have 36.
  int least_width = 8;
  bool right = false;
};

// Not for use by several threads.
class Table {
 public:
  explicit Table(std::vector<Column> columns);

  // One cell per column; missing ones are empty. Cells are made displayable here.
  void AddRow(std::vector<std::string> cells);

  bool empty() const { return rows_.empty(); }

  // Writes titles and rows, each with `indent` spaces before, in `width` columns. When it does not
  // fit, the widest columns are cut first; the title line is wrapped in `title_start`, `title_end`.
  // In a plain width a row is one line, "1. kind: education; age: 2 mo", without what is empty.
  void Print(std::ostream& out, int width, int indent = 0, const std::string& title_start = "",
             const std::string& title_end = "") const;

 private:
  std::vector<int> Widths(int width) const;
  void PrintPlain(std::ostream& out) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_TABLE_H_
