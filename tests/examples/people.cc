#include "tests/examples/people.h"

#include <cstdio>
#include <cstdlib>

namespace navo::examples {
namespace {

constexpr KnownTo kBoth = KnownTo::kBoth;
constexpr KnownTo kNav = KnownTo::kNav;
constexpr KnownTo kVo = KnownTo::kVo;

std::uint64_t Mix(std::uint64_t value) {  // splitmix64
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

}  // namespace

std::vector<Person> People() {
  std::vector<Person> people = {
      {"amina", "Amina", "Warsame", "so", kBoth, {1991, 3, 14}},
      {"yusuf", "يوسف", "الخطيب", "ar", kBoth, {1985, 11, 2}},
      {"olena", "Олена", "Шевчук", "uk", kNav, {1979, 6, 23}},
      {"tesfay", "ተስፋይ", "ሃይለ", "ti", kVo, {1998, 1, 9}},
      {"signe", "Signe", "Øverås", "nn", kBoth, {1988, 9, 30}},
      {"maryam", "مریم", "احمدزی", "prs", kBoth, {1994, 4, 18}, true},
      {"daniyar", "Данияр", "Ахметов", "kk", kBoth, {1990, 12, 5}, true},
      {"lidia", "Лидия", "Соколова", "ru", kNav, {1972, 2, 29}},
      {"jan", "Jan", "Åsgård", "nb", kBoth, {1983, 7, 7}},
      {"bushra", "بشرى", "العلي", "ar", kBoth, {1986, 8, 21}},
      {"wei", "伟", "李", "zh", kBoth, {1995, 10, 11}},
      {"thuy", "Thùy", "Nguyễn", "vi", kBoth, {1982, 5, 3}},
      {"selam", "ሰላም", "ኪዳነ", "ti", kBoth, {2000, 3, 27}},
      {"abebe", "አበበ", "ተሰማ", "am", kBoth, {1989, 6, 15}},
      {"ioana", "Ioana", "Țurcanu", "ro", kBoth, {1993, 2, 12}},
      {"piotr", "Piotr", "Wójcik", "pl", kBoth, {1987, 1, 31}},
      {"hodan", "Hodan", "Cabdi Nuur", "so", kBoth, {2001, 12, 24}},
      {"rojda", "Rojda", "Yıldız", "kmr", kBoth, {1996, 4, 1}},
      {"shilan", "شیلان", "کەریم", "ckb", kBoth, {1992, 9, 9}},
      {"mehmet", "Mehmet", "Şahin", "tr", kBoth, {1980, 10, 19}},
      {"farhad", "فرهاد", "رضایی", "fa", kBoth, {1978, 7, 25}},
      {"zarghuna", "زرغونه", "ستانکزی", "ps", kBoth, {1999, 5, 17}, true},
      {"imran", "عمران", "چوہدری", "ur", kBoth, {1984, 3, 6}},
      {"chaltu", "Chaltuu", "Dabalaa", "om", kBoth, {1997, 8, 8}},
      {"uwase", "Uwase", "Mukamana", "rw", kBoth, {1990, 11, 28}},
      {"bahati", "Bahati", "Kabongo", "sw", kBoth, {1988, 2, 2}},
      {"merveille", "Merveille", "N'Dala-Ilunga", "ln", kBoth, {2002, 6, 13}},
      {"aicha", "Aïcha", "Diarra", "fr", kBoth, {1994, 12, 16}},
      {"kavitha", "கவிதா", "", "ta", kBoth, {1981, 4, 26}},
      {"carmen", "María del Carmen", "Núñez \"Mari\" Peña", "es", kBoth, {1976, 1, 20}},
      {"dilnoza", "Dilnoza", "G\u2018aniyeva", "uz", kBoth, {1993, 7, 4}},
      {"ravna", "Rávdná", "Sárá-Eira", "se", kBoth, {1999, 10, 30}},
      {"natalia", "Наталія", "Кравець", "uk", kBoth, {1986, 3, 3}, true},
      {"andriy", "Андрій", "Ґалаґан", "uk", kNav, {1974, 9, 14}, true},
      {"samira", "Samira", "Haddad", "ar", kNav, {1990, 5, 22}},
      {"bjarne", "Bjarne", "Sætre", "nb", kNav, {1969, 11, 11}},
      {"grace", "Grace", "Owusu", "en", kNav, {1991, 8, 16}},
      {"filmon", "ፊልሞን", "ገብረ", "ti", kVo, {1996, 2, 7}},
      {"linh", "Linh", "Trâ\u0300n Thị", "vi", kVo, {2003, 1, 12}},
      {"zainab", "زينب", "مراد", "ar", kVo, {1992, 6, 29}},
      {"ahlam", "Ahlam", "", "ar", kVo, {1985, 4, 10}},
      {"eun", "은", "박", "ko", kVo, {1998, 12, 19}},
  };
  int individual = 101;
  for (Person& person : people) {
    person.number = SyntheticNumber(person.birth, individual, person.d_number);
    individual = (individual + 37) % 1000;
  }
  return people;
}

const Person& PersonOf(const std::vector<Person>& people, std::string_view key) {
  for (const Person& person : people) {
    if (person.key == key) return person;
  }
  std::fputs("no such person in the examples\n", stderr);
  std::abort();
}

std::string ExampleUuid(std::uint32_t kind, std::uint32_t number) {
  const std::uint64_t high = Mix((std::uint64_t{kind} << 32) | number);
  const std::uint64_t low = Mix(high);
  char text[37];
  std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx",
                static_cast<unsigned>(high >> 32), static_cast<unsigned>(high >> 16 & 0xFFFF),
                static_cast<unsigned>(high & 0xFFF),
                static_cast<unsigned>(0x8000 | (low >> 48 & 0x3FFF)),
                static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
  return text;
}

}  // namespace navo::examples
