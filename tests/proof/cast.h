#ifndef NAVO_TESTS_PROOF_CAST_H_
#define NAVO_TESTS_PROOF_CAST_H_

#include <random>
#include <string>

#include "tests/proof/model.h"

namespace navo::proof {

// The trial people of docs/examples/seed.json and more of them, with protections, protection roles
// and scopes drawn by `random`; written to `seed_file`, from which the server reads who is who.
// Nobody is registered.
World MakeCast(std::mt19937_64& random, const std::string& seed_file);

// Writes the protection of these people to the seed file, which the server reads when it starts.
void WriteProtection(const std::vector<Person>& people, const std::string& seed_file);
// What a register might say of somebody.
void DrawProtection(std::mt19937_64& random, Person& person);

// A number below `bound`, alike on every machine.
std::size_t Below(std::mt19937_64& random, std::size_t bound);
// True once in `times`.
bool Once(std::mt19937_64& random, std::size_t times);

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_CAST_H_
