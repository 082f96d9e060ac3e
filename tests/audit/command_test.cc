// `navo log verify`, `export` and `public-key` as commands.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "clients/cli/app.h"
#include "navo/v1/access_log.pb.h"
#include "navo/v1/common.pb.h"
#include "tests/audit/log_case.h"

namespace navo::audit {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class LogCommandTest : public LogCaseTest {
 protected:
  LogCommandTest() {
    WriteLog();
    Tamper(
        "INSERT INTO controller (controller_key, id, kind, name)"
        " VALUES (1, 'nav-statlig', 1, 'NAV'), (2, 'oslo-vo', 3, 'VO');"
        "INSERT INTO unit (unit_key, id, controller_key, name)"
        " VALUES (1, 'nav-grorud', 1, 'NAV Grorud'), (2, 'vo', 2, 'VO');"
        "INSERT INTO principal (principal_key, issuer, subject, kind, name)"
        " VALUES (4, 'i', 'Z990001=x\nCEF:0|', 1, 'Kari');"
        "INSERT INTO participant (participant_key, realm, grading, shielded, access_revision,"
        " created_us, retention_class, key_id)"
        " VALUES (1, 0, 0, 0, 0, 0, 0, 1), (2, 0, 0, 0, 0, 0, 0, 1);"
        "INSERT INTO participant_alias VALUES (x'11111111111141118111111111111111', 1, 1),"
        " (x'22222222222242228222222222222222', 1, 2), (x'33333333333343338333333333333333', 2, 2);"
        "INSERT INTO log_word VALUES (1, 61, 'navo.v1.PlanService.Get')");
  }

  int Run(std::vector<std::string> arguments) {
    std::istringstream in;
    std::ostringstream out, error;
    cli::Terminal terminal;
    terminal.in = &in;
    terminal.out = &out;
    terminal.error = &error;
    terminal.now = [this] { return clock_.Now(); };
    terminal.environment = [](const std::string&) { return std::string(); };
    const int code = cli::RunNavo(std::move(arguments), std::move(terminal));
    out_ = out.str();
    error_ = error.str();
    return code;
  }

  std::string WriteKey() {
    EXPECT_EQ(Run({"log", "public-key", "--db", file()}), cli::kExitOk) << error_;
    std::ofstream(folder_.File("key.pem")) << out_;
    return folder_.File("key.pem");
  }

  // The one line of an event.
  std::string Line(int64_t position) const {
    std::istringstream lines(out_);
    for (std::string line; std::getline(lines, line);) {
      if (line.find(" externalId=" + std::to_string(position) + " ") != std::string::npos) {
        return line;
      }
    }
    return "";
  }

  std::string out_;
  std::string error_;
};

TEST_F(LogCommandTest, VerifySaysThatItHoldsAndHowFarItIsSigned) {
  const std::string key = WriteKey();
  EXPECT_THAT(out_, StartsWith("-----BEGIN PUBLIC KEY-----\n"));
  EXPECT_EQ(Run({"log", "verify", "--db", file(), "--public-key", key}), cli::kExitOk) << error_;
  EXPECT_THAT(out_, HasSubstr("Rows 1 to 40 follow each other: 40."));
  EXPECT_THAT(out_, HasSubstr("Signed up to row 40"));
  EXPECT_THAT(out_, HasSubstr("The access log holds.\n"));
  EXPECT_THAT(out_, Not(HasSubstr("same file")));
  EXPECT_EQ(Run({"log", "verify", "--db", file()}), cli::kExitOk);
  EXPECT_THAT(out_, HasSubstr("taken from the same file"));
}

TEST_F(LogCommandTest, VerifyNamesTheBadRow) {
  Tamper("UPDATE access_log SET participant_key = 2 WHERE position = 23");
  EXPECT_EQ(Run({"log", "verify", "--db", file()}), cli::kExitBadLog);
  EXPECT_THAT(out_, HasSubstr("Rows 1 to 22 follow each other"));
  EXPECT_THAT(out_, HasSubstr("BAD: row 23 was changed"));
  EXPECT_THAT(out_, Not(HasSubstr("holds")));
}

TEST_F(LogCommandTest, WrongFilesAreNamed) {
  EXPECT_EQ(Run({"log", "verify", "--db", folder_.File("no.db")}), cli::kExitNotFound);
  EXPECT_EQ(Run({"log", "verify", "--db", file(), "--public-key", file()}), cli::kExitBadInput);
  EXPECT_THAT(error_, HasSubstr("holds no Ed25519 public key"));
  EXPECT_EQ(Run({"log", "verify", "--db", file(), "--witness", WriteKey()}), cli::kExitBadInput);
  EXPECT_THAT(error_, HasSubstr("holds no checkpoint"));
  EXPECT_EQ(Run({"log", "export", "--db", file(), "--after", "-1"}), cli::kExitBadInput);
  EXPECT_EQ(Run({"log", "export", "--db", file(), "--orgnr", "nav-statlig=12"}),
            cli::kExitBadInput);
  EXPECT_EQ(Run({"log", "export", "--db", file(), "--controller", "nobody"}), cli::kExitNotFound);
}

TEST_F(LogCommandTest, ExportTellsWhoLookedByPairwiseIds) {
  ASSERT_EQ(Run({"log", "export", "--db", file(), "--orgnr", "nav-statlig=889640782"}),
            cli::kExitOk)
      << error_;
  EXPECT_THAT(error_, HasSubstr("--after 40"));
  // Row 1 is about participant 1, row 2 about participant 2, whom NAV does not know.
  EXPECT_THAT(Line(1), HasSubstr(" suid=Z990001\\=x\\nCEF:0| "
                                 "duid=11111111-1111-4111-8111-111111111111 sproc="));
  EXPECT_THAT(Line(1), HasSubstr("flexString1=Permit cn1Label=orgnr cn1=889640782 cs1Label="));
  EXPECT_THAT(Line(1), HasSubstr("msg=navo.v1.PlanService.Get; role VEILEDER; relation TEAM; "
                                 "shown PLAN"));
  EXPECT_THAT(Line(2), Not(HasSubstr("duid=")));
  EXPECT_THAT(Line(2), Not(HasSubstr("relation")));
  EXPECT_THAT(out_, Not(HasSubstr("22222222-2222")));
}

TEST_F(LogCommandTest, ExportGoesOnWhereItWas) {
  const std::string to = folder_.File("events.cef");
  ASSERT_EQ(Run({"log", "export", "--db", file(), "--after", "37", "--to", to}), cli::kExitOk);
  EXPECT_EQ(out_, "");
  AddRows(2);
  ASSERT_EQ(Run({"log", "export", "--db", file(), "--after", "40", "--to", to}), cli::kExitOk);
  EXPECT_THAT(error_, HasSubstr("--after 42"));
  std::ifstream read(to);
  int64_t position = 37;
  for (std::string line; std::getline(read, line);) {
    EXPECT_THAT(line, HasSubstr(" externalId=" + std::to_string(++position) + " "));
  }
  EXPECT_EQ(position, 42);
  ASSERT_EQ(Run({"log", "export", "--db", file(), "--after", "42"}), cli::kExitOk);
  EXPECT_EQ(out_, "");
  EXPECT_THAT(error_, HasSubstr("--after 42"));
}

TEST_F(LogCommandTest, ExportForOneControllerHoldsOnlyItsOwn) {
  ASSERT_EQ(Run({"log", "export", "--db", file(), "--controller", "oslo-vo"}), cli::kExitOk);
  EXPECT_EQ(out_, "");  // all rows are of NAV's unit
  ASSERT_EQ(Run({"log", "export", "--db", file(), "--controller", "nav-statlig"}), cli::kExitOk);
  EXPECT_NE(Line(40), "");
}

// What participants do themselves is about every side's data, and no side's own: with whom they
// talk about their health, and that they withdrew, is nothing for the other side's SIEM.
TEST_F(LogCommandTest, WhatParticipantsDoIsInNoControllersExport) {
  storage::AccessLogRow own_act;
  own_act.participant_key = 1;  // whom both controllers know
  own_act.principal_key = -1;
  own_act.role = v1::ROLE_DELTAKER;
  own_act.relation = v1::RELATION_SELF;
  own_act.rpc = 61;
  own_act.shown = int64_t{1} << v1::CATEGORY_HEALTH;
  own_act.decision = v1::ACCESS_DECISION_PERMIT;
  Add({own_act});
  for (const char* controller : {"oslo-vo", "nav-statlig"}) {
    ASSERT_EQ(Run({"log", "export", "--db", file(), "--controller", controller}), cli::kExitOk);
    EXPECT_EQ(Line(41), "") << controller;
    EXPECT_THAT(out_, Not(HasSubstr("HEALTH"))) << controller;
  }
  ASSERT_EQ(Run({"log", "export", "--db", file()}), cli::kExitOk);
  EXPECT_THAT(Line(41), HasSubstr("relation SELF; shown HEALTH"));
  EXPECT_THAT(Line(41), HasSubstr(" suid=11111111-1111-4111-8111-111111111111 "));
}

}  // namespace
}  // namespace navo::audit
