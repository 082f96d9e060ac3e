#include "storage/earlier_version.h"

#include <set>
#include <utility>
#include <vector>

#include "storage/participant.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

// Units that may not have anything come back: the one that leaves, and those that left before.
absl::StatusOr<std::set<int64_t>> UnitsThatLeft(ReadTx& tx, int64_t participant_key,
                                                const Author& leaving) {
  std::set<int64_t> units = {leaving.unit_key};
  NAVO_RETURN_IF_ERROR(
      tx.Each("SELECT unit_key FROM tie WHERE participant_key = $1 AND controller_key = $2"
              " AND state = $3 ORDER BY unit_key",
              {participant_key, leaving.controller_key, static_cast<int64_t>(TieState::kBlocked)},
              [&](const Row& row) { units.insert(row.Int64(0)); }));
  return units;
}

// Of every unit of the controller.
absl::StatusOr<std::vector<EarlierVersion>> ListVersions(ReadTx& tx, int64_t participant_key,
                                                         JournalSubject subject, int64_t record_key,
                                                         std::string_view record_id,
                                                         int64_t controller_key) {
  std::vector<EarlierVersion> versions;
  NAVO_RETURN_IF_ERROR(ReadRecordHistory(
      tx, participant_key, subject, record_key, [&](const JournalRow& row) -> absl::Status {
        // The parts of all controllers stand under the key of the one plan.
        if (row.author.controller_key != controller_key) return absl::OkStatus();
        if (row.record_id != record_id) return absl::OkStatus();
        if (row.act == JournalAct::kDeleted) {
          std::erase_if(versions, [&row](const EarlierVersion& version) {
            return version.author.unit_key == row.author.unit_key;
          });
          return absl::OkStatus();
        }
        versions.push_back({row.author, row.version, std::string(row.body)});
        return absl::OkStatus();
      }));
  return versions;
}

}  // namespace

absl::StatusOr<std::vector<EarlierVersion>> ListVersionsOf(ReadTx& tx, int64_t participant_key,
                                                           JournalSubject subject,
                                                           int64_t record_key,
                                                           std::string_view record_id,
                                                           const Author& unit) {
  NAVO_ASSIGN_OR_RETURN(
      std::vector<EarlierVersion> versions,
      ListVersions(tx, participant_key, subject, record_key, record_id, unit.controller_key));
  if (unit.unit_key == 0) return versions;
  std::erase_if(versions, [&unit](const EarlierVersion& version) {
    return version.author.unit_key != unit.unit_key;
  });
  return versions;
}

absl::StatusOr<std::vector<EarlierVersion>> ListRemainingVersions(
    ReadTx& tx, int64_t participant_key, JournalSubject subject, int64_t record_key,
    std::string_view record_id, const Author& leaving) {
  if (leaving.unit_key == 0) return std::vector<EarlierVersion>();
  NAVO_ASSIGN_OR_RETURN(const std::set<int64_t> left, UnitsThatLeft(tx, participant_key, leaving));
  NAVO_ASSIGN_OR_RETURN(
      std::vector<EarlierVersion> versions,
      ListVersions(tx, participant_key, subject, record_key, record_id, leaving.controller_key));
  std::erase_if(versions, [&left](const EarlierVersion& version) {
    return left.find(version.author.unit_key) != left.end();
  });
  return versions;
}

absl::StatusOr<std::optional<EarlierVersion>> FindEarlierVersion(
    ReadTx& tx, int64_t participant_key, JournalSubject subject, int64_t record_key,
    std::string_view record_id, const Author& leaving) {
  NAVO_ASSIGN_OR_RETURN(
      std::vector<EarlierVersion> versions,
      ListRemainingVersions(tx, participant_key, subject, record_key, record_id, leaving));
  if (versions.empty()) return std::nullopt;
  return std::move(versions.back());
}

}  // namespace navo::storage
