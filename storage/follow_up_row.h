#ifndef NAVO_STORAGE_FOLLOW_UP_ROW_H_
#define NAVO_STORAGE_FOLLOW_UP_ROW_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/timestamp.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "storage/guarded.h"

// One follow-up event as it is read: closed, in parts. Plain values; any thread.
namespace navo::storage {

// Whose eyes an event of this type is for: that there was a follow-up of absence tells of absence.
constexpr v1::Category CategoryOf(v1::FollowUpType type) {
  return type == v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING ? v1::CATEGORY_ATTENDANCE
                                                        : v1::CATEGORY_FOLLOWUP_SUMMARY;
}

// Where an event stands in the list: newest first by when it happened, then by when it came in.
struct FollowUpPosition {
  int64_t occurred_us = std::numeric_limits<int64_t>::max();
  int64_t follow_up_key = std::numeric_limits<int64_t>::max();
};

// An event in the parts that are opened apart: they are of several categories, and links are other
// records, maybe of another controller.
struct FollowUpRow {
  FollowUpPosition position;
  int64_t version = 0;            // counts every change, from 1
  Guarded<v1::FollowUp> summary;  // with its id; without everything below
  Guarded<std::string> note;      // empty when there is none
  Guarded<std::string> employer;  // empty when there is none
  // With paragraph, review date, role and time; nullopt when the note is not exempted.
  std::optional<Guarded<v1::ExemptedNote>> exemption;
  Guarded<std::string> exemption_reason;
  // Nullopt when nothing but the shared part was ever changed.
  std::optional<Guarded<google::protobuf::Timestamp>> note_changed_at;
  std::optional<Guarded<std::string>> step_id;   // text of a UUID; nullopt when it names no step
  std::vector<Guarded<std::string>> joint_with;  // texts of UUIDs: the meeting's other events
};

// The message as a row or the journal keeps it. One from before events could be amended is version
// 1.
v1::FollowUp FollowUpBodyOf(std::string_view bytes);

// The body in its parts, each with its label; links and position are left empty. `whose` is the
// label of the event's summary.
FollowUpRow SplitFollowUp(v1::FollowUp body, const Label& whose, std::string_view id_bytes);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_FOLLOW_UP_ROW_H_
