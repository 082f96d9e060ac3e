// Office locks: a locked record is the owner unit's and the participant's, and nobody else learns
// of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "tests/services/isolation_probes.h"

namespace navo::support {
namespace {

using FollowUps = v1::FollowUpService::Stub;
using Kartlegging = v1::KartleggingService::Stub;
using Protection = v1::ProtectionService::Stub;
using ::testing::SizeIs;

v1::SetOfficeLockRequest Lock(const std::string& id, v1::LockableRecord record,
                              const std::string& record_id) {
  v1::SetOfficeLockRequest request;
  request.set_participant_id(id);
  request.set_record(record);
  request.set_record_id(record_id);
  return request;
}

v1::LiftOfficeLockRequest Lift(const std::string& id, v1::LockableRecord record,
                               const std::string& record_id) {
  v1::LiftOfficeLockRequest request;
  request.set_participant_id(id);
  request.set_record(record);
  request.set_record_id(record_id);
  return request;
}

std::string RecordEvent(const client::Client& caller, const std::string& id,
                        v1::FollowUpType type) {
  v1::RecordFollowUpRequest request;
  request.set_participant_id(id);
  request.mutable_follow_up()->set_type(type);
  request.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'793'606'500);
  request.mutable_follow_up()->set_agreement("Låst");
  if (type == v1::FOLLOW_UP_TYPE_FELLESMOETE) {
    request.mutable_follow_up()->add_present_kinds(v1::CONTROLLER_KIND_NAV_KOMMUNE);
  }
  return Must(caller, &FollowUps::Record, request).follow_up_id();
}

v1::ListFollowUpsResponse Events(const client::Client& caller, const std::string& id) {
  v1::ListFollowUpsRequest request;
  request.set_participant_id(id);
  return Must(caller, &FollowUps::List, request);
}

class OfficeLockTest : public ::testing::Test {
 protected:
  TestServer server_;
  client::Client kari_ = server_.As("kari");  // NAV Grorud, statlig
  client::Client per_ = server_.As("per");    // NAV Stovner: the same controller
  client::Client tor_ = server_.As("tor");    // VO Rosenhof
  std::string id_ = Register(kari_, "amina");
};

TEST_F(OfficeLockTest, AnEventIsTheUnitsAndTheParticipantsAlone) {
  Register(per_, "amina");
  const std::string for_tor = Register(tor_, "amina");
  ConsentBothWays(kari_, id_, tor_, for_tor);
  const std::string event = RecordEvent(kari_, id_, v1::FOLLOW_UP_TYPE_SAMTALE);
  ASSERT_THAT(Events(tor_, for_tor).follow_ups(), SizeIs(1));
  ASSERT_THAT(Events(per_, id_).follow_ups(), SizeIs(1));
  Must(kari_, &Protection::SetOfficeLock, Lock(id_, v1::LOCKABLE_RECORD_FOLLOW_UP, event));
  EXPECT_THAT(Events(tor_, for_tor).follow_ups(), SizeIs(0));
  EXPECT_THAT(Events(per_, id_).follow_ups(), SizeIs(0));
  ASSERT_THAT(Events(kari_, id_).follow_ups(), SizeIs(1));
  EXPECT_TRUE(Events(kari_, id_).follow_ups(0).office_locked());
  ASSERT_THAT(Events(server_.As("amina"), "me").follow_ups(), SizeIs(1));
  EXPECT_TRUE(Events(server_.As("amina"), "me").follow_ups(0).office_locked());
  v1::ListFollowUpVersionsRequest versions;
  versions.set_participant_id(id_);
  versions.set_follow_up_id(event);
  EXPECT_EQ(per_.Call(&FollowUps::ListVersions, versions).status().code(),
            absl::StatusCode::kNotFound);
  Must(kari_, &FollowUps::ListVersions, versions);

  Must(kari_, &Protection::LiftOfficeLock, Lift(id_, v1::LOCKABLE_RECORD_FOLLOW_UP, event));
  EXPECT_THAT(Events(tor_, for_tor).follow_ups(), SizeIs(1));
  ASSERT_THAT(Events(per_, id_).follow_ups(), SizeIs(1));
  EXPECT_FALSE(Events(per_, id_).follow_ups(0).office_locked());
}

TEST_F(OfficeLockTest, OnlyTheOwnerUnitLocksAndOpens) {
  Register(per_, "amina");
  const std::string event = RecordEvent(kari_, id_, v1::FOLLOW_UP_TYPE_SAMTALE);
  const auto lock = Lock(id_, v1::LOCKABLE_RECORD_FOLLOW_UP, event);
  EXPECT_EQ(ReasonOf(per_.Call(&Protection::SetOfficeLock, lock).status()), "NOT_OWNER");
  Must(kari_, &Protection::SetOfficeLock, lock);
  Must(kari_, &Protection::SetOfficeLock, lock);
  const auto lift = Lift(id_, v1::LOCKABLE_RECORD_FOLLOW_UP, event);
  EXPECT_EQ(per_.Call(&Protection::LiftOfficeLock, lift).status().code(),
            absl::StatusCode::kNotFound);
  Must(server_.As("jan"), &Protection::LiftOfficeLock, lift);
  EXPECT_THAT(Events(per_, id_).follow_ups(), SizeIs(1));
}

TEST_F(OfficeLockTest, AnotherUnitOfTheControllerRecordsASectionAsIfThereWereNone) {
  Register(per_, "amina");
  v1::RecordSectionRequest request = NewSection(id_, EducationContent("Elektriker"));
  const std::string section =
      Must(kari_, &Kartlegging::RecordSection, request).section().section_id();
  Must(kari_, &Protection::SetOfficeLock, Lock(id_, v1::LOCKABLE_RECORD_SECTION, section));
  request = NewSection(id_, EducationContent("Rørlegger"));
  const auto own = Must(per_, &Kartlegging::RecordSection, request);
  EXPECT_NE(own.section().section_id(), section);
  v1::GetKartleggingRequest get;
  get.set_participant_id(id_);
  const auto seen_by = [&get](const client::Client& caller) {
    const v1::GetKartleggingResponse seen = Must(caller, &Kartlegging::Get, get);
    int sections = 0;
    for (const v1::KindPicture& kind : seen.kinds()) sections += kind.sections_size();
    return sections;
  };
  EXPECT_EQ(seen_by(per_), 1);
  EXPECT_EQ(seen_by(kari_), 2);
  const auto lift =
      kari_.Call(&Protection::LiftOfficeLock, Lift(id_, v1::LOCKABLE_RECORD_SECTION, section));
  EXPECT_EQ(ReasonOf(lift.status()), "ILLEGAL_STATE_CHANGE");
}

// What the feed told of the record since the cursor, in order of time.
std::vector<v1::ChangeAct> Told(const client::Client& caller, const std::string& cursor,
                                const std::string& record_id) {
  v1::ListChangesRequest request;
  request.set_cursor(cursor);
  std::vector<v1::ChangeAct> acts;
  const auto page = Must(caller, &v1::FeedService::Stub::ListChanges, request);
  for (const v1::Change& change : page.changes()) {
    if (change.record_id() == record_id) acts.push_back(change.act());
  }
  return acts;
}

std::string CursorOf(const client::Client& caller) {
  return Must(caller, &v1::FeedService::Stub::ListChanges, v1::ListChangesRequest()).next_cursor();
}

TEST_F(OfficeLockTest, WhatWasChangedUnderALockIsNotToldWhenItIsLifted) {
  Register(per_, "amina");
  const std::string cursor = CursorOf(per_);
  v1::RecordSectionRequest request = NewSection(id_, EducationContent("Elektriker"));
  const v1::Section section = Must(kari_, &Kartlegging::RecordSection, request).section();
  const std::string& id = section.section_id();
  Must(kari_, &Protection::SetOfficeLock, Lock(id_, v1::LOCKABLE_RECORD_SECTION, id));
  request = NewSection(id_, EducationContent("Rørlegger"));
  request.set_etag(section.etag());
  Must(kari_, &Kartlegging::RecordSection, request);
  EXPECT_THAT(Told(per_, cursor, id), SizeIs(0));
  Must(kari_, &Protection::LiftOfficeLock, Lift(id_, v1::LOCKABLE_RECORD_SECTION, id));
  EXPECT_THAT(Told(per_, cursor, id), ::testing::ElementsAre(v1::CHANGE_ACT_CREATED));
}

TEST_F(OfficeLockTest, WhatMovedUnderALockIsNotToldWhenItIsLifted) {
  Register(per_, "amina");
  const std::string right = Register(kari_, "olena");
  const std::string cursor = CursorOf(per_);
  const std::string event = RecordEvent(kari_, id_, v1::FOLLOW_UP_TYPE_SAMTALE);
  const std::string section =
      Must(kari_, &Kartlegging::RecordSection,
           NewSection(id_, ContentOf(v1::SECTION_KIND_WORK_EXPERIENCE, "x")))
          .section()
          .section_id();
  Must(kari_, &Protection::SetOfficeLock, Lock(id_, v1::LOCKABLE_RECORD_FOLLOW_UP, event));
  Must(kari_, &Protection::SetOfficeLock, Lock(id_, v1::LOCKABLE_RECORD_SECTION, section));
  v1::AmendFollowUpRequest amend;
  amend.set_participant_id(id_);
  amend.set_follow_up_id(event);
  amend.set_etag(Events(kari_, id_).follow_ups(0).etag());
  amend.set_reason(v1::AMEND_REASON_INCOMPLETE);
  amend.mutable_follow_up()->set_agreement("Under lås");
  amend.mutable_update_mask()->add_paths("agreement");
  Must(kari_, &FollowUps::Amend, amend);
  v1::EndTieRequest end;
  end.set_participant_id(id_);
  end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
  end.set_right_participant_id(right);
  Must(kari_, &v1::ParticipantService::Stub::EndTie, end);
  Must(kari_, &Protection::LiftOfficeLock, Lift(right, v1::LOCKABLE_RECORD_FOLLOW_UP, event));
  Must(kari_, &Protection::LiftOfficeLock, Lift(right, v1::LOCKABLE_RECORD_SECTION, section));
  // What was before the lock, and no more.
  EXPECT_THAT(Told(per_, cursor, event), ::testing::ElementsAre(v1::CHANGE_ACT_CREATED));
  EXPECT_THAT(Told(per_, cursor, section), ::testing::ElementsAre(v1::CHANGE_ACT_CREATED));
}

TEST_F(OfficeLockTest, ALockKeepsEveryVersionToTheUnitThatHasTheSectionNow) {
  Register(per_, "amina");
  const std::string pers_cursor = CursorOf(per_);
  v1::RecordSectionRequest request = NewSection(id_, EducationContent("Elektriker"));
  const v1::Section first = Must(per_, &Kartlegging::RecordSection, request).section();
  const std::string& id = first.section_id();
  request = NewSection(id_, EducationContent("Rørlegger"));
  request.set_etag(first.etag());
  Must(kari_, &Kartlegging::RecordSection, request);
  Must(kari_, &Protection::SetOfficeLock, Lock(id_, v1::LOCKABLE_RECORD_SECTION, id));
  v1::ListSectionVersionsRequest versions;
  versions.set_participant_id(id_);
  versions.set_section_id(id);
  EXPECT_THAT(Must(kari_, &Kartlegging::ListVersions, versions).versions(), SizeIs(2));
  EXPECT_EQ(per_.Call(&Kartlegging::ListVersions, versions).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_THAT(Told(per_, pers_cursor, id), SizeIs(0)) << "nor of what per's unit wrote before";
}

// The lines of an answer, whatever their order: rows of the same moment stand in that of random
// ids.
std::string Lines(const std::string& answer) {
  std::vector<std::string> lines;
  for (absl::string_view line : absl::StrSplit(answer, '\n')) {
    const size_t id = line.find("<id ");
    lines.emplace_back(id == absl::string_view::npos ? line : line.substr(0, id));
  }
  std::sort(lines.begin(), lines.end());
  return absl::StrJoin(lines, "\n");
}

using Answers = std::vector<std::pair<std::string, std::string>>;

// The other side locks an event, its part of a meeting and a section; or it never had them.
Answers AskBeside(const Sides& sides, bool has_locked) {
  IsolationWorld world(sides, OtherSide::kOpen);
  const client::Client other = world.server().As(sides.others.back());
  const std::string& id = world.other_participant_id();
  Register(other, "amina");
  if (has_locked) {
    using enum v1::LockableRecord;
    for (const v1::FollowUpType type :
         {v1::FOLLOW_UP_TYPE_SAMTALE, v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING,
          v1::FOLLOW_UP_TYPE_FELLESMOETE}) {
      Must(other, &Protection::SetOfficeLock,
           Lock(id, LOCKABLE_RECORD_FOLLOW_UP, RecordEvent(other, id, type)));
    }
    const v1::RecordSectionRequest section =
        NewSection(id, ContentOf(v1::SECTION_KIND_NEEDS_BARRIERS, "låst"));
    const auto recorded = Must(other, &Kartlegging::RecordSection, section);
    Must(other, &Protection::SetOfficeLock,
         Lock(id, LOCKABLE_RECORD_SECTION, recorded.section().section_id()));
  }
  Answers answers;
  for (const Probe& probe : ReadProbes()) answers.emplace_back(probe.what, Lines(probe.ask(world)));
  for (const Probe& probe : WriteProbes())
    answers.emplace_back(probe.what, Lines(probe.ask(world)));
  for (const Probe& probe : ReadProbes()) answers.emplace_back(probe.what, Lines(probe.ask(world)));
  return answers;
}

TEST(OfficeLockIsolationTest, EveryAnswerIsTheSameWhetherThereIsSomethingLockedOrNothing) {
  for (const Sides& sides : {VeilederWatchesTeacher(), TeacherWatchesVeileder()}) {
    const Answers without = AskBeside(sides, false);
    const Answers with = AskBeside(sides, true);
    ASSERT_EQ(with.size(), without.size());
    for (size_t i = 0; i < with.size(); ++i) {
      EXPECT_EQ(with[i].second, without[i].second) << with[i].first << ", " << sides.watcher;
    }
  }
}

}  // namespace
}  // namespace navo::support
