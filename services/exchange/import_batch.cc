#include "services/exchange/import_batch.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "services/access/facts.h"
#include "services/door/caller.h"
#include "storage/instant.h"
#include "storage/offering.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/tie.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::TieState;

constexpr std::size_t kMaxTrialRecords = 1'000'000;

// When the unit last ended its tie; 0 when it never did.
absl::StatusOr<int64_t> TieEndedAt(storage::ReadTx& tx, int64_t participant_key, int64_t unit_key) {
  int64_t ended_us = 0;
  NAVO_RETURN_IF_ERROR(storage::ReadRecordHistory(tx, participant_key,
                                                  storage::JournalSubject::kTie, unit_key,
                                                  [&](const storage::JournalRow& row) {
                                                    if (row.act == storage::JournalAct::kEnded)
                                                      ended_us = row.time_us;
                                                    return absl::OkStatus();
                                                  }));
  return ended_us;
}

}  // namespace

std::optional<storage::SourceRecord> ImportTrial::Find(std::string_view source_id) const {
  const uint64_t id = absl::Hash<std::string>{}(std::string(source_id));
  if (batch_.contains(id)) return std::nullopt;
  const auto left = left_.find(id);
  if (left == left_.end()) return std::nullopt;
  storage::SourceRecord record;
  record.source_us = left->second.source_us;
  record.content_hash.assign(left->second.hash_prefix.data(), left->second.hash_prefix_bytes);
  return record;
}

void ImportTrial::Put(std::string_view source_id, const storage::SourceRecord& record) {
  Left left{.source_us = record.source_us};
  left.hash_prefix_bytes = static_cast<uint8_t>(
      record.content_hash.copy(left.hash_prefix.data(), left.hash_prefix.size()));
  batch_[absl::Hash<std::string>{}(std::string(source_id))] = left;
}

void ImportTrial::EndBatch() {
  for (const auto& [id, left] : batch_) {
    if (left_.size() < kMaxTrialRecords || left_.contains(id)) left_[id] = left;
  }
  batch_.clear();
}

storage::AccessLogRow ImportLogRow(const ImportScope& scope, int64_t participant_key,
                                   access::Reason reason) {
  storage::AccessLogRow row;
  row.participant_key = participant_key;
  row.principal_key = scope.caller.principal_key;
  row.unit_key = scope.caller.unit_key;
  row.role = v1::ROLE_INTEGRASJON;
  row.relation = v1::RELATION_SYSTEM_SCOPE;
  row.act = scope.act;
  row.rpc = scope.rule.number;
  row.purpose = v1::PURPOSE_SAMORDNET_KVALIFISERING;
  row.decision =
      reason == access::Reason::kNone ? v1::ACCESS_DECISION_PERMIT : v1::ACCESS_DECISION_DENY;
  row.reason = static_cast<int64_t>(reason);
  return row;
}

absl::StatusOr<ImportBatch::Person> ImportBatch::FindOrRegister(
    const domain::NationalIdentityNumber& number, int64_t before_key) {
  storage::Identifier identifier;
  identifier.hash = door::IdentifierHash(scope_.keys, number);
  if (before_key != 0) {
    NAVO_ASSIGN_OR_RETURN(const std::vector<std::string> hashes,
                          storage::ListIdentifierHashes(tx_, before_key));
    if (std::find(hashes.begin(), hashes.end(), identifier.hash) != hashes.end()) {
      return Person{before_key, false};
    }
  }
  NAVO_ASSIGN_OR_RETURN(const access::Resolved resolved,
                        access::Resolve(tx_, scope_.caller, identifier.hash));
  Person person;
  if (resolved.participant_key.has_value()) {
    person.key = *resolved.participant_key;
  } else {
    identifier.sealed = scope_.identity_seal.Seal(number.Reveal(), identifier.hash);
    identifier.kind = static_cast<int>(number.kind());
    identifier.key_id = scope_.keys.key_id;
    NAVO_ASSIGN_OR_RETURN(
        person.key, storage::CreateParticipant(tx_, resolved.realm, identifier, resolved.protection,
                                               scope_.caller.principal_key));
    person.is_new = true;
  }
  NAVO_RETURN_IF_ERROR(
      storage::GetOrCreateAlias(tx_, person.key, scope_.caller.controller_key, NewId()).status());
  return person;
}

// False when the unit's tie is blocked. A tie that the unit's staff made and have not confirmed yet
// is left to them: the file cannot know whom they meant.
absl::StatusOr<bool> ImportBatch::TieUnit(const Person& person, int64_t source_us,
                                          const v1::ContactFacts& registered,
                                          std::string_view name_key) {
  const int64_t unit_key = scope_.caller.unit_key;
  std::optional<storage::TieRow> before;
  if (!person.is_new) {
    NAVO_ASSIGN_OR_RETURN(before, storage::FindTie(tx_, person.key, unit_key));
  }
  if (before.has_value() && before->state == TieState::kBlocked) return false;
  if (before.has_value() && before->state == TieState::kActive) return true;
  if (before.has_value() && before->state == TieState::kEnded) {
    NAVO_ASSIGN_OR_RETURN(const int64_t ended_us, TieEndedAt(tx_, person.key, unit_key));
    if (source_us <= ended_us) return true;
  }
  storage::TieRow tie;
  tie.participant_key = person.key;
  tie.author = scope_.author();
  tie.reason = v1::TIE_REASON_SOURCE_SYSTEM;
  tie.confirmation = v1::IDENTITY_CONFIRMATION_FROM_SOURCE_SYSTEM;
  tie.since_us = tx_.now_us();
  tie.name_key = name_key;
  tie.interpreter_needed = registered.interpreter_needed();
  tie.version = before.has_value() ? before->version + 1 : 1;
  tie.registered = registered;
  NAVO_RETURN_IF_ERROR(storage::PutTie(tx_, tie, storage::JournalAct::kCreated));
  if (!person.is_new) {
    NAVO_RETURN_IF_ERROR(storage::AlignTies(tx_, person.key, scope_.caller.controller_key));
  }
  return true;
}

absl::StatusOr<std::optional<int64_t>> ImportBatch::Admit(
    const domain::NationalIdentityNumber& number, int64_t before_key, int64_t source_us,
    const v1::ContactFacts& registered, std::string_view name_key) {
  NAVO_ASSIGN_OR_RETURN(const Person person, FindOrRegister(number, before_key));
  NAVO_ASSIGN_OR_RETURN(const bool tied, TieUnit(person, source_us, registered, name_key));
  NAVO_RETURN_IF_ERROR(
      Log(person.key, tied ? access::Reason::kNone : access::Reason::kTieBlocked, person.is_new));
  if (!tied) return std::nullopt;
  return person.key;
}

absl::Status ImportBatch::Log(int64_t participant_key, access::Reason reason, bool is_new) {
  if (!logged_.insert(participant_key).second) return absl::OkStatus();
  std::optional<int64_t>& head = stream_heads_[storage::StreamOf(participant_key)];
  if (!head.has_value()) {
    NAVO_ASSIGN_OR_RETURN(head, storage::StreamHead(tx_, storage::StreamOf(participant_key)));
  }
  storage::AccessLogRow row = ImportLogRow(scope_, participant_key, reason);
  row.revision = *head;
  tx_.Log(row);
  if (scope_.trial != nullptr && !is_new) scope_.trial->Log(row);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<storage::SourceRecord>> ImportBatch::FindRecord(
    std::string_view source_id) {
  if (scope_.trial != nullptr) {
    if (std::optional<storage::SourceRecord> left = scope_.trial->Find(source_id)) return left;
  }
  return storage::FindSourceRecord(tx_, scope_.KeyOf(source_id));
}

absl::Status ImportBatch::PutRecord(std::string_view source_id,
                                    const storage::SourceRecord& record) {
  if (scope_.trial != nullptr) scope_.trial->Put(source_id, record);
  return storage::PutSourceRecord(tx_, scope_.KeyOf(source_id), record);
}

v1::Provenance ImportBatch::NewProvenance(std::string_view source_id) const {
  v1::Provenance provenance;
  provenance.set_role(v1::ROLE_INTEGRASJON);
  storage::SetInstant(tx_.now_us(), provenance.mutable_time());
  provenance.set_source_system(scope_.source_system);
  provenance.set_source_id(std::string(source_id));
  return provenance;
}

std::string ImportBatch::NewId() const { return *storage::UuidBytes(scope_.random.Uuid()); }

absl::StatusOr<ImportBatch::Offering> ImportBatch::OfferingOf(const std::string& source_id) {
  if (const auto known = offerings_.find(source_id); known != offerings_.end()) {
    return known->second;
  }
  const int64_t controller_key = scope_.caller.controller_key;
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<storage::OfferingRow> row,
      storage::FindOffering(tx_, controller_key, scope_.source_system, source_id));
  Offering offering;
  if (row.has_value()) {
    offering.key = row->offering_key;
    offering.step_type = StepTypeOfMeasure(row->body.measure_code());
  } else {
    NAVO_ASSIGN_OR_RETURN(offering.key, storage::GetOrCreateOffering(
                                            tx_, controller_key, scope_.source_system, source_id));
    offering.step_type = StepTypeOfMeasure("");
  }
  offerings_.emplace(source_id, offering);
  return offering;
}

v1::StepType StepTypeOfMeasure(std::string_view measure_code) {
  if (measure_code == "NORSKOPPLAERING_GRUNNLEGGENDE_FERDIGHETER_FOV") {
    return v1::STEP_TYPE_NORSKOPPLAERING;
  }
  if (measure_code == "FAG_OG_YRKESOPPLAERING" || measure_code == "STUDIESPESIALISERING" ||
      measure_code == "GRUPPE_FAG_OG_YRKESOPPLAERING" ||
      measure_code == "ENKELTPLASS_FAG_OG_YRKESOPPLAERING") {
    return v1::STEP_TYPE_VIDEREGAAENDE;
  }
  if (measure_code == "ARBEIDSTRENING") return v1::STEP_TYPE_ARBEIDSTRENING;
  if (measure_code == "JOBBKLUBB") return v1::STEP_TYPE_JOBBSOEKING;
  return v1::STEP_TYPE_ARBEIDSMARKEDSTILTAK;
}

}  // namespace navo::services
