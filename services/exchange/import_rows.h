#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "navo/v1/exchange.pb.h"
#include "services/exchange/import_batch.h"
#include "services/exchange/import_file.h"

// The rows between two answers: written and reported together.
namespace navo::services {

// Rows between two answers, at most.
inline constexpr std::size_t kMaxBatchRows = 500;
// Rows in one closure. The closures of a batch wait for the writer together and share its commit.
// More in one would be slower: the engine keeps what each closure changed, for its savepoint, in a
// list that it walks with every statement.
inline constexpr std::size_t kRowsPerClosure = 25;

// Whether any of the rows needs the database.
bool NeedsWriting(const std::vector<ImportRow>& rows);

// Applies the rows in their order; `fates`, of the same length, gets one for each row, anew each
// time it is run. Errors: of the engine, and then nothing of these rows is in.
absl::Status ApplyRows(storage::WriteTx& tx, const ImportScope& scope,
                       absl::Span<const ImportRow> rows, absl::Span<RowFate> fates);

// Fates of rows that need no database: problems and remarks, by the rows alone.
std::vector<RowFate> FatesWithoutWriting(const std::vector<ImportRow>& rows);

// Counts the rows, and lists those that the reader of the report must see.
void Report(const std::vector<ImportRow>& rows, const std::vector<RowFate>& fates,
            v1::ImportCounts& counts, v1::ImportResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_
