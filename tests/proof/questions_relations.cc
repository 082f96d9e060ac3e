#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "tests/proof/questions.h"

namespace navo::proof {
namespace {

// ---- handovers --------------------------------------------------------------------------------

// The offer as it is told: what may be seen of who it is about, and of the message.
std::string OfferTag(const std::string& id, const std::string& participant_id, int state,
                     const std::string& from_unit, const std::string& message,
                     const std::string& name, const std::string& language) {
  return absl::StrCat("offer:", id, ":", participant_id, ":", state, ":", from_unit, ":", message,
                      ":", name, ":", language);
}

std::string TagOf(const v1::Referral& told) {
  const std::string message = told.has_message_withheld() ? "-" : told.message();
  return OfferTag(told.referral_id(), told.participant_id(), told.state(), told.provenance().unit(),
                  message, told.facts().given_name(), told.facts().preferred_language());
}

// What stands behind the prefix in the side's facts, as far as it is shown.
std::string FactOf(const Asker& asker, const Person& person, const std::string& prefix) {
  for (const std::string& tag : asker.ShownAt(person, "Get", Look::kOffers)) {
    if (absl::StartsWith(tag, prefix)) return tag.substr(prefix.size());
  }
  return "";
}

bool IsTold(const Asker& asker, const Person& person, const Offer& offer) {
  const Caller& caller = asker.caller();
  if (offer.to_unit != caller.unit && offer.from_unit != caller.unit) return false;
  const bool open = offer.state == v1::REFERRAL_STATE_OPEN;
  if (!open && !ReadsAnswered(asker.world(), caller, person, offer)) return false;
  const Datum there{"", "", v1::CATEGORY_EXISTENCE, offer.from, offer.from_unit, false, {}, ""};
  return MaySee(asker.world(), caller, person, there, Look::kOffers);
}

std::string ExpectedTag(const Asker& asker, const Person& person, const Offer& offer) {
  const Datum message{"", "", v1::CATEGORY_DIALOG, offer.from, offer.from_unit, false, {}, ""};
  const bool reads = MaySee(asker.world(), asker.caller(), person, message, Look::kOffers);
  return OfferTag(offer.id, Play::IdFor(asker.caller(), person), offer.state, offer.from_unit,
                  reads ? offer.message : "-", FactOf(asker, person, "name:" + offer.from + ":"),
                  FactOf(asker, person, "language:" + offer.from + ":"));
}

// ---- emergency access -------------------------------------------------------------------------

std::string EmergencyTag(const std::string& id, const std::string& participant_id,
                         const std::string& unit, const std::string& reason, bool open, int end) {
  return absl::StrCat("emergency:", id, ":", participant_id, ":", unit, ":", reason, ":",
                      open ? "open" : "over", ":", end);
}

// Those that the caller answers for: PERSONVERN the controller's, LEDER the unit's, others their
// own. Protection and the own case close that too.
bool IsTold(const Asker& asker, const Person& person, const Emergency& emergency) {
  const Caller& caller = asker.caller();
  if (ProtectionHides(caller, person) || caller.family.contains(person.number)) return false;
  if (emergency.controller != caller.side.id) return false;
  if (caller.Has(v1::ROLE_PERSONVERN)) return true;
  if (emergency.unit != caller.unit) return false;
  return caller.Has(v1::ROLE_LEDER) || emergency.opener == caller.key;
}

}  // namespace

void AskOffers(Asker& asker) {
  const bool asks = asker.caller().WorksOnCases();
  for (const bool open_only : {false, true}) {
    v1::ListReferralsRequest request;
    request.set_open_only(open_only);
    Tags got;
    for (const auto& page :
         asker.Pages("handovers", asks ? Expected::kAnswer : Expected::kRole,
                     &v1::ReferralService::Stub::List, request, open_only ? 1 : 2)) {
      for (const v1::Referral& told : page.referrals()) got.insert(TagOf(told));
    }
    Tags expected;
    for (const Person& person : asker.world().people) {
      for (const Offer& offer : person.offers) {
        const bool left_out = open_only && offer.state != v1::REFERRAL_STATE_OPEN;
        if (!asks || left_out || !IsTold(asker, person, offer)) continue;
        expected.insert(ExpectedTag(asker, person, offer));
      }
    }
    asker.Compare(expected, got);
  }
}

void AskEmergencies(Asker& asker) {
  const Caller& caller = asker.caller();
  const bool asks =
      caller.WorksOnCases() || caller.Has(v1::ROLE_LEDER) || caller.Has(v1::ROLE_PERSONVERN);
  for (const bool open_only : {false, true}) {
    v1::ListEmergencyAccessRequest request;
    request.set_open_only(open_only);
    Tags got;
    for (const auto& page :
         asker.Pages("emergencies", asks ? Expected::kAnswer : Expected::kRole,
                     &v1::EmergencyAccessService::Stub::List, request, open_only ? 1 : 2)) {
      for (const v1::EmergencyAccess& told : page.emergency_accesses()) {
        const std::set<std::string> marks = MarksIn(told.reason());
        got.insert(EmergencyTag(told.emergency_access_id(), told.participant_id(),
                                told.provenance().unit(), marks.empty() ? "" : *marks.begin(),
                                told.open(), told.end()));
      }
    }
    Tags expected;
    for (const Person& person : asker.world().people) {
      for (const Emergency& emergency : person.emergencies) {
        const bool open = asker.world().now_us < emergency.until_us;
        if (!asks || (open_only && !open) || !IsTold(asker, person, emergency)) continue;
        expected.insert(EmergencyTag(emergency.id, Play::IdFor(caller, person), emergency.unit,
                                     emergency.reason, open, emergency.end));
      }
    }
    asker.Compare(expected, got);
  }
}

}  // namespace navo::proof
