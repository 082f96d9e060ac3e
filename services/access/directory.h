#ifndef NAVO_SERVICES_ACCESS_DIRECTORY_H_
#define NAVO_SERVICES_ACCESS_DIRECTORY_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "navo/v1/common.pb.h"
#include "navo/v1/exchange.pb.h"
#include "services/access/categories.h"

// Controllers, units, staff and systems. Read from the seed file at start and never changed after,
// so any thread may read without a lock.
namespace navo::access {

struct Controller {
  int64_t key = 0;
  std::string id;
  v1::ControllerKind kind = v1::CONTROLLER_KIND_UNSPECIFIED;
  std::string name;
};

struct Unit {
  int64_t key = 0;
  std::string id;
  int64_t controller_key = 0;
  std::string name;
};

enum class PrincipalKind : int { kStaff = 1, kSystem = 2, kParticipant = 3 };

// Days are inclusive, Europe/Oslo.
struct Membership {
  int64_t unit_key = 0;
  RoleSet roles;
  int64_t valid_from_day = 0;
  int64_t valid_to_day = 0;
};

struct Principal {
  int64_t key = 0;
  PrincipalKind kind = PrincipalKind::kStaff;
  std::string issuer;
  std::string subject;
  std::string name;
  std::vector<Membership> memberships;
  std::vector<std::string> own_hashes;    // HMACs of the own and the family's numbers
  std::vector<v1::ImportFormat> imports;  // what a system may take in
  CategorySet follows;                    // what a system may follow in the feed
};

class Directory {
 public:
  void Add(Controller controller);
  void Add(Unit unit);
  void Add(Principal principal);

  // Null when there is none.
  const Controller* FindController(std::string_view id) const;
  const Controller* FindController(int64_t key) const;
  const Unit* FindUnit(std::string_view id) const;
  const Unit* FindUnit(int64_t key) const;
  const Principal* FindPrincipal(std::string_view issuer, std::string_view subject) const;
  const Principal* FindPrincipal(int64_t key) const;
  // A principal of the unit by subject, whatever the issuer.
  const Principal* FindColleague(int64_t unit_key, std::string_view subject) const;
  // Everybody with a membership, past or present, in a unit of the controller, by key.
  std::vector<const Principal*> PrincipalsOf(int64_t controller_key) const;

 private:
  std::map<int64_t, Controller> controllers_;
  std::map<std::string, int64_t, std::less<>> controller_ids_;
  std::map<int64_t, Unit> units_;
  std::map<std::string, int64_t, std::less<>> unit_ids_;
  std::map<int64_t, Principal> principals_;
  std::map<std::pair<std::string, std::string>, int64_t> principal_ids_;
};

}  // namespace navo::access

#endif  // NAVO_SERVICES_ACCESS_DIRECTORY_H_
