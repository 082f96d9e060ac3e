#include "services/door/door.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/access/facts.h"
#include "services/access/policy.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/door/caller.h"
#include "services/door/deadline.h"
#include "services/door/status.h"
#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/requests.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::door {
namespace {

namespace reason = domain::reason;
using absl::StatusCode;
using access::Outcome;
using access::Reason;

constexpr std::string_view kSelf = "me";

// One call, from its arrival to its answer. Owned by the closures that still need it.
struct Call {
  Call(const DoorParts& door_parts, MissLimit& miss_limit)
      : parts(door_parts),
        directory(parts.directory.Get()),
        around{*directory, parts.tokens, parts.random},
        misses(miss_limit) {}

  const DoorParts& parts;
  const std::shared_ptr<const access::Directory> directory;  // in force when the call came
  const Surroundings around;
  MissLimit& misses;
  grpc::CallbackServerContext* context = nullptr;
  grpc::ServerUnaryReactor* reactor = nullptr;
  const access::Rule* rule = nullptr;
  Envelope envelope;
  absl::Time started;
  absl::Time deadline;
  SignIn sign_in;
  std::string number_hash;  // of the request's national identity number
  ReadBody read_body;
  WriteBody write_body;
  Afterwards afterwards;

  // Set anew by each evaluation.
  access::Facts facts;
  access::Decision decision;
  Case::Shown shown;
  std::vector<Case::Line> lines;
  bool decided = false;
  int64_t statements = 0;
  absl::Status outcome;
  // A read that the writer has run again saw what its group had done. Should the group be run again
  // itself, so is the read: what it saw may not have come to be.
  bool read_on_writer = false;
};
using CallPtr = std::shared_ptr<Call>;

bool AsksEmergency(const Call& call) {
  return call.rule->relations == access::Relations::kAsksEmergency;
}

// Whether the answer tells that somebody is there.
bool LooksUp(const Call& call) {
  return call.rule != nullptr && call.rule->subject == access::Subject::kIdentifier &&
         (call.rule->action == access::Action::kRead || AsksEmergency(call));
}

// 12. Status with rich details, and the operator's line.
void Finish(const CallPtr& call, const absl::Status& status) {
  const absl::Status told = Presentable(status);
  if (!told.ok()) call->envelope.response->Clear();
  if (absl::IsNotFound(told) && LooksUp(*call)) {
    call->misses.Count(call->sign_in.caller.principal_key, call->started);
  }
  if (call->parts.bench) {
    call->context->AddTrailingMetadata("navo-statements", std::to_string(call->statements));
  }
  if (call->parts.on_call) {
    call->parts.on_call({call->rule == nullptr ? "unknown" : call->rule->method, told.code(),
                         domain::ReasonOf(told), call->statements,
                         call->parts.clock.Now() - call->started});
  }
  call->reactor->Finish(ToGrpc(told));
}

absl::Status RefusalOf(const access::Decision& decision) {
  switch (decision.outcome) {
    case Outcome::kPermit:
      return absl::OkStatus();
    case Outcome::kNotFound:
      return domain::NotFound();
    case Outcome::kRoleNotAllowed:
      return domain::MakeError(StatusCode::kPermissionDenied, reason::kRoleNotAllowed,
                               "your role in this unit does not include this action");
    case Outcome::kOwnCase:
      return domain::MakeError(StatusCode::kPermissionDenied, reason::kOwnCase,
                               "this is your own case or your family's: a colleague has to do it");
    case Outcome::kIdentityNotConfirmed:
      return domain::MakeError(
          StatusCode::kFailedPrecondition, reason::kIdentityNotConfirmed,
          "confirm the participant's identity first (ParticipantService.ConfirmIdentity)");
  }
  return domain::NotFound();
}

// 4. Facts for this participant and principal, in the transaction that reads the data.
absl::StatusOr<access::Facts> LoadFacts(storage::ReadTx& tx, Call& call) {
  access::Caller& caller = call.sign_in.caller;
  if (caller.kind == access::PrincipalKind::kParticipant) {
    NAVO_ASSIGN_OR_RETURN(
        const std::optional<int64_t> key,
        storage::FindByIdentifier(tx, call.sign_in.pid_hash, storage::kOrdinaryRealm));
    if (!key.has_value() || call.envelope.participant_id != kSelf) return access::Facts();
    caller.principal_key = -*key;  // participants have no row among the principals
    return access::LoadOwnFacts(tx, *key);
  }
  if (call.rule->subject == access::Subject::kIdentifier) {
    NAVO_ASSIGN_OR_RETURN(const access::Resolved resolved,
                          access::Resolve(tx, caller, call.number_hash));
    // 0 is nobody's key: whoever is not there is looked for like anybody else.
    NAVO_ASSIGN_OR_RETURN(access::Facts facts,
                          access::LoadFactsByKey(tx, caller, resolved.participant_key.value_or(0)));
    facts.own_case = access::IsOwnNumber(caller, call.number_hash, tx.now());
    return facts;
  }
  const std::optional<std::string> id = storage::UuidBytes(call.envelope.participant_id);
  return access::LoadFactsById(tx, caller, id.value_or(std::string()));
}

// 5. The decision. Lists decide one by one, and registering somebody has nobody to decide on yet.
access::Decision DecideCall(storage::ReadTx& tx, const Call& call) {
  const int32_t today = domain::DayInOslo(tx.now());
  const access::Subject subject = call.rule->subject;
  // Nobody to decide on either where the number is wrong: the body tells of it.
  const bool registers = subject == access::Subject::kIdentifier &&
                         call.rule->action == access::Action::kWrite &&
                         (!AsksEmergency(call) || call.number_hash.empty());
  const bool nobody = subject == access::Subject::kUnit || subject == access::Subject::kNone;
  if (registers || nobody) return access::DecideRole(call.sign_in.caller, call.facts, *call.rule);
  return access::Decide(call.sign_in.caller, call.facts, *call.rule, today);
}

absl::Status CheckMinRevision(storage::ReadTx& tx, const Call& call) {
  if (call.envelope.min_revision.empty()) return absl::OkStatus();
  const std::optional<Revision> wanted = call.around.tokens.OpenRevision(
      call.sign_in.caller.principal_key, call.envelope.min_revision);
  if (!wanted.has_value()) {
    return domain::MakeError(StatusCode::kInvalidArgument, reason::kRevisionForeign,
                             "min_revision is not one of yours: leave it empty");
  }
  NAVO_ASSIGN_OR_RETURN(const int64_t head, storage::StreamHead(tx, wanted->stream));
  if (head >= wanted->seq) return absl::OkStatus();
  return domain::WithRetry(
      domain::MakeError(StatusCode::kUnavailable, reason::kRevisionNotReached,
                        "this server has not seen that revision yet: ask again in a moment"),
      100);
}

// 4 and 5 together. OK means permitted.
absl::Status Admit(storage::ReadTx& tx, Call& call) {
  call.decided = false;
  call.shown = {};
  call.lines.clear();
  call.facts = {};
  const access::Subject subject = call.rule->subject;
  if (subject != access::Subject::kUnit && subject != access::Subject::kNone) {
    NAVO_ASSIGN_OR_RETURN(call.facts, LoadFacts(tx, call));
  }
  call.decision = DecideCall(tx, call);
  call.decided = true;
  NAVO_RETURN_IF_ERROR(RefusalOf(call.decision));
  return CheckMinRevision(tx, call);
}

void Keep(const Case& c, Call& call) {
  call.shown = c.shown();
  call.lines = c.lines();
}

// 4, 5 and 8 of a read.
absl::Status EvaluateRead(storage::ReadTx& tx, Call& call) {
  call.outcome = Admit(tx, call);
  if (call.outcome.ok()) {
    Case c(tx, call.around, *call.rule, call.sign_in.caller, call.facts, call.decision);
    call.outcome = call.read_body(c);
    Keep(c, call);
  }
  call.statements = tx.statements();
  return call.outcome;
}

// 9. The access log's row for one participant.
storage::AccessLogRow LogRow(const Call& call, const access::Decision& decision,
                             const Case::Shown& what) {
  storage::AccessLogRow row;
  row.principal_key = call.sign_in.caller.principal_key;
  row.unit_key = call.sign_in.caller.unit_key;
  row.role = decision.role;
  row.relation = decision.relation;
  row.act = call.sign_in.act;
  row.rpc = call.rule->number;
  row.shown = what.shown.mask();
  row.withheld = what.withheld.mask();
  row.purpose = v1::PURPOSE_SAMORDNET_KVALIFISERING;
  row.decision = decision.permitted() ? v1::ACCESS_DECISION_PERMIT : v1::ACCESS_DECISION_DENY;
  row.reason = static_cast<int64_t>(decision.reason);
  return row;
}

// One row for the caller's own side; what a ground opened stands in it too. A call that was shown
// several other sides' data has a row more for each further ground, so that each side can find it.
// A row that names a ground has its purpose; without one it is the joint plan's.
void LogRows(storage::WriteTx& tx, storage::AccessLogRow row, const Case::Shown& what) {
  if (what.through.empty()) return tx.Log(row);
  for (const Case::Through& through : what.through) {
    row.ground_key = through.ground.ground_key;
    row.purpose = through.ground.purpose;
    row.shown_through = through.shown.mask();
    tx.Log(row);
    row.shown = 0;
    row.withheld = 0;
  }
}

void LogCall(storage::WriteTx& tx, const Call& call) {
  for (const Case::Line& line : call.lines) {
    storage::AccessLogRow row = LogRow(call, line.decision, line.what);
    row.participant_key = line.participant_key;
    row.revision = line.stream_head;
    LogRows(tx, row, line.what);
  }
  const bool list = call.rule->subject == access::Subject::kUnit;
  const bool told = call.rule->action == access::Action::kRead || !call.lines.empty();
  if (list && call.decision.permitted() && told) return;  // its lines say it all
  storage::AccessLogRow row = LogRow(call, call.decision, call.shown);
  row.participant_key = call.facts.participant.participant_key;
  row.revision = call.facts.participant.stream_head;
  if (call.decision.permitted() && !call.outcome.ok()) {
    row.reason = static_cast<int64_t>(Reason::kFailed);
  }
  LogRows(tx, row, call.shown);
}

// Whether a ground, tie or protection changed since the read's snapshot.
absl::StatusOr<bool> AccessChanged(storage::ReadTx& tx, const Call& call) {
  const storage::ParticipantAccess& one = call.facts.participant;
  if (call.facts.known) {
    NAVO_ASSIGN_OR_RETURN(const int64_t now, storage::AccessRevision(tx, one.participant_key));
    if (now != one.access_revision) return true;
  }
  for (const Case::Line& line : call.lines) {
    NAVO_ASSIGN_OR_RETURN(const int64_t now, storage::AccessRevision(tx, line.participant_key));
    if (now != line.access_revision) return true;
  }
  return false;
}

// The read's log row is appended where withdrawals are: on the writer. When access changed in
// between, the read is run again there, so that what is answered and what is in force stand in one
// order. Nothing leaves before the row is durable.
void LogThenFinish(const CallPtr& call) {
  storage::WriteTask task;
  task.log_only = true;
  task.run = [call](storage::WriteTx& tx) -> absl::Status {
    NAVO_ASSIGN_OR_RETURN(const bool changed, AccessChanged(tx, *call));
    call->read_on_writer |= changed;
    if (call->read_on_writer) EvaluateRead(tx, *call).IgnoreError();
    LogCall(tx, *call);
    return absl::OkStatus();
  };
  task.done = [call](const absl::Status& logged) {
    Finish(call, logged.ok() ? call->outcome : logged);
  };
  call->parts.store.Write(std::move(task));
}

absl::Status ReusedRequestId() {
  return domain::MakeError(StatusCode::kAlreadyExists, reason::kRequestIdReused,
                           "this request_id was used for another request: make a new one");
}

// 6. The same request again gives the stored answer; another body is refused.
absl::StatusOr<bool> Replay(storage::WriteTx& tx, const Call& call, const std::string& body_hash) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<storage::KeptAnswer> kept,
                        storage::FindAnswer(tx, call.sign_in.caller.principal_key,
                                            call.envelope.request_id, tx.now()));
  if (!kept.has_value()) return false;
  if (kept->rpc != call.rule->number || kept->body_hash != body_hash) return ReusedRequestId();
  if (!call.envelope.response->ParseFromString(kept->answer)) {
    return absl::InternalError("a kept answer does not parse");
  }
  return true;
}

// 4 to 10 of a write.
absl::Status RunWriteSteps(storage::WriteTx& tx, Call& call, const std::string& body_hash) {
  NAVO_RETURN_IF_ERROR(Admit(tx, call));
  NAVO_ASSIGN_OR_RETURN(const bool replayed, Replay(tx, call, body_hash));
  if (!replayed) {
    WriteCase c(tx, call.around, *call.rule, call.sign_in.caller, call.facts, call.decision);
    access::Facts decided_on = call.facts;
    const absl::Status status = call.write_body(c);
    Keep(c, call);
    if (!status.ok()) {
      call.facts = std::move(decided_on);  // whom the body registered is rolled back with it
      return status;
    }
    storage::KeptAnswer answer;
    answer.rpc = call.rule->number;
    answer.body_hash = body_hash;
    answer.answer = call.envelope.response->SerializeAsString();
    NAVO_RETURN_IF_ERROR(storage::StoreAnswer(tx, call.sign_in.caller.principal_key,
                                              call.envelope.request_id, answer));
  }
  LogCall(tx, call);
  return absl::OkStatus();
}

// A UUID as its client made it; one spelling, or a replay would not be found.
absl::Status CheckRequestId(const Envelope& envelope) {
  if (envelope.request_id.empty()) {
    return domain::MakeError(StatusCode::kInvalidArgument, reason::kRequestIdMissing,
                             "request_id is missing: make a UUID before sending, and keep it for "
                             "every retry");
  }
  const std::optional<std::string> bytes = storage::UuidBytes(envelope.request_id);
  if (bytes.has_value() && storage::UuidText(*bytes) == envelope.request_id) {
    return absl::OkStatus();
  }
  domain::Violations violations;
  violations.Add("request_id", "must be a UUID in lower case, made by the client");
  return violations.ToStatus();
}

absl::Status CheckMisses(const Call& call) {
  const absl::Duration wait = call.misses.Wait(call.sign_in.caller.principal_key, call.started);
  if (wait == absl::ZeroDuration()) return absl::OkStatus();
  return domain::WithRetry(
      domain::MakeError(StatusCode::kResourceExhausted, reason::kRateLimited,
                        "too many numbers were looked up in vain: wait, then check the number"),
      absl::ToInt64Milliseconds(wait));
}

// 1 and 2: limits, then who calls. What is wrong here has touched nobody's data.
absl::Status Enter(Call& call) {
  if (call.rule == nullptr) {
    return domain::MakeError(StatusCode::kPermissionDenied, reason::kRoleNotAllowed,
                             "this method has no access rule and is closed");
  }
  const DoorParts& parts = call.parts;
  if (call.deadline < call.started) return absl::DeadlineExceededError("before it began");
  NAVO_ASSIGN_OR_RETURN(call.sign_in, ReadSignIn(*call.context,
                                                 {parts.authenticator, *call.directory, parts.keys,
                                                  parts.random, parts.identifiers},
                                                 call.started));
  if (LooksUp(call)) NAVO_RETURN_IF_ERROR(CheckMisses(call));
  if (call.rule->subject == access::Subject::kIdentifier) {
    const auto number = domain::NationalIdentityNumber::Parse(
        call.envelope.national_identity_number, parts.identifiers);
    // Registering tells of it together with everything else that is wrong.
    if (!number.ok() && call.rule->action == access::Action::kWrite) return absl::OkStatus();
    if (!number.ok()) {
      domain::Violations violations;
      violations.Add("national_identity_number", std::string(number.status().message().data(),
                                                             number.status().message().size()));
      return violations.ToStatus();
    }
    call.number_hash = IdentifierHash(parts.keys, *number);
  }
  return absl::OkStatus();
}

CallPtr NewCall(const DoorParts& parts, MissLimit& misses, grpc::CallbackServerContext* context,
                std::string_view method, const Envelope& envelope) {
  auto call = std::make_shared<Call>(parts, misses);
  call->context = context;
  call->reactor = context->DefaultReactor();
  call->rule = access::FindRule(method);
  call->envelope = envelope;
  call->started = parts.clock.Now();
  call->deadline = call->started + TimeLeft(*context);
  return call;
}

}  // namespace

Door::Door(DoorParts parts) : parts_(std::move(parts)) {}

grpc::ServerUnaryReactor* Door::RunRead(grpc::CallbackServerContext* context,
                                        std::string_view method, Envelope envelope, ReadBody body) {
  CallPtr call = NewCall(parts_, misses_, context, method, envelope);
  grpc::ServerUnaryReactor* reactor = call->reactor;
  call->read_body = std::move(body);
  if (const absl::Status entered = Enter(*call); !entered.ok()) {
    Finish(call, entered);
    return reactor;
  }
  // 3. One snapshot for facts and data.
  const absl::Status read =
      parts_.store.Read([&call](storage::ReadTx& tx) { return EvaluateRead(tx, *call); });
  const bool about_somebody = call->rule->subject != access::Subject::kNone;
  if (!call->decided || !about_somebody) {
    Finish(call, read);
  } else {
    LogThenFinish(call);
  }
  return reactor;
}

grpc::ServerUnaryReactor* Door::RunWrite(grpc::CallbackServerContext* context,
                                         std::string_view method, Envelope envelope, WriteBody body,
                                         Afterwards afterwards) {
  CallPtr call = NewCall(parts_, misses_, context, method, envelope);
  grpc::ServerUnaryReactor* reactor = call->reactor;
  call->write_body = std::move(body);
  call->afterwards = std::move(afterwards);
  absl::Status entered = Enter(*call);
  if (entered.ok()) entered = CheckRequestId(envelope);
  if (!entered.ok()) {
    Finish(call, entered);
    return reactor;
  }
  // The unit belongs to it: the same request in another unit is another act.
  const std::string body_hash = storage::Sha256(
      absl::StrCat(call->sign_in.caller.unit_key, "|", envelope.request->SerializeAsString()));
  storage::WriteTask task;
  task.deadline = call->deadline;
  task.essential = call->rule->essential;
  // 3. One transaction for facts, change, log, journal and the kept answer.
  task.run = [call, body_hash](storage::WriteTx& tx) {
    call->outcome = RunWriteSteps(tx, *call, body_hash);
    call->statements = tx.statements();
    return call->outcome;
  };
  task.after_rollback = [call](storage::WriteTx& tx, const absl::Status& status) {
    if (!call->decided) return;
    call->outcome = status;
    LogCall(tx, *call);
  };
  task.done = [call](const absl::Status& status) {
    if (call->afterwards) call->afterwards(status);
    Finish(call, status);
  };
  parts_.store.Write(std::move(task));
  return reactor;
}

}  // namespace navo::door
