// SQLite hands every page of its write-ahead log over in two pieces, a header of 24 bytes and the
// page, and each would be a call of the system. Here what lies side by side in the log is put
// together first.
#ifndef NAVO_STORAGE_SQL_GATHERED_LOG_H_
#define NAVO_STORAGE_SQL_GATHERED_LOG_H_

namespace navo::storage {

// Name of the VFS, registered at the first call, or nullptr when SQLite has none of its own to put
// it before. Any thread. For a connection that writes with `synchronous = FULL` only: what was
// gathered is written when SQLite asks for it to be durable, which it does before others may read
// it. Files other than the log are the machine's own.
const char* GatheredLogVfs();

}  // namespace navo::storage

#endif  // NAVO_STORAGE_SQL_GATHERED_LOG_H_
