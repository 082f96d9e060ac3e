#include "storage/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace navo::storage {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int get() const { return value_; }

 private:
  int value_;
};

absl::Status SystemError(const char* what, const std::string& path) {
  const int error = errno;
  const std::string text =
      absl::StrCat("cannot ", what, " ", path, ": ", std::generic_category().message(error));
  if (error == ENOENT) return absl::NotFoundError(text);
  if (error == EEXIST) return absl::AlreadyExistsError(text);
  return absl::FailedPreconditionError(text);
}

absl::StatusOr<std::string> ReadFile(const std::string& path, std::size_t max_bytes,
                                     bool only_owner) {
  // O_NONBLOCK: opening a pipe by mistake is an error, not a server that never starts.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat facts {};
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) return SystemError("open", path);
  if (!S_ISREG(facts.st_mode)) return absl::InvalidArgumentError(path + " is not a file");
  if (only_owner && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat(path, " can be used by others than its owner; run: chmod 600 ", path));
  }
  // One byte more than allowed, to see whether it is longer without trusting the size it had
  // before.
  std::string content(max_bytes + 1, '\0');
  std::size_t length = 0;
  while (length < content.size()) {
    const ssize_t count = ::read(file.get(), content.data() + length, content.size() - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError("read", path);
    if (count == 0) break;
    length += static_cast<std::size_t>(count);
  }
  if (length > max_bytes) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is longer than ", max_bytes, " bytes"));
  }
  content.resize(length);
  return content;
}

bool WriteDurably(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(file, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(file) == 0;
}

}  // namespace

absl::StatusOr<std::string> ReadSmallFile(const std::string& path, std::size_t max_bytes) {
  return ReadFile(path, max_bytes, /*only_owner=*/false);
}

absl::StatusOr<std::string> ReadPrivateFile(const std::string& path, std::size_t max_bytes) {
  return ReadFile(path, max_bytes, /*only_owner=*/true);
}

absl::Status CreatePrivateFile(const std::string& path, std::string_view content) {
  const Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.get() < 0) return SystemError("create", path);
  if (!WriteDurably(file.get(), content)) {
    const absl::Status failed = SystemError("write", path);
    ::unlink(path.c_str());
    return failed;
  }
  // The name is durable only when its folder is.
  const std::string folder = (std::filesystem::path(path).parent_path() / ".").string();
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0 || ::fsync(directory.get()) != 0) return SystemError("sync", folder);
  return absl::OkStatus();
}

}  // namespace navo::storage
