// Sending a file of a specialist system to ExchangeService.Import.
#ifndef NAVO_CLIENTS_CPP_IMPORT_H_
#define NAVO_CLIENTS_CPP_IMPORT_H_

#include <functional>
#include <istream>

#include "absl/status/statusor.h"
#include "clients/cpp/client.h"
#include "navo/v1/exchange.pb.h"

namespace navo::client {

// Row results and counts so far, as they come. Called from a thread of its own, never two at once,
// and never after Import has returned.
using ImportObserver = std::function<void(const v1::ImportResponse&)>;

// Sends `file` to its end in chunks of 256 KiB while the answers are read beside it, so that
// neither side waits for the other's buffers, and returns the final counts. There is no deadline: a
// large file takes its time. Not retried by itself; sending the whole file again is always safe.
//
// Errors: the server's; DATA_LOSS when reading the file failed; UNAVAILABLE when the connection
// broke or the answer ended before the server said that everything is in.
absl::StatusOr<v1::ImportCounts> Import(const Client& client, const v1::ImportStart& start,
                                        std::istream& file, const ImportObserver& observer);

}  // namespace navo::client

#endif  // NAVO_CLIENTS_CPP_IMPORT_H_
