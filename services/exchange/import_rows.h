#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_

#include <vector>

#include "absl/status/status.h"
#include "navo/v1/exchange.pb.h"
#include "services/exchange/import_batch.h"
#include "services/exchange/import_file.h"

// The rows between two answers: written in one transaction and reported together.
namespace navo::services {

// Rows in one transaction, at most: each costs about 30 statements of its budget.
inline constexpr std::size_t kMaxBatchRows = 500;

// Whether any of the rows needs the database.
bool NeedsWriting(const std::vector<ImportRow>& rows);

// Applies the rows in their order; `fates` gets one for each row, anew each time it is run. Errors:
// of the engine, and then nothing of the batch is in.
absl::Status ApplyRows(storage::WriteTx& tx, const ImportScope& scope,
                       const std::vector<ImportRow>& rows, std::vector<RowFate>& fates);

// Fates of rows that need no database: problems and remarks, by the rows alone.
std::vector<RowFate> FatesWithoutWriting(const std::vector<ImportRow>& rows);

// Counts the rows, and lists those that the reader of the report must see.
void Report(const std::vector<ImportRow>& rows, const std::vector<RowFate>& fates,
            v1::ImportCounts& counts, v1::ImportResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_ROWS_H_
