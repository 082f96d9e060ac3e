// One CSV row: where it ends in a run of bytes, and its fields.
//
// Rows are cut here and taken apart by libcsv, because libcsv alone tells neither line numbers nor
// stops at a limit. Both follow the same rules: a quote opens only at the start of a field, ""
// inside quotes is one quote, a line end inside quotes belongs to the field, blanks around a field
// are cut.
#ifndef NAVO_SERVICES_EXCHANGE_CSV_ROW_H_
#define NAVO_SERVICES_EXCHANGE_CSV_ROW_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace navo::services {

// Follows quotes through a row, byte by byte. A plain value; not shared between threads.
class CsvQuotes {
 public:
  explicit CsvQuotes(char separator) : separator_(separator) {}

  // Takes the next byte, which is no line end, or one inside quotes.
  void Take(char byte);

  // Whether a line end here would belong to a field and not end the row.
  bool open() const { return place_ == Place::kQuoted; }

  // Whether the row cannot be trusted, up to its line end.
  bool malformed() const { return place_ == Place::kMalformed; }

 private:
  enum class Place { kFieldStart, kPlain, kQuoted, kAfterQuote, kBlankAfterQuote, kMalformed };

  char separator_;
  Place place_ = Place::kFieldStart;
};

// The separator that stands most often in the header outside quotes: ';', ',' or tab. nullopt when
// there is none, which is a header of one column or no CSV.
std::optional<char> FindSeparator(std::string_view header);

// The fields of one row in UTF-8; nullopt when it holds another line end outside quotes.
std::optional<std::vector<std::string>> SplitCsvRow(std::string_view row, char separator);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_CSV_ROW_H_
