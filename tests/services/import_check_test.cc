// Dry runs: the whole report, and nothing taken in.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "navo/v1/participant.grpc.pb.h"
#include "tests/services/import_files.h"

namespace navo {
namespace {

using nlohmann::json;
using support::Import;
using support::Imported;
using support::Line;
using support::NumberOf;
using support::Participation;
using support::Sending;
using support::TestServer;

// A dry run and then the import itself say the same of every row.
void ExpectToldTheTruth(TestServer& server, const std::string& system, const std::string& file,
                        Sending how) {
  const support::Stored before = Count(server);
  how.dry_run = true;
  how.file_key = "kept-by-nobody";
  const Imported tried = Import(server.As(system), file, how);
  ASSERT_TRUE(tried.status.ok()) << tried.status;
  EXPECT_TRUE(tried.done);
  support::Stored after = Count(server);
  EXPECT_GE(after.access_log, before.access_log);
  after.access_log = before.access_log;
  EXPECT_EQ(after, before) << "a dry run left something";
  how.dry_run = false;
  const Imported taken = Import(server.As(system), file, how);
  ASSERT_TRUE(taken.status.ok()) << taken.status;
  EXPECT_EQ(tried.counts.DebugString(), taken.counts.DebugString());
  ASSERT_EQ(tried.results.size(), taken.results.size());
  for (std::size_t i = 0; i < tried.results.size(); ++i) {
    EXPECT_EQ(tried.results[i].DebugString(), taken.results[i].DebugString());
  }
}

TEST(ImportCheckTest, TellsOfEachExampleWhatTheImportWillSay) {
  TestServer server;
  for (int round = 0; round < 2; ++round) {
    ExpectToldTheTruth(server, "komet", support::ExampleText("nav-gjennomforinger.jsonl"),
                       {.format = v1::IMPORT_FORMAT_NAV_GJENNOMFOERING});
    ExpectToldTheTruth(server, "komet", support::ExampleText("nav-deltakere.jsonl"), {});
    ExpectToldTheTruth(server, "vo-system", support::ExampleText("vo-elever.csv"),
                       {.format = v1::IMPORT_FORMAT_VO_ELEVER});
  }
}

TEST(ImportCheckTest, SeesWhatEarlierRowsOfTheFileWouldHaveLeft) {
  TestServer server;
  const std::string amina = NumberOf("amina");
  int filler = 1'000;
  std::string file;
  // Each batch is undone; more rows than fit in one stand between those of a record.
  const auto next_batch = [&] {
    for (int row = 0; row < 600; ++row) file += Line(Participation(amina, ++filler));
  };
  const auto add = [&](int id, std::string_view time, std::string_view status) {
    json row = Participation(amina, id);
    row["endretTidspunkt"] = time;
    row["status"]["type"] = status;
    file += Line(row);
  };
  const auto remove = [&](int id) {
    file += json{{"key", support::ParticipationId(id)}, {"value", nullptr}}.dump() + "\n";
  };
  add(1, "2026-08-12T09:30:00", "DELTAR");
  add(2, "2026-08-12T09:30:00", "DELTAR");
  add(3, "2026-08-12T09:30:00", "DELTAR");
  next_batch();
  add(1, "2026-08-12T09:30:00", "DELTAR");      // unchanged
  add(2, "2026-09-01T09:30:00", "VENTELISTE");  // updated
  add(3, "2026-09-01T09:30:00", "FEILREGISTRERT");
  remove(4);  // never came
  next_batch();
  add(2, "2026-08-20T09:30:00", "DELTAR");  // outdated
  add(2, "2026-09-02T09:30:00", "VENTELISTE");
  remove(1);
  next_batch();
  remove(1);  // unchanged
  add(1, "2026-10-01T09:30:00", "DELTAR");
  ExpectToldTheTruth(server, "komet", file, {});
}

TEST(ImportCheckTest, OfKnownPeopleTheAccessLogTells) {
  TestServer server;
  const std::string file = Line(Participation(NumberOf("amina"), 1));
  EXPECT_TRUE(Import(server.As("komet"), file, {.dry_run = true}).status.ok());
  EXPECT_EQ(Count(server).access_log, 0) << "nobody is known yet";
  support::Register(server.As("kari"), "amina");
  const int64_t before = Count(server).access_log;
  EXPECT_TRUE(Import(server.As("komet"), file, {.dry_run = true}).status.ok());
  EXPECT_EQ(Count(server).access_log, before + 1);
}

TEST(ImportCheckTest, AnotherFormatIsRefused) {
  TestServer server;
  const Imported refused =
      Import(server.As("komet"), support::ExampleText("vo-elever.csv"), {.dry_run = true});
  EXPECT_EQ(support::ReasonOf(refused.status), "FORMAT_UNKNOWN");
}

}  // namespace
}  // namespace navo
