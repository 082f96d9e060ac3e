#ifndef NAVO_TESTS_PROOF_PLAY_H_
#define NAVO_TESTS_PROOF_PLAY_H_

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/proof/cast.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_server.h"

namespace navo::proof {

// Where the data of a record stand in Person::data, and what it takes to change it.
struct Kept {
  std::string id;
  std::string controller;
  std::string unit;
  std::string etag;
  int version = 1;
  int shared_version = 1;  // of an event: changes of what everybody with it sees
  v1::Category category = v1::CATEGORY_UNSPECIFIED;
  int kind = 0;
  std::size_t datum = 0;
  std::size_t note = 0;
  bool exempted = false;
  std::vector<std::size_t> confirmations;
  std::set<std::string> confirmed_by;  // controllers
  std::string mark;
};

// What was written about one person, by kind of record.
struct Records {
  std::map<std::string, Kept> contacts;  // by controller
  std::vector<Kept> sections;
  std::map<std::string, Kept> parts;  // by controller
  std::vector<Kept> steps;
  std::vector<Kept> events;
  std::map<std::string, Kept> norskmaal;  // by controller
};

// One world: a server, the model beside it, and acts of chance done to both. Every act that the
// model says is refused has to be, and the other way round. One thread.
class Play {
 public:
  explicit Play(uint64_t seed);

  // Does this many acts, the first of which are registrations.
  void Act(int count);

  const World& world() const { return world_; }
  support::TestServer& server() { return *server_; }
  const client::Client& As(const std::string& key) const { return clients_.at(key); }
  // Of the caller's feed, from before anything happened; empty for who follows nothing.
  std::string CursorOf(const std::string& key) const;
  int64_t Today() const;
  // The caller's id for the person, or one that nobody has.
  static std::string IdFor(const Caller& caller, const Person& person);

  // What was done, one line for each act, and where server and model disagreed about an act.
  const std::vector<std::string>& history() const { return history_; }
  const std::vector<std::string>& findings() const { return findings_; }
  int acts() const { return static_cast<int>(history_.size()); }
  int refused() const { return refused_; }

 private:
  friend class Acts;

  std::mt19937_64 random_;
  support::TempFolder folder_;
  World world_;
  std::unique_ptr<support::TestServer> server_;
  std::map<std::string, client::Client> clients_;
  std::map<std::string, std::string> cursors_;
  std::vector<Records> records_;  // as world_.people
  std::vector<std::string> history_;
  std::vector<std::string> findings_;
  int marks_ = 0;
  int refused_ = 0;
};

// Texts that stand nowhere else: every one in `bytes`.
std::set<std::string> MarksIn(const std::string& bytes);

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_PLAY_H_
