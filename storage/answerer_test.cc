#include "storage/answerer.h"

#include <gtest/gtest.h>

#include <future>
#include <numeric>

namespace navo::storage {
namespace {

class AnswererTest : public ::testing::Test {
 protected:
  // `count` answers that note their number and thread.
  std::vector<Answerer::Answer> Answers(int count) {
    std::vector<Answerer::Answer> answers;
    for (int i = 0; i < count; ++i) {
      answers.push_back({[this, number = next_++](const absl::Status&) {
                           told_.push_back(number);
                           threads_.push_back(std::this_thread::get_id());
                         },
                         absl::OkStatus()});
    }
    return answers;
  }

  int next_ = 0;
  std::vector<int> told_;  // looked at after Wait
  std::vector<std::thread::id> threads_;
};

TEST_F(AnswererTest, TellsAllInOrderOnAnotherThread) {
  constexpr int kMany = 40;
  Answerer answerer;
  for (int group = 0; group < 5; ++group) {
    std::vector<Answerer::Answer> answers = Answers(kMany);
    answerer.Give(answers);
    EXPECT_TRUE(answers.empty());
  }
  answerer.Wait();
  std::vector<int> all(5 * kMany);
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(told_, all);
  EXPECT_NE(threads_.front(), std::this_thread::get_id());
}

TEST_F(AnswererTest, AFewAreToldAtOnceUnlessOthersWait) {
  Answerer answerer;
  std::vector<Answerer::Answer> few = Answers(1);
  answerer.Give(few);
  EXPECT_EQ(told_.size(), 1U);
  EXPECT_EQ(threads_.front(), std::this_thread::get_id());

  std::promise<void> go_on;
  std::vector<Answerer::Answer> many = Answers(20);
  many.front().done =
      [first = std::move(many.front().done),
       wait = std::make_shared<std::future<void>>(go_on.get_future())](const absl::Status& status) {
        wait->wait();
        first(status);
      };
  answerer.Give(many);
  few = Answers(1);
  answerer.Give(few);
  go_on.set_value();
  answerer.Wait();
  EXPECT_EQ(told_.size(), 22U);
  EXPECT_EQ(told_.back(), 21);
  EXPECT_NE(threads_.back(), std::this_thread::get_id());
}

TEST_F(AnswererTest, WhatWasGivenIsToldBeforeItEnds) {
  std::vector<Answerer::Answer> answers = Answers(20);
  { Answerer().Give(answers); }
  EXPECT_EQ(told_.size(), 20U);
}

TEST_F(AnswererTest, GivesTheStatusOn) {
  absl::Status told;
  std::vector<Answerer::Answer> answers;
  answers.push_back(
      {[&](const absl::Status& status) { told = status; }, absl::UnavailableError("the disk")});
  Answerer().Give(answers);
  EXPECT_EQ(told, absl::UnavailableError("the disk"));
}

}  // namespace
}  // namespace navo::storage
