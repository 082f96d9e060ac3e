// Commands against a server whose answers the test decides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/testing_app.h"

namespace navo::cli {
namespace {

using namespace testing_services;  // NOLINT(google-build-using-namespace)
using testing::HasSubstr;
using testing::Not;

// Eleven digits with wrong check digits: nobody has this number.
constexpr char kNumber[] = "01890112345";

TEST_F(AppTest, AStatusChangesByTheBeginningOfAnIdAndTheEtagThatIsRead) {
  EXPECT_EQ(Run({"plan", "change-status", "p1", "5a0c", "FULLFOERT"}), 0) << error_;
  EXPECT_EQ(plans_.change.step_id(), kStep);
  EXPECT_EQ(plans_.change.etag(), "etag-as-read");
  EXPECT_EQ(plans_.change.status(), v1::STEP_STATUS_FULLFOERT);
  EXPECT_EQ(plans_.change.request_id().size(), 36u);
  EXPECT_THAT(out_, HasSubstr("fullført"));
}

TEST_F(AppTest, AnEtagThatIsGivenIsSent) {
  EXPECT_EQ(Run({"plan", "change-status", "p1", kStep, "fullført", "--etag", "old"}), 0) << error_;
  EXPECT_EQ(plans_.change.etag(), "old");
}

TEST_F(AppTest, AConflictIsExitCode5AndSaysWhatToDo) {
  plans_.stale = true;
  EXPECT_EQ(Run({"plan", "change-status", "p1", "5a0c", "fullfoert"}), 5);
  EXPECT_THAT(error_, HasSubstr("somebody changed it meanwhile"));
  EXPECT_EQ(out_, "");
}

TEST_F(AppTest, AStepThatIsNotThereIsNotFound) {
  EXPECT_EQ(Run({"plan", "change-status", "p1", "ffff", "fullfoert"}), 3);
}

TEST_F(AppTest, AlreadyMappedNamesTheCommandThatConfirms) {
  EXPECT_EQ(Run({"kartlegging", "record-education", "p1", "--school-years", "9", "--item",
                 "nus2000=7,country=SY"}),
            5);
  EXPECT_EQ(kartlegging_.recorded.content().education().items(0).country(), "SY");
  EXPECT_THAT(error_, HasSubstr("already mapped by nav-grorud-statlig on 2026-10-12"));
  EXPECT_THAT(error_, HasSubstr("navo kartlegging confirm p1 s7"));
}

TEST_F(AppTest, ConsentIsGivenInBothDirections) {
  EXPECT_EQ(Run({"consent", "give", "p1", "--release", "nav-statlig:oslo-vo", "--release",
                 "oslo-vo:nav-statlig:nav-grorud-statlig", "--categories", "existence,plan",
                 "--text-version", "1", "--text-language", "ti", "--given-by", "with-interpreter",
                 "--refusal-explained"}),
            0)
      << error_;
  ASSERT_EQ(consents_.given.releases_size(), 2);
  EXPECT_EQ(consents_.given.releases(1).to_unit(), "nav-grorud-statlig");
  EXPECT_EQ(consents_.given.releases(1).categories(1), v1::CATEGORY_PLAN);
  EXPECT_TRUE(consents_.given.proof().refusal_explained());
  EXPECT_EQ(consents_.given.purpose(), v1::PURPOSE_SAMORDNET_KVALIFISERING);
}

TEST_F(AppTest, AWithdrawalSaysForWhatAndWhatStillStands) {
  const auto add = [this](v1::Purpose purpose, v1::GroundKind kind, v1::GroundState state) {
    auto* ground = consents_.grounds.add_grounds();
    ground->set_purpose(purpose);
    ground->set_kind(kind);
    ground->set_state(state);
  };
  add(v1::PURPOSE_SAMORDNET_KVALIFISERING, v1::GROUND_KIND_SAMTYKKE, v1::GROUND_STATE_ENDED);
  add(v1::PURPOSE_SAMORDNET_KVALIFISERING, v1::GROUND_KIND_LOV, v1::GROUND_STATE_ACTIVE);
  const std::string withdrawn =
      "Withdrawn: nothing is shared on consent for samordnet kvalifisering any more.\n";
  EXPECT_EQ(Run({"consent", "withdraw", "me"}), 0) << error_;
  EXPECT_EQ(out_, withdrawn);
  add(v1::PURPOSE_TILRETTELEGGING, v1::GROUND_KIND_SAMTYKKE, v1::GROUND_STATE_ACTIVE);
  add(v1::PURPOSE_TILRETTELEGGING, v1::GROUND_KIND_SAMTYKKE, v1::GROUND_STATE_PENDING);
  EXPECT_EQ(Run({"consent", "withdraw", "me"}), 0) << error_;
  EXPECT_EQ(out_, withdrawn +
                      "Your consent for tilrettelegging still stands. To withdraw it too: navo "
                      "consent withdraw me --purpose \"tilrettelegging\"\n");
  EXPECT_EQ(consents_.withdrawn.purpose(), v1::PURPOSE_SAMORDNET_KVALIFISERING);
  EXPECT_EQ(Run({"consent", "withdraw", "me", "--purpose", "tilrettelegging"}), 0) << error_;
  EXPECT_THAT(out_, testing::StartsWith("Withdrawn: nothing is shared on consent for "
                                        "tilrettelegging any more.\n"));
  EXPECT_EQ(consents_.withdrawn.purpose(), v1::PURPOSE_TILRETTELEGGING);
  consents_.list_status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "");
  EXPECT_EQ(Run({"--timeout", "1", "consent", "withdraw", "me"}), 0)
      << "it was withdrawn, whatever came after";
  EXPECT_EQ(out_, withdrawn + "See what else stands: navo ground list me\n");
  EXPECT_EQ(Run({"consent", "withdraw", "--help"}), 0);
  EXPECT_THAT(out_, testing::HasSubstr("samordnet-kvalifisering without it"));
}

// Staff are told of no more than that it is in force: what else there is may be nothing of theirs.
TEST_F(AppTest, AWithdrawalThatStaffRegisterSaysForWhat) {
  EXPECT_EQ(Run({"consent", "withdraw", "p1", "--channel", "phone"}), 0) << error_;
  EXPECT_EQ(out_,
            "Withdrawn: nothing is shared on consent for samordnet kvalifisering any more.\n");
  EXPECT_EQ(consents_.lists, 0);
}

TEST_F(AppTest, AnUpdateNamesWhatIsNewAndOnlyThat) {
  EXPECT_EQ(Run({"participant", "update-contact", "p1", "--language", "ti", "--interpreter", "no"}),
            0)
      << error_;
  EXPECT_THAT(participants_.update.update_mask().paths(),
              testing::ElementsAre("preferred_language", "interpreter_needed"));
  EXPECT_EQ(participants_.update.etag(), "own");
  EXPECT_EQ(Run({"participant", "update-contact", "p1"}), 2);
}

TEST_F(AppTest, TheNumberComesFromAFileOrTheInput) {
  EXPECT_EQ(Run({"participant", "lookup", "--number-file",
                 WriteFile("number", std::string(kNumber) + "\n")}),
            0)
      << error_;
  EXPECT_EQ(participants_.number, kNumber);
  participants_.number.clear();
  EXPECT_EQ(Run({"participant", "lookup", "--number-file", "-"}, "018901 12345\n"), 0) << error_;
  EXPECT_EQ(participants_.number, kNumber);
  EXPECT_EQ(out_, "p1\n");
  EXPECT_EQ(Run({"participant", "lookup"}), 2) << "nobody sits there to be asked";
}

TEST_F(AppTest, TheNumberIsNeverTakenFromTheCommandLine) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"participant", "lookup", kNumber},
           {"participant", "lookup", "--number-file", kNumber},
           {"participant", "lookup", std::string("--number-file=") + kNumber},
           {"participant", "get", "018901 12345"}}) {
    EXPECT_EQ(Run(arguments), 2);
    EXPECT_THAT(error_, HasSubstr("must not stand on the command line"));
    EXPECT_THAT(error_ + out_, Not(HasSubstr("12345")));
  }
  EXPECT_EQ(participants_.number, "");
}

// Also a command that is added later must not take the number as an option or a positional.
void ExpectNoNumberOption(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_name() == "--number-file") continue;
    EXPECT_THAT(option->get_name(), Not(testing::ContainsRegex("number|ident.*number|fnr|pid")))
        << app.get_name();
  }
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    ExpectNoNumberOption(*verb);
  }
}

TEST_F(AppTest, EveryCommandTeachesAndNoneTakesTheNumber) {
  CLI::App app;
  Context context{Terminal()};
  CommandLine line{app, context, nullptr};
  DescribeCommands(line);
  ExpectNoNumberOption(app);
  int verbs = 0;
  for (const CLI::App* noun : app.get_subcommands([](const CLI::App*) { return true; })) {
    for (const CLI::App* verb : noun->get_subcommands([](const CLI::App*) { return true; })) {
      EXPECT_THAT(verb->get_footer(), HasSubstr("Example:\n  navo ")) << verb->get_name();
      EXPECT_FALSE(verb->get_description().empty()) << verb->get_name();
      ++verbs;
    }
  }
  EXPECT_GE(verbs, 36);
}

TEST_F(AppTest, ACaseIsReadAsOneActAndAMissingPlanIsSaid) {
  plans_.missing = true;
  EXPECT_EQ(Run({"case", "show", "p1"}), 0) << error_;
  EXPECT_THAT(out_, HasSubstr("none yet: navo plan open p1"));
  EXPECT_THAT(out_, HasSubstr("Norwegian  not shown: not for this role"));
  EXPECT_EQ(plans_.act, participants_.acts.back());
}

TEST_F(AppTest, ACaseThatMayNotBeKnownIsNotFound) {
  participants_.status = Rich(grpc::StatusCode::NOT_FOUND, "NOT_FOUND");
  EXPECT_EQ(Run({"case", "show", "p1"}), 3);
  EXPECT_EQ(out_, "");
}

TEST_F(AppTest, JsonHasTheApisNames) {
  EXPECT_EQ(Run({"participant", "lookup", "--number-file", "-", "--json"}, kNumber), 0);
  EXPECT_EQ(out_, "{\n \"participant_id\": \"p1\"\n}\n");
}

TEST_F(AppTest, BadRowsAreExitCode7AndStandInTheReport) {
  const std::string file = WriteFile("pupils.csv", "a\nb\n");
  const std::string report = testing::TempDir() + "report.csv";
  EXPECT_EQ(Run({"import", "vo-elever", file, "--source-system", "visma"}), 0) << error_;
  exchange_.rejected = 1;
  EXPECT_EQ(Run({"import", "vo-elever", file, "--source-system", "visma", "--report", report}), 7);
  EXPECT_THAT(out_, HasSubstr("2 rows: 0 created"));
  std::ifstream in(report);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(text,
            "line,column,outcome,reason,advice\n"
            "2,\"\",\"rejected\",\"INVALID_DATE\",\"Write \"\"start\"\" as 2026-11-22\"\n");
  EXPECT_EQ(Run({"import", "vo-elever", "/no/such/file", "--source-system", "visma"}), 2);
}

TEST_F(AppTest, ACheckIsADryRunAndSaysSo) {
  const std::string file = WriteFile("pupils.csv", "a\nb\n");
  EXPECT_EQ(Run({"import", "vo-elever", file, "--source-system", "visma"}), 0) << error_;
  EXPECT_FALSE(exchange_.start.dry_run());
  EXPECT_EQ(exchange_.start.file_key().size(), 64u);
  EXPECT_THAT(out_, Not(HasSubstr("Nothing was taken in")));
  exchange_.rejected = 1;
  EXPECT_EQ(Run({"import", "vo-elever", file, "--source-system", "visma", "--check"}), 7);
  EXPECT_TRUE(exchange_.start.dry_run());
  EXPECT_EQ(exchange_.start.file_key(), "");
  EXPECT_THAT(out_, HasSubstr("Nothing was taken in. It would have been:\n2 rows: 0 created"));
}

TEST_F(AppTest, WrongUsageIsExitCode2) {
  EXPECT_EQ(Run({}), 2);
  EXPECT_EQ(Run({"plan"}), 2);
  EXPECT_EQ(Run({"plan", "add-step", "p1", "--title", "x", "--type", "nothing"}), 2);
  EXPECT_EQ(Run({"plan", "show", "p1", "--min-revisoin", "x"}), 2);
  EXPECT_EQ(Run({"plan", "show", "--help"}), 0);
  EXPECT_THAT(out_, HasSubstr("navo plan show PARTICIPANT"));
}

TEST_F(AppTest, AServerThatIsNotThereIsExitCode6) {
  EXPECT_EQ(Run({"plan", "show", "p1", "--server", "127.0.0.1:1", "--timeout", "1"}), 6);
  EXPECT_THAT(error_, HasSubstr("the server cannot be reached"));
}

TEST_F(AppTest, PeopleOfATrialServerOnlyWithItsFolder) {
  const std::string folder = testing::TempDir();
  EXPECT_EQ(Run({"--dev", folder + "nothing", "--as", "kari", "plan", "show", "p1"}), 2);
  WriteFile(
      "dev-people.json",
      R"([{"key":"kari","name":"Kari","subject":"k1","kind":"STAFF"},)"
      R"({"key":"amina","name":"Amina","subject":"a1","kind":"PARTICIPANT","pid":"01890112345"}])");
  EXPECT_EQ(Run({"token", "--list", "--dev", folder}), 0) << error_;
  EXPECT_THAT(out_, HasSubstr("kari"));
  EXPECT_THAT(out_, Not(HasSubstr(kNumber)));
  EXPECT_EQ(Run({"token", "--as", "ola", "--dev", folder}), 2);
  EXPECT_THAT(error_, HasSubstr("kari, amina"));
}

}  // namespace
}  // namespace navo::cli
