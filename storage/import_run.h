#ifndef NAVO_STORAGE_IMPORT_RUN_H_
#define NAVO_STORAGE_IMPORT_RUN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/exchange.pb.h"
#include "storage/tx.h"

// How far an import has come, written in the transaction of its rows. Bookkeeping and no record of
// anybody: it is not journaled, and a finished import leaves nothing here.
namespace navo::storage {

// Which file of whom.
struct ImportRunKey {
  int64_t unit_key = 0;
  std::string source_system;
  v1::ImportFormat format = v1::IMPORT_FORMAT_UNSPECIFIED;
  v1::TextEncoding encoding = v1::TEXT_ENCODING_UNSPECIFIED;
  std::string file_key;
};

struct ImportRun {
  // Random and never given twice: whoever comes back late must not find another import's notes.
  int64_t run_key = 0;
  int64_t attempt = 0;
  int64_t parts = 0;
  int64_t next_line = 1;
  std::string header;
  v1::InterruptedImport body;
};

// What a step of an import adds to the report.
struct ImportRunPart {
  std::string row_ids;
  v1::ImportResponse report;
};

absl::StatusOr<std::optional<ImportRun>> FindImportRun(ReadTx& tx, const ImportRunKey& key);

// One part of a run, by its number from 1; nullopt when there is none.
absl::StatusOr<std::optional<ImportRunPart>> FindImportRunPart(ReadTx& tx, int64_t run_key,
                                                               int64_t part);

// Begins `run` (with its first part) in place of any that this file had.
// Forgets runs that nobody went on with for thirty days.
absl::Status BeginImportRun(WriteTx& tx, const ImportRunKey& key, const ImportRunPart& part,
                            const ImportRun& run);

// Writes `run`, which has come further by its last part. False when another import of the same file
// keeps its notes here by now: `seen_attempt` is the attempt that this one knows of.
absl::StatusOr<bool> AdvanceImportRun(WriteTx& tx, const ImportRun& run, int64_t seen_attempt,
                                      const ImportRunPart& part);

// Forgets a run that is done, unless another import keeps its notes here by now.
absl::Status EndImportRun(WriteTx& tx, int64_t run_key, int64_t attempt);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_IMPORT_RUN_H_
