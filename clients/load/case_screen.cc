#include "clients/load/case_screen.h"

#include <mutex>
#include <string>
#include <utility>

#include "clients/load/seats.h"

namespace navo::load {
namespace {

// One screen that is being read.
struct Screen {
  int client = 0;
  bool sample = false;
  Errand errand;
  Dice dice{0};
  Done done;
  std::mutex mutex;
  size_t open = 0;    // guarded by mutex
  std::string wrong;  // guarded by mutex
};

class CaseScreenLoad final : public SampledLoad {
 public:
  CaseScreenLoad(const City& city, uint64_t seed)
      : wire_(city), seats_(city.population, seed), calls_(CaseScreenCalls()) {}

  void Start(int client, Done done) override {
    auto screen = std::make_shared<Screen>();
    screen->client = client;
    screen->errand = seats_.Next(client, Side::kNav);
    screen->sample = seats_.Count(client) % kSampled == 1;
    screen->dice = Dice(seats_.dice(client).Next());
    screen->done = std::move(done);
    screen->open = 1;
    Read(screen, 0);
  }

 private:
  void Read(const std::shared_ptr<Screen>& screen, size_t number) {
    wire_.Send(screen->client, *calls_[number], screen->errand, screen->dice,
               [this, screen, number](Answer& answer) {
                 std::string wrong = answer.Told();
                 if (wrong.empty() && screen->sample) {
                   sampled_.Add(answer);
                   Errand errand = screen->errand;
                   wrong = calls_[number]->Take(wire_.city(), errand, answer.bytes);
                 }
                 if (number == 0 && wrong.empty()) return ReadOthers(screen);
                 End(*screen, std::move(wrong));
               });
  }

  void ReadOthers(const std::shared_ptr<Screen>& screen) {
    screen->open = calls_.size() - 1;  // nobody else has the screen yet
    for (size_t i = 1; i < calls_.size(); ++i) Read(screen, i);
  }

  static void End(Screen& screen, std::string wrong) {
    {
      const std::scoped_lock lock(screen.mutex);
      if (screen.wrong.empty()) screen.wrong = std::move(wrong);
      if (--screen.open > 0) return;
    }
    screen.done(std::move(screen.wrong));
  }

  Wire wire_;
  Seats seats_;
  const std::vector<RpcPtr> calls_;
};

}  // namespace

std::vector<RpcPtr> CaseScreenCalls() {
  return {GetParticipant(), ListGrounds(),   GetKartlegging(),
          GetPlan(),        ListFollowUps(), GetProgress()};
}

std::unique_ptr<SampledLoad> MakeCaseScreenLoad(const City& city, uint64_t seed) {
  return std::make_unique<CaseScreenLoad>(city, seed);
}

}  // namespace navo::load
