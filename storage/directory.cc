#include "storage/directory.h"

#include <utility>

#include "absl/time/civil_time.h"
#include "navo/v1/directory.pb.h"
#include "storage/administered.h"
#include "storage/journal.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr Sql kControllers(
    "SELECT controller_key, id, kind, name, closed, version FROM controller"
    " ORDER BY controller_key");
constexpr Sql kControllerById(
    "SELECT controller_key, id, kind, name, closed, version FROM controller WHERE id = $1");
constexpr Sql kControllerByKey(
    "SELECT controller_key, id, kind, name, closed, version FROM controller"
    " WHERE controller_key = $1");
constexpr Sql kUnits(
    "SELECT unit_key, id, controller_key, name, closed, version FROM unit ORDER BY unit_key");
constexpr Sql kUnitById(
    "SELECT unit_key, id, controller_key, name, closed, version FROM unit WHERE id = $1");
constexpr Sql kUnitByKey(
    "SELECT unit_key, id, controller_key, name, closed, version FROM unit WHERE unit_key = $1");
constexpr Sql kPrincipals(
    "SELECT principal_key, id, kind, issuer, subject, name, controller_key, imports, follows,"
    " sets_protection, version FROM principal ORDER BY principal_key");
constexpr Sql kPrincipalBySubject(
    "SELECT principal_key, id, kind, issuer, subject, name, controller_key, imports, follows,"
    " sets_protection, version FROM principal WHERE issuer = $1 AND subject = $2");
constexpr Sql kPrincipalById(
    "SELECT principal_key, id, kind, issuer, subject, name, controller_key, imports, follows,"
    " sets_protection, version FROM principal WHERE id = $1 AND version > 0");
constexpr Sql kMemberships(
    "SELECT membership_key, id, principal_key, unit_key, roles, installation, valid_from_day,"
    " valid_to_day, ended_us, version FROM membership ORDER BY membership_key");
constexpr Sql kMembershipById(
    "SELECT membership_key, id, principal_key, unit_key, roles, installation, valid_from_day,"
    " valid_to_day, ended_us, version FROM membership WHERE id = $1");
constexpr Sql kMembershipsOf(
    "SELECT membership_key, id, principal_key, unit_key, roles, installation, valid_from_day,"
    " valid_to_day, ended_us, version FROM membership WHERE principal_key = $1"
    " ORDER BY membership_key");

ControllerRow ControllerOf(const Row& row) {
  return {row.Int64(0),      std::string(row.Text(1)),
          row.Int64(2),      std::string(row.Text(3)),
          row.Int64(4) != 0, row.Int64(5)};
}

UnitRow UnitOf(const Row& row) {
  return {row.Int64(0),      std::string(row.Text(1)),
          row.Int64(2),      std::string(row.Text(3)),
          row.Int64(4) != 0, row.Int64(5)};
}

PrincipalRow PrincipalOf(const Row& row) {
  PrincipalRow principal;
  principal.key = row.Int64(0);
  principal.id = row.Bytes(1);
  principal.kind = row.Int64(2);
  principal.issuer = row.Text(3);
  principal.subject = row.Text(4);
  principal.name = row.Text(5);
  principal.controller_key = row.Int64(6);
  principal.imports = row.Int64(7);
  principal.follows = row.Int64(8);
  principal.sets_protection = row.Int64(9) != 0;
  principal.version = row.Int64(10);
  return principal;
}

MembershipRow MembershipOf(const Row& row) {
  MembershipRow membership;
  membership.key = row.Int64(0);
  membership.id = row.Bytes(1);
  membership.principal_key = row.Int64(2);
  membership.unit_key = row.Int64(3);
  membership.roles = row.Int64(4);
  membership.installation = row.Int64(5) != 0;
  membership.valid_from_day = row.Int64(6);
  membership.valid_to_day = row.Int64(7);
  membership.ended_us = row.Int64(8);
  membership.version = row.Int64(9);
  return membership;
}

template <typename Record>
absl::StatusOr<std::optional<Record>> FindOne(ReadTx& tx, Sql sql, Values values,
                                              Record (*of)(const Row&)) {
  std::optional<Record> found;
  NAVO_RETURN_IF_ERROR(tx.First(sql, values, [&](const Row& row) { found = of(row); }).status());
  return found;
}

template <typename Enum, typename Values>
void AddBits(int64_t mask, Values* values) {
  for (int bit = 1; bit < 63; ++bit) {
    if ((mask >> bit & 1) != 0) values->Add(static_cast<Enum>(bit));
  }
}

void SetDay(int64_t day, google::type::Date* date) {
  const absl::CivilDay civil = absl::CivilDay(1970, 1, 1) + day;
  date->set_year(static_cast<int>(civil.year()));
  date->set_month(civil.month());
  date->set_day(civil.day());
}

int64_t Number(bool value) { return value ? 1 : 0; }

}  // namespace

absl::Status EachController(ReadTx& tx, absl::FunctionRef<void(ControllerRow&&)> fn) {
  return tx.Each(kControllers, {}, [fn](const Row& row) { fn(ControllerOf(row)); });
}

absl::Status EachUnit(ReadTx& tx, absl::FunctionRef<void(UnitRow&&)> fn) {
  return tx.Each(kUnits, {}, [fn](const Row& row) { fn(UnitOf(row)); });
}

absl::Status EachPrincipal(ReadTx& tx, absl::FunctionRef<void(PrincipalRow&&)> fn) {
  return tx.Each(kPrincipals, {}, [fn](const Row& row) { fn(PrincipalOf(row)); });
}

absl::Status EachMembership(ReadTx& tx, absl::FunctionRef<void(MembershipRow&&)> fn) {
  return tx.Each(kMemberships, {}, [fn](const Row& row) { fn(MembershipOf(row)); });
}

absl::Status EachOwnNumber(
    ReadTx& tx,
    absl::FunctionRef<void(const OwnNumberList& list, std::string_view number_hash)> fn) {
  return tx.Each(
      "SELECT l.principal_key, l.controller_key, l.version, n.number_hash FROM own_number_list l"
      " LEFT JOIN own_number n ON n.principal_key = l.principal_key"
      "      AND n.controller_key = l.controller_key"
      " ORDER BY l.principal_key, l.controller_key, n.number_hash",
      {}, [fn](const Row& row) {
        fn({row.Int64(0), row.Int64(1), row.Int64(2)}, row.Bytes(3));
      });
}

absl::StatusOr<std::optional<ControllerRow>> FindController(ReadTx& tx, std::string_view id) {
  return FindOne(tx, kControllerById, {id}, ControllerOf);
}

absl::StatusOr<std::optional<ControllerRow>> FindControllerByKey(ReadTx& tx, int64_t key) {
  return FindOne(tx, kControllerByKey, {key}, ControllerOf);
}

absl::StatusOr<std::optional<UnitRow>> FindUnit(ReadTx& tx, std::string_view id) {
  return FindOne(tx, kUnitById, {id}, UnitOf);
}

absl::StatusOr<std::optional<UnitRow>> FindUnitByKey(ReadTx& tx, int64_t key) {
  return FindOne(tx, kUnitByKey, {key}, UnitOf);
}

absl::StatusOr<std::optional<PrincipalRow>> FindPrincipal(ReadTx& tx, std::string_view issuer,
                                                          std::string_view subject) {
  return FindOne(tx, kPrincipalBySubject, {issuer, subject}, PrincipalOf);
}

absl::StatusOr<std::optional<PrincipalRow>> FindPrincipalById(ReadTx& tx, std::string_view id) {
  return FindOne(tx, kPrincipalById, {Blob(id)}, PrincipalOf);
}

absl::StatusOr<std::optional<MembershipRow>> FindMembershipById(ReadTx& tx, std::string_view id) {
  return FindOne(tx, kMembershipById, {Blob(id)}, MembershipOf);
}

absl::StatusOr<std::vector<MembershipRow>> ListMemberships(ReadTx& tx, int64_t principal_key) {
  std::vector<MembershipRow> memberships;
  NAVO_RETURN_IF_ERROR(tx.Each(kMembershipsOf, {principal_key},
                               [&](const Row& row) { memberships.push_back(MembershipOf(row)); }));
  return memberships;
}

absl::StatusOr<int64_t> OwnNumbersVersion(ReadTx& tx, int64_t principal_key,
                                          int64_t controller_key) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> version,
                        tx.Number("SELECT version FROM own_number_list"
                                  " WHERE principal_key = $1 AND controller_key = $2",
                                  {principal_key, controller_key}));
  return version.value_or(0);
}

absl::StatusOr<bool> WasMemberOf(ReadTx& tx, int64_t principal_key, int64_t controller_key) {
  return tx.Any(
      "SELECT m.membership_key FROM membership m JOIN unit u ON u.unit_key = m.unit_key"
      " WHERE m.principal_key = $1 AND u.controller_key = $2 LIMIT 1",
      {principal_key, controller_key});
}

absl::StatusOr<bool> HasOpenUnit(ReadTx& tx, int64_t controller_key) {
  return tx.Any("SELECT unit_key FROM unit WHERE controller_key = $1 AND closed = 0 LIMIT 1",
                {controller_key});
}

absl::StatusOr<bool> HasMember(ReadTx& tx, int64_t unit_key, int64_t today) {
  return tx.Any(
      "SELECT membership_key FROM membership WHERE unit_key = $1 AND ended_us = 0"
      " AND valid_to_day >= $2 LIMIT 1",
      {unit_key, today});
}

absl::StatusOr<bool> HasAdministrator(ReadTx& tx, int64_t today) {
  return tx.Any(
      "SELECT membership_key FROM membership WHERE installation = 1 AND ended_us = 0"
      " AND valid_to_day >= $1 LIMIT 1",
      {today});
}

absl::StatusOr<int64_t> PutController(WriteTx& tx, const ControllerRow& row, const Author& actor) {
  int64_t key = row.key;
  if (key == 0) {
    NAVO_ASSIGN_OR_RETURN(key,
                          tx.Insert("INSERT INTO controller (id, kind, name, closed, version)"
                                    " VALUES ($1, $2, $3, $4, $5) RETURNING controller_key",
                                    {row.id, row.kind, row.name, Number(row.closed), row.version}));
  } else {
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE controller SET kind = $2, name = $3, closed = $4, version = $5"
               " WHERE controller_key = $1",
               {key, row.kind, row.name, Number(row.closed), row.version}));
  }
  v1::Controller body;
  body.set_kind(static_cast<v1::ControllerKind>(row.kind));
  body.set_name(row.name);
  body.set_closed(row.closed);
  JournalAdministered(tx, {JournalSubject::kController, key, row.id, row.version, row.closed, body},
                      actor);
  return key;
}

absl::StatusOr<int64_t> PutUnit(WriteTx& tx, const UnitRow& row, const Author& actor) {
  int64_t key = row.key;
  if (key == 0) {
    NAVO_ASSIGN_OR_RETURN(
        key, tx.Insert("INSERT INTO unit (id, controller_key, name, closed, version)"
                       " VALUES ($1, $2, $3, $4, $5) RETURNING unit_key",
                       {row.id, row.controller_key, row.name, Number(row.closed), row.version}));
  } else {
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE unit SET controller_key = $2, name = $3, closed = $4, version = $5"
               " WHERE unit_key = $1",
               {key, row.controller_key, row.name, Number(row.closed), row.version}));
  }
  v1::Unit body;
  body.set_name(row.name);
  body.set_closed(row.closed);
  JournalAdministered(tx, {JournalSubject::kUnit, key, row.id, row.version, row.closed, body},
                      actor);
  return key;
}

absl::StatusOr<int64_t> PutPrincipal(WriteTx& tx, const PrincipalRow& row, const Author& actor) {
  int64_t key = row.key;
  if (key == 0) {
    NAVO_ASSIGN_OR_RETURN(
        key,
        tx.Insert("INSERT INTO principal (id, kind, issuer, subject, name, controller_key,"
                  " imports, follows, sets_protection, version)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING principal_key",
                  {Blob(row.id), row.kind, row.issuer, row.subject, row.name, row.controller_key,
                   row.imports, row.follows, Number(row.sets_protection), row.version}));
  } else {
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE principal SET id = $2, kind = $3, name = $4, controller_key = $5,"
               " imports = $6, follows = $7, sets_protection = $8, version = $9"
               " WHERE principal_key = $1",
               {key, Blob(row.id), row.kind, row.name, row.controller_key, row.imports, row.follows,
                Number(row.sets_protection), row.version}));
  }
  v1::Principal body;
  body.set_kind(static_cast<v1::PrincipalKind>(row.kind));
  body.set_name(row.name);
  AddBits<v1::ImportFormat>(row.imports, body.mutable_imports());
  AddBits<v1::Category>(row.follows, body.mutable_follows());
  body.set_sets_protection(row.sets_protection);
  JournalAdministered(
      tx, {JournalSubject::kPrincipal, key, UuidText(row.id), row.version, false, body}, actor);
  return key;
}

absl::StatusOr<int64_t> PutMembership(WriteTx& tx, const MembershipRow& row, const Author& actor) {
  int64_t key = row.key;
  if (key == 0) {
    NAVO_ASSIGN_OR_RETURN(
        key, tx.Insert("INSERT INTO membership (id, principal_key, unit_key, roles, installation,"
                       " valid_from_day, valid_to_day, ended_us, version, retention_class, key_id)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)"
                       " RETURNING membership_key",
                       {Blob(row.id), row.principal_key, row.unit_key, row.roles,
                        Number(row.installation), row.valid_from_day, row.valid_to_day,
                        row.ended_us, row.version, kAdministeredRetention}));
  } else {
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE membership SET valid_to_day = $2, ended_us = $3, version = $4"
               " WHERE membership_key = $1",
               {key, row.valid_to_day, row.ended_us, row.version}));
  }
  v1::Membership body;
  AddBits<v1::Role>(row.roles, body.mutable_roles());
  body.set_administers_installation(row.installation);
  SetDay(row.valid_from_day, body.mutable_valid_from());
  if (row.valid_to_day < kNoEndDay) SetDay(row.valid_to_day, body.mutable_valid_to());
  body.set_ended(row.ended_us != 0);
  const bool ended = row.version > 1;
  JournalAdministered(
      tx, {JournalSubject::kMembership, key, UuidText(row.id), row.version, ended, body}, actor);
  return key;
}

absl::Status PutOwnNumbers(WriteTx& tx, const OwnNumberList& list,
                           absl::Span<const std::string> number_hashes, const Author& actor) {
  NAVO_RETURN_IF_ERROR(
      tx.Run("INSERT INTO own_number_list (principal_key, controller_key, version)"
             " VALUES ($1, $2, $3)"
             " ON CONFLICT (principal_key, controller_key) DO UPDATE SET version = $3",
             {list.principal_key, list.controller_key, list.version}));
  NAVO_RETURN_IF_ERROR(
      tx.Run("DELETE FROM own_number WHERE principal_key = $1 AND controller_key = $2",
             {list.principal_key, list.controller_key}));
  for (const std::string& hash : number_hashes) {
    NAVO_RETURN_IF_ERROR(
        tx.Run("INSERT INTO own_number (principal_key, controller_key, number_hash,"
               " retention_class, key_id) VALUES ($1, $2, $3, $4, 0)"
               " ON CONFLICT (principal_key, controller_key, number_hash) DO NOTHING",
               {list.principal_key, list.controller_key, Blob(hash), kAdministeredRetention}));
  }
  JournalAdministered(
      tx,
      {JournalSubject::kOwnNumbers, list.principal_key, {}, list.version, false, v1::Principal()},
      actor);
  return absl::OkStatus();
}

}  // namespace navo::storage
