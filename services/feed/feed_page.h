#ifndef NAVO_SERVICES_FEED_FEED_PAGE_H_
#define NAVO_SERVICES_FEED_FEED_PAGE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/feed.pb.h"
#include "services/door/case.h"
#include "services/feed/cursor.h"
#include "storage/feed.h"

// One page of the feed, made within one snapshot. First what came to be open or closed, all of it:
// so a cursor always says exactly what its reader was told, and nobody is told that something
// closed whom nobody told that it was open. Then the changes, by time: the streams they come from
// follow keys inside, which would tell who was known to somebody first.
namespace navo::services {

class FeedPage {
 public:
  // `cursor` is where the reader stands; `heads` are those of the snapshot. Both are moved on.
  FeedPage(door::Case& c, const storage::ParticipantHeads& heads, FeedCursor& cursor);

  // Fills the page and logs one line for each participant of whom anything is told. Errors of the
  // engine only.
  absl::Status Fill(int page_size, v1::ListChangesResponse& response);

 private:
  // A participant under the decision in force now.
  struct Person {
    access::Facts facts;
    access::Decision decision;
    std::string id;  // the caller's, as text
    std::vector<storage::AccessChange> changes;
    door::Case::Shown shown;
    bool told = false;
  };
  // Rows of one stream that wait for their turn.
  struct Waiting {
    std::vector<const storage::FeedRow*> rows;
    size_t next = 0;
    bool empty() const { return next == rows.size(); }
    const storage::FeedRow& front() const { return *rows[next]; }
  };
  using Streams = std::array<Waiting, storage::kParticipantStreams>;

  absl::StatusOr<Person*> Find(int64_t participant_key);
  absl::Status TellAccess(v1::ListChangesResponse& response);
  absl::Status TellChanges(int page_size, v1::ListChangesResponse& response);
  absl::Status TellWindow(const storage::FeedWindow& window, const storage::StreamRanges& ranges,
                          int page_size, v1::ListChangesResponse& response);
  absl::StatusOr<Waiting*> Earliest(Streams& streams);
  absl::Status Tell(const storage::FeedRow& row, v1::ListChangesResponse& response);
  bool Shows(const access::Decision& decision, const storage::FeedRow& row,
             const storage::Label& label) const;

  door::Case& c_;
  const storage::ParticipantHeads& heads_;
  FeedCursor& cursor_;
  const storage::FeedReader reader_;
  std::map<int64_t, Person> people_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_FEED_FEED_PAGE_H_
