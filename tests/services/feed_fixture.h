// One reader of the feed as a test writes it down.
#ifndef NAVO_TESTS_SERVICES_FEED_FIXTURE_H_
#define NAVO_TESTS_SERVICES_FEED_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {

inline absl::StatusOr<v1::ListChangesResponse> ListChanges(const client::Client& caller,
                                                           const std::string& cursor,
                                                           int page_size = 0) {
  v1::ListChangesRequest request;
  request.set_cursor(cursor);
  request.set_page_size(page_size);
  return caller.Call(&v1::FeedService::Stub::ListChanges, request);
}

inline v1::RecordFollowUpRequest NewEvent(const std::string& participant_id) {
  v1::RecordFollowUpRequest request;
  request.set_participant_id(participant_id);
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_TELEFON);
  request.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'780'000'000);
  return request;
}

// Keeps a cursor, as a system would.
class Follower {
 public:
  explicit Follower(client::Client caller) : caller_(std::move(caller)) {
    const auto now = ListChanges(caller_, "");
    EXPECT_TRUE(now.ok()) << now.status();
    if (now.ok()) cursor_ = now->next_cursor();
  }

  // Every entry up to the present, page by page.
  std::vector<v1::Change> Next(int page_size = 0) {
    std::vector<v1::Change> changes;
    for (bool more = true; more;) {
      const auto page = ListChanges(caller_, cursor_, page_size);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return changes;
      changes.insert(changes.end(), page->changes().begin(), page->changes().end());
      cursor_ = page->next_cursor();
      more = page->has_more();
    }
    return changes;
  }
  // The same, each as "PLAN_STEP CREATED nav-statlig".
  std::vector<std::string> Told(int page_size = 0) {
    std::vector<std::string> told;
    for (const v1::Change& change : Next(page_size)) told.push_back(TextOf(change));
    return told;
  }

  static std::string TextOf(const v1::Change& change) {
    const std::string act = v1::ChangeAct_Name(change.act()).substr(11);
    const bool access = change.subject() == v1::CHANGE_SUBJECT_ACCESS;
    const std::string what =
        access ? act : v1::ChangeSubject_Name(change.subject()).substr(15) + " " + act;
    return change.owner_controller().empty() ? what : what + " " + change.owner_controller();
  }

  const std::string& cursor() const { return cursor_; }
  void SetCursor(std::string cursor) { cursor_ = std::move(cursor); }
  void SetCaller(client::Client caller) { caller_ = std::move(caller); }

 private:
  client::Client caller_;
  std::string cursor_;
};

// Amina at NAV Grorud (kari) and at VO Rosenhof (tor); nothing is shared yet.
class FeedTest : public ::testing::Test {
 protected:
  explicit FeedTest(const TestServer::Setup& setup = TestServer::Setup())
      : server_(setup),
        kari_(server_.As("kari")),
        tor_(server_.As("tor")),
        kari_id_(Register(kari_, "amina")),
        tor_id_(Register(tor_, "amina")) {}

  // VO opens to NAV.
  v1::Ground Open(const std::vector<v1::Category>& categories = {}) {
    v1::Release release = LawRelease("oslo-vo", "nav-statlig");
    if (!categories.empty()) {
      release.mutable_categories()->Assign(categories.begin(), categories.end());
    }
    return Must(tor_, &v1::ConsentService::Stub::RecordLegalBasis, NewLegalBasis(tor_id_, release))
        .ground();
  }
  void Close(const v1::Ground& ground) {
    v1::EndLegalBasisRequest request;
    request.set_participant_id(tor_id_);
    request.set_ground_id(ground.ground_id());
    Must(tor_, &v1::ConsentService::Stub::EndLegalBasis, request);
  }
  std::string AddStep(const client::Client& caller, const std::string& id) {
    return Must(caller, &v1::PlanService::Stub::AddStep, NewStep(id, "Kurs")).step().step_id();
  }
  void OpenPlan(const client::Client& caller, const std::string& id) {
    v1::OpenPlanRequest request;
    request.set_participant_id(id);
    Must(caller, &v1::PlanService::Stub::Open, request);
  }
  // Both have a plan with a step that the other may not know of.
  void OpenPlans() {
    OpenPlan(kari_, kari_id_);
    OpenPlan(tor_, tor_id_);
  }

  TestServer server_;
  client::Client kari_;
  client::Client tor_;
  std::string kari_id_;
  std::string tor_id_;
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_FEED_FIXTURE_H_
