#include "services/exchange/row_problem.h"

#include <array>

#include "services/domain/error.h"
#include "services/domain/reasons.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

struct UsualAdvice {
  std::string_view reason;
  std::string_view sentence;
};

constexpr std::array kUsualAdvice = {
    UsualAdvice{row_reason::kInvalidIdent,
                "The national identity number fails its control; correct it in the source system."},
    UsualAdvice{row_reason::kUnsupportedIdent,
                "Export foedselsnummer or D-nummer instead of aktoer-id or NPID."},
    UsualAdvice{row_reason::kInvalidDate,
                "Write a real date between 1900 and 2100, as 2026-08-17 or 17.08.2026."},
    UsualAdvice{row_reason::kBackwardsPeriod,
                "The last day is before the first; correct it in the source system."},
    UsualAdvice{row_reason::kUnknownStatus,
                "The status is not one that NAVO knows; tell the operator, it is never guessed."},
    UsualAdvice{row_reason::kUnknownCode, "Use one of the documented values."},
    UsualAdvice{row_reason::kInvalidNumber, "Write a number inside the documented range."},
    UsualAdvice{row_reason::kInvalidId, "The id must be a UUID, and the key the same as the id."},
    UsualAdvice{row_reason::kDuplicateInFile,
                "The same id stands earlier in the file; that row was taken. Keep one of them."},
    UsualAdvice{row_reason::kMissingField, "Fill in the field in the source system."},
    UsualAdvice{row_reason::kWrongColumnCount,
                "The row must have as many columns as the header; look for a loose separator."},
    UsualAdvice{row_reason::kNotJson, "Each line must be one whole JSON object."},
    UsualAdvice{row_reason::kTooLong, "Shorten the text: a row is at most 1 MiB."},
    UsualAdvice{row_reason::kEncoding,
                "Save the file as UTF-8, or declare windows-1252 if it is that, and remove control "
                "characters."},
    UsualAdvice{
        row_reason::kPersonUnknown,
        "No pupil with this elev_id came from this system: import vo-elever first, with the "
        "same source system."},
    UsualAdvice{row_reason::kPersonChanged,
                "The pupil had another number before, and moved to this person. Send vo-kurs and "
                "vo-fravaer again, and end the tie with the other person as WRONG_PERSON."},
    UsualAdvice{row_reason::kCourseUnknown,
                "The pupil has no course with this kurs_id from this system: import vo-kurs first, "
                "with the same source system."},
    UsualAdvice{row_reason::kDoesNotFit,
                "Two fields of the row exclude each other; correct one in the source system."},
    UsualAdvice{row_reason::kUnknownColumn,
                "NAVO does not know this column and leaves it out; nothing needs doing."},
};

std::string_view UsualAdviceFor(std::string_view reason) {
  for (const UsualAdvice& advice : kUsualAdvice) {
    if (advice.reason == reason) return advice.sentence;
  }
  return "Look at the row in the source system.";
}

}  // namespace

RowProblem MakeProblem(std::string_view reason, std::string_view column, std::string_view advice) {
  return RowProblem{.reason = reason,
                    .column = std::string(column),
                    .advice = advice.empty() ? UsualAdviceFor(reason) : advice};
}

RowProblem IdentProblem(const absl::Status& status, std::string_view column) {
  const bool unsupported = domain::ReasonOf(status) == domain::reason::kUnsupportedIdent;
  return MakeProblem(unsupported ? row_reason::kUnsupportedIdent : row_reason::kInvalidIdent,
                     column);
}

}  // namespace navo::services
