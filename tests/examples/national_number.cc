#include "tests/examples/national_number.h"

#include <array>
#include <cstddef>

namespace navo::examples {
namespace {

constexpr std::array<int, 9> kFirstWeights = {3, 7, 6, 1, 8, 9, 4, 5, 2};
constexpr std::array<int, 10> kSecondWeights = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

// 10 is no digit: such a number is not issued.
template <std::size_t kSize>
int ControlDigit(const std::string& digits, const std::array<int, kSize>& weights) {
  int sum = 0;
  for (std::size_t i = 0; i < kSize; ++i) sum += (digits[i] - '0') * weights[i];
  return (11 - sum % 11) % 11;
}

std::string Digits(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - digits.size(), '0') + digits;
}

}  // namespace

std::string SyntheticNumber(const BirthDate& birth, int individual, bool d_number) {
  const std::string date = Digits(birth.day + (d_number ? 40 : 0), 2) +
                           Digits(birth.month + 80, 2) + Digits(birth.year % 100, 2);
  while (true) {
    std::string number = date + Digits(individual % 1000, 3);
    const int first = ControlDigit(number, kFirstWeights);
    if (first < 10) {
      number += std::to_string(first);
      const int second = ControlDigit(number, kSecondWeights);
      if (second < 10) return number + std::to_string(second);
    }
    ++individual;
  }
}

std::string WithWrongControl(std::string number) {
  number.back() = number.back() == '9' ? '0' : static_cast<char>(number.back() + 1);
  return number;
}

}  // namespace navo::examples
