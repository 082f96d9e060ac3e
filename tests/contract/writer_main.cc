#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/contract/contract.h"

// Opens the store FILE and writes until it is killed, from THREADS threads, a line on the standard
// output for each thing whose commit was answered. Says why and ends with 3 when it cannot open.
int main(int argc, char** argv) {
  using navo::storage::WriteTx;
  if (argc != 3) return 2;
  navo::storage::SystemClock clock;
  navo::storage::SystemRandom random;
  auto store = navo::storage::Store::Open(argv[1], navo::contract::Options(clock, random));
  if (!store.ok()) {
    std::printf("%s\n", std::string(navo::storage::StoreReasonOf(store.status())).c_str());
    return 3;
  }
  auto write = [&](int thread) {
    for (int64_t i = 0;; ++i) {
      const std::string name = random.Uuid();
      const bool fails = i % 5 == 4;
      const absl::Status status = (*store)->WriteAndWait([&](WriteTx& tx) -> absl::Status {
        if (auto key = navo::contract::AddThing(tx, name); !key.ok()) return key.status();
        tx.Journal(navo::contract::Entry(1 + thread + i % 3, name));
        tx.Log(navo::contract::LogRow(1 + thread, 1));
        return fails ? absl::AbortedError("on purpose") : absl::OkStatus();
      });
      if (status.ok()) {
        const std::string line = absl::StrCat(name, "\n");
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return;
      }
    }
  };
  std::vector<std::thread> threads;
  for (int thread = 0; thread < std::atoi(argv[2]); ++thread) threads.emplace_back(write, thread);
  for (std::thread& thread : threads) thread.join();
}
