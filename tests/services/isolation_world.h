// Amina's case at two sides, one of which watches and the other of which is in one of several
// states.
#ifndef NAVO_TESTS_SERVICES_ISOLATION_WORLD_H_
#define NAVO_TESTS_SERVICES_ISOLATION_WORLD_H_

#include <ostream>
#include <string>
#include <vector>

#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {

// What the other side is to the watching one. In all but kOpen nothing of it is open.
enum class OtherSide {
  kNeverHeardOfHer,
  kRichCase,   // never a consent
  kWithdrawn,  // consented, and withdrawn at the other side
  kExpired,    // consented until last week
  kPending,    // consent registered by the watching side alone
  kOpen,       // consented and in force
};
inline constexpr OtherSide kClosedStates[] = {OtherSide::kNeverHeardOfHer, OtherSide::kRichCase,
                                              OtherSide::kWithdrawn, OtherSide::kExpired,
                                              OtherSide::kPending};
std::string NameOf(OtherSide state);

// Who watches whom.
struct Sides {
  std::string watcher;              // staff key
  std::string controller;           // the watcher's
  std::string system;               // that imports for the watcher's unit
  std::vector<std::string> others;  // of two units
  std::string other_controller;
  std::string colleague;  // of another unit of the watcher's controller
  std::string unit;       // the watcher's
  std::string colleague_unit;
  std::string other_unit;  // of the other controller
};
inline void PrintTo(const Sides& sides, std::ostream* out) { *out << sides.watcher; }
Sides VeilederWatchesTeacher();
Sides TeacherWatchesVeileder();

// A server with a case that the watcher made, and the other side's. Everything the watcher does is
// the same in every state (but that in kPending it asked for the consent), and so is the time.
class IsolationWorld {
 public:
  IsolationWorld(const Sides& sides, OtherSide state);

  TestServer& server() { return server_; }
  const Sides& sides() const { return sides_; }
  const client::Client& watcher() const { return watcher_; }
  const std::string& id() const { return id_; }  // of Amina, for the watcher
  const RichCase& own() const { return own_; }
  // What the other side has; ids of nothing where it has nothing.
  const RichCase& other() const { return other_; }
  const std::string& other_ground_id() const { return other_ground_id_; }
  const std::string& other_participant_id() const { return other_participant_id_; }
  const std::string& own_ground_id() const { return own_ground_id_; }
  // Of the watcher, from when it had registered Amina and written nothing yet.
  const std::string& feed_cursor() const { return feed_cursor_; }

 private:
  std::string RegisterOwn(const std::string& person, const std::string& family_name);
  void MakeOwnSide();
  void BeginOtherSide(const client::Client& other);
  void MakeOtherSide(const client::Client& other, OtherSide state);
  void Consent(const client::Client& other, OtherSide state);

  Sides sides_;
  TestServer server_;
  client::Client watcher_;
  std::string id_;
  RichCase own_;
  std::string own_ground_id_;
  std::string feed_cursor_;
  RichCase other_{"11111111-1111-4111-8111-111111111111",
                  "22222222-2222-4222-8222-222222222222",
                  "AAAAAAAAAAAAAAAA",
                  "55555555-5555-4555-8555-555555555555",
                  "AAAAAAAAAAAAAAAA",
                  "66666666-6666-4666-8666-666666666666"};
  std::string other_participant_id_ = "33333333-3333-4333-8333-333333333333";
  std::string other_ground_id_ = "44444444-4444-4444-8444-444444444444";
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_ISOLATION_WORLD_H_
