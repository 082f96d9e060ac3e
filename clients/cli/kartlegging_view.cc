#include "clients/cli/kartlegging_view.h"

#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

// Parts that are there, parted by commas.
std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

std::string EducationLine(const v1::EducationItem& item) {
  std::string completed;
  if (item.completed() == v1::ANSWER_JA) completed = "completed";
  if (item.completed() == v1::ANSWER_NEI) completed = "not completed";
  if (item.completed() == v1::ANSWER_VET_IKKE) completed = "not known whether completed";
  return Joined({item.title(), item.nus2000().empty() ? "" : "NUS " + item.nus2000(),
                 item.country(), item.end_year() == 0 ? "" : std::to_string(item.end_year()),
                 completed,
                 item.recognition() == v1::RECOGNITION_STATUS_UNSPECIFIED
                     ? ""
                     : "recognition: " + Word(item.recognition())});
}

std::string LanguageLine(const v1::LanguageSkill& skill) {
  const auto part = [](const char* name, v1::CefrLevel level) {
    return level == v1::CEFR_LEVEL_UNSPECIFIED ? std::string()
                                               : std::string(name) + " " + Word(level);
  };
  return skill.language() + ": " +
         Joined({skill.mother_tongue() ? "mother tongue" : "", part("lytte", skill.lytte()),
                 part("lese", skill.lese()), part("skriftlig", skill.skriftlig()),
                 part("muntlig", skill.muntlig())});
}

}  // namespace

std::vector<std::string> ContentLines(const v1::SectionContent& content) {
  std::vector<std::string> lines;
  for (const auto& item : content.education().items()) lines.push_back(EducationLine(item));
  if (content.education().school_years() > 0) {
    lines.push_back(std::to_string(content.education().school_years()) + " years of school");
  }
  for (const auto& skill : content.languages().skills()) lines.push_back(LanguageLine(skill));
  const auto& goals = content.goals_interests();
  if (!goals.long_term_goal().empty()) lines.push_back("«" + goals.long_term_goal() + "»");
  const std::vector<std::string> occupations(goals.occupations().begin(),
                                             goals.occupations().end());
  const std::vector<std::string> interests(goals.interests().begin(), goals.interests().end());
  if (!occupations.empty()) lines.push_back("STYRK-08 " + Joined(occupations));
  if (!interests.empty()) lines.push_back("interests: " + Joined(interests));
  return lines;
}

void PrintSection(Context& context, const v1::Section& section) {
  context.out() << "  " << UnitText(section.provenance()) << ", "
                << DayText(section.provenance().time()) << " (" << Word(section.freshness()) << ", "
                << AgeText(section.last_confirmed(), context.today()) << "), version "
                << section.version() << ", id " << section.section_id() << "\n";
  for (const auto& confirmation : section.confirmations()) {
    context.out() << "    confirmed by " << UnitText(confirmation) << ", "
                  << DayText(confirmation.time()) << "\n";
  }
  for (const std::string& text : ContentLines(section.content())) {
    for (const auto& line : Wrapped(text, context.width() - 4)) {
      context.out() << "    " << line << "\n";
    }
  }
}

void PrintKartlegging(Context& context, const v1::GetKartleggingResponse& picture) {
  for (const auto& kind : picture.kinds()) {
    context.out() << context.bold() << Word(kind.kind()) << ": " << Word(kind.freshness())
                  << context.plain() << "\n";
    for (const auto& section : kind.sections()) PrintSection(context, section);
  }
  PrintWithheld(context, picture.withheld());
}

}  // namespace navo::cli
