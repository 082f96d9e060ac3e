#ifndef NAVO_STORAGE_SOURCE_RECORD_H_
#define NAVO_STORAGE_SOURCE_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/exchange.pb.h"
#include "navo/v1/participant.pb.h"
#include "storage/guarded.h"
#include "storage/move.h"
#include "storage/tx.h"

// What is known of a record of another system that was taken in: how old it is there and where it
// went. And the changes that only an import makes, because the caller of an import sees nothing.
// All functions: errors of the engine only. Any thread, within the Tx.
namespace navo::storage {

// A record of another system. The texts must live until the call returns.
struct SourceKey {
  int64_t controller_key = 0;
  std::string_view source_system;
  v1::ImportFormat kind = v1::IMPORT_FORMAT_UNSPECIFIED;
  int64_t unit_key = 0;  // whose ids these are; 0: the whole controller's
  std::string_view source_id;
};

struct SourceRecord {
  int64_t source_us = 0;     // when it changed there; 0 in formats that do not say
  std::string content_hash;  // of what was taken in; the importer says what of
  int64_t participant_key = 0;
  int64_t record_key = 0;  // what it became here, for example a step
};

absl::StatusOr<std::optional<SourceRecord>> FindSourceRecord(ReadTx& tx, const SourceKey& key);
// Adds or replaces it.
absl::Status PutSourceRecord(WriteTx& tx, const SourceKey& key, const SourceRecord& record);

// The step came to nothing at its source: it becomes AVBRUTT for `reason`, journaled. Returns the
// participant whose step it is; 0 when the step is gone. `provenance`: role, time and source.
absl::StatusOr<int64_t> BreakOffImportedStep(WriteTx& tx, int64_t step_key, const Author& actor,
                                             std::string_view reason,
                                             const v1::Provenance& provenance);

// Name and contact facts as another system has them.
struct ImportedContact {
  std::string given_name;
  std::string family_name;
  std::string mother_tongue;               // empty: not stated
  std::optional<bool> interpreter_needed;  // nullopt: not stated
  v1::Provenance provenance;               // role, time and source
};

// What of the facts that are there an import may change.
enum class ContactPut {
  kNone,     // the source says nothing new: what somebody has taken out stays out
  kOwn,      // all of them when they came from the same source system, else what is empty
  kReplace,  // all of them
};

// Writes the author's controller's facts if it has none, else as `put` says. What the source does
// not state stays as it is; facts of which only what was empty is filled in keep their provenance.
// Journaled when it changed anything. The controller's ties get their list columns either way.
absl::Status PutImportedContact(WriteTx& tx, int64_t participant_key, const Author& author,
                                const ImportedContact& contact, ContactPut put, NameKeyFn name_key);

// The record turned out to be somebody else's: takes away the contact facts that the author's unit
// had from it (source system and id of `provenance`) and what the unit's tie was registered with.
// Nothing to do when somebody has written the facts since.
absl::Status ForgetImportedContact(WriteTx& tx, int64_t participant_key, const Author& author,
                                   const v1::Provenance& provenance, NameKeyFn name_key);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SOURCE_RECORD_H_
