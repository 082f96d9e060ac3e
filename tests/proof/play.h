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

// What a unit wrote once, of something that may be taken over by another.
struct Past {
  std::string unit;
  int version = 0;
  std::string text;
  std::string language;  // of contact facts
};

// Where the data of a record stand in Person::data, and what it takes to change it.
struct Kept {
  std::string id;
  std::string controller;
  std::string unit;
  std::string etag;  // empty when it has to be read first
  int version = 1;
  int shared_version = 1;  // of an event: changes of what everybody with it sees
  v1::Category category = v1::CATEGORY_UNSPECIFIED;
  int kind = 0;
  std::size_t datum = 0;
  std::size_t note = 0;
  bool exempted = false;
  bool locked = false;
  std::vector<std::size_t> confirmations;
  std::set<std::string> confirmed_by;  // controllers
  std::string mark;
  std::vector<Past> past;  // of a section: every version, the newest last
};

// What was written about one person, by kind of record.
struct Records {
  std::map<std::string, Kept> contacts;  // by controller
  std::vector<Kept> sections;
  std::map<std::string, Kept> parts;  // by controller
  std::vector<Kept> steps;
  std::vector<Kept> events;
  std::map<std::string, Kept> norskmaal;  // by controller
  std::vector<Kept> language;             // assessments and test results
  // What units wrote of what their controller has one of, oldest first: it comes back when a unit
  // that wrote over it says that it is the wrong person.
  std::map<std::string, std::vector<Past>> past_contacts;
  std::map<std::string, std::vector<Past>> past_parts;
  std::map<std::string, std::vector<Past>> past_norskmaal;
};

// A call that changed something, or tried to, for the access log: who, in which unit, what, about
// whom. Nobody (-1) where the request named nobody the server could find.
struct Call {
  int64_t time_us = 0;
  std::string key;
  std::string unit;
  std::string method;
  int person = -1;
  // The id of the shadow record that it was about, when that has been merged, and whose id it is.
  std::string old_id;
  std::string old_id_of;
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
  // What other sides had opened to the caller when the cursor was made.
  const std::set<std::string>& OpenAtCursor(const std::string& key) const;
  // The caller's id for the person, or one that nobody has.
  static std::string IdFor(const Caller& caller, const Person& person);

  // What was done, one line for each act, and where server and model disagreed about an act.
  const std::vector<std::string>& history() const { return history_; }
  const std::vector<std::string>& findings() const { return findings_; }
  int acts() const { return static_cast<int>(history_.size()); }
  int refused() const { return refused_; }
  // How often each method was done, and refused.
  const std::map<std::string, std::pair<int, int>>& counts() const { return counts_; }
  // Calls that staff made in an act, and the moments of the walks so far.
  const std::vector<Call>& calls() const { return calls_; }
  const std::vector<int64_t>& walks() const { return walks_; }

 private:
  friend class Acts;

  // Lets time pass, or takes in what an act changed: who works where, with which cursor.
  void Pass(absl::Duration by);
  void Settle();
  void StartOver(const Caller& caller);
  void Connect(const Caller& caller);
  // The register says something else of somebody, as the server learns when it starts again.
  void Protect();
  // To the very end of an emergency access, or the instant before.
  void PassToAnEnd();
  // The ids that receivers of handovers were given, read from their lists.
  void LearnIds();
  // The side's id of one whose shadow record was merged, as far as somebody can look it up.
  void LearnId(Person& person, const std::string& side);

  std::mt19937_64 random_;
  support::TempFolder folder_;
  World world_;
  std::unique_ptr<support::TestServer> server_;
  std::map<std::string, client::Client> clients_;
  std::map<std::string, std::string> units_;  // that each asks in
  std::map<std::string, std::string> cursors_;
  std::map<std::string, std::set<std::string>> open_at_cursor_;
  std::map<std::string, std::string> principal_ids_;
  std::vector<Records> records_;  // as world_.people
  std::vector<std::string> history_;
  std::vector<std::string> findings_;
  std::map<std::string, std::pair<int, int>> counts_;
  std::vector<Call> calls_;
  std::vector<int64_t> walks_;
  int marks_ = 0;
  int refused_ = 0;
};

// What is open to the caller of each other side that the feed tells of: "opened:ID:SIDE:CATEGORY".
std::set<std::string> OpenedTo(const World& world, const Caller& caller);

// Texts that stand nowhere else: every one in `bytes`.
std::set<std::string> MarksIn(const std::string& bytes);

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_PLAY_H_
