#include "clients/load/log_filler.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <semaphore>
#include <utility>
#include <vector>

#include "clients/load/case_writer.h"
#include "clients/load/dice.h"
#include "navo/v1/consent.pb.h"
#include "storage/access_log.h"
#include "storage/status_macros.h"

namespace navo::load {
namespace {

constexpr int kRowsInTask = 2'000;
constexpr int kTasksAhead = 64;
constexpr int kMostCallsInAct = 6;  // a case screen
constexpr int kWholeScreens = 2;    // one act in so many is one
constexpr int64_t kReport = 5'000'000;

// Somebody who has a case.
struct Holder {
  int64_t participant_key = 0;
  int64_t unit_key = 0;
  int64_t principal_key = 0;
  int64_t role = 0;
};

absl::StatusOr<std::vector<Holder>> ReadHolders(storage::Store& store) {
  std::vector<Holder> holders;
  const absl::Status read = store.Read([&](storage::ReadTx& tx) {
    return tx.Each(
        "SELECT participant_key, unit_key, principal_key, controller_key FROM tie"
        " ORDER BY participant_key, unit_key",
        {}, [&](const storage::Row& row) {
          const int64_t role = row.Int64(3) == 1 ? v1::ROLE_VEILEDER : v1::ROLE_LAERER;
          holders.push_back({row.Int64(0), row.Int64(1), row.Int64(2), role});
        });
  });
  if (!read.ok()) return read;
  if (holders.empty()) return absl::NotFoundError("nobody has a case: no log to fill");
  return holders;
}

// The next act about a case; the square draws the first cases far more often than the last ones.
void DrawActs(const std::vector<Holder>& holders, Dice& dice,
              std::vector<storage::AccessLogRow>& rows) {
  const double part = dice.Fraction();
  const auto place = static_cast<size_t>(part * part * static_cast<double>(holders.size()));
  const Holder& holder = holders[place];
  storage::AccessLogRow row;
  row.participant_key = holder.participant_key;
  row.principal_key = holder.principal_key;
  row.unit_key = holder.unit_key;
  row.role = holder.role;
  row.relation = 1;
  const std::string act = dice.UuidBytes();
  std::copy(act.begin(), act.end(), reinterpret_cast<char*>(row.act.data()));
  for (const v1::Category category : kOpened) row.shown |= int64_t{1} << category;
  row.shown_through = row.shown;
  row.purpose = v1::PURPOSE_SAMORDNET_KVALIFISERING;
  row.ground_key = holder.participant_key * kGrounds;  // two for each case, in its order
  row.decision = 1;
  const int calls = dice.Below(kWholeScreens) == 0 ? kMostCallsInAct : 1;
  for (int i = 0; i < calls && rows.size() < kRowsInTask; ++i) {
    row.rpc = kReadRpcs[i % std::size(kReadRpcs)];
    row.revision = dice.Below(1'000'000);
    rows.push_back(row);
  }
}

}  // namespace

absl::Status FillLog(storage::Store& store, int64_t rows, uint64_t seed,
                     const std::function<void(double part)>& move_clock) {
  storage::LogHead head;
  NAVO_RETURN_IF_ERROR(store.Read([&](storage::ReadTx& tx) -> absl::Status {
    NAVO_ASSIGN_OR_RETURN(head, storage::ReadLogHead(tx));
    return absl::OkStatus();
  }));
  if (head.position >= rows) return absl::OkStatus();
  NAVO_ASSIGN_OR_RETURN(const std::vector<Holder> holders, ReadHolders(store));
  Dice dice(seed, 0x106);
  std::counting_semaphore<kTasksAhead> free(kTasksAhead);
  absl::Status failure;  // on the store's thread, and read after the last task is done
  for (int64_t left = rows - head.position; left > 0;) {
    auto batch = std::make_shared<std::vector<storage::AccessLogRow>>();
    while (batch->size() < kRowsInTask) DrawActs(holders, dice, *batch);
    batch->resize(static_cast<size_t>(std::min<int64_t>(left, kRowsInTask)));
    left -= static_cast<int64_t>(batch->size());
    free.acquire();
    move_clock(1.0 - static_cast<double>(left) / static_cast<double>(rows));
    storage::WriteTask task;
    task.log_only = true;
    task.run = [batch](storage::WriteTx& tx) -> absl::Status {
      for (const storage::AccessLogRow& row : *batch) tx.Log(row);
      return absl::OkStatus();
    };
    task.done = [&](const absl::Status& status) {
      failure.Update(status);
      free.release();
    };
    store.Write(std::move(task));
    if (left % kReport < kRowsInTask) std::cerr << "  " << rows - left << " log rows\n";
  }
  for (int i = 0; i < kTasksAhead; ++i) free.acquire();
  NAVO_RETURN_IF_ERROR(failure);
  int64_t bad = 0;
  NAVO_RETURN_IF_ERROR(store.Read([&](storage::ReadTx& tx) -> absl::Status {
    NAVO_ASSIGN_OR_RETURN(bad, storage::VerifyChain(tx));
    return absl::OkStatus();
  }));
  return bad == 0 ? absl::OkStatus() : absl::DataLossError("the log's chain does not hold");
}

}  // namespace navo::load
