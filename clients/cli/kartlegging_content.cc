#include "clients/cli/formats.h"
#include "clients/cli/kartlegging_view.h"
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

// "word", or nothing where nothing was stated.
template <typename Enum>
std::string Stated(Enum value) {
  return value == Enum() ? "" : Word(value);
}

// The language of a tag: "pt" of "pt-BR".
std::string LanguageOf(const std::string& tag) { return tag.substr(0, tag.find('-')); }

std::string MonthText(const v1::Month& month) {
  const std::string number = std::to_string(month.month());
  return std::to_string(month.year()) + (number.size() == 1 ? "-0" : "-") + number;
}

std::string PeriodText(const std::string& from, const std::string& to) {
  if (to.empty()) return from.empty() ? "" : "from " + from;
  return (from.empty() ? "" : from + " ") + "to " + to;
}

// Lines of one content, with the names of its codes.
class Lines {
 public:
  explicit Lines(const CodeNames& names) : names_(names) {}

  void Add(const v1::Education& education);
  void Add(const v1::WorkExperience& work);
  void Add(const v1::UformellKompetanse& informal);
  void Add(const v1::Languages& languages);
  void Add(const v1::GrunnleggendeFerdigheter& basic);
  void Add(const v1::DigitaleFerdigheter& digital);
  void Add(const v1::GoalsInterests& goals);
  void Add(const v1::NeedsBarriers& needs);
  void Add(const v1::BenefitTypePeriod& benefits);
  void Add(const v1::HealthWorkAbility& health);

  std::vector<std::string> Take() { return std::move(lines_); }

 private:
  void Line(const std::string& text) {
    if (!text.empty()) lines_.push_back(text);
  }
  // "5321 Helsefagarbeidere"; the code alone where it has no name.
  std::string Named(v1::CodeList list, const std::string& code) const {
    const std::string key = list == v1::CODE_LIST_LANGUAGE ? LanguageOf(code) : code;
    const auto name = names_.find({list, key});
    return name == names_.end() ? code : code + " " + name->second;
  }
  std::string Country(const std::string& code) const { return Named(v1::CODE_LIST_COUNTRY, code); }
  std::string Occupation(const std::string& code) const {
    return code.empty() ? "" : "STYRK-08 " + Named(v1::CODE_LIST_STYRK08, code);
  }

  const CodeNames& names_;
  std::vector<std::string> lines_;
};

void Lines::Add(const v1::Education& education) {
  for (const auto& item : education.items()) {
    std::string completed;
    if (item.completed() == v1::ANSWER_JA) completed = "completed";
    if (item.completed() == v1::ANSWER_NEI) completed = "not completed";
    if (item.completed() == v1::ANSWER_VET_IKKE) completed = "not known whether completed";
    const std::string recognition = Stated(item.recognition());
    Line(Joined({item.title(), item.nus2000().empty() ? "" : "NUS " + item.nus2000(),
                 Country(item.country()),
                 item.end_year() == 0 ? "" : std::to_string(item.end_year()), completed,
                 recognition.empty() ? "" : "recognition: " + recognition}));
  }
  if (education.school_years() > 0) {
    Line(std::to_string(education.school_years()) + " years of school");
  }
}

void Lines::Add(const v1::WorkExperience& work) {
  for (const auto& item : work.items()) {
    Line(Joined({item.title(), Occupation(item.occupation()), Country(item.country()),
                 PeriodText(item.has_from() ? MonthText(item.from()) : "",
                            item.has_to() ? MonthText(item.to()) : ""),
                 Stated(item.sector()),
                 item.extent_percent() == 0 ? "" : std::to_string(item.extent_percent()) + " %",
                 Stated(item.evidence())}));
  }
}

void Lines::Add(const v1::UformellKompetanse& informal) {
  for (const auto& item : informal.items()) {
    const std::string verifier = Stated(item.verifier());
    Line(Joined({item.what(), Occupation(item.occupation()), Stated(item.context()),
                 item.years() == 0 ? "" : std::to_string(item.years()) + " years",
                 Stated(item.evidence()), item.evidence_text(),
                 verifier.empty() ? "not verified" : "verified by " + verifier,
                 DateText(item.verified_on())}));
  }
}

void Lines::Add(const v1::Languages& languages) {
  const auto part = [](const char* name, v1::CefrLevel level) {
    return level == v1::CEFR_LEVEL_UNSPECIFIED ? std::string()
                                               : std::string(name) + " " + Word(level);
  };
  for (const auto& skill : languages.skills()) {
    Line(Named(v1::CODE_LIST_LANGUAGE, skill.language()) + ": " +
         Joined({skill.mother_tongue() ? "mother tongue" : "", part("lytte", skill.lytte()),
                 part("lese", skill.lese()), part("skriftlig", skill.skriftlig()),
                 part("muntlig", skill.muntlig())}));
  }
}

void Lines::Add(const v1::GrunnleggendeFerdigheter& basic) {
  for (const auto& skill : basic.skills()) {
    const std::string language =
        skill.language().empty() ? "" : " in " + Named(v1::CODE_LIST_LANGUAGE, skill.language());
    Line(Word(skill.skill()) + language + ": " + Word(skill.level()));
  }
  if (!basic.instrument_name().empty()) Line("mapped with " + basic.instrument_name());
}

void Lines::Add(const v1::DigitaleFerdigheter& digital) {
  for (const auto& level : digital.levels()) {
    Line(Named(v1::CODE_LIST_DIGCOMP, level.code()) + ": " +
         Joined({level.level() == 0 ? "" : "level " + std::to_string(level.level()),
                 Stated(level.band())}));
  }
  Line(Stated(digital.user_class()));
  const std::string how = Joined(
      {Stated(digital.instrument()), digital.instrument_name(), DateText(digital.carried_out())});
  if (!how.empty()) Line("mapped with " + how);
}

void Lines::Add(const v1::GoalsInterests& goals) {
  if (!goals.long_term_goal().empty()) Line("«" + goals.long_term_goal() + "»");
  std::vector<std::string> occupations;
  for (const auto& code : goals.occupations()) {
    occupations.push_back(Named(v1::CODE_LIST_STYRK08, code));
  }
  const std::vector<std::string> interests(goals.interests().begin(), goals.interests().end());
  if (!occupations.empty()) Line("STYRK-08 " + Joined(occupations));
  if (!interests.empty()) Line("interests: " + Joined(interests));
}

void Lines::Add(const v1::NeedsBarriers& needs) {
  for (const auto& need : needs.needs()) {
    Line(Joined({Word(need.category()), Stated(need.state()),
                 need.blocks_participation() ? "keeps from taking part" : ""}));
  }
}

void Lines::Add(const v1::BenefitTypePeriod& benefits) {
  for (const auto& period : benefits.periods()) {
    Line(Joined({Word(period.type()),
                 PeriodText(DateText(period.from_date()), DateText(period.to_date()))}));
  }
}

void Lines::Add(const v1::HealthWorkAbility& health) {
  Line(Joined(
      {health.work_ability() == v1::WORK_ABILITY_UNSPECIFIED
           ? ""
           : "work ability: " + Word(health.work_ability()),
       health.weekly_hours() == 0 ? "" : std::to_string(health.weekly_hours()) + " hours a week"}));
  std::vector<std::string> adaptations;
  for (const int adaptation : health.adaptations()) {
    adaptations.push_back(Word(static_cast<v1::Adaptation>(adaptation)));
  }
  if (!adaptations.empty()) Line("arrange for: " + Joined(adaptations));
  if (health.has_review_date()) Line("look at it again on " + DateText(health.review_date()));
}

}  // namespace

std::map<v1::CodeList, std::set<std::string>> CodesIn(
    const std::vector<const v1::SectionContent*>& contents) {
  std::map<v1::CodeList, std::set<std::string>> codes;
  const auto add = [&codes](v1::CodeList list, const std::string& code) {
    if (!code.empty()) codes[list].insert(code);
  };
  for (const v1::SectionContent* content : contents) {
    for (const auto& item : content->education().items()) {
      add(v1::CODE_LIST_COUNTRY, item.country());
    }
    for (const auto& item : content->work_experience().items()) {
      add(v1::CODE_LIST_STYRK08, item.occupation());
      add(v1::CODE_LIST_COUNTRY, item.country());
    }
    for (const auto& item : content->uformell_kompetanse().items()) {
      add(v1::CODE_LIST_STYRK08, item.occupation());
    }
    for (const auto& code : content->goals_interests().occupations()) {
      add(v1::CODE_LIST_STYRK08, code);
    }
    for (const auto& skill : content->languages().skills()) {
      add(v1::CODE_LIST_LANGUAGE, LanguageOf(skill.language()));
    }
    for (const auto& skill : content->grunnleggende_ferdigheter().skills()) {
      add(v1::CODE_LIST_LANGUAGE, LanguageOf(skill.language()));
    }
    for (const auto& level : content->digitale_ferdigheter().levels()) {
      add(v1::CODE_LIST_DIGCOMP, level.code());
    }
  }
  return codes;
}

std::vector<std::string> ContentLines(const v1::SectionContent& content, const CodeNames& names) {
  Lines lines(names);
  lines.Add(content.education());
  lines.Add(content.work_experience());
  lines.Add(content.uformell_kompetanse());
  lines.Add(content.languages());
  lines.Add(content.grunnleggende_ferdigheter());
  lines.Add(content.digitale_ferdigheter());
  lines.Add(content.goals_interests());
  lines.Add(content.needs_barriers());
  lines.Add(content.benefit_type_period());
  lines.Add(content.health_work_ability());
  return lines.Take();
}

}  // namespace navo::cli
