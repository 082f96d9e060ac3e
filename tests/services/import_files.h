// Sending files to ExchangeService.Import as a test wants them cut, and making small ones.
#ifndef NAVO_TESTS_SERVICES_IMPORT_FILES_H_
#define NAVO_TESTS_SERVICES_IMPORT_FILES_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "navo/v1/exchange.pb.h"
#include "tests/support/test_server.h"

namespace navo::support {

struct Imported {
  absl::Status status;
  v1::ImportCounts counts;             // of the last answer
  std::vector<v1::RowResult> results;  // of all answers
  int answers = 0;
  bool done = false;
};

struct Sending {
  v1::ImportFormat format = v1::IMPORT_FORMAT_NAV_DELTAKER;
  v1::TextEncoding encoding = v1::TEXT_ENCODING_UTF_8;
  std::string source_system = "komet";
  std::string file_key;
  bool dry_run = false;
  std::size_t chunk_bytes = 256 * 1024;
  // Cancels the call when so many bytes were sent and so many rows answered; 0: not.
  std::size_t cancel_after_bytes = 0;
  int64_t cancel_after_rows = 0;
};

Imported Import(const client::Client& system, const std::string& file, const Sending& how);

// A file of docs/examples.
std::string ExampleText(const std::string& name);

// One participation as NAV sends it, with the id and offering of this number.
nlohmann::json Participation(const std::string& number, int id);
// The message around it, a line.
std::string Line(const nlohmann::json& participation);
std::string ParticipationId(int id);

// What stands in the database, counted in a copy of it.
struct Stored {
  int64_t participants = 0;
  int64_t ties = 0;
  int64_t steps = 0;
  int64_t journal = 0;
  int64_t access_log = 0;
  int64_t shadows = 0;  // participants of a realm of their own
  int64_t import_runs = 0;
  int64_t import_run_parts = 0;
  friend bool operator==(const Stored&, const Stored&) = default;
};
Stored Count(const TestServer& server);

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_IMPORT_FILES_H_
