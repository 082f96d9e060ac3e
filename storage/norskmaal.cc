#include "storage/norskmaal.h"

#include <string>
#include <utility>

#include "storage/earlier_version.h"
#include "storage/journal.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;

constexpr Sql kList(
    "SELECT controller_key, unit_key, principal_key, version, body FROM norskmaal"
    " WHERE participant_key = $1 ORDER BY controller_key");
constexpr Sql kFind(
    "SELECT controller_key, unit_key, principal_key, version, body FROM norskmaal"
    " WHERE participant_key = $1 AND controller_key = $2");
constexpr Sql kPut(
    "INSERT INTO norskmaal (participant_key, controller_key, unit_key, principal_key, version,"
    " retention_class, key_id, body) VALUES ($1, $2, $3, $4, $5, $6, 0, $7)"
    " ON CONFLICT (participant_key, controller_key) DO UPDATE SET unit_key = $3,"
    " principal_key = $4, version = $5, body = $7");
constexpr Sql kCopy(
    "INSERT INTO norskmaal (participant_key, controller_key, unit_key, principal_key, version,"
    " retention_class, key_id, body) SELECT $2, controller_key, unit_key, principal_key,"
    " version + 1, retention_class, key_id, body FROM norskmaal"
    " WHERE participant_key = $1 AND controller_key = $3"
    " ON CONFLICT (participant_key, controller_key) DO NOTHING");
constexpr Sql kBringBack(
    "UPDATE norskmaal SET unit_key = $3, principal_key = $4, version = version + 2, body = $5"
    " WHERE participant_key = $1 AND controller_key = $2");
constexpr Sql kDelete("DELETE FROM norskmaal WHERE participant_key = $1 AND controller_key = $2");

Guarded<NorskmaalRow> RowOf(const Row& row) {
  NorskmaalRow norskmaal;
  norskmaal.author = {row.Int64(0), row.Int64(1), row.Int64(2)};
  norskmaal.version = row.Int64(3);
  const std::string_view body = row.Bytes(4);
  norskmaal.body.ParseFromArray(body.data(), static_cast<int>(body.size()));
  const Label label{v1::CATEGORY_LANGUAGE, norskmaal.author};
  return {label, std::move(norskmaal)};
}

// The record's key is that of the controller.
void Journal(WriteTx& tx, int64_t participant_key, JournalAct act, const Author& author,
             int64_t version, std::string body) {
  JournalEntry entry;
  entry.participant_key = participant_key;
  entry.subject = JournalSubject::kNorskmaal;
  entry.act = act;
  entry.record_key = author.controller_key;
  entry.author = author;
  entry.version = version;
  entry.retention_class = kRetentionClass;
  entry.body = std::move(body);
  tx.Journal(std::move(entry));
}

struct Written {
  int64_t version;
  std::string body;
};

absl::StatusOr<std::optional<Written>> FindWrittenBy(ReadTx& tx, int64_t participant_key,
                                                     const Author& unit) {
  std::optional<Written> written;
  NAVO_RETURN_IF_ERROR(tx.First(kFind, {participant_key, unit.controller_key}, [&](const Row& row) {
                           if (row.Int64(1) != unit.unit_key) return;
                           written = Written{row.Int64(3), std::string(row.Bytes(4))};
                         }).status());
  return written;
}

}  // namespace

absl::StatusOr<std::vector<Guarded<NorskmaalRow>>> ListNorskmaal(ReadTx& tx,
                                                                 int64_t participant_key) {
  std::vector<Guarded<NorskmaalRow>> rows;
  NAVO_RETURN_IF_ERROR(
      tx.Each(kList, {participant_key}, [&](const Row& row) { rows.push_back(RowOf(row)); }));
  return rows;
}

absl::StatusOr<std::optional<Guarded<NorskmaalRow>>> FindNorskmaal(ReadTx& tx,
                                                                   int64_t participant_key,
                                                                   int64_t controller_key) {
  std::optional<Guarded<NorskmaalRow>> found;
  NAVO_RETURN_IF_ERROR(tx.First(kFind, {participant_key, controller_key}, [&](const Row& row) {
                           found = RowOf(row);
                         }).status());
  return found;
}

absl::Status PutNorskmaal(WriteTx& tx, int64_t participant_key, const NorskmaalRow& row) {
  std::string body = row.body.SerializeAsString();
  const Author& author = row.author;
  NAVO_RETURN_IF_ERROR(
      tx.Run(kPut, {participant_key, author.controller_key, author.unit_key, author.principal_key,
                    row.version, kRetentionClass, Blob(body)}));
  Journal(tx, participant_key, row.version == 1 ? JournalAct::kCreated : JournalAct::kChanged,
          author, row.version, std::move(body));
  return absl::OkStatus();
}

absl::StatusOr<int> MoveNorskmaal(WriteTx& tx, int64_t from_key, int64_t to_key,
                                  const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<Written> written, FindWrittenBy(tx, from_key, unit));
  if (!written.has_value()) return 0;
  NAVO_RETURN_IF_ERROR(tx.Run(kCopy, {from_key, to_key, unit.controller_key}));
  Journal(tx, to_key, JournalAct::kMoved, unit, written->version + 1, written->body);
  // Without content: it was never about this person.
  Journal(tx, from_key, JournalAct::kDeleted, unit, written->version + 1, {});
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<EarlierVersion> earlier,
      FindEarlierVersion(tx, from_key, JournalSubject::kNorskmaal, unit.controller_key, {}, unit));
  if (!earlier.has_value()) {
    NAVO_RETURN_IF_ERROR(tx.Run(kDelete, {from_key, unit.controller_key}));
    return 1;
  }
  NAVO_RETURN_IF_ERROR(tx.Run(kBringBack, {from_key, unit.controller_key, earlier->author.unit_key,
                                           earlier->author.principal_key, Blob(earlier->body)}));
  Journal(tx, from_key, JournalAct::kCorrected, earlier->author, written->version + 2,
          earlier->body);
  return 1;
}

}  // namespace navo::storage
