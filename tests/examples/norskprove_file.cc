#include <iterator>
#include <utility>

#include "tests/examples/files.h"

namespace navo::examples {
namespace {

struct Attempt {
  std::string number;
  std::string day;
  std::string part;
  std::string band;
  std::string result;
};

constexpr std::string_view kFailed = "Ikke best\xE5tt";  // Windows-1252
constexpr std::string_view kAbsent = "Ikke m\xF8tt";

class ResultRows {
 public:
  explicit ResultRows(const std::vector<Person>& people) : people_(people) {
    file_.ExpectRemark("UNKNOWN_COLUMN", "sted");
    file_.Write(
        "resultat,f\xF8"
        "dselsnummer,dato,sted,delpr\xF8ve,niv\xE5"
        "b\xE5nd\n");
  }

  void Good() {
    static constexpr std::string_view kKeys[] = {"amina", "yusuf",  "tesfay", "selam",
                                                 "abebe", "rojda",  "wei",    "hodan",
                                                 "piotr", "zainab", "filmon", "linh"};
    static constexpr std::string_view kReached[] = {"Under A1", "A1", "A2", "B1"};
    std::size_t index = 0;
    for (const std::string_view key : kKeys) {
      const std::string level(kReached[index % std::size(kReached)]);
      Add({Number(key), "2026-05-20", "LYTTE", "", level}, TakenIn());
      Add({Number(key), "20.05.2026", "LESE", "", index % 5 == 4 ? std::string(kFailed) : level},
          TakenIn());
      Add({Number(key), "2026-05-21", "SKRIFTLIG", "A2-B1",
           index % 3 == 2 ? std::string(kAbsent) : level},
          TakenIn());
      // A spoken result may be above its band.
      Add({Number(key), "2026-05-22", "muntlig", "A1-A2", "B1"}, TakenIn());
      ++index;
    }
    // Every attempt is kept.
    Add({Number("amina"), "2026-09-16", "LYTTE", "", "A2"}, TakenIn());
    Add({Number("amina"), "2026-09-17", "SKRIFTLIG", "B1-B2", std::string(kFailed)}, TakenIn());
  }

  void Bad() {
    file_.Write("\n,,,,,\n");
    const auto spoil = [this](std::string Attempt::*field, std::string value,
                              std::string_view reason, std::string_view column) {
      Attempt attempt = {Number("shilan"), "2026-05-21", "SKRIFTLIG", "A2-B1", "A2"};
      attempt.*field = std::move(value);
      Add(attempt, Rejected(reason, column));
    };
    spoil(&Attempt::number, WithWrongControl(Number("shilan")), "INVALID_IDENT", "fodselsnummer");
    spoil(&Attempt::number, "1000012345678", "UNSUPPORTED_IDENT", "fodselsnummer");
    spoil(&Attempt::number, "", "MISSING_FIELD", "fodselsnummer");
    spoil(&Attempt::day, "", "MISSING_FIELD", "dato");
    spoil(&Attempt::day, "31.06.2026", "INVALID_DATE", "dato");
    spoil(&Attempt::part, "SNAKKE", "UNKNOWN_CODE", "delprove");
    spoil(&Attempt::part, "LYTTE", "DOES_NOT_FIT", "nivaaband");
    spoil(&Attempt::band, "", "MISSING_FIELD", "nivaaband");
    spoil(&Attempt::band, "A1-C1", "UNKNOWN_CODE", "nivaaband");
    spoil(&Attempt::result, "B2", "DOES_NOT_FIT", "resultat");
    spoil(&Attempt::result, "C1", "UNKNOWN_CODE", "resultat");
    spoil(&Attempt::result, "", "MISSING_FIELD", "resultat");
    file_.AddRow("A1;A2\n", Rejected("WRONG_COLUMN_COUNT", ""));
    Add({Number("amina"), "20.05.2026", "Lytte", "", "B1"},
        Rejected("DUPLICATE_IN_FILE", "delprove"));
    Add({Number("shilan"), "2026-05-21", "SKRIFTLIG", "A1-A2", "A2"}, TakenIn());
  }

  ExampleFile Take() { return std::move(file_); }

 private:
  std::string Number(std::string_view key) const { return PersonOf(people_, key).number; }

  void Add(const Attempt& attempt, const Expectation& expectation) {
    file_.AddRow(CsvLine({attempt.result, attempt.number, attempt.day, "Oslo, Helsfyr",
                          attempt.part, attempt.band},
                         ',', "\n"),
                 expectation);
  }

  const std::vector<Person>& people_;
  ExampleFile file_{"norskprove.csv", "NORSKPROVE", "WINDOWS_1252"};
};

}  // namespace

ExampleFile NorskproveFile(const std::vector<Person>& people) {
  ResultRows rows(people);
  rows.Good();
  rows.Bad();
  return rows.Take();
}

}  // namespace navo::examples
