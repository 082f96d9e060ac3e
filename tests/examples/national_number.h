// National identity numbers of people who do not exist: Skatteetaten's synthetic series (Tenor),
// month + 80, with control digits that hold. No number of a real person has such a month.
//
// Pure; any thread.
#ifndef NAVO_TESTS_EXAMPLES_NATIONAL_NUMBER_H_
#define NAVO_TESTS_EXAMPLES_NATIONAL_NUMBER_H_

#include <string>

namespace navo::examples {

struct BirthDate {
  int year;
  int month;
  int day;
};

// The first number from `individual` (0 to 999) on whose control digits both exist. With `d_number`
// the day is 40 higher.
std::string SyntheticNumber(const BirthDate& birth, int individual, bool d_number);

// The same number with another last digit, so that its control fails.
std::string WithWrongControl(std::string number);

}  // namespace navo::examples

#endif  // NAVO_TESTS_EXAMPLES_NATIONAL_NUMBER_H_
