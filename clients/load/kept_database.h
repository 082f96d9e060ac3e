// The benchmark's databases, kept between runs because making one takes minutes.
#ifndef NAVO_CLIENTS_LOAD_KEPT_DATABASE_H_
#define NAVO_CLIENTS_LOAD_KEPT_DATABASE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "clients/load/make.h"

namespace navo::load {

struct KeptOptions {
  std::string root;
  int participants = 0;
  uint64_t seed = 0;
  std::string navod;
  int log_rows_of_case = CaseShape().log_rows;
  int64_t log_rows = 0;  // of the whole log, when it is more
  bool scratch = true;   // with a second copy, for S
};

struct KeptDatabase {
  std::string folder;
  Sizes sizes;
  std::string database() const { return folder + "/navo.db"; }
  std::string scratch() const { return folder + "/scratch.db"; }  // for S alone
  std::string dev() const { return folder + "/dev"; }
};

// Below `root`, under a name made of sizes, seed and schema; made when it is not there. One that
// runs have let grow by a fifth is made anew, so that old runs do not weigh on new ones. Errors: as
// Make; UNAVAILABLE when files cannot be written; RESOURCE_EXHAUSTED, saying what is missing, when
// the disk has no room for it.
absl::StatusOr<KeptDatabase> GetOrMakeDatabase(const KeptOptions& options);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_KEPT_DATABASE_H_
