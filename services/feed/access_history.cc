#include "services/feed/access_history.h"

namespace navo::services {
namespace {

using storage::AccessBefore;

void Undo(const storage::AccessChange& change, access::Facts& facts) {
  const AccessBefore& before = change.before;
  switch (before.kind) {
    case AccessBefore::Kind::kTie:
      facts.participant.tie = static_cast<storage::TieState>(before.state);
      facts.participant.identity_confirmed = before.detail;
      return;
    case AccessBefore::Kind::kProtection:
      facts.participant.protection = {static_cast<storage::Grading>(before.state), before.detail};
      return;
    case AccessBefore::Kind::kGround:
      std::erase_if(facts.grounds, [&before](const storage::ActiveGround& ground) {
        return ground.ground_key == before.ground_key;
      });
      if (before.state != 0) facts.grounds.push_back(change.ground);
      return;
    case AccessBefore::Kind::kNone:
      return;
  }
}

access::CategorySet OpenOf(const access::Decision& decision, int64_t controller_key) {
  const access::OpenSide* side = decision.FindOpen(controller_key);
  return side == nullptr ? access::CategorySet() : side->categories;
}

void CompareSide(access::CategorySet before, access::CategorySet now, int64_t controller_key,
                 AccessDifference& difference) {
  const access::CategorySet closed = before - now;
  const access::CategorySet opened = now - before;
  if (!closed.empty()) difference.closed.push_back({controller_key, closed});
  if (!opened.empty()) difference.opened.push_back({controller_key, opened});
}

// What of the own controller's data is open: with a confirmed identity other units' too.
access::CategorySet OwnOf(const access::Decision& decision) {
  if (!decision.permitted()) return {};
  return decision.own;
}

}  // namespace

access::Facts FactsAt(const access::Facts& now, absl::Span<const storage::AccessChange> changes,
                      int64_t seq) {
  access::Facts facts = now;
  for (auto change = changes.rbegin(); change != changes.rend() && change->seq > seq; ++change) {
    Undo(*change, facts);
  }
  return facts;
}

AccessDifference Compare(const access::Decision& before, const access::Decision& now,
                         int64_t own_controller_key) {
  AccessDifference difference;
  if (!now.permitted()) {
    difference.gone = before.permitted();
    return difference;
  }
  CompareSide(OwnOf(before), OwnOf(now), own_controller_key, difference);
  if (before.permitted() && before.identity_confirmed != now.identity_confirmed) {
    auto& own = now.identity_confirmed ? difference.opened : difference.closed;
    own.push_back({own_controller_key, now.own - access::kOwnUnitOnly});
  }
  for (const access::OpenSide& side : now.open) {
    CompareSide(OpenOf(before, side.controller_key), side.categories, side.controller_key,
                difference);
  }
  for (const access::OpenSide& side : before.open) {
    if (now.FindOpen(side.controller_key) != nullptr) continue;
    CompareSide(side.categories, {}, side.controller_key, difference);
  }
  return difference;
}

}  // namespace navo::services
