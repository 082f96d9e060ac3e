#include "services/exchange/nav_participation.h"

#include <algorithm>
#include <utility>

#include "services/domain/reasons.h"
#include "services/exchange/nav_message.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;
using nlohmann::json;

constexpr std::size_t kMaxItems = 1000;
constexpr domain::TextRule kContentText{.max_characters = 2'000, .multi_line = true};

struct StatusFields {
  std::string type;
  std::string reason;
  std::optional<std::int64_t> since_us;
};

StatusFields ReadStatus(NavFields& fields, std::optional<RowProblem>& problem) {
  StatusFields read;
  NavFields status(fields.Object("status", true), "status.", problem);
  read.type = status.Code("type", true);
  if (domain::MeaningOfParticipation(read.type).effect == domain::ParticipationEffect::kUnknown) {
    status.Fail(row_reason::kUnknownStatus, "type");
  }
  NavFields reason(status.Object("aarsak", false), "status.aarsak.", problem);
  read.reason = reason.Code("type", false);
  if (!read.reason.empty() && !domain::IsParticipationReason(read.reason)) {
    reason.Fail(row_reason::kUnknownCode, "type");
  }
  read.since_us = status.Instant("opprettetTidspunkt", false);
  return read;
}

NavSource ReadSource(NavFields& fields) {
  const std::string source = fields.Code("kilde", true);
  if (source != "ARENA" && source != "KOMET") fields.Fail(row_reason::kUnknownCode, "kilde");
  return source == "ARENA" ? NavSource::kArena : NavSource::kKomet;
}

std::vector<NavContentItem> ReadContent(NavFields& fields, std::optional<RowProblem>& problem) {
  NavFields content(fields.Object("innhold", false), "innhold.", problem);
  std::vector<NavContentItem> items;
  for (const json& object : content.Array("valgtInnhold", kMaxItems)) {
    NavFields item(object, "innhold.valgtInnhold.", problem);
    items.push_back({.code = item.Code("innholdskode", false),
                     .text = item.Text("tekst", false, kContentText)});
  }
  return items;
}

std::vector<NavQuantity> ReadQuantities(NavFields& fields, std::optional<RowProblem>& problem) {
  std::vector<NavQuantity> quantities;
  for (const json& object : fields.Array("deltakelsesmengder", kMaxItems)) {
    NavFields item(object, "deltakelsesmengder.", problem);
    quantities.push_back({.percent = item.Number("deltakelsesprosent", true, 0, 100).value_or(0),
                          .days_per_week = item.Number("dagerPerUke", false, 0, 7),
                          .from_day = item.Day("gyldigFraDato", true).value_or(0)});
  }
  std::stable_sort(
      quantities.begin(), quantities.end(),
      [](const NavQuantity& a, const NavQuantity& b) { return a.from_day < b.from_day; });
  return quantities;
}

}  // namespace

NavParticipationRow ParseNavParticipation(std::string_view line,
                                          const domain::IdentifierPolicy& policy) {
  Parsed<NavMessage> parsed = ParseNavMessage(line, "gjennomforingId");
  if (auto* bad = std::get_if<RowProblem>(&parsed)) return std::move(*bad);
  NavMessage& message = std::get<NavMessage>(parsed);
  if (message.value.is_null()) return NavTombstone{.source_id = std::move(message.id)};

  std::optional<RowProblem> problem;
  NavFields fields(message.value, "", problem);
  fields.Uuid("id", true);
  std::optional<domain::NationalIdentityNumber> ident = fields.Ident("personIdent", policy);
  std::string offering_id = fields.Uuid("gjennomforingId", true);
  const std::optional<std::int32_t> start_day = fields.Day("startDato", false);
  const std::optional<std::int32_t> end_day = fields.Day("sluttDato", false);
  if (start_day.has_value() && end_day.has_value() && *end_day < *start_day) {
    fields.Fail(row_reason::kBackwardsPeriod, "sluttDato");
  }
  StatusFields status = ReadStatus(fields, problem);
  const std::optional<std::int64_t> registered_at = fields.Instant("registrertTidspunkt", false);
  const std::optional<std::int64_t> changed_at = fields.Instant("endretTidspunkt", true);
  const NavSource source = ReadSource(fields);
  std::vector<NavContentItem> content = ReadContent(fields, problem);
  std::vector<NavQuantity> quantities = ReadQuantities(fields, problem);
  if (problem.has_value()) return *std::move(problem);
  return NavParticipation{.source_id = std::move(message.id),
                          .ident = *std::move(ident),
                          .offering_id = std::move(offering_id),
                          .start_day = start_day,
                          .end_day = end_day,
                          .status_type = status.type,
                          .meaning = domain::MeaningOfParticipation(status.type),
                          .status_reason = domain::ParticipationReason(status.type, status.reason),
                          .status_since_us = status.since_us,
                          .registered_at_us = registered_at,
                          .changed_at_us = changed_at.value_or(0),
                          .source = source,
                          .content = std::move(content),
                          .quantities = std::move(quantities)};
}

const NavQuantity* QuantityOn(const NavParticipation& participation, std::int32_t day) {
  const NavQuantity* holds = nullptr;
  for (const NavQuantity& quantity : participation.quantities) {
    if (holds == nullptr || quantity.from_day <= day) holds = &quantity;
  }
  return holds;
}

}  // namespace navo::services
