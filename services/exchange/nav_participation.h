// One participation in a NAV measure, from a line of amt.deltaker-ekstern-v1 (exchange.md 2).
//
// Pure; any thread.
#ifndef NAVO_SERVICES_EXCHANGE_NAV_PARTICIPATION_H_
#define NAVO_SERVICES_EXCHANGE_NAV_PARTICIPATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/domain/identifier.h"
#include "services/domain/step_state.h"
#include "services/exchange/row_problem.h"

namespace navo::services {

enum class NavSource { kArena, kKomet };

// How much a person takes part, from a day on (deltakelsesmengde).
struct NavQuantity {
  double percent = 0;                   // 0 to 100
  std::optional<double> days_per_week;  // 0 to 7
  std::int32_t from_day = 0;
};

// Content chosen for the place. The text of the code "annet" is free text.
struct NavContentItem {
  std::string code;
  std::string text;
};

// Left out on purpose: status.aarsak.beskrivelse and status.tekst, free text that may tell about
// health.
struct NavParticipation {
  std::string source_id;  // UUID, lower case
  domain::NationalIdentityNumber ident;
  std::string offering_id;  // UUID, lower case; the offering may not be known yet
  std::optional<std::int32_t> start_day;
  std::optional<std::int32_t> end_day;
  std::string status_type;               // documented code, "DELTAR"
  domain::ParticipationMeaning meaning;  // never kUnknown
  // domain::ParticipationReason. SYK tells about health: it may not travel with the step to another
  // controller.
  std::string status_reason;
  std::optional<std::int64_t> status_since_us;
  std::optional<std::int64_t> registered_at_us;
  std::int64_t changed_at_us = 0;  // newest wins
  NavSource source;
  std::vector<NavContentItem> content;
  std::vector<NavQuantity> quantities;  // by from_day, as sent where days are equal
  // The file has a tombstone of the same id before this line; set by ImportFile.
  bool after_tombstone = false;
};

// The participation with this id was deleted at its source. It carries no time of its own, so it
// counts as of the moment NAVO hears of it: whatever was changed before that and comes later, late
// or from an old file, does not bring the participation back. What was changed after that makes it
// anew, and so does a message behind the tombstone in the same file, where the order of the lines
// is the order of the log. It holds as well for a participation that NAVO had not heard of.
//
// So a file that deletes a participation and then makes it anew does both again when it is imported
// again, and ends in the same state.
struct NavTombstone {
  std::string source_id;
};

using NavParticipationRow = std::variant<NavParticipation, NavTombstone, RowProblem>;

// Problems: those of ParseNavMessage; INVALID_IDENT, UNSUPPORTED_IDENT, MISSING_FIELD, INVALID_ID,
// INVALID_DATE, BACKWARDS_PERIOD, UNKNOWN_STATUS, UNKNOWN_CODE, INVALID_NUMBER, TOO_LONG, ENCODING.
// A draft is no problem here: see
// `meaning`.
NavParticipationRow ParseNavParticipation(std::string_view line,
                                          const domain::IdentifierPolicy& policy);

// The quantity that holds on that day: the last that began, or the first to come; nullptr when
// there is none.
const NavQuantity* QuantityOn(const NavParticipation& participation, std::int32_t day);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_NAV_PARTICIPATION_H_
