#ifndef NAVO_STORAGE_SECTION_H_
#define NAVO_STORAGE_SECTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/kartlegging.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Kartlegging: one section for each participant, kind and controller, and who confirmed it since.
// All functions: errors of the engine only, unless said otherwise. Any thread, within the Tx.
namespace navo::storage {

// The category that decides who may see a kind.
constexpr v1::Category CategoryOf(v1::SectionKind kind) {
  switch (kind) {
    case v1::SECTION_KIND_EDUCATION:
      return v1::CATEGORY_COMPETENCE;
    case v1::SECTION_KIND_LANGUAGES:
      return v1::CATEGORY_LANGUAGE;
    case v1::SECTION_KIND_GOALS_INTERESTS:
      return v1::CATEGORY_GOALS;
    default:
      return v1::CATEGORY_UNSPECIFIED;  // nobody but the participant sees it
  }
}

struct SectionRow {
  int64_t section_key = 0;
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  v1::SectionKind kind = v1::SECTION_KIND_UNSPECIFIED;
  int64_t version = 1;
  Author author;
  v1::Section body;  // content, and role, time and source of its provenance
};

struct Confirmation {
  v1::Role role = v1::ROLE_UNSPECIFIED;
  int64_t time_us = 0;
};

// A section and who stated that it is still right since it was last recorded, newest first.
struct ConfirmedSection {
  Guarded<SectionRow> section;
  std::vector<Guarded<Confirmation>> confirmations;
};

// When a section of one kind was recorded and confirmed: what a new mapping of that kind is
// compared with. It is for all sections, also those the caller may not know of, so look at the
// label before anything of it is told.
struct SectionTimes {
  struct Confirmed {
    Label label;
    int64_t time_us = 0;
  };
  int64_t section_key = 0;
  int64_t version = 0;
  Label label;
  int64_t recorded_us = 0;
  std::vector<Confirmed> confirmed;
  Guarded<std::string> id;  // 16 bytes
};

// Every section of a participant, by kind, then in the order in which they came.
absl::StatusOr<std::vector<ConfirmedSection>> ListSections(ReadTx& tx, int64_t participant_key);
absl::StatusOr<std::vector<SectionTimes>> ListSectionTimes(ReadTx& tx, int64_t participant_key,
                                                           v1::SectionKind kind);
absl::StatusOr<std::optional<Guarded<SectionRow>>> FindSection(ReadTx& tx, int64_t participant_key,
                                                               std::string_view id_bytes);
// Every version of a section, newest first, but those that a unit took along to the right person.
absl::StatusOr<std::vector<Guarded<SectionRow>>> ListSectionVersions(ReadTx& tx,
                                                                     const SectionRow& section);

// Adds a controller's first section of a kind (section_key is set) and journals it. ALREADY_EXISTS
// (kUniqueViolation) when it has one.
absl::Status AddSection(WriteTx& tx, SectionRow& section);
// Writes author and body as the section's next version and journals it. What was confirmed was the
// version before, so its confirmations are no longer current; the journal keeps them.
absl::Status ReplaceSection(WriteTx& tx, SectionRow& section);

// States for the confirming controller that a section is still right, now; its statement before is
// replaced. `provenance` has the role.
absl::Status ConfirmSection(WriteTx& tx, const SectionRow& section, const Author& author,
                            const v1::Provenance& provenance);

// Ends every statement of the unit about the participant's sections, whoever's they are. Journaled.
absl::Status EndConfirmations(WriteTx& tx, int64_t participant_key, const Author& unit);

// What became of a second mapping of what was fresh elsewhere. Stored: never renumber.
enum class DuplicateOutcome : int {
  kNone = 0,       // it was none: not counted
  kAvoided = 1,    // refused; whoever then gives a reason is counted as kChosen too
  kChosen = 2,     // mapped again for a reason
  kUnknowing = 3,  // mapped again because no ground let the caller know
};
struct Duplicate {
  int64_t participant_key = 0;
  v1::SectionKind kind = v1::SECTION_KIND_UNSPECIFIED;
  int64_t unit_key = 0;
  DuplicateOutcome outcome = DuplicateOutcome::kNone;
  v1::DuplicateReason reason = v1::DUPLICATE_REASON_UNSPECIFIED;
};
// Counts it. The same single statement for every outcome, kNone too: the time it takes tells
// nothing.
absl::Status CountDuplicate(WriteTx& tx, const Duplicate& duplicate);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SECTION_H_
