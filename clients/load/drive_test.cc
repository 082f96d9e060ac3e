#include "clients/load/drive.h"

#include <atomic>
#include <thread>
#include <utility>

#include "gtest/gtest.h"

namespace navo::load {
namespace {

// Answers on a thread of its own, as gRPC does; from call `wrong_from` on wrongly.
class FakeLoad final : public Load {
 public:
  explicit FakeLoad(int wrong_from = 1 << 30) : wrong_from_(wrong_from) {}

  void Start(int /*client*/, Done done) override {
    const bool wrong = ++calls_ >= wrong_from_;
    std::thread([done = std::move(done), wrong] { done(wrong ? "a wrong answer" : ""); }).detach();
  }
  int calls() const { return calls_; }

 private:
  const int wrong_from_;
  std::atomic<int> calls_ = 0;
};

DriveOptions Short() {
  return {.clients = 4,
          .warm_up = absl::Milliseconds(10),
          .window = absl::Milliseconds(50),
          .rate = 500};
}

TEST(DriveTest, TheClosedLoopCountsWhatEndedInTheWindow) {
  FakeLoad load;
  int begun = 0;
  int ended = 0;
  DriveOptions options = Short();
  options.on_begin = [&] { begun = load.calls(); };
  options.on_end = [&] { ended = load.calls(); };
  const auto result = DriveClosed(load, options);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->calls, 0);
  EXPECT_LE(result->calls, ended - begun + options.clients);
  EXPECT_GE(result->p99_ms, result->p50_ms);
}

TEST(DriveTest, TheOpenLoopSendsAtItsRateWhateverTheAnswers) {
  FakeLoad load;
  const auto result = DriveOpen(load, Short());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(load.calls(), 10);  // 30 on average, drawn with a fixed seed
  EXPECT_LT(load.calls(), 60);
}

TEST(DriveTest, OneWrongAnswerEndsTheRun) {
  FakeLoad closed(20);
  EXPECT_EQ(DriveClosed(closed, Short()).status().message(), "a wrong answer");
  FakeLoad open(5);
  EXPECT_EQ(DriveOpen(open, Short()).status().message(), "a wrong answer");
}

}  // namespace
}  // namespace navo::load
