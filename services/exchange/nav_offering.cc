#include "services/exchange/nav_offering.h"

#include <algorithm>
#include <utility>

#include "services/domain/identifier.h"
#include "services/domain/reasons.h"
#include "services/exchange/nav_message.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

NavOfferingStatus ReadStatus(NavFields& fields) {
  const std::string code = fields.Code("status", true);
  if (code == "GJENNOMFORES") return NavOfferingStatus::kGjennomfores;
  if (code == "AVSLUTTET") return NavOfferingStatus::kAvsluttet;
  if (code == "AVBRUTT") return NavOfferingStatus::kAvbrutt;
  if (code != "AVLYST") fields.Fail(row_reason::kUnknownStatus, "status");
  return NavOfferingStatus::kAvlyst;
}

// NAV's codes of measure types: capital letters, digits and '_'. The list itself grows.
bool IsMeasureCode(std::string_view code) {
  return !code.empty() && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void ReadMeasure(NavFields& fields, std::optional<RowProblem>& problem, NavOffering& offering) {
  NavFields measure(fields.Object("tiltakstype", true), "tiltakstype.", problem);
  offering.measure_code = measure.Code("tiltakskode", true);
  if (!IsMeasureCode(offering.measure_code)) {
    measure.Fail(row_reason::kUnknownCode, "tiltakskode");
  }
  offering.measure_name = measure.Text("navn", true, domain::kTitleText);
}

void ReadArranger(NavFields& fields, std::optional<RowProblem>& problem, NavOffering& offering) {
  NavFields arranger(fields.Object("arrangor", false), "arrangor.", problem);
  offering.arranger_number = arranger.Code("organisasjonsnummer", false);
  if (!offering.arranger_number.empty() &&
      !domain::IsOrganisationNumber(offering.arranger_number)) {
    arranger.Fail(row_reason::kInvalidNumber, "organisasjonsnummer",
                  "The organisation number fails its control; correct it in the source system.");
  }
  offering.arranger_name = arranger.Text("navn", false, domain::kNameText);
}

}  // namespace

NavOfferingRow ParseNavOffering(std::string_view line) {
  Parsed<NavMessage> parsed = ParseNavMessage(line, "tiltakstype");
  if (auto* bad = std::get_if<RowProblem>(&parsed)) return std::move(*bad);
  NavMessage& message = std::get<NavMessage>(parsed);
  if (message.value.is_null()) return NavOfferingTombstone{.offering_id = std::move(message.id)};

  std::optional<RowProblem> problem;
  NavFields fields(message.value, "", problem);
  NavOffering offering{};
  offering.offering_id = fields.Uuid("id", true);
  ReadMeasure(fields, problem, offering);
  offering.title = fields.Text("navn", true, domain::kTitleText);
  offering.start_day = fields.Day("startDato", true);
  offering.end_day = fields.Day("sluttDato", false);
  if (offering.start_day.has_value() && offering.end_day.has_value() &&
      *offering.end_day < *offering.start_day) {
    fields.Fail(row_reason::kBackwardsPeriod, "sluttDato");
  }
  offering.status = ReadStatus(fields);
  ReadArranger(fields, problem, offering);
  if (problem.has_value()) return *std::move(problem);
  return offering;
}

}  // namespace navo::services
