#include "services/access/directory.h"

#include <algorithm>

#include "storage/status_macros.h"

namespace navo::access {
namespace {

template <typename Map>
auto* FindIn(const Map& map, int64_t key) {
  const auto it = map.find(key);
  return it == map.end() ? nullptr : &it->second;
}

Principal PrincipalOf(storage::PrincipalRow&& row) {
  Principal principal;
  principal.key = row.key;
  principal.kind = static_cast<PrincipalKind>(row.kind);
  principal.issuer = std::move(row.issuer);
  principal.subject = std::move(row.subject);
  principal.name = std::move(row.name);
  principal.id = std::move(row.id);
  principal.controller_key = row.controller_key;
  const auto formats = EnumSet<v1::ImportFormat>::FromMask(row.imports);
  for (int number = 1; number <= v1::ImportFormat_MAX; ++number) {
    const auto format = static_cast<v1::ImportFormat>(number);
    if (formats.Has(format)) principal.imports.push_back(format);
  }
  principal.follows = CategorySet::FromMask(row.follows);
  principal.sets_protection = row.sets_protection;
  principal.version = row.version;
  return principal;
}

Membership MembershipOf(storage::MembershipRow&& row) {
  return {row.key,          std::move(row.id),  row.unit_key,     RoleSet::FromMask(row.roles),
          row.installation, row.valid_from_day, row.valid_to_day, row.ended_us != 0,
          row.version};
}

}  // namespace

void Directory::Add(Controller controller) {
  controller_ids_[controller.id] = controller.key;
  controllers_[controller.key] = std::move(controller);
}

void Directory::Add(Unit unit) {
  unit_ids_[unit.id] = unit.key;
  units_[unit.key] = std::move(unit);
}

void Directory::Add(Principal principal) {
  principal_ids_[{principal.issuer, principal.subject}] = principal.key;
  principals_[principal.key] = std::move(principal);
}

void Directory::Add(int64_t principal_key, Membership membership) {
  principals_.at(principal_key).memberships.push_back(std::move(membership));
}

void Directory::AddOwnNumber(const storage::OwnNumberList& list, std::string_view number_hash) {
  Principal& principal = principals_.at(list.principal_key);
  OwnNumberList& told = principal.number_lists[list.controller_key];
  told.version = list.version;
  told.last_day = LastDayOf(principal, list.controller_key);
  if (!number_hash.empty()) told.hashes.emplace_back(number_hash);
}

// Until which day the controller answers for the person: for whom it registered itself for good,
// for others to the end of what they have or will have in its units.
int64_t Directory::LastDayOf(const Principal& principal, int64_t controller_key) const {
  if (principal.controller_key == controller_key) return storage::kNoEndDay;
  int64_t last_day = -1;
  for (const Membership& membership : principal.memberships) {
    const Unit* unit = FindUnit(membership.unit_key);
    const bool there = unit != nullptr && unit->controller_key == controller_key;
    if (there && !membership.ended) last_day = std::max(last_day, membership.valid_to_day);
  }
  return last_day;
}

std::vector<std::string> Principal::OwnHashes(int64_t day) const {
  std::vector<std::string> hashes;
  for (const auto& [declared_by, list] : number_lists) {
    if (!list.Counts(day)) continue;
    hashes.insert(hashes.end(), list.hashes.begin(), list.hashes.end());
  }
  return hashes;
}

const Controller* Directory::FindController(std::string_view id) const {
  const auto it = controller_ids_.find(id);
  return it == controller_ids_.end() ? nullptr : FindController(it->second);
}

const Controller* Directory::FindController(int64_t key) const { return FindIn(controllers_, key); }

const Unit* Directory::FindUnit(std::string_view id) const {
  const auto it = unit_ids_.find(id);
  return it == unit_ids_.end() ? nullptr : FindUnit(it->second);
}

const Unit* Directory::FindUnit(int64_t key) const { return FindIn(units_, key); }

const Principal* Directory::FindPrincipal(std::string_view issuer, std::string_view subject) const {
  const auto it = principal_ids_.find({std::string(issuer), std::string(subject)});
  return it == principal_ids_.end() ? nullptr : FindPrincipal(it->second);
}

const Principal* Directory::FindPrincipal(int64_t key) const { return FindIn(principals_, key); }

const Principal* Directory::FindColleague(int64_t unit_key, std::string_view subject) const {
  for (const auto& [key, principal] : principals_) {
    if (principal.subject != subject) continue;
    for (const Membership& membership : principal.memberships) {
      if (membership.unit_key == unit_key) return &principal;
    }
  }
  return nullptr;
}

std::vector<const Principal*> Directory::PrincipalsOf(int64_t controller_key) const {
  std::vector<const Principal*> found;
  for (const auto& [key, principal] : principals_) {
    const bool works_there =
        std::any_of(principal.memberships.begin(), principal.memberships.end(),
                    [&](const Membership& membership) {
                      const Unit* unit = FindUnit(membership.unit_key);
                      return unit != nullptr && unit->controller_key == controller_key;
                    });
    if (works_there) found.push_back(&principal);
  }
  return found;
}

std::shared_ptr<const Directory> CurrentDirectory::Get() const {
  const std::scoped_lock lock(mutex_);
  return directory_;
}

void CurrentDirectory::Publish(std::shared_ptr<const Directory> directory, int64_t revision) {
  const std::scoped_lock lock(mutex_);
  if (revision <= revision_) return;
  directory_.swap(directory);  // the old one goes outside of the lock, with its last holder
  revision_ = revision;
}

absl::StatusOr<std::shared_ptr<const Directory>> LoadDirectory(storage::ReadTx& tx) {
  auto directory = std::make_shared<Directory>();
  NAVO_RETURN_IF_ERROR(storage::EachController(tx, [&](storage::ControllerRow&& row) {
    directory->Add(Controller{row.key, std::move(row.id), static_cast<v1::ControllerKind>(row.kind),
                              std::move(row.name), row.closed, row.version});
  }));
  NAVO_RETURN_IF_ERROR(storage::EachUnit(tx, [&](storage::UnitRow&& row) {
    directory->Add(Unit{row.key, std::move(row.id), row.controller_key, std::move(row.name),
                        row.closed, row.version});
  }));
  NAVO_RETURN_IF_ERROR(storage::EachPrincipal(
      tx, [&](storage::PrincipalRow&& row) { directory->Add(PrincipalOf(std::move(row))); }));
  NAVO_RETURN_IF_ERROR(storage::EachMembership(tx, [&](storage::MembershipRow&& row) {
    const int64_t principal_key = row.principal_key;
    directory->Add(principal_key, MembershipOf(std::move(row)));
  }));
  NAVO_RETURN_IF_ERROR(storage::EachOwnNumber(
      tx, [&](const storage::OwnNumberList& list, std::string_view number_hash) {
        directory->AddOwnNumber(list, number_hash);
      }));
  return directory;
}

}  // namespace navo::access
