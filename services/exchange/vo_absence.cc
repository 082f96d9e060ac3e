#include "services/exchange/vo_absence.h"

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/domain/absl_view.h"
#include "services/domain/iso_week.h"
#include "services/domain/language_hours.h"
#include "services/domain/reasons.h"
#include "services/exchange/csv_fields.h"
#include "services/exchange/vo_course.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

// In the order of the documentation.
enum Column : std::size_t {
  kElevId,
  kKursId,
  kUke,
  kTimerPlanlagt,
  kTimerFravaer,
  kDokumentert,
  kColumns,
};

constexpr std::array<CsvColumn, kColumns> kColumnNames = {{
    {"elev_id", "", true},
    {"kurs_id", "", true},
    {"uke", "", true},
    {"timer_planlagt", "", true},
    {"timer_fravaer", "timer_fravær", true},
    {"dokumentert", "", false},
}};

constexpr std::int32_t kQuarter = 25;
constexpr auto kMostHundredths = static_cast<std::int32_t>(domain::kMostHoursInAWeek * 100);
constexpr std::string_view kHoursAdvice =
    "Write hours of the week in quarters, 0 to 60: 20 or 7,5 or 7,25.";

std::optional<std::int32_t> Week(CsvFields& row) {
  row.Require(kUke);
  if (row.Raw(kUke).empty()) return std::nullopt;
  const std::optional<std::int32_t> week =
      domain::ParseIsoWeek(absl::AsciiStrToUpper(domain::AbslView(row.Raw(kUke))));
  if (!week.has_value()) {
    row.Fail(row_reason::kInvalidDate, kUke, "Write a week of the ISO calendar, as 2026-W34.");
  }
  return week;
}

std::optional<std::int32_t> Hours(CsvFields& row, Column column) {
  const std::optional<std::int32_t> hours = row.Hundredths(column, kMostHundredths, kHoursAdvice);
  if (!hours.has_value() || *hours % kQuarter == 0) return hours;
  row.Fail(row_reason::kInvalidNumber, column, kHoursAdvice);
  return std::nullopt;
}

// How much of the absence is documented: all for ja, none for nei, or so many hours.
std::int32_t Documented(CsvFields& row, std::int32_t absence) {
  const std::string answer = FoldCode(row.Raw(kDokumentert));
  if (answer == "JA") return absence;
  if (answer.empty() || answer == "NEI") return 0;
  if (answer.find_first_of("0123456789") == std::string::npos) {
    row.Fail(row_reason::kUnknownCode, kDokumentert, "Write ja, nei or hours.");
    return 0;
  }
  const std::int32_t hours = Hours(row, kDokumentert).value_or(0);
  if (hours > absence) {
    row.Fail(row_reason::kDoesNotFit, kDokumentert,
             "More absence is documented than there was; correct one of them.");
  }
  return hours;
}

std::optional<VoAbsence::Absence> AbsenceOf(CsvFields& row, std::int32_t planned) {
  const std::optional<std::int32_t> absence = Hours(row, kTimerFravaer);
  const std::int32_t documented = Documented(row, absence.value_or(0));
  if (!absence.has_value()) return std::nullopt;
  if (*absence > planned) {
    row.Fail(row_reason::kDoesNotFit, kTimerFravaer,
             "Absence cannot be more than the hours planned; correct one of them.");
  }
  return VoAbsence::Absence{.attended_hours = (planned - *absence) / 100.0,
                            .documented_hours = documented / 100.0,
                            .undocumented_hours = (*absence - documented) / 100.0};
}

}  // namespace

const CsvProfile kVoAbsenceProfile = {"vo-fravaer", kColumnNames};

std::string SourceIdOfWeek(const VoAbsence& row) {
  return absl::StrCat(SourceIdOfCourse(row.pupil_id, row.course_id), std::string(kIdSeparator),
                      domain::FormatIsoWeek(row.week_day));
}

Parsed<VoAbsence> ParseVoAbsence(const CsvHeader& header, const std::vector<std::string>& fields) {
  CsvFields row(header, fields);
  std::string pupil_id = row.RequiredText(kElevId, kPupilIdText);
  std::string course_id = row.RequiredText(kKursId, kCourseIdText);
  const std::optional<std::int32_t> week = Week(row);
  row.Require(kTimerPlanlagt);
  const std::int32_t planned = Hours(row, kTimerPlanlagt).value_or(0);
  const std::optional<VoAbsence::Absence> absence = AbsenceOf(row, planned);
  if (row.problem().has_value()) return *std::move(row.problem());
  return VoAbsence{.pupil_id = std::move(pupil_id),
                   .course_id = std::move(course_id),
                   .week_day = *week,
                   .planned_hours = planned / 100.0,
                   .absence = absence};
}

}  // namespace navo::services
