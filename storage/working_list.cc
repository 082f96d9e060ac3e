#include "storage/working_list.h"

#include <optional>
#include <unordered_map>
#include <utility>

#include "storage/status_macros.h"

namespace navo::storage {

absl::Status EachTied(ReadTx& tx, int64_t unit_key, int64_t principal_key, WorkingListFn fn) {
  return tx.Each(
      "SELECT p.participant_key, p.realm, p.grading, p.shielded, p.access_revision, h.seq,"
      "       t.state, t.identity_confirmation, m.since_us,"
      "       t.name_key, t.interpreter_needed, t.since_us, t.last_follow_up_day, a.id"
      " FROM tie t"
      " JOIN participant_alias a ON a.participant_key = t.participant_key"
      "      AND a.controller_key = t.controller_key"
      " JOIN participant p ON p.participant_key = t.participant_key"
      " LEFT JOIN stream_head h ON h.stream = p.participant_key % 16"
      " LEFT JOIN team_member m ON m.participant_key = t.participant_key AND m.unit_key = $1"
      "      AND m.principal_key = $2"
      " WHERE t.unit_key = $1 AND t.state = 1 ORDER BY t.name_key, a.id",
      {unit_key, principal_key}, [&](const Row& row) {
        WorkingListLine line;
        line.access.participant_key = row.Int64(0);
        line.access.realm = row.Int64(1);
        line.access.protection = {static_cast<Grading>(row.Int64(2)), row.Int64(3) != 0};
        line.access.access_revision = row.Int64(4);
        line.access.stream_head = row.Int64(5);
        line.access.tie = static_cast<TieState>(row.Int64(6));
        line.access.identity_confirmed = row.Int64(7) != 0;
        line.access.on_team = !row.IsNull(8);
        line.name_key = row.Text(9);
        line.interpreter_needed = row.Int64(10) != 0;
        line.since_us = row.Int64(11);
        line.last_follow_up_day = row.Int64(12);
        line.id = row.Bytes(13);
        fn(std::move(line));
      });
}

absl::StatusOr<std::vector<WorkingListCard>> ReadCards(ReadTx& tx, int64_t unit_key,
                                                       absl::Span<const int64_t> participant_keys) {
  std::unordered_map<int64_t, WorkingListCard> by_participant;
  NAVO_RETURN_IF_ERROR(EachTieWithContact(
      tx, unit_key, participant_keys, [&](TieRow&& tie, std::optional<ContactRow>&& contact) {
        WorkingListCard& card = by_participant[tie.participant_key];
        if (contact.has_value() && tie.confirmation != v1::IDENTITY_CONFIRMATION_UNSPECIFIED) {
          card.identity = std::move(contact->identity);
          card.contact = std::move(contact->contact);
        } else {
          card.identity = {{v1::CATEGORY_IDENTITY, tie.author}, tie.registered};
          card.contact = {{v1::CATEGORY_CONTACT, tie.author}, tie.registered};
        }
        const Label label{v1::CATEGORY_EXISTENCE, tie.author};
        card.tie = {label, std::move(tie)};
      }));
  std::vector<WorkingListCard> cards;
  for (const int64_t key : participant_keys) {
    const auto found = by_participant.find(key);
    if (found == by_participant.end()) return absl::InternalError("a listed tie is not there");
    cards.push_back(std::move(found->second));
  }
  return cards;
}

}  // namespace navo::storage
