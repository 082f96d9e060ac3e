#ifndef NAVO_TESTS_FAULTS_BUSY_CLIENTS_H_
#define NAVO_TESTS_FAULTS_BUSY_CLIENTS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cpp/client.h"
#include "tests/support/server_process.h"

namespace navo::faults {

// kAmend amends what the same client's kFollowUp before it recorded, so it comes after it.
enum class What {
  kCreate,
  kFollowUp,
  kAmend,
  kStep,
  kAssessment,
  kHours,
  kReadPlan,
  kReadFollowUps
};
inline constexpr int kKinds = 8;

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
  std::string id;      // of what was made

  bool IsWrite() const { return what != What::kReadPlan && what != What::kReadFollowUps; }
};

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
  // The event that a client amends next.
  struct Event {
    std::string id;
    std::string etag;
    size_t person = 0;
  };
  Sent Next(int client, int64_t number, const Event& last) const;

  std::string kari_token_;
  std::string tor_token_;
  std::vector<std::string> kari_ids_;
  std::vector<std::string> tor_ids_;
  int64_t rounds_ = 0;
};

}  // namespace navo::faults

#endif  // NAVO_TESTS_FAULTS_BUSY_CLIENTS_H_
