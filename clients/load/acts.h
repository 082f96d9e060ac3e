// What people do with a case, as acts of one or more calls.
#ifndef NAVO_CLIENTS_LOAD_ACTS_H_
#define NAVO_CLIENTS_LOAD_ACTS_H_

#include <string>
#include <vector>

#include "clients/load/rpcs.h"

namespace navo::load {

struct Act {
  std::string name;
  std::vector<RpcPtr> calls;  // one after the other
  Side side = Side::kNav;
  bool alone = false;  // nobody else may be about the case meanwhile: it takes an etag or a ground
};

// Withdraws the consent both ways and gives it again, which the other side confirms.
Act ChangeOfConsent();

// Together every unary method of the API at least once (a test compares). The acts that leave
// another case behind are about somebody new, or at the end about the case itself when
// `on_the_case`: for databases that nobody measures on again.
std::vector<Act> EveryAct(bool on_the_case);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_ACTS_H_
