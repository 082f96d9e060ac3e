// What the generator writes. All of it is the same in every run.
#ifndef NAVO_TESTS_EXAMPLES_FILES_H_
#define NAVO_TESTS_EXAMPLES_FILES_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/examples/example_file.h"
#include "tests/examples/people.h"

namespace navo::examples {

// Kinds for ExampleUuid.
inline constexpr std::uint32_t kOfferingUuid = 1;
inline constexpr std::uint32_t kParticipationUuid = 2;

// How many offerings nav-gjennomforinger.jsonl brings.
inline constexpr std::uint32_t kOfferings = 10;

ExampleFile NavParticipationFile(const std::vector<Person>& people);
ExampleFile NavOfferingFile();
ExampleFile VoPupilFile(const std::vector<Person>& people);
// The same format with other habits: Windows-1252, commas, unquoted, LF.
ExampleFile VoPupilFileInWindows1252();
// The elev_id that VoPupilFile gives a person, who is known to adult education.
std::string PupilIdOf(const std::vector<Person>& people, std::string_view key);
// The kurs_id that VoCourseFile gives a person first.
std::string CourseIdOf(const std::vector<Person>& people, std::string_view key);
// Courses of those pupils: tabs, no byte order mark, LF and CRLF.
ExampleFile VoCourseFile(const std::vector<Person>& people);
// Hours and absence in those courses: UTF-8 with byte order mark, ';', CRLF, decimal commas.
ExampleFile VoAbsenceFile(const std::vector<Person>& people);
// Windows-1252, commas, LF.
ExampleFile NorskproveFile(const std::vector<Person>& people);

// Controllers, units, staff, systems, trial participants and protection: what a server of the
// examples starts from.
std::string SeedJson(const std::vector<Person>& people);

// Everything under docs/examples, by path there.
std::map<std::string, std::string> AllFiles();

}  // namespace navo::examples

#endif  // NAVO_TESTS_EXAMPLES_FILES_H_
