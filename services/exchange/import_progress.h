#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_PROGRESS_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_PROGRESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/exchange/record_reader.h"
#include "storage/clock.h"
#include "storage/import_run.h"
#include "storage/running_sha256.h"

namespace navo::services {

// How far an import has come, noted in the transaction of each batch of rows, so that after an
// interruption it can go on from there: place in the file, digest of the file up to it, counts,
// reported rows, and ids that may not come again. Belongs to one import.
//
// When two imports of one file run at once, the one that noted last keeps its notes; the other goes
// on without.
class ImportProgress {
 public:
  ImportProgress(storage::ImportRunKey key, storage::Random& random);

  // Whether an import of this file broke off.
  absl::Status Find(storage::ReadTx& tx);
  const std::optional<storage::ImportRun>& interrupted() const { return interrupted_; }
  // From here on this is the import that broke off.
  void Continue();
  // Its reported rows and ids, by number from 1 to interrupted()->parts. UNAVAILABLE when another
  // import of the file has taken them away.
  absl::StatusOr<storage::ImportRunPart> Part(storage::ReadTx& tx, int64_t number) const;

  // The next bytes of the file.
  void Receive(std::string_view bytes) { received_ += bytes; }
  // Bytes before `place` are cut into rows, and those before `passed_bytes` are not needed again.
  // nullopt: no import could go on where this one is; the next place lies behind `passed_bytes`.
  void Reach(const std::optional<FilePlace>& place, int64_t passed_bytes);

  // The batch that is written next ends at `place`. nullopt: in a place where no import could go
  // on; then nothing is noted any more.
  void EndBatchAt(const std::optional<FilePlace>& place, std::string_view header_text,
                  std::string row_ids);
  // In the batch's transaction, perhaps more than once.
  absl::Status Note(storage::WriteTx& tx, const v1::ImportResponse& report);
  // The batch is durable.
  void Noted();

  // Whether there are notes to forget.
  bool kept() const { return stored_ && !lost_; }
  absl::Status Forget(storage::WriteTx& tx) const;

 private:
  const storage::ImportRunKey key_;
  std::optional<storage::ImportRun> interrupted_;
  storage::ImportRun run_;  // as it is durable
  bool stored_ = false;     // whether it is at all
  int64_t seen_attempt_ = 0;

  // Of the bytes from first_byte_ on, which is where this process began to read.
  storage::RunningSha256 digest_;
  int64_t first_byte_ = 0;
  int64_t digested_ = 0;  // up to this byte of the file
  std::string received_;  // what comes after it
  FilePlace place_;       // that place_digest_ belongs to
  std::string place_digest_;

  storage::ImportRun next_;  // after the batch at hand
  std::string row_ids_;      // of the batch at hand
  bool lost_ = false;
  bool losing_ = false;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_PROGRESS_H_
