#include "storage/section_move.h"

#include <optional>
#include <utility>
#include <vector>

#include "storage/earlier_version.h"
#include "storage/journal.h"
#include "storage/office_lock.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr Sql kList(
    "SELECT section_key, id, version, unit_key, principal_key, office_lock, body FROM section"
    " WHERE participant_key = $1 AND controller_key = $2 AND (unit_key = $3 OR $3 = 0)"
    " ORDER BY section_key");
// Of the same kind and owner, of another person.
constexpr Sql kSameOf(
    "SELECT s.section_key, s.id, s.version, s.unit_key, s.principal_key, s.office_lock, s.body"
    " FROM section own JOIN section s ON s.participant_key = $2 AND s.kind = own.kind"
    " AND s.controller_key = own.controller_key AND s.own_unit_key = own.own_unit_key"
    " WHERE own.section_key = $1 ORDER BY s.section_key");
// Of the same kind and person, the controller's.
constexpr Sql kUnlocked(
    "SELECT s.section_key, s.id, s.version, s.unit_key, s.principal_key, s.office_lock, s.body"
    " FROM section own JOIN section s ON s.participant_key = own.participant_key"
    " AND s.kind = own.kind AND s.controller_key = own.controller_key AND s.own_unit_key = 0"
    " WHERE own.section_key = $1 AND s.section_key <> $1 ORDER BY s.section_key");
constexpr Sql kTake("UPDATE section SET participant_key = $2 WHERE section_key = $1");
constexpr Sql kCopy(
    "INSERT INTO section (id, participant_key, kind, controller_key, own_unit_key, unit_key,"
    " principal_key, version, retention_class, key_id, body, office_lock)"
    " SELECT $3, $2, kind, controller_key, own_unit_key, unit_key, principal_key, version,"
    " retention_class, key_id, body, office_lock FROM section WHERE section_key = $1"
    " RETURNING section_key");
constexpr Sql kSetVersion("UPDATE section SET version = $2 WHERE section_key = $1");
constexpr Sql kBringBack(
    "UPDATE section SET unit_key = $2, principal_key = $3, version = $4, body = $5,"
    " own_unit_key = 0, office_lock = 0 WHERE section_key = $1");
constexpr Sql kEndConfirmations("DELETE FROM section_confirmation WHERE section_key = $1");
constexpr Sql kDelete("DELETE FROM section WHERE section_key = $1");

struct Move {
  int64_t from_key;
  int64_t to_key;
  Author unit;
  absl::FunctionRef<std::string()> new_id;
};

struct Section {
  int64_t key = 0;
  std::string id;  // as text
  int64_t version = 0;
  Author author;
  bool locked = false;
  std::string body;
};

absl::StatusOr<std::vector<Section>> List(ReadTx& tx, Sql sql, int64_t controller_key,
                                          Values values) {
  std::vector<Section> sections;
  NAVO_RETURN_IF_ERROR(tx.Each(sql, values, [&](const Row& row) {
    sections.push_back({row.Int64(0),
                        UuidText(row.Bytes(1)),
                        row.Int64(2),
                        {controller_key, row.Int64(3), row.Int64(4)},
                        row.Int64(5) != 0,
                        std::string(row.Bytes(6))});
  }));
  return sections;
}

absl::StatusOr<std::optional<Section>> First(ReadTx& tx, Sql sql, int64_t controller_key,
                                             Values values) {
  NAVO_ASSIGN_OR_RETURN(std::vector<Section> sections, List(tx, sql, controller_key, values));
  if (sections.empty()) return std::nullopt;
  return std::move(sections.front());
}

// `section` says which record it is; who wrote what of it, the version.
void Journal(WriteTx& tx, int64_t participant_key, const Section& section, JournalAct act,
             const EarlierVersion& version) {
  JournalEntry entry;
  entry.participant_key = participant_key;
  entry.subject = JournalSubject::kSection;
  entry.act = act;
  entry.record_key = section.key;
  entry.record_id = section.id;
  entry.author = version.author;
  entry.version = version.version;
  entry.retention_class = 1;
  entry.body = version.body;
  tx.Journal(std::move(entry));
}

// What came is past; what stands is the next version again.
absl::Status AddPast(WriteTx& tx, int64_t participant_key, Section standing,
                     std::vector<EarlierVersion> past) {
  for (EarlierVersion& version : past) {
    version.version = ++standing.version;
    Journal(tx, participant_key, standing, JournalAct::kMoved, version);
  }
  ++standing.version;
  Journal(tx, participant_key, standing, JournalAct::kCorrected,
          {standing.author, standing.version, standing.body});
  return tx.Run(kSetVersion, {standing.key, standing.version});
}

// The section itself goes, or stays because others wrote in it before: then the unit's words become
// a section of their own. Each version as it was.
absl::Status TakeAlong(WriteTx& tx, const Move& move, const Section& section, bool stays,
                       const std::vector<EarlierVersion>& versions) {
  Section there = section;
  if (stays) {
    const std::string id = move.new_id();
    there.id = UuidText(id);
    NAVO_ASSIGN_OR_RETURN(there.key, tx.Insert(kCopy, {section.key, move.to_key, Blob(id)}));
  } else {
    NAVO_RETURN_IF_ERROR(tx.Run(kTake, {section.key, move.to_key}));
  }
  for (const EarlierVersion& version : versions) {
    Journal(tx, move.to_key, there, JournalAct::kMoved, version);
  }
  return absl::OkStatus();
}

// Under a lock another unit may have recorded the controller's section anew: then that one stands.
absl::Status BringBack(WriteTx& tx, const Move& move, Section section,
                       const EarlierVersion& earlier) {
  if (section.locked) {
    NAVO_ASSIGN_OR_RETURN(std::optional<Section> standing,
                          First(tx, kUnlocked, move.unit.controller_key, {section.key}));
    if (standing.has_value()) {
      NAVO_RETURN_IF_ERROR(AddPast(tx, move.from_key, *std::move(standing), {earlier}));
      return tx.Run(kDelete, {section.key});
    }
  }
  section.version += 2;  // that it left was a version too
  Journal(tx, move.from_key, section, JournalAct::kCorrected,
          {earlier.author, section.version, earlier.body});
  return tx.Run(kBringBack, {section.key, earlier.author.unit_key, earlier.author.principal_key,
                             section.version, Blob(earlier.body)});
}

absl::Status MoveOne(WriteTx& tx, const Move& move, const Section& section) {
  const int64_t controller_key = move.unit.controller_key;
  NAVO_ASSIGN_OR_RETURN(std::vector<EarlierVersion> versions,
                        ListVersionsOf(tx, move.from_key, JournalSubject::kSection, section.key,
                                       section.id, move.unit));
  NAVO_ASSIGN_OR_RETURN(const std::optional<EarlierVersion> earlier,
                        FindEarlierVersion(tx, move.from_key, JournalSubject::kSection, section.key,
                                           section.id, move.unit));
  NAVO_ASSIGN_OR_RETURN(std::optional<Section> standing,
                        First(tx, kSameOf, controller_key, {section.key, move.to_key}));
  const bool taken = !standing.has_value() && !earlier.has_value();
  // Of another person's section nobody has said that it is right; of a second record of the same
  // person they have.
  if (!taken || move.unit.unit_key != 0) {
    NAVO_RETURN_IF_ERROR(tx.Run(kEndConfirmations, {section.key}));
  }
  NAVO_RETURN_IF_ERROR(standing.has_value()
                           ? AddPast(tx, move.to_key, *std::move(standing), std::move(versions))
                           : TakeAlong(tx, move, section, earlier.has_value(), versions));
  Journal(tx, move.from_key, section, JournalAct::kDeleted, {move.unit, section.version + 1, {}});
  if (section.locked && !taken) {
    JournalOfficeLock(tx, move.from_key, v1::LOCKABLE_RECORD_SECTION, section.key, section.id,
                      false, move.unit);
  }
  if (earlier.has_value()) return BringBack(tx, move, section, *earlier);
  return taken ? absl::OkStatus() : tx.Run(kDelete, {section.key});
}

}  // namespace

absl::StatusOr<int> MoveSections(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit,
                                 absl::FunctionRef<std::string()> new_id) {
  NAVO_ASSIGN_OR_RETURN(
      const std::vector<Section> sections,
      List(tx, kList, unit.controller_key, {from_key, unit.controller_key, unit.unit_key}));
  for (const Section& section : sections) {
    NAVO_RETURN_IF_ERROR(MoveOne(tx, {from_key, to_key, unit, new_id}, section));
  }
  return static_cast<int>(sections.size());
}

}  // namespace navo::storage
