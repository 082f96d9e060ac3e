// `navo-load instructions`: how many instructions the server needs for one R and one W, counted by
// callgrind on a small load that is the same each time, and compared with what the repository says.
#ifndef NAVO_CLIENTS_LOAD_INSTRUCTION_CHECK_H_
#define NAVO_CLIENTS_LOAD_INSTRUCTION_CHECK_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace navo::load {

inline constexpr int64_t kMostMorePercent = 5;  // instructions than expected

struct InstructionOptions {
  std::string navod;
  std::string valgrind;           // the program
  std::string callgrind_control;  // likewise
  std::string folder;             // for the database and callgrind's files; emptied first
  int calls = 1'000;
};

// By the load's letter, a call.
using InstructionCounts = std::map<std::string, int64_t>;

// Makes a database, starts the server under callgrind and sends it R and W, by one client that
// waits for every answer. Errors: as Make and Trial; INTERNAL for a wrong answer, or when callgrind
// does not write what it should.
absl::StatusOr<InstructionCounts> CountInstructions(const InstructionOptions& options);

// The file in the repository: lines "R 123456", and comments after '#'. Errors: NOT_FOUND;
// INVALID_ARGUMENT for another line.
absl::StatusOr<InstructionCounts> ReadExpected(const std::string& path);
// `remark` says with what it was counted. UNAVAILABLE when the file cannot be written.
absl::Status WriteExpected(const std::string& path, const InstructionCounts& counts,
                           const std::string& remark);

// A line for each load, for people. FAILED_PRECONDITION when one needs over kMostMorePercent more
// than expected or is missing; a load that needs as much less is told to be updated, and is no
// error.
struct Comparison {
  std::string text;
  absl::Status status;
};
Comparison Compare(const InstructionCounts& expected, const InstructionCounts& seen);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_INSTRUCTION_CHECK_H_
