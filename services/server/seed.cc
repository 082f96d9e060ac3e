#include "services/server/seed.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "services/domain/name_key.h"
#include "storage/directory.h"
#include "storage/protection.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using storage::Author;
using storage::WriteTx;

// Nobody: the file is the operator's.
constexpr Author kOperator;

class SeedWriter {
 public:
  explicit SeedWriter(storage::Random& random) : random_(random) {}

  absl::Status Put(WriteTx& tx, const access::Controller& entry) {
    NAVO_ASSIGN_OR_RETURN(std::optional<storage::ControllerRow> row,
                          storage::FindController(tx, entry.id));
    if (!row.has_value() || row->version == 0) {
      if (!row.has_value()) row.emplace();
      row->id = entry.id;
      row->kind = entry.kind;
      row->name = entry.name;
      row->version = 1;
      NAVO_ASSIGN_OR_RETURN(row->key, storage::PutController(tx, *row, kOperator));
    }
    controllers_[entry.id] = row->key;
    return absl::OkStatus();
  }

  absl::Status Put(WriteTx& tx, const SeedUnit& entry) {
    NAVO_ASSIGN_OR_RETURN(std::optional<storage::UnitRow> row,
                          storage::FindUnit(tx, entry.unit.id));
    if (!row.has_value() || row->version == 0) {
      if (!row.has_value()) row.emplace();
      row->id = entry.unit.id;
      row->controller_key = controllers_.at(entry.controller);
      row->name = entry.unit.name;
      row->version = 1;
      NAVO_ASSIGN_OR_RETURN(row->key, storage::PutUnit(tx, *row, kOperator));
    }
    units_[entry.unit.id] = *std::move(row);
    return absl::OkStatus();
  }

  absl::Status Put(WriteTx& tx, const SeedPrincipal& entry) {
    const access::Principal& principal = entry.principal;
    NAVO_ASSIGN_OR_RETURN(std::optional<storage::PrincipalRow> row,
                          storage::FindPrincipal(tx, principal.issuer, principal.subject));
    if (row.has_value() && row->version > 0) return absl::OkStatus();
    if (!row.has_value()) row.emplace();
    row->id = NewId();
    row->kind = static_cast<int64_t>(principal.kind);
    row->issuer = principal.issuer;
    row->subject = principal.subject;
    row->name = principal.name;
    row->imports = 0;
    for (const v1::ImportFormat format : principal.imports) row->imports |= int64_t{1} << format;
    row->follows = principal.follows.mask();
    row->sets_protection = principal.sets_protection;
    if (!entry.memberships.empty()) {
      row->controller_key = units_.at(entry.memberships.front().unit).controller_key;
    }
    row->version = 1;
    NAVO_ASSIGN_OR_RETURN(row->key, storage::PutPrincipal(tx, *row, kOperator));
    for (const SeedMembership& membership : entry.memberships) {
      NAVO_RETURN_IF_ERROR(Put(tx, membership, row->key));
    }
    if (row->controller_key == 0 || entry.own_hashes.empty()) return absl::OkStatus();
    return storage::PutOwnNumbers(tx, {row->key, row->controller_key, 1}, entry.own_hashes,
                                  kOperator);
  }

  std::string NewId() { return *storage::UuidBytes(random_.Uuid()); }

 private:
  absl::Status Put(WriteTx& tx, const SeedMembership& entry, int64_t principal_key) {
    const storage::UnitRow& unit = units_.at(entry.unit);
    if (unit.closed) return absl::OkStatus();  // by an administrator
    storage::MembershipRow row;
    row.id = NewId();
    row.principal_key = principal_key;
    row.unit_key = unit.key;
    row.roles = entry.roles.mask();
    row.installation = entry.installation;
    row.valid_from_day = entry.valid_from_day;
    row.valid_to_day = entry.valid_to_day;
    row.version = 1;
    return storage::PutMembership(tx, row, kOperator).status();
  }

  storage::Random& random_;
  std::map<std::string, int64_t> controllers_;
  std::map<std::string, storage::UnitRow> units_;
};

// A closure runs so many statements at most that one of a whole city's staff would not do.
constexpr size_t kEntriesAtOnce = 1'000;

// `apply(tx, entry)` for every entry, in as many transactions as it takes. A start that ends
// between two of them is made whole by the next one.
template <typename Entry, typename Apply>
absl::Status ForEach(storage::Store& store, const std::vector<Entry>& entries, Apply apply) {
  for (size_t first = 0; first < entries.size(); first += kEntriesAtOnce) {
    const size_t end = std::min(entries.size(), first + kEntriesAtOnce);
    const auto some = [&](WriteTx& tx) -> absl::Status {
      for (size_t i = first; i < end; ++i) NAVO_RETURN_IF_ERROR(apply(tx, entries[i]));
      return absl::OkStatus();
    };
    NAVO_RETURN_IF_ERROR(store.WriteAndWait(some));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ApplySeed(storage::Store& store, const Seed& seed, storage::Random& random) {
  SeedWriter writer(random);
  const auto put = [&writer](WriteTx& tx, const auto& entry) { return writer.Put(tx, entry); };
  NAVO_RETURN_IF_ERROR(ForEach(store, seed.controllers, put));
  NAVO_RETURN_IF_ERROR(ForEach(store, seed.units, put));
  NAVO_RETURN_IF_ERROR(ForEach(store, seed.principals, put));
  return ForEach(store, seed.protections, [&writer](WriteTx& tx, const SeedProtection& entry) {
    return storage::SeedProtection(
        tx, entry.identifier_hash, entry.protection,
        {kOperator, [&writer] { return writer.NewId(); }, domain::NameKeyOf});
  });
}

}  // namespace navo::services
