#include "clients/cli/words.h"

#include <gtest/gtest.h>

#include <set>

#include "navo/v1/access_log.pb.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/exchange.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/participant.pb.h"
#include "navo/v1/plan.pb.h"

namespace navo::cli {
namespace {

std::vector<const google::protobuf::EnumDescriptor*> AllEnums() {
  std::vector<const google::protobuf::EnumDescriptor*> enums;
  for (const auto* file :
       {v1::Category_descriptor()->file(), v1::Relation_descriptor()->file(),
        v1::GroundKind_descriptor()->file(), v1::ImportFormat_descriptor()->file(),
        v1::FollowUpType_descriptor()->file(), v1::SectionKind_descriptor()->file(),
        v1::Skill_descriptor()->file(), v1::TieReason_descriptor()->file(),
        v1::StepStatus_descriptor()->file()}) {
    for (int i = 0; i < file->enum_type_count(); ++i) enums.push_back(file->enum_type(i));
  }
  return enums;
}

TEST(Words, EveryValueHasAWordThatIsUnderstoodAgain) {
  int values = 0;
  for (const auto* type : AllEnums()) {
    std::set<std::string> words;
    for (int i = 0; i < type->value_count(); ++i) {
      const auto& value = *type->value(i);
      const std::string word = WordOf(*type, value.number());
      EXPECT_FALSE(word.empty()) << value.full_name();
      EXPECT_EQ(word.find('_'), std::string::npos) << value.full_name() << ": " << word;
      EXPECT_TRUE(words.insert(word).second) << value.full_name() << " is not told apart: " << word;
      if (value.number() == 0) continue;
      EXPECT_EQ(ParseWord(*type, word), value.number()) << value.full_name();
      EXPECT_EQ(ParseWord(*type, value.name()), value.number()) << value.full_name();
      ++values;
    }
    EXPECT_FALSE(ParseWord(*type, "").has_value()) << type->full_name();
    EXPECT_FALSE(ParseWord(*type, "unspecified").has_value()) << type->full_name();
  }
  EXPECT_GT(values, 100);
}

TEST(Words, AreNorwegianWherePeopleWorkWithThem) {
  EXPECT_EQ(Word(v1::STEP_STATUS_GJENNOMFOERES), "gjennomføres");
  EXPECT_EQ(Word(v1::STEP_STATUS_FULLFOERT), "fullført");
  EXPECT_EQ(Word(v1::TEST_OUTCOME_IKKE_MOETT), "ikke møtt");
  EXPECT_EQ(Word(v1::CONTROLLER_KIND_NAV_STAT), "NAV statlig");
}

TEST(Words, AreUnderstoodHoweverTheyAreTyped) {
  const auto& status = *v1::StepStatus_descriptor();
  for (const char* typed :
       {"FULLFOERT", "fullfoert", "fullført", "Fullført", "STEP_STATUS_FULLFOERT"}) {
    EXPECT_EQ(ParseWord(status, typed), v1::STEP_STATUS_FULLFOERT) << typed;
  }
  const auto& given = *v1::ConsentGivenBy_descriptor();
  for (const char* typed : {"with-interpreter", "WITH_INTERPRETER", "with interpreter"}) {
    EXPECT_EQ(ParseWord(given, typed), v1::CONSENT_GIVEN_BY_WITH_INTERPRETER) << typed;
  }
  EXPECT_FALSE(ParseWord(status, "ferdig").has_value());
}

TEST(Words, AValueOfANewerServerIsSaid) {
  EXPECT_EQ(WordOf(*v1::StepStatus_descriptor(), 17), "unknown (17)");
}

TEST(Words, EveryReasonForWithholdingIsSaidInWords) {
  v1::Withheld withheld;
  withheld.set_owner_kind(v1::CONTROLLER_KIND_VO);
  withheld.set_reason(v1::WITHHELD_REASON_SHARING_NOT_OPEN);
  EXPECT_EQ(WithheldWords(withheld), "sharing not open with VO");

  withheld.set_owner_controller("oslo-vo");
  withheld.set_category(v1::CATEGORY_LANGUAGE);
  withheld.set_reason(v1::WITHHELD_REASON_NO_GROUND);
  EXPECT_EQ(WithheldWords(withheld), "language of oslo-vo: no ground for sharing it");

  std::set<std::string> all;
  const auto& reasons = *v1::WithheldReason_descriptor();
  for (int i = 1; i < reasons.value_count(); ++i) {
    withheld.set_reason(static_cast<v1::WithheldReason>(reasons.value(i)->number()));
    EXPECT_TRUE(all.insert(WithheldWords(withheld)).second) << reasons.value(i)->name();
  }
}

}  // namespace
}  // namespace navo::cli
