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
    "SELECT section_key, id, version, unit_key, principal_key, office_lock, body, kind,"
    " own_unit_key FROM section WHERE participant_key = $1 AND controller_key = $2"
    " ORDER BY section_key");
constexpr Sql kFind(
    "SELECT section_key, id, version, unit_key, principal_key, office_lock, body, kind,"
    " own_unit_key FROM section WHERE participant_key = $1 AND controller_key = $2"
    " AND kind = $3 AND own_unit_key = $4 ORDER BY section_key");
constexpr Sql kTake("UPDATE section SET participant_key = $2 WHERE section_key = $1");
constexpr Sql kAdd(
    "INSERT INTO section (id, participant_key, kind, controller_key, own_unit_key, unit_key,"
    " principal_key, version, retention_class, key_id, body, office_lock)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 0, $9, $10) RETURNING section_key");
constexpr Sql kSetVersion("UPDATE section SET version = $2 WHERE section_key = $1");
constexpr Sql kLock("UPDATE section SET office_lock = 1 WHERE section_key = $1");
constexpr Sql kBringBack(
    "UPDATE section SET unit_key = $2, principal_key = $3, version = $4, body = $5,"
    " own_unit_key = $6, office_lock = $7 WHERE section_key = $1");
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
  int64_t kind = 0;
  int64_t own_unit_key = 0;
};

// A section of a person and what a unit (or a side) has written of it, oldest first.
struct Written {
  Section section;
  std::vector<EarlierVersion> versions;
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
                        std::string(row.Bytes(6)),
                        row.Int64(7),
                        row.Int64(8)});
  }));
  return sections;
}

absl::StatusOr<std::optional<Section>> Find(ReadTx& tx, int64_t participant_key,
                                            const Section& like, int64_t own_unit_key) {
  const int64_t controller_key = like.author.controller_key;
  NAVO_ASSIGN_OR_RETURN(
      std::vector<Section> sections,
      List(tx, kFind, controller_key, {participant_key, controller_key, like.kind, own_unit_key}));
  if (sections.empty()) return std::nullopt;
  return std::move(sections.front());
}

// Also those that another unit has written over.
absl::StatusOr<std::vector<Written>> ListWritten(ReadTx& tx, int64_t participant_key,
                                                 const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(
      std::vector<Section> sections,
      List(tx, kList, unit.controller_key, {participant_key, unit.controller_key}));
  std::vector<Written> written;
  for (Section& section : sections) {
    NAVO_ASSIGN_OR_RETURN(std::vector<EarlierVersion> versions,
                          ListVersionsOf(tx, participant_key, JournalSubject::kSection, section.key,
                                         section.id, unit));
    if (!versions.empty()) written.push_back({std::move(section), std::move(versions)});
  }
  return written;
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

// What was under a lock stays under one.
absl::Status KeepLocked(WriteTx& tx, int64_t participant_key, const Section& section) {
  NAVO_RETURN_IF_ERROR(tx.Run(kLock, {section.key}));
  JournalOfficeLock(tx, participant_key, v1::LOCKABLE_RECORD_SECTION, section.key, section.id, true,
                    section.author);
  return absl::OkStatus();
}

// Each version as it was, of the section that arrives.
void JournalArrival(WriteTx& tx, const Move& move, const Section& there,
                    const std::vector<EarlierVersion>& versions) {
  for (const EarlierVersion& version : versions) {
    Journal(tx, move.to_key, there, JournalAct::kMoved, version);
  }
}

// The unit's words become a section of their own.
absl::Status AddOwn(WriteTx& tx, const Move& move, const Section& section, int64_t own_unit_key,
                    bool locked, const std::vector<EarlierVersion>& versions) {
  const std::string id = move.new_id();
  const EarlierVersion& last = versions.back();
  Section there;
  there.id = UuidText(id);
  NAVO_ASSIGN_OR_RETURN(
      there.key, tx.Insert(kAdd, {Blob(id), move.to_key, section.kind, last.author.controller_key,
                                  own_unit_key, last.author.unit_key, last.author.principal_key,
                                  last.version, Blob(last.body), int64_t{locked ? 1 : 0}}));
  JournalArrival(tx, move, there, versions);
  return absl::OkStatus();
}

// `remaining`, oldest first, is what others wrote. Under the lock of the unit that leaves
// (`unlock`) another one may have recorded the controller's section anew: then that one stands.
absl::Status BringBack(WriteTx& tx, const Move& move, Section section, bool unlock,
                       std::vector<EarlierVersion> remaining) {
  if (unlock) {
    NAVO_ASSIGN_OR_RETURN(std::optional<Section> standing, Find(tx, move.from_key, section, 0));
    if (standing.has_value()) {
      NAVO_RETURN_IF_ERROR(AddPast(tx, move.from_key, *std::move(standing), std::move(remaining)));
      return tx.Run(kDelete, {section.key});
    }
    section.own_unit_key = 0;
    section.locked = false;
  }
  EarlierVersion& back = remaining.back();
  back.version = section.version + 2;  // that it left was a version too
  Journal(tx, move.from_key, section, JournalAct::kCorrected, back);
  return tx.Run(kBringBack,
                {section.key, back.author.unit_key, back.author.principal_key, back.version,
                 Blob(back.body), section.own_unit_key, int64_t{section.locked ? 1 : 0}});
}

absl::Status MoveOne(WriteTx& tx, const Move& move, Written written) {
  const Section& section = written.section;
  const bool side = move.unit.unit_key == 0;
  const bool last_wrote = side || section.author.unit_key == move.unit.unit_key;
  // What another unit has put under its lock since was not when this one wrote.
  const int64_t own_unit_key = last_wrote ? section.own_unit_key : 0;
  const bool locked = last_wrote && section.locked;
  NAVO_ASSIGN_OR_RETURN(std::vector<EarlierVersion> remaining,
                        ListRemainingVersions(tx, move.from_key, JournalSubject::kSection,
                                              section.key, section.id, move.unit));
  // What stands is another unit's and does not go, also where that unit has left the person since.
  if (!last_wrote && remaining.empty()) {
    remaining.push_back({section.author, section.version, section.body});
  }
  NAVO_ASSIGN_OR_RETURN(std::optional<Section> standing,
                        Find(tx, move.to_key, section, own_unit_key));
  // Of another person's section nobody has said that it is right; of a second record of the same
  // person they have.
  if (last_wrote && (!side || standing.has_value())) {
    NAVO_RETURN_IF_ERROR(tx.Run(kEndConfirmations, {section.key}));
  }
  const bool goes = remaining.empty() && !standing.has_value();
  if (goes) {
    NAVO_RETURN_IF_ERROR(tx.Run(kTake, {section.key, move.to_key}));
    JournalArrival(tx, move, section, written.versions);
  } else if (standing.has_value()) {
    if (locked && !standing->locked) {
      NAVO_RETURN_IF_ERROR(KeepLocked(tx, move.to_key, *standing));
    }
    NAVO_RETURN_IF_ERROR(
        AddPast(tx, move.to_key, *std::move(standing), std::move(written.versions)));
  } else {
    NAVO_RETURN_IF_ERROR(AddOwn(tx, move, section, own_unit_key, locked, written.versions));
  }
  Journal(tx, move.from_key, section, JournalAct::kDeleted, {move.unit, section.version + 1, {}});
  // Here the lock ends with what it was for: lifting it there tells nothing of what was under it.
  if (locked) {
    JournalOfficeLock(tx, move.from_key, v1::LOCKABLE_RECORD_SECTION, section.key, section.id,
                      false, move.unit);
  }
  if (goes) return absl::OkStatus();
  if (remaining.empty()) return tx.Run(kDelete, {section.key});
  return BringBack(tx, move, section, locked, std::move(remaining));
}

}  // namespace

absl::StatusOr<int> MoveSections(WriteTx& tx, int64_t from_key, int64_t to_key, const Author& unit,
                                 absl::FunctionRef<std::string()> new_id) {
  NAVO_ASSIGN_OR_RETURN(std::vector<Written> written, ListWritten(tx, from_key, unit));
  for (Written& one : written) {
    NAVO_RETURN_IF_ERROR(MoveOne(tx, {from_key, to_key, unit, new_id}, std::move(one)));
  }
  return static_cast<int>(written.size());
}

absl::StatusOr<bool> HasWrittenSections(ReadTx& tx, int64_t participant_key, const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(const std::vector<Written> written, ListWritten(tx, participant_key, unit));
  return !written.empty();
}

}  // namespace navo::storage
