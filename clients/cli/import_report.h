// What became of the rows of an import: a report file, a summary at the end.
#ifndef NAVO_CLIENTS_CLI_IMPORT_REPORT_H_
#define NAVO_CLIENTS_CLI_IMPORT_REPORT_H_

#include <ostream>
#include <vector>

#include "clients/cli/context.h"
#include "navo/v1/exchange.pb.h"

namespace navo::cli {

// Memory does not grow with the file: only the first rows are kept for the screen, all go to `csv`.
// `Take` is called by one thread at a time; the others after the last `Take`.
class ImportReport {
 public:
  // `csv` may be null; it and the context must live on.
  ImportReport(Context& context, std::ostream* csv);

  void Take(const v1::ImportResponse& response);
  // Reported rows and counts, or JSON. `dry_run`: of what would have been.
  void Print(const v1::ImportCounts& counts, bool dry_run) const;

 private:
  void PrintJson(const v1::ImportCounts& counts) const;

  Context& context_;
  std::ostream* csv_;
  std::vector<v1::RowResult> first_;
  int64_t reported_ = 0;
};

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_IMPORT_REPORT_H_
