#include "storage/referral.h"

#include <utility>

#include "storage/instant.h"
#include "storage/journal.h"
#include "storage/participant.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::storage {
namespace {

constexpr int64_t kRetentionClass = 1;

constexpr Sql kFind(
    "SELECT referral_key, id, participant_key, state, controller_key, unit_key, principal_key,"
    " to_controller_key, to_unit_key, answered_principal_key, version, body FROM referral"
    " WHERE id = $1 AND participant_key = $2");
constexpr Sql kFindOpen(
    "SELECT referral_key, id, participant_key, state, controller_key, unit_key, principal_key,"
    " to_controller_key, to_unit_key, answered_principal_key, version, body FROM referral"
    " WHERE participant_key = $1 AND unit_key = $2 AND to_unit_key = $3 AND state = 1");
constexpr Sql kOpenOfUnit(
    "SELECT referral_key, id, participant_key, state, controller_key, unit_key, principal_key,"
    " to_controller_key, to_unit_key, answered_principal_key, version, body FROM referral"
    " WHERE participant_key = $1 AND unit_key = $2 AND state = 1 ORDER BY referral_key");
constexpr Sql kList(
    "SELECT referral_key, id, participant_key, state, controller_key, unit_key, principal_key,"
    " to_controller_key, to_unit_key, answered_principal_key, version, body FROM referral"
    " WHERE unit_key = $1 AND referral_key < $2 AND (state = 1 OR $3 = 0)"
    " UNION ALL"
    " SELECT referral_key, id, participant_key, state, controller_key, unit_key, principal_key,"
    " to_controller_key, to_unit_key, answered_principal_key, version, body FROM referral"
    " WHERE to_unit_key = $1 AND referral_key < $2 AND (state = 1 OR $3 = 0)"
    " ORDER BY 1 DESC LIMIT $4");
constexpr Sql kAdd(
    "INSERT INTO referral (id, participant_key, state, controller_key, unit_key, principal_key,"
    " to_controller_key, to_unit_key, answered_principal_key, version, retention_class, key_id,"
    " body) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, 0, 1, $8, 0, $9) RETURNING referral_key");
constexpr Sql kAnswer(
    "UPDATE referral SET state = $2, answered_principal_key = $3, version = $4, body = $5"
    " WHERE referral_key = $1");
constexpr Sql kBody("SELECT body FROM referral WHERE referral_key = $1");

void Split(v1::Referral body, ReferralRow& row) {
  row.message = {{v1::CATEGORY_DIALOG, row.author}, std::move(*body.mutable_message())};
  body.clear_message();
  row.offer = {{v1::CATEGORY_EXISTENCE, row.author}, std::move(body)};
}

v1::Referral BodyOf(std::string_view bytes) {
  v1::Referral body;
  body.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return body;
}

ReferralRow RowOf(const Row& row) {
  ReferralRow referral;
  referral.referral_key = row.Int64(0);
  referral.id = row.Bytes(1);
  referral.participant_key = row.Int64(2);
  referral.state = static_cast<v1::ReferralState>(row.Int64(3));
  referral.author = {row.Int64(4), row.Int64(5), row.Int64(6)};
  referral.to_controller_key = row.Int64(7);
  referral.to_unit_key = row.Int64(8);
  referral.answered_principal_key = row.Int64(9);
  referral.version = row.Int64(10);
  Split(BodyOf(row.Bytes(11)), referral);
  return referral;
}

absl::StatusOr<std::optional<ReferralRow>> FirstAs(ReadTx& tx, Sql sql, Values values) {
  std::optional<ReferralRow> found;
  NAVO_RETURN_IF_ERROR(
      tx.First(sql, values, [&found](const Row& row) { found = RowOf(row); }).status());
  return found;
}

void JournalReferral(WriteTx& tx, const ReferralRow& referral, JournalAct act, const Author& actor,
                     int64_t version, std::string body) {
  JournalEntry entry;
  entry.participant_key = referral.participant_key;
  entry.subject = JournalSubject::kReferral;
  entry.act = act;
  entry.record_key = referral.referral_key;
  entry.record_id = UuidText(referral.id);
  entry.author = actor;
  entry.version = version;
  entry.retention_class = kRetentionClass;
  entry.body = std::move(body);
  tx.Journal(std::move(entry));
}

}  // namespace

absl::StatusOr<std::optional<ReferralRow>> FindReferral(ReadTx& tx, int64_t participant_key,
                                                        std::string_view id_bytes) {
  return FirstAs(tx, kFind, {Blob(id_bytes), participant_key});
}

absl::StatusOr<std::optional<ReferralRow>> FindOpenReferral(ReadTx& tx, int64_t participant_key,
                                                            int64_t from_unit_key,
                                                            int64_t to_unit_key) {
  return FirstAs(tx, kFindOpen, {participant_key, from_unit_key, to_unit_key});
}

absl::StatusOr<std::vector<ReferralRow>> ListReferrals(ReadTx& tx, int64_t unit_key,
                                                       int64_t before_key, bool open_only,
                                                       int64_t limit) {
  std::vector<ReferralRow> referrals;
  NAVO_RETURN_IF_ERROR(tx.Each(kList, {unit_key, before_key, int64_t{open_only ? 1 : 0}, limit},
                               [&](const Row& row) { referrals.push_back(RowOf(row)); }));
  return referrals;
}

absl::StatusOr<ReferralRow> AddReferral(WriteTx& tx, const ReferralRow& referral,
                                        const v1::Referral& body) {
  ReferralRow added = referral;
  std::string bytes = body.SerializeAsString();
  NAVO_ASSIGN_OR_RETURN(added.referral_key,
                        tx.Insert(kAdd, {Blob(referral.id), referral.participant_key,
                                         referral.author.controller_key, referral.author.unit_key,
                                         referral.author.principal_key, referral.to_controller_key,
                                         referral.to_unit_key, kRetentionClass, Blob(bytes)}));
  JournalReferral(tx, added, JournalAct::kCreated, referral.author, 1, std::move(bytes));
  Split(body, added);
  NAVO_RETURN_IF_ERROR(BumpAccessRevision(tx, referral.participant_key));
  return added;
}

absl::Status AnswerReferral(WriteTx& tx, const ReferralRow& referral, v1::ReferralState state,
                            v1::ReferralDeclineReason decline_reason, const Author& actor) {
  v1::Referral body;
  NAVO_RETURN_IF_ERROR(tx.First(kBody, {referral.referral_key}, [&body](const Row& row) {
                           body = BodyOf(row.Bytes(0));
                         }).status());
  SetInstant(tx.now_us(), body.mutable_answered_at());
  body.set_decline_reason(decline_reason);
  std::string bytes = body.SerializeAsString();
  NAVO_RETURN_IF_ERROR(tx.Run(kAnswer, {referral.referral_key, int64_t{state}, actor.principal_key,
                                        referral.version + 1, Blob(bytes)}));
  const bool accepted = state == v1::REFERRAL_STATE_ACCEPTED;
  JournalReferral(tx, referral, accepted ? JournalAct::kConfirmed : JournalAct::kEnded, actor,
                  referral.version + 1, std::move(bytes));
  return BumpAccessRevision(tx, referral.participant_key);
}

absl::Status WithdrawUnitReferrals(WriteTx& tx, int64_t participant_key, const Author& unit) {
  std::vector<ReferralRow> open;
  NAVO_RETURN_IF_ERROR(tx.Each(kOpenOfUnit, {participant_key, unit.unit_key},
                               [&open](const Row& row) { open.push_back(RowOf(row)); }));
  for (const ReferralRow& referral : open) {
    NAVO_RETURN_IF_ERROR(AnswerReferral(tx, referral, v1::REFERRAL_STATE_WITHDRAWN,
                                        v1::REFERRAL_DECLINE_REASON_UNSPECIFIED, unit));
  }
  return absl::OkStatus();
}

}  // namespace navo::storage
