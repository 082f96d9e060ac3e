#ifndef NAVO_TESTS_SUPPORT_ROW_OPENER_H_
#define NAVO_TESTS_SUPPORT_ROW_OPENER_H_

#include "storage/guarded.h"

// Rows are opened by the door alone; in tests of storage, which do not link the door, this stands
// in.
namespace navo::door {

class Case {
 public:
  template <typename T>
  static const T& Open(const storage::Guarded<T>& guarded) {
    return guarded.Open(storage::OpenKey());
  }
};

}  // namespace navo::door

#endif  // NAVO_TESTS_SUPPORT_ROW_OPENER_H_
