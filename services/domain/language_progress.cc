#include "services/domain/language_progress.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace navo::domain {
namespace {

using navo::v1::Assessment;
using navo::v1::CefrLevel;
using navo::v1::Skill;
using navo::v1::SkillProgress;
using navo::v1::TestResult;

constexpr std::array<Skill, 4> kSkills = {navo::v1::SKILL_LYTTE, navo::v1::SKILL_LESE,
                                          navo::v1::SKILL_SKRIFTLIG, navo::v1::SKILL_MUNTLIG};

// Ids break the last tie, so that the same records always come in the same order.
template <typename Record>
auto OrderOf(const Record& record, const std::string& id) {
  const auto& date = record.date();
  const auto& time = record.provenance().time();
  return std::tuple(date.year(), date.month(), date.day(), time.seconds(), time.nanos(), id);
}

std::vector<const Assessment*> OldestFirst(const std::vector<Assessment>& assessments) {
  std::vector<const Assessment*> ordered;
  for (const Assessment& assessment : assessments) ordered.push_back(&assessment);
  std::sort(ordered.begin(), ordered.end(), [](const Assessment* a, const Assessment* b) {
    return OrderOf(*a, a->assessment_id()) < OrderOf(*b, b->assessment_id());
  });
  return ordered;
}

std::vector<const TestResult*> OldestFirst(const std::vector<TestResult>& results) {
  std::vector<const TestResult*> ordered;
  for (const TestResult& result : results) ordered.push_back(&result);
  std::sort(ordered.begin(), ordered.end(), [](const TestResult* a, const TestResult* b) {
    return OrderOf(*a, a->test_result_id()) < OrderOf(*b, b->test_result_id());
  });
  return ordered;
}

}  // namespace

std::vector<SkillProgress> ProgressOf(const std::vector<Assessment>& assessments,
                                      const std::vector<TestResult>& test_results) {
  const std::vector<const Assessment*> judged = OldestFirst(assessments);
  const std::vector<const TestResult*> tested = OldestFirst(test_results);
  std::vector<SkillProgress> skills;
  for (const Skill skill : kSkills) {
    SkillProgress& progress = skills.emplace_back();
    progress.set_skill(skill);
    for (const Assessment* assessment : judged) {
      for (const auto& level : assessment->levels()) {
        if (level.skill() != skill) continue;
        auto* point = progress.add_assessments();
        *point->mutable_date() = assessment->date();
        point->set_level(level.level());
        *point->mutable_provenance() = assessment->provenance();
        point->set_sign_language(level.sign_language());
      }
    }
    for (const TestResult* result : tested) {
      if (result->delproeve() == skill) *progress.add_test_results() = *result;
    }
    progress.set_best_tested(BestTested(test_results, skill, false));
    progress.set_best_tested_sign_language(BestTested(test_results, skill, true));
  }
  return skills;
}

CefrLevel BestTested(const std::vector<TestResult>& test_results, Skill delproeve,
                     bool sign_language) {
  CefrLevel best = navo::v1::CEFR_LEVEL_UNSPECIFIED;
  for (const TestResult& result : test_results) {
    if (result.delproeve() == delproeve && result.sign_language() == sign_language &&
        result.outcome() == navo::v1::TEST_OUTCOME_LEVEL) {
      best = std::max(best, result.level());
    }
  }
  return best;
}

}  // namespace navo::domain
