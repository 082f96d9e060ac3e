// The people of the examples. None of them exists.
#ifndef NAVO_TESTS_EXAMPLES_PEOPLE_H_
#define NAVO_TESTS_EXAMPLES_PEOPLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/examples/national_number.h"

namespace navo::examples {

enum class KnownTo { kBoth, kNav, kVo };

struct Person {
  std::string_view key;  // how the seed and the stories call them
  std::string_view given_name;
  std::string_view family_name;
  std::string_view language;  // BCP 47
  KnownTo known_to;
  BirthDate birth;
  bool d_number = false;
  std::string number = {};  // set by People()
};

// All of them, in a fixed order, with their numbers.
std::vector<Person> People();

// The person with that key, which must be there.
const Person& PersonOf(const std::vector<Person>& people, std::string_view key);

// UUIDs that are the same in every run: version 4 in form, made from `kind` and `number`.
std::string ExampleUuid(std::uint32_t kind, std::uint32_t number);

}  // namespace navo::examples

#endif  // NAVO_TESTS_EXAMPLES_PEOPLE_H_
