#ifndef NAVO_TESTS_SUPPORT_SMALL_DISK_H_
#define NAVO_TESTS_SUPPORT_SMALL_DISK_H_

#include <sys/mount.h>
#include <sys/statvfs.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace navo::support {

// A file system of its own, at a folder that it makes, and a file that takes what room is left.
// Where none may be mounted, mounted() is false and nothing is full.
class SmallDisk {
 public:
  SmallDisk(const std::string& path, int megabytes) : path_(path) {
    std::filesystem::create_directory(path);
    const std::string size = absl::StrCat("size=", megabytes, "m");
    mounted_ = mount("tmpfs", path.c_str(), "tmpfs", 0, size.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }
  // Bytes; -1 when it cannot be asked.
  int64_t Free() const {
    struct statvfs info {};
    if (statvfs(path_.c_str(), &info) != 0) return -1;
    return static_cast<int64_t>(info.f_bavail) * static_cast<int64_t>(info.f_frsize);
  }
  void LeaveFree(int64_t bytes) const {
    std::ofstream ballast(File("ballast"), std::ios::binary | std::ios::app);
    const std::string page(4096, 'x');
    while (Free() > bytes && ballast.write(page.data(), 4096).flush()) {
    }
  }
  void MakeRoom() const { std::filesystem::remove(File("ballast")); }

 private:
  const std::string path_;
  bool mounted_;
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_SMALL_DISK_H_
