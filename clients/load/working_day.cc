#include "clients/load/working_day.h"

#include <string>
#include <utility>

#include "clients/load/case_marks.h"
#include "clients/load/seats.h"

namespace navo::load {
namespace {

constexpr int kTeachersTurn = 3;  // one act in so many is a teacher's
constexpr int kMostTries = 100;   // at finding a case that nobody is changing

DayPart Part(DayKind kind, int percent, std::vector<RpcPtr> calls) {
  const bool alone = calls.size() > 1;
  std::string name = calls.back()->name();
  return {{std::move(name), std::move(calls), Side::kNav, alone}, kind, percent};
}

// An act that is being done.
struct Doing {
  const Act* act = nullptr;
  int client = 0;
  bool sample = false;
  Errand errand;
  Dice dice{0};       // its own: in an open loop a client may do several acts at a time
  uint32_t mark = 0;  // of the case, when the act began
  size_t next = 0;
  Done done;
};

class WorkingDayLoad final : public SampledLoad {
 public:
  WorkingDayLoad(const City& city, uint64_t seed)
      : wire_(city),
        seats_(city.population, seed),
        marks_(city.population.participants()),
        parts_(PartsOfDay()) {}

  void Start(int client, Done done) override {
    auto doing = std::make_shared<Doing>();
    Dice& dice = seats_.dice(client);
    doing->act = &DrawPart(parts_, dice).act;
    doing->client = client;
    doing->sample = seats_.Count(client) % kSampled == 1;
    doing->dice = Dice(dice.Next());
    doing->done = std::move(done);
    const Side side = dice.Below(kTeachersTurn) == 0 ? Side::kVo : Side::kNav;
    for (int tries = 0; tries < kMostTries; ++tries) {
      doing->errand = seats_.Next(client, side);
      if (!doing->act->alone || marks_.Take(doing->errand.participant)) break;
      if (tries + 1 == kMostTries) return doing->done("M: somebody is changing every case");
    }
    doing->mark = marks_.Mark(doing->errand.participant);
    Next(doing);
  }

 private:
  void Next(const std::shared_ptr<Doing>& doing) {
    const Rpc& rpc = *doing->act->calls[doing->next++];
    wire_.Send(doing->client, rpc, doing->errand, doing->dice, [this, doing, &rpc](Answer& answer) {
      std::string wrong = answer.Told();
      if (!wrong.empty()) wrong = rpc.method() + ": " + wrong;
      if (wrong.empty()) wrong = Take(*doing, rpc, answer);
      if (wrong.empty() && doing->next < doing->act->calls.size()) return Next(doing);
      if (doing->act->alone) marks_.Release(doing->errand.participant);
      doing->done(std::move(wrong));
    });
  }

  std::string Take(Doing& doing, const Rpc& rpc, Answer& answer) {
    if (doing.sample) sampled_.Add(answer);
    // What a later call needs is looked at in any case.
    if (doing.act->alone) return rpc.Take(wire_.city(), doing.errand, answer.bytes);
    if (!doing.sample) return {};
    std::string wrong = rpc.Take(wire_.city(), doing.errand, answer.bytes);
    // A change of consent beside it may rightly have taken something away.
    return marks_.Undisturbed(doing.errand.participant, doing.mark) ? wrong : std::string();
  }

  Wire wire_;
  Seats seats_;
  CaseMarks marks_;
  const std::vector<DayPart> parts_;
};

}  // namespace

std::vector<DayPart> PartsOfDay() {
  using enum DayKind;
  return {
      Part(kRead, 22, {GetPlan()}),
      Part(kRead, 14, {ListFollowUps()}),
      Part(kRead, 12, {GetParticipant()}),
      Part(kRead, 12, {GetKartlegging()}),
      Part(kRead, 10, {GetProgress()}),
      Part(kRead, 8, {ListGrounds()}),
      Part(kRead, 5, {ListParticipants()}),
      Part(kRead, 2, {LookupParticipant()}),
      Part(kWrite, 7, {RecordFollowUp()}),
      Part(kWrite, 2, {RecordAssessment()}),
      Part(kWrite, 2, {GetPlan(), UpdateStep()}),
      Part(kWrite, 1, {GetPlanForGoals(), UpdateGoals()}),
      Part(kWrite, 1, {GetKartlegging(), RecordSection()}),
      Part(kWrite, 1, {GetParticipant(), UpdateContact()}),
      {ChangeOfConsent(), kConsent, 1},
  };
}

const DayPart& DrawPart(const std::vector<DayPart>& parts, Dice& dice) {
  int left = dice.Below(100);
  for (const DayPart& part : parts) {
    left -= part.percent;
    if (left < 0) return part;
  }
  return parts.back();
}

std::unique_ptr<SampledLoad> MakeWorkingDayLoad(const City& city, uint64_t seed) {
  return std::make_unique<WorkingDayLoad>(city, seed);
}

}  // namespace navo::load
