#include "storage/section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/participant.h"
#include "storage/schema/schema.h"
#include "storage/store.h"
#include "storage/uuid.h"
#include "tests/support/memory_store.h"
#include "tests/support/row_opener.h"
#include "tests/support/temp_folder.h"

namespace navo::storage {
namespace {

using door::Case;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Author kNav{1, 10, 100};
constexpr Author kNavColleague{1, 11, 101};
constexpr Author kSchool{2, 20, 200};

class SectionTest : public support::MemoryStoreTest {
 protected:
  void SetUp() override {
    MemoryStoreTest::SetUp();
    participant_ = NewPerson();
  }

  int64_t now_us() { return absl::ToUnixMicros(clock_.Now()); }

  SectionRow RowOf(const Author& author, int school_years) {
    SectionRow row;
    row.id = NewId();
    row.participant_key = participant_;
    row.kind = v1::SECTION_KIND_EDUCATION;
    row.author = author;
    row.body.mutable_content()->mutable_education()->set_school_years(school_years);
    row.body.mutable_provenance()->mutable_time()->set_seconds(now_us() / 1'000'000);
    return row;
  }
  SectionRow Add(const Author& author, int school_years) {
    SectionRow row = RowOf(author, school_years);
    Do([&](WriteTx& tx) { return AddSection(tx, row); });
    return row;
  }
  void Confirm(const SectionRow& section, const Author& author) {
    v1::Provenance provenance;
    provenance.set_role(v1::ROLE_LAERER);
    Do([&](WriteTx& tx) { return ConfirmSection(tx, section, author, provenance); });
  }

  template <typename T>
  T Read(std::function<absl::StatusOr<T>(ReadTx&)> fn) {
    T value{};
    const absl::Status status = store_->Read([&](ReadTx& tx) -> absl::Status {
      absl::StatusOr<T> read = fn(tx);
      if (!read.ok()) return read.status();
      value = *std::move(read);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return value;
  }
  std::vector<ConfirmedSection> List() {
    return Read<std::vector<ConfirmedSection>>(
        [&](ReadTx& tx) { return ListSections(tx, participant_); });
  }
  std::vector<SectionTimes> Times(v1::SectionKind kind) {
    return Read<std::vector<SectionTimes>>(
        [&](ReadTx& tx) { return ListSectionTimes(tx, participant_, kind); });
  }
  int64_t Counted() {
    return *Read<std::optional<int64_t>>(
        [&](ReadTx& tx) { return tx.Number("SELECT COUNT(*) FROM section_duplicate", {}); });
  }

  int64_t participant_ = 0;
};

TEST_F(SectionTest, EachControllerHasOneSectionOfAKind) {
  Add(kNav, 9);
  Add(kSchool, 12);
  SectionRow second = RowOf(kNavColleague, 10);
  const absl::Status refused =
      store_->WriteAndWait([&](WriteTx& tx) { return AddSection(tx, second); });
  EXPECT_EQ(SqlErrorOf(refused), SqlError::kUniqueViolation);
  const std::vector<ConfirmedSection> sections = List();
  ASSERT_EQ(sections.size(), 2u);
  EXPECT_EQ(sections[0].section.label().category, v1::CATEGORY_COMPETENCE);
  EXPECT_EQ(sections[0].section.label().author.unit_key, kNav.unit_key);
  EXPECT_EQ(Case::Open(sections[0].section).body.content().education().school_years(), 9);
  EXPECT_EQ(Case::Open(sections[1].section).body.content().education().school_years(), 12);
}

TEST_F(SectionTest, OfWhatStaysWithTheUnitEachUnitHasItsOwn) {
  for (const v1::SectionKind kind :
       {v1::SECTION_KIND_NEEDS_BARRIERS, v1::SECTION_KIND_BENEFIT_TYPE_PERIOD,
        v1::SECTION_KIND_HEALTH_WORK_ABILITY}) {
    for (const Author& author : {kNav, kNavColleague, kSchool}) {
      SectionRow row = RowOf(author, 0);
      row.kind = kind;
      Do([&](WriteTx& tx) { return AddSection(tx, row); });
    }
    SectionRow second = RowOf({kNav.controller_key, kNav.unit_key, 102}, 0);
    second.kind = kind;
    const absl::Status refused =
        store_->WriteAndWait([&](WriteTx& tx) { return AddSection(tx, second); });
    EXPECT_EQ(SqlErrorOf(refused), SqlError::kUniqueViolation);
    EXPECT_EQ(Times(kind).size(), 3u);
  }
  EXPECT_EQ(List().size(), 9u);
}

TEST_F(SectionTest, OfWhatStaysWithTheUnitEachUnitConfirmsForItself) {
  SectionRow section = RowOf(kSchool, 0);
  section.kind = v1::SECTION_KIND_NEEDS_BARRIERS;
  Do([&](WriteTx& tx) { return AddSection(tx, section); });
  Confirm(section, kNav);
  Confirm(section, kNavColleague);
  clock_.Advance(absl::Hours(1));
  Confirm(section, kNav);
  const std::vector<ConfirmedSection> sections = List();
  ASSERT_EQ(sections.size(), 1u);
  ASSERT_EQ(sections[0].confirmations.size(), 2u);
  EXPECT_EQ(sections[0].confirmations[0].label().author.unit_key, kNav.unit_key);
  EXPECT_EQ(sections[0].confirmations[1].label().author.unit_key, kNavColleague.unit_key);
  EXPECT_EQ(sections[0].confirmations[0].label().category, v1::CATEGORY_NEEDS_BARRIERS);
}

// A database of before: its sections keep their keys, ids and confirmations.
TEST_F(SectionTest, SectionsOfBeforeAreTakenAlong) {
  const auto files = SchemaFiles();
  size_t before = 0;
  while (std::string(files[before].name).find("own_unit_sections") == std::string::npos) ++before;
  const support::TempFolder folder;
  StoreOptions options;
  options.clock = &clock_;
  options.random = &random_;
  options.schema = files.subspan(0, before);
  auto old = Store::Open(folder.File("navo.db"), options);
  ASSERT_TRUE(old.ok()) << old.status();
  ASSERT_TRUE((*old)
                  ->WriteAndWait([&](WriteTx& tx) -> absl::Status {
                    const auto made = CreateParticipant(
                        tx, kOrdinaryRealm, {.hash = "h", .sealed = "x"}, Protection(), 100);
                    if (!made.ok()) return made.status();
                    const SectionRow row = RowOf(kNav, 9);
                    const absl::Status added = tx.Run(
                        "INSERT INTO section (section_key, id, participant_key, kind,"
                        " controller_key, unit_key, principal_key, version, retention_class,"
                        " key_id, body) VALUES (77, $1, $2, 1, 1, 10, 100, 3, 1, 0, $3)",
                        {Blob(row.id), *made, Blob(row.body.SerializeAsString())});
                    if (!added.ok()) return added;
                    return tx.Run("INSERT INTO section_confirmation VALUES (77, 2, 20, 200, 2, 5)",
                                  {});
                  })
                  .ok());
  old->reset();
  options.schema = files;
  auto store = Store::Open(folder.File("navo.db"), options);
  ASSERT_TRUE(store.ok()) << store.status();
  store_ = *std::move(store);
  participant_ = 1;
  const std::vector<ConfirmedSection> sections = List();
  ASSERT_EQ(sections.size(), 1u);
  SectionRow section = Case::Open(sections[0].section);
  EXPECT_EQ(section.section_key, 77);
  EXPECT_EQ(section.version, 3);
  EXPECT_EQ(section.body.content().education().school_years(), 9);
  ASSERT_EQ(sections[0].confirmations.size(), 1u);
  EXPECT_EQ(Case::Open(sections[0].confirmations[0]).time_us, 5);
  Confirm(section, kSchool);  // the one of the controller still
  EXPECT_EQ(List()[0].confirmations.size(), 1u);
  SectionRow second = RowOf(kNavColleague, 10);
  EXPECT_EQ(SqlErrorOf(store_->WriteAndWait([&](WriteTx& tx) { return AddSection(tx, second); })),
            SqlError::kUniqueViolation);
}

TEST_F(SectionTest, ConfirmingAgainMovesTheOneConfirmationOfAController) {
  const SectionRow section = Add(kNav, 9);
  Confirm(section, kSchool);
  clock_.Advance(absl::Hours(24));
  Confirm(section, kSchool);
  const std::vector<ConfirmedSection> sections = List();
  ASSERT_EQ(sections.size(), 1u);
  ASSERT_EQ(sections[0].confirmations.size(), 1u);
  const Guarded<Confirmation>& confirmation = sections[0].confirmations[0];
  EXPECT_EQ(confirmation.label().category, v1::CATEGORY_COMPETENCE);
  EXPECT_EQ(confirmation.label().author.controller_key, kSchool.controller_key);
  EXPECT_EQ(Case::Open(confirmation).time_us, now_us());
  EXPECT_EQ(Case::Open(confirmation).role, v1::ROLE_LAERER);
}

TEST_F(SectionTest, ReplacingMakesAVersionAndEndsWhatWasConfirmed) {
  SectionRow section = Add(kNav, 9);
  Confirm(section, kSchool);
  const std::string id = section.id;
  section.author = kNavColleague;
  section.body.mutable_content()->mutable_education()->set_school_years(10);
  Do([&](WriteTx& tx) { return ReplaceSection(tx, section); });
  EXPECT_EQ(section.version, 2);
  const std::vector<ConfirmedSection> sections = List();
  ASSERT_EQ(sections.size(), 1u);
  EXPECT_THAT(sections[0].confirmations, IsEmpty());
  const SectionRow& current = Case::Open(sections[0].section);
  EXPECT_EQ(current.id, id);
  EXPECT_EQ(current.version, 2);
  EXPECT_EQ(current.author.unit_key, kNavColleague.unit_key);
  const auto versions = Read<std::vector<Guarded<SectionRow>>>(
      [&](ReadTx& tx) { return ListSectionVersions(tx, current); });
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(Case::Open(versions[0]).body.content().education().school_years(), 10);
  EXPECT_EQ(Case::Open(versions[0]).author.unit_key, kNavColleague.unit_key);
  EXPECT_EQ(Case::Open(versions[1]).body.content().education().school_years(), 9);
  EXPECT_EQ(Case::Open(versions[1]).author.unit_key, kNav.unit_key);
  EXPECT_EQ(Case::Open(versions[1]).version, 1);
}

TEST_F(SectionTest, TimesTellWhenEachSideRecordedAndConfirmedTheKind) {
  const SectionRow nav = Add(kNav, 9);
  const int64_t recorded_us = now_us();
  clock_.Advance(absl::Hours(1));
  Confirm(nav, kSchool);
  Add(kSchool, 12);
  const std::vector<SectionTimes> times = Times(v1::SECTION_KIND_EDUCATION);
  ASSERT_EQ(times.size(), 2u);
  EXPECT_EQ(times[0].section_key, nav.section_key);
  EXPECT_EQ(times[0].recorded_us, recorded_us);
  EXPECT_EQ(Case::Open(times[0].id), nav.id);
  ASSERT_EQ(times[0].confirmed.size(), 1u);
  EXPECT_EQ(times[0].confirmed[0].time_us, now_us());
  EXPECT_EQ(times[0].confirmed[0].label.author.controller_key, kSchool.controller_key);
  EXPECT_THAT(times[1].confirmed, IsEmpty());
  EXPECT_THAT(Times(v1::SECTION_KIND_LANGUAGES), IsEmpty());
}

TEST_F(SectionTest, CountingWhatIsNoDuplicateTakesAsLongAndLeavesNothing) {
  std::vector<int64_t> statements;
  for (const DuplicateOutcome outcome : {DuplicateOutcome::kNone, DuplicateOutcome::kUnknowing}) {
    Do([&](WriteTx& tx) {
      const absl::Status status = CountDuplicate(tx, {participant_, v1::SECTION_KIND_EDUCATION, 10,
                                                      outcome, v1::DUPLICATE_REASON_UNSPECIFIED});
      statements.push_back(tx.statements());
      return status;
    });
    EXPECT_EQ(Counted(), outcome == DuplicateOutcome::kNone ? 0 : 1);
  }
  EXPECT_THAT(statements, ElementsAre(1, 1));
}

}  // namespace
}  // namespace navo::storage
