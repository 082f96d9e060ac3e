// One example file while it is written: its rows, and beside each what an import must say about it.
// The expectation comes from what the row was made for, never from the code that reads it.
#ifndef NAVO_TESTS_EXAMPLES_EXAMPLE_FILE_H_
#define NAVO_TESTS_EXAMPLES_EXAMPLE_FILE_H_

#include <string>
#include <string_view>
#include <vector>

namespace navo::examples {

// As navo.v1.RowOutcome.
enum class Outcome { kCreated, kUpdated, kUnchanged, kOutdated, kRejected, kSkipped };

// What the first import says about a row, and what importing the same file once more says.
struct Expectation {
  Outcome first = Outcome::kCreated;
  Outcome second = Outcome::kUnchanged;
  std::string_view reason = {};         // of the first import
  std::string_view column = {};         // of the first import
  std::string_view second_reason = {};  // where it differs
  std::string_view second_column = {};
};

Expectation TakenIn();
// Rejected both times.
Expectation Rejected(std::string_view reason, std::string_view column);
Expectation Skipped(std::string_view reason, std::string_view column);
// An older state than one that comes earlier in the file.
Expectation Outdated();
// Created, and overtaken by a later row of the file.
Expectation Overtaken();
// Changes what an earlier row of the file created.
Expectation Changes();

// A row of a CSV file: cells with a separator, a quote or a line end in them are quoted.
std::string CsvLine(const std::vector<std::string>& cells, char separator,
                    std::string_view line_end);

class ExampleFile {
 public:
  ExampleFile(std::string_view name, std::string_view format, std::string_view encoding)
      : name_(name), format_(format), encoding_(encoding) {}

  // What the file promises holds when that one was imported before, after those named already.
  void ImportFirst(std::string_view name) { import_first_.emplace_back(name); }
  // Bytes that are no row: header, byte order mark, blank lines.
  void Write(std::string_view bytes);
  // A row, with its line end.
  void AddRow(std::string_view bytes, const Expectation& expectation);
  // Something the import says about the header; no row.
  void ExpectRemark(std::string_view reason, std::string_view column);

  const std::string& name() const { return name_; }
  const std::string& bytes() const { return bytes_; }
  // <name without ending>.expected.json
  std::string ExpectedName() const;
  std::string ExpectedJson() const;

 private:
  struct Row {
    int line;
    Expectation expectation;
    bool remark;
  };

  std::string name_;
  std::string format_;
  std::string encoding_;
  std::vector<std::string> import_first_;
  std::string bytes_;
  int line_ = 1;
  std::vector<Row> rows_;
};

}  // namespace navo::examples

#endif  // NAVO_TESTS_EXAMPLES_EXAMPLE_FILE_H_
