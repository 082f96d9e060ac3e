#ifndef NAVO_TESTS_SERVICES_LEFT_BEHIND_H_
#define NAVO_TESTS_SERVICES_LEFT_BEHIND_H_

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <utility>

#include "storage/store.h"
#include "tests/support/test_server.h"

namespace navo::support {

// What a server left in its database: stops it and opens the file.
class LeftBehind {
 public:
  explicit LeftBehind(TestServer& server) {
    server.Stop();
    storage::StoreOptions options;
    options.clock = &clock_;
    options.random = &random_;
    options.disk_reserve_bytes = 0;
    options.statement_budget = 1'000'000;
    auto store = storage::Store::Open(server.database(), options);
    EXPECT_TRUE(store.ok()) << store.status();
    if (store.ok()) store_ = *std::move(store);
  }

  // What a statement with one number answers; -1 when it could not be asked.
  int64_t Number(storage::Sql sql, storage::Values values = {}) {
    int64_t number = -1;
    Each(sql, values, [&number](const storage::Row& row) { number = row.Int64(0); });
    return number;
  }

  template <class Fn>
  void Each(storage::Sql sql, storage::Values values, Fn&& fn) {
    ASSERT_NE(store_, nullptr);
    const absl::Status read = store_->Read(
        [&](storage::ReadTx& tx) { return tx.Each(sql, values, std::forward<Fn>(fn)); });
    EXPECT_TRUE(read.ok()) << read;
  }

 private:
  FakeClock clock_;
  storage::SystemRandom random_;
  std::unique_ptr<storage::Store> store_;
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_LEFT_BEHIND_H_
