// A store in memory with people in it, for the tests of one table.
#ifndef NAVO_TESTS_SUPPORT_MEMORY_STORE_H_
#define NAVO_TESTS_SUPPORT_MEMORY_STORE_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "storage/participant.h"
#include "storage/store.h"
#include "storage/uuid.h"
#include "tests/support/fake_clock.h"

namespace navo::support {

class MemoryStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    storage::StoreOptions options;
    options.clock = &clock_;
    options.random = &random_;
    auto store = storage::Store::Open("sqlite::memory:", options);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  // In a transaction of its own, which has to succeed.
  void Do(std::function<absl::Status(storage::WriteTx&)> run) {
    const absl::Status status = store_->WriteAndWait(std::move(run));
    ASSERT_TRUE(status.ok()) << status;
  }

  // What it reads, in a transaction of its own, which has to succeed.
  template <typename T>
  T Read(std::function<absl::StatusOr<T>(storage::ReadTx&)> fn) {
    T value{};
    const absl::Status status = store_->Read([&](storage::ReadTx& tx) -> absl::Status {
      absl::StatusOr<T> read = fn(tx);
      if (!read.ok()) return read.status();
      value = *std::move(read);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return value;
  }

  std::string NewId() { return *storage::UuidBytes(random_.Uuid()); }

  // The key of somebody new whom nothing protects.
  int64_t NewPerson() {
    int64_t key = 0;
    Do([&](storage::WriteTx& tx) -> absl::Status {
      const auto made =
          storage::CreateParticipant(tx, storage::kOrdinaryRealm, {.hash = NewId(), .sealed = "x"},
                                     storage::Protection(), 100);
      if (made.ok()) key = *made;
      return made.status();
    });
    return key;
  }

  FakeClock clock_;
  SeededRandom random_;
  std::unique_ptr<storage::Store> store_;
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_MEMORY_STORE_H_
