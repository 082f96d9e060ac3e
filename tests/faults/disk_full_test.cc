#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cpp/status.h"
#include "clients/cpp/uuid.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "storage/uuid.h"
#include "tests/faults/database_check.h"
#include "tests/support/raw_call.h"
#include "tests/support/server_process.h"
#include "tests/support/small_disk.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_server.h"

// The disk runs full under a whole server: first only withdrawals are taken while reading and
// logging go on, then nothing, and with room again everything; nothing acknowledged is lost.
namespace navo::faults {
namespace {

using client::Client;
using support::ServerProcess;

constexpr int64_t kMegabyte = 1 << 20;
constexpr int64_t kPageBytes = 4096;
constexpr int kServing = 1;
constexpr int kNotServing = 2;

class DiskFullTest : public ::testing::Test {
 protected:
  // A case with consent both ways, a plan and a law ground, and a client for each kind of change.
  void Prepare(const ServerProcess& server) {
    const Client kari = server.As("kari");
    id_ = support::Register(kari, "amina");
    const Client tor = server.As("tor");
    support::ConsentBothWays(kari, id_, tor, support::Register(tor, "amina"));
    v1::OpenPlanRequest open;
    open.set_participant_id(id_);
    EXPECT_TRUE(kari.Call(&v1::PlanService::Stub::Open, open).ok());
    const auto ground = kari.Call(&v1::ConsentService::Stub::RecordLegalBasis, LegalBasis());
    EXPECT_TRUE(ground.ok()) << ground.status();
    if (ground.ok()) ground_id_ = ground->ground().ground_id();
  }

  v1::RecordLegalBasisRequest LegalBasis() const {
    v1::RecordLegalBasisRequest request;
    request.set_participant_id(id_);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    request.mutable_release()->set_from_controller("nav-statlig");
    request.mutable_release()->set_to_controller("bydel-grorud");
    request.mutable_release()->add_categories(v1::CATEGORY_PLAN);
    request.set_law_reference("integreringsloven § 42");
    request.mutable_law_version()->set_year(2026);
    request.mutable_law_version()->set_month(1);
    request.mutable_law_version()->set_day(1);
    return request;
  }
  v1::RecordFollowUpRequest FollowUp() const {
    v1::RecordFollowUpRequest request;
    request.set_request_id(client::NewUuid());
    request.set_participant_id(id_);
    request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_TELEFON);
    request.mutable_follow_up()->mutable_occurred_at()->set_seconds(
        absl::ToUnixSeconds(absl::Now()));
    return request;
  }

  // One change of each service that is no withdrawal.
  std::map<std::string, absl::Status> TryEachChange(const Client& kari) const {
    std::map<std::string, absl::Status> told;
    told["Record"] = kari.Call(&v1::FollowUpService::Stub::Record, FollowUp()).status();
    told["Create"] = support::TryRegister(kari, support::NumberOf("olena"), true).status();
    told["RecordLegalBasis"] =
        kari.Call(&v1::ConsentService::Stub::RecordLegalBasis, LegalBasis()).status();
    v1::AddToTeamRequest team;
    team.set_participant_id(id_);
    told["AddToTeam"] = kari.Call(&v1::ParticipantService::Stub::AddToTeam, team).status();
    v1::AddStepRequest step;
    step.set_participant_id(id_);
    step.mutable_step()->set_title("Norwegian");
    step.mutable_step()->set_type(v1::STEP_TYPE_NORSKOPPLAERING);
    step.mutable_step()->set_status(v1::STEP_STATUS_PLANLAGT);
    told["AddStep"] = kari.Call(&v1::PlanService::Stub::AddStep, step).status();
    v1::RecordSectionRequest section;
    section.set_participant_id(id_);
    section.mutable_content()->mutable_goals_interests()->set_long_term_goal("Work");
    told["RecordSection"] =
        kari.Call(&v1::KartleggingService::Stub::RecordSection, section).status();
    v1::RecordAssessmentRequest judgement;
    judgement.set_participant_id(id_);
    judgement.mutable_assessment()->mutable_date()->set_year(2026);
    judgement.mutable_assessment()->mutable_date()->set_month(1);
    judgement.mutable_assessment()->mutable_date()->set_day(15);
    v1::SkillLevel* level = judgement.mutable_assessment()->add_levels();
    level->set_skill(v1::SKILL_LESE);
    level->set_level(v1::CEFR_LEVEL_A2);
    told["RecordAssessment"] =
        kari.Call(&v1::LanguageService::Stub::RecordAssessment, judgement).status();
    return told;
  }
  absl::Status Withdraw(const Client& kari) const {
    v1::WithdrawConsentRequest request;
    request.set_participant_id(id_);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    request.set_channel(v1::WITHDRAWAL_CHANNEL_PAPER);
    return kari.Call(&v1::ConsentService::Stub::WithdrawConsent, request).status();
  }
  absl::Status EndBasis(const Client& kari) const {
    v1::EndLegalBasisRequest request;
    request.set_participant_id(id_);
    request.set_ground_id(ground_id_);
    return kari.Call(&v1::ConsentService::Stub::EndLegalBasis, request).status();
  }
  absl::Status Look(const Client& kari) const {
    v1::GetPlanRequest request;
    request.set_participant_id(id_);
    return kari.Call(&v1::PlanService::Stub::Get, request).status();
  }

  // Below the reserve: what is refused, and what goes on and is logged.
  void ExpectOnlyWithdrawals(const ServerProcess& server) {
    const Client kari = server.As("kari");
    for (const auto& [change, told] : TryEachChange(kari)) {
      EXPECT_TRUE(absl::IsResourceExhausted(told)) << change << ": " << told;
      EXPECT_EQ(support::ReasonOf(told), "DISK_RESERVE") << change;
      EXPECT_TRUE(client::GetRetryDelay(told).has_value()) << change;
    }
    const Client reader = server.As("kari", reading_act_);
    for (int i = 0; i < kLooks; ++i) {
      const absl::Status looked = Look(reader);
      EXPECT_TRUE(looked.ok()) << looked;
    }
    EXPECT_TRUE(Withdraw(kari).ok()) << Withdraw(kari);
    EXPECT_TRUE(EndBasis(kari).ok()) << "ending a law ground goes on too";
    EXPECT_EQ(HealthOf(server), kServing) << "it still answers";
    EXPECT_NE(server.Output().find("low on disk"), std::string::npos);
  }
  static int HealthOf(const ServerProcess& server) {
    const Client anybody({.address = server.address()});
    const support::RawAnswer answer = support::RawCall(anybody, "/grpc.health.v1.Health/Check", "");
    EXPECT_TRUE(answer.status.ok()) << answer.status;
    return static_cast<int>(support::RawNumber(answer.bytes, 1));
  }
  void ExpectTheLooksLogged(const DatabaseContent& content) const {
    const auto found = content.rows_by_act.find(storage::UuidBytes(reading_act_).value_or(""));
    ASSERT_NE(found, content.rows_by_act.end());
    EXPECT_EQ(found->second, kLooks);
  }

  static constexpr int kLooks = 5;
  support::TempFolder folder_;
  const std::string reading_act_ = client::NewUuid();
  std::string id_;
  std::string ground_id_;
};

// A reserve larger than any disk, so that this needs none of its own.
TEST_F(DiskFullTest, BelowTheReserveOnlyWithdrawalsAreTaken) {
  ServerProcess::Setup files{.database = folder_.File("navo.db"),
                             .dev_folder = folder_.File("dev")};
  {
    files.more = {"--disk-reserve-mb", "0"};
    ServerProcess server(files);
    Prepare(server);
  }
  {
    files.more = {"--disk-reserve-mb", "1000000000000"};
    ServerProcess server(files);
    ASSERT_TRUE(server.listening()) << server.Output();
    ExpectOnlyWithdrawals(server);
  }
  const DatabaseContent content = CheckDatabase(folder_.File("navo.db"));
  EXPECT_EQ(content.follow_ups + content.steps + content.assessments, 0);
  ExpectTheLooksLogged(content);
}

TEST_F(DiskFullTest, ARealDiskRunsFullAndGetsRoomAgain) {
  const support::SmallDisk disk(folder_.File("small"), 24);
  // Where no file system may be mounted the test above has to do.
  if (!disk.mounted() && geteuid() != 0) return;
  ASSERT_TRUE(disk.mounted());
  ServerProcess server({.database = disk.File("navo.db"),
                        .dev_folder = folder_.File("dev"),
                        .more = {"--disk-reserve-mb", "6"}});
  ASSERT_TRUE(server.listening()) << server.Output();
  Prepare(server);
  const Client kari = server.As("kari");
  std::vector<std::pair<v1::RecordFollowUpRequest, std::string>> acknowledged;
  const auto record = [&] {
    const v1::RecordFollowUpRequest request = FollowUp();
    const auto answer = kari.Call(&v1::FollowUpService::Stub::Record, request);
    if (answer.ok()) acknowledged.emplace_back(request, answer->SerializeAsString());
    return answer.status();
  };
  ASSERT_TRUE(record().ok());

  disk.LeaveFree(5 * kMegabyte);
  // It looks at the disk every now and then only.
  ASSERT_TRUE(support::Eventually([&] { return !record().ok(); }));
  ExpectOnlyWithdrawals(server);

  // A few pages are no room: the log cannot be written, so nothing is answered.
  disk.LeaveFree(3 * kPageBytes);
  ASSERT_TRUE(support::Eventually([&] { return absl::IsUnavailable(Look(kari)); }));
  // It looks again several times a second, and must not take them for room.
  const absl::Time until = absl::Now() + absl::Milliseconds(600);
  while (absl::Now() < until && !HasFailure()) EXPECT_EQ(HealthOf(server), kNotServing);

  disk.LeaveFree(0);
  ASSERT_TRUE(support::Eventually([&] { return absl::IsUnavailable(record()); }));
  auto told = TryEachChange(kari);
  told["Look"] = Look(kari);
  told["Withdraw"] = Withdraw(kari);
  for (const auto& [call, status] : told) {
    EXPECT_TRUE(absl::IsUnavailable(status)) << call << ": " << status;
    EXPECT_EQ(support::ReasonOf(status), "STORAGE_UNAVAILABLE") << call;
    EXPECT_TRUE(client::GetRetryDelay(status).has_value()) << call;
  }
  EXPECT_EQ(HealthOf(server), kNotServing);

  // Nobody sends it anything while it is not serving: it sees the room by itself.
  disk.MakeRoom();
  EXPECT_TRUE(support::Eventually([&] { return HealthOf(server) == kServing; }));
  EXPECT_TRUE(record().ok());
  for (const auto& [request, answer] : acknowledged) {
    const auto again = kari.Call(&v1::FollowUpService::Stub::Record, request);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->SerializeAsString(), answer);
  }
  server.Kill();
  const DatabaseContent content = CheckDatabase(disk.File("navo.db"));
  EXPECT_EQ(content.follow_ups, static_cast<int64_t>(acknowledged.size()));
  EXPECT_EQ(content.steps + content.assessments, 0);
  ExpectTheLooksLogged(content);
}

}  // namespace
}  // namespace navo::faults
