#ifndef NAVO_STORAGE_LANGUAGE_H_
#define NAVO_STORAGE_LANGUAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/language.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Judgements and test results in Norwegian: two tables, never mixed; rows are added, and only the
// source of an imported one changes it. All functions: errors of the engine only. Any thread,
// within the Tx.
namespace navo::storage {

struct NewAssessment {
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  int32_t day = 0;  // of body.date
  Author author;
  v1::Assessment body;  // as the API takes it, with role and time (and source) in its provenance
};

struct NewTestResult {
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  int32_t day = 0;  // of body.date
  Author author;
  v1::TestResult body;  // as the API takes it, with role and time (and source) in its provenance
};

// Keep and journal one; give its key.
absl::StatusOr<int64_t> AddAssessment(WriteTx& tx, const NewAssessment& assessment);
absl::StatusOr<int64_t> AddTestResult(WriteTx& tx, const NewTestResult& result);

// The source that told of an attempt tells it otherwise: `result.body` becomes the record's next
// version, journaled as a correction; its id stays. False, and nothing is changed, when the record
// is not this participant's (any more).
absl::StatusOr<bool> CorrectTestResult(WriteTx& tx, int64_t test_result_key,
                                       const NewTestResult& result);

// All of a participant's, oldest day first, with their ids. Category LANGUAGE.
absl::StatusOr<std::vector<Guarded<v1::Assessment>>> ListAssessments(ReadTx& tx,
                                                                     int64_t participant_key);
absl::StatusOr<std::vector<Guarded<v1::TestResult>>> ListTestResults(ReadTx& tx,
                                                                     int64_t participant_key);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_LANGUAGE_H_
