#include "services/access/directory.h"

#include <algorithm>

namespace navo::access {
namespace {

template <typename Map>
auto* FindIn(const Map& map, int64_t key) {
  const auto it = map.find(key);
  return it == map.end() ? nullptr : &it->second;
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

}  // namespace navo::access
