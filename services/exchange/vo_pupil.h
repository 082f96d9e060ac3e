// One pupil of adult education, from a row of NAVO's profile `vo-elever` (exchange.md 4): CSV with
// a header row, columns in any order.
//
// Pure; any thread.
#ifndef NAVO_SERVICES_EXCHANGE_VO_PUPIL_H_
#define NAVO_SERVICES_EXCHANGE_VO_PUPIL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/domain/identifier.h"
#include "services/exchange/row_problem.h"

namespace navo::services {

// Columns of vo-elever, in the order of the documentation.
enum class VoColumn : std::size_t {
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
};
inline constexpr std::size_t kVoColumns = 15;

std::string_view NameOf(VoColumn column);

// Which column of the file holds what. Names are compared without regard to case; morsmål,
// fødselsnummer, kontaktlærer and norskmål_... may be written with Norwegian letters.
class VoPupilHeader {
 public:
  // Errors: INVALID_ARGUMENT FORMAT_UNKNOWN when elev_id, fodselsnummer, fornavn, etternavn,
  // sentrum or start is not there, or a known column stands twice. The text names the columns.
  static absl::StatusOr<VoPupilHeader> Parse(const std::vector<std::string>& header);

  // Columns nobody reads, once each: their names, or "column 7" where the name could be data.
  const std::vector<std::string>& unknown_columns() const { return unknown_columns_; }

  // The field of a row that has as many fields as the header; empty when the file lacks the column.
  std::string_view Field(const std::vector<std::string>& fields, VoColumn column) const;

 private:
  std::array<std::optional<std::size_t>, kVoColumns> positions_;
  std::vector<std::string> unknown_columns_;
};

// Goal of the Norwegian training per skill (norskmål). Source: integreringsforskriften § 26; NIR
// also takes grade 2 in upper-secondary Norwegian.
enum class Norskmaal { kNone, kA1, kA2, kB1, kB2, kC1, kKarakter2Vgs };

struct VoPupil {
  std::string source_id;  // elev_id
  domain::NationalIdentityNumber ident;
  std::string given_name;  // one of the two names may be empty
  std::string family_name;
  std::string mother_tongue;  // BCP 47, or empty
  std::optional<bool> interpreter_needed;
  std::string centre;        // sentrum, as the VO system names it
  std::optional<int> track;  // spor 1 to 3
  std::int32_t start_day = 0;
  std::optional<std::int32_t> end_day;
  std::string contact_teacher;
  Norskmaal goal_listening = Norskmaal::kNone;  // lytte
  Norskmaal goal_reading = Norskmaal::kNone;    // lese
  Norskmaal goal_writing = Norskmaal::kNone;    // skriftlig
  Norskmaal goal_oral = Norskmaal::kNone;       // muntlig
};

// Problems: MISSING_FIELD, INVALID_IDENT, UNSUPPORTED_IDENT, INVALID_DATE, BACKWARDS_PERIOD,
// UNKNOWN_CODE, INVALID_NUMBER (spor), TOO_LONG, ENCODING.
Parsed<VoPupil> ParseVoPupil(const VoPupilHeader& header, const std::vector<std::string>& fields,
                             const domain::IdentifierPolicy& policy);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_VO_PUPIL_H_
