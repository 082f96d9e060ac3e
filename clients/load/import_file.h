// `navo-load import-file`: a large file to take in, the same for the same format, number and seed.
#ifndef NAVO_CLIENTS_LOAD_IMPORT_FILE_H_
#define NAVO_CLIENTS_LOAD_IMPORT_FILE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace navo::load {

// One row in so many is wrong (a number whose control digit fails), so that a report has lines.
inline constexpr int kRowsForABadOne = 1'000;

struct ImportFileOptions {
  std::string format = "nav-deltaker";  // or "vo-elever", as `navo import` names them
  int rows = 1'000'000;                 // at most 2,000,000
  uint64_t seed = 1;
  std::string file;  // is overwritten
};

// Each row is of another person, who is in no database that `navo-load make` makes. Participations
// name one of 300 offerings. Errors: INVALID_ARGUMENT for an unknown format; DATA_LOSS when the
// file could not be written.
absl::Status WriteImportFile(const ImportFileOptions& options);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_IMPORT_FILE_H_
