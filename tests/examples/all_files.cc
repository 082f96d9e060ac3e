#include "tests/examples/files.h"

namespace navo::examples {

std::map<std::string, std::string> AllFiles() {
  const std::vector<Person> people = People();
  std::map<std::string, std::string> files;
  for (const ExampleFile& file :
       {NavParticipationFile(people), NavOfferingFile(), VoPupilFile(people),
        VoPupilFileInWindows1252(), VoCourseFile(people), VoAbsenceFile(people),
        NorskproveFile(people)}) {
    files[file.name()] = file.bytes();
    files[file.ExpectedName()] = file.ExpectedJson();
  }
  files["seed.json"] = SeedJson(people);
  // For `navo participant lookup --number-file`: a number never stands on a command line.
  for (const std::string_view key :
       {"amina", "yusuf", "olena", "tesfay", "signe", "maryam", "bushra"}) {
    files["numbers/" + std::string(key) + ".txt"] = PersonOf(people, key).number + "\n";
  }
  return files;
}

}  // namespace navo::examples
