#include "tests/proof/play.h"

#include <cctype>

#include "absl/strings/str_cat.h"
#include "navo/v1/feed.grpc.pb.h"
#include "tests/proof/acts.h"

namespace navo::proof {
namespace {

constexpr std::size_t kMarkLength = 9;  // "zq" and six figures and "z"
constexpr char kNobodysId[] = "99999999-9999-4999-8999-999999999999";

bool Follows(const Caller& caller) {
  return caller.WorksOnCases() || caller.Has(v1::ROLE_INTEGRASJON);
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

Play::Play(uint64_t seed) : random_(seed) {
  world_ = MakeCast(random_, folder_.File("seed.json"));
  support::TestServer::Setup setup;
  setup.seed = folder_.File("seed.json");
  server_ = std::make_unique<support::TestServer>(setup);
  for (const Caller& caller : world_.callers) {
    clients_.emplace(caller.key, server_->As(caller.key));
    if (!Follows(caller)) continue;
    const auto now =
        clients_.at(caller.key).Call(&v1::FeedService::Stub::ListChanges, v1::ListChangesRequest());
    EXPECT_TRUE(now.ok()) << caller.key << ": " << now.status();
    if (now.ok()) cursors_[caller.key] = now->next_cursor();
  }
}

void Play::Act(int count) {
  for (int i = 0; i < count; ++i) Acts(*this).One(i);
}

std::string Play::CursorOf(const std::string& key) const {
  const auto found = cursors_.find(key);
  return found == cursors_.end() ? std::string() : found->second;
}

int64_t Play::Today() const {
  const absl::TimeZone oslo = [] {
    absl::TimeZone zone;
    EXPECT_TRUE(absl::LoadTimeZone("Europe/Oslo", &zone));
    return zone;
  }();
  return absl::ToCivilDay(server_->clock().Now(), oslo) - absl::CivilDay(1970, 1, 1);
}

std::string Play::IdFor(const Caller& caller, const Person& person) {
  if (caller.participant) return "me";
  const auto found = person.ids.find(caller.side.id);
  return found == person.ids.end() ? kNobodysId : found->second;
}

}  // namespace navo::proof
