#include "storage/administered.h"

#include <utility>

namespace navo::storage {

void JournalAdministered(WriteTx& tx, const Administered& record, const Author& actor) {
  JournalEntry entry;
  entry.subject = record.subject;
  entry.act = record.ended          ? JournalAct::kEnded
              : record.version <= 1 ? JournalAct::kCreated
                                    : JournalAct::kChanged;
  entry.record_key = record.key;
  entry.record_id = record.id;
  entry.author = actor;
  entry.version = record.version;
  entry.retention_class = kAdministeredRetention;
  entry.body = record.body.SerializeAsString();
  tx.Journal(std::move(entry));
}

}  // namespace navo::storage
