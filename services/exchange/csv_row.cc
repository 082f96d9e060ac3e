#include "services/exchange/csv_row.h"

#include <csv.h>

#include <array>
#include <cstddef>

namespace navo::services {
namespace {

struct Collected {
  std::vector<std::string> fields;
  int rows = 0;
};

void OnField(void* bytes, std::size_t length, void* collected) {
  static_cast<Collected*>(collected)->fields.emplace_back(static_cast<const char*>(bytes), length);
}

void OnRow(int, void* collected) { ++static_cast<Collected*>(collected)->rows; }

}  // namespace

void CsvQuotes::Take(char byte) {
  const bool is_quote = byte == '"';
  const bool is_separator = byte == separator_;
  const bool is_blank = !is_separator && (byte == ' ' || byte == '\t');
  switch (place_) {
    case Place::kFieldStart:
      if (is_blank || is_separator) return;
      place_ = is_quote ? Place::kQuoted : Place::kPlain;
      return;
    case Place::kPlain:
      if (is_separator) place_ = Place::kFieldStart;
      return;
    case Place::kQuoted:
      if (is_quote) place_ = Place::kAfterQuote;
      return;
    case Place::kAfterQuote:
    case Place::kBlankAfterQuote:
      if (is_separator) {
        place_ = Place::kFieldStart;
      } else if (is_blank) {
        place_ = Place::kBlankAfterQuote;
      } else {
        const bool doubled = is_quote && place_ == Place::kAfterQuote;
        place_ = doubled ? Place::kQuoted : Place::kMalformed;
      }
      return;
    case Place::kMalformed:
      return;
  }
}

std::optional<char> FindSeparator(std::string_view header) {
  constexpr std::array kSeparators = {';', ',', '\t'};
  std::array<int, kSeparators.size()> counts = {};
  bool quoted = false;
  for (const char byte : header) {
    if (byte == '"') quoted = !quoted;
    if (quoted) continue;
    for (std::size_t i = 0; i < kSeparators.size(); ++i) counts[i] += byte == kSeparators[i];
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < kSeparators.size(); ++i) {
    if (counts[i] > counts[best]) best = i;
  }
  if (counts[best] == 0) return std::nullopt;
  return kSeparators[best];
}

std::optional<std::vector<std::string>> SplitCsvRow(std::string_view row, char separator) {
  csv_parser parser;
  if (csv_init(&parser, 0) != 0) return std::nullopt;
  csv_set_delim(&parser, static_cast<unsigned char>(separator));
  csv_set_blk_size(&parser, 4096);  // the default of 128 reallocates a long field 8,000 times
  Collected collected;
  const std::size_t taken = csv_parse(&parser, row.data(), row.size(), OnField, OnRow, &collected);
  const bool complete = taken == row.size() && csv_fini(&parser, OnField, OnRow, &collected) == 0 &&
                        collected.rows == 1;
  csv_free(&parser);
  if (!complete) return std::nullopt;
  return std::move(collected.fields);
}

}  // namespace navo::services
