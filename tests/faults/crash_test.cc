#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "storage/uuid.h"
#include "tests/faults/busy_clients.h"
#include "tests/faults/database_check.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

// The server is killed again and again while 64 clients write. What it acknowledged is there, word
// for word; what it did not is there wholly or not at all; every showing stands in the access log.
namespace navo::faults {
namespace {

using support::ServerProcess;

constexpr int kRounds = 50;
constexpr int kRoundsBetweenChecks = 10;

class CrashTest : public ::testing::Test {
 protected:
  ServerProcess::Setup Files() const {
    return {.database = folder_.File("navo.db"),
            .dev_folder = folder_.File("dev"),
            .more = {"--disk-reserve-mb", "0", "--checkpoint-rows", "50"}};
  }

  // One life of the server, ended in the middle.
  void LiveAndDie(BusyClients& clients, int round) {
    ServerProcess server(Files());
    ASSERT_TRUE(server.listening()) << server.Output();
    SendUnknownAgain(clients, server);
    const int64_t answers = 60 + 37 * round % 240;
    for (ActSent& act : clients.Work(server, answers, [&server] { server.Kill(); })) {
      EXPECT_TRUE(absl::IsUnavailable(act.ended)) << act.ended;
      for (Sent& sent : act.sent) {
        if (!sent.answer.empty()) ++answered_by_act_[act.act_id];
        if (!sent.IsWrite()) continue;
        (sent.answer.empty() ? unknown_ : written_).push_back(std::move(sent));
      }
    }
  }

  // A client that did not hear the outcome sends the same request again.
  void SendUnknownAgain(const BusyClients& clients, const ServerProcess& server) {
    InParallel(clients, server, unknown_, [](Sent& sent, const absl::StatusOr<std::string>& again) {
      ASSERT_TRUE(again.ok()) << again.status();
      sent.answer = *again;
      sent.id = IdIn(sent);
    });
    resolved_ += static_cast<int64_t>(unknown_.size());
    for (Sent& sent : unknown_) written_.push_back(std::move(sent));
    unknown_.clear();
  }

  // Every acknowledged write, sent again, is answered as it was.
  void SendAllAgain(const BusyClients& clients, const ServerProcess& server) {
    InParallel(clients, server, written_, [](Sent& sent, const absl::StatusOr<std::string>& again) {
      ASSERT_TRUE(again.ok()) << again.status();
      EXPECT_EQ(*again, sent.answer) << "another answer than the first";
    });
  }

  template <class Check>
  static void InParallel(const BusyClients& clients, const ServerProcess& server,
                         std::vector<Sent>& all, const Check& check) {
    constexpr size_t kThreads = 16;
    std::vector<std::thread> threads;
    for (size_t first = 0; first < kThreads; ++first) {
      threads.emplace_back([&, first] {
        const client::Client kari = clients.As(server, true);
        const client::Client tor = clients.As(server, false);
        for (size_t i = first; i < all.size(); i += kThreads) {
          check(all[i], all[i].send(all[i].by_kari ? kari : tor));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }

  static std::string Link(const std::string& event, const std::string& joined) {
    return absl::StrCat(event, " with ", joined);
  }

  // The ids of what the API shows kari of a person, and links between events.
  static void Read(const client::Client& kari, const std::string& id, std::set<std::string>& there,
                   int64_t& judgements) {
    v1::GetPlanRequest plan;
    plan.set_participant_id(id);
    const auto shown = kari.Call(&v1::PlanService::Stub::Get, plan);
    ASSERT_TRUE(shown.ok()) << shown.status();
    for (const v1::PlanPart& part : shown->plan().parts()) {
      for (const v1::Step& step : part.steps()) there.insert(step.step_id());
    }
    v1::ListFollowUpsRequest list;
    list.set_participant_id(id);
    list.set_page_size(200);
    do {
      const auto page = kari.Call(&v1::FollowUpService::Stub::List, list);
      ASSERT_TRUE(page.ok()) << page.status();
      for (const v1::FollowUp& event : page->follow_ups()) {
        there.insert(event.follow_up_id());
        for (const std::string& joint : event.joint_with()) {
          there.insert(Link(event.follow_up_id(), joint));
        }
      }
      list.set_page_token(page->next_page_token());
    } while (!list.page_token().empty());
    v1::GetProgressRequest progress;
    progress.set_participant_id(id);
    const auto language = kari.Call(&v1::LanguageService::Stub::GetProgress, progress);
    ASSERT_TRUE(language.ok()) << language.status();
    for (const v1::SkillProgress& skill : language->skills()) {
      judgements += skill.assessments_size();
      for (const v1::TestResult& test : skill.test_results()) there.insert(test.test_result_id());
    }
    for (const v1::NorskmaalProgress& side : language->norskmaal()) {
      there.insert(side.norskmaal().decision_reference());
    }
    ReadHours(kari, progress, there);
  }

  // The courses of the weeks.
  static void ReadHours(const client::Client& kari, v1::GetProgressRequest request,
                        std::set<std::string>& there) {
    request.set_page_size(200);
    do {
      const auto page = kari.Call(&v1::LanguageService::Stub::GetProgress, request);
      ASSERT_TRUE(page.ok()) << page.status();
      for (const v1::WeekHours& week : page->hours()) there.insert(week.course_id());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
  }

  // Everything acknowledged is there by reading, once, and nothing else is.
  void ReadEverything(const BusyClients& clients, const ServerProcess& server) {
    const client::Client kari = clients.As(server, true);
    std::set<std::string> there;
    int64_t judgements = 0;
    for (size_t person = 0; person < BusyClients::kPeople; ++person) {
      Read(kari, clients.IdOf(person, true), there, judgements);
    }
    std::map<std::pair<bool, std::string>, std::string> registered;
    std::map<std::pair<bool, size_t>, std::string> newest_norskmaal;
    int64_t expected_judgements = 0;
    int64_t joined = 0;
    for (const Sent& sent : written_) {
      if (sent.what == What::kAssessment) ++expected_judgements;
      if (sent.what == What::kCreate) {
        const auto [at, first] = registered.emplace(std::pair(sent.by_kari, sent.number), sent.id);
        EXPECT_EQ(at->second, sent.id) << "one person, two participants";
      } else if (sent.what == What::kNorskmaal) {
        newest_norskmaal[std::pair(sent.by_kari, sent.person)] = sent.id;
      } else if (sent.what != What::kAssessment) {
        EXPECT_TRUE(there.contains(sent.id)) << "lost";
        if (sent.joined.empty()) continue;
        ++joined;
        EXPECT_TRUE(there.contains(Link(sent.id, sent.joined))) << "two meetings of one";
      }
    }
    EXPECT_GT(joined, 0);
    EXPECT_GT(newest_norskmaal.size(), 0u);
    for (const auto& [whose, decision] : newest_norskmaal) {
      EXPECT_TRUE(there.contains(decision)) << "not the newest norskmaal";
    }
    EXPECT_EQ(judgements, expected_judgements);
    for (const auto& [who, id] : registered) {
      v1::LookupParticipantRequest request;
      request.set_national_identity_number(who.second);
      const auto found =
          clients.As(server, who.first).Call(&v1::ParticipantService::Stub::Lookup, request);
      ASSERT_TRUE(found.ok()) << found.status();
      EXPECT_EQ(found->participant_id(), id);
    }
  }

  // Every answer has its row in the access log; the call that got none may have one.
  void CheckActs(const DatabaseContent& content) const {
    for (const auto& [act_id, answered] : answered_by_act_) {
      const auto bytes = storage::UuidBytes(act_id);
      ASSERT_TRUE(bytes.has_value());
      const auto found = content.rows_by_act.find(*bytes);
      const int rows = found == content.rows_by_act.end() ? 0 : found->second;
      EXPECT_GE(rows, answered) << "shown without its row in the log";
      EXPECT_LE(rows, answered + 1) << "rows of calls that nobody made";
    }
  }

  int64_t CountWritten(What what) const {
    int64_t count = 0;
    for (const Sent& sent : written_) count += sent.what == what ? 1 : 0;
    return count;
  }

  support::TempFolder folder_;
  std::vector<Sent> written_;  // acknowledged
  std::vector<Sent> unknown_;  // sent when the server died
  std::map<std::string, int> answered_by_act_;
  int64_t resolved_ = 0;
};

TEST_F(CrashTest, WhatWasAcknowledgedSurvivesFiftyDeaths) {
  const absl::Time start = absl::Now();
  auto first = std::make_unique<ServerProcess>(Files());
  ASSERT_TRUE(first->listening()) << first->Output();
  BusyClients clients(*first);
  first->Kill();
  for (int round = 1; round <= kRounds && !HasFatalFailure(); ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    LiveAndDie(clients, round);
    // Otherwise the next server itself is the first to open what was left.
    if (round % kRoundsBetweenChecks == 0) CheckDatabase(folder_.File("navo.db"));
  }
  ASSERT_FALSE(HasFailure());

  ServerProcess last(Files());
  ASSERT_TRUE(last.listening()) << last.Output();
  SendUnknownAgain(clients, last);
  SendAllAgain(clients, last);
  ReadEverything(clients, last);
  EXPECT_EQ(last.Stop(), EXIT_SUCCESS);
  const DatabaseContent content = CheckDatabase(folder_.File("navo.db"));
  EXPECT_EQ(content.meetings, CountWritten(What::kMeeting));
  EXPECT_EQ(content.follow_ups, CountWritten(What::kFollowUp) + CountWritten(What::kMeeting));
  EXPECT_EQ(content.amendments, CountWritten(What::kAmend));
  EXPECT_EQ(content.steps, CountWritten(What::kStep));
  EXPECT_EQ(content.assessments, CountWritten(What::kAssessment));
  EXPECT_EQ(content.test_results, CountWritten(What::kTestResult));
  EXPECT_EQ(content.norskmaal, CountWritten(What::kNorskmaal));
  EXPECT_EQ(content.hours, CountWritten(What::kHours));
  EXPECT_GT(content.checkpoints, kRounds / 2) << "signed by the lives that were killed";
  CheckActs(content);
  std::cout << kRounds << " kills, " << written_.size() << " writes acknowledged (" << resolved_
            << " only when sent again), " << content.journal_rows << " journal rows, "
            << content.log_rows << " rows in the access log, " << absl::Now() - start << "\n";
}

}  // namespace
}  // namespace navo::faults
