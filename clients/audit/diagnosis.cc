#include "clients/audit/diagnosis.h"

#include <optional>

#include "absl/strings/str_cat.h"

namespace navo::audit {
namespace {

constexpr int64_t kMostRenumbered = 1'000;

std::string Rows(int64_t first, int64_t last) {
  return first == last ? absl::StrCat("row ", first, " is")
                       : absl::StrCat("rows ", first, " to ", last, " are");
}

// By how much the rows behind `row` were numbered anew: the row after it follows it when it stands
// so many places later (rows were taken out) or earlier (rows were put in). 0: by nothing.
int64_t Renumbered(Chain& chain, const LogRow& row, const LogRow& next) {
  for (int64_t by = 1; by <= kMostRenumbered; ++by) {
    if (chain.Link(row.chain, next, next.position + by) == next.chain) return by;
    if (chain.Link(row.chain, next, next.position - by) == next.chain) return -by;
  }
  return 0;
}

// Where the row belongs, when it stands in another place: the row after that place follows it, or
// it fits there between its neighbours itself. 0: nowhere else.
absl::StatusOr<int64_t> RightPlace(LogFile& file, const LogRow& row) {
  Chain chain;
  int64_t place = 0;
  std::string before = Chain::Beginning();
  int64_t before_position = 0;
  const absl::Status status = file.EachRow(0, [&](const LogRow& other) {
    const bool elsewhere = other.position != row.position;
    const bool behind = elsewhere && other.position != row.position + 1;
    if (behind && chain.Link(row.chain, other, other.position) == other.chain) {
      place = other.position - 1;
    } else if (elsewhere && before_position + 1 == other.position) {
      const std::string& fits = chain.Link(before, row, other.position);
      if (fits == row.chain || fits == other.chain) place = other.position;
    }
    before = other.chain;
    before_position = other.position;
    return place == 0;
  });
  if (!status.ok()) return status;
  return place;
}

Finding Shifted(const LogRow& row, int64_t by) {
  if (by > 0) {
    return {Fault::kMissing, row.position,
            absl::StrCat(by, by == 1 ? " row is" : " rows are", " missing before row ",
                         row.position, ", and the rows behind were numbered anew")};
  }
  return {Fault::kInserted, row.position,
          absl::StrCat(-by, by == -1 ? " row was" : " rows were", " put in at row ", row.position,
                       ", and the rows behind were numbered anew")};
}

}  // namespace

absl::StatusOr<Finding> Diagnose(LogFile& file, const LogRow& row, int64_t expected,
                                 const std::string& before) {
  const absl::StatusOr<int64_t> twin = file.FindChain(row.chain, row.position);
  if (!twin.ok()) return twin.status();
  if (*twin != 0) {
    return Finding{Fault::kDoubled, row.position,
                   absl::StrCat("row ", row.position, " is row ", *twin, " a second time")};
  }
  if (row.position != expected) {
    return Finding{Fault::kMissing, expected,
                   absl::StrCat(Rows(expected, row.position - 1), " missing")};
  }
  const absl::StatusOr<int64_t> place = RightPlace(file, row);
  if (!place.ok()) return place.status();
  if (*place != 0) {
    return Finding{
        Fault::kReordered, row.position,
        absl::StrCat("row ", row.position, " stands in the wrong place: it is row ", *place)};
  }
  Chain chain;
  const absl::StatusOr<std::optional<LogRow>> next = file.RowAt(row.position + 1);
  if (!next.ok()) return next.status();
  if (next->has_value()) {
    if (chain.Link(before, **next, row.position) == (*next)->chain) return Shifted(row, -1);
    if (!chain.Follows(row.chain, **next)) {
      const int64_t by = Renumbered(chain, row, **next);
      if (by != 0) return Shifted(row, by);
    }
  }
  return Finding{
      Fault::kChanged, row.position,
      absl::StrCat("row ", row.position, " was changed: it does not fit the row before it")};
}

}  // namespace navo::audit
