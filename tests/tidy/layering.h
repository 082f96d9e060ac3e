// Who may include whom (docs/architecture.md, "Folders"):
//   proto <- storage <- services/domain <- services/access, services/sign_in <- services/door
//         <- services/<subject>, services/feed <- services/server
// clients/* see proto and clients/cpp only; clients/load also storage and the making of trial
// tokens (docs/adr/0008-the-benchmark-sees-storage.md). A subject is a file or a folder of
// services/, and never includes another. Tests beside a subject may use the other subjects.

#ifndef NAVO_TESTS_TIDY_LAYERING_H_
#define NAVO_TESTS_TIDY_LAYERING_H_

#include "tests/tidy/source_file.h"

namespace navo::tidy {

// Includes in a wrong direction, and includes that are not written from the repository's root.
Findings CheckIncludes(const SourceFile& file);

// sqlite3.h belongs to storage/sql/sqlite.cc, and to the benchmark's yardstick; gRPC does not
// belong in storage.
Findings CheckLibraries(const SourceFile& file);

}  // namespace navo::tidy

#endif  // NAVO_TESTS_TIDY_LAYERING_H_
