// Reads against withdrawals: a recorded history of reads by both sides, while consents are given
// and withdrawn again and again, is held against when each withdrawal was acknowledged, and against
// the order of the access log.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/left_behind.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {
namespace {

using Instant = std::chrono::steady_clock::time_point;
constexpr int kReadersOfASide = 8;
constexpr int kPhases = 204;        // closed and open in turn
constexpr int64_t kReads = 20'400;  // at least, in all phases

// NAVO_PROVE_READS asks for more than the tests do.
int ReadsInAPhase() {
  const char* more = std::getenv("NAVO_PROVE_READS");
  const int64_t reads = more == nullptr ? kReads : std::strtoll(more, nullptr, 10);
  return static_cast<int>((reads + kPhases - 1) / kPhases);
}

Instant Now() { return std::chrono::steady_clock::now(); }

// What one side reads, and whose data it must not see without a ground.
struct Watcher {
  std::string staff;
  std::string participant_id;
  std::string token;
  std::string other_controller;
  std::string cursor;     // of the feed, before anybody was registered
  std::string next_page;  // of the follow-ups
};

struct Read {
  size_t side;
  const char* method;
  Instant start;
  Instant end;
  bool shown;  // anything of the other side, even its name
};

// While the other side was surely closed, or surely open, to a side.
struct Period {
  size_t side;
  bool open;
  Instant start;
  Instant end;
};

// Counts the reads that began and ended in the present phase.
class Phases {
 public:
  int present() {
    const std::lock_guard lock(mutex_);
    return phase_;
  }
  void ReadDone(int began_in) {
    const std::lock_guard lock(mutex_);
    if (began_in == phase_ && ++reads_ >= wanted_) enough_.notify_all();
  }
  // Begins the next phase and waits until it has had its reads.
  void Next() {
    std::unique_lock lock(mutex_);
    ++phase_;
    reads_ = 0;
    enough_.wait(lock, [this] { return reads_ >= wanted_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable enough_;
  const int wanted_ = ReadsInAPhase();
  int phase_ = 0;
  int reads_ = 0;
};

using Reader = std::function<std::string(const client::Client&)>;

template <class Stub, class Request, class Response>
Reader Reading(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
               const std::string& participant_id) {
  return [method, participant_id](const client::Client& client) {
    Request request;
    request.set_participant_id(participant_id);
    const absl::StatusOr<Response> answer = client.Call(method, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? answer->SerializeAsString() : std::string();
  };
}

// The second page, again and again with the token of a first one that was read while nothing of the
// other side was open.
Reader ReadingOn(const std::string& participant_id, const std::string& page_token) {
  v1::ListFollowUpsRequest request;
  request.set_participant_id(participant_id);
  request.set_page_token(page_token);
  request.set_page_size(200);
  return [request](const client::Client& caller) {
    return Must(caller, &v1::FollowUpService::Stub::List, request).SerializeAsString();
  };
}

std::string TokenOfNextPage(const client::Client& caller, const std::string& participant_id) {
  v1::ListFollowUpsRequest request;
  request.set_participant_id(participant_id);
  request.set_page_size(1);
  return Must(caller, &v1::FollowUpService::Stub::List, request).next_page_token();
}

// Everything since the beginning, when nothing of the other side was there to be told.
Reader Following(const std::string& cursor) {
  v1::ListChangesRequest request;
  request.set_cursor(cursor);
  request.set_page_size(200);
  return [request](const client::Client& caller) {
    return Must(caller, &v1::FeedService::Stub::ListChanges, request).SerializeAsString();
  };
}

class WithdrawalRaceTest : public testing::Test {
 protected:
  WithdrawalRaceTest() {
    for (Watcher& watcher : watchers_) {
      watcher.cursor = Must(server_.As(watcher.staff), &v1::FeedService::Stub::ListChanges,
                            v1::ListChangesRequest())
                           .next_cursor();
    }
    watchers_[0].participant_id = Register(kari_, "amina");
    watchers_[1].participant_id = Register(tor_, "amina");
    MakeRichCase(kari_, watchers_[0].participant_id, "hos NAV", true);
    MakeRichCase(tor_, watchers_[1].participant_id, "hos VO", true);
    for (Watcher& watcher : watchers_) {
      watcher.token = server_.TokenFor(watcher.staff);
      watcher.next_page = TokenOfNextPage(server_.As(watcher.staff), watcher.participant_id);
    }
  }

  void ReadUntilDone(size_t side, int number, std::vector<Read>& reads) {
    const Watcher& watcher = watchers_[side];
    const client::Client client = server_.WithToken(watcher.token);
    const std::string& id = watcher.participant_id;
    const std::vector<std::pair<const char*, Reader>> methods{
        {"plan", Reading(&v1::PlanService::Stub::Get, id)},
        {"kartlegging", Reading(&v1::KartleggingService::Stub::Get, id)},
        {"follow-ups", Reading(&v1::FollowUpService::Stub::List, id)},
        {"language", Reading(&v1::LanguageService::Stub::GetProgress, id)},
        {"participant", Reading(&v1::ParticipantService::Stub::Get, id)},
        {"plan versions", Reading(&v1::PlanService::Stub::ListVersions, id)},
        {"next page", ReadingOn(id, watcher.next_page)},
        {"changes", Following(watcher.cursor)}};
    for (size_t turn = static_cast<size_t>(number); !done_.load(); ++turn) {
      const auto& [name, read] = methods[turn % methods.size()];
      const int began_in = phases_.present();
      const Instant start = Now();
      const std::string answer = read(client);
      reads.push_back(
          {side, name, start, Now(), answer.find(watcher.other_controller) != std::string::npos});
      phases_.ReadDone(began_in);
    }
  }

  // Side 0 sees the other side's data by what side 1 gives, and the other way round.
  void Give(size_t giver) {
    const Watcher& from = watchers_[giver];
    const Watcher& to = watchers_[1 - giver];
    const Instant sent = Now();
    Must(giver == 0 ? kari_ : tor_, &v1::ConsentService::Stub::GiveConsent,
         NewConsent(from.participant_id, FullRelease(to.other_controller, from.other_controller)));
    periods_.push_back({1 - giver, false, since_[1 - giver], sent});
    since_[1 - giver] = Now();
  }
  void Withdraw(size_t side) {
    const Instant sent = Now();
    Must(side == 0 ? kari_ : tor_, &v1::ConsentService::Stub::WithdrawConsent,
         NewWithdrawal(watchers_[side].participant_id));
    const Instant acknowledged = Now();
    for (size_t watching : {0, 1}) {
      periods_.push_back({watching, true, since_[watching], sent});
      since_[watching] = acknowledged;
    }
  }

  // Gives and withdraws in turn, whoever's turn it is, with enough reads in between.
  std::vector<Read> Run() {
    since_[0] = since_[1] = Now();
    std::vector<std::vector<Read>> recorded(2 * kReadersOfASide);
    std::vector<std::thread> readers;
    for (int i = 0; i < 2 * kReadersOfASide; ++i) {
      readers.emplace_back([this, i, &recorded] {
        ReadUntilDone(static_cast<size_t>(i % 2), i, recorded[static_cast<size_t>(i)]);
      });
    }
    for (int phase = 0; phase < kPhases; phase += 2) {
      const size_t first = static_cast<size_t>(phase / 2) % 2;
      Give(first);
      Give(1 - first);
      phases_.Next();
      Withdraw(static_cast<size_t>(phase / 4) % 2);
      phases_.Next();
    }
    done_ = true;
    for (std::thread& reader : readers) reader.join();
    std::vector<Read> all;
    for (const auto& reads : recorded) all.insert(all.end(), reads.begin(), reads.end());
    return all;
  }

  TestServer server_;
  const client::Client kari_ = server_.As("kari");
  const client::Client tor_ = server_.As("tor");
  Watcher watchers_[2] = {{"kari", "", "", "oslo-vo", "", ""},
                          {"tor", "", "", "nav-statlig", "", ""}};
  Phases phases_;
  std::atomic<bool> done_ = false;
  Instant since_[2];
  std::vector<Period> periods_;
};

// Reads that lie wholly within a closed period show nothing, within an open one they do.
std::map<std::string, int> CheckHistory(const std::vector<Read>& reads,
                                        const std::vector<Period>& periods) {
  std::map<std::string, int> checked;
  int wrong = 0;
  for (const Read& read : reads) {
    for (const Period& period : periods) {
      if (period.side != read.side || read.start < period.start || read.end > period.end) continue;
      ++checked[std::string(read.method) + (period.open ? " open" : " closed")];
      if (read.shown != period.open && ++wrong < 10) {
        ADD_FAILURE() << read.method << " of side " << read.side
                      << (read.shown ? " showed what was closed" : " hid what was open");
      }
    }
  }
  EXPECT_EQ(wrong, 0);
  return checked;
}

// The feed has no line where there is nothing to tell.
bool HasItsRow(const Read& read) { return std::string_view(read.method) != "changes"; }

// The log is in the order in which things happened: no row that relies on a ground of the other
// side stands between a withdrawal and the next consent.
void CheckLog(LeftBehind& left, int64_t reads, int64_t shown) {
  constexpr int64_t kGive = 20;
  constexpr int64_t kWithdraw = 21;
  std::map<int64_t, bool> open;  // by the unit that gave
  int64_t giving_units = 0;
  int64_t out_of_order = 0;
  left.Each("SELECT rpc, unit_key, ground_key FROM access_log ORDER BY position", {},
            [&](const storage::Row& row) {
              const int64_t unit = row.Int64(1);
              if (row.Int64(0) == kGive) open[unit] = true;
              if (row.Int64(0) == kWithdraw) open.clear();
              if (row.Int64(2) == 0) return;
              bool other_gave = false;
              for (const auto& [giver, gave] : open) other_gave |= gave && giver != unit;
              out_of_order += other_gave ? 0 : 1;
            });
  giving_units = left.Number(
      "SELECT COUNT(DISTINCT unit_key) FROM access_log WHERE rpc = 20 AND decision = 1");
  EXPECT_EQ(giving_units, 2);
  EXPECT_EQ(out_of_order, 0);
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM access_log WHERE ground_key > 0"), shown);
  // Every read has its row. The two cases were looked at twice each while they were made, and
  // once more for a first page.
  EXPECT_EQ(left.Number("SELECT COUNT(*) FROM access_log WHERE rpc IN (3, 41, 61, 62, 81, 102)"),
            reads + 6);
}

TEST_F(WithdrawalRaceTest, NothingIsShownAfterAWithdrawalWasAcknowledged) {
  const std::vector<Read> reads = Run();
  EXPECT_GE(reads.size(), 20'000u);
  const std::map<std::string, int> checked = CheckHistory(reads, periods_);
  EXPECT_EQ(checked.size(), 16u);  // eight methods, closed and open
  for (const auto& [what, count] : checked) {
    EXPECT_GE(count, 300) << what;
    RecordProperty(what, count);
  }
  int64_t shown = 0;
  int64_t logged = 0;
  int64_t within = 0;
  for (const Read& read : reads) {
    shown += read.shown ? 1 : 0;
    logged += HasItsRow(read) ? 1 : 0;
  }
  for (const auto& [what, count] : checked) within += count;
  LeftBehind left(server_);
  CheckLog(left, logged, shown);
  std::cout << reads.size() << " reads of 8 kinds, " << shown << " of them shown the other side, "
            << within << " surely while it was open or closed, " << kPhases / 2 << " withdrawals\n";
}

}  // namespace
}  // namespace navo::support
