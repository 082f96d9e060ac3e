// How many people the benchmark's city has and who works with whom. Everything follows from the
// number of participants: sizes are those of a NAV office and an adult education centre.
#ifndef NAVO_CLIENTS_LOAD_POPULATION_H_
#define NAVO_CLIENTS_LOAD_POPULATION_H_

#include <string>

namespace navo::load {

inline constexpr int kCasesOfVeileder = 80;
inline constexpr int kCasesOfTeacher = 50;
inline constexpr int kVeilederesInUnit = 16;
inline constexpr int kTeachersInUnit = 25;

inline constexpr char kNavController[] = "nav-statlig";
inline constexpr char kVoController[] = "oslo-vo";

// Systems that send files, of the first office and of the first school.
inline constexpr char kNavSystem[] = "fagsystem-nav";
inline constexpr char kVoSystem[] = "fagsystem-vo";

// Participants are numbered from 0. Pure; any thread.
class Population {
 public:
  explicit Population(int participants) : participants_(participants) {}

  int participants() const { return participants_; }
  int veilederes() const { return Groups(participants_, kCasesOfVeileder); }
  int teachers() const { return Groups(participants_, kCasesOfTeacher); }
  int nav_units() const { return Groups(veilederes(), kVeilederesInUnit); }
  int vo_units() const { return Groups(teachers(), kTeachersInUnit); }

  int VeilederOf(int participant) const { return participant / kCasesOfVeileder; }
  int TeacherOf(int participant) const { return participant / kCasesOfTeacher; }
  // How many cases a veileder has: the last one may have fewer.
  int CasesOf(int veileder) const;
  int CasesOfTeacher(int teacher) const;

  // Ids and subjects in the seed file.
  static std::string NavUnit(int veileder);
  static std::string VoUnit(int teacher);
  static std::string Veileder(int number);
  static std::string Teacher(int number);

  // The seed file for `navod --seed`.
  std::string SeedFile() const;

 private:
  static int Groups(int members, int size) { return (members + size - 1) / size; }

  int participants_;
};

// A synthetic national identity number (Tenor series, month + 80), another one for each `number`
// below about 25 million.
std::string SyntheticNumber(int number);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_POPULATION_H_
