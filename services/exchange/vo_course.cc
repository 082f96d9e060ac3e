#include "services/exchange/vo_course.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/exchange/csv_fields.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

// In the order of the documentation.
enum Column : std::size_t {
  kElevId,
  kKursId,
  kKursnavn,
  kType,
  kNivaa,
  kTimerPerUke,
  kFra,
  kTil,
  kStatus,
  kColumns,
};

constexpr std::array<CsvColumn, kColumns> kColumnNames = {{
    {"elev_id", "", true},
    {"kurs_id", "", true},
    {"kursnavn", "", true},
    {"type", "", true},
    {"nivaa", "nivå", false},
    {"timer_per_uke", "", false},
    {"fra", "", true},
    {"til", "", false},
    {"status", "", true},
}};

constexpr domain::TextRule kLevelText{.max_characters = 40};
constexpr std::int32_t kMostWeeklyHundredths = 60 * 100;

constexpr VoCourseType kNorsk = {"NORSK", "Norsk", v1::STEP_TYPE_NORSKOPPLAERING};
// The plan has no type of its own for it.
constexpr VoCourseType kSamfunnskunnskap = {"SAMFUNNSKUNNSKAP", "Samfunnskunnskap",
                                            v1::STEP_TYPE_ANNET};
constexpr VoCourseType kFovModul = {"FOV_MODUL", "Modul i forberedende opplæring",
                                    v1::STEP_TYPE_FOV};
// What FOV took the place of in 2024.
constexpr VoCourseType kGrunnskole = {"GRUNNSKOLE", "Grunnskole for voksne", v1::STEP_TYPE_FOV};
constexpr VoCourseType kVgsModul = {"VGS_MODUL", "Modul i videregående opplæring",
                                    v1::STEP_TYPE_VIDEREGAAENDE};
constexpr VoCourseType kArbeidsrettet = {"ARBEIDSRETTET", "Arbeidsrettet opplæring",
                                         v1::STEP_TYPE_ARBEIDSTRENING};

std::optional<VoCourseType> Type(CsvFields& row) {
  static constexpr std::array<CodeName<VoCourseType>, 6> kTypes = {{
      {kNorsk.code, kNorsk},
      {kSamfunnskunnskap.code, kSamfunnskunnskap},
      {kFovModul.code, kFovModul},
      {kGrunnskole.code, kGrunnskole},
      {kVgsModul.code, kVgsModul},
      {kArbeidsrettet.code, kArbeidsrettet},
  }};
  row.Require(kType);
  return row.Code(kType, kTypes,
                  "Write NORSK, SAMFUNNSKUNNSKAP, FOV_MODUL, GRUNNSKOLE, VGS_MODUL or "
                  "ARBEIDSRETTET.");
}

std::optional<VoCourseStatus> Status(CsvFields& row) {
  static constexpr VoCourseStatus kProposed = {v1::STEP_STATUS_FORESLAATT, ""};
  static constexpr VoCourseStatus kRunning = {v1::STEP_STATUS_GJENNOMFOERES, ""};
  static constexpr VoCourseStatus kCompleted = {v1::STEP_STATUS_FULLFOERT, ""};
  static constexpr VoCourseStatus kAbsent = {v1::STEP_STATUS_AVBRUTT, "IKKE_MOTT"};
  static constexpr std::array<CodeName<VoCourseStatus>, 15> kStatuses = {{
      {"SOKT", kProposed},
      {"SØKT", kProposed},
      {"SOEKT", kProposed},
      {"VENTELISTE", kProposed},
      {"PLANLAGT", {v1::STEP_STATUS_PLANLAGT, ""}},
      {"PAGAR", kRunning},
      {"PÅGÅR", kRunning},
      {"PAAGAAR", kRunning},
      {"FULLFORT", kCompleted},
      {"FULLFØRT", kCompleted},
      {"FULLFOERT", kCompleted},
      {"AVBRUTT", {v1::STEP_STATUS_AVBRUTT, "AVBRUTT"}},
      {"IKKE_MOTT", kAbsent},
      {"IKKE_MØTT", kAbsent},
      {"IKKE_MOETT", kAbsent},
  }};
  row.Require(kStatus);
  return row.Code(kStatus, kStatuses,
                  "Write SOKT, VENTELISTE, PLANLAGT, PAGAR, FULLFORT, AVBRUTT or IKKE_MOTT.",
                  row_reason::kUnknownStatus);
}

v1::CefrLevel CefrLevelOf(std::string_view level) {
  static constexpr std::array<CodeName<v1::CefrLevel>, 5> kLevels = {{
      {"A1", v1::CEFR_LEVEL_A1},
      {"A2", v1::CEFR_LEVEL_A2},
      {"B1", v1::CEFR_LEVEL_B1},
      {"B2", v1::CEFR_LEVEL_B2},
      {"C1", v1::CEFR_LEVEL_C1},
  }};
  const std::string code = FoldCode(level);
  for (const CodeName<v1::CefrLevel>& known : kLevels) {
    if (known.name == code) return known.value;
  }
  return v1::CEFR_LEVEL_UNSPECIFIED;
}

}  // namespace

const CsvProfile kVoCourseProfile = {"vo-kurs", kColumnNames};

std::string SourceIdOfCourse(std::string_view pupil_id, std::string_view course_id) {
  return absl::StrCat(std::string(pupil_id), std::string(kIdSeparator), std::string(course_id));
}

Parsed<VoCourse> ParseVoCourse(const CsvHeader& header, const std::vector<std::string>& fields) {
  CsvFields row(header, fields);
  std::string pupil_id = row.RequiredText(kElevId, kPupilIdText);
  std::string course_id = row.RequiredText(kKursId, kCourseIdText);
  std::string course_name = row.RequiredText(kKursnavn, domain::kTitleText);
  const std::optional<VoCourseType> type = Type(row);
  std::string level = row.Text(kNivaa, kLevelText);
  const std::optional<std::int32_t> weekly = row.Hundredths(
      kTimerPerUke, kMostWeeklyHundredths, "Write hours a week, 0 to 60: 20 or 7,5.");
  const std::optional<std::int32_t> start_day = row.Day(kFra);
  const std::optional<std::int32_t> end_day = row.Day(kTil);
  if (start_day.has_value() && end_day.has_value() && *end_day < *start_day) {
    row.Fail(row_reason::kBackwardsPeriod, kTil);
  }
  const std::optional<VoCourseStatus> status = Status(row);
  if (row.problem().has_value()) return *std::move(row.problem());
  const v1::CefrLevel cefr_level = CefrLevelOf(level);
  return VoCourse{.pupil_id = std::move(pupil_id),
                  .course_id = std::move(course_id),
                  .course_name = std::move(course_name),
                  .type = *type,
                  .level = std::move(level),
                  .cefr_level = cefr_level,
                  .weekly_hundredths = weekly,
                  .start_day = start_day,
                  .end_day = end_day,
                  .status = *status};
}

}  // namespace navo::services
