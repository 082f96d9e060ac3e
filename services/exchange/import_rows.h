#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "navo/v1/exchange.pb.h"
#include "services/exchange/import_batch.h"
#include "services/exchange/import_file.h"

// The rows between two answers: written and reported together.
namespace navo::services {

// Rows between two answers, at most.
inline constexpr std::size_t kMaxBatchRows = 500;
// A closure takes no more rows when it has run so many statements: what the last one needs fits in
// the budget of a closure. A batch is one closure unless its rows are unusually costly.
inline constexpr int64_t kStatementsForRows = 14'000;

// Whether any of the rows needs the database.
bool NeedsWriting(const std::vector<ImportRow>& rows);

// Applies the rows from number `first` on in their order, as many as one closure may; returns the
// number of the first that is left. `fates`, of the same length, gets one for each, anew each time
// it is run. Errors: of the engine, and then nothing of these rows is in.
absl::StatusOr<std::size_t> ApplyRows(storage::WriteTx& tx, const ImportScope& scope,
                                      absl::Span<const ImportRow> rows, std::size_t first,
                                      absl::Span<RowFate> fates);

// Fates of rows that need no database: problems and remarks, by the rows alone.
std::vector<RowFate> FatesWithoutWriting(const std::vector<ImportRow>& rows);

// Counts the rows, and lists those that the reader of the report must see.
void Report(const std::vector<ImportRow>& rows, const std::vector<RowFate>& fates,
            v1::ImportCounts& counts, v1::ImportResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_
