// What each method of the API costs: SQL statements, and the server's processor time and
// instructions, by one client that waits for every answer.
#ifndef NAVO_CLIENTS_LOAD_RPC_COSTS_H_
#define NAVO_CLIENTS_LOAD_RPC_COSTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/load/acts.h"
#include "clients/load/figures.h"
#include "clients/load/trial.h"

namespace navo::load {

struct CallCost {
  std::string name;  // of the method
  double statements = 0;
  double server_cpu_us = 0;
  double instructions = 0;
};

// Does the act once about the participant; one cost for each of its calls. INTERNAL with the first
// wrong answer.
absl::StatusOr<std::vector<CallCost>> CostsOfAct(const Trial& trial, const Act& act,
                                                 int participant, Dice& dice);

struct MethodCost {
  Figure statements;
  Figure server_cpu_us;
  Figure instructions;
};

// Every method by its name, each act `rounds` times about cases of the kept database.
absl::StatusOr<std::map<std::string, MethodCost>> CostsOfMethods(const Trial& trial, int rounds,
                                                                 uint64_t seed);

// Lines ready to print; the same as figures "rpc.NAME.statements" and so on.
std::vector<std::string> ToLines(const std::map<std::string, MethodCost>& costs);
void AddCosts(Findings& findings, const std::map<std::string, MethodCost>& costs);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_RPC_COSTS_H_
