// Databases of earlier schemas open with what they have.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/plan_step.h"
#include "storage/source_record.h"
#include "storage/store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/row_opener.h"
#include "tests/support/temp_folder.h"

namespace navo::storage {
namespace {

// The files before this one.
absl::Span<const SchemaFile> FilesBefore(std::string_view name) {
  const absl::Span<const SchemaFile> files = SchemaFiles();
  for (size_t i = 0; i < files.size(); ++i) {
    if (files[i].name.ends_with(name)) return files.first(i);
  }
  return {};
}

class MigrationTest : public ::testing::Test {
 protected:
  void Open(absl::Span<const SchemaFile> schema) {
    store_.reset();
    StoreOptions options;
    options.clock = &clock_;
    options.random = &random_;
    options.schema = schema;
    auto store = Store::Open(folder_.path() + "/navo.db", options);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  std::vector<std::string> Steps(int64_t plan_key) {
    std::vector<std::string> steps;
    const absl::Status read = store_->Read([&](ReadTx& tx) {
      return ReadSteps(tx, plan_key, [&](const Guarded<StepView>& row) {
        const StepView& step = door::Case::Open(row);
        const Author& author = row.label().author;
        steps.push_back(
            std::to_string(step.step_key) + " " + std::string(step.id) + " of " +
            std::to_string(author.controller_key) + "/" + std::to_string(author.unit_key) + "/" +
            std::to_string(author.principal_key) + " version " + std::to_string(step.version) +
            " " + std::string(step.body) + " " + std::string(step.offering_id));
        return absl::OkStatus();
      });
    });
    EXPECT_TRUE(read.ok()) << read;
    return steps;
  }

  support::TempFolder folder_;
  support::FakeClock clock_;
  support::SeededRandom random_;
  std::unique_ptr<Store> store_;
};

TEST_F(MigrationTest, KeepsEveryStepInItsPlace) {
  Open(FilesBefore("_read_in_order.sql"));
  const absl::Status written = store_->WriteAndWait([](WriteTx& tx) -> absl::Status {
    for (const Sql sql :
         {Sql("INSERT INTO participant (participant_key, realm, grading, shielded, access_revision,"
              " created_us, retention_class, key_id) VALUES (1, 0, 0, 0, 1, 1, 1, 0)"),
          Sql("INSERT INTO plan (plan_key, participant_key, state, opened_us, retention_class,"
              " key_id) VALUES (5, 1, 1, 1, 1, 0), (6, 1, 2, 1, 1, 0)"),
          Sql("INSERT INTO offering (offering_key, controller_key, source_system, source_id, known,"
              " retention_class, key_id, body) VALUES (7, 1, 'komet', 'kurs', 1, 1, 0, '')"),
          Sql("INSERT INTO plan_step (step_key, id, plan_key, participant_key, controller_key,"
              " unit_key, principal_key, status, start_day, offering_key, version,"
              " retention_class, key_id, body)"
              " VALUES (11, 'a', 5, 1, 1, 10, 100, 1, 1000000, 7, 3, 1, 0, 'last'),"
              " (12, 'b', 5, 1, 2, 20, 200, 1, 20000, 0, 1, 1, 0, 'second'),"
              " (13, 'c', 5, 1, 1, 11, 101, 1, 19000, 0, 2, 1, 0, 'first'),"
              " (14, 'd', 6, 1, 2, 20, 200, 1, 18000, 0, 1, 1, 0, 'other')")}) {
      if (absl::Status status = tx.Run(sql, {}); !status.ok()) return status;
    }
    return absl::OkStatus();
  });
  ASSERT_TRUE(written.ok()) << written;
  Open(SchemaFiles());
  EXPECT_EQ(Steps(5), (std::vector<std::string>{"13 c of 1/11/101 version 2 first ",
                                                "12 b of 2/20/200 version 1 second ",
                                                "11 a of 1/10/100 version 3 last kurs"}));
  EXPECT_EQ(Steps(6), std::vector<std::string>{"14 d of 2/20/200 version 1 other "});
}

TEST_F(MigrationTest, RecordsOfASchoolStayWithTheUnitThatBroughtThem) {
  Open(FilesBefore("_source_record_of_unit.sql"));
  const absl::Status written = store_->WriteAndWait([](WriteTx& tx) -> absl::Status {
    for (const Sql sql :
         {Sql("INSERT INTO participant (participant_key, realm, grading, shielded, access_revision,"
              " created_us, retention_class, key_id) VALUES (1, 0, 0, 0, 1, 1, 1, 0)"),
          Sql("INSERT INTO plan (plan_key, participant_key, state, opened_us, retention_class,"
              " key_id) VALUES (5, 1, 1, 1, 1, 0)"),
          Sql("INSERT INTO plan_step (step_key, id, plan_key, participant_key, controller_key,"
              " unit_key, principal_key, status, start_day, offering_key, version,"
              " retention_class, key_id, body)"
              " VALUES (11, 'a', 5, 1, 2, 21, 100, 1, 1000000, 0, 1, 1, 0, '')"),
          Sql("INSERT INTO tie (participant_key, unit_key, controller_key, principal_key, state,"
              " reason, identity_confirmation, since_us, name_key, interpreter_needed,"
              " last_follow_up_day, version, retention_class, key_id, body)"
              " VALUES (1, 22, 2, 100, 1, 5, 1, 1, '', 0, 0, 1, 1, 0, '')"),
          Sql("INSERT INTO source_record (controller_key, source_system, kind, source_id,"
              " source_us, content_hash, participant_key, record_key, imported_us)"
              " VALUES (2, 'visma', 3, 'pupil', 0, 'x', 1, 11, 1),"
              " (2, 'visma', 5, 'week', 0, 'y', 1, 0, 1), (1, 'komet', 1, 'nav', 7, 'z', 1, 12, "
              "1)")}) {
      if (absl::Status status = tx.Run(sql, {}); !status.ok()) return status;
    }
    return absl::OkStatus();
  });
  ASSERT_TRUE(written.ok()) << written;
  Open(SchemaFiles());
  const absl::Status read = store_->Read([](ReadTx& tx) {
    const auto pupil =
        FindSourceRecord(tx, {2, "visma", v1::IMPORT_FORMAT_VO_ELEVER, 21, "pupil"}).value();
    EXPECT_TRUE(pupil.has_value() && pupil->record_key == 11 && pupil->content_hash == "x");
    EXPECT_TRUE(FindSourceRecord(tx, {2, "visma", v1::IMPORT_FORMAT_VO_FRAVAER, 22, "week"})
                    .value()
                    .has_value());
    const auto nav =
        FindSourceRecord(tx, {1, "komet", v1::IMPORT_FORMAT_NAV_DELTAKER, 0, "nav"}).value();
    EXPECT_TRUE(nav.has_value() && nav->source_us == 7);
    return absl::OkStatus();
  });
  EXPECT_TRUE(read.ok()) << read;
}

}  // namespace
}  // namespace navo::storage
