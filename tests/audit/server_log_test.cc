// A running server signs its access log, closes months and lets old ones go; what it leaves holds
// at any moment.
#include <gmock/gmock.h>

#include <vector>

#include "clients/audit/verify.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/support/server_process.h"
#include "tests/support/test_server.h"

namespace navo::audit {
namespace {

using support::Eventually;
using support::TestServer;
using testing::IsEmpty;

VerifyReport Verified(const TestServer& server) {
  auto file = LogFile::Open(server.database());
  EXPECT_TRUE(file.ok()) << file.status();
  if (!file.ok()) return {};
  const auto report = Verify(*file, {});
  EXPECT_TRUE(report.ok()) << report.status();
  if (!report.ok()) return {};
  for (const Finding& finding : report->findings) ADD_FAILURE() << finding.text;
  return *report;
}

std::vector<Checkpoint> CheckpointsOf(const TestServer& server, int64_t kind) {
  std::vector<Checkpoint> found;
  auto file = LogFile::Open(server.database());
  EXPECT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE(file->EachCheckpoint([&](const Checkpoint& checkpoint) {
                    if (checkpoint.kind == kind) found.push_back(checkpoint);
                  })
                  .ok());
  return found;
}

void Look(const client::Client& caller, const std::string& participant_id, int times) {
  v1::GetParticipantRequest request;
  request.set_participant_id(participant_id);
  for (int i = 0; i < times; ++i) {
    ASSERT_TRUE(caller.Call(&v1::ParticipantService::Stub::Get, request).ok());
  }
}

TEST(ServerLogTest, TheEndIsSignedWhenTheServerStops) {
  TestServer server;
  const client::Client kari = server.As("kari");
  const std::string amina = support::Register(kari, "amina");
  EXPECT_TRUE(Eventually([&] { return Verified(server).vouched_for == 1; }));  // the first at once
  Look(kari, amina, 3);
  EXPECT_EQ(Verified(server).vouched_for, 1) << "neither many rows nor long ago";
  server.Stop();
  const VerifyReport report = Verified(server);
  EXPECT_EQ(report.rows, 4);
  EXPECT_EQ(report.vouched_for, 4);
}

TEST(ServerLogTest, ACheckpointComesAfterRowsAndAfterTime) {
  TestServer server(TestServer::Setup{.checkpoint_rows = 5});
  const client::Client kari = server.As("kari");
  const std::string amina = support::Register(kari, "amina");
  EXPECT_TRUE(Eventually([&] { return Verified(server).vouched_for == 1; }));  // the first at once
  Look(kari, amina, 4);
  Look(kari, amina, 1);
  EXPECT_TRUE(Eventually([&] { return Verified(server).vouched_for == 6; }));
  Look(kari, amina, 1);
  server.clock().Advance(absl::Minutes(4));
  Look(kari, amina, 1);
  EXPECT_EQ(Verified(server).vouched_for, 6);
  server.clock().Advance(absl::Minutes(1));
  EXPECT_TRUE(Eventually([&] { return Verified(server).vouched_for == 8; }));
}

TEST(ServerLogTest, EachMonthIsClosedAndOldOnesGo) {
  TestServer server(TestServer::Setup{.retain_log_months = 1});
  const client::Client kari = server.As("kari");
  const std::string amina = support::Register(kari, "amina");
  Look(kari, amina, 9);
  server.clock().Advance(absl::Hours(24 * 30));  // 2 December
  EXPECT_TRUE(Eventually([&] { return CheckpointsOf(server, kMonthClosed).size() == 1; }));
  const Checkpoint november = CheckpointsOf(server, kMonthClosed)[0];
  EXPECT_EQ(november.month, 202611);
  EXPECT_EQ(november.position, 10);
  Look(kari, amina, 7);
  server.clock().Advance(absl::Hours(24 * 31));  // 2 January: November's retention is over
  Look(kari, amina, 3);
  EXPECT_TRUE(Eventually([&] { return Verified(server).first == 11; }));
  const VerifyReport report = Verified(server);
  EXPECT_EQ(report.dropped_up_to, 10);
  EXPECT_EQ(report.dropped_month, 202611);
  EXPECT_EQ(report.last, 20);
  EXPECT_EQ(CheckpointsOf(server, kMonthsDropped).size(), 1u);
  EXPECT_EQ(CheckpointsOf(server, kMonthClosed).size(), 2u);
  server.Restart();
  Look(server.As("kari"), amina, 1);
  server.Stop();
  EXPECT_EQ(Verified(server).last, 21);
}

TEST(ServerLogTest, TheNewestRowsStayWhateverTheirAge) {
  TestServer server(TestServer::Setup{.retain_log_months = 1});
  const client::Client kari = server.As("kari");
  const std::string amina = support::Register(kari, "amina");
  server.clock().Advance(absl::Hours(24 * 100));
  EXPECT_TRUE(Eventually([&] { return CheckpointsOf(server, kMonthClosed).size() == 1; }));
  Look(kari, amina, 1);  // one row behind the seal: the old one stays
  server.Restart();
  EXPECT_EQ(Verified(server).first, 1);
  Look(server.As("kari"), amina, 1);
  EXPECT_TRUE(Eventually([&] { return Verified(server).first == 2; }));
}

}  // namespace
}  // namespace navo::audit
