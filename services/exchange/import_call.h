#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_CALL_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "navo/v1/exchange.pb.h"
#include "services/door/caller.h"
#include "services/door/door.h"
#include "services/exchange/import_batch.h"
#include "services/exchange/import_file.h"
#include "services/exchange/import_progress.h"
#include "services/exchange/import_rows.h"

namespace navo::services {

// A chunk of a file, at most.
inline constexpr std::size_t kMaxChunkBytes = std::size_t{512} * 1024;

// One call of ExchangeService.Import, from its arrival to its end. Exactly one thing is under way
// at any time: reading a message, writing a batch of rows, or answering. So nothing needs a lock,
// and memory is that of one message and one batch, however long the file: the next chunk is read
// when the rows before are durable and their answer is sent.
//
// A caller who goes away ends the call after the batch that is under way. Owned by itself: OnDone,
// which comes last, is the only place that deletes it.
class ImportCall final : public grpc::ServerBidiReactor<v1::ImportRequest, v1::ImportResponse> {
 public:
  // Begins at once. `door` outlives all calls.
  ImportCall(const door::Door& door, grpc::CallbackServerContext* context);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  ~ImportCall() override = default;

  absl::Status Enter();
  absl::Status Take(const v1::ImportRequest& message);
  absl::Status TakeStart(const v1::ImportStart& start);
  absl::Status TakeContinueAt(int64_t offset_bytes);
  absl::Status FindInterrupted();
  void RepeatReport();
  void Turn();
  bool TakeRows();
  void WriteBatch();
  void WriteRows();
  void RowsDone(const absl::Status& status);
  void AlignSteps();
  void Write(std::function<absl::Status(storage::WriteTx&)> run,
             std::function<void(const absl::Status&)> done);
  void TryRows();
  absl::Status EndBatch(storage::WriteTx& tx);
  void MakeReport();
  void BatchDone(const absl::Status& status);
  void SendReport();
  void FinishRun();
  void Refuse(const absl::Status& status, access::Reason why);
  void Stop(const absl::Status& status);

  const door::DoorParts& parts_;
  const std::shared_ptr<const access::Directory> directory_;  // in force when the call came
  grpc::CallbackServerContext* const context_;
  const absl::Time started_;
  const absl::Time deadline_;
  const access::Rule* rule_ = nullptr;
  absl::Time expires_at_;  // of the token; until then the call may go on
  std::unique_ptr<ImportScope> scope_;
  std::unique_ptr<ImportFile> file_;  // after `start`

  v1::ImportRequest request_;
  v1::ImportResponse response_;
  v1::ImportCounts counts_;

  std::vector<ImportRow> rows_;  // the batch that is gathered or written
  std::vector<RowFate> fates_;
  std::size_t first_ = 0;       // of the rows that are not written
  std::size_t next_ = 0;        // the same when the closure at hand is durable
  StepsToAlign left_to_align_;  // of the closure at hand

  std::unique_ptr<ImportProgress> progress_;  // when the import can go on after an interruption
  std::unique_ptr<ImportTrial> trial_;        // in a dry run
  int64_t repeating_ = 0;      // > 0: the part of the earlier report that is sent next
  std::size_t fed_bytes_ = 0;  // since the last batch
  bool began_ = false;         // something came after `start`
  bool ended_ = false;         // the client sends no more
  bool answered_ = false;      // an answer has gone out since
  bool finished_ = false;      // the file was told
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_CALL_H_
