#include "storage/offering.h"

#include <string>
#include <utility>

#include "storage/journal.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr Sql kFind(
    "SELECT offering_key, known, body, source_id FROM offering"
    " WHERE controller_key = $1 AND source_system = $2 AND source_id = $3");
constexpr Sql kLoad(
    "SELECT offering_key, known, body, source_id FROM offering WHERE offering_key = $1");

absl::StatusOr<std::optional<OfferingRow>> ReadOne(ReadTx& tx, Sql sql, Values parameters) {
  std::optional<OfferingRow> offering;
  NAVO_RETURN_IF_ERROR(tx.First(sql, parameters, [&](const Row& row) {
                           offering.emplace();
                           offering->offering_key = row.Int64(0);
                           offering->known = row.Int64(1) != 0;
                           const std::string_view body = row.Bytes(2);
                           offering->body.ParseFromArray(body.data(),
                                                         static_cast<int>(body.size()));
                           offering->body.set_offering_id(std::string(row.Text(3)));
                         }).status());
  return offering;
}

absl::Status Write(WriteTx& tx, const OfferingRow& offering, int64_t controller_key,
                   int64_t principal_key, JournalAct act) {
  v1::Offering stored = offering.body;
  stored.clear_offering_id();  // a column
  JournalEntry entry;
  entry.subject = JournalSubject::kOffering;
  entry.act = act;
  entry.record_key = offering.offering_key;
  entry.record_id = offering.body.offering_id();
  entry.author = {controller_key, 0, principal_key};
  entry.retention_class = 1;
  entry.body = stored.SerializeAsString();
  NAVO_RETURN_IF_ERROR(
      tx.Run("UPDATE offering SET known = $2, body = $3 WHERE offering_key = $1",
             {offering.offering_key, int64_t{offering.known ? 1 : 0}, Blob(entry.body)}));
  tx.Journal(std::move(entry));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<OfferingRow>> FindOffering(ReadTx& tx, int64_t controller_key,
                                                        std::string_view source_system,
                                                        std::string_view source_id) {
  return ReadOne(tx, kFind, {controller_key, source_system, source_id});
}

absl::StatusOr<std::optional<OfferingRow>> LoadOffering(ReadTx& tx, int64_t offering_key) {
  return ReadOne(tx, kLoad, {offering_key});
}

absl::StatusOr<int64_t> GetOrCreateOffering(WriteTx& tx, int64_t controller_key,
                                            std::string_view source_system,
                                            std::string_view source_id) {
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<int64_t> key,
      tx.Number("SELECT offering_key FROM offering"
                " WHERE controller_key = $1 AND source_system = $2 AND source_id = $3",
                {controller_key, source_system, source_id}));
  if (key.has_value()) return *key;
  return tx.Insert(
      "INSERT INTO offering (controller_key, source_system, source_id, known, retention_class,"
      " key_id, body) VALUES ($1, $2, $3, 0, 1, 0, $4) RETURNING offering_key",
      {controller_key, source_system, source_id, Blob("")});
}

absl::StatusOr<OfferingPut> PutOffering(WriteTx& tx, int64_t controller_key,
                                        std::string_view source_system, int64_t principal_key,
                                        const v1::Offering& offering) {
  NAVO_ASSIGN_OR_RETURN(std::optional<OfferingRow> before,
                        FindOffering(tx, controller_key, source_system, offering.offering_id()));
  if (before.has_value() && before->known &&
      before->body.SerializeAsString() == offering.SerializeAsString()) {
    return OfferingPut{before->offering_key, PutOutcome::kUnchanged};
  }
  const bool was_known = before.has_value() && before->known;
  OfferingRow after{0, true, offering};
  if (before.has_value()) {
    after.offering_key = before->offering_key;
  } else {
    NAVO_ASSIGN_OR_RETURN(after.offering_key, GetOrCreateOffering(tx, controller_key, source_system,
                                                                  offering.offering_id()));
  }
  NAVO_RETURN_IF_ERROR(Write(tx, after, controller_key, principal_key,
                             was_known ? JournalAct::kChanged : JournalAct::kCreated));
  return OfferingPut{after.offering_key, was_known ? PutOutcome::kUpdated : PutOutcome::kCreated};
}

absl::StatusOr<bool> ForgetOffering(WriteTx& tx, int64_t controller_key,
                                    std::string_view source_system, int64_t principal_key,
                                    std::string_view source_id) {
  NAVO_ASSIGN_OR_RETURN(std::optional<OfferingRow> offering,
                        FindOffering(tx, controller_key, source_system, source_id));
  if (!offering.has_value() || !offering->known) return false;
  offering->known = false;
  offering->body.Clear();
  offering->body.set_offering_id(std::string(source_id));
  NAVO_RETURN_IF_ERROR(Write(tx, *offering, controller_key, principal_key, JournalAct::kDeleted));
  return true;
}

}  // namespace navo::storage
