#ifndef NAVO_STORAGE_GUARDED_H_
#define NAVO_STORAGE_GUARDED_H_

#include <utility>

#include "navo/v1/common.pb.h"
#include "storage/author.h"

// Rows leave storage closed. A Guarded value says whose it is and how sensitive, and only the
// door's Case can open it, after the decision: forgetting a check does not compile.
namespace navo::door {
class Case;
}  // namespace navo::door

namespace navo::storage {

struct Label {
  v1::Category category = v1::CATEGORY_UNSPECIFIED;
  Author author;
  bool exempted = false;  // from the participant's own view, by law
  bool locked = false;    // office lock: for the author's unit and the participant alone
};

// The right to open; only the door can make one.
class OpenKey {
  friend class ::navo::door::Case;
  OpenKey() = default;
};

template <typename T>
class Guarded {
 public:
  Guarded() = default;
  Guarded(Label label, T value) : label_(label), value_(std::move(value)) {}

  const Label& label() const { return label_; }
  const T& Open(const OpenKey&) const { return value_; }

 private:
  Label label_;
  T value_{};
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_GUARDED_H_
