#include "clients/load/case_writer.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "absl/strings/ascii.h"
#include "clients/load/case_content.h"
#include "storage/follow_up.h"
#include "storage/ground.h"
#include "storage/language.h"
#include "storage/plan.h"
#include "storage/plan_step.h"
#include "storage/section.h"
#include "storage/status_macros.h"
#include "storage/tie.h"

namespace navo::load {
namespace {

constexpr v1::SectionKind kKinds[] = {v1::SECTION_KIND_EDUCATION, v1::SECTION_KIND_LANGUAGES,
                                      v1::SECTION_KIND_GOALS_INTERESTS};
constexpr int64_t kAllDays = 1'000'000;
constexpr int kStepsWithOffering = 2;

int64_t MaskOf(const v1::Category* first, const v1::Category* last) {
  int64_t mask = 0;
  for (; first != last; ++first) mask |= int64_t{1} << *first;
  return mask;
}

void DrawSide(bool nav, int steps, Dice& dice, SideContent& side) {
  side.role = nav ? v1::ROLE_VEILEDER : v1::ROLE_LAERER;
  side.contact = MakeContact(dice);
  for (const v1::SectionKind kind : kKinds) side.sections.push_back(MakeSection(kind, dice));
  side.goals = MakeGoals(dice);
  for (int i = 0; i < steps; ++i) {
    v1::Step step = MakeStep(i, nav, dice);
    *step.mutable_provenance() =
        ProvenanceAt(side.role, TimeOn(kFirstDay + dice.Below(kCaseDays), dice));
    side.steps.push_back(std::move(step));
  }
}

absl::Status WriteRelation(storage::WriteTx& tx, int64_t key, const SideContent& side) {
  NAVO_RETURN_IF_ERROR(
      storage::GetOrCreateAlias(tx, key, side.author.controller_key, side.alias).status());
  storage::TieRow tie;
  tie.participant_key = key;
  tie.author = side.author;
  tie.reason = v1::TIE_REASON_SERVICE_GRANTED;
  tie.confirmation = v1::IDENTITY_CONFIRMATION_ID_DOCUMENT;
  tie.since_us = tx.now_us();
  tie.name_key =
      absl::AsciiStrToLower(side.contact.family_name() + " " + side.contact.given_name());
  tie.interpreter_needed = side.contact.interpreter_needed();
  tie.registered = side.contact;
  NAVO_RETURN_IF_ERROR(storage::PutTie(tx, tie, storage::JournalAct::kCreated));
  v1::SideFacts facts;
  *facts.mutable_facts() = side.contact;
  *facts.mutable_provenance() = ProvenanceAt(side.role, tx.now_us());
  NAVO_RETURN_IF_ERROR(storage::PutContact(tx, key, side.author, 1, facts, tie.name_key));
  return storage::AddTeamMember(tx, key, side.author.principal_key, side.author).status();
}

absl::StatusOr<int64_t> WriteGround(storage::WriteTx& tx, int64_t key, const SideContent& from,
                                    const SideContent& to, Dice& dice) {
  storage::GroundRow ground;
  ground.id = dice.UuidBytes();
  ground.participant_key = key;
  ground.state = v1::GROUND_STATE_ACTIVE;
  ground.kind = v1::GROUND_KIND_SAMTYKKE;
  ground.purpose = v1::PURPOSE_SAMORDNET_KVALIFISERING;
  ground.to_controller_key = to.author.controller_key;
  ground.categories = MaskOf(std::begin(kOpened), std::end(kOpened));
  ground.valid_from_day = kFirstDay;
  ground.valid_to_day = kAllDays;
  ground.author = from.author;
  *ground.body.mutable_proof() = MakeProof();
  *ground.body.mutable_provenance() = ProvenanceAt(from.role, tx.now_us());
  NAVO_RETURN_IF_ERROR(storage::AddGround(tx, ground));
  return ground.ground_key;
}

absl::Status WriteSections(storage::WriteTx& tx, int64_t key, const SideContent& side, Dice& dice) {
  for (size_t i = 0; i < side.sections.size(); ++i) {
    storage::SectionRow section;
    section.id = dice.UuidBytes();
    section.participant_key = key;
    section.kind = kKinds[i];
    section.author = side.author;
    *section.body.mutable_content() = side.sections[i];
    *section.body.mutable_provenance() = ProvenanceAt(side.role, tx.now_us());
    NAVO_RETURN_IF_ERROR(storage::AddSection(tx, section));
  }
  return absl::OkStatus();
}

absl::Status WritePlan(storage::WriteTx& tx, int64_t key, const SideContent& side,
                       const std::vector<int64_t>& offering_keys, Dice& dice) {
  v1::PlanPart body;
  *body.mutable_goals() = side.goals;
  *body.mutable_provenance() = ProvenanceAt(side.role, tx.now_us());
  NAVO_ASSIGN_OR_RETURN(const storage::PlanPartRow part,
                        storage::OpenPart(tx, key, side.author, body));
  for (size_t i = 0; i < side.steps.size(); ++i) {
    storage::PlanStepRow step;
    step.id = dice.UuidBytes();
    step.plan_key = part.plan_key;
    step.participant_key = key;
    step.author = side.author;
    const bool nav_measure = side.role == v1::ROLE_VEILEDER && i < kStepsWithOffering;
    if (nav_measure) step.offering_key = offering_keys[dice.Below(kOfferings)];
    step.body = side.steps[i];
    NAVO_RETURN_IF_ERROR(storage::AddStep(tx, step));
  }
  return absl::OkStatus();
}

absl::Status WriteEvents(storage::WriteTx& tx, int64_t key, const CaseContent& content,
                         Dice& dice) {
  int number = 0;
  for (const v1::FollowUp& event : content.follow_ups) {
    const SideContent& side = number++ % 3 == 0 ? content.vo : content.nav;
    storage::NewFollowUp added;
    added.id = dice.UuidBytes();
    added.participant_key = key;
    added.occurred_us = event.occurred_at().seconds() * 1'000'000;
    added.occurred_day = static_cast<int32_t>(event.occurred_at().seconds() / 86'400);
    added.author = side.author;
    added.body = event;
    *added.body.mutable_provenance() = ProvenanceAt(side.role, added.occurred_us);
    NAVO_RETURN_IF_ERROR(storage::AddFollowUp(tx, added).status());
  }
  return absl::OkStatus();
}

absl::Status WriteLanguage(storage::WriteTx& tx, int64_t key, const CaseContent& content,
                           Dice& dice) {
  const auto pairs = static_cast<int32_t>(std::max<size_t>(content.assessments.size(), 1));
  const int32_t every = std::max(kCaseDays / pairs, 1);
  int32_t day = kFirstDay;
  for (const v1::Assessment& body : content.assessments) {
    storage::NewAssessment added{dice.UuidBytes(), key, day, content.vo.author, body};
    *added.body.mutable_provenance() = ProvenanceAt(v1::ROLE_LAERER, tx.now_us());
    NAVO_RETURN_IF_ERROR(storage::AddAssessment(tx, added).status());
    day += every;
  }
  day = kFirstDay;
  for (const v1::TestResult& body : content.test_results) {
    storage::NewTestResult added{dice.UuidBytes(), key, day, content.vo.author, body};
    *added.body.mutable_provenance() = ProvenanceAt(v1::ROLE_LAERER, tx.now_us());
    NAVO_RETURN_IF_ERROR(storage::AddTestResult(tx, added).status());
    day += every;
  }
  return absl::OkStatus();
}

void WriteLog(storage::WriteTx& tx, int64_t key, const CaseContent& content, int64_t ground_key,
              int log_rows, Dice& dice) {
  for (int i = 0; i < log_rows; ++i) {
    const SideContent& side = i % 3 == 0 ? content.vo : content.nav;
    storage::AccessLogRow row;
    row.participant_key = key;
    row.principal_key = side.author.principal_key;
    row.unit_key = side.author.unit_key;
    row.role = side.role;
    row.relation = 2;
    const std::string act = dice.UuidBytes();
    std::copy(act.begin(), act.end(), reinterpret_cast<char*>(row.act.data()));
    row.rpc = dice.Pick(kReadRpcs);
    row.shown = MaskOf(std::begin(kOpened), std::end(kOpened));
    row.withheld = int64_t{1} << v1::CATEGORY_FOLLOWUP_NOTE;
    row.purpose = v1::PURPOSE_SAMORDNET_KVALIFISERING;
    row.ground_key = ground_key;
    row.decision = 1;
    row.revision = tx.now_us() % 1'000'000;
    tx.Log(row);
  }
}

}  // namespace

CaseIds IdsOf(uint64_t seed, int participant) {
  Dice dice(seed, static_cast<uint64_t>(participant));
  std::string nav = dice.UuidBytes();
  return {std::move(nav), dice.UuidBytes()};
}

CaseContent DrawCase(uint64_t seed, int participant, const CaseShape& shape) {
  CaseIds ids = IdsOf(seed, participant);
  Dice dice(~seed, static_cast<uint64_t>(participant));
  CaseContent content;
  content.nav.alias = std::move(ids.nav);
  content.vo.alias = std::move(ids.vo);
  DrawSide(true, shape.steps_of_side, dice, content.nav);
  DrawSide(false, shape.steps_of_side, dice, content.vo);
  for (int i = 0; i < shape.follow_ups; ++i) {
    const int32_t day = kFirstDay + i * kCaseDays / shape.follow_ups;
    content.follow_ups.push_back(MakeFollowUp(TimeOn(day, dice), dice));
  }
  for (int i = 0; i < shape.language_rows / 2; ++i) {
    const int32_t day = kFirstDay + i * kCaseDays / (shape.language_rows / 2);
    content.assessments.push_back(MakeAssessment(day, dice));
    content.test_results.push_back(MakeTestResult(day, dice));
  }
  return content;
}

absl::Status WriteCase(storage::WriteTx& tx, const CaseContent& content,
                       const std::vector<int64_t>& offering_keys, int log_rows, Dice dice) {
  NAVO_ASSIGN_OR_RETURN(const int64_t key,
                        storage::CreateParticipant(tx, storage::kOrdinaryRealm, content.identifier,
                                                   {}, content.nav.author.principal_key));
  NAVO_RETURN_IF_ERROR(WriteRelation(tx, key, content.nav));
  NAVO_RETURN_IF_ERROR(WriteRelation(tx, key, content.vo));
  NAVO_RETURN_IF_ERROR(WriteGround(tx, key, content.nav, content.vo, dice).status());
  NAVO_ASSIGN_OR_RETURN(const int64_t ground_key,
                        WriteGround(tx, key, content.vo, content.nav, dice));
  for (const SideContent* side : {&content.nav, &content.vo}) {
    NAVO_RETURN_IF_ERROR(WriteSections(tx, key, *side, dice));
    NAVO_RETURN_IF_ERROR(WritePlan(tx, key, *side, offering_keys, dice));
  }
  NAVO_RETURN_IF_ERROR(WriteEvents(tx, key, content, dice));
  NAVO_RETURN_IF_ERROR(WriteLanguage(tx, key, content, dice));
  WriteLog(tx, key, content, ground_key, log_rows, dice);
  return absl::OkStatus();
}

}  // namespace navo::load
