#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_BATCH_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_BATCH_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "navo/v1/plan.pb.h"
#include "services/access/policy.h"
#include "services/domain/identifier.h"
#include "services/exchange/row_problem.h"
#include "storage/clock.h"
#include "storage/crypto.h"
#include "storage/guarded.h"
#include "storage/keys.h"
#include "storage/source_record.h"
#include "storage/tx.h"

// What rows of a file have in common while they are written: in whose name, and who the persons
// are.
namespace navo::services {

// What a dry run would have left so far. Each batch is undone, so that rows of later ones about the
// same records would not see it; this takes 24 bytes a
// record, for at most a million of them.
class ImportTrial {
 public:
  // Before each run of a batch's closure.
  void BeginBatch() {
    batch_.clear();
    log_.clear();
  }
  // What the batch has put itself stands in its transaction: nullopt then too.
  std::optional<storage::SourceRecord> Find(std::string_view source_id) const;
  void Put(std::string_view source_id, const storage::SourceRecord& record);
  // The batch is done.
  void EndBatch();

  // What the access log keeps of the batch although it is undone: that known persons were looked
  // up.
  void Log(const storage::AccessLogRow& row) { log_.push_back(row); }
  const std::vector<storage::AccessLogRow>& log() const { return log_; }

 private:
  // Keys are of rows that are undone, and a prefix tells hashes apart.
  struct Left {
    int64_t source_us = 0;
    std::array<char, 7> hash_prefix{};
    uint8_t hash_prefix_bytes = 0;
  };
  absl::flat_hash_map<uint64_t, Left> left_;
  absl::flat_hash_map<uint64_t, Left> batch_;
  std::vector<storage::AccessLogRow> log_;
};

// One import run: who takes in what from where. Outlives its batches; never changes.
struct ImportScope {
  access::Caller caller;
  storage::ActId act{};
  const access::Rule& rule;
  v1::ImportFormat format = v1::IMPORT_FORMAT_UNSPECIFIED;
  std::string source_system;
  const storage::Keys& keys;
  storage::Random& random;
  storage::Sealer identity_seal;
  ImportTrial* trial = nullptr;  // set in a dry run: what its rows would have left; outlives it

  storage::Author author() const {
    return {caller.controller_key, caller.unit_key, caller.principal_key};
  }
  storage::SourceKey KeyOf(std::string_view source_id) const { return KeyOf(format, source_id); }
  // Also of records that another format brought. Ids of pupils, courses and weeks are the unit's
  // own; a participation has one for the whole country, and of a test the attempt itself is it.
  storage::SourceKey KeyOf(v1::ImportFormat kind, std::string_view source_id) const {
    const bool of_unit = kind == v1::IMPORT_FORMAT_VO_ELEVER || kind == v1::IMPORT_FORMAT_VO_KURS ||
                         kind == v1::IMPORT_FORMAT_VO_FRAVAER;
    return {caller.controller_key, source_system, kind, of_unit ? caller.unit_key : 0, source_id};
  }
};

// Steps that came before their offering, or before it became another measure, and take its type.
struct StepsToAlign {
  int64_t offering_key = 0;  // 0: none are left
  v1::StepType type = v1::STEP_TYPE_UNSPECIFIED;
  int64_t after_step_key = 0;
};

// What became of a row. A reason is there when the reader of the report must see the row.
struct RowFate {
  v1::RowOutcome outcome = v1::ROW_OUTCOME_UNSPECIFIED;
  RowProblem remark;
  StepsToAlign to_align;
};
inline RowFate TakenIn(v1::RowOutcome outcome) { return {outcome, {}, {}}; }

// A row's log line in the access log: `participant_key` 0 when nobody in particular was refused.
storage::AccessLogRow ImportLogRow(const ImportScope& scope, int64_t participant_key,
                                   access::Reason reason);

// The rows of one transaction. Lives as long as the closure; one thread.
class ImportBatch {
 public:
  ImportBatch(storage::WriteTx& tx, const ImportScope& scope) : tx_(tx), scope_(scope) {}
  ImportBatch(const ImportBatch&) = delete;
  ImportBatch& operator=(const ImportBatch&) = delete;

  storage::WriteTx& tx() { return tx_; }
  const ImportScope& scope() const { return scope_; }

  // The person's participant, registered if need be, tied to the importing unit, and noted in the
  // access log. nullopt when the unit has said that the person behind this number is not theirs:
  // the row is refused, with a reason that tells nothing.
  //
  // `before_key` is the participant an earlier state of the record went to, 0 for none: it stays
  // with them as long as they have the number, whatever protection they got since. An ended tie
  // opens again only for something that came after it ended (`source_us`). `registered` is what the
  // row says of the person.
  absl::StatusOr<std::optional<int64_t>> Admit(const domain::NationalIdentityNumber& number,
                                               int64_t before_key, int64_t source_us,
                                               const v1::ContactFacts& registered,
                                               std::string_view name_key);

  // One line for each participant touched. `is_new`: not known before this batch.
  absl::Status Log(int64_t participant_key, access::Reason reason = access::Reason::kNone,
                   bool is_new = false);

  // The state in which a record came in last, and writing it. In a dry run `content_hash` may be
  // the beginning of one.
  absl::StatusOr<std::optional<storage::SourceRecord>> FindRecord(std::string_view source_id);
  absl::Status PutRecord(std::string_view source_id, const storage::SourceRecord& record);

  // Role, time and source of a record written now.
  v1::Provenance NewProvenance(std::string_view source_id) const;
  // 16 random bytes of a UUID.
  std::string NewId() const;

  struct Offering {
    int64_t key = 0;
    v1::StepType step_type = v1::STEP_TYPE_UNSPECIFIED;
  };
  // Made as not yet known when there is none. Not valid after an offering was written.
  absl::StatusOr<Offering> OfferingOf(const std::string& source_id);

 private:
  struct Person {
    int64_t key = 0;
    bool is_new = false;
  };
  absl::StatusOr<Person> FindOrRegister(const domain::NationalIdentityNumber& number,
                                        int64_t before_key);
  absl::StatusOr<bool> TieUnit(const Person& person, int64_t source_us,
                               const v1::ContactFacts& registered, std::string_view name_key);

  storage::WriteTx& tx_;
  const ImportScope& scope_;
  absl::flat_hash_set<int64_t> logged_;
  absl::flat_hash_map<std::string, Offering> offerings_;
  std::array<std::optional<int64_t>, storage::kStreams> stream_heads_;
};

// The step type of a NAV measure by its code (tiltakskode); ARBEIDSMARKEDSTILTAK for most.
v1::StepType StepTypeOfMeasure(std::string_view measure_code);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_BATCH_H_
