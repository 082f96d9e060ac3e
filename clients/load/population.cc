#include "clients/load/population.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace navo::load {
namespace {

using nlohmann::json;

constexpr char kIssuer[] = "https://localhost/navo-dev";
constexpr int kDates = 28 * 12 * 100;  // days that every month has, in a hundred years

json Unit(const std::string& id, const char* controller, const std::string& name) {
  return {{"id", id}, {"controller", controller}, {"name", name}};
}

json Person(const std::string& subject, const std::string& name, const std::string& unit,
            const char* role) {
  return {{"key", subject},
          {"name", name},
          {"issuer", kIssuer},
          {"subject", subject},
          {"memberships", {{{"unit", unit}, {"roles", {role}}, {"from", "2024-01-01"}}}}};
}

json System(const char* subject, const std::string& unit, const json& imports) {
  json system = Person(subject, subject, unit, "INTEGRASJON");
  system["imports"] = imports;
  return system;
}

// The control digit of the digits so far; 10 is none.
template <std::size_t kSize>
int ControlDigit(const std::string& digits, const std::array<int, kSize>& weights) {
  int sum = 0;
  for (std::size_t i = 0; i < kSize; ++i) sum += (digits[i] - '0') * weights[i];
  return (11 - sum % 11) % 11;
}

}  // namespace

int Population::CasesOf(int veileder) const {
  return std::min(kCasesOfVeileder, participants_ - veileder * kCasesOfVeileder);
}

int Population::CasesOfTeacher(int teacher) const {
  return std::min(kCasesOfTeacher, participants_ - teacher * kCasesOfTeacher);
}

std::string Population::NavUnit(int veileder) {
  return absl::StrCat("nav-kontor-", veileder / kVeilederesInUnit);
}
std::string Population::VoUnit(int teacher) {
  return absl::StrCat("vo-senter-", teacher / kTeachersInUnit);
}
std::string Population::Veileder(int number) { return absl::StrCat("veileder-", number); }
std::string Population::Teacher(int number) { return absl::StrCat("laerer-", number); }

std::string Population::SeedFile() const {
  json seed;
  seed["controllers"] = {
      {{"id", kNavController}, {"kind", "NAV_STAT"}, {"name", "NAV, statlig linje"}},
      {{"id", kVoController}, {"kind", "VO"}, {"name", "Oslo voksenopplæring"}}};
  for (int i = 0; i < nav_units(); ++i) {
    seed["units"].push_back(
        Unit(NavUnit(i * kVeilederesInUnit), kNavController, absl::StrCat("NAV-kontor ", i)));
  }
  for (int i = 0; i < vo_units(); ++i) {
    seed["units"].push_back(
        Unit(VoUnit(i * kTeachersInUnit), kVoController, absl::StrCat("VO-senter ", i)));
  }
  for (int i = 0; i < veilederes(); ++i) {
    seed["staff"].push_back(
        Person(Veileder(i), absl::StrCat("Kari Nordby ", i), NavUnit(i), "VEILEDER"));
  }
  for (int i = 0; i < teachers(); ++i) {
    seed["staff"].push_back(Person(Teacher(i), absl::StrCat("Tone Lie ", i), VoUnit(i), "LAERER"));
  }
  seed["systems"] = {System(kNavSystem, NavUnit(0), {"NAV_DELTAKER", "NAV_GJENNOMFOERING"}),
                     System(kVoSystem, VoUnit(0), {"VO_ELEVER"})};
  return seed.dump(1);
}

std::string SyntheticNumber(int number) {
  constexpr std::array<int, 9> kFirst = {3, 7, 6, 1, 8, 9, 4, 5, 2};
  constexpr std::array<int, 10> kSecond = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  const int date = number % kDates;
  const std::string begin =
      absl::StrFormat("%02d%02d%02d", 1 + date % 28, 81 + date / 28 % 12, date / 28 / 12);
  // Two thirds of the individual numbers have control digits.
  int left = number / kDates;
  for (int individual = 0; individual < 1000; ++individual) {
    std::string digits = absl::StrCat(begin, absl::StrFormat("%03d", individual));
    const int first = ControlDigit(digits, kFirst);
    if (first == 10) continue;
    absl::StrAppend(&digits, first);
    const int second = ControlDigit(digits, kSecond);
    if (second == 10 || left-- > 0) continue;
    return absl::StrCat(digits, second);
  }
  return {};
}

}  // namespace navo::load
