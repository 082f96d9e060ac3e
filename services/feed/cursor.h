#ifndef NAVO_SERVICES_FEED_CURSOR_H_
#define NAVO_SERVICES_FEED_CURSOR_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/journal.h"

// How far a reader of the feed has come. A plain value; the door seals it.
namespace navo::services {

struct FeedCursor {
  // What may be followed: with other roles or another scope the access told so far means nothing.
  int64_t roles = 0;
  int64_t follows = 0;
  // Everything in force on this day and after these changes of access has been told.
  int64_t day = 0;
  storage::ParticipantHeads access{};
  // Up to here other changes have been told.
  storage::ParticipantHeads changes{};
};

// The same length for every cursor.
std::string EncodeCursor(const FeedCursor& cursor);
// nullopt when the length is another: made by another version of the program.
std::optional<FeedCursor> DecodeCursor(std::string_view plain);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FEED_CURSOR_H_
