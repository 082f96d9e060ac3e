// Sending a file of a specialist system to ExchangeService.Import.
#ifndef NAVO_CLIENTS_CPP_IMPORT_H_
#define NAVO_CLIENTS_CPP_IMPORT_H_

#include <atomic>
#include <functional>
#include <istream>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cpp/client.h"
#include "navo/v1/exchange.pb.h"

namespace navo::client {

// Row results and counts so far, as they come; first of all what was `interrupted`, when the import
// goes on from there. Called by one thread at a time, and never after Import has returned.
using ImportObserver = std::function<void(const v1::ImportResponse&)>;

// A `file_key` for this file: a digest of its first 64 KiB, so that a file keeps it when more is
// added at its end. Empty when the file cannot be read again from its start. Leaves it there.
std::string FileKey(std::istream& file);

// Sends `file` to its end in chunks of 256 KiB while the answers are read beside it, so that
// neither side waits for the other's buffers, and returns the final counts. There is no deadline: a
// large file takes its time. Not retried by itself; sending the whole file again is always safe.
//
// With a `file_key` in `start`, an import of this file that broke off goes on where it was, if the
// file still begins with the same bytes; counts and results are of all rows then.
//
// A file that grows meanwhile is sent as long as it was at the beginning, and a line that was not
// whole then is left out, unless it is too long for a row already (1 MiB).
//
// When `stop` becomes true the call ends with CANCELLED; rows that are in stay in.
//
// Errors: the server's; DATA_LOSS when reading the file failed or it became shorter; UNAVAILABLE
// when the connection broke or the answer ended before the server said that everything is in.
absl::StatusOr<v1::ImportCounts> Import(const Client& client, const v1::ImportStart& start,
                                        std::istream& file, const ImportObserver& observer,
                                        const std::atomic<bool>* stop = nullptr);

}  // namespace navo::client

#endif  // NAVO_CLIENTS_CPP_IMPORT_H_
