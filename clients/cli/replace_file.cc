#include "clients/cli/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace navo::cli {
namespace {

absl::Status CannotWrite(const std::string& path, int error) {
  return absl::FailedPreconditionError("cannot write " + path + ": " +
                                       std::generic_category().message(error));
}

}  // namespace

absl::Status ReplaceFile(const std::string& path, const std::string& content) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error) return CannotWrite(path, error.value());
  const std::string beside = path + ".new";
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return CannotWrite(path, errno);
  const bool mine = fchmod(file, 0600) == 0;
  const bool whole =
      mine && write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
      fsync(file) == 0;
  const int problem = errno;
  close(file);
  if (whole && std::rename(beside.c_str(), path.c_str()) == 0) return absl::OkStatus();
  const int rename_problem = errno;
  unlink(beside.c_str());
  return CannotWrite(path, whole ? rename_problem : problem);
}

}  // namespace navo::cli
