#include "storage/source_record.h"

#include "storage/plan_step.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::storage {
namespace {

constexpr Sql kFind(
    "SELECT source_us, content_hash, participant_key, record_key FROM source_record"
    " WHERE controller_key = $1 AND source_system = $2 AND kind = $3 AND source_id = $4");
constexpr Sql kPut(
    "INSERT INTO source_record (controller_key, source_system, kind, source_id, source_us,"
    " content_hash, participant_key, record_key, imported_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (controller_key, source_system, kind, source_id) DO UPDATE SET source_us = $5,"
    " content_hash = $6, participant_key = $7, record_key = $8, imported_us = $9");
constexpr Sql kContact(
    "SELECT version, body FROM participant_facts"
    " WHERE participant_key = $1 AND controller_key = $2");

v1::ContactFacts Merge(v1::ContactFacts facts, const ImportedContact& contact) {
  facts.set_given_name(contact.given_name);
  facts.set_family_name(contact.family_name);
  if (!contact.mother_tongue.empty()) facts.set_mother_tongue(contact.mother_tongue);
  if (contact.interpreter_needed.has_value()) {
    facts.set_interpreter_needed(*contact.interpreter_needed);
  }
  return facts;
}

}  // namespace

absl::StatusOr<std::optional<SourceRecord>> FindSourceRecord(ReadTx& tx, const SourceKey& key) {
  std::optional<SourceRecord> record;
  NAVO_RETURN_IF_ERROR(
      tx.First(kFind, {key.controller_key, key.source_system, int64_t{key.kind}, key.source_id},
               [&](const Row& row) {
                 record = SourceRecord{row.Int64(0), std::string(row.Bytes(1)), row.Int64(2),
                                       row.Int64(3)};
               })
          .status());
  return record;
}

absl::Status PutSourceRecord(WriteTx& tx, const SourceKey& key, const SourceRecord& record) {
  return tx.Run(kPut, {key.controller_key, key.source_system, int64_t{key.kind}, key.source_id,
                       record.source_us, Blob(record.content_hash), record.participant_key,
                       record.record_key, tx.now_us()});
}

absl::StatusOr<int64_t> BreakOffImportedStep(WriteTx& tx, int64_t step_key, const Author& actor,
                                             std::string_view reason,
                                             const v1::Provenance& provenance) {
  NAVO_ASSIGN_OR_RETURN(std::optional<PlanStepRow> step, LoadStep(tx, step_key));
  if (!step.has_value()) return 0;
  step->body.set_status(v1::STEP_STATUS_AVBRUTT);
  step->body.set_status_reason(std::string(reason));
  *step->body.mutable_provenance() = provenance;
  NAVO_RETURN_IF_ERROR(ChangeStep(tx, *step, actor));
  return step->participant_key;
}

absl::Status PutImportedContact(WriteTx& tx, int64_t participant_key, const Author& author,
                                const ImportedContact& contact, bool replace) {
  int64_t version = 0;
  v1::SideFacts side;
  NAVO_RETURN_IF_ERROR(
      tx.First(kContact, {participant_key, author.controller_key}, [&](const Row& row) {
          version = row.Int64(0);
          const std::string_view body = row.Bytes(1);
          side.ParseFromArray(body.data(), static_cast<int>(body.size()));
        }).status());
  const v1::ContactFacts after = Merge(side.facts(), contact);
  const bool changes = after.SerializeAsString() != side.facts().SerializeAsString();
  if (version > 0 && !(replace && changes)) {
    return AlignTies(tx, participant_key, author.controller_key);
  }
  *side.mutable_facts() = after;
  *side.mutable_provenance() = contact.provenance;
  return PutContact(tx, participant_key, author, version + 1, side, contact.name_key);
}

}  // namespace navo::storage
