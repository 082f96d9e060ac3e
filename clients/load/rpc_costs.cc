#include "clients/load/rpc_costs.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/load/wire.h"
#include "storage/status_macros.h"

namespace navo::load {
namespace {

// Cases of one veileder and one teacher that are asked about in turn. The first round of each does
// not count: the caller's token is new to the server, and pages are not in memory.
constexpr int kCasesAsked = 5;

}  // namespace

absl::StatusOr<std::vector<CallCost>> CostsOfAct(const Trial& trial, const Act& act,
                                                 int participant, Dice& dice) {
  Wire wire(trial.city());
  Errand errand{.side = act.side, .participant = participant, .act = NewUuid(dice)};
  std::vector<CallCost> costs;
  for (const RpcPtr& rpc : act.calls) {
    CallCost cost{rpc->name()};
    std::string wrong;
    const double cpu_before = trial.server().CpuSeconds();
    const double instructions_before = trial.InstructionsSoFar();
    wire.SendAndWait(*rpc, errand, dice, [&](Answer& answer) {
      wrong = answer.Told();
      cost.statements = static_cast<double>(answer.Statements());
      if (wrong.empty()) wrong = rpc->Take(trial.city(), errand, answer.bytes);
    });
    if (!wrong.empty()) return absl::InternalError(absl::StrCat(cost.name, ": ", wrong));
    if (cost.statements < 0) {
      return absl::InternalError(cost.name + ": the server does not say its statements");
    }
    cost.server_cpu_us = (trial.server().CpuSeconds() - cpu_before) * 1e6;
    cost.instructions = trial.InstructionsSoFar() - instructions_before;
    costs.push_back(std::move(cost));
  }
  return costs;
}

absl::StatusOr<std::map<std::string, MethodCost>> CostsOfMethods(const Trial& trial, int rounds,
                                                                 uint64_t seed) {
  std::map<std::string, MethodCost> costs;
  Dice dice(seed);
  const int first = dice.Below(trial.city().population.teachers()) * kCasesOfTeacher;
  for (const Act& act : EveryAct(false)) {
    for (int round = 0; round < rounds + kCasesAsked; ++round) {
      const int participant = first + round % kCasesAsked;
      NAVO_ASSIGN_OR_RETURN(const std::vector<CallCost> of_act,
                            CostsOfAct(trial, act, participant, dice));
      if (round < kCasesAsked) continue;
      for (const CallCost& cost : of_act) {
        MethodCost& method = costs[cost.name];
        method.statements.Add(cost.statements);
        method.server_cpu_us.Add(cost.server_cpu_us);
        method.instructions.Add(cost.instructions);
      }
    }
  }
  return costs;
}

std::vector<std::string> ToLines(const std::map<std::string, MethodCost>& costs) {
  std::vector<std::string> lines = {absl::StrFormat(
      "%-40s%12s%8s%14s%16s", "one client", "statements", "most", "server us", "instructions")};
  for (const auto& [name, cost] : costs) {
    lines.push_back(absl::StrFormat("%-40s%12.0f%8.0f%14.0f%16.0f", name, cost.statements.Median(),
                                    cost.statements.Most(), cost.server_cpu_us.Median(),
                                    cost.instructions.Median()));
  }
  return lines;
}

void AddCosts(Findings& findings, const std::map<std::string, MethodCost>& costs) {
  for (const auto& [name, cost] : costs) {
    const std::string key = absl::StrCat("rpc.", name, ".");
    findings[key + "statements"].Add(cost.statements.Median());
    findings[key + "cpu_us"].Add(cost.server_cpu_us.Median());
    findings[key + "instructions"].Add(cost.instructions.Median());
  }
}

}  // namespace navo::load
