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

// Kartlegging: one section for each participant, kind and controller, or unit where the kind stays
// with the unit, and who confirmed it since.
// All functions: errors of the engine only, unless said otherwise. Any thread, within the Tx.
namespace navo::storage {

// The category that decides who may see a kind.
constexpr v1::Category CategoryOf(v1::SectionKind kind) {
  switch (kind) {
    case v1::SECTION_KIND_EDUCATION:
    case v1::SECTION_KIND_WORK_EXPERIENCE:
    case v1::SECTION_KIND_UFORMELL_KOMPETANSE:
      return v1::CATEGORY_COMPETENCE;
    case v1::SECTION_KIND_LANGUAGES:
      return v1::CATEGORY_LANGUAGE;
    case v1::SECTION_KIND_GOALS_INTERESTS:
      return v1::CATEGORY_GOALS;
    case v1::SECTION_KIND_DIGITALE_FERDIGHETER:
      return v1::CATEGORY_DIGITAL_SKILLS;
    case v1::SECTION_KIND_GRUNNLEGGENDE_FERDIGHETER:
      return v1::CATEGORY_BASIC_SKILLS;
    case v1::SECTION_KIND_NEEDS_BARRIERS:
      return v1::CATEGORY_NEEDS_BARRIERS;
    case v1::SECTION_KIND_BENEFIT_TYPE_PERIOD:
      return v1::CATEGORY_BENEFIT_TYPE_PERIOD;
    case v1::SECTION_KIND_HEALTH_WORK_ABILITY:
    default:
      return v1::CATEGORY_HEALTH;  // of an unknown kind the strictest
  }
}

// Whether each unit of a controller has its own section of the kind, which no other unit may know
// of. It has to say the same as access::kOwnUnitOnly does of the category; a test compares them.
constexpr bool StaysWithUnit(v1::SectionKind kind) {
  switch (CategoryOf(kind)) {
    case v1::CATEGORY_NEEDS_BARRIERS:
    case v1::CATEGORY_BENEFIT_TYPE_PERIOD:
    case v1::CATEGORY_HEALTH:
      return true;
    default:
      return false;
  }
}

struct SectionRow {
  int64_t section_key = 0;
  std::string id;  // 16 bytes
  int64_t participant_key = 0;
  v1::SectionKind kind = v1::SECTION_KIND_UNSPECIFIED;
  int64_t version = 1;
  Author author;
  v1::Section body;     // content, and role, time and source of its provenance
  bool locked = false;  // office lock
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

// Adds a controller's or unit's first section of a kind (section_key is set) and journals it.
// ALREADY_EXISTS (kUniqueViolation) when it has one.
absl::Status AddSection(WriteTx& tx, SectionRow& section);
// Writes author and body as the section's next version and journals it. What was confirmed was the
// version before, so its confirmations are no longer current; the journal keeps them.
absl::Status ReplaceSection(WriteTx& tx, SectionRow& section);

// States for the confirming controller (or unit, where the kind stays with the unit) that a section
// is still right, now; its statement before is replaced. `provenance` has the role.
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
