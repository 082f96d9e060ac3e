// Proves an access log from its rows alone, or says what is wrong with it.
#ifndef NAVO_CLIENTS_AUDIT_VERIFY_H_
#define NAVO_CLIENTS_AUDIT_VERIFY_H_

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/audit/log_file.h"

namespace navo::audit {

struct VerifyOptions {
  // Known from elsewhere than the file. Empty: the file's own are used, which proves less.
  PublicKeys keys;
  // Checkpoints that were kept elsewhere; see ReadWitness.
  std::vector<Checkpoint> witness;
  // Called now and then with how many rows were looked at and how many there are.
  std::function<void(int64_t rows, int64_t of)> progress;
};

enum class Fault {
  kChanged,     // a row says something else than when it was written
  kMissing,     // rows are not there
  kDoubled,     // a row is there twice
  kReordered,   // a row stands in another place
  kInserted,    // a row was put in
  kRewritten,   // rows fit each other, but not what was signed
  kCutOff,      // rows behind the newest one are gone
  kCheckpoint,  // a checkpoint is missing or does not fit what was kept elsewhere
  kSignature,   // a checkpoint was not signed by a known key
};

struct Finding {
  Fault fault;
  int64_t position = 0;  // the first bad row; 0 when it is about a checkpoint alone
  std::string text;      // a sentence, without its full stop
};

struct VerifyReport {
  int64_t first = 0;  // positions; 0 when there is no row
  int64_t last = 0;
  int64_t rows = 0;
  int64_t checkpoints = 0;
  int64_t witnessed = 0;
  int64_t vouched_for = 0;        // the highest position under a good checkpoint
  int64_t vouched_us = 0;         // when that was signed
  int64_t dropped_up_to = 0;      // rows that went at the end of their retention
  int64_t dropped_month = 0;      // yyyymm, the newest month that went
  bool keys_from_file = false;    // nobody vouches for the keys
  std::vector<Finding> findings;  // of the rows the first only; none: it all holds
};

// Follows the chain over all rows and checks every checkpoint. The rows are read once, in order,
// with the same memory however many there are; only when a row is bad they are read again to say
// what is wrong. Errors: the file cannot be read.
absl::StatusOr<VerifyReport> Verify(LogFile& file, const VerifyOptions& options);

// Checkpoints of the lines that navod wrote to standard error (event "log_checkpoint"); every other
// line is passed over. INVALID_ARGUMENT when there is none.
absl::StatusOr<std::vector<Checkpoint>> ReadWitness(std::istream& lines);

}  // namespace navo::audit

#endif  // NAVO_CLIENTS_AUDIT_VERIFY_H_
