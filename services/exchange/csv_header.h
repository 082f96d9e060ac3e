// Which column of a CSV file holds what, and the fields of its rows, read one after the other until
// one is wrong. What the tabular formats of exchange.md 4 have in common.
#ifndef NAVO_SERVICES_EXCHANGE_CSV_HEADER_H_
#define NAVO_SERVICES_EXCHANGE_CSV_HEADER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace navo::services {

struct CsvColumn {
  std::string_view name;
  std::string_view norwegian;  // the same with its Norwegian letters; empty where it has none
  bool required;               // the header must have it; a field of it may still be empty
};

// A tabular format: its name and its columns, in the order of the documentation. Static.
struct CsvProfile {
  std::string_view name;
  absl::Span<const CsvColumn> columns;
};

// The header row of one file. A value; refers to the profile, which is static.
class CsvHeader {
 public:
  // Names are compared without regard to case. Errors: INVALID_ARGUMENT FORMAT_UNKNOWN when a
  // required column is not there, or a known column stands twice. The text names the columns.
  static absl::StatusOr<CsvHeader> Parse(const CsvProfile& profile,
                                         const std::vector<std::string>& header);

  // Columns nobody reads, once each: their names, or "column 7" where the name could be data.
  const std::vector<std::string>& unknown_columns() const { return unknown_columns_; }

  // The field of a row that has as many fields as the header; empty when the file lacks the column.
  // `column` counts in the profile.
  std::string_view Field(const std::vector<std::string>& fields, std::size_t column) const;

  std::string_view NameOf(std::size_t column) const { return profile_->columns[column].name; }

 private:
  explicit CsvHeader(const CsvProfile& profile)
      : profile_(&profile), positions_(profile.columns.size()) {}

  const CsvProfile* profile_;
  std::vector<std::optional<std::size_t>> positions_;
  std::vector<std::string> unknown_columns_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_CSV_HEADER_H_
