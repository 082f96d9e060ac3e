#include "clients/load/rpc.h"

#include <algorithm>

namespace navo::load {

std::string Rpc::name() const {
  std::string name = method_.substr(method_.rfind('.') + 1);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

}  // namespace navo::load
