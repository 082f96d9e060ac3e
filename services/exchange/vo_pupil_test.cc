#include "services/exchange/vo_pupil.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/domain/calendar.h"
#include "services/domain/error.h"

namespace navo::services {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr domain::IdentifierPolicy kTest{.profile = domain::Profile::kTest};

const std::vector<std::string>& Header() {
  static const std::vector<std::string> header = {"elev_id",
                                                  "fodselsnummer",
                                                  "fornavn",
                                                  "etternavn",
                                                  "morsmal",
                                                  "tolkebehov",
                                                  "sentrum",
                                                  "spor",
                                                  "start",
                                                  "slutt",
                                                  "kontaktlaerer",
                                                  "norskmaal_lytte",
                                                  "norskmaal_lese",
                                                  "norskmaal_skriftlig",
                                                  "norskmaal_muntlig"};
  return header;
}

std::vector<std::string> Row() {
  return {"RO-1",    "17838549888", "Amina", "Warsame",        "so",
          "ja",      "Rosenhof",    "2",     "17.08.2026",     "2027-06-18",
          "Tor Lie", "B1",          "a2",    "KARAKTER_2_VGS", ""};
}

std::string ProblemWith(std::string_view column, std::string value) {
  std::vector<std::string> row = Row();
  const auto at = std::find(Header().begin(), Header().end(), column) - Header().begin();
  row[static_cast<std::size_t>(at)] = std::move(value);
  const Parsed<VoPupil> parsed =
      ParseVoPupil(*CsvHeader::Parse(kVoPupilProfile, Header()), row, kTest);
  const auto* problem = std::get_if<RowProblem>(&parsed);
  return problem == nullptr ? "taken in" : std::string(problem->reason) + " " + problem->column;
}

TEST(VoPupil, EveryFieldIsRead) {
  const Parsed<VoPupil> parsed =
      ParseVoPupil(*CsvHeader::Parse(kVoPupilProfile, Header()), Row(), kTest);
  ASSERT_TRUE(std::holds_alternative<VoPupil>(parsed)) << std::get<RowProblem>(parsed).column;
  const auto& pupil = std::get<VoPupil>(parsed);
  EXPECT_EQ(pupil.source_id, "RO-1");
  EXPECT_EQ(pupil.ident.Reveal(), "17838549888");
  EXPECT_EQ(pupil.given_name, "Amina");
  EXPECT_EQ(pupil.family_name, "Warsame");
  EXPECT_EQ(pupil.mother_tongue, "so");
  EXPECT_EQ(pupil.interpreter_needed, true);
  EXPECT_EQ(pupil.centre, "Rosenhof");
  EXPECT_EQ(pupil.track, 2);
  EXPECT_EQ(pupil.start_day, *domain::ParseDay("2026-08-17"));
  EXPECT_EQ(pupil.end_day, domain::ParseDay("18.06.2027"));
  EXPECT_EQ(pupil.contact_teacher, "Tor Lie");
  EXPECT_EQ(pupil.goal_listening, Norskmaal::kB1);
  EXPECT_EQ(pupil.goal_reading, Norskmaal::kA2);
  EXPECT_EQ(pupil.goal_writing, Norskmaal::kKarakter2Vgs);
  EXPECT_EQ(pupil.goal_oral, Norskmaal::kNone);
}

TEST(VoPupil, ColumnsStandInAnyOrderAndMayHaveNorwegianLetters) {
  const auto header = CsvHeader::Parse(kVoPupilProfile, {"Start", "SENTRUM", "etternavn", "fornavn",
                                                         "Fødselsnummer", "elev_id", "morsmål"});
  ASSERT_TRUE(header.ok()) << header.status();
  const Parsed<VoPupil> parsed = ParseVoPupil(
      *header, {"17.08.2026", "Helsfyr", "", "Tesfay", "17838549888", "H1", "ti"}, kTest);
  ASSERT_TRUE(std::holds_alternative<VoPupil>(parsed));
  EXPECT_EQ(std::get<VoPupil>(parsed).given_name, "Tesfay");
  EXPECT_EQ(std::get<VoPupil>(parsed).mother_tongue, "ti");
  EXPECT_EQ(std::get<VoPupil>(parsed).interpreter_needed, std::nullopt);
}

TEST(VoPupil, UnknownColumnsAreNamedUnlessTheirNameCouldBeData) {
  std::vector<std::string> header = Header();
  header.insert(header.end(), {"merknad", "17838549888", ""});
  EXPECT_THAT(CsvHeader::Parse(kVoPupilProfile, header)->unknown_columns(),
              ElementsAre("merknad", "column 17", "column 18"));
}

TEST(VoPupil, AHeaderWithoutRequiredOrWithDoubleColumnsIsRefused) {
  std::vector<std::string> header = Header();
  header[1] = "fnr";
  const auto missing = CsvHeader::Parse(kVoPupilProfile, header);
  EXPECT_EQ(domain::ReasonOf(missing.status()), "FORMAT_UNKNOWN");
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("fodselsnummer"));
  header = Header();
  header.push_back("START");
  EXPECT_EQ(domain::ReasonOf(CsvHeader::Parse(kVoPupilProfile, header).status()), "FORMAT_UNKNOWN");
}

TEST(VoPupil, NamesOfEveryScriptAreKeptAndComposed) {
  for (const std::string name : {"አማኒኤል", "محمد", "Нгуен", "李", "Nguyễn", "Åse-Marit d'Øy"}) {
    EXPECT_EQ(ProblemWith("fornavn", name), "taken in");
  }
  std::vector<std::string> row = Row();
  row[2] = "A\u030Ase";  // decomposed
  const auto parsed = ParseVoPupil(*CsvHeader::Parse(kVoPupilProfile, Header()), row, kTest);
  EXPECT_EQ(std::get<VoPupil>(parsed).given_name, "Åse");
}

TEST(VoPupil, WrongAndMissingValues) {
  EXPECT_EQ(ProblemWith("elev_id", ""), "MISSING_FIELD elev_id");
  EXPECT_EQ(ProblemWith("elev_id", std::string(101, 'x')), "TOO_LONG elev_id");
  EXPECT_EQ(ProblemWith("fodselsnummer", ""), "MISSING_FIELD fodselsnummer");
  EXPECT_EQ(ProblemWith("fodselsnummer", "17838549889"), "INVALID_IDENT fodselsnummer");
  EXPECT_EQ(ProblemWith("fodselsnummer", "1000012345678"), "UNSUPPORTED_IDENT fodselsnummer");
  EXPECT_EQ(ProblemWith("fornavn", ""), "taken in");
  EXPECT_EQ(ProblemWith("fornavn", "a\x01"), "ENCODING fornavn");
  EXPECT_EQ(ProblemWith("fornavn", "linje\nto"), "ENCODING fornavn");
  EXPECT_EQ(ProblemWith("etternavn", std::string(201, 'x')), "TOO_LONG etternavn");
  EXPECT_EQ(ProblemWith("morsmal", "Somali!"), "UNKNOWN_CODE morsmal");
  EXPECT_EQ(ProblemWith("tolkebehov", "kanskje"), "UNKNOWN_CODE tolkebehov");
  EXPECT_EQ(ProblemWith("tolkebehov", "NEI"), "taken in");
  EXPECT_EQ(ProblemWith("sentrum", ""), "MISSING_FIELD sentrum");
  EXPECT_EQ(ProblemWith("spor", "4"), "INVALID_NUMBER spor");
  EXPECT_EQ(ProblemWith("start", ""), "MISSING_FIELD start");
  EXPECT_EQ(ProblemWith("start", "31.02.2026"), "INVALID_DATE start");
  EXPECT_EQ(ProblemWith("slutt", "01.01.2026"), "BACKWARDS_PERIOD slutt");
  EXPECT_EQ(ProblemWith("norskmaal_lese", "C2"), "UNKNOWN_CODE norskmaal_lese");
}

TEST(VoPupil, ARowWithoutAnyNameIsRejected) {
  std::vector<std::string> row = Row();
  row[2] = row[3] = "";
  const auto parsed = ParseVoPupil(*CsvHeader::Parse(kVoPupilProfile, Header()), row, kTest);
  EXPECT_EQ(std::get<RowProblem>(parsed).reason, "MISSING_FIELD");
}

}  // namespace
}  // namespace navo::services
