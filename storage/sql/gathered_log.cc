#include "storage/sql/gathered_log.h"

#include <sqlite3.h>

#include <memory>
#include <new>
#include <string_view>
#include <vector>

namespace navo::storage {
namespace {

constexpr char kName[] = "navo-gathered-log";
// At most, in one call: SQLite's own layer takes less than 128 KiB.
constexpr size_t kGatherBytes = 120 << 10;

// Lies before the machine's own file in the memory that SQLite gives for both.
struct LogFile {
  sqlite3_file file;  // first: SQLite knows this one
  std::vector<char> gathered;
  sqlite3_int64 offset = 0;  // of the first byte gathered

  sqlite3_file* own() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

LogFile* LogOf(sqlite3_file* file) { return reinterpret_cast<LogFile*>(file); }
sqlite3_file* OwnOf(sqlite3_file* file) { return LogOf(file)->own(); }

// Writes what was gathered. When that fails it stays, to be tried again or forgotten by Sync.
int WriteGathered(LogFile& log) {
  if (log.gathered.empty()) return SQLITE_OK;
  const int code = log.own()->pMethods->xWrite(log.own(), log.gathered.data(),
                                               static_cast<int>(log.gathered.size()), log.offset);
  if (code == SQLITE_OK) log.gathered.clear();
  return code;
}

int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  LogFile& log = *LogOf(file);
  const auto length = static_cast<size_t>(size);
  const bool follows = offset == log.offset + static_cast<sqlite3_int64>(log.gathered.size());
  if (!follows || log.gathered.size() + length > kGatherBytes) {
    if (const int code = WriteGathered(log); code != SQLITE_OK) return code;
  }
  if (length > kGatherBytes) return log.own()->pMethods->xWrite(log.own(), bytes, size, offset);
  if (log.gathered.empty()) log.offset = offset;
  const char* first = static_cast<const char*>(bytes);
  log.gathered.insert(log.gathered.end(), first, first + length);
  return SQLITE_OK;
}

// Before a commit becomes visible. When the disk takes no more, SQLite takes the whole change back
// and writes the next one over the same place, so nothing of it is kept.
int Sync(sqlite3_file* file, int flags) {
  LogFile& log = *LogOf(file);
  const int code = WriteGathered(log);
  log.gathered.clear();
  return code == SQLITE_OK ? log.own()->pMethods->xSync(log.own(), flags) : code;
}

int Read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  LogFile& log = *LogOf(file);
  if (const int code = WriteGathered(log); code != SQLITE_OK) return code;
  return log.own()->pMethods->xRead(log.own(), bytes, size, offset);
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  LogFile& log = *LogOf(file);
  if (const int code = WriteGathered(log); code != SQLITE_OK) return code;
  return log.own()->pMethods->xTruncate(log.own(), size);
}

int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  LogFile& log = *LogOf(file);
  if (const int code = WriteGathered(log); code != SQLITE_OK) return code;
  return log.own()->pMethods->xFileSize(log.own(), size);
}

// What was never made durable belongs to a change that was not committed.
int Close(sqlite3_file* file) {
  const int code = OwnOf(file)->pMethods->xClose(OwnOf(file));
  LogOf(file)->~LogFile();
  return code;
}

int Lock(sqlite3_file* file, int level) { return OwnOf(file)->pMethods->xLock(OwnOf(file), level); }
int Unlock(sqlite3_file* file, int level) {
  return OwnOf(file)->pMethods->xUnlock(OwnOf(file), level);
}
int CheckReservedLock(sqlite3_file* file, int* reserved) {
  return OwnOf(file)->pMethods->xCheckReservedLock(OwnOf(file), reserved);
}
int FileControl(sqlite3_file* file, int operation, void* argument) {
  return OwnOf(file)->pMethods->xFileControl(OwnOf(file), operation, argument);
}
int SectorSize(sqlite3_file* file) { return OwnOf(file)->pMethods->xSectorSize(OwnOf(file)); }
int DeviceCharacteristics(sqlite3_file* file) {
  return OwnOf(file)->pMethods->xDeviceCharacteristics(OwnOf(file));
}

constexpr sqlite3_io_methods kLogMethods{.iVersion = 1,
                                         .xClose = Close,
                                         .xRead = Read,
                                         .xWrite = Write,
                                         .xTruncate = Truncate,
                                         .xSync = Sync,
                                         .xFileSize = FileSize,
                                         .xLock = Lock,
                                         .xUnlock = Unlock,
                                         .xCheckReservedLock = CheckReservedLock,
                                         .xFileControl = FileControl,
                                         .xSectorSize = SectorSize,
                                         .xDeviceCharacteristics = DeviceCharacteristics,
                                         .xShmMap = nullptr,
                                         .xShmLock = nullptr,
                                         .xShmBarrier = nullptr,
                                         .xShmUnmap = nullptr,
                                         .xFetch = nullptr,
                                         .xUnfetch = nullptr};

sqlite3_vfs* Own() {
  static sqlite3_vfs* const own = sqlite3_vfs_find(nullptr);
  return own;
}

int Open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* opened_flags) {
  if ((flags & SQLITE_OPEN_WAL) == 0) return Own()->xOpen(Own(), path, file, flags, opened_flags);
  auto* log = new (file) LogFile{};
  const int code = Own()->xOpen(Own(), path, log->own(), flags, opened_flags);
  if (code != SQLITE_OK) {
    log->~LogFile();
    file->pMethods = nullptr;  // nothing to close
    return code;
  }
  log->gathered.reserve(kGatherBytes);
  log->file.pMethods = &kLogMethods;
  return SQLITE_OK;
}

}  // namespace

const char* GatheredLogVfs() {
  static const bool registered = [] {
    if (Own() == nullptr) return false;
    static sqlite3_vfs ours = *Own();
    ours.zName = kName;
    ours.pNext = nullptr;
    ours.szOsFile = static_cast<int>(sizeof(LogFile)) + Own()->szOsFile;
    ours.xOpen = Open;
    return sqlite3_vfs_register(&ours, 0) == SQLITE_OK;
  }();
  return registered ? kName : nullptr;
}

}  // namespace navo::storage
