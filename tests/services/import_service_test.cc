// What becomes of files: the examples row for row, and each kind of row by what people see after.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "tests/services/import_files.h"
#include "tests/services/import_fixture.h"
#include "tests/support/rich_case.h"

namespace navo {
namespace {

using nlohmann::json;
using support::Import;
using support::Imported;
using support::Line;
using support::Must;
using support::NumberOf;
using support::Participation;
using support::Sending;
using support::TestServer;

const Sending kOfferings{.format = v1::IMPORT_FORMAT_NAV_GJENNOMFOERING};
const Sending kPupils{.format = v1::IMPORT_FORMAT_VO_ELEVER, .source_system = "vo-skole"};

std::string Short(std::string name, std::string_view prefix) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

json ResultsOf(const Imported& imported) {
  json results = json::array();
  for (const v1::RowResult& result : imported.results) {
    EXPECT_FALSE(result.advice().empty()) << result.line();
    results.push_back({{"line", result.line()},
                       {"outcome", Short(v1::RowOutcome_Name(result.outcome()), "ROW_OUTCOME_")},
                       {"reason", result.reason()},
                       {"column", result.column()}});
  }
  return results;
}

json CountsOf(const v1::ImportCounts& counts) {
  return {{"rows", counts.rows()},         {"created", counts.created()},
          {"updated", counts.updated()},   {"unchanged", counts.unchanged()},
          {"outdated", counts.outdated()}, {"rejected", counts.rejected()},
          {"skipped", counts.skipped()}};
}

struct Example {
  std::string file;
  std::string expected;
  std::string system;
  bool names_people = true;
};

class ExampleImportTest : public testing::TestWithParam<Example> {};

TEST_P(ExampleImportTest, IsReportedRowForRowAndChangesNothingTheSecondTime) {
  TestServer server;
  const json expected = json::parse(support::ExampleText(GetParam().expected));
  Sending how;
  ASSERT_TRUE(v1::ImportFormat_Parse("IMPORT_FORMAT_" + expected["format"].get<std::string>(),
                                     &how.format));
  ASSERT_TRUE(v1::TextEncoding_Parse("TEXT_ENCODING_" + expected["encoding"].get<std::string>(),
                                     &how.encoding));
  const std::string file = support::ExampleText(GetParam().file);
  const client::Client system = server.As(GetParam().system);
  for (const json& earlier : expected.value("import_first", json::array())) {
    const std::string name = earlier;
    Sending as = how;
    as.encoding = v1::TEXT_ENCODING_UTF_8;
    as.format = name == "vo-elever.csv" ? v1::IMPORT_FORMAT_VO_ELEVER : v1::IMPORT_FORMAT_VO_KURS;
    ASSERT_GT(Import(system, support::ExampleText(name), as).counts.created(), 0) << name;
  }

  const support::Stored before = Count(server);

  const Imported first = Import(system, file, how);
  ASSERT_TRUE(first.status.ok()) << first.status;
  EXPECT_TRUE(first.done);
  EXPECT_EQ(CountsOf(first.counts), expected["first_import"]["counts"]);
  EXPECT_EQ(ResultsOf(first), expected["first_import"]["results"]);
  const support::Stored after = Count(server);
  EXPECT_GT(after.journal, before.journal);

  const Imported second = Import(system, file, how);
  ASSERT_TRUE(second.status.ok()) << second.status;
  EXPECT_EQ(CountsOf(second.counts), expected["second_import"]["counts"]);
  EXPECT_EQ(ResultsOf(second), expected["second_import"]["results"]);
  support::Stored later = Count(server);
  // Who was looked at once more reads that too.
  EXPECT_EQ(later.access_log > after.access_log, GetParam().names_people);
  later.access_log = after.access_log;
  EXPECT_EQ(later, after);
}

INSTANTIATE_TEST_SUITE_P(
    Files, ExampleImportTest,
    testing::Values(
        Example{"nav-deltakere.jsonl", "nav-deltakere.expected.json", "komet"},
        Example{"nav-gjennomforinger.jsonl", "nav-gjennomforinger.expected.json", "komet", false},
        Example{"vo-elever.csv", "vo-elever.expected.json", "vo-system"},
        Example{"vo-elever-windows-1252.csv", "vo-elever-windows-1252.expected.json", "vo-system"},
        Example{"vo-kurs.csv", "vo-kurs.expected.json", "vo-system"},
        Example{"vo-fravaer.csv", "vo-fravaer.expected.json", "vo-system"},
        Example{"norskprove.csv", "norskprove.expected.json", "vo-system"}));

using support::ImportTest;

TEST_F(ImportTest, AParticipationIsAStepOfTheUnit) {
  json row = Participation(amina_, 1);
  row["sluttDato"] = "2026-12-18";
  row["deltakelsesmengder"] = {{{"deltakelsesprosent", 100}, {"gyldigFraDato", "2026-08-17"}},
                               {{"deltakelsesprosent", 60}, {"gyldigFraDato", "2026-10-01"}}};
  EXPECT_EQ(OneOutcome(Take(Line(row))), v1::ROW_OUTCOME_CREATED);
  const std::vector<v1::Step> steps = StepsOf(kari_, amina_);
  ASSERT_EQ(steps.size(), 1u);
  const v1::Step& step = steps[0];
  EXPECT_EQ(step.status(), v1::STEP_STATUS_GJENNOMFOERES);
  EXPECT_EQ(step.type(), v1::STEP_TYPE_ARBEIDSMARKEDSTILTAK);
  EXPECT_EQ(step.owner_unit(), "nav-grorud-statlig");
  EXPECT_EQ(step.start_date().day(), 17);
  EXPECT_EQ(step.end_date().month(), 12);
  EXPECT_EQ(step.weekly_hours(), 23);  // 60 % of 37.5, as of 2 November
  EXPECT_EQ(step.provenance().source_system(), "komet");
  EXPECT_EQ(step.provenance().source_id(), support::ParticipationId(1));
  EXPECT_EQ(step.provenance().role(), v1::ROLE_INTEGRASJON);

  const v1::GetParticipantResponse who = Get(kari_, amina_);
  ASSERT_EQ(who.ties_size(), 1);
  EXPECT_EQ(who.ties(0).reason(), v1::TIE_REASON_SOURCE_SYSTEM);
  EXPECT_EQ(who.ties(0).identity_confirmation(), v1::IDENTITY_CONFIRMATION_FROM_SOURCE_SYSTEM);
}

TEST_F(ImportTest, TheOfferingMayComeBeforeOrAfter) {
  const json row = Participation(amina_, 1);
  const auto offering = [&row](const std::string& name) {
    const json value = {
        {"id", row["gjennomforingId"]},
        {"tiltakstype", {{"tiltakskode", "GRUPPE_FAG_OG_YRKESOPPLAERING"}, {"navn", "Fagbrev"}}},
        {"navn", name},
        {"startDato", "2026-08-17"},
        {"status", "GJENNOMFORES"},
        {"arrangor", {{"organisasjonsnummer", "310000019"}, {"navn", "Alna"}}}};
    return value.dump() + "\n";
  };
  Take(Line(row));
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).title(), "");
  EXPECT_EQ(OneOutcome(Take(offering("Fagbrev i renhold"), kOfferings)), v1::ROW_OUTCOME_CREATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).title(), "Fagbrev i renhold");
  EXPECT_EQ(OneOutcome(Take(offering("Fagbrev"), kOfferings)), v1::ROW_OUTCOME_UPDATED);
  const v1::Step step = StepsOf(kari_, amina_).at(0);
  EXPECT_EQ(step.title(), "Fagbrev");
  EXPECT_EQ(step.offering().offering_id(), row["gjennomforingId"]);
  EXPECT_EQ(step.offering().title(), "Fagbrev");
  EXPECT_EQ(step.offering().arranger_name(), "Alna");
  EXPECT_NE(step.provenance().source_id(), "");
  EXPECT_EQ(step.provenance().unit(), step.owner_unit());
  EXPECT_EQ(OneOutcome(Take(offering("Fagbrev"), kOfferings)), v1::ROW_OUTCOME_UNCHANGED);
  json late = Participation(amina_, 2);
  late["gjennomforingId"] = row["gjennomforingId"];
  Take(Line(late));
  EXPECT_EQ(StepsOf(kari_, amina_).at(1).type(), v1::STEP_TYPE_VIDEREGAAENDE);
}

TEST_F(ImportTest, AStepShowsHowItGoesWithItsOfferingAndWhoRunsIt) {
  const json row = Participation(amina_, 1);
  const auto offering = [&row](const std::string& status, const std::string& arranger) {
    const json value = {{"id", row["gjennomforingId"]},
                        {"tiltakstype", {{"tiltakskode", "OPPFOLGING"}, {"navn", "Oppfølging"}}},
                        {"navn", "Oppfølging mot jobb"},
                        {"startDato", "2026-08-17"},
                        {"status", status},
                        {"arrangor", {{"organisasjonsnummer", arranger}, {"navn", "Alna"}}}};
    return value.dump() + "\n";
  };
  Take(Line(row));
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).offering().status(), v1::OFFERING_STATUS_UNSPECIFIED);
  const v1::Step before = StepsOf(kari_, amina_).at(0);
  v1::RowOutcome expected = v1::ROW_OUTCOME_CREATED;
  for (const auto& [code, status] : {std::pair{"GJENNOMFORES", v1::OFFERING_STATUS_GJENNOMFOERES},
                                     std::pair{"AVSLUTTET", v1::OFFERING_STATUS_AVSLUTTET},
                                     std::pair{"AVBRUTT", v1::OFFERING_STATUS_AVBRUTT},
                                     std::pair{"AVLYST", v1::OFFERING_STATUS_AVLYST}}) {
    EXPECT_EQ(OneOutcome(Take(offering(code, "310000019"), kOfferings)), expected) << code;
    expected = v1::ROW_OUTCOME_UPDATED;
    EXPECT_EQ(StepsOf(kari_, amina_).at(0).offering().status(), status) << code;
    EXPECT_EQ(OneOutcome(Take(offering(code, "310000019"), kOfferings)), v1::ROW_OUTCOME_UNCHANGED);
  }
  v1::Step step = StepsOf(kari_, amina_).at(0);
  EXPECT_EQ(step.offering().arranger_organisation_number(), "310000019");
  EXPECT_EQ(OneOutcome(Take(offering("AVLYST", "310000027"), kOfferings)), v1::ROW_OUTCOME_UPDATED);
  step = StepsOf(kari_, amina_).at(0);
  EXPECT_EQ(step.offering().arranger_organisation_number(), "310000027");
  // The step is the unit's own, and stays where it was.
  EXPECT_EQ(step.status(), before.status());
  EXPECT_EQ(step.version(), before.version());
}

TEST_F(ImportTest, WhoeverMovesAnImportedStepOnIsAnsweredWithItsOffering) {
  const json row = Participation(amina_, 1);
  const json offering = {{"id", row["gjennomforingId"]},
                         {"tiltakstype", {{"tiltakskode", "JOBBKLUBB"}, {"navn", "Jobbklubb"}}},
                         {"navn", "Jobbklubb på Grorud"},
                         {"startDato", "2026-08-17"},
                         {"status", "AVLYST"}};
  Take(Line(row));
  Take(offering.dump() + "\n", kOfferings);
  const v1::Step read = StepsOf(kari_, amina_).at(0);
  v1::ChangeStepStatusRequest request;
  request.set_participant_id(Lookup(kari_, amina_));
  request.set_step_id(read.step_id());
  request.set_etag(read.etag());
  request.set_status(v1::STEP_STATUS_AVBRUTT);
  request.set_reason("AVLYST");
  const auto changed = kari_.Call(&v1::PlanService::Stub::ChangeStepStatus, request);
  ASSERT_TRUE(changed.ok()) << changed.status();
  const v1::Step answered = changed->step();
  EXPECT_EQ(answered.title(), "Jobbklubb på Grorud");
  EXPECT_EQ(answered.offering().SerializeAsString(), read.offering().SerializeAsString());
  EXPECT_EQ(answered.offering().status(), v1::OFFERING_STATUS_AVLYST);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).SerializeAsString(), answered.SerializeAsString());
}

TEST_F(ImportTest, EveryStepThatCameBeforeItsOfferingGetsItsType) {
  constexpr int kMoreThanOneTransactionTakes = 230;
  const json first = Participation(amina_, 1);
  const auto offering = [&first](const std::string& code) {
    return json{{"id", first["gjennomforingId"]},
                {"tiltakstype", {{"tiltakskode", code}, {"navn", "Tiltak"}}},
                {"navn", "Kurs"},
                {"startDato", "2026-08-17"},
                {"status", "GJENNOMFORES"},
                {"arrangor", {{"organisasjonsnummer", "310000019"}, {"navn", "Alna"}}}}
               .dump() +
           "\n";
  };
  std::string file;
  for (int id = 1; id <= kMoreThanOneTransactionTakes; ++id) {
    json row = Participation(amina_, id);
    row["gjennomforingId"] = first["gjennomforingId"];
    file += Line(row);
  }
  Take(file);
  const auto types = [this] {
    std::map<v1::StepType, int> count;
    for (const v1::Step& step : StepsOf(kari_, amina_)) ++count[step.type()];
    return count;
  };
  using Types = std::map<v1::StepType, int>;
  EXPECT_EQ(types(), (Types{{v1::STEP_TYPE_ARBEIDSMARKEDSTILTAK, kMoreThanOneTransactionTakes}}));
  Take(offering("GRUPPE_FAG_OG_YRKESOPPLAERING"), kOfferings);
  EXPECT_EQ(types(), (Types{{v1::STEP_TYPE_VIDEREGAAENDE, kMoreThanOneTransactionTakes}}));
  Take(offering("ARBEIDSTRENING"), kOfferings);
  EXPECT_EQ(types(), (Types{{v1::STEP_TYPE_ARBEIDSTRENING, kMoreThanOneTransactionTakes}}));
  const v1::Step step = StepsOf(kari_, amina_).at(0);
  EXPECT_EQ(step.version(), 3);
  EXPECT_EQ(step.provenance().role(), v1::ROLE_INTEGRASJON);
  EXPECT_EQ(step.provenance().source_id(), first["id"].get<std::string>());
  const support::Stored before = Count(server_);
  Take(offering("ARBEIDSTRENING"), kOfferings);
  EXPECT_EQ(Count(server_).journal, before.journal);
}

TEST_F(ImportTest, TheNewestStateWinsWhateverTheOrder) {
  const json row = Participation(amina_, 1);
  Take(Line(At(row, "2026-09-01T12:00:00", "FULLFORT")));
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-08-01T12:00:00", "DELTAR")))),
            v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-09-01T12:00:00", "DELTAR")))),
            v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).status(), v1::STEP_STATUS_FULLFOERT);
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-09-02T12:00:00", "FULLFORT")))),
            v1::ROW_OUTCOME_UNCHANGED);
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-09-03T12:00:00", "DELTAR")))),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).status(), v1::STEP_STATUS_GJENNOMFOERES);
}

TEST_F(ImportTest, WhatTheSourceTakesBackIsBrokenOff) {
  const json row = Participation(amina_, 1);
  Take(Line(row));
  EXPECT_EQ(OneOutcome(Take(Tombstone(1))), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).status(), v1::STEP_STATUS_AVBRUTT);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).status_reason(), "SLETTET_I_KILDE");
  EXPECT_EQ(OneOutcome(Take(Tombstone(1))), v1::ROW_OUTCOME_UNCHANGED);
  EXPECT_EQ(OneOutcome(Take(Tombstone(2))), v1::ROW_OUTCOME_SKIPPED);
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-11-03T12:00:00", "DELTAR")))),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).status(), v1::STEP_STATUS_GJENNOMFOERES);
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-11-04T12:00:00", "FEILREGISTRERT")))),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).status(), v1::STEP_STATUS_AVBRUTT);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).status_reason(), "FEILREGISTRERT");
  EXPECT_EQ(StepsOf(kari_, amina_).size(), 1u);
}

TEST_F(ImportTest, IllnessIsNotSaidNorToBeGuessed) {
  Take(Line(At(Participation(amina_, 1), "2026-09-01T12:00:00", "AVBRUTT", "SYK")));
  Take(Line(At(Participation(amina_, 2), "2026-09-01T12:00:00", "AVBRUTT")));
  Take(Line(At(Participation(amina_, 3), "2026-09-01T12:00:00", "AVBRUTT", "FATT_JOBB")));
  const std::vector<v1::Step> steps = StepsOf(kari_, amina_);
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps[0].status_reason(), steps[1].status_reason());
  EXPECT_EQ(steps[0].status_reason(), "AVBRUTT");
  EXPECT_EQ(steps[2].status_reason(), "FATT_JOBB");
}

TEST_F(ImportTest, APupilComesWithNameAndTraining) {
  const std::string header =
      "elev_id;fodselsnummer;fornavn;etternavn;morsmal;tolkebehov;sentrum;"
      "start;slutt\n";
  const auto pupil = [this](const std::string& family, const std::string& end) {
    return absl::StrCat("RO-1;", amina_, ";Amina;", family, ";so;ja;Rosenhof;17.08.2026;", end,
                        "\n");
  };
  EXPECT_EQ(OneOutcome(Take(header + pupil("Warsame", "18.06.2027"), kPupils)),
            v1::ROW_OUTCOME_CREATED);
  v1::GetParticipantResponse who = Get(tor_, amina_);
  ASSERT_EQ(who.sides_size(), 1);
  EXPECT_EQ(who.sides(0).facts().family_name(), "Warsame");
  EXPECT_EQ(who.sides(0).facts().mother_tongue(), "so");
  EXPECT_TRUE(who.sides(0).facts().interpreter_needed());
  v1::Step step = StepsOf(tor_, amina_).at(0);
  EXPECT_EQ(step.title(), "Norskopplæring ved Rosenhof");
  EXPECT_EQ(step.type(), v1::STEP_TYPE_NORSKOPPLAERING);
  EXPECT_EQ(step.status(), v1::STEP_STATUS_GJENNOMFOERES);

  // The teacher mends the name; another last day leaves it, another name from the source does not.
  v1::UpdateContactRequest mend;
  mend.set_participant_id(Lookup(tor_, amina_));
  mend.set_etag(who.sides(0).etag());
  mend.mutable_facts()->set_family_name("Warsame Ali");
  mend.mutable_update_mask()->add_paths("family_name");
  ASSERT_TRUE(tor_.Call(&v1::ParticipantService::Stub::UpdateContact, mend).ok());
  EXPECT_EQ(OneOutcome(Take(header + pupil("Warsame", "30.10.2026"), kPupils)),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(Get(tor_, amina_).sides(0).facts().family_name(), "Warsame Ali");
  EXPECT_EQ(StepsOf(tor_, amina_).at(0).status(), v1::STEP_STATUS_FULLFOERT);
  EXPECT_EQ(OneOutcome(Take(header + pupil("Hassan", "30.10.2026"), kPupils)),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(Get(tor_, amina_).sides(0).facts().family_name(), "Hassan");
  EXPECT_EQ(Get(tor_, amina_).sides(0).facts().given_name(), "Amina");
}

TEST_F(ImportTest, NobodyLearnsThatTheOtherSideKnewThePerson) {
  support::Register(tor_, "amina");
  const Imported known = Take(Line(Participation(amina_, 1)));
  const Imported unknown = Take(Line(Participation(NumberOf("olena"), 2)));
  EXPECT_EQ(CountsOf(known.counts), CountsOf(unknown.counts));
  EXPECT_TRUE(known.results.empty());
  EXPECT_EQ(Count(server_).participants, 2);
}

TEST_F(ImportTest, AProtectedPersonIsTakenInAsAShadowOfTheOwnSide) {
  const Imported taken =
      Take(Line(Participation(NumberOf("signe"), 1)) + Line(Participation(NumberOf("maryam"), 2)) +
           Line(Participation(amina_, 3)));
  EXPECT_EQ(taken.counts.created(), 3);
  EXPECT_TRUE(taken.results.empty());
  EXPECT_EQ(Count(server_).shadows, 2);
  Take(Line(At(Participation(NumberOf("signe"), 1), "2026-09-03T12:00:00", "FULLFORT")));
  EXPECT_EQ(Count(server_).participants, 3);
  EXPECT_EQ(Count(server_).steps, 3);
}

TEST_F(ImportTest, APersonOfUnknownProtectionIsForTheNamedRoleUntilSomebodySays) {
  const client::Client frida = server_.As("frida");
  v1::SetProtectionRequest set;
  set.set_national_identity_number(amina_);
  set.set_grading(v1::ADDRESS_GRADING_UKJENT);
  Must(frida, &v1::ProtectionService::Stub::SetProtection, set);
  const std::string file = Line(Participation(amina_, 1));
  EXPECT_EQ(OneOutcome(Take(file)), v1::ROW_OUTCOME_CREATED);
  EXPECT_EQ(Count(server_).shadows, 0) << "which the whole side would see";
  EXPECT_EQ(Lookup(kari_, amina_), "");
  EXPECT_EQ(StepsOf(frida, amina_).size(), 1u);
  EXPECT_EQ(OneOutcome(Take(file)), v1::ROW_OUTCOME_UNCHANGED);

  set.set_grading(v1::ADDRESS_GRADING_UGRADERT);
  Must(frida, &v1::ProtectionService::Stub::SetProtection, set);
  EXPECT_EQ(StepsOf(kari_, amina_).size(), 1u);
}

TEST_F(ImportTest, ARecordGoesOnWithThePersonWhoseShadowWasMerged) {
  const client::Client frida = server_.As("frida");
  const std::string maryam = NumberOf("maryam");
  const json row = Participation(maryam, 1);
  Take(Line(row));
  v1::MergeShadowRequest merge;
  merge.set_shadow_id(
      Must(frida, &v1::ProtectionService::Stub::ListShadows, v1::ListShadowsRequest())
          .shadows(0)
          .shadow_id());
  Must(frida, &v1::ProtectionService::Stub::MergeShadow, merge);
  EXPECT_EQ(OneOutcome(Take(Line(row))), v1::ROW_OUTCOME_UNCHANGED);
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-11-20T09:00:00", "AVBRUTT")))),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StepsOf(frida, maryam).size(), 1u);
  EXPECT_EQ(Count(server_).shadows, 1) << "the merged one alone";
}

TEST_F(ImportTest, ABlockedTieStaysBlockedAndTheRowSaysNothing) {
  const json row = Participation(amina_, 1);
  Take(Line(row));
  EndTie(kari_, v1::TIE_END_REASON_WRONG_PERSON);
  const Imported refused = Take(Line(At(row, "2026-12-01T12:00:00", "FULLFORT")));
  ASSERT_EQ(refused.results.size(), 1u);
  EXPECT_EQ(refused.results[0].outcome(), v1::ROW_OUTCOME_REJECTED);
  EXPECT_EQ(refused.results[0].reason(), "SCOPE_MISSING");
  EXPECT_EQ(refused.results[0].column(), "");
  EXPECT_EQ(StepsOf(kari_, NumberOf("yusuf")).at(0).status(), v1::STEP_STATUS_GJENNOMFOERES);
}

TEST_F(ImportTest, AnEndedTieOpensAgainOnlyForSomethingNewer) {
  const json row = Participation(amina_, 1);
  Take(Line(row));
  EndTie(kari_, v1::TIE_END_REASON_SERVICE_ENDED);
  ASSERT_EQ(Lookup(kari_, amina_), "");
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-10-01T12:00:00", "FULLFORT")))),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(Lookup(kari_, amina_), "");
  server_.clock().Advance(absl::Hours(24));
  EXPECT_EQ(OneOutcome(Take(Line(At(row, "2026-11-02T18:00:00", "DELTAR")))),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_NE(Lookup(kari_, amina_), "");
}

TEST_F(ImportTest, ThePersonReadsOneLineForARun) {
  Take(Line(Participation(amina_, 1)) + Line(Participation(amina_, 2)) +
       Line(Participation(NumberOf("olena"), 3)));
  v1::ListAccessRequest request;
  request.set_participant_id("me");
  const auto log = server_.As("amina").Call(&v1::AccessLogService::Stub::ListAccess, request);
  ASSERT_TRUE(log.ok()) << log.status();
  ASSERT_EQ(log->acts_size(), 1);
  EXPECT_EQ(log->acts(0).role(), v1::ROLE_INTEGRASJON);
  EXPECT_EQ(Count(server_).access_log, 3);  // amina, olena, and amina's own look
}

}  // namespace
}  // namespace navo
