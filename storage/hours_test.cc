#include "storage/hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/store.h"
#include "tests/support/memory_store.h"
#include "tests/support/row_opener.h"

namespace navo::storage {
namespace {

using door::Case;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Author kSchool{2, 20, 200};
constexpr Author kOtherSchool{2, 21, 201};

v1::WeekHours Week(const std::string& week, const std::string& course) {
  v1::WeekHours body;
  body.set_week(week);
  body.set_course_id(course);
  body.set_kind(v1::HOURS_KIND_NORSK);
  body.mutable_provenance()->set_role(v1::ROLE_LAERER);
  return body;
}
v1::WeekHours Planned(double hours, const std::string& week = "2026-W34") {
  v1::WeekHours body = Week(week, "N1");
  body.set_planned_hours(hours);
  return body;
}
v1::WeekHours Attended(double hours, double absence, const std::string& week = "2026-W34") {
  v1::WeekHours body = Week(week, "N1");
  body.set_attended_hours(hours);
  body.set_undocumented_absence_hours(absence);
  return body;
}

class HoursTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    participant_ = NewPerson();
    other_ = NewPerson();
  }
  HoursChange Put(const v1::WeekHours& body, int32_t week_day = 100,
                  const Author& author = kSchool) {
    HoursChange change = HoursChange::kUnchanged;
    Do([&](WriteTx& tx) -> absl::Status {
      const auto put = PutHours(tx, {participant_, week_day, author, body});
      if (put.ok()) change = *put;
      return put.status();
    });
    return change;
  }
  std::vector<HoursRow> Rows(int64_t participant_key) {
    std::vector<HoursRow> rows;
    const absl::Status read = store_->Read([&](ReadTx& tx) {
      return ReadHours(tx, participant_key, [&](const HoursRow& row) {
        rows.push_back(row);
        return absl::OkStatus();
      });
    });
    EXPECT_TRUE(read.ok()) << read;
    return rows;
  }
  std::optional<v1::WeekHours> Find(const HoursKey& key) {
    std::optional<v1::WeekHours> found;
    const absl::Status read = store_->Read([&](ReadTx& tx) -> absl::Status {
      const auto one = FindHours(tx, key);
      if (one.ok()) found = *one;
      return one.status();
    });
    EXPECT_TRUE(read.ok()) << read;
    return found;
  }
  struct Change {
    JournalAct act;
    int64_t version;
    v1::WeekHours body;
  };
  std::vector<Change> Journal(int64_t participant_key) {
    std::vector<Change> changes;
    const JournalSubject subject = JournalSubject::kHours;
    EXPECT_TRUE(store_
                    ->Read([&](ReadTx& tx) {
                      return ReadHistory(tx, participant_key, {&subject, 1},
                                         [&](const JournalRow& row) {
                                           Change& change = changes.emplace_back();
                                           change.act = row.act;
                                           change.version = row.version;
                                           change.body.ParseFromString(std::string(row.body));
                                           return absl::OkStatus();
                                         });
                    })
                    .ok());
    return changes;
  }

  int64_t participant_ = 0;
  int64_t other_ = 0;
};

TEST_F(HoursTest, WhatWasPlannedAndWhatCameOfItAreGuardedApart) {
  v1::WeekHours body = Planned(20);
  body.MergeFrom(Attended(18, 2));
  EXPECT_EQ(Put(body), HoursChange::kAdded);
  const std::vector<HoursRow> rows = Rows(participant_);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].week_day, 100);
  EXPECT_EQ(rows[0].course_id, "N1");
  EXPECT_EQ(rows[0].unit_key, kSchool.unit_key);
  ASSERT_TRUE(rows[0].planned.has_value());
  EXPECT_EQ(rows[0].planned->label().category, v1::CATEGORY_LANGUAGE);
  EXPECT_EQ(rows[0].planned->label().author.principal_key, kSchool.principal_key);
  const v1::WeekHours planned = Case::Open(*rows[0].planned);
  EXPECT_EQ(planned.planned_hours(), 20);
  EXPECT_EQ(planned.provenance().role(), v1::ROLE_LAERER);
  EXPECT_FALSE(planned.has_attended_hours() || planned.has_undocumented_absence_hours() ||
               planned.has_attendance_provenance());
  ASSERT_TRUE(rows[0].attendance.has_value());
  EXPECT_EQ(rows[0].attendance->label().category, v1::CATEGORY_ATTENDANCE);
  const v1::WeekHours attendance = Case::Open(*rows[0].attendance);
  EXPECT_EQ(attendance.attended_hours(), 18);
  EXPECT_EQ(attendance.undocumented_absence_hours(), 2);
  EXPECT_FALSE(attendance.has_planned_hours() || attendance.has_documented_absence_hours() ||
               attendance.has_provenance());
  EXPECT_EQ(attendance.attendance_provenance().role(), v1::ROLE_LAERER);
}

TEST_F(HoursTest, ThePartThatIsStatedTakesTheSamePartsPlaceAsItsNextVersion) {
  EXPECT_EQ(Put(Planned(20)), HoursChange::kAdded);
  EXPECT_EQ(Put(Attended(16, 4)), HoursChange::kReplaced);
  EXPECT_EQ(Put(Attended(18, 2)), HoursChange::kReplaced);
  const std::vector<HoursRow> rows = Rows(participant_);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(Case::Open(*rows[0].planned).version(), 1);
  EXPECT_EQ(Case::Open(*rows[0].planned).planned_hours(), 20);
  EXPECT_EQ(Case::Open(*rows[0].attendance).attendance_version(), 2);
  EXPECT_EQ(Case::Open(*rows[0].attendance).attended_hours(), 18);
  const std::vector<Change> journal = Journal(participant_);
  ASSERT_EQ(journal.size(), 3u);
  EXPECT_EQ(journal[1].act, JournalAct::kCreated);
  EXPECT_EQ(journal[1].body.attended_hours(), 16);
  EXPECT_EQ(journal[2].act, JournalAct::kCorrected);
  EXPECT_EQ(journal[2].version, 2);
  EXPECT_EQ(PartOf(journal[0].body), HoursPart::kPlanned);
  EXPECT_EQ(PartOf(journal[2].body), HoursPart::kAttendance);
}

TEST_F(HoursTest, TheSameAgainIsNothingWhoeverSaysIt) {
  Put(Attended(16, 4));
  v1::WeekHours again = Attended(16, 4);
  again.mutable_provenance()->set_source_system("visma");
  EXPECT_EQ(Put(again), HoursChange::kUnchanged);
  EXPECT_EQ(Journal(participant_).size(), 1u);
  const auto row = Rows(participant_).front();
  EXPECT_EQ(Case::Open(*row.attendance).attendance_provenance().source_system(), "");
  again.set_attended_hours(15);
  EXPECT_EQ(Put(again), HoursChange::kReplaced);
  const auto replaced = Rows(participant_).front();
  EXPECT_EQ(Case::Open(*replaced.attendance).attendance_provenance().source_system(), "visma");
}

TEST_F(HoursTest, AWholePartIsReplacedNotItsFields) {
  v1::WeekHours body = Attended(16, 3);
  body.set_documented_absence_hours(1);
  Put(body);
  Put(Attended(20, 0));
  const auto row = Rows(participant_).front();
  EXPECT_FALSE(Case::Open(*row.attendance).has_documented_absence_hours());
}

TEST_F(HoursTest, TheKindIsTheWeeks) {
  Put(Planned(20));
  v1::WeekHours attended = Attended(18, 2);
  attended.set_kind(v1::HOURS_KIND_SAMFUNNSKUNNSKAP);
  Put(attended);
  const auto row = Rows(participant_).front();
  EXPECT_EQ(Case::Open(*row.planned).kind(), v1::HOURS_KIND_SAMFUNNSKUNNSKAP);
  EXPECT_EQ(Case::Open(*row.planned).planned_hours(), 20);
  EXPECT_EQ(Case::Open(*row.planned).version(), 2);
  EXPECT_EQ(Journal(participant_).size(), 3u);
}

TEST_F(HoursTest, UnitsCoursesAndWeeksAreApartNewestWeekFirst) {
  v1::WeekHours no_course = Planned(5);
  no_course.clear_course_id();
  Put(Planned(20), 100);
  Put(Planned(10), 100, kOtherSchool);
  Put(no_course, 100);
  Put(Planned(30, "2026-W35"), 107);
  std::vector<double> planned;
  for (const HoursRow& row : Rows(participant_)) {
    planned.push_back(Case::Open(*row.planned).planned_hours());
  }
  EXPECT_THAT(planned, ElementsAre(30, 5, 20, 10));
  EXPECT_THAT(Rows(other_), IsEmpty());
}

TEST_F(HoursTest, AnImportFindsWhatTheUnitHas) {
  EXPECT_EQ(Find({participant_, kSchool.unit_key, 100, "N1"}), std::nullopt);
  Put(Planned(20));
  Put(Attended(16, 4));
  const auto found = Find({participant_, kSchool.unit_key, 100, "N1"});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->week(), "2026-W34");
  EXPECT_EQ(found->planned_hours(), 20);
  EXPECT_EQ(found->undocumented_absence_hours(), 4);
  EXPECT_FALSE(found->has_provenance());
  EXPECT_EQ(Find({participant_, kOtherSchool.unit_key, 100, "N1"}), std::nullopt);
  EXPECT_EQ(Find({participant_, kSchool.unit_key, 107, "N1"}), std::nullopt);
  EXPECT_EQ(Find({participant_, kSchool.unit_key, 100, "N2"}), std::nullopt);
}

TEST_F(HoursTest, HoursGoToTheRightPersonWhereTheyDoNotStandAlready) {
  Put(Planned(20), 100);
  Put(Attended(16, 4), 100);
  Put(Planned(8), 100, kOtherSchool);
  Do([&](WriteTx& tx) { return PutHours(tx, {other_, 100, kSchool, Planned(25)}).status(); });
  int moved = 0;
  Do([&](WriteTx& tx) -> absl::Status {
    const auto done = MoveHours(tx, participant_, other_, kSchool);
    moved = done.value_or(-1);
    return done.status();
  });
  EXPECT_EQ(moved, 2);
  const auto left = Rows(participant_);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].unit_key, kOtherSchool.unit_key);
  const auto right = Rows(other_);
  ASSERT_EQ(right.size(), 1u);
  EXPECT_EQ(Case::Open(*right[0].planned).planned_hours(), 25);
  EXPECT_EQ(Case::Open(*right[0].attendance).attended_hours(), 16);
  EXPECT_EQ(Case::Open(*right[0].attendance).attendance_version(), 2);
  const std::vector<Change> arrived = Journal(other_);
  ASSERT_EQ(arrived.size(), 3u);
  EXPECT_EQ(arrived[1].act, JournalAct::kMoved);
  EXPECT_EQ(arrived[1].body.planned_hours(), 20);
  const std::vector<Change> gone = Journal(participant_);
  EXPECT_EQ(gone.back().act, JournalAct::kDeleted);
  EXPECT_EQ(gone.back().body.ByteSizeLong(), 0u);
  EXPECT_EQ(PartOf(gone.back().body), HoursPart::kAttendance);
}

}  // namespace
}  // namespace navo::storage
