#include "storage/import_run.h"

#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr absl::Duration kKept = absl::Hours(24 * 30);

constexpr Sql kFind(
    "SELECT run_key, attempt, parts, next_line, header, body FROM import_run"
    " WHERE unit_key = $1 AND source_system = $2 AND format = $3 AND encoding = $4"
    " AND file_key = $5");
constexpr Sql kInsert(
    "INSERT INTO import_run (run_key, unit_key, source_system, format, encoding, file_key, attempt,"
    " parts, next_line, header, time_us, retention_class, key_id, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, 0, $12)");
constexpr Sql kAdvance(
    "UPDATE import_run SET attempt = $3, parts = $4, next_line = $5, header = $6, time_us = $7,"
    " body = $8 WHERE run_key = $1 AND attempt = $2");
constexpr Sql kStale("SELECT run_key FROM import_run WHERE time_us <= $1 ORDER BY time_us LIMIT 1");

absl::Status Forget(WriteTx& tx, int64_t run_key) {
  NAVO_RETURN_IF_ERROR(tx.Run("DELETE FROM import_run_part WHERE run_key = $1", {run_key}));
  return tx.Run("DELETE FROM import_run WHERE run_key = $1", {run_key});
}

absl::Status AddPart(WriteTx& tx, const ImportRun& run, const ImportRunPart& part) {
  // An attempt that this one goes on from may have come further before it was left behind.
  NAVO_RETURN_IF_ERROR(tx.Run("DELETE FROM import_run_part WHERE run_key = $1 AND part >= $2",
                              {run.run_key, run.parts}));
  const std::string body = part.report.SerializeAsString();
  return tx.Run(
      "INSERT INTO import_run_part (run_key, part, row_ids, body) VALUES ($1, $2, $3, $4)",
      {run.run_key, run.parts, Blob(part.row_ids), Blob(body)});
}

}  // namespace

absl::StatusOr<std::optional<ImportRun>> FindImportRun(ReadTx& tx, const ImportRunKey& key) {
  std::optional<ImportRun> run;
  NAVO_RETURN_IF_ERROR(tx.First(kFind,
                                {key.unit_key, key.source_system, int64_t{key.format},
                                 int64_t{key.encoding}, key.file_key},
                                [&](const Row& row) {
                                  run.emplace();
                                  run->run_key = row.Int64(0);
                                  run->attempt = row.Int64(1);
                                  run->parts = row.Int64(2);
                                  run->next_line = row.Int64(3);
                                  run->header = std::string(row.Bytes(4));
                                  const std::string_view body = row.Bytes(5);
                                  run->body.ParseFromArray(body.data(),
                                                           static_cast<int>(body.size()));
                                })
                           .status());
  return run;
}

absl::StatusOr<std::optional<ImportRunPart>> FindImportRunPart(ReadTx& tx, int64_t run_key,
                                                               int64_t part) {
  std::optional<ImportRunPart> found;
  NAVO_RETURN_IF_ERROR(
      tx.First("SELECT row_ids, body FROM import_run_part WHERE run_key = $1 AND part = $2",
               {run_key, part},
               [&](const Row& row) {
                 found.emplace();
                 found->row_ids = std::string(row.Bytes(0));
                 const std::string_view body = row.Bytes(1);
                 found->report.ParseFromArray(body.data(), static_cast<int>(body.size()));
               })
          .status());
  return found;
}

absl::Status BeginImportRun(WriteTx& tx, const ImportRunKey& key, const ImportRunPart& part,
                            const ImportRun& run) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<ImportRun> before, FindImportRun(tx, key));
  if (before.has_value()) NAVO_RETURN_IF_ERROR(Forget(tx, before->run_key));
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> stale,
                        tx.Number(kStale, {absl::ToUnixMicros(tx.now() - kKept)}));
  if (stale.has_value()) NAVO_RETURN_IF_ERROR(Forget(tx, *stale));
  const std::string body = run.body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(
      tx.Run(kInsert, {run.run_key, key.unit_key, key.source_system, int64_t{key.format},
                       int64_t{key.encoding}, key.file_key, run.attempt, run.parts, run.next_line,
                       Blob(run.header), tx.now_us(), Blob(body)}));
  return AddPart(tx, run, part);
}

absl::StatusOr<bool> AdvanceImportRun(WriteTx& tx, const ImportRun& run, int64_t seen_attempt,
                                      const ImportRunPart& part) {
  const std::string body = run.body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(
      tx.Run(kAdvance, {run.run_key, seen_attempt, run.attempt, run.parts, run.next_line,
                        Blob(run.header), tx.now_us(), Blob(body)}));
  if (tx.changes() == 0) return false;
  NAVO_RETURN_IF_ERROR(AddPart(tx, run, part));
  return true;
}

absl::Status EndImportRun(WriteTx& tx, int64_t run_key, int64_t attempt) {
  NAVO_ASSIGN_OR_RETURN(const bool own,
                        tx.Any("SELECT run_key FROM import_run WHERE run_key = $1 AND attempt = $2",
                               {run_key, attempt}));
  return own ? Forget(tx, run_key) : absl::OkStatus();
}

}  // namespace navo::storage
