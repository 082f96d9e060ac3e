#include "tests/proof/play.h"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/admin.grpc.pb.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "tests/proof/acts.h"
#include "tests/support/dev_token.h"

namespace navo::proof {
namespace {

constexpr std::size_t kMarkLength = 9;  // "zq" and six figures and "z"
constexpr char kNobodysId[] = "99999999-9999-4999-8999-999999999999";

bool Follows(const Caller& caller) {
  return caller.WorksOnCases() || caller.Has(v1::ROLE_INTEGRASJON);
}

int64_t DayOf(absl::Time now) {
  static const absl::TimeZone kOslo = [] {
    absl::TimeZone zone;
    EXPECT_TRUE(absl::LoadTimeZone("Europe/Oslo", &zone));
    return zone;
  }();
  return absl::ToCivilDay(now, kOslo) - absl::CivilDay(1970, 1, 1);
}

}  // namespace

std::set<std::string> MarksIn(const std::string& bytes) {
  std::set<std::string> marks;
  for (std::size_t at = bytes.find("zq"); at != std::string::npos; at = bytes.find("zq", at + 1)) {
    const std::string mark = bytes.substr(at, kMarkLength);
    bool whole = mark.size() == kMarkLength && mark.back() == 'z';
    for (std::size_t i = 2; whole && i + 1 < kMarkLength; ++i) {
      whole = std::isdigit(static_cast<unsigned char>(mark[i])) != 0;
    }
    if (whole) marks.insert(mark);
  }
  return marks;
}

std::set<std::string> OpenedTo(const World& world, const Caller& caller) {
  std::set<std::string> opened;
  for (const Person& person : world.people) {
    if (!MayEnter(caller, person)) continue;
    for (const Side& side : world.sides) {
      if (side.id == caller.side.id) continue;
      for (const v1::Category category : OpenFrom(world, caller, person, side, Look::kFeed)) {
        const Datum datum{"", "", category, side.id, "", false, {}, ""};
        if (!MaySee(world, caller, person, datum, Look::kFeed)) continue;
        opened.insert(
            absl::StrCat("opened:", Play::IdFor(caller, person), ":", side.id, ":", category));
      }
    }
  }
  return opened;
}

Play::Play(uint64_t seed) : random_(seed) {
  world_ = MakeCast(random_, folder_.File("seed.json"));
  support::TestServer::Setup setup;
  setup.seed = folder_.File("seed.json");
  server_ = std::make_unique<support::TestServer>(setup);
  for (const Caller& caller : world_.callers) {
    if (caller.participant) clients_.emplace(caller.key, server_->As(caller.key));
  }
  Settle();
  for (const char* administrator : {"drift", "dina", "gry"}) {
    v1::ListPrincipalsRequest request;
    request.set_page_size(200);
    const auto listed = As(administrator).Call(&v1::AdminService::Stub::ListPrincipals, request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    if (!listed.ok()) continue;
    for (const v1::Principal& one : listed->principals()) {
      principal_ids_[one.subject()] = one.principal_id();
    }
  }
}

void Play::Pass(absl::Duration by) {
  server_->clock().Advance(by);
  Settle();
}

void Play::Settle() {
  using Rights = std::tuple<std::string, std::set<v1::Role>, std::set<std::string>>;
  const auto rights = [](const Caller& caller) {
    return Rights(caller.unit, caller.roles, caller.family);
  };
  std::map<std::string, Rights> before;
  for (const Caller& caller : world_.callers) before[caller.key] = rights(caller);
  const absl::Time now = server_->clock().Now();
  Enter(world_, absl::ToUnixMicros(now), DayOf(now));
  for (const Caller& caller : world_.callers) {
    const bool same = before[caller.key] == rights(caller);
    if (!caller.participant && (!same || !clients_.contains(caller.key))) StartOver(caller);
  }
}

// In another unit, other roles or with other cases closed: another cursor, from which nothing of
// before is told.
void Play::StartOver(const Caller& caller) {
  // Who does not work there any more goes on asking as before.
  if (!caller.unit.empty()) units_[caller.key] = caller.unit;
  Connect(caller);
  cursors_.erase(caller.key);
  for (Person& person : world_.people) {
    for (Told& told : person.told) told.seen_by.erase(caller.key);
  }
  if (!Follows(caller)) return;
  const auto now =
      As(caller.key).Call(&v1::FeedService::Stub::ListChanges, v1::ListChangesRequest());
  EXPECT_TRUE(now.ok()) << caller.key << ": " << now.status();
  if (now.ok()) cursors_[caller.key] = now->next_cursor();
  open_at_cursor_[caller.key] = OpenedTo(world_, caller);
}

void Play::Connect(const Caller& caller) {
  client::ClientOptions options =
      support::PatientOptions(server_->address(), server_->TokenFor(caller.key));
  options.unit = units_[caller.key];
  clients_.insert_or_assign(caller.key, client::Client(options));
}

void Play::Protect() {
  Person& stranger = world_.strangers[1 + Below(random_, world_.strangers.size() - 1)];
  const Person before = stranger;
  stranger.grading = "UGRADERT";
  stranger.shielded = false;
  if (!Once(random_, 3)) DrawProtection(random_, stranger);
  history_.push_back(
      absl::StrCat(stranger.key, " is ", stranger.grading, stranger.shielded ? ", shielded" : ""));
  WriteProtection(world_.strangers, folder_.File("seed.json"));
  server_->Restart();
  for (const Caller& caller : world_.callers) Connect(caller);
  if (before.grading == stranger.grading && before.shielded == stranger.shielded) return;
  for (Person& person : world_.people) {
    if (person.key != stranger.key || !person.shadow_of.empty()) continue;
    person.grading = stranger.grading;
    person.shielded = stranger.shielded;
    for (Emergency& emergency : person.emergencies) {
      if (emergency.until_us <= world_.now_us) continue;
      emergency.until_us = world_.now_us;
      emergency.end = v1::EMERGENCY_END_PROTECTION;
    }
  }
  if (stranger.grading == "UGRADERT" && !stranger.shielded) Acts(*this).MergeShadowsOf(stranger);
}

void Play::PassToAnEnd() {
  for (const Person& person : world_.people) {
    for (const Emergency& emergency : person.emergencies) {
      if (emergency.until_us <= world_.now_us || Once(random_, 3)) continue;
      const int64_t before = Once(random_, 2) ? 1 : 0;
      return Pass(absl::Microseconds(emergency.until_us - world_.now_us - before));
    }
  }
}

void Play::LearnIds() {
  for (Person& person : world_.people) {
    for (const Offer& offer : person.offers) {
      std::string& id = person.ids[offer.to];
      for (const Caller& caller : world_.callers) {
        const bool told = id.empty() && caller.unit == offer.to_unit &&
                          RelationOf(world_, caller, person, Look::kOffers) != Relation::kNone &&
                          IsOffered(world_, caller, person, offer);
        if (!told) continue;
        v1::ListReferralsRequest request;
        request.set_page_size(200);
        const auto listed = As(caller.key).Call(&v1::ReferralService::Stub::List, request);
        if (!listed.ok()) continue;
        for (const v1::Referral& one : listed->referrals()) {
          if (one.referral_id() == offer.id) id = one.participant_id();
        }
      }
      if (id.empty()) person.ids.erase(offer.to);
    }
    for (const auto& [side, old] : person.aliases) {
      if (IsOldId(person, side)) LearnId(person, side);
    }
  }
}

void Play::LearnId(Person& person, const std::string& side) {
  std::set<std::string> known;
  for (const Person& other : world_.people) {
    if (&other != &person && other.ids.contains(side)) known.insert(other.ids.at(side));
    const auto old = other.aliases.find(side);
    if (old != other.aliases.end()) known.insert(old->second.begin(), old->second.end());
  }
  for (const Caller& caller : world_.callers) {
    if (caller.participant || caller.side.id != side) continue;
    if (caller.Has(v1::ROLE_PERSONVERN)) {
      // Who answers for the log finds under the old id what was looked at under the new one.
      v1::SearchAccessRequest search;
      search.set_of_participant_id(person.ids.at(side));
      search.set_page_size(200);
      const auto found = As(caller.key).Call(&v1::AccessLogService::Stub::SearchAccess, search);
      if (!found.ok()) continue;
      const std::vector<std::string>& old = person.aliases.at(side);
      for (const v1::FoundAccess& one : found->found()) {
        const bool other = std::find(old.begin(), old.end(), one.participant_id()) == old.end();
        if (other) person.ids[side] = one.participant_id();
      }
    }
    if (caller.Has(v1::ROLE_LEDER) || caller.Has(v1::ROLE_PERSONVERN)) {
      // Who answers for emergencies reads whom they were to, tied or not.
      v1::ListEmergencyAccessRequest list;
      list.set_page_size(200);
      const auto listed = As(caller.key).Call(&v1::EmergencyAccessService::Stub::List, list);
      if (!listed.ok()) continue;
      for (const v1::EmergencyAccess& one : listed->emergency_accesses()) {
        if (!known.contains(one.participant_id())) person.ids[side] = one.participant_id();
      }
    }
    const bool tied = MayEnter(caller, person);
    if (tied && caller.Has(v1::ROLE_LEDER)) {
      // A leader looks nobody up, and sees on the list whom nobody knew by that id.
      v1::ListParticipantsRequest list;
      list.set_page_size(200);
      const auto listed = As(caller.key).Call(&v1::ParticipantService::Stub::List, list);
      if (!listed.ok()) continue;
      for (const v1::ParticipantListItem& item : listed->participants()) {
        if (!known.contains(item.participant_id())) person.ids[side] = item.participant_id();
      }
    }
    if (!tied || !caller.WorksOnCases()) continue;
    v1::LookupParticipantRequest request;
    request.set_national_identity_number(person.number);
    const auto found = As(caller.key).Call(&v1::ParticipantService::Stub::Lookup, request);
    if (found.ok()) person.ids[side] = found->participant_id();
  }
}

void Play::Act(int count) {
  for (int i = 0; i < count; ++i) Acts(*this).One(i);
  Acts(*this).BeforeWalk();
  Pass(absl::Minutes(1));
  if (Once(random_, 3)) PassToAnEnd();
  LearnIds();
  walks_.push_back(world_.now_us);
}

std::string Play::CursorOf(const std::string& key) const {
  const auto found = cursors_.find(key);
  return found == cursors_.end() ? std::string() : found->second;
}

const std::set<std::string>& Play::OpenAtCursor(const std::string& key) const {
  static const std::set<std::string> kNothing;
  const auto found = open_at_cursor_.find(key);
  return found == open_at_cursor_.end() ? kNothing : found->second;
}

std::string Play::IdFor(const Caller& caller, const Person& person) {
  if (caller.participant) return "me";
  const auto found = person.ids.find(caller.side.id);
  return found == person.ids.end() ? kNobodysId : found->second;
}

}  // namespace navo::proof
