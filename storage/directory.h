#ifndef NAVO_STORAGE_DIRECTORY_H_
#define NAVO_STORAGE_DIRECTORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Controllers, units, staff, systems and memberships as rows. Nobody's case stands here, so rows
// are not closed; who may be told of them is the administration's business (services/admin).
namespace navo::storage {

struct ControllerRow {
  int64_t key = 0;
  std::string id;
  int64_t kind = 0;  // navo.v1.ControllerKind
  std::string name;
  bool closed = false;
  int64_t version = 0;
};

struct UnitRow {
  int64_t key = 0;
  std::string id;
  int64_t controller_key = 0;
  std::string name;
  bool closed = false;
  int64_t version = 0;
};

struct PrincipalRow {
  int64_t key = 0;
  std::string id;  // 16 bytes; empty while version is 0
  int64_t kind = 0;
  std::string issuer;
  std::string subject;
  std::string name;
  int64_t controller_key = 0;  // whose administration answers for it; 0: nobody's yet
  int64_t imports = 0;
  int64_t follows = 0;
  bool sets_protection = false;
  int64_t version = 0;
};

struct MembershipRow {
  int64_t key = 0;
  std::string id;  // 16 bytes
  int64_t principal_key = 0;
  int64_t unit_key = 0;
  int64_t roles = 0;
  bool installation = false;
  int64_t valid_from_day = 0;
  int64_t valid_to_day = 0;
  int64_t ended_us = 0;
  int64_t version = 0;
};

// What one controller was told of a member of staff's own and family's numbers.
struct OwnNumberList {
  int64_t principal_key = 0;
  int64_t controller_key = 0;
  int64_t version = 0;
};

// A day after every day that NAVO takes: a period without an end.
inline constexpr int64_t kNoEndDay = 1'000'000;

// Everything, in the order of the keys.
absl::Status EachController(ReadTx& tx, absl::FunctionRef<void(ControllerRow&&)> fn);
absl::Status EachUnit(ReadTx& tx, absl::FunctionRef<void(UnitRow&&)> fn);
absl::Status EachPrincipal(ReadTx& tx, absl::FunctionRef<void(PrincipalRow&&)> fn);
absl::Status EachMembership(ReadTx& tx, absl::FunctionRef<void(MembershipRow&&)> fn);
// Of each list the numbers' HMACs, one by one; a list without any has one call, with "".
absl::Status EachOwnNumber(
    ReadTx& tx,
    absl::FunctionRef<void(const OwnNumberList& list, std::string_view number_hash)> fn);

absl::StatusOr<std::optional<ControllerRow>> FindController(ReadTx& tx, std::string_view id);
absl::StatusOr<std::optional<ControllerRow>> FindControllerByKey(ReadTx& tx, int64_t key);
absl::StatusOr<std::optional<UnitRow>> FindUnit(ReadTx& tx, std::string_view id);
absl::StatusOr<std::optional<UnitRow>> FindUnitByKey(ReadTx& tx, int64_t key);
absl::StatusOr<std::optional<PrincipalRow>> FindPrincipal(ReadTx& tx, std::string_view issuer,
                                                          std::string_view subject);
absl::StatusOr<std::optional<PrincipalRow>> FindPrincipalById(ReadTx& tx, std::string_view id);
absl::StatusOr<std::optional<MembershipRow>> FindMembershipById(ReadTx& tx, std::string_view id);
// Of one principal, in the order they were made.
absl::StatusOr<std::vector<MembershipRow>> ListMemberships(ReadTx& tx, int64_t principal_key);
// The list's version; 0 when the controller was told nothing yet.
absl::StatusOr<int64_t> OwnNumbersVersion(ReadTx& tx, int64_t principal_key,
                                          int64_t controller_key);

// Whether the principal is or ever was a member of one of the controller's units.
absl::StatusOr<bool> WasMemberOf(ReadTx& tx, int64_t principal_key, int64_t controller_key);
// Whether something of a controller or unit still goes on, today or later.
absl::StatusOr<bool> HasOpenUnit(ReadTx& tx, int64_t controller_key);
absl::StatusOr<bool> HasMember(ReadTx& tx, int64_t unit_key, int64_t today);
// Whether anybody administers the installation, today or later.
absl::StatusOr<bool> HasAdministrator(ReadTx& tx, int64_t today);

// Each writes the row as it is given, with its version, journals it under `actor`, and returns the
// key. A key of 0 makes a new row. ALREADY_EXISTS when the id, or issuer and subject, is another
// row's.
absl::StatusOr<int64_t> PutController(WriteTx& tx, const ControllerRow& row, const Author& actor);
absl::StatusOr<int64_t> PutUnit(WriteTx& tx, const UnitRow& row, const Author& actor);
absl::StatusOr<int64_t> PutPrincipal(WriteTx& tx, const PrincipalRow& row, const Author& actor);
absl::StatusOr<int64_t> PutMembership(WriteTx& tx, const MembershipRow& row, const Author& actor);

// Puts the numbers in the place of those that this controller was told before; the version is the
// list's new one. The journal keeps that it was done, and nothing of the numbers, not even how
// many.
absl::Status PutOwnNumbers(WriteTx& tx, const OwnNumberList& list,
                           absl::Span<const std::string> number_hashes, const Author& actor);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_DIRECTORY_H_
