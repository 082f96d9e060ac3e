#include "storage/plan.h"

#include <string>
#include <utility>
#include <vector>

#include "storage/earlier_version.h"
#include "storage/journal.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr int64_t kOpenState = static_cast<int64_t>(PlanState::kOpen);

// A participant has one plan row. Should records ever come to stand in several, the open one
// counts, then the newest.
constexpr Sql kParts(
    "SELECT plan_key, controller_key, unit_key, principal_key, version, goals_version, body"
    " FROM plan_part WHERE plan_key = (SELECT plan_key FROM plan WHERE participant_key = $1"
    "                                  ORDER BY state, plan_key DESC LIMIT 1)"
    "   AND state <> 3"
    " ORDER BY CASE WHEN controller_key = $2 THEN 0 ELSE 1 END, controller_key");
constexpr Sql kPart(
    "SELECT plan_key, controller_key, unit_key, principal_key, version, goals_version, body,"
    " participant_key, state"
    " FROM plan_part WHERE plan_key = (SELECT plan_key FROM plan WHERE participant_key = $1"
    "                                  ORDER BY state, plan_key DESC LIMIT 1)"
    "   AND controller_key = $2");
constexpr Sql kPlan(
    "SELECT plan_key, state FROM plan WHERE participant_key = $1"
    " ORDER BY state, plan_key DESC LIMIT 1");

PlanPartRow PartOf(const Row& row) {
  PlanPartRow part;
  part.plan_key = row.Int64(0);
  part.author = {row.Int64(1), row.Int64(2), row.Int64(3)};
  part.version = row.Int64(4);
  part.goals_version = row.Int64(5);
  const std::string_view body = row.Bytes(6);
  part.body.ParseFromArray(body.data(), static_cast<int>(body.size()));
  part.participant_key = row.Int64(7);
  part.state = static_cast<PlanState>(row.Int64(8));
  return part;
}

absl::StatusOr<std::optional<PlanPartRow>> LoadPart(ReadTx& tx, int64_t participant_key,
                                                    int64_t controller_key) {
  std::optional<PlanPartRow> part;
  NAVO_RETURN_IF_ERROR(tx.First(kPart, {participant_key, controller_key}, [&](const Row& row) {
                           part = PartOf(row);
                         }).status());
  return part;
}

struct Plan {
  int64_t plan_key = 0;
  PlanState state = PlanState::kOpen;
};

absl::StatusOr<std::optional<Plan>> FindPlan(ReadTx& tx, int64_t participant_key) {
  std::optional<Plan> plan;
  NAVO_RETURN_IF_ERROR(tx.First(kPlan, {participant_key}, [&](const Row& row) {
                           plan = Plan{row.Int64(0), static_cast<PlanState>(row.Int64(1))};
                         }).status());
  return plan;
}

// The participant's one plan, open. plan_one_open lets one of several makers through; the others
// find what that one made.
absl::StatusOr<int64_t> OpenPlan(WriteTx& tx, int64_t participant_key) {
  NAVO_ASSIGN_OR_RETURN(std::optional<Plan> plan, FindPlan(tx, participant_key));
  if (!plan.has_value()) {
    const absl::StatusOr<int64_t> made = tx.Insert(
        "INSERT INTO plan (participant_key, state, opened_us, retention_class, key_id)"
        " VALUES ($1, 1, $2, 1, 0) RETURNING plan_key",
        {participant_key, tx.now_us()});
    if (made.ok() || SqlErrorOf(made.status()) != SqlError::kUniqueViolation) return made;
    NAVO_ASSIGN_OR_RETURN(plan, FindPlan(tx, participant_key));
    if (!plan.has_value()) return made;
  }
  if (plan->state == PlanState::kClosed) {
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE plan SET state = $2 WHERE plan_key = $1", {plan->plan_key, kOpenState}));
  }
  return plan->plan_key;
}

void JournalPart(WriteTx& tx, const PlanPartRow& part, JournalAct act, std::string body) {
  JournalEntry entry;
  entry.participant_key = part.participant_key;
  entry.subject = JournalSubject::kPlanPart;
  entry.act = act;
  entry.record_key = part.plan_key;
  entry.author = part.author;
  entry.version = part.goals_version;
  entry.retention_class = 1;
  entry.body = std::move(body);
  tx.Journal(std::move(entry));
}

// Writes the row as its next version.
absl::Status Write(WriteTx& tx, PlanPartRow& part, const Author& actor, JournalAct act) {
  part.author = actor;
  ++part.version;
  ++part.goals_version;
  part.body.set_closed(part.state == PlanState::kClosed);
  std::string body = part.body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(tx.Run(
      "UPDATE plan_part SET unit_key = $3, principal_key = $4, state = $5, goals_version = $6,"
      " body = $7 WHERE plan_key = $1 AND controller_key = $2",
      {part.plan_key, actor.controller_key, actor.unit_key, actor.principal_key,
       static_cast<int64_t>(part.state), part.goals_version, Blob(body)}));
  NAVO_RETURN_IF_ERROR(CountPartChange(tx, part.plan_key, actor.controller_key));
  if (act == JournalAct::kDeleted) body.clear();  // without content, even that it is closed
  JournalPart(tx, part, act, std::move(body));
  return absl::OkStatus();
}

// The plan is open while a part is.
absl::Status SettlePlan(WriteTx& tx, int64_t plan_key) {
  return tx.Run(
      "UPDATE plan SET state = CASE WHEN EXISTS (SELECT 1 FROM plan_part"
      " WHERE plan_key = $1 AND state = 1) THEN 1 ELSE 2 END WHERE plan_key = $1",
      {plan_key});
}

void SetBody(PlanPartRow& part, std::string_view body) {
  part.body.ParseFromArray(body.data(), static_cast<int>(body.size()));
  part.state = part.body.closed() ? PlanState::kClosed : PlanState::kOpen;
}

absl::Status AddPart(WriteTx& tx, const PlanPartRow& part, JournalAct act) {
  std::string body = part.body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(tx.Run(
      "INSERT INTO plan_part (plan_key, controller_key, participant_key, unit_key, principal_key,"
      " state, version, goals_version, retention_class, key_id, body)"
      " VALUES ($1, $2, $3, $4, $5, $6, 1, 1, 1, 0, $7)",
      {part.plan_key, part.author.controller_key, part.participant_key, part.author.unit_key,
       part.author.principal_key, static_cast<int64_t>(part.state), Blob(body)}));
  JournalPart(tx, part, act, std::move(body));
  return absl::OkStatus();
}

// Opens what is there, or a new part.
absl::StatusOr<PlanPartRow> OpenFound(WriteTx& tx, int64_t participant_key, const Author& author,
                                      const v1::PlanPart& body, std::optional<PlanPartRow> part) {
  NAVO_ASSIGN_OR_RETURN(const int64_t plan_key, OpenPlan(tx, participant_key));
  if (part.has_value()) {
    part->state = PlanState::kOpen;
    part->body = body;
    NAVO_RETURN_IF_ERROR(Write(tx, *part, author, JournalAct::kChanged));
    return *std::move(part);
  }
  PlanPartRow made{plan_key, participant_key, author, PlanState::kOpen, 1, 1, body};
  made.body.set_closed(false);
  NAVO_RETURN_IF_ERROR(AddPart(tx, made, JournalAct::kCreated));
  return made;
}

}  // namespace

absl::Status ReadParts(ReadTx& tx, int64_t participant_key, int64_t first_controller_key,
                       PartFn fn) {
  return tx.Each(kParts, {participant_key, first_controller_key},
                 [&](const Row& row) -> absl::Status {
                   const Label label{v1::CATEGORY_PLAN, {row.Int64(1), row.Int64(2), row.Int64(3)}};
                   return fn({label, {row.Int64(0), row.Int64(4), row.Int64(5), row.Bytes(6)}});
                 });
}

absl::StatusOr<std::optional<Guarded<PlanPartRow>>> FindPart(ReadTx& tx, int64_t participant_key,
                                                             int64_t controller_key) {
  NAVO_ASSIGN_OR_RETURN(std::optional<PlanPartRow> part,
                        LoadPart(tx, participant_key, controller_key));
  if (!part.has_value() || part->state == PlanState::kGone) return std::nullopt;
  const Label label{v1::CATEGORY_PLAN, part->author};
  return Guarded<PlanPartRow>(label, *std::move(part));
}

absl::StatusOr<PlanPartRow> OpenPart(WriteTx& tx, int64_t participant_key, const Author& author,
                                     const v1::PlanPart& body) {
  NAVO_ASSIGN_OR_RETURN(std::optional<PlanPartRow> part,
                        LoadPart(tx, participant_key, author.controller_key));
  return OpenFound(tx, participant_key, author, body, std::move(part));
}

absl::StatusOr<PlanPartRow> GetOrOpenPart(WriteTx& tx, int64_t participant_key,
                                          const Author& author, const v1::PlanPart& body) {
  NAVO_ASSIGN_OR_RETURN(std::optional<PlanPartRow> part,
                        LoadPart(tx, participant_key, author.controller_key));
  if (part.has_value() && part->state != PlanState::kGone) return *std::move(part);
  return OpenFound(tx, participant_key, author, body, std::move(part));
}

absl::StatusOr<std::optional<PlanPartRow>> FindPartWrittenBy(ReadTx& tx, int64_t participant_key,
                                                             const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(std::optional<PlanPartRow> part,
                        LoadPart(tx, participant_key, unit.controller_key));
  if (!part.has_value() || part->state == PlanState::kGone) return std::nullopt;
  NAVO_ASSIGN_OR_RETURN(
      const std::vector<EarlierVersion> versions,
      ListVersionsOf(tx, participant_key, JournalSubject::kPlanPart, part->plan_key, {}, unit));
  if (versions.empty()) return std::nullopt;
  return part;
}

absl::Status ChangeGoals(WriteTx& tx, PlanPartRow& part, const Author& actor) {
  return Write(tx, part, actor, JournalAct::kChanged);
}

absl::Status ClosePart(WriteTx& tx, PlanPartRow& part, const Author& actor,
                       std::string_view reason) {
  part.state = PlanState::kClosed;
  NAVO_RETURN_IF_ERROR(Write(tx, part, actor, JournalAct::kEnded));
  v1::ClosePlanRequest why;
  why.set_reason(std::string(reason));
  JournalEntry entry;
  entry.participant_key = part.participant_key;
  entry.subject = JournalSubject::kPlan;
  entry.act = JournalAct::kEnded;
  entry.record_key = part.plan_key;
  entry.author = actor;
  entry.version = part.goals_version;
  entry.retention_class = 1;
  entry.body = why.SerializeAsString();
  tx.Journal(std::move(entry));
  return SettlePlan(tx, part.plan_key);
}

absl::StatusOr<PlanPartRow> TakePart(WriteTx& tx, const PlanPartRow& from, int64_t to_key,
                                     const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(
      const std::vector<EarlierVersion> versions,
      ListVersionsOf(tx, from.participant_key, JournalSubject::kPlanPart, from.plan_key, {}, unit));
  NAVO_ASSIGN_OR_RETURN(const std::optional<PlanPartRow> standing,
                        LoadPart(tx, to_key, unit.controller_key));
  PlanPartRow part;
  if (standing.has_value()) {
    part = *standing;
  } else {
    NAVO_ASSIGN_OR_RETURN(part.plan_key, OpenPlan(tx, to_key));
    part.participant_key = to_key;
    part.version = part.goals_version = 0;
  }
  for (const EarlierVersion& version : versions) {
    SetBody(part, version.body);
    if (part.version > 0) {
      NAVO_RETURN_IF_ERROR(Write(tx, part, version.author, JournalAct::kMoved));
      continue;
    }
    part.version = part.goals_version = 1;
    part.author = version.author;
    NAVO_RETURN_IF_ERROR(AddPart(tx, part, JournalAct::kMoved));
  }
  if (standing.has_value() && standing->state != PlanState::kGone) {
    part.body = standing->body;
    part.state = standing->state;
    NAVO_RETURN_IF_ERROR(Write(tx, part, standing->author, JournalAct::kCorrected));
  }
  NAVO_RETURN_IF_ERROR(SettlePlan(tx, part.plan_key));
  return part;
}

absl::Status LeavePart(WriteTx& tx, PlanPartRow& part, const Author& actor) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<EarlierVersion> earlier,
                        FindEarlierVersion(tx, part.participant_key, JournalSubject::kPlanPart,
                                           part.plan_key, {}, actor));
  NAVO_ASSIGN_OR_RETURN(
      const bool has_steps,
      tx.Any("SELECT 1 FROM plan_step WHERE plan_key = $1 AND controller_key = $2 LIMIT 1",
             {part.plan_key, part.author.controller_key}));
  if (!has_steps) part.state = PlanState::kGone;
  part.body.Clear();
  NAVO_RETURN_IF_ERROR(Write(tx, part, actor, JournalAct::kDeleted));
  if (earlier.has_value()) {
    SetBody(part, earlier->body);
    NAVO_RETURN_IF_ERROR(Write(tx, part, earlier->author, JournalAct::kCorrected));
  }
  return SettlePlan(tx, part.plan_key);
}

absl::Status CountPartChange(WriteTx& tx, int64_t plan_key, int64_t controller_key) {
  return tx.Run(
      "UPDATE plan_part SET version = version + 1 WHERE plan_key = $1 AND controller_key = $2",
      {plan_key, controller_key});
}

}  // namespace navo::storage
