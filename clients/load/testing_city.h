// For tests: a small database of its own and a server on it.
#ifndef NAVO_CLIENTS_LOAD_TESTING_CITY_H_
#define NAVO_CLIENTS_LOAD_TESTING_CITY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "clients/load/make.h"
#include "clients/load/trial.h"
#include "gtest/gtest.h"

namespace navo::load {

// Needs the program navod (NEEDS navod in CMakeLists.txt).
class TestingCity {
 public:
  // In a folder of the test's, which outlives it.
  TestingCity(const std::string& folder, int participants, const CaseShape& shape,
              int64_t log_rows = 0) {
    MakeOptions make;
    make.participants = participants;
    make.shape = shape;
    make.log_rows = log_rows;
    make.database = folder + "/navo.db";
    make.dev = folder + "/dev";
    make.navod = NAVO_BINARY_DIR "/navod";
    const auto made = Make(make);
    EXPECT_TRUE(made.ok()) << made.status();
    if (made.ok()) sizes_ = *made;
    auto trial =
        Trial::Start({make.navod, make.database, make.dev, participants, make.seed, shape, {}});
    EXPECT_TRUE(trial.ok()) << trial.status();
    if (trial.ok()) trial_ = *std::move(trial);
  }

  bool started() const { return trial_ != nullptr; }
  const Trial& trial() const { return *trial_; }
  const City& city() const { return trial_->city(); }
  const Sizes& sizes() const { return sizes_; }

 private:
  Sizes sizes_;
  std::unique_ptr<Trial> trial_;
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_TESTING_CITY_H_
