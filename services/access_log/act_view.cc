#include "services/access_log/act_view.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "services/access/categories.h"
#include "services/access/policy.h"
#include "services/access/rules.h"
#include "services/access_log/line.h"
#include "storage/instant.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

template <typename Strings>
void AddOnce(Strings* strings, std::string_view text) {
  if (text.empty()) return;
  if (std::find(strings->begin(), strings->end(), text) != strings->end()) return;
  strings->Add(std::string(text));
}

std::string_view MethodOf(int64_t rule_number) {
  for (const access::Rule& rule : access::AllRules()) {
    if (rule.number == rule_number) return rule.method;
  }
  return {};
}

template <typename Categories>
void AddCategories(access::CategorySet set, Categories* categories) {
  for (int number = v1::Category_MIN + 1; number <= v1::Category_MAX; ++number) {
    const auto category = static_cast<v1::Category>(number);
    if (set.Has(category)) categories->Add(category);
  }
}

// Who looked. All rows of an act are by the same principal in the same unit.
void TellWho(const access::Directory& directory, const storage::LogViewer& viewer,
             const storage::AccessLogRow& row, StaffNames names, v1::AccessAct& told,
             ActFacts& facts) {
  const access::Unit* unit = directory.FindUnit(row.unit_key);
  if (unit == nullptr) return;
  told.set_unit(unit->id);
  told.set_unit_name(unit->name);
  if (const auto* controller = directory.FindController(unit->controller_key)) {
    told.set_controller(controller->id);
    told.set_controller_kind(controller->kind);
  }
  const bool to_participant = viewer.controller_key == 0 && names == StaffNames::kTold;
  if (!to_participant && unit->controller_key != viewer.controller_key) return;
  const auto* principal = directory.FindPrincipal(row.principal_key);
  if (principal == nullptr) return;
  told.set_subject(principal->subject);
  if (to_participant && principal->kind == access::PrincipalKind::kStaff) {
    facts.name = principal->name;
  }
}

struct Gathered {
  ActFacts facts;
  access::CategorySet withheld;
};

// What the viewer may know was shown: the participant everything, a controller its own data, to its
// own staff or through its own ground. That another side had something is not its to know.
access::CategorySet ShownTo(const storage::LogViewer& viewer, bool own_staff,
                            const storage::LoggedLook& look) {
  const auto own = access::CategorySet::FromMask(look.row.shown);
  const auto through = access::CategorySet::FromMask(look.row.shown_through);
  if (viewer.controller_key == 0) return own | through;
  if (look.ground_controller_key == viewer.controller_key) return through;
  return own_staff ? own : access::CategorySet();
}

// Adds one call, the oldest first.
void TellLook(const storage::LoggedLook& look, const storage::LogViewer& viewer, bool own_staff,
              Gathered& gathered, v1::AccessAct& told) {
  const storage::AccessLogRow& row = look.row;
  const auto reason = static_cast<access::Reason>(row.reason);
  const bool refused = row.decision != v1::ACCESS_DECISION_PERMIT;
  gathered.facts.shown = gathered.facts.shown | ShownTo(viewer, own_staff, look);
  if (viewer.controller_key == 0) {
    gathered.withheld = gathered.withheld | access::CategorySet::FromMask(row.withheld);
  }
  if (refused) {
    if (!gathered.facts.refused) gathered.facts.reason = reason;
    gathered.facts.refused = true;
  } else if (reason == access::Reason::kNone) {
    gathered.facts.methods.push_back(static_cast<int>(row.rpc));
  } else if (!gathered.facts.refused) {
    gathered.facts.reason = reason;
  }
  AddOnce(told.mutable_methods(), MethodOf(row.rpc));
  const bool may_know_ground =
      viewer.controller_key == 0 || look.ground_controller_key == viewer.controller_key;
  if (may_know_ground) AddOnce(told.mutable_ground_ids(), storage::UuidText(look.ground_id));
  if (told.relation() == v1::RELATION_UNSPECIFIED) {
    told.set_relation(static_cast<v1::Relation>(row.relation));
  }
  if (told.role() == v1::ROLE_UNSPECIFIED) told.set_role(static_cast<v1::Role>(row.role));
}

}  // namespace

v1::AccessAct TellAct(const access::Directory& directory, const storage::LogViewer& viewer,
                      const storage::LoggedAct& act, StaffNames names) {
  v1::AccessAct told;
  Gathered gathered;
  TellWho(directory, viewer, act.front().row, names, told, gathered.facts);
  const access::Unit* unit = directory.FindUnit(act.front().row.unit_key);
  const bool own_staff = unit != nullptr && unit->controller_key == viewer.controller_key;
  for (auto look = act.rbegin(); look != act.rend(); ++look) {
    TellLook(*look, viewer, own_staff, gathered, told);
  }
  ActFacts& facts = gathered.facts;
  facts.time_us = act.back().row.time_us;
  facts.self = told.role() == v1::ROLE_DELTAKER;
  facts.role = told.role();
  facts.unit_name = told.unit_name();
  storage::SetInstant(facts.time_us, told.mutable_time());
  told.set_decision(facts.refused ? v1::ACCESS_DECISION_DENY : v1::ACCESS_DECISION_PERMIT);
  if (facts.refused) told.set_reason(std::string(access::ReasonName(facts.reason)));
  AddCategories(facts.shown, told.mutable_shown());
  AddCategories(gathered.withheld, told.mutable_withheld());
  told.set_line_nb(LineNb(facts));
  told.set_line_en(LineEn(facts));
  return told;
}

}  // namespace navo::services
