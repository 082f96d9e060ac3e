#ifndef NAVO_SERVICES_DOOR_CASE_H_
#define NAVO_SERVICES_DOOR_CASE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/common.pb.h"
#include "services/access/directory.h"
#include "services/access/policy.h"
#include "services/door/tokens.h"
#include "storage/clock.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// What a method's body works with: one participant, one decision, one transaction.
namespace navo::door {

// What a door hands to a call; outlives it. The directory is the one that was in force when it
// came.
struct Surroundings {
  const access::Directory& directory;
  const Tokens& tokens;
  storage::Random& random;
};

// Opens what the decision shows and marks what it withholds. Lives as long as the body runs; one
// thread.
class Case {
 public:
  Case(storage::ReadTx& tx, const Surroundings& around, const access::Rule& rule,
       const access::Caller& caller, access::Facts& facts, const access::Decision& decision);
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;
  virtual ~Case() = default;

  storage::ReadTx& tx() { return tx_; }
  const access::Caller& caller() const { return caller_; }
  const access::Facts& facts() const { return facts_; }
  const access::Decision& decision() const { return decision_; }
  const access::Directory& directory() const { return around_.directory; }
  int64_t participant_key() const { return facts_.participant.participant_key; }
  int32_t today() const { return today_; }

  // The value, or null when it is withheld. Opening counts as showing: it goes in the access log.
  template <typename T>
  const T* Open(const storage::Guarded<T>& guarded) {
    return Shows(guarded.label()) ? &guarded.Open(storage::OpenKey()) : nullptr;
  }
  // The same under the decision on one participant of a list; its line in the log says what is
  // shown.
  template <typename T>
  const T* OpenFor(const access::Decision& decision, const storage::Guarded<T>& guarded) const {
    const bool shown =
        access::Look(decision, caller_, guarded.label()) == v1::WITHHELD_REASON_UNSPECIFIED;
    return shown ? &guarded.Open(storage::OpenKey()) : nullptr;
  }
  // Why it is withheld; UNSPECIFIED when it is shown. Shows nothing by itself.
  v1::WithheldReason Look(const storage::Label& label) const;

  // Says in the place of a withheld part of a shown record whose it is and why. For every record
  // the same, whether it has that part or not.
  void MarkHidden(const storage::Label& label, v1::Withheld* marker) const;
  // The same under the decision on one participant of a list.
  void MarkHiddenFor(const access::Decision& decision, const storage::Label& label,
                     v1::Withheld* marker) const;

  // Adds a marker for each of the rule's categories that a side the caller may know of withholds,
  // and one for each kind of controller that has opened nothing. The same whatever is stored.
  template <typename Markers>
  void MarkWithheld(Markers* markers) {
    for (v1::Withheld& marker : WithheldMarkers()) *markers->Add() = std::move(marker);
  }

  // The same for a line of a list, which is the own side's alone: what the role does not read.
  template <typename Markers>
  void MarkOwn(access::CategorySet withheld, Markers* markers) const {
    for (int number = 1; number <= v1::Category_MAX; ++number) {
      if (!withheld.Has(static_cast<v1::Category>(number))) continue;
      v1::Withheld* marker = markers->Add();
      marker->set_category(static_cast<v1::Category>(number));
      marker->set_owner_kind(caller_.controller_kind);
      marker->set_reason(v1::WITHHELD_REASON_ROLE);
    }
  }

  // Fills ids and names; role, time and source are in the record already. Who recorded it is told
  // to the own controller and to no other.
  void Describe(const storage::Author& author, v1::Provenance* provenance) const;

  // Etag of a record, empty unless it is the own controller's: nobody else may change it.
  std::string Etag(std::string_view subject, const storage::Author& author, int64_t record_key,
                   int64_t version) const;
  // ABORTED STALE_ETAG with the current one; INVALID_ARGUMENT ETAG_MISSING.
  absl::Status CheckEtag(std::string_view sent, const std::string& current) const;
  std::string Digest(std::string_view content) const { return around_.tokens.Digest(content); }

  // The method's number, the participant and `filters` bind a page token to its request.
  std::string NextPage(std::string_view filters, const PagePosition& position) const;
  // nullopt for an empty token; INVALID_ARGUMENT PAGE_TOKEN_INVALID.
  absl::StatusOr<std::optional<PagePosition>> OpenPage(std::string_view filters,
                                                       std::string_view token) const;

  // A place in the feed, sealed and opened again: bound to the method, the caller and the unit.
  // Errors: see Tokens::OpenCursor.
  std::string SealCursor(std::string_view plain) const;
  absl::StatusOr<std::string> OpenCursor(std::string_view token) const;

  // The case's state in this transaction, with what the call itself has journaled so far.
  absl::StatusOr<std::string> Revision();

  // For a list over several participants: the decision on one of them, and its line in the log.
  access::Decision DecideOn(const access::Facts& facts) const;
  void LogParticipant(const access::Facts& facts, const access::Decision& decision,
                      access::CategorySet shown, access::CategorySet withheld);
  // For lists of what others did: see access::DecideOversight.
  access::Decision DecideOversightOn(const access::Facts& facts) const;
  // The same day's decision on facts as they were; nothing is shown by it.
  access::Decision DecideOn(const access::Facts& facts, int32_t day) const;

  // What one side's ground opened to the caller.
  struct Through {
    access::NamedGround ground;
    access::CategorySet shown;
  };
  struct Shown {
    access::CategorySet shown;  // the own controller's data; in SELF anybody's
    access::CategorySet withheld;
    std::vector<Through> through;  // other controllers' data
    // Adds a category of a controller's data under the decision it was shown by.
    void Add(const access::Decision& decision, int64_t controller_key, v1::Category category);
  };
  void LogParticipant(const access::Facts& facts, const access::Decision& decision, Shown what);
  struct Line {
    int64_t participant_key;
    int64_t access_revision;
    int64_t stream_head;
    access::Decision decision;
    Shown what;
  };
  // For the door: what the body showed.
  const Shown& shown() const { return shown_; }
  const std::vector<Line>& lines() const { return lines_; }

 protected:
  void SetFacts(access::Facts facts) { facts_ = std::move(facts); }
  const Surroundings& around() const { return around_; }
  virtual absl::StatusOr<int64_t> Head() { return facts_.participant.stream_head; }

 private:
  bool Shows(const storage::Label& label);
  std::vector<v1::Withheld> WithheldMarkers();
  std::string PageScope(std::string_view filters) const;
  std::string CursorScope() const;

  storage::ReadTx& tx_;
  const Surroundings& around_;
  const access::Rule& rule_;
  const access::Caller& caller_;
  access::Facts& facts_;
  const access::Decision& decision_;
  const int32_t today_;
  Shown shown_;
  std::vector<Line> lines_;
};

// A Case that may change things.
class WriteCase final : public Case {
 public:
  WriteCase(storage::WriteTx& tx, const Surroundings& around, const access::Rule& rule,
            const access::Caller& caller, access::Facts& facts, const access::Decision& decision)
      : Case(tx, around, rule, caller, facts, decision), write_(tx) {}

  storage::WriteTx& tx() { return write_; }
  // Whose rows the caller writes.
  storage::Author author() const;
  // Role and time for a record written now.
  v1::Provenance NewProvenance() const;
  // The participant that the call registered: from here on the case is about them.
  void Adopt(access::Facts facts) { SetFacts(std::move(facts)); }
  // 16 random bytes of a UUID.
  std::string NewId();

 private:
  absl::StatusOr<int64_t> Head() override;
  storage::WriteTx& write_;
};

}  // namespace navo::door

#endif  // NAVO_SERVICES_DOOR_CASE_H_
