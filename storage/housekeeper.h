#ifndef NAVO_STORAGE_HOUSEKEEPER_H_
#define NAVO_STORAGE_HOUSEKEEPER_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "storage/sql/sql.h"

namespace navo::storage {

// Does the long part of the engine's housekeeping beside the writer, so that no commit waits for
// it: copying the write-ahead log into the database would otherwise be the slowest commit of a
// hundred. What the writer adds meanwhile is a short rest for itself; only when nothing is left can
// the engine use the log from its beginning again.
class Housekeeper {
 public:
  // `connection` is used by the housekeeper's thread alone.
  explicit Housekeeper(std::unique_ptr<Connection> connection);
  ~Housekeeper();

  // Starts a sweep unless one goes on. True when one has ended since the last call: it is the
  // caller's turn then. One thread.
  bool Sweep();

 private:
  enum class State { kIdle, kSweeping, kDone, kStopping };
  void Loop();

  const std::unique_ptr<Connection> connection_;
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::kIdle;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_HOUSEKEEPER_H_
