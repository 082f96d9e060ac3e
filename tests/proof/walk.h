#ifndef NAVO_TESTS_PROOF_WALK_H_
#define NAVO_TESTS_PROOF_WALK_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/proof/play.h"

namespace navo::proof {

// What a walk through a world came to.
struct Walked {
  int64_t calls = 0;
  int64_t comparisons = 0;               // of single things shown, withheld or refused
  std::map<std::string, int64_t> asked;  // calls by method
  std::map<std::string, int64_t> shown;  // of these, answered with something
  std::vector<std::string> findings;     // where server and model differ

  void Add(const Walked& other);
};

// Every caller of the world asks every read RPC about everybody, over all pages, with filters; each
// answer is held against the model.
Walked Walk(Play& play);

// Every RPC of navo.v1 that reads: those whose request has no request_id and is not a stream.
std::vector<std::string> ReadMethods();
// Those of which the model says what they show.
std::vector<std::string> ModelledMethods();
// Those of which it only says which texts they may not hold, whoever asks about whomever.
std::vector<std::string> SearchedMethods();

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_WALK_H_
