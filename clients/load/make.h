// `navo-load make`: a database of realistic cases, the same for the same number and seed.
#ifndef NAVO_CLIENTS_LOAD_MAKE_H_
#define NAVO_CLIENTS_LOAD_MAKE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "clients/load/case_writer.h"

namespace navo::load {

struct MakeOptions {
  int participants = 100'000;
  uint64_t seed = 1;
  CaseShape shape;
  int64_t log_rows = 0;  // of the whole access log; more than the cases have: filled up
  std::string database;  // must not exist
  std::string dev;       // folder for `navod --dev`: keys, signing key and seed.json
  std::string navod;     // the program
};

// Where `dev` has the seed file that the server needs.
std::string SeedPath(const std::string& dev);

// What a made database weighs, in bytes with indexes.
struct Sizes {
  double case_bytes = 0;     // without log and kept answers
  double log_row_bytes = 0;  // one row of the access log
  double file_bytes = 0;
};

// Lets navod make the schema and the directory, then adds the cases. ALREADY_EXISTS when there is
// such a file; the errors of navod and of the store.
absl::StatusOr<Sizes> Make(const MakeOptions& options);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_MAKE_H_
