// Messages of NAV that come late, twice, out of order, or for something that is gone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/services/import_fixture.h"

namespace navo {
namespace {

using nlohmann::json;
using support::Imported;
using support::Line;
using support::NumberOf;
using support::Participation;
using support::Sending;
using testing::IsEmpty;

const Sending kOfferings{.format = v1::IMPORT_FORMAT_NAV_GJENNOMFOERING};

// The clock of these tests stands at nine o'clock on 2 November 2026.
class LateImportTest : public support::ImportTest {
 protected:
  v1::StepStatus StatusOf(const std::string& number) {
    const std::vector<v1::Step> steps = StepsOf(kari_, number);
    return steps.empty() ? v1::STEP_STATUS_UNSPECIFIED : steps[0].status();
  }
  v1::RowOutcome TakeOne(const std::string& file, const Sending& how = {}) {
    return OneOutcome(Take(file, how));
  }

  const json row_ = Participation(amina_, 1);  // changed on 12 August 2026 at half past nine
};

TEST_F(LateImportTest, ATombstoneEndsWhatWasChangedBeforeItWasHeardOf) {
  Take(Line(row_));
  EXPECT_EQ(TakeOne(Tombstone(1)), v1::ROW_OUTCOME_UPDATED);
  // Changed before, and late; the same once more; and as an old file has it.
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-10-30T12:00:00", "DELTAR"))), v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(TakeOne(Line(row_)), v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-07-01T12:00:00", "DELTAR"))), v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(StatusOf(amina_), v1::STEP_STATUS_AVBRUTT);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).status_reason(), "SLETTET_I_KILDE");
  // Made anew at the source.
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-11-02T09:00:01", "DELTAR"))), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StatusOf(amina_), v1::STEP_STATUS_GJENNOMFOERES);
  EXPECT_EQ(StepsOf(kari_, amina_).size(), 1u);
}

TEST_F(LateImportTest, ATombstoneThatComesBeforeItsMessageStillHolds) {
  EXPECT_EQ(TakeOne(Tombstone(1)), v1::ROW_OUTCOME_SKIPPED);
  const support::Stored before = Count(server_);
  const Imported late = Take(Line(row_));
  EXPECT_EQ(OneOutcome(late), v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(late.results.at(0).column(), "endretTidspunkt");
  EXPECT_EQ(Count(server_), before);  // not even the person has become known
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-11-02T12:00:00", "DELTAR"))), v1::ROW_OUTCOME_CREATED);
  EXPECT_EQ(StatusOf(amina_), v1::STEP_STATUS_GJENNOMFOERES);
}

TEST_F(LateImportTest, InOneFileTheOrderOfTheLinesIsTheOrderOfTheLog) {
  const Imported anew = Take(Tombstone(1) + Line(row_));
  EXPECT_EQ(anew.counts.skipped(), 1);
  EXPECT_EQ(anew.counts.created(), 1);
  EXPECT_EQ(StatusOf(amina_), v1::STEP_STATUS_GJENNOMFOERES);

  const json other = Participation(NumberOf("olena"), 2);
  const std::string file =
      Line(other) + Tombstone(2) + Line(At(other, "2026-09-01T12:00:00", "VENTER_PA_OPPSTART"));
  Take(file);
  EXPECT_EQ(StatusOf(NumberOf("olena")), v1::STEP_STATUS_PLANLAGT);
  Take(file);  // ends where it ended
  EXPECT_EQ(StatusOf(NumberOf("olena")), v1::STEP_STATUS_PLANLAGT);
  EXPECT_EQ(StepsOf(kari_, NumberOf("olena")).size(), 1u);
}

TEST_F(LateImportTest, TombstonesMayComeAgain) {
  Take(Line(row_));
  Take(Tombstone(1) + Tombstone(2));
  const support::Stored before = Count(server_);
  const Imported again = Take(Tombstone(1) + Tombstone(2) + Tombstone(1));
  EXPECT_EQ(again.counts.unchanged(), 2);
  ASSERT_EQ(again.results.size(), 1u);
  EXPECT_EQ(again.results[0].reason(), "TOMBSTONE_UNKNOWN");
  EXPECT_EQ(Count(server_).journal, before.journal);
}

TEST_F(LateImportTest, ADraftOfSomethingDeletedIsNothing) {
  EXPECT_EQ(TakeOne(Tombstone(1)), v1::ROW_OUTCOME_SKIPPED);
  const Imported draft = Take(Line(At(row_, "2026-11-03T12:00:00", "UTKAST_TIL_PAMELDING")));
  EXPECT_EQ(OneOutcome(draft), v1::ROW_OUTCOME_SKIPPED);
  EXPECT_EQ(draft.results.at(0).reason(), "NOT_A_STEP");
  EXPECT_EQ(Count(server_).steps, 0);
}

TEST_F(LateImportTest, WhatWasRegisteredInErrorIsNotRevivedByAnOlderMessage) {
  for (const std::string error : {"FEILREGISTRERT", "UTKAST_TIL_PAMELDING"}) {
    const json other = Participation(amina_, error == "FEILREGISTRERT" ? 2 : 3);
    const std::string nothing = Line(At(other, "2026-10-02T09:00:00", error));
    EXPECT_EQ(TakeOne(nothing), v1::ROW_OUTCOME_SKIPPED);
    const support::Stored before = Count(server_);
    EXPECT_EQ(TakeOne(Line(At(other, "2026-09-02T09:00:00", "DELTAR"))), v1::ROW_OUTCOME_OUTDATED);
    EXPECT_EQ(TakeOne(nothing), v1::ROW_OUTCOME_SKIPPED);
    EXPECT_EQ(Count(server_).participants, before.participants);
    EXPECT_EQ(TakeOne(Line(At(other, "2026-10-03T09:00:00", "DELTAR"))), v1::ROW_OUTCOME_CREATED);
  }
}

TEST_F(LateImportTest, InADryRunTooWhatWasRegisteredInErrorIsNotRevived) {
  const std::string file = Line(At(row_, "2026-10-02T09:00:00", "FEILREGISTRERT")) +
                           Line(At(row_, "2026-09-02T09:00:00", "DELTAR")) +
                           Line(At(row_, "2026-10-03T09:00:00", "DELTAR"));
  for (const bool dry_run : {true, false}) {
    const Imported taken = Take(file, {.dry_run = dry_run});
    EXPECT_EQ(taken.counts.skipped(), 1) << dry_run;
    EXPECT_EQ(taken.counts.outdated(), 1) << dry_run;
    EXPECT_EQ(taken.counts.created(), 1) << dry_run;
  }
}

TEST_F(LateImportTest, ATombstoneAfterADraftHolds) {
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-10-02T09:00:00", "UTKAST_TIL_PAMELDING"))),
            v1::ROW_OUTCOME_SKIPPED);
  EXPECT_EQ(TakeOne(Tombstone(1)), v1::ROW_OUTCOME_SKIPPED);
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-10-03T09:00:00", "DELTAR"))), v1::ROW_OUTCOME_OUTDATED);
}

TEST_F(LateImportTest, BehindATombstoneADraftDoesNotHoldBackWhatFollowsIt) {
  const Imported taken =
      Take(Tombstone(1) + Line(At(row_, "2026-10-02T09:00:00", "UTKAST_TIL_PAMELDING")) +
           Line(At(row_, "2026-10-03T09:00:00", "DELTAR")));
  EXPECT_EQ(taken.counts.skipped(), 2);
  EXPECT_EQ(taken.counts.created(), 1);
}

TEST_F(LateImportTest, AQuantityThatBeginsLaterHoldsFromThatDay) {
  json row = row_;
  row["deltakelsesmengder"] = {{{"deltakelsesprosent", 100}, {"gyldigFraDato", "2026-08-17"}},
                               {{"deltakelsesprosent", 40}, {"gyldigFraDato", "2026-12-01"}},
                               {{"deltakelsesprosent", 0}, {"gyldigFraDato", "2027-02-01"}}};
  EXPECT_EQ(TakeOne(Line(row)), v1::ROW_OUTCOME_CREATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).weekly_hours(), 38);
  EXPECT_EQ(TakeOne(Line(row)), v1::ROW_OUTCOME_UNCHANGED);
  server_.clock().Advance(absl::Hours(24 * 30));
  EXPECT_EQ(TakeOne(Line(row)), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).weekly_hours(), 15);
  EXPECT_EQ(TakeOne(Line(row)), v1::ROW_OUTCOME_UNCHANGED);
  EXPECT_EQ(TakeOne(Line(At(row, "2026-08-01T09:00:00", "DELTAR"))), v1::ROW_OUTCOME_OUTDATED);
  server_.clock().Advance(absl::Hours(24 * 70));
  EXPECT_EQ(TakeOne(Line(row)), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StepsOf(kari_, amina_).at(0).weekly_hours(), 0);
}

TEST_F(LateImportTest, TheSameTimeIsTheSameHoweverManyDecimals) {
  Take(Line(At(row_, "2026-09-01T12:00:00", "DELTAR")));
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-09-01T12:00:00.000000000", "DELTAR"))),
            v1::ROW_OUTCOME_UNCHANGED);
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-09-01T10:00:00.0Z", "FULLFORT"))),
            v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-09-01T12:00:00.000001", "FULLFORT"))),
            v1::ROW_OUTCOME_UPDATED);
}

TEST_F(LateImportTest, TheHourThatOccursTwiceIsTheFirstUnlessTheMessageSaysOtherwise) {
  Take(Line(At(row_, "2026-10-25T02:30:00", "VENTELISTE")));
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-10-25T02:30:00+01:00", "DELTAR"))),
            v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-10-25T02:59:59.999999999", "FULLFORT"))),
            v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(TakeOne(Line(At(row_, "2026-10-25T03:00:00", "FULLFORT"))), v1::ROW_OUTCOME_UPDATED);
}

TEST_F(LateImportTest, AParticipationThatIsFoundToBeSomebodyElsesMoves) {
  Take(Line(row_));
  json moved = At(row_, "2026-09-01T12:00:00", "DELTAR");
  moved["personIdent"] = NumberOf("olena");
  EXPECT_EQ(TakeOne(Line(moved)), v1::ROW_OUTCOME_UPDATED);
  EXPECT_THAT(StepsOf(kari_, amina_), IsEmpty());
  EXPECT_EQ(StatusOf(NumberOf("olena")), v1::STEP_STATUS_GJENNOMFOERES);
  // An older message with the first number does not take it back.
  EXPECT_EQ(TakeOne(Line(row_)), v1::ROW_OUTCOME_OUTDATED);
  EXPECT_EQ(TakeOne(Tombstone(1)), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(StatusOf(NumberOf("olena")), v1::STEP_STATUS_AVBRUTT);
  EXPECT_EQ(Count(server_).steps, 1);
}

TEST_F(LateImportTest, RowsThatCannotBeTakenInLeaveWhatIsThere) {
  Take(Line(row_));
  json actor = At(row_, "2026-09-01T12:00:00", "FULLFORT");
  actor["personIdent"] = "1000012345678";
  const json unknown = At(row_, "2026-09-01T12:00:00", "PAUSET");
  json good = Participation(NumberOf("olena"), 2);
  good["nyttFelt"] = {{"ukjent", true}};
  const Imported taken = Take(Line(actor) + Line(unknown) + good.dump() + "\n");
  ASSERT_EQ(taken.results.size(), 2u);
  EXPECT_EQ(taken.results[0].reason(), "UNSUPPORTED_IDENT");
  EXPECT_EQ(taken.results[0].line(), 1);
  EXPECT_EQ(taken.results[1].reason(), "UNKNOWN_STATUS");
  EXPECT_EQ(taken.counts.created(), 1);
  EXPECT_EQ(StatusOf(amina_), v1::STEP_STATUS_GJENNOMFOERES);
}

TEST_F(LateImportTest, AnOfferingThatIsDeletedTakesItsTitleAlong) {
  const std::string id = row_["gjennomforingId"];
  const auto offering = [&id](const std::string& name) {
    return json{{"id", id},
                {"tiltakstype", {{"tiltakskode", "JOBBKLUBB"}, {"navn", "Jobbklubb"}}},
                {"navn", name},
                {"startDato", "2026-08-17"},
                {"status", "GJENNOMFORES"},
                {"arrangor", nullptr}}
               .dump() +
           "\n";
  };
  const std::string deleted = json{{"key", id}, {"value", nullptr}}.dump() + "\n";
  const auto step = [this] { return StepsOf(kari_, amina_).at(0); };
  Take(Line(row_));
  EXPECT_EQ(step().title(), "");
  EXPECT_EQ(step().offering().offering_id(), id);
  // Named only, it is nothing that could be deleted.
  EXPECT_EQ(TakeOne(deleted, kOfferings), v1::ROW_OUTCOME_SKIPPED);
  Take(offering("Jobbklubb"), kOfferings);
  EXPECT_EQ(step().title(), "Jobbklubb");
  EXPECT_EQ(step().type(), v1::STEP_TYPE_JOBBSOEKING);
  EXPECT_EQ(TakeOne(deleted, kOfferings), v1::ROW_OUTCOME_UPDATED);
  EXPECT_EQ(step().title(), "");
  EXPECT_EQ(step().offering().offering_id(), id);
  EXPECT_EQ(step().offering().measure_name(), "");
  EXPECT_EQ(TakeOne(deleted, kOfferings), v1::ROW_OUTCOME_SKIPPED);
  EXPECT_EQ(TakeOne(offering("Jobbklubb 2"), kOfferings), v1::ROW_OUTCOME_CREATED);
  EXPECT_EQ(step().title(), "Jobbklubb 2");
}

}  // namespace
}  // namespace navo
