#ifndef NAVO_STORAGE_ADMINISTERED_H_
#define NAVO_STORAGE_ADMINISTERED_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <string_view>

#include "storage/guarded.h"
#include "storage/journal.h"
#include "storage/tx.h"

namespace navo::storage {

// A record of the administration as the journal keeps it. None is ever deleted.
struct Administered {
  JournalSubject subject;
  int64_t key = 0;
  std::string_view id;
  int64_t version = 0;  // 1: it was made
  bool ended = false;
  const google::protobuf::Message& body;
};

void JournalAdministered(WriteTx& tx, const Administered& record, const Author& actor);

// retention_class of what the administration writes.
inline constexpr int64_t kAdministeredRetention = 1;

}  // namespace navo::storage

#endif  // NAVO_STORAGE_ADMINISTERED_H_
