#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_CALL_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "navo/v1/exchange.pb.h"
#include "services/door/caller.h"
#include "services/door/door.h"
#include "services/exchange/import_batch.h"
#include "services/exchange/import_file.h"
#include "services/exchange/import_rows.h"

namespace navo::services {

// A chunk of a file, at most.
inline constexpr std::size_t kMaxChunkBytes = std::size_t{512} * 1024;

// One call of ExchangeService.Import, from its arrival to its end. Exactly one thing is under way
// at any time: reading a message, writing a batch of rows, or answering. So only what the closures
// of a batch share needs a lock, and memory is that of one message and one batch, however long the
// file: the next chunk is read when the rows before are durable and their answer is sent.
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
  void Turn();
  void WriteBatch();
  void WriteRows(std::size_t first, std::size_t count);
  void RowsDone(const absl::Status& status);
  void AlignSteps();
  void StepsAligned(const absl::Status& status);
  void Answer();
  void Refuse(const absl::Status& status, access::Reason why);
  void Stop(const absl::Status& status);

  const door::DoorParts& parts_;
  grpc::CallbackServerContext* const context_;
  const absl::Time started_;
  const absl::Time deadline_;
  const access::Rule* rule_ = nullptr;
  std::unique_ptr<ImportScope> scope_;
  std::unique_ptr<ImportFile> file_;  // after `start`

  v1::ImportRequest request_;
  v1::ImportResponse response_;
  std::vector<ImportRow> rows_;  // the batch that is gathered or written
  std::vector<RowFate> fates_;
  v1::ImportCounts counts_;
  // Closures of the batch that are not done, and the first error of those that are.
  std::mutex mutex_;
  std::size_t waiting_ = 0;
  absl::Status batch_status_;
  // The offering of the batch whose steps follow it now, and what is left of them then.
  std::size_t aligning_ = 0;
  StepsToAlign left_to_align_;
  std::size_t fed_bytes_ = 0;  // since the last batch
  bool ended_ = false;         // the caller sends no more
  bool answered_ = false;      // and has been sent something since
  bool finished_ = false;      // the file was told that it is whole
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_CALL_H_
