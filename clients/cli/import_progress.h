// How far an import is, while it runs.
#ifndef NAVO_CLIENTS_CLI_IMPORT_PROGRESS_H_
#define NAVO_CLIENTS_CLI_IMPORT_PROGRESS_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "clients/cli/context.h"
#include "navo/v1/exchange.pb.h"

namespace navo::cli {

// On a terminal a bar that is drawn over itself:
//   [##########----------] 51 %  510,000 rows  12,300/s  0:39 left
// Elsewhere, and for a screen reader, the same in words, one line every ten seconds. One thread at
// a time.
class ImportProgress {
 public:
  // `file_bytes` 0: not known, and then there is neither bar nor remaining time. The context must
  // live on.
  ImportProgress(const Context& context, int64_t file_bytes);

  void Take(const v1::ImportResponse& response);
  // Takes the bar away.
  void End() const;
  // Rows that are in.
  int64_t rows() const { return rows_; }

 private:
  std::string Bar(absl::Time now) const;
  std::string Line(absl::Time now) const;
  double Fraction() const;
  int64_t RowsASecond(absl::Time now) const;
  std::string Left(absl::Time now) const;

  const Context& context_;
  const int64_t file_bytes_;
  const absl::Time begin_;
  absl::Time next_;  // when something is shown again
  int64_t rows_ = 0;
  int64_t bytes_ = 0;
  // What an earlier, interrupted import had done.
  int64_t rows_before_ = 0;
  int64_t bytes_before_ = 0;
};

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_IMPORT_PROGRESS_H_
