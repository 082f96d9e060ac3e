#ifndef NAVO_SERVICES_ACCESS_DIRECTORY_H_
#define NAVO_SERVICES_ACCESS_DIRECTORY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "navo/v1/common.pb.h"
#include "navo/v1/exchange.pb.h"
#include "services/access/categories.h"
#include "storage/directory.h"
#include "storage/tx.h"

// Controllers, units, staff, systems and memberships, as they stand in the database. A Directory
// never changes, so any thread may read it without a lock; CurrentDirectory says which one is in
// force.
namespace navo::access {

struct Controller {
  int64_t key = 0;
  std::string id;
  v1::ControllerKind kind = v1::CONTROLLER_KIND_UNSPECIFIED;
  std::string name;
  bool closed = false;
  int64_t version = 0;
};

struct Unit {
  int64_t key = 0;
  std::string id;
  int64_t controller_key = 0;
  std::string name;
  bool closed = false;
  int64_t version = 0;
};

enum class PrincipalKind : int { kStaff = 1, kSystem = 2, kParticipant = 3 };

// Days are inclusive, Europe/Oslo.
struct Membership {
  int64_t key = 0;
  std::string id;  // 16 bytes
  int64_t unit_key = 0;
  RoleSet roles;
  bool installation = false;  // with DRIFT: of the whole installation
  int64_t valid_from_day = 0;
  int64_t valid_to_day = 0;
  bool ended = false;  // at once, whatever its days
  int64_t version = 0;

  bool Covers(int64_t day) const { return !ended && valid_from_day <= day && day <= valid_to_day; }
  // Whether it runs on that day or will later.
  bool Open(int64_t day) const { return !ended && day <= valid_to_day; }
};

// What one controller was told of somebody's own and family's numbers. It counts as long as that
// controller answers for the person: otherwise anybody's administration could close the cases of
// others to their staff.
struct OwnNumberList {
  std::vector<std::string> hashes;  // HMACs
  int64_t version = 0;
  int64_t last_day = -1;  // on which it counts, inclusive

  bool Counts(int64_t day) const { return day <= last_day; }
};

struct Principal {
  int64_t key = 0;
  PrincipalKind kind = PrincipalKind::kStaff;
  std::string issuer;
  std::string subject;
  std::string name;
  std::string id;              // 16 bytes
  int64_t controller_key = 0;  // whose administration answers for it; 0: nobody's yet
  std::vector<Membership> memberships;
  std::map<int64_t, OwnNumberList> number_lists;  // by the controller that was told
  std::vector<v1::ImportFormat> imports;          // what a system may take in
  CategorySet follows;                            // what a system may follow in the feed
  bool sets_protection = false;                   // a system: may say how people are protected
  int64_t version = 0;

  // HMACs of the own and the family's numbers, of the lists that count on this day.
  std::vector<std::string> OwnHashes(int64_t day) const;
};

class Directory {
 public:
  void Add(Controller controller);
  void Add(Unit unit);
  void Add(Principal principal);
  // Of a principal that was added before.
  void Add(int64_t principal_key, Membership membership);
  // One number of a list, or "" for a list without any. After the memberships, on which it depends
  // how long the list counts.
  void AddOwnNumber(const storage::OwnNumberList& list, std::string_view number_hash);

  // Null when there is none.
  const Controller* FindController(std::string_view id) const;
  const Controller* FindController(int64_t key) const;
  const Unit* FindUnit(std::string_view id) const;
  const Unit* FindUnit(int64_t key) const;
  const Principal* FindPrincipal(std::string_view issuer, std::string_view subject) const;
  const Principal* FindPrincipal(int64_t key) const;

  // All, in the order of their keys.
  const std::map<int64_t, Controller>& controllers() const { return controllers_; }
  const std::map<int64_t, Unit>& units() const { return units_; }
  const std::map<int64_t, Principal>& principals() const { return principals_; }

  // A principal of the unit by subject, whatever the issuer.
  const Principal* FindColleague(int64_t unit_key, std::string_view subject) const;
  // Everybody with a membership, past or present, in a unit of the controller, by key.
  std::vector<const Principal*> PrincipalsOf(int64_t controller_key) const;

 private:
  int64_t LastDayOf(const Principal& principal, int64_t controller_key) const;

  std::map<int64_t, Controller> controllers_;
  std::map<std::string, int64_t, std::less<>> controller_ids_;
  std::map<int64_t, Unit> units_;
  std::map<std::string, int64_t, std::less<>> unit_ids_;
  std::map<int64_t, Principal> principals_;
  std::map<std::pair<std::string, std::string>, int64_t> principal_ids_;
};

// Which directory is in force. A call takes it once and holds it until its end; what an
// administrator changes counts for the calls that come after. Any thread.
class CurrentDirectory {
 public:
  // Never null after the first Publish.
  std::shared_ptr<const Directory> Get() const;
  // Puts it in the place of the one before, unless that one is as new: `revision` is the number of
  // the last change it knows of, in the journal's stream of the administration.
  void Publish(std::shared_ptr<const Directory> directory, int64_t revision);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Directory> directory_;  // guarded by mutex_
  int64_t revision_ = -1;                       // guarded by mutex_
};

// Reads all of it, in the transaction. What stands in rows that no seed and no administrator ever
// filled (version 0) is there to be named, and has no memberships.
absl::StatusOr<std::shared_ptr<const Directory>> LoadDirectory(storage::ReadTx& tx);

}  // namespace navo::access

#endif  // NAVO_SERVICES_ACCESS_DIRECTORY_H_
