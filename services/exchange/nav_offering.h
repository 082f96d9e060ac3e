// One offering (tiltaksgjennomføring), from a line of siste-tiltaksgjennomforinger (exchange.md 2).
//
// Pure; any thread.
#ifndef NAVO_SERVICES_EXCHANGE_NAV_OFFERING_H_
#define NAVO_SERVICES_EXCHANGE_NAV_OFFERING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/exchange/row_problem.h"

namespace navo::services {

enum class NavOfferingStatus { kGjennomfores, kAvsluttet, kAvbrutt, kAvlyst };

// The messages carry no time, so a file counts as newer than what is there.
struct NavOffering {
  std::string offering_id;  // UUID, lower case
  std::string
      measure_code;  // "GRUPPE_ARBEIDSMARKEDSOPPLAERING"; the list of codes is NAV's and grows
  std::string measure_name;
  std::string title;
  std::optional<std::int32_t> start_day;
  std::optional<std::int32_t> end_day;
  NavOfferingStatus status;
  std::string arranger_number;  // organisation number, empty when not sent
  std::string arranger_name;
};

// The offering was deleted at its source.
struct NavOfferingTombstone {
  std::string offering_id;
};

using NavOfferingRow = std::variant<NavOffering, NavOfferingTombstone, RowProblem>;

// Problems: those of ParseNavMessage; MISSING_FIELD, INVALID_DATE, BACKWARDS_PERIOD,
// UNKNOWN_STATUS, UNKNOWN_CODE, INVALID_NUMBER (organisation number), TOO_LONG, ENCODING.
NavOfferingRow ParseNavOffering(std::string_view line);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_NAV_OFFERING_H_
