// A story is told step by step while it happens: who does what, and what each side sees then. The
// text is compared with a golden one, so that a change of what anybody sees is read by a person.
#ifndef NAVO_TESTS_STORIES_STORY_H_
#define NAVO_TESTS_STORIES_STORY_H_

#include <string>

#include "absl/status/status.h"
#include "clients/cpp/client.h"
#include "google/type/date.pb.h"
#include "navo/v1/common.pb.h"

namespace navo::stories {

class Story {
 public:
  explicit Story(const std::string& title);

  void Step(const std::string& title);
  void Say(const std::string& line);                             // somebody does something
  void Show(const std::string& what, const std::string& lines);  // what it looks like then
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// The whole case as this caller sees it, read in one act of theirs.
std::string CaseAsSeenBy(const client::Client& caller, const std::string& participant_id);

// What a status says, and the metadata that helps.
std::string Told(const absl::Status& status);
std::string DateText(const google::type::Date& date);
std::string WithheldText(const v1::Withheld& withheld);

// Compares with the golden file beside the test. When they differ, the test fails and shows the
// lines that do; with NAVO_UPDATE_GOLDEN=1 the file is written instead, to be read before it is
// kept.
void ExpectGolden(const std::string& file, const std::string& text);

}  // namespace navo::stories

#endif  // NAVO_TESTS_STORIES_STORY_H_
