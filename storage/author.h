#ifndef NAVO_STORAGE_AUTHOR_H_
#define NAVO_STORAGE_AUTHOR_H_

#include <cstdint>

namespace navo::storage {

// Who wrote a row and whose it is. Keys of the directory.
struct Author {
  int64_t controller_key = 0;
  int64_t unit_key = 0;
  int64_t principal_key = 0;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_AUTHOR_H_
