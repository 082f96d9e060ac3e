#include "services/exchange/vo_pupil.h"

#include <array>
#include <utility>

#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "services/exchange/csv_fields.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

// In the order of the documentation.
enum Column : std::size_t {
  kElevId,
  kFodselsnummer,
  kFornavn,
  kEtternavn,
  kMorsmal,
  kTolkebehov,
  kSentrum,
  kSpor,
  kStart,
  kSlutt,
  kKontaktlaerer,
  kNorskmaalLytte,
  kNorskmaalLese,
  kNorskmaalSkriftlig,
  kNorskmaalMuntlig,
  kColumns,
};

constexpr std::array<CsvColumn, kColumns> kColumnNames = {{
    {"elev_id", "", true},
    {"fodselsnummer", "fødselsnummer", true},
    {"fornavn", "", true},
    {"etternavn", "", true},
    {"morsmal", "morsmål", false},
    {"tolkebehov", "", false},
    {"sentrum", "", true},
    {"spor", "", false},
    {"start", "", true},
    {"slutt", "", false},
    {"kontaktlaerer", "kontaktlærer", false},
    {"norskmaal_lytte", "norskmål_lytte", false},
    {"norskmaal_lese", "norskmål_lese", false},
    {"norskmaal_skriftlig", "norskmål_skriftlig", false},
    {"norskmaal_muntlig", "norskmål_muntlig", false},
}};

std::optional<int> Track(CsvFields& row) {
  const std::string_view track = row.Raw(kSpor);
  if (track.empty()) return std::nullopt;
  if (track == "1" || track == "2" || track == "3") return track[0] - '0';
  row.Fail(row_reason::kInvalidNumber, kSpor, "Write 1, 2 or 3, or leave it empty.");
  return std::nullopt;
}

Norskmaal Goal(CsvFields& row, Column column) {
  static constexpr std::array<CodeName<Norskmaal>, 6> kGoals = {{
      {"A1", Norskmaal::kA1},
      {"A2", Norskmaal::kA2},
      {"B1", Norskmaal::kB1},
      {"B2", Norskmaal::kB2},
      {"C1", Norskmaal::kC1},
      {"KARAKTER_2_VGS", Norskmaal::kKarakter2Vgs},
  }};
  return row.Code(column, kGoals, "Write A1, A2, B1, B2, C1 or KARAKTER_2_VGS, or leave it empty.")
      .value_or(Norskmaal::kNone);
}

}  // namespace

const CsvProfile kVoPupilProfile = {"vo-elever", kColumnNames};

Parsed<VoPupil> ParseVoPupil(const CsvHeader& header, const std::vector<std::string>& fields,
                             const domain::IdentifierPolicy& policy) {
  CsvFields row(header, fields);
  std::string source_id = row.RequiredText(kElevId, kPupilIdText);
  std::optional<domain::NationalIdentityNumber> ident = row.Ident(kFodselsnummer, policy);
  std::string given_name = row.Text(kFornavn, domain::kNameText);
  std::string family_name = row.Text(kEtternavn, domain::kNameText);
  // Many people have one name only; it may stand in either column.
  if (given_name.empty() && family_name.empty()) {
    row.Fail(row_reason::kMissingField, kFornavn);
  }
  std::string mother_tongue = row.Language(kMorsmal);
  const std::optional<bool> interpreter = row.YesOrNo(kTolkebehov);
  std::string centre = row.RequiredText(kSentrum, domain::kNameText);
  const std::optional<int> track = Track(row);
  const std::optional<std::int32_t> start_day = row.RequiredDay(kStart);
  const std::optional<std::int32_t> end_day = row.Day(kSlutt);
  if (start_day.has_value() && end_day.has_value() && *end_day < *start_day) {
    row.Fail(row_reason::kBackwardsPeriod, kSlutt);
  }
  std::string contact_teacher = row.Text(kKontaktlaerer, domain::kNameText);
  const Norskmaal listening = Goal(row, kNorskmaalLytte);
  const Norskmaal reading = Goal(row, kNorskmaalLese);
  const Norskmaal writing = Goal(row, kNorskmaalSkriftlig);
  const Norskmaal oral = Goal(row, kNorskmaalMuntlig);
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
