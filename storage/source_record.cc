#include "storage/source_record.h"

#include <utility>

#include "storage/plan_step.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::storage {
namespace {

constexpr Sql kFind(
    "SELECT source_us, content_hash, participant_key, record_key FROM source_record"
    " WHERE controller_key = $1 AND source_system = $2 AND kind = $3 AND unit_key = $4"
    " AND source_id = $5");
constexpr Sql kPut(
    "INSERT INTO source_record (controller_key, source_system, kind, unit_key, source_id,"
    " source_us, content_hash, participant_key, record_key, imported_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    " ON CONFLICT (controller_key, source_system, kind, unit_key, source_id) DO UPDATE"
    " SET source_us = $6, content_hash = $7, participant_key = $8, record_key = $9,"
    " imported_us = $10");
constexpr Sql kFacts(
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

// An interpreter is filled in with the language: alone it cannot be told from "none".
v1::ContactFacts Fill(v1::ContactFacts facts, const ImportedContact& contact) {
  if (facts.given_name().empty() && facts.family_name().empty()) {
    facts.set_given_name(contact.given_name);
    facts.set_family_name(contact.family_name);
  }
  if (facts.mother_tongue().empty() && !contact.mother_tongue.empty()) {
    facts.set_mother_tongue(contact.mother_tongue);
    if (contact.interpreter_needed.value_or(false)) facts.set_interpreter_needed(true);
  }
  return facts;
}

struct StoredFacts {
  int64_t version = 0;  // 0: there are none
  v1::SideFacts side;
};

absl::StatusOr<StoredFacts> FindFacts(ReadTx& tx, int64_t participant_key, int64_t controller_key) {
  StoredFacts facts;
  NAVO_RETURN_IF_ERROR(tx.First(kFacts, {participant_key, controller_key}, [&](const Row& row) {
                           facts.version = row.Int64(0);
                           const std::string_view body = row.Bytes(1);
                           facts.side.ParseFromArray(body.data(), static_cast<int>(body.size()));
                         }).status());
  return facts;
}

}  // namespace

absl::StatusOr<std::optional<SourceRecord>> FindSourceRecord(ReadTx& tx, const SourceKey& key) {
  std::optional<SourceRecord> record;
  NAVO_RETURN_IF_ERROR(tx.First(kFind,
                                {key.controller_key, key.source_system, int64_t{key.kind},
                                 key.unit_key, key.source_id},
                                [&](const Row& row) {
                                  record = SourceRecord{row.Int64(0), std::string(row.Bytes(1)),
                                                        row.Int64(2), row.Int64(3)};
                                })
                           .status());
  return record;
}

absl::Status PutSourceRecord(WriteTx& tx, const SourceKey& key, const SourceRecord& record) {
  return tx.Run(kPut, {key.controller_key, key.source_system, int64_t{key.kind}, key.unit_key,
                       key.source_id, record.source_us, Blob(record.content_hash),
                       record.participant_key, record.record_key, tx.now_us()});
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
                                const ImportedContact& contact, ContactPut put,
                                NameKeyFn name_key) {
  NAVO_ASSIGN_OR_RETURN(StoredFacts facts, FindFacts(tx, participant_key, author.controller_key));
  v1::SideFacts& side = facts.side;
  const bool own = put == ContactPut::kOwn &&
                   side.provenance().source_system() == contact.provenance.source_system();
  const bool all = facts.version == 0 || put == ContactPut::kReplace || own;
  v1::ContactFacts after = all ? Merge(side.facts(), contact) : Fill(side.facts(), contact);
  const bool changes = after.SerializeAsString() != side.facts().SerializeAsString();
  if (facts.version > 0 && (put == ContactPut::kNone || !changes)) {
    return AlignTies(tx, participant_key, author.controller_key);
  }
  *side.mutable_facts() = std::move(after);
  // What is only filled in stays the word of whoever typed the rest.
  if (all) *side.mutable_provenance() = contact.provenance;
  return PutContact(tx, participant_key, author, facts.version + 1, side, name_key(side.facts()));
}

absl::Status ForgetImportedContact(WriteTx& tx, int64_t participant_key, const Author& author,
                                   const v1::Provenance& provenance, NameKeyFn name_key) {
  NAVO_ASSIGN_OR_RETURN(std::optional<TieRow> tie, FindTie(tx, participant_key, author.unit_key));
  if (tie.has_value() && tie->reason == v1::TIE_REASON_SOURCE_SYSTEM) {
    tie->registered.Clear();
    tie->author = author;
    ++tie->version;
    NAVO_RETURN_IF_ERROR(PutTie(tx, *tie, JournalAct::kCorrected));
  }
  NAVO_ASSIGN_OR_RETURN(const StoredFacts facts,
                        FindFacts(tx, participant_key, author.controller_key));
  const v1::Provenance& by = facts.side.provenance();
  const bool from_it =
      by.source_system() == provenance.source_system() && by.source_id() == provenance.source_id();
  if (facts.version == 0 || !from_it) return absl::OkStatus();
  return ForgetUnitContact(tx, participant_key, author, name_key);
}

}  // namespace navo::storage
