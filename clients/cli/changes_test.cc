#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/testing_app.h"

namespace navo::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ChangesTest : public AppTest {
 protected:
  ChangesTest() : file_(testing::TempDir() + "navo-changes-cursor") {
    std::remove(file_.c_str());
    v1::ListChangesResponse& first = feed_.pages.emplace_back();
    v1::Change* opened = first.add_changes();
    opened->set_participant_id("p1");
    opened->set_subject(v1::CHANGE_SUBJECT_ACCESS);
    opened->set_act(v1::CHANGE_ACT_ACCESS_OPENED);
    opened->set_owner_controller("oslo-vo");
    opened->add_categories(v1::CATEGORY_PLAN);
    opened->add_categories(v1::CATEGORY_LANGUAGE);
    first.set_next_cursor("cursor-1");
    first.set_has_more(true);
    v1::ListChangesResponse& second = feed_.pages.emplace_back();
    v1::Change* step = second.add_changes();
    step->set_participant_id("p1");
    step->set_subject(v1::CHANGE_SUBJECT_PLAN_STEP);
    step->set_act(v1::CHANGE_ACT_CREATED);
    step->set_record_id("s1");
    step->set_owner_controller("oslo-vo");
    step->set_owner_unit("vo-rosenhof");
    step->mutable_time()->set_seconds(1'793'606'400);
    second.set_next_cursor("cursor-2");
  }

  std::string Kept() const {
    std::ifstream in(file_);
    std::string line;
    std::getline(in, line);
    return line;
  }

  const std::string file_;
};

TEST_F(ChangesTest, EveryPageIsPrintedInLinesOfOneOrder) {
  EXPECT_EQ(Run({"changes", "--since", "cursor-0"}), 0) << error_;
  EXPECT_THAT(feed_.asked, ElementsAre("cursor-0", "cursor-1"));
  EXPECT_EQ(out_,
            "now               p1  access opened  oslo-vo  plan, language\n"
            "2026-11-02 09:00  p1  plan step created  oslo-vo, vo-rosenhof  s1\n"
            "Go on from here with: navo changes --since cursor-2\n");
}

TEST_F(ChangesTest, JsonIsOneLineForEachAndTheCursorLast) {
  EXPECT_EQ(Run({"--json", "changes"}), 0) << error_;
  std::vector<std::string> lines;
  std::istringstream out(out_);
  for (std::string line; std::getline(out, line);) lines.push_back(line);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[1], HasSubstr(R"("record_id":"s1")"));
  EXPECT_EQ(lines[2], R"({"next_cursor":"cursor-2"})");
}

TEST_F(ChangesTest, TheCursorIsKeptInAFileAndGoneOnFrom) {
  EXPECT_EQ(Run({"changes", "--cursor-file", file_}), 0) << error_;
  EXPECT_EQ(Kept(), "cursor-2");
  EXPECT_EQ(out_.find("--since"), std::string::npos);
  EXPECT_EQ(Run({"changes", "--cursor-file", file_}), 0) << error_;
  EXPECT_THAT(feed_.asked, ElementsAre("", "cursor-1", "cursor-2"));
  EXPECT_EQ(Kept(), "the-end");
}

TEST_F(ChangesTest, AnEmptyFileIsALostCursorAndNoFirstRun) {
  for (const char* content : {"", "\n", " \r\n"}) {
    WriteFileAt(file_, content);
    EXPECT_EQ(Run({"changes", "--cursor-file", file_}), 2);
    EXPECT_THAT(error_, HasSubstr("is empty: put the last cursor back"));
    EXPECT_EQ(out_, "");
    EXPECT_THAT(feed_.asked, ElementsAre());
  }
}

TEST_F(ChangesTest, AnEmptyCursorOnTheCommandLineIsRefusedToo) {
  EXPECT_EQ(Run({"changes", "--since", ""}), 2);
  EXPECT_THAT(error_, HasSubstr("leave it out to begin at now"));
  EXPECT_THAT(feed_.asked, ElementsAre());
}

TEST_F(ChangesTest, FollowingAsksAgainWhileItMay) {
  pauses_ = 2;
  EXPECT_EQ(Run({"changes", "--follow", "--cursor-file", file_}), 0) << error_;
  EXPECT_THAT(feed_.asked, ElementsAre("", "cursor-1", "cursor-2", "the-end"));
}

TEST_F(ChangesTest, AFileThatCannotBeWrittenEndsIt) {
  EXPECT_EQ(Run({"changes", "--cursor-file", "/dev/null/cursor"}), 5);
  EXPECT_THAT(feed_.asked, ElementsAre(""));
}

TEST_F(ChangesTest, TwoCursorsAreOneTooMany) {
  EXPECT_EQ(Run({"changes", "--since", "x", "--cursor-file", file_}), 2);
}

}  // namespace
}  // namespace navo::cli
