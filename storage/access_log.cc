#include "storage/access_log.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "storage/crypto.h"
#include "storage/tx.h"

namespace navo::storage {
namespace {

constexpr int64_t kVerifyBatch = 4096;

constexpr Sql kForParticipant(
    "SELECT position, time_us, participant_key, principal_key, unit_key, role, relation, act, rpc,"
    " shown, shown_through, withheld, purpose, ground_key, decision, reason, revision, chain"
    " FROM access_log"
    " WHERE participant_key = $1 AND position < $2 ORDER BY position DESC LIMIT $3");

constexpr Sql kAfter(
    "SELECT position, time_us, participant_key, principal_key, unit_key, role, relation, act, rpc,"
    " shown, shown_through, withheld, purpose, ground_key, decision, reason, revision, chain"
    " FROM access_log"
    " WHERE position > $1 ORDER BY position LIMIT $2");

constexpr Sql kHead("SELECT position, chain FROM access_log ORDER BY position DESC LIMIT 1");

constexpr Sql kAdd(
    "INSERT INTO access_log (position, time_us, participant_key, principal_key, unit_key, role,"
    " relation, act, rpc, shown, shown_through, withheld, purpose, ground_key, decision, reason,"
    " revision, chain)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)");

// The canonical encoding of a row behind the hash before it.
class Encoding {
 public:
  void Add(int64_t number) {
    const auto bits = static_cast<uint64_t>(number);
    for (int shift = 56; shift >= 0; shift -= 8) bytes_[size_++] = static_cast<char>(bits >> shift);
  }
  template <size_t N>
  void Add(const std::array<uint8_t, N>& bytes) {
    std::memcpy(bytes_.data() + size_, bytes.data(), N);
    size_ += N;
  }
  std::string_view bytes() const { return {bytes_.data(), size_}; }

 private:
  static constexpr size_t kNumbers = 16;
  std::array<char, sizeof(ChainHash) + sizeof(ActId) + kNumbers * 8> bytes_;
  size_t size_ = 0;
};

template <size_t N>
std::string_view View(const std::array<uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

// A column of another length (a damaged row) stays zero where it has nothing: the chain tells.
template <size_t N>
void Fill(std::array<uint8_t, N>& target, std::string_view bytes) {
  std::memcpy(target.data(), bytes.data(), std::min(N, bytes.size()));
}

AccessLogRow WholeRowOf(const Row& row) {
  AccessLogRow result = AccessLogRowOf(row);
  result.revision = row.Int64(16);
  Fill(result.chain, row.Bytes(17));
  return result;
}

}  // namespace

ActId ActIdOf(std::string_view bytes) {
  ActId act{};
  Fill(act, bytes);
  return act;
}

AccessLogRow AccessLogRowOf(const Row& row) {
  return {
      .position = row.Int64(0),
      .time_us = row.Int64(1),
      .participant_key = row.Int64(2),
      .principal_key = row.Int64(3),
      .unit_key = row.Int64(4),
      .role = row.Int64(5),
      .relation = row.Int64(6),
      .act = ActIdOf(row.Bytes(7)),
      .rpc = row.Int64(8),
      .shown = row.Int64(9),
      .shown_through = row.Int64(10),
      .withheld = row.Int64(11),
      .purpose = row.Int64(12),
      .ground_key = row.Int64(13),
      .decision = row.Int64(14),
      .reason = row.Int64(15),
  };
}

ChainHash ChainOf(const ChainHash& before, const AccessLogRow& row) {
  Encoding encoding;
  encoding.Add(before);
  encoding.Add(row.position);
  encoding.Add(row.time_us);
  encoding.Add(row.participant_key);
  encoding.Add(row.principal_key);
  encoding.Add(row.unit_key);
  encoding.Add(row.role);
  encoding.Add(row.relation);
  encoding.Add(row.act);
  encoding.Add(row.rpc);
  encoding.Add(row.shown);
  encoding.Add(row.shown_through);
  encoding.Add(row.withheld);
  encoding.Add(row.purpose);
  encoding.Add(row.ground_key);
  encoding.Add(row.decision);
  encoding.Add(row.reason);
  encoding.Add(row.revision);
  ChainHash hash;
  Fill(hash, Sha256(encoding.bytes()));
  return hash;
}

absl::Status ReadForParticipant(ReadTx& tx, int64_t participant_key, int64_t before_position,
                                int64_t limit, AccessLogFn fn) {
  return tx.Each(kForParticipant, {participant_key, before_position, limit},
                 [&](const Row& row) -> absl::Status { return fn(WholeRowOf(row)); });
}

absl::Status ReadLogAfter(ReadTx& tx, int64_t position, int64_t limit, AccessLogFn fn) {
  return tx.Each(kAfter, {position, limit},
                 [&](const Row& row) -> absl::Status { return fn(WholeRowOf(row)); });
}

absl::StatusOr<LogHead> ReadLogHead(ReadTx& tx) {
  LogHead head;
  absl::StatusOr<bool> found = tx.First(kHead, {}, [&head](const Row& row) {
    head.position = row.Int64(0);
    Fill(head.chain, row.Bytes(1));
  });
  if (!found.ok()) return found.status();
  return head;
}

absl::StatusOr<int64_t> LastPosition(ReadTx& tx) {
  absl::StatusOr<LogHead> head = ReadLogHead(tx);
  if (!head.ok()) return head.status();
  return head->position;
}

absl::StatusOr<int64_t> VerifyChain(ReadTx& tx) {
  LogHead head;
  int64_t bad = 0;
  int64_t seen = kVerifyBatch;
  while (bad == 0 && seen == kVerifyBatch) {
    seen = 0;
    absl::Status status =
        ReadLogAfter(tx, head.position, kVerifyBatch, [&](const AccessLogRow& row) -> absl::Status {
          ++seen;
          if (bad != 0) return absl::OkStatus();
          if (row.position != head.position + 1 || row.chain != ChainOf(head.chain, row)) {
            bad = head.position + 1;
            return absl::OkStatus();
          }
          head = {row.position, row.chain};
          return absl::OkStatus();
        });
    if (!status.ok()) return status;
  }
  return bad;
}

absl::Status WriteLog(WriteTx& tx, std::vector<AccessLogRow>& rows, LogHead& head) {
  for (AccessLogRow& row : rows) {
    row.position = head.position + 1;
    row.chain = ChainOf(head.chain, row);
    absl::Status status =
        tx.Run(kAdd, {row.position, row.time_us, row.participant_key, row.principal_key,
                      row.unit_key, row.role, row.relation, Blob(View(row.act)), row.rpc, row.shown,
                      row.shown_through, row.withheld, row.purpose, row.ground_key, row.decision,
                      row.reason, row.revision, Blob(View(row.chain))});
    if (!status.ok()) return status;
    head = {row.position, row.chain};
  }
  return absl::OkStatus();
}

}  // namespace navo::storage
