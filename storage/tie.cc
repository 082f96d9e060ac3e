#include "storage/tie.h"

#include <algorithm>
#include <array>
#include <utility>

#include "storage/journal.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr Sql kFindTie(
    "SELECT participant_key, controller_key, unit_key, principal_key, state, reason,"
    " identity_confirmation, since_us, name_key, interpreter_needed, version, body"
    " FROM tie WHERE participant_key = $1 AND unit_key = $2");
// As many participants as one statement asks for; fewer are filled up with 0, which nobody has.
constexpr size_t kTiesAtOnce = 20;
constexpr Sql kTiesWithContacts(
    "SELECT t.participant_key, t.controller_key, t.unit_key, t.principal_key, t.state, t.reason,"
    " t.identity_confirmation, t.since_us, t.name_key, t.interpreter_needed, t.version, t.body,"
    " f.controller_key, f.unit_key, f.principal_key, f.version, f.body"
    " FROM tie t LEFT JOIN participant_facts f"
    "   ON f.participant_key = t.participant_key AND f.controller_key = t.controller_key"
    " WHERE t.unit_key = $1 AND t.participant_key IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
    " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) ORDER BY t.participant_key");
constexpr Sql kTieBefore(
    "SELECT state, identity_confirmation FROM tie WHERE participant_key = $1 AND unit_key = $2");
constexpr Sql kListTies(
    "SELECT participant_key, controller_key, unit_key, principal_key, state, reason,"
    " identity_confirmation, since_us, name_key, interpreter_needed, version, body"
    " FROM tie WHERE participant_key = $1 AND state = 1 ORDER BY since_us, unit_key");

TieRow TieOf(const Row& row) {
  TieRow tie;
  tie.participant_key = row.Int64(0);
  tie.author = {row.Int64(1), row.Int64(2), row.Int64(3)};
  tie.state = static_cast<TieState>(row.Int64(4));
  tie.reason = static_cast<v1::TieReason>(row.Int64(5));
  tie.confirmation = static_cast<v1::IdentityConfirmation>(row.Int64(6));
  tie.since_us = row.Int64(7);
  tie.name_key = row.Text(8);
  tie.interpreter_needed = row.Int64(9) != 0;
  tie.version = row.Int64(10);
  const std::string_view body = row.Bytes(11);
  tie.registered.ParseFromArray(body.data(), static_cast<int>(body.size()));
  return tie;
}

JournalEntry EntryFor(int64_t participant_key, JournalSubject subject, JournalAct act,
                      const Author& author) {
  JournalEntry entry;
  entry.participant_key = participant_key;
  entry.subject = subject;
  entry.act = act;
  entry.author = author;
  entry.retention_class = 1;
  return entry;
}

ContactRow ContactOf(const Row& row, int first = 0) {
  ContactRow contact;
  contact.author = {row.Int64(first), row.Int64(first + 1), row.Int64(first + 2)};
  contact.version = row.Int64(first + 3);
  v1::SideFacts side;
  const std::string_view body = row.Bytes(first + 4);
  side.ParseFromArray(body.data(), static_cast<int>(body.size()));
  contact.provenance = side.provenance();
  v1::ContactFacts names;
  names.set_given_name(side.facts().given_name());
  names.set_family_name(side.facts().family_name());
  if (side.facts().has_adult_from()) *names.mutable_adult_from() = side.facts().adult_from();
  side.mutable_facts()->clear_given_name();
  side.mutable_facts()->clear_family_name();
  side.mutable_facts()->clear_adult_from();
  contact.identity = {{v1::CATEGORY_IDENTITY, contact.author}, std::move(names)};
  contact.contact = {{v1::CATEGORY_CONTACT, contact.author}, std::move(*side.mutable_facts())};
  return contact;
}

}  // namespace

absl::StatusOr<std::optional<TieRow>> FindTie(ReadTx& tx, int64_t participant_key,
                                              int64_t unit_key) {
  std::optional<TieRow> tie;
  NAVO_RETURN_IF_ERROR(tx.First(kFindTie, {participant_key, unit_key}, [&](const Row& row) {
                           tie = TieOf(row);
                         }).status());
  return tie;
}

absl::StatusOr<std::vector<Guarded<TieRow>>> ListTies(ReadTx& tx, int64_t participant_key) {
  std::vector<Guarded<TieRow>> ties;
  NAVO_RETURN_IF_ERROR(tx.Each(kListTies, {participant_key}, [&](const Row& row) {
    TieRow tie = TieOf(row);
    const Label label{v1::CATEGORY_EXISTENCE, tie.author};
    ties.emplace_back(label, std::move(tie));
  }));
  return ties;
}

absl::Status EachTieWithContact(ReadTx& tx, int64_t unit_key,
                                absl::Span<const int64_t> participant_keys,
                                absl::FunctionRef<void(TieRow&&, std::optional<ContactRow>&&)> fn) {
  constexpr int kContact = 12;  // its first column
  while (!participant_keys.empty()) {
    const size_t count = std::min(participant_keys.size(), kTiesAtOnce);
    std::array<Value, kTiesAtOnce + 1> values;
    values.fill(int64_t{0});
    values[0] = unit_key;
    std::copy_n(participant_keys.begin(), count, values.begin() + 1);
    NAVO_RETURN_IF_ERROR(tx.Each(kTiesWithContacts, values, [&](const Row& row) {
      std::optional<ContactRow> contact;
      if (!row.IsNull(kContact)) contact = ContactOf(row, kContact);
      fn(TieOf(row), std::move(contact));
    }));
    participant_keys.remove_prefix(count);
  }
  return absl::OkStatus();
}

absl::Status PutTie(WriteTx& tx, const TieRow& tie, JournalAct act) {
  AccessBefore before;
  before.kind = AccessBefore::Kind::kTie;
  before.controller_key = tie.author.controller_key;
  before.unit_key = tie.author.unit_key;
  NAVO_RETURN_IF_ERROR(
      tx.First(kTieBefore, {tie.participant_key, tie.author.unit_key}, [&before](const Row& row) {
          before.state = row.Int64(0);
          before.detail = row.Int64(1) != 0;
        }).status());
  const std::string body = tie.registered.SerializeAsString();
  NAVO_RETURN_IF_ERROR(tx.Run(
      "INSERT INTO tie (participant_key, unit_key, controller_key, principal_key, state, reason,"
      " identity_confirmation, since_us, name_key, interpreter_needed, last_follow_up_day, version,"
      " retention_class, key_id, body)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, 1, 0, $12)"
      " ON CONFLICT (participant_key, unit_key) DO UPDATE SET principal_key = $4, state = $5,"
      " reason = $6, identity_confirmation = $7, since_us = $8, name_key = $9,"
      " interpreter_needed = $10, version = $11, body = $12",
      {tie.participant_key, tie.author.unit_key, tie.author.controller_key,
       tie.author.principal_key, static_cast<int64_t>(tie.state), int64_t{tie.reason},
       int64_t{tie.confirmation}, tie.since_us, tie.name_key,
       int64_t{tie.interpreter_needed ? 1 : 0}, tie.version, Blob(body)}));
  JournalEntry entry = EntryFor(tie.participant_key, JournalSubject::kTie, act, tie.author);
  entry.record_key = tie.author.unit_key;
  entry.version = tie.version;
  entry.body = body;
  entry.before = before;
  tx.Journal(std::move(entry));
  return BumpAccessRevision(tx, tie.participant_key);
}

absl::StatusOr<std::vector<Guarded<TeamRow>>> ListTeam(ReadTx& tx, int64_t participant_key) {
  std::vector<Guarded<TeamRow>> team;
  NAVO_RETURN_IF_ERROR(
      tx.Each("SELECT m.principal_key, m.unit_key, m.since_us, u.controller_key"
              " FROM team_member m JOIN unit u ON u.unit_key = m.unit_key"
              " WHERE m.participant_key = $1 ORDER BY m.since_us, m.principal_key",
              {participant_key}, [&](const Row& row) {
                const Author author{row.Int64(3), row.Int64(1), row.Int64(0)};
                team.emplace_back(Label{v1::CATEGORY_EXISTENCE, author},
                                  TeamRow{row.Int64(0), row.Int64(1), row.Int64(2)});
              }));
  return team;
}

absl::StatusOr<bool> AddTeamMember(WriteTx& tx, int64_t participant_key, int64_t principal_key,
                                   const Author& actor) {
  NAVO_RETURN_IF_ERROR(
      tx.Run("INSERT INTO team_member (participant_key, unit_key, principal_key, since_us)"
             " VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (participant_key, unit_key, principal_key) DO NOTHING",
             {participant_key, actor.unit_key, principal_key, tx.now_us()}));
  if (tx.changes() == 0) return false;
  JournalEntry entry =
      EntryFor(participant_key, JournalSubject::kTeam, JournalAct::kCreated, actor);
  entry.record_key = principal_key;
  tx.Journal(std::move(entry));
  return true;
}

absl::StatusOr<bool> RemoveTeamMember(WriteTx& tx, int64_t participant_key, int64_t principal_key,
                                      const Author& actor) {
  NAVO_RETURN_IF_ERROR(
      tx.Run("DELETE FROM team_member WHERE participant_key = $1"
             " AND unit_key = $2 AND principal_key = $3",
             {participant_key, actor.unit_key, principal_key}));
  if (tx.changes() == 0) return false;
  JournalEntry entry = EntryFor(participant_key, JournalSubject::kTeam, JournalAct::kEnded, actor);
  entry.record_key = principal_key;
  tx.Journal(std::move(entry));
  return true;
}

absl::StatusOr<std::vector<ContactRow>> ListContacts(ReadTx& tx, int64_t participant_key) {
  std::vector<ContactRow> contacts;
  NAVO_RETURN_IF_ERROR(
      tx.Each("SELECT controller_key, unit_key, principal_key, version, body"
              " FROM participant_facts WHERE participant_key = $1 ORDER BY controller_key",
              {participant_key}, [&](const Row& row) { contacts.push_back(ContactOf(row)); }));
  return contacts;
}

absl::StatusOr<std::optional<ContactRow>> FindContact(ReadTx& tx, int64_t participant_key,
                                                      int64_t controller_key) {
  std::optional<ContactRow> contact;
  NAVO_RETURN_IF_ERROR(
      tx.First("SELECT controller_key, unit_key, principal_key, version, body"
               " FROM participant_facts WHERE participant_key = $1 AND controller_key = $2",
               {participant_key, controller_key}, [&](const Row& row) { contact = ContactOf(row); })
          .status());
  return contact;
}

absl::StatusOr<google::type::Date> FindAdultFrom(ReadTx& tx, int64_t participant_key,
                                                 int64_t controller_key) {
  v1::SideFacts side;
  NAVO_RETURN_IF_ERROR(
      tx.First("SELECT body FROM participant_facts"
               " WHERE participant_key = $1 AND controller_key = $2",
               {participant_key, controller_key},
               [&side](const Row& row) { side.ParseFromString(std::string(row.Bytes(0))); })
          .status());
  return side.facts().adult_from();
}

absl::Status AlignTies(WriteTx& tx, int64_t participant_key, int64_t controller_key) {
  return tx.Run(
      "UPDATE tie SET name_key = f.name_key, interpreter_needed = f.interpreter_needed"
      " FROM participant_facts f"
      " WHERE tie.participant_key = $1 AND tie.controller_key = $2"
      " AND tie.identity_confirmation > 0"
      " AND f.participant_key = $1 AND f.controller_key = $2",
      {participant_key, controller_key});
}

absl::Status PutContact(WriteTx& tx, int64_t participant_key, const Author& author, int64_t version,
                        const v1::SideFacts& facts, const std::string& name_key) {
  const std::string body = facts.SerializeAsString();
  NAVO_RETURN_IF_ERROR(
      tx.Run("INSERT INTO participant_facts (participant_key, controller_key, unit_key,"
             " principal_key, version, name_key, interpreter_needed, retention_class, key_id, body)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 0, $8)"
             " ON CONFLICT (participant_key, controller_key) DO UPDATE SET unit_key = $3,"
             " principal_key = $4, version = $5, name_key = $6, interpreter_needed = $7, body = $8",
             {participant_key, author.controller_key, author.unit_key, author.principal_key,
              version, name_key, int64_t{facts.facts().interpreter_needed() ? 1 : 0}, Blob(body)}));
  NAVO_RETURN_IF_ERROR(AlignTies(tx, participant_key, author.controller_key));
  JournalEntry entry = EntryFor(participant_key, JournalSubject::kFacts,
                                version == 1 ? JournalAct::kCreated : JournalAct::kChanged, author);
  entry.record_key = author.controller_key;
  entry.version = version;
  entry.body = body;
  tx.Journal(std::move(entry));
  return absl::OkStatus();
}

absl::Status AdoptContact(WriteTx& tx, int64_t participant_key, const Author& author,
                          const v1::ContactFacts& registered, const v1::Provenance& provenance,
                          const std::string& name_key) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<ContactRow> known,
                        FindContact(tx, participant_key, author.controller_key));
  // The side knows the person already: its facts stand, and the new tie is listed under them.
  if (known.has_value()) return AlignTies(tx, participant_key, author.controller_key);
  // Who typed nothing has told nothing: the next name that is typed becomes the side's.
  if (registered.ByteSizeLong() == 0) return absl::OkStatus();
  v1::SideFacts side;
  *side.mutable_facts() = registered;
  *side.mutable_provenance() = provenance;
  return PutContact(tx, participant_key, author, 1, side, name_key);
}

}  // namespace navo::storage
