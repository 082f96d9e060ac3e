#include "services/exchange/vo_pupil.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "services/domain/absl_view.h"
#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

constexpr domain::TextRule kIdText{.max_characters = 100};

// Reads the fields of one row in order and keeps the first problem.
class RowFields {
 public:
  RowFields(const VoPupilHeader& header, const std::vector<std::string>& fields)
      : header_(header), fields_(fields) {}

  std::string Text(VoColumn column, const domain::TextRule& rule) {
    absl::StatusOr<std::string> text = domain::NormaliseText(Raw(column), rule);
    if (text.ok()) return *std::move(text);
    const std::string reason = domain::ReasonOf(text.status());
    if (reason == row_reason::kTooLong) {
      Fail(row_reason::kTooLong, column, "The text is over its limit; shorten it.");
    } else if (reason == row_reason::kMissingField) {
      Fail(row_reason::kMissingField, column);
    } else {
      Fail(row_reason::kEncoding, column);
    }
    return {};
  }

  std::string RequiredText(VoColumn column, domain::TextRule rule) {
    rule.required = true;
    return Text(column, rule);
  }

  std::optional<std::int32_t> Day(VoColumn column) {
    if (Raw(column).empty()) return std::nullopt;
    const std::optional<std::int32_t> day = domain::ParseDay(Raw(column));
    if (!day.has_value()) Fail(row_reason::kInvalidDate, column);
    return day;
  }

  std::optional<bool> YesOrNo(VoColumn column) {
    const std::string answer = absl::AsciiStrToLower(domain::AbslView(Raw(column)));
    if (answer.empty()) return std::nullopt;
    if (answer != "ja" && answer != "nei") {
      Fail(row_reason::kUnknownCode, column, "Write ja or nei, or leave it empty.");
    }
    return answer == "ja";
  }

  std::optional<int> Track() {
    const std::string_view track = Raw(VoColumn::kSpor);
    if (track.empty()) return std::nullopt;
    if (track == "1" || track == "2" || track == "3") return track[0] - '0';
    Fail(row_reason::kInvalidNumber, VoColumn::kSpor, "Write 1, 2 or 3, or leave it empty.");
    return std::nullopt;
  }

  std::string Language(VoColumn column) {
    std::string code(Raw(column));
    if (code.empty()) return code;
    domain::Violations violations;
    domain::CheckLanguageCode("", &code, violations);
    if (violations.empty()) return code;
    Fail(row_reason::kUnknownCode, column,
         "Write a language code as BCP 47: ti, ar, so, uk, prs; or leave it empty.");
    return {};
  }

  Norskmaal Goal(VoColumn column) {
    static constexpr std::array<std::pair<std::string_view, Norskmaal>, 7> kGoals = {{
        {"", Norskmaal::kNone},
        {"A1", Norskmaal::kA1},
        {"A2", Norskmaal::kA2},
        {"B1", Norskmaal::kB1},
        {"B2", Norskmaal::kB2},
        {"C1", Norskmaal::kC1},
        {"KARAKTER_2_VGS", Norskmaal::kKarakter2Vgs},
    }};
    const std::string code = absl::AsciiStrToUpper(domain::AbslView(Raw(column)));
    for (const auto& [name, goal] : kGoals) {
      if (name == code) return goal;
    }
    Fail(row_reason::kUnknownCode, column,
         "Write A1, A2, B1, B2, C1 or KARAKTER_2_VGS, or leave it empty.");
    return Norskmaal::kNone;
  }

  std::optional<domain::NationalIdentityNumber> Ident(const domain::IdentifierPolicy& policy) {
    const std::string_view number = Raw(VoColumn::kFodselsnummer);
    if (number.empty()) {
      Fail(row_reason::kMissingField, VoColumn::kFodselsnummer);
      return std::nullopt;
    }
    auto ident = domain::NationalIdentityNumber::Parse(number, policy);
    if (ident.ok()) return *std::move(ident);
    if (!problem_) problem_ = IdentProblem(ident.status(), NameOf(VoColumn::kFodselsnummer));
    return std::nullopt;
  }

  void Fail(std::string_view reason, VoColumn column, std::string_view advice = {}) {
    if (!problem_) problem_ = MakeProblem(reason, NameOf(column), advice);
  }

  std::string_view Raw(VoColumn column) const { return header_.Field(fields_, column); }
  std::optional<RowProblem>& problem() { return problem_; }

 private:
  const VoPupilHeader& header_;
  const std::vector<std::string>& fields_;
  std::optional<RowProblem> problem_;
};

}  // namespace

Parsed<VoPupil> ParseVoPupil(const VoPupilHeader& header, const std::vector<std::string>& fields,
                             const domain::IdentifierPolicy& policy) {
  RowFields row(header, fields);
  std::string source_id = row.RequiredText(VoColumn::kElevId, kIdText);
  std::optional<domain::NationalIdentityNumber> ident = row.Ident(policy);
  std::string given_name = row.Text(VoColumn::kFornavn, domain::kNameText);
  std::string family_name = row.Text(VoColumn::kEtternavn, domain::kNameText);
  // Many people have one name only; it may stand in either column.
  if (given_name.empty() && family_name.empty()) {
    row.Fail(row_reason::kMissingField, VoColumn::kFornavn);
  }
  std::string mother_tongue = row.Language(VoColumn::kMorsmal);
  const std::optional<bool> interpreter = row.YesOrNo(VoColumn::kTolkebehov);
  std::string centre = row.RequiredText(VoColumn::kSentrum, domain::kNameText);
  const std::optional<int> track = row.Track();
  if (row.Raw(VoColumn::kStart).empty()) row.Fail(row_reason::kMissingField, VoColumn::kStart);
  const std::optional<std::int32_t> start_day = row.Day(VoColumn::kStart);
  const std::optional<std::int32_t> end_day = row.Day(VoColumn::kSlutt);
  if (start_day.has_value() && end_day.has_value() && *end_day < *start_day) {
    row.Fail(row_reason::kBackwardsPeriod, VoColumn::kSlutt);
  }
  std::string contact_teacher = row.Text(VoColumn::kKontaktlaerer, domain::kNameText);
  const Norskmaal listening = row.Goal(VoColumn::kNorskmaalLytte);
  const Norskmaal reading = row.Goal(VoColumn::kNorskmaalLese);
  const Norskmaal writing = row.Goal(VoColumn::kNorskmaalSkriftlig);
  const Norskmaal oral = row.Goal(VoColumn::kNorskmaalMuntlig);
  if (row.problem().has_value()) return *std::move(row.problem());
  return VoPupil{.source_id = std::move(source_id),
                 .ident = *std::move(ident),
                 .given_name = std::move(given_name),
                 .family_name = std::move(family_name),
                 .mother_tongue = std::move(mother_tongue),
                 .interpreter_needed = interpreter,
                 .centre = std::move(centre),
                 .track = track,
                 .start_day = start_day.value_or(0),
                 .end_day = end_day,
                 .contact_teacher = std::move(contact_teacher),
                 .goal_listening = listening,
                 .goal_reading = reading,
                 .goal_writing = writing,
                 .goal_oral = oral};
}

}  // namespace navo::services
