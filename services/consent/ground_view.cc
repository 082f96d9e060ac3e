#include "services/consent/ground_view.h"

#include "services/domain/calendar.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

bool InForceTowards(const storage::GroundRow& ground, const access::Caller& caller, int32_t today) {
  return ground.state == v1::GROUND_STATE_ACTIVE &&
         ground.to_controller_key == caller.controller_key &&
         (ground.to_unit_key == 0 || ground.to_unit_key == caller.unit_key) &&
         ground.valid_from_day <= today && today <= ground.valid_to_day;
}

// Who registered or confirmed something: of the unit's controller, whatever data the ground opens.
storage::Author StaffOf(const access::Directory& directory, int64_t unit_key,
                        int64_t principal_key) {
  const access::Unit* unit = directory.FindUnit(unit_key);
  return {unit == nullptr ? 0 : unit->controller_key, unit_key, principal_key};
}

void TellRelease(const access::Directory& directory, const storage::GroundRow& ground,
                 v1::Release* release) {
  if (const auto* from = directory.FindController(ground.author.controller_key)) {
    release->set_from_controller(from->id);
  }
  if (const auto* to = directory.FindController(ground.to_controller_key)) {
    release->set_to_controller(to->id);
  }
  if (const auto* unit = directory.FindUnit(ground.to_unit_key)) release->set_to_unit(unit->id);
  const auto categories = access::CategorySet::FromMask(ground.categories);
  for (int number = v1::Category_MIN + 1; number <= v1::Category_MAX; ++number) {
    const auto category = static_cast<v1::Category>(number);
    if (categories.Has(category)) release->add_categories(category);
  }
}

}  // namespace

bool MayKnowOf(const door::Case& c, const access::Decision& decision,
               const storage::GroundRow& ground) {
  if (decision.all_sides) return true;
  const bool gives = ground.author.controller_key == c.caller().controller_key;
  if (!gives && !InForceTowards(ground, c.caller(), c.today())) return false;
  return access::Look(decision, c.caller(), Guard(c, decision, ground).label()) ==
         v1::WITHHELD_REASON_UNSPECIFIED;
}

storage::Guarded<storage::GroundRow> Guard(const door::Case& c, const access::Decision& decision,
                                           const storage::GroundRow& ground) {
  storage::Label label{v1::CATEGORY_EXISTENCE, ground.author};
  // PERSONVERN has no tie whose identity could be confirmed: it answers for the whole controller.
  const bool gives = ground.author.controller_key == c.caller().controller_key;
  if (gives && decision.relation == v1::RELATION_PERSONVERN) {
    label.author.unit_key = c.caller().unit_key;
  }
  return {label, ground};
}

v1::Ground TellGround(const door::Case& c, const storage::GroundRow& ground) {
  const access::Directory& directory = c.directory();
  v1::Ground told = ground.body;
  told.set_ground_id(storage::UuidText(ground.id));
  told.set_kind(ground.kind);
  told.set_state(ground.state);
  told.set_purpose(ground.purpose);
  TellRelease(directory, ground, told.mutable_release());
  *told.mutable_valid_from() = domain::DateOf(static_cast<int32_t>(ground.valid_from_day));
  if (ground.valid_to_day != storage::kNoLastDay) {
    *told.mutable_valid_to() = domain::DateOf(static_cast<int32_t>(ground.valid_to_day));
  }
  told.set_ends_soon(ground.state != v1::GROUND_STATE_ENDED && c.today() <= ground.valid_to_day &&
                     ground.valid_to_day <= c.today() + kSoonDays);
  const bool gives = ground.author.controller_key == c.caller().controller_key;
  if (!gives && !c.facts().self) told.clear_given_while_minor();
  c.Describe(StaffOf(directory, ground.author.unit_key, ground.author.principal_key),
             told.mutable_provenance());
  if (ground.confirmed_principal_key != 0) {
    c.Describe(StaffOf(directory, ground.confirmed_unit_key, ground.confirmed_principal_key),
               told.mutable_confirmed());
  }
  return told;
}

}  // namespace navo::services
