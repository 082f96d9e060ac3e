// The benchmark's databases, kept between runs because making one takes minutes.
#ifndef NAVO_CLIENTS_LOAD_KEPT_DATABASE_H_
#define NAVO_CLIENTS_LOAD_KEPT_DATABASE_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/load/make.h"

namespace navo::load {

struct KeptDatabase {
  std::string folder;
  Sizes sizes;
  bool made_now = false;
  std::string database() const { return folder + "/navo.db"; }
  std::string scratch() const { return folder + "/scratch.db"; }  // for S alone
  std::string dev() const { return folder + "/dev"; }
};

// Below `root`, under a name made of number, seed and schema; made when it is not there. One that
// runs have let grow by a fifth is made anew, so that old runs do not weigh on new ones. Errors:
// as Make; UNAVAILABLE when files cannot be written.
absl::StatusOr<KeptDatabase> GetOrMakeDatabase(const std::string& root, int participants,
                                               uint64_t seed, const std::string& navod);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_KEPT_DATABASE_H_
