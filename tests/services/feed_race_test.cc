// The feed under load: many write, consents come and go, and readers follow all the while. Nothing
// is lost or told twice, nothing is told after a withdrawal was answered, and what a reader holds
// in the end is what is stored.
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "navo/v1/follow_up.grpc.pb.h"
#include "tests/services/feed_fixture.h"

namespace navo::support {
namespace {

using Instant = std::chrono::steady_clock::time_point;
constexpr int kWriters = 64;
constexpr int kEventsOfAWriter = 20;

TEST_F(FeedTest, SixtyFourWritersLoseNothingAndRepeatNothing) {
  std::vector<std::string> ids{kari_id_};
  for (const char* person : {"olena", "yusuf", "tesfay", "signe"}) {
    ids.push_back(Register(kari_, person));
  }
  std::vector<Follower> followers(4, Follower(kari_));
  std::mutex mutex;
  std::map<std::string, int> written;  // by record
  std::atomic<int> writing{kWriters};
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      const client::Client caller = server_.As(writer % 2 == 0 ? "kari" : "sara");
      for (int i = 0; i < kEventsOfAWriter; ++i) {
        const std::string& id = ids[static_cast<size_t>(writer + i) % ids.size()];
        const std::string event =
            Must(caller, &v1::FollowUpService::Stub::Record, NewEvent(id)).follow_up_id();
        const std::lock_guard lock(mutex);
        ++written[event];
      }
      --writing;
    });
  }
  const std::vector<int> page_sizes = {1, 3, 50, 200};
  std::vector<std::map<std::string, int>> told(followers.size());
  for (size_t reader = 0; reader < followers.size(); ++reader) {
    threads.emplace_back([&, reader] {
      for (bool last = false; !last;) {
        last = writing.load() == 0;  // one look more after the last was answered
        for (const v1::Change& change : followers[reader].Next(page_sizes[reader])) {
          EXPECT_EQ(change.subject(), v1::CHANGE_SUBJECT_FOLLOW_UP);
          ++told[reader][change.record_id()];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(written.size(), size_t{kWriters} * kEventsOfAWriter);
  for (size_t reader = 0; reader < told.size(); ++reader) {
    EXPECT_TRUE(told[reader] == written) << "pages of " << page_sizes[reader];
  }
}

// What the reader was told while the consent was surely withdrawn.
class Phases {
 public:
  struct Period {
    Instant begin;
    Instant end;
  };
  void PageRead() {
    const std::lock_guard lock(mutex_);
    ++pages_;
    read_.notify_all();
  }
  // Waits until so many pages more have been read.
  void WaitForPages(int count) {
    std::unique_lock lock(mutex_);
    read_.wait(lock, [this, wanted = pages_ + count] { return pages_ >= wanted; });
  }
  void Closed(Instant begin, Instant end) {
    const std::lock_guard lock(mutex_);
    closed_.push_back({begin, end});
  }
  bool IsClosed(Instant begin, Instant end) const {
    for (const Period& period : closed_) {
      if (begin >= period.begin && end <= period.end) return true;
    }
    return false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable read_;
  int pages_ = 0;
  std::vector<Period> closed_;
};

struct Page {
  Instant begin;
  Instant end;
  std::vector<v1::Change> changes;
};

TEST_F(FeedTest, NothingIsToldAfterAWithdrawalWasAnswered) {
  constexpr int kTurns = 120;
  OpenPlans();
  Phases phases;
  std::atomic<bool> done{false};
  std::vector<std::thread> threads;
  // VO writes without a pause.
  for (int writer = 0; writer < 4; ++writer) {
    threads.emplace_back([&] {
      const client::Client caller = server_.As("tor");
      while (!done) Must(caller, &v1::FollowUpService::Stub::Record, NewEvent(tor_id_));
    });
  }
  std::vector<std::vector<Page>> read(3);
  const std::string begin_cursor = Follower(kari_).cursor();  // while nothing is open
  for (size_t reader = 0; reader < read.size(); ++reader) {
    threads.emplace_back([&, reader] {
      const client::Client caller = server_.As("kari");
      std::string cursor = begin_cursor;
      const int page_size = reader == 0 ? 1 : 40;
      for (bool last = false; !last;) {
        last = done;
        for (bool more = true; more;) {
          const Instant begin = std::chrono::steady_clock::now();
          const auto page = ListChanges(caller, cursor, page_size);
          const Instant end = std::chrono::steady_clock::now();
          phases.PageRead();
          ASSERT_TRUE(page.ok()) << page.status();
          read[reader].push_back({begin, end, {page->changes().begin(), page->changes().end()}});
          cursor = page->next_cursor();
          more = page->has_more();
        }
      }
    });
  }
  for (int turn = 0; turn < kTurns; ++turn) {
    const v1::Ground ground = Open();
    phases.WaitForPages(turn % 8);
    Close(ground);
    const Instant answered = std::chrono::steady_clock::now();
    phases.WaitForPages(turn % 8);
    phases.Closed(answered, std::chrono::steady_clock::now());
  }
  done = true;
  for (std::thread& thread : threads) thread.join();

  size_t opened_in_all = 0;
  for (const std::vector<Page>& pages : read) {
    bool open = false;
    for (const Page& page : pages) {
      const bool closed = phases.IsClosed(page.begin, page.end);
      for (const v1::Change& change : page.changes) {
        const std::string text = Follower::TextOf(change);
        if (change.act() == v1::CHANGE_ACT_ACCESS_OPENED) {
          EXPECT_FALSE(open) << "opened twice";
          EXPECT_FALSE(closed) << "told of an opening after it was withdrawn";
          open = true;
          ++opened_in_all;
        } else if (change.act() == v1::CHANGE_ACT_ACCESS_CLOSED) {
          EXPECT_TRUE(open) << "told that something closed that it was not told of";
          open = false;
        } else if (change.owner_controller() == "oslo-vo") {
          EXPECT_TRUE(open) << text << " without an opening";
          EXPECT_FALSE(closed) << text << " after it was withdrawn";
        }
      }
    }
    EXPECT_FALSE(open) << "never told that it closed";
  }
  EXPECT_GT(opened_in_all, 20u) << "the readers slept through it";
}

}  // namespace
}  // namespace navo::support
