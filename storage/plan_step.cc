#include "storage/plan_step.h"

#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "storage/earlier_version.h"
#include "storage/journal.h"
#include "storage/plan.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr Sql kSteps(
    "SELECT s.step_key, s.id, s.controller_key, s.unit_key, s.principal_key, s.version, s.body,"
    "       o.source_id, o.body"
    " FROM plan_step s LEFT JOIN offering o ON o.offering_key = NULLIF(s.offering_key, 0)"
    " WHERE s.plan_key = $1"
    " ORDER BY s.start_day, s.step_key");
constexpr Sql kStepById(
    "SELECT step_key, id, plan_key, participant_key, controller_key, unit_key, principal_key,"
    " offering_key, version, body FROM plan_step WHERE id = $1 AND participant_key = $2");
constexpr Sql kStepsOfUnit(
    "SELECT step_key, id, plan_key, participant_key, controller_key, unit_key, principal_key,"
    " offering_key, version, body FROM plan_step"
    " WHERE plan_key IN (SELECT plan_key FROM plan WHERE participant_key = $1)"
    " AND controller_key = $2 AND (unit_key = $3 OR $3 = 0) ORDER BY step_key");
constexpr Sql kStepsOfOffering(
    "SELECT step_key, id, plan_key, participant_key, controller_key, unit_key, principal_key,"
    " offering_key, version, body FROM plan_step"
    " WHERE offering_key = $1 AND offering_key > 0 AND step_key > $2 ORDER BY step_key LIMIT $3");
constexpr Sql kStepByKey(
    "SELECT step_key, id, plan_key, participant_key, controller_key, unit_key, principal_key,"
    " offering_key, version, body FROM plan_step WHERE step_key = $1");

PlanStepRow StepOf(const Row& row) {
  PlanStepRow step;
  step.step_key = row.Int64(0);
  step.id = row.Bytes(1);
  step.plan_key = row.Int64(2);
  step.participant_key = row.Int64(3);
  step.author = {row.Int64(4), row.Int64(5), row.Int64(6)};
  step.offering_key = row.Int64(7);
  step.version = row.Int64(8);
  const std::string_view body = row.Bytes(9);
  step.body.ParseFromArray(body.data(), static_cast<int>(body.size()));
  return step;
}

// What orders the steps, as the index has them: no sorting when they are read.
int64_t StartDay(const v1::Step& step) {
  constexpr int64_t kUndated = 1'000'000;  // later than any day the API takes
  if (!step.has_start_date()) return kUndated;
  const google::type::Date& date = step.start_date();
  return absl::CivilDay(date.year(), date.month(), date.day()) - absl::CivilDay(1970, 1, 1);
}

// Puts the change in the journal and counts it.
absl::Status Record(WriteTx& tx, const PlanStepRow& step, JournalAct act, std::string body) {
  JournalEntry entry;
  entry.participant_key = step.participant_key;
  entry.subject = JournalSubject::kPlanStep;
  entry.act = act;
  entry.record_key = step.step_key;
  entry.record_id = UuidText(step.id);
  entry.author = step.author;
  entry.version = step.version;
  entry.retention_class = 1;
  entry.body = std::move(body);
  tx.Journal(std::move(entry));
  return CountPartChange(tx, step.plan_key, step.author.controller_key);
}

// Each of `versions` arrives as it was, and the last is what the step now is; what left leaves no
// content.
absl::Status MoveStep(WriteTx& tx, PlanStepRow& step, const PlanPartRow& to, const Author& mover,
                      std::vector<EarlierVersion> versions) {
  PlanStepRow leaving = step;
  leaving.author = mover;
  ++leaving.version;
  NAVO_RETURN_IF_ERROR(Record(tx, leaving, JournalAct::kDeleted, ""));
  step.plan_key = to.plan_key;
  step.participant_key = to.participant_key;
  for (EarlierVersion& version : versions) {
    step.author = version.author;
    step.version = version.version;
    NAVO_RETURN_IF_ERROR(Record(tx, step, JournalAct::kMoved, std::move(version.body)));
  }
  return tx.Run(
      "UPDATE plan_step SET plan_key = $2, participant_key = $3, unit_key = $4,"
      " principal_key = $5, version = $6 WHERE step_key = $1",
      {step.step_key, step.plan_key, step.participant_key, step.author.unit_key,
       step.author.principal_key, step.version});
}

// The step as it will be: what the source says over what was there.
v1::Step Merge(const v1::Step& before, const ImportedStep& imported) {
  const v1::Step& content = imported.content;
  const bool as_imported = before.provenance().role() == v1::ROLE_INTEGRASJON;
  v1::Step after = content;
  if (content.weekly_hours() == 0 && !(imported.takes_back_weekly_hours && as_imported)) {
    after.set_weekly_hours(before.weekly_hours());
  }
  if (content.place().empty()) after.set_place(before.place());
  if (content.language_requirement() == v1::CEFR_LEVEL_UNSPECIFIED) {
    after.set_language_requirement(before.language_requirement());
  }
  if (content.language_goal() == v1::CEFR_LEVEL_UNSPECIFIED &&
      !(imported.takes_back_language_goal && as_imported)) {
    after.set_language_goal(before.language_goal());
  }
  if (content.prerequisite_step_ids().empty()) {
    *after.mutable_prerequisite_step_ids() = before.prerequisite_step_ids();
  }
  return after;
}

bool SameButForTime(v1::Step a, v1::Step b) {
  a.mutable_provenance()->clear_time();
  b.mutable_provenance()->clear_time();
  return a.SerializeAsString() == b.SerializeAsString();
}

absl::StatusOr<ImportedStepPut> UpdateImported(WriteTx& tx, PlanStepRow step,
                                               const ImportedStep& imported) {
  v1::Step after = Merge(step.body, imported);
  const bool same_place = step.offering_key == imported.offering_key &&
                          step.author.unit_key == imported.author.unit_key;
  if (same_place && SameButForTime(step.body, after)) {
    return ImportedStepPut{step.step_key, PutOutcome::kUnchanged};
  }
  step.body = std::move(after);
  step.offering_key = imported.offering_key;
  NAVO_RETURN_IF_ERROR(ChangeStep(tx, step, imported.author));
  return ImportedStepPut{step.step_key, PutOutcome::kUpdated};
}

absl::StatusOr<PlanPartRow> PartFor(WriteTx& tx, const ImportedStep& imported) {
  v1::PlanPart body;
  *body.mutable_provenance() = imported.content.provenance();
  return GetOrOpenPart(tx, imported.participant_key, imported.author, body);
}

// The source has found out that it is another person's. What became of it in the plan it was in by
// mistake stays there.
absl::StatusOr<ImportedStepPut> MoveImported(WriteTx& tx, PlanStepRow step,
                                             const ImportedStep& imported) {
  NAVO_ASSIGN_OR_RETURN(const PlanPartRow part, PartFor(tx, imported));
  const EarlierVersion now{imported.author, step.version + 1, step.body.SerializeAsString()};
  NAVO_RETURN_IF_ERROR(MoveStep(tx, step, part, imported.author, {now}));
  NAVO_RETURN_IF_ERROR(UpdateImported(tx, std::move(step), imported).status());
  return ImportedStepPut{imported.step_key, PutOutcome::kUpdated};
}

absl::StatusOr<ImportedStepPut> AddImported(WriteTx& tx, const ImportedStep& imported) {
  NAVO_ASSIGN_OR_RETURN(const PlanPartRow part, PartFor(tx, imported));
  PlanStepRow step{0,
                   imported.new_id,
                   part.plan_key,
                   imported.participant_key,
                   imported.author,
                   imported.offering_key,
                   1,
                   imported.content};
  NAVO_RETURN_IF_ERROR(AddStep(tx, step));
  return ImportedStepPut{step.step_key, PutOutcome::kCreated};
}

}  // namespace

absl::Status ReadSteps(ReadTx& tx, int64_t plan_key, StepFn fn) {
  return tx.Each(kSteps, {plan_key}, [&](const Row& row) -> absl::Status {
    const Label label{v1::CATEGORY_PLAN, {row.Int64(2), row.Int64(3), row.Int64(4)}};
    return fn({label,
               {.step_key = row.Int64(0),
                .id = row.Bytes(1),
                .version = row.Int64(5),
                .body = row.Bytes(6),
                .has_offering = !row.IsNull(7),
                .offering_id = row.Text(7),
                .offering_body = row.Bytes(8)}});
  });
}

absl::StatusOr<std::optional<Guarded<PlanStepRow>>> FindStep(ReadTx& tx, int64_t participant_key,
                                                             std::string_view id_bytes) {
  std::optional<Guarded<PlanStepRow>> step;
  NAVO_RETURN_IF_ERROR(tx.First(kStepById, {Blob(id_bytes), participant_key}, [&](const Row& row) {
                           PlanStepRow found = StepOf(row);
                           const Label label{v1::CATEGORY_PLAN, found.author};
                           step.emplace(label, std::move(found));
                         }).status());
  return step;
}

absl::StatusOr<std::optional<PlanStepRow>> LoadStep(ReadTx& tx, int64_t step_key) {
  std::optional<PlanStepRow> step;
  NAVO_RETURN_IF_ERROR(
      tx.First(kStepByKey, {step_key}, [&](const Row& row) { step = StepOf(row); }).status());
  return step;
}

absl::StatusOr<int64_t> CountSteps(ReadTx& tx, int64_t plan_key, int64_t controller_key) {
  NAVO_ASSIGN_OR_RETURN(
      const std::optional<int64_t> count,
      tx.Number("SELECT COUNT(*) FROM plan_step WHERE plan_key = $1 AND controller_key = $2",
                {plan_key, controller_key}));
  return count.value_or(0);
}

absl::Status AddStep(WriteTx& tx, PlanStepRow& step) {
  std::string body = step.body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(
      step.step_key,
      tx.Insert("INSERT INTO plan_step (step_key, id, plan_key, participant_key, controller_key,"
                " unit_key, principal_key, status, start_day, offering_key, version,"
                " retention_class, key_id, body)"
                " VALUES ((SELECT COALESCE(MAX(step_key), 0) + 1 FROM plan_step),"
                " $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 0, $11) RETURNING step_key",
                {Blob(step.id), step.plan_key, step.participant_key, step.author.controller_key,
                 step.author.unit_key, step.author.principal_key, int64_t{step.body.status()},
                 StartDay(step.body), step.offering_key, step.version, Blob(body)}));
  return Record(tx, step, JournalAct::kCreated, std::move(body));
}

absl::Status ChangeStep(WriteTx& tx, PlanStepRow& step, const Author& actor) {
  step.author = actor;
  ++step.version;
  std::string body = step.body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(
      tx.Run("UPDATE plan_step SET unit_key = $2, principal_key = $3, status = $4, start_day = $5,"
             " offering_key = $6, version = $7, body = $8 WHERE step_key = $1",
             {step.step_key, actor.unit_key, actor.principal_key, int64_t{step.body.status()},
              StartDay(step.body), step.offering_key, step.version, Blob(body)}));
  return Record(tx, step, JournalAct::kChanged, std::move(body));
}

absl::StatusOr<int> MovePlanRecords(WriteTx& tx, int64_t from_participant_key,
                                    int64_t to_participant_key, const Author& unit) {
  std::vector<PlanStepRow> steps;
  NAVO_RETURN_IF_ERROR(tx.Each(kStepsOfUnit,
                               {from_participant_key, unit.controller_key, unit.unit_key},
                               [&](const Row& row) { steps.push_back(StepOf(row)); }));
  NAVO_ASSIGN_OR_RETURN(std::optional<PlanPartRow> goals,
                        FindPartWrittenBy(tx, from_participant_key, unit));
  if (steps.empty() && !goals.has_value()) return 0;
  PlanPartRow to;
  if (goals.has_value()) {
    NAVO_ASSIGN_OR_RETURN(to, TakePart(tx, *goals, to_participant_key, unit));
  } else {
    v1::PlanPart body;
    *body.mutable_provenance() = steps[0].body.provenance();
    const Author& opener = unit.unit_key == 0 ? steps[0].author : unit;
    NAVO_ASSIGN_OR_RETURN(to, GetOrOpenPart(tx, to_participant_key, opener, body));
  }
  for (PlanStepRow& step : steps) {
    NAVO_ASSIGN_OR_RETURN(std::vector<EarlierVersion> versions,
                          ListVersionsOf(tx, from_participant_key, JournalSubject::kPlanStep,
                                         step.step_key, UuidText(step.id), unit));
    NAVO_RETURN_IF_ERROR(MoveStep(tx, step, to, unit, std::move(versions)));
  }
  if (goals.has_value()) NAVO_RETURN_IF_ERROR(LeavePart(tx, *goals, unit));
  return static_cast<int>(steps.size()) + (goals.has_value() ? 1 : 0);
}

absl::StatusOr<ImportedStepPut> PutImportedStep(WriteTx& tx, const ImportedStep& imported) {
  if (imported.step_key != 0) {
    NAVO_ASSIGN_OR_RETURN(std::optional<PlanStepRow> step, LoadStep(tx, imported.step_key));
    if (step.has_value()) {
      if (step->participant_key == imported.participant_key) {
        return UpdateImported(tx, *std::move(step), imported);
      }
      return MoveImported(tx, *std::move(step), imported);
    }
  }
  return AddImported(tx, imported);
}

absl::StatusOr<TypedSteps> TypeImportedSteps(WriteTx& tx, int64_t offering_key, v1::StepType type,
                                             int64_t after_step_key, int64_t limit,
                                             const Author& actor,
                                             const v1::Provenance& provenance) {
  std::vector<PlanStepRow> steps;
  NAVO_RETURN_IF_ERROR(tx.Each(kStepsOfOffering, {offering_key, after_step_key, limit},
                               [&](const Row& row) { steps.push_back(StepOf(row)); }));
  TypedSteps typed;
  if (static_cast<int64_t>(steps.size()) == limit)
    typed.more_after_step_key = steps.back().step_key;
  for (PlanStepRow& step : steps) {
    const bool from_source = step.body.provenance().source_system() == provenance.source_system() &&
                             step.author.controller_key == actor.controller_key;
    if (!from_source || step.body.type() == type) continue;
    const std::string source_id = step.body.provenance().source_id();
    step.body.set_type(type);
    *step.body.mutable_provenance() = provenance;
    step.body.mutable_provenance()->set_source_id(source_id);
    NAVO_RETURN_IF_ERROR(
        ChangeStep(tx, step, {actor.controller_key, step.author.unit_key, actor.principal_key}));
    typed.participant_keys.push_back(step.participant_key);
  }
  return typed;
}

}  // namespace navo::storage
