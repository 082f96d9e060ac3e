#ifndef NAVO_TESTS_FAULTS_BUSY_CLIENTS_H_
#define NAVO_TESTS_FAULTS_BUSY_CLIENTS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cpp/client.h"
#include "tests/support/server_process.h"

namespace navo::faults {

// kAmend amends what the same client's kFollowUp before it recorded, kNorskmaal replaces what its
// kReadProgress found, and kMeeting joins a meeting of the other side that its kReadFollowUps
// found: they come after them.
enum class What {
  kCreate,
  kFollowUp,
  kAmend,
  kStep,
  kAssessment,
  kTestResult,
  kHours,
  kReadProgress,
  kNorskmaal,
  kReadPlan,
  kReadFollowUps,
  kMeeting
};
inline constexpr int kKinds = 12;

// The course whose one week every client replaces; beside it each call has a course of its own.
inline constexpr char kSharedCourse[] = "felles";

// One call that was sent: what came of it, and how to send the very same bytes again.
struct Sent {
  What what = What::kCreate;
  bool by_kari = true;  // else by tor
  size_t person = 0;
  std::string number;  // of the person registered
  std::function<absl::StatusOr<std::string>(const client::Client&)> send;
  std::string answer;  // the bytes; empty when none came: nobody knows whether it happened
  std::string id;      // of what was made; of norskmaal the decision's number
  std::string joined;  // the other side's event of the same meeting; empty for the first one

  bool IsWrite() const {
    return what != What::kReadPlan && what != What::kReadFollowUps && what != What::kReadProgress;
  }
};

// What Sent::id says, of an answer that has come.
std::string IdIn(const Sent& sent);

// The calls of one client during one life of the server: one act.
struct ActSent {
  std::string act_id;
  std::vector<Sent> sent;
  absl::Status ended;  // what the last call said
};

// Two members of staff with consent both ways on a few people, and 64 clients that write and read
// for them as fast as they are answered. One thread calls.
class BusyClients {
 public:
  static constexpr int kClients = 64;
  static constexpr size_t kPeople = 16;

  // Registers the people at a server that has none of them yet.
  explicit BusyClients(const support::ServerProcess& server);

  // Lets all clients work until `answers` were received, calls `enough`, and waits until each
  // client has been told that the server is gone.
  std::vector<ActSent> Work(const support::ServerProcess& server, int64_t answers,
                            const std::function<void()>& enough);

  client::Client As(const support::ServerProcess& server, bool kari) const;
  const std::string& IdOf(size_t person, bool kari) const {
    return kari ? kari_ids_[person] : tor_ids_[person];
  }

 private:
  struct Event {
    std::string id;
    std::string etag;
    size_t person = 0;
  };
  // What one client knows from its answers.
  struct Known {
    Event amendable;  // its own
    Event meeting;    // of the other side, nobody's of this one has joined
    std::optional<std::string> norskmaal_etag;  // of the one that is this client's; maybe none yet
  };
  Sent Next(int client, int64_t number, const Known& known) const;
  void Remember(int client, const Sent& sent, Known& known) const;

  std::string kari_token_;
  std::string tor_token_;
  std::vector<std::string> kari_ids_;
  std::vector<std::string> tor_ids_;
  int64_t rounds_ = 0;
};

}  // namespace navo::faults

#endif  // NAVO_TESTS_FAULTS_BUSY_CLIENTS_H_
