#include "storage/store_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/sql/sqlite.h"
#include "storage/store_options.h"

namespace navo::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kScheme = "sqlite:";
constexpr std::string_view kMemory = "sqlite::memory:";
constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr size_t kHeaderBytes = 100;
constexpr size_t kApplicationIdAt = 68;
constexpr mode_t kOwnerOnly = 0600;

// The superuser may write to everything, so what the owner marked read-only is seen by its mode.
bool MarkedReadOnly(const struct stat& info) { return (info.st_mode & 0222) == 0; }

std::string LockPath(const std::string& path) { return path + "-lock"; }

absl::Status ReadOnly(const std::string& path) {
  return StoreRefusal(absl::StatusCode::kFailedPrecondition, "READ_ONLY",
                      absl::StrCat(path, " cannot be written to"));
}

absl::Status NotADatabase(const std::string& path, const char* why) {
  return StoreRefusal(absl::StatusCode::kDataLoss, "NOT_A_DATABASE",
                      absl::StrCat(path, " is not a database: ", why));
}

// The file a path means, through links, so that two names of one file share a lock.
absl::StatusOr<std::string> Resolve(const std::string& path) {
  std::error_code error;
  const fs::path full = fs::weakly_canonical(fs::absolute(path, error), error);
  const std::string folder = full.parent_path().string();
  struct stat info {};
  if (error || stat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
    return StoreRefusal(absl::StatusCode::kNotFound, "NO_FOLDER",
                        absl::StrCat("the folder of ", path, " does not exist"));
  }
  if (MarkedReadOnly(info) || access(folder.c_str(), W_OK) != 0) return ReadOnly(folder);
  return full.string();
}

}  // namespace

absl::StatusOr<StoreFile> StoreFile::Claim(const std::string& url) {
  StoreFile file;
  if (url == kMemory) {
    if (absl::Status status = file.MakeTemporary(); !status.ok()) return status;
  } else {
    const bool has_scheme = url.compare(0, kScheme.size(), kScheme) == 0;
    const std::string path = has_scheme ? url.substr(kScheme.size()) : url;
    if (path.empty() || path.find("://") != std::string::npos || path.front() == ':') {
      return StoreRefusal(absl::StatusCode::kInvalidArgument, "BAD_URL",
                          "a database is named as PATH, sqlite:PATH or sqlite::memory:");
    }
    absl::StatusOr<std::string> resolved = Resolve(path);
    if (!resolved.ok()) return resolved.status();
    file.path_ = *std::move(resolved);
  }
  // The lock comes before the first look: closing any handle of a file that this process has open
  // as a database would drop the engine's own locks on it.
  if (absl::Status status = file.Lock(); !status.ok()) return status;
  if (absl::Status status = file.LookAt(); !status.ok()) return status;
  return file;
}

StoreFile::StoreFile(StoreFile&& other) noexcept
    : path_(std::exchange(other.path_, "")),
      temporary_folder_(std::exchange(other.temporary_folder_, "")),
      lock_fd_(std::exchange(other.lock_fd_, -1)),
      made_lock_(std::exchange(other.made_lock_, false)),
      made_(std::exchange(other.made_, false)),
      had_log_(std::exchange(other.had_log_, true)) {}

StoreFile::~StoreFile() {
  if (made_) unlink(path_.c_str());
  if (!had_log_) {
    for (const char* suffix : {"-wal", "-shm"}) unlink((path_ + suffix).c_str());
  }
  if (made_lock_) unlink(LockPath(path_).c_str());  // while it is still held
  if (lock_fd_ >= 0) close(lock_fd_);
  std::error_code ignored;
  if (!temporary_folder_.empty()) fs::remove_all(temporary_folder_, ignored);
}

absl::Status StoreFile::MakeTemporary() {
  std::error_code error;
  std::string folder = (fs::temp_directory_path(error) / "navo-XXXXXX").string();
  if (error || mkdtemp(folder.data()) == nullptr) {
    return StoreRefusal(absl::StatusCode::kNotFound, "NO_FOLDER", "no folder for temporary files");
  }
  temporary_folder_ = folder;
  path_ = folder + "/navo.db";
  return absl::OkStatus();
}

absl::Status StoreFile::Lock() {
  const std::string lock_path = LockPath(path_);
  while (true) {
    lock_fd_ = open(lock_path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
    made_lock_ = lock_fd_ >= 0;
    if (!made_lock_) lock_fd_ = open(lock_path.c_str(), O_RDWR | O_CLOEXEC);
    if (lock_fd_ < 0) {
      if (errno == ENOENT) continue;  // removed between the two
      return ReadOnly(lock_path);
    }
    if (flock(lock_fd_, LOCK_EX | LOCK_NB) != 0) {
      made_lock_ = false;  // it is the other's by now
      return StoreRefusal(absl::StatusCode::kUnavailable, "IN_USE",
                          absl::StrCat(path_, " is open in another server"));
    }
    // The name may have been removed by its last holder before the lock was had.
    struct stat held {
    }, named{};
    if (fstat(lock_fd_, &held) == 0 && stat(lock_path.c_str(), &named) == 0 &&
        held.st_ino == named.st_ino && held.st_dev == named.st_dev) {
      return absl::OkStatus();
    }
    close(std::exchange(lock_fd_, -1));
  }
}

absl::Status StoreFile::LookAt() {
  struct stat info {};
  const bool there = stat(path_.c_str(), &info) == 0;
  if (there && !S_ISREG(info.st_mode)) return NotADatabase(path_, "it is not a file");
  struct stat log {};
  const std::string log_path = path_ + "-wal";
  had_log_ = stat(log_path.c_str(), &log) == 0;
  if ((!there || info.st_size == 0) && had_log_ && log.st_size > 0) {
    return StoreRefusal(absl::StatusCode::kDataLoss, "DAMAGED",
                        absl::StrCat(log_path, " has changes, but its database is gone"));
  }
  if (!there) return Make();
  if (MarkedReadOnly(info)) return ReadOnly(path_);
  const int fd = open(path_.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return ReadOnly(path_);
  std::array<char, kHeaderBytes> header{};
  const ssize_t size = pread(fd, header.data(), header.size(), 0);
  close(fd);
  if (size == 0) return absl::OkStatus();
  const std::string_view begin(header.data(), size < 0 ? 0 : static_cast<size_t>(size));
  if (begin.size() < kHeaderBytes || begin.substr(0, kMagic.size()) != kMagic) {
    return NotADatabase(path_, "it begins differently");
  }
  uint32_t id = 0;
  for (size_t i = 0; i < 4; ++i) {
    id = id << 8 | static_cast<unsigned char>(begin[kApplicationIdAt + i]);
  }
  if (id == kSqliteApplicationId) return absl::OkStatus();
  return StoreRefusal(absl::StatusCode::kFailedPrecondition, "FOREIGN_DATABASE",
                      absl::StrCat(path_, " is a database of another program"));
}

absl::Status StoreFile::Make() {
  const int fd = open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (fd < 0) return ReadOnly(path_);
  close(fd);
  made_ = true;
  return absl::OkStatus();
}

}  // namespace navo::storage
