#ifndef NAVO_STORAGE_STORE_FILE_H_
#define NAVO_STORAGE_STORE_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The file behind a store: which one a URL means, whether it may be used, and that nobody else
// does. Knows only how a file begins; what is in it is the engine's.
namespace navo::storage {

// The database file of one store, locked against every other process from Claim to destruction.
class StoreFile {
 public:
  // Finds the file of `url`, locks it and looks at how it begins; makes an empty one when there is
  // none. Refuses as Store::Open says and leaves behind what it found.
  static absl::StatusOr<StoreFile> Claim(const std::string& url);

  StoreFile(StoreFile&& other) noexcept;
  StoreFile& operator=(StoreFile&&) = delete;
  ~StoreFile();

  const std::string& path() const { return path_; }
  // True for a database for tests, removed with its folder at the end.
  bool temporary() const { return !temporary_folder_.empty(); }
  // The file is in use from here on: without this, the destructor removes what Claim or looking
  // at the file brought into the folder.
  void Keep() {
    made_ = made_lock_ = false;
    had_log_ = true;
  }

 private:
  StoreFile() = default;
  absl::Status MakeTemporary();
  absl::Status Lock();
  absl::Status LookAt();
  absl::Status Make();

  std::string path_;
  std::string temporary_folder_;
  int lock_fd_ = -1;
  bool made_lock_ = false;  // by this Claim, and not yet kept
  bool made_ = false;       // the database file, likewise
  bool had_log_ = true;     // the write-ahead log was there before
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_STORE_FILE_H_
