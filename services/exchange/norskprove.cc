#include "services/exchange/norskprove.h"

#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/domain/calendar.h"
#include "services/domain/language_check.h"
#include "services/domain/reasons.h"
#include "services/exchange/csv_fields.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

// In the order of the documentation.
enum Column : std::size_t { kFodselsnummer, kDato, kDelprove, kNivaaband, kResultat, kColumns };

constexpr std::array<CsvColumn, kColumns> kColumnNames = {{
    {"fodselsnummer", "fødselsnummer", true},
    {"dato", "", true},
    {"delprove", "delprøve", true},
    {"nivaaband", "nivåbånd", false},
    {"resultat", "", true},
}};

struct Result {
  v1::TestOutcome outcome = v1::TEST_OUTCOME_UNSPECIFIED;
  v1::CefrLevel level = v1::CEFR_LEVEL_UNSPECIFIED;
};

std::optional<v1::Skill> Part(CsvFields& row) {
  static constexpr std::array<CodeName<v1::Skill>, 4> kParts = {{
      {"LYTTE", v1::SKILL_LYTTE},
      {"LESE", v1::SKILL_LESE},
      {"SKRIFTLIG", v1::SKILL_SKRIFTLIG},
      {"MUNTLIG", v1::SKILL_MUNTLIG},
  }};
  row.Require(kDelprove);
  return row.Code(kDelprove, kParts, "Write LYTTE, LESE, SKRIFTLIG or MUNTLIG.");
}

v1::TestBand Band(CsvFields& row) {
  static constexpr std::array<CodeName<v1::TestBand>, 3> kBands = {{
      {"A1_A2", v1::TEST_BAND_A1_A2},
      {"A2_B1", v1::TEST_BAND_A2_B1},
      {"B1_B2", v1::TEST_BAND_B1_B2},
  }};
  return row
      .Code(kNivaaband, kBands,
            "Write A1-A2, A2-B1 or B1-B2; leave it empty for LYTTE and "
            "LESE.")
      .value_or(v1::TEST_BAND_UNSPECIFIED);
}

std::optional<Result> ResultOf(CsvFields& row) {
  static constexpr Result kFailed = {v1::TEST_OUTCOME_IKKE_BESTAATT};
  static constexpr Result kAbsent = {v1::TEST_OUTCOME_IKKE_MOETT};
  static constexpr std::array<CodeName<Result>, 11> kResults = {{
      {"UNDER_A1", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_UNDER_A1}},
      {"A1", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_A1}},
      {"A2", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_A2}},
      {"B1", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_B1}},
      {"B2", {v1::TEST_OUTCOME_LEVEL, v1::CEFR_LEVEL_B2}},
      {"IKKE_BESTÅTT", kFailed},
      {"IKKE_BESTATT", kFailed},
      {"IKKE_BESTAATT", kFailed},
      {"IKKE_MØTT", kAbsent},
      {"IKKE_MOTT", kAbsent},
      {"IKKE_MOETT", kAbsent},
  }};
  row.Require(kResultat);
  return row.Code(kResultat, kResults,
                  "Write Under A1, A1, A2, B1, B2, Ikke bestått or Ikke møtt.");
}

// Band and level by the rules that hold for results typed in, too.
void CheckTogether(CsvFields& row, const v1::TestResult& result) {
  domain::Violations violations;
  domain::CheckTestResult("", result, std::numeric_limits<std::int32_t>::max(), violations);
  for (const domain::Violations::Item& violation : violations.items()) {
    if (violation.field != ".band") {
      row.Fail(row_reason::kDoesNotFit, kResultat,
               "A written result cannot be above its band; correct one of them in the source "
               "system.");
    } else if (result.band() == v1::TEST_BAND_UNSPECIFIED) {
      row.Fail(row_reason::kMissingField, kNivaaband,
               "SKRIFTLIG and MUNTLIG are taken in a band: write A1-A2, A2-B1 or B1-B2.");
    } else {
      row.Fail(row_reason::kDoesNotFit, kNivaaband,
               "LYTTE and LESE are taken without a band: leave it empty.");
    }
  }
}

}  // namespace

const CsvProfile kNorskproveProfile = {"norskprove", kColumnNames};

std::string AttemptOf(const NorskproveResult& row) {
  return absl::StrCat(row.ident.Reveal(), "|", row.day, "|", row.result.delproeve());
}

Parsed<NorskproveResult> ParseNorskprove(const CsvHeader& header,
                                         const std::vector<std::string>& fields,
                                         const domain::IdentifierPolicy& policy) {
  CsvFields row(header, fields);
  std::optional<domain::NationalIdentityNumber> ident = row.Ident(kFodselsnummer, policy);
  const std::optional<std::int32_t> day = row.RequiredDay(kDato);
  const std::optional<v1::Skill> part = Part(row);
  const v1::TestBand band = Band(row);
  const std::optional<Result> result = ResultOf(row);
  if (row.problem().has_value()) return *std::move(row.problem());
  v1::TestResult message;
  *message.mutable_date() = domain::DateOf(*day);
  message.set_delproeve(*part);
  message.set_band(band);
  message.set_outcome(result->outcome);
  message.set_level(result->level);
  CheckTogether(row, message);
  if (row.problem().has_value()) return *std::move(row.problem());
  return NorskproveResult{.ident = *std::move(ident), .day = *day, .result = std::move(message)};
}

}  // namespace navo::services
