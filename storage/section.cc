#include "storage/section.h"

#include <map>
#include <utility>

#include "storage/earlier_version.h"
#include "storage/instant.h"
#include "storage/journal.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;

constexpr Sql kList(
    "SELECT section_key, id, participant_key, kind, controller_key, unit_key, principal_key,"
    " version, body, office_lock FROM section WHERE participant_key = $1 ORDER BY kind, "
    "section_key");
constexpr Sql kFind(
    "SELECT section_key, id, participant_key, kind, controller_key, unit_key, principal_key,"
    " version, body, office_lock FROM section WHERE id = $1 AND participant_key = $2");
constexpr Sql kListConfirmations(
    "SELECT c.section_key, s.kind, c.controller_key, c.unit_key, c.principal_key, c.role, c.time_us"
    " FROM section s JOIN section_confirmation c ON c.section_key = s.section_key"
    " WHERE s.participant_key = $1"
    " ORDER BY c.section_key, c.time_us DESC, c.controller_key, c.unit_key");
constexpr Sql kListTimes(
    "SELECT s.section_key, s.id, s.controller_key, s.unit_key, s.principal_key, s.version, s.body,"
    "       c.controller_key, c.unit_key, c.principal_key, c.time_us, s.office_lock"
    " FROM section s LEFT JOIN section_confirmation c ON c.section_key = s.section_key"
    " WHERE s.participant_key = $1 AND s.kind = $2"
    " ORDER BY s.section_key, c.controller_key, c.unit_key");
constexpr Sql kAdd(
    "INSERT INTO section (id, participant_key, kind, controller_key, own_unit_key, unit_key,"
    " principal_key, version, retention_class, key_id, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10) RETURNING section_key");
constexpr Sql kReplace(
    "UPDATE section SET unit_key = $2, principal_key = $3, version = $4, body = $5"
    " WHERE section_key = $1");
constexpr Sql kEndConfirmations("DELETE FROM section_confirmation WHERE section_key = $1");
constexpr Sql kListConfirmedBy(
    "SELECT s.section_key, s.id, s.participant_key, s.kind, s.controller_key, s.unit_key,"
    " s.principal_key, s.version, s.body, s.office_lock FROM section s"
    " JOIN section_confirmation c ON c.section_key = s.section_key"
    " WHERE s.participant_key = $1 AND c.unit_key = $2 ORDER BY s.section_key");
constexpr Sql kEndConfirmationsBy(
    "DELETE FROM section_confirmation WHERE unit_key = $2 AND section_key IN"
    " (SELECT section_key FROM section WHERE participant_key = $1)");
constexpr Sql kConfirm(
    "INSERT INTO section_confirmation (section_key, controller_key, own_unit_key, unit_key,"
    " principal_key, role, time_us) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (section_key, controller_key, own_unit_key)"
    " DO UPDATE SET unit_key = $4, principal_key = $5, role = $6, time_us = $7");
constexpr Sql kCountDuplicate(
    "INSERT INTO section_duplicate (participant_key, kind, unit_key, outcome, reason, time_us)"
    " SELECT CAST($1 AS BIGINT), CAST($2 AS SMALLINT), CAST($3 AS BIGINT), CAST($4 AS SMALLINT),"
    " CAST($5 AS SMALLINT), CAST($6 AS BIGINT) WHERE CAST($4 AS SMALLINT) > 0");

// The unit that alone has what `author` writes of the kind; 0 when it is the controller's.
int64_t OwnUnitKey(v1::SectionKind kind, const Author& author) {
  return StaysWithUnit(kind) ? author.unit_key : 0;
}

v1::Section BodyOf(std::string_view bytes) {
  v1::Section body;
  body.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return body;
}

SectionRow RowOf(const Row& row) {
  SectionRow section;
  section.section_key = row.Int64(0);
  section.id = row.Bytes(1);
  section.participant_key = row.Int64(2);
  section.kind = static_cast<v1::SectionKind>(row.Int64(3));
  section.author = {row.Int64(4), row.Int64(5), row.Int64(6)};
  section.version = row.Int64(7);
  section.body = BodyOf(row.Bytes(8));
  section.locked = row.Int64(9) != 0;
  return section;
}

Guarded<SectionRow> SectionOf(const Row& row) {
  SectionRow section = RowOf(row);
  const Label label{CategoryOf(section.kind), section.author, false, section.locked};
  return {label, std::move(section)};
}

JournalEntry EntryOf(const SectionRow& section, const Author& author) {
  JournalEntry entry;
  entry.participant_key = section.participant_key;
  entry.record_key = section.section_key;
  entry.record_id = UuidText(section.id);
  entry.author = author;
  entry.retention_class = kRetentionClass;
  return entry;
}

void JournalSection(WriteTx& tx, const SectionRow& section, JournalAct act, std::string body) {
  JournalEntry entry = EntryOf(section, section.author);
  entry.subject = JournalSubject::kSection;
  entry.act = act;
  entry.version = section.version;
  entry.body = std::move(body);
  tx.Journal(std::move(entry));
}

}  // namespace

absl::StatusOr<std::vector<ConfirmedSection>> ListSections(ReadTx& tx, int64_t participant_key) {
  std::map<int64_t, std::vector<Guarded<Confirmation>>> confirmations;
  NAVO_RETURN_IF_ERROR(tx.Each(kListConfirmations, {participant_key}, [&](const Row& row) {
    const Label label{CategoryOf(static_cast<v1::SectionKind>(row.Int64(1))),
                      {row.Int64(2), row.Int64(3), row.Int64(4)}};
    confirmations[row.Int64(0)].push_back(
        {label, Confirmation{static_cast<v1::Role>(row.Int64(5)), row.Int64(6)}});
  }));
  std::vector<ConfirmedSection> sections;
  NAVO_RETURN_IF_ERROR(tx.Each(kList, {participant_key}, [&](const Row& row) {
    sections.push_back({SectionOf(row), std::move(confirmations[row.Int64(0)])});
  }));
  return sections;
}

absl::StatusOr<std::vector<SectionTimes>> ListSectionTimes(ReadTx& tx, int64_t participant_key,
                                                           v1::SectionKind kind) {
  std::vector<SectionTimes> sections;
  NAVO_RETURN_IF_ERROR(tx.Each(kListTimes, {participant_key, int64_t{kind}}, [&](const Row& row) {
    if (sections.empty() || sections.back().section_key != row.Int64(0)) {
      SectionTimes& section = sections.emplace_back();
      section.section_key = row.Int64(0);
      section.label = {
          CategoryOf(kind), {row.Int64(2), row.Int64(3), row.Int64(4)}, false, row.Int64(11) != 0};
      section.id = {section.label, std::string(row.Bytes(1))};
      section.version = row.Int64(5);
      section.recorded_us = MicrosOf(BodyOf(row.Bytes(6)).provenance().time());
    }
    if (row.IsNull(7)) return;
    const Label label{CategoryOf(kind), {row.Int64(7), row.Int64(8), row.Int64(9)}};
    sections.back().confirmed.push_back({label, row.Int64(10)});
  }));
  return sections;
}

absl::StatusOr<std::optional<Guarded<SectionRow>>> FindSection(ReadTx& tx, int64_t participant_key,
                                                               std::string_view id_bytes) {
  std::optional<Guarded<SectionRow>> section;
  NAVO_RETURN_IF_ERROR(tx.First(kFind, {Blob(id_bytes), participant_key}, [&](const Row& row) {
                           section = SectionOf(row);
                         }).status());
  return section;
}

absl::StatusOr<std::vector<Guarded<SectionRow>>> ListSectionVersions(ReadTx& tx,
                                                                     const SectionRow& section) {
  NAVO_ASSIGN_OR_RETURN(
      const std::vector<EarlierVersion> written,
      ListVersionsOf(tx, section.participant_key, JournalSubject::kSection, section.section_key,
                     UuidText(section.id), {section.author.controller_key, 0, 0}));
  std::vector<Guarded<SectionRow>> versions;
  for (auto one = written.rbegin(); one != written.rend(); ++one) {
    SectionRow version = section;
    version.version = one->version;
    version.author = one->author;
    version.body = BodyOf(one->body);
    // A lock keeps every version to the unit that has the section now.
    const Author& whose = section.locked ? section.author : version.author;
    const Label label{CategoryOf(section.kind), whose, false, section.locked};
    versions.push_back({label, std::move(version)});
  }
  return versions;
}

absl::Status AddSection(WriteTx& tx, SectionRow& section) {
  const Author& author = section.author;
  std::string body = section.body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(
      section.section_key,
      tx.Insert(kAdd, {Blob(section.id), section.participant_key, int64_t{section.kind},
                       author.controller_key, OwnUnitKey(section.kind, author), author.unit_key,
                       author.principal_key, section.version, kRetentionClass, Blob(body)}));
  JournalSection(tx, section, JournalAct::kCreated, std::move(body));
  return absl::OkStatus();
}

absl::Status ReplaceSection(WriteTx& tx, SectionRow& section) {
  ++section.version;
  std::string body = section.body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(
      tx.Run(kReplace, {section.section_key, section.author.unit_key, section.author.principal_key,
                        section.version, Blob(body)}));
  NAVO_RETURN_IF_ERROR(tx.Run(kEndConfirmations, {section.section_key}));
  JournalSection(tx, section, JournalAct::kChanged, std::move(body));
  return absl::OkStatus();
}

absl::Status ConfirmSection(WriteTx& tx, const SectionRow& section, const Author& author,
                            const v1::Provenance& provenance) {
  NAVO_RETURN_IF_ERROR(tx.Run(
      kConfirm, {section.section_key, author.controller_key, OwnUnitKey(section.kind, author),
                 author.unit_key, author.principal_key, int64_t{provenance.role()}, tx.now_us()}));
  JournalEntry entry = EntryOf(section, author);
  entry.subject = JournalSubject::kConfirmation;
  entry.act = JournalAct::kConfirmed;
  entry.version = section.version;
  entry.body = provenance.SerializeAsString();
  tx.Journal(std::move(entry));
  return absl::OkStatus();
}

absl::Status EndConfirmations(WriteTx& tx, int64_t participant_key, const Author& unit) {
  NAVO_RETURN_IF_ERROR(
      tx.Each(kListConfirmedBy, {participant_key, unit.unit_key}, [&](const Row& row) {
        const SectionRow section = RowOf(row);
        JournalEntry entry = EntryOf(section, unit);
        entry.subject = JournalSubject::kConfirmation;
        entry.act = JournalAct::kEnded;
        entry.version = section.version;
        tx.Journal(std::move(entry));
      }));
  return tx.Run(kEndConfirmationsBy, {participant_key, unit.unit_key});
}

absl::Status CountDuplicate(WriteTx& tx, const Duplicate& duplicate) {
  return tx.Run(kCountDuplicate,
                {duplicate.participant_key, int64_t{duplicate.kind}, duplicate.unit_key,
                 static_cast<int64_t>(duplicate.outcome), int64_t{duplicate.reason}, tx.now_us()});
}

}  // namespace navo::storage
