// Every kind is readable as text, with the names of its codes where they are known.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "clients/cli/kartlegging_view.h"

namespace navo::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

v1::SectionContent Content(const std::string& text) {
  v1::SectionContent content;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &content)) << text;
  return content;
}

const CodeNames& Names() {
  static const CodeNames names = {{{v1::CODE_LIST_STYRK08, "5321"}, "Helsefagarbeidere"},
                                  {{v1::CODE_LIST_COUNTRY, "SO"}, "Somalia"},
                                  {{v1::CODE_LIST_LANGUAGE, "pt"}, "portugisisk"},
                                  {{v1::CODE_LIST_DIGCOMP, "1"}, "Informasjon og data"}};
  return names;
}

std::vector<std::string> LinesOf(const std::string& text) {
  return ContentLines(Content(text), Names());
}

constexpr char kWork[] = R"(work_experience {
    items { occupation: "5321" title: "Pleier" country: "SO" from { year: 2010 month: 3 }
            to { year: 2015 month: 12 } sector: EMPLOYMENT_SECTOR_OFFENTLIG extent_percent: 80
            evidence: EVIDENCE_ATTEST }
    items { occupation: "5131" from { year: 2020 month: 10 } } })";
constexpr char kDigital[] = R"(digitale_ferdigheter {
    levels { code: "1" level: 3 } levels { code: "2.1" band: DIG_COMP_BAND_FOUNDATION }
    user_class: DIGITAL_USER_CLASS_SVAK_BRUKER instrument: DIGITAL_INSTRUMENT_SAMTALE })";
constexpr char kLanguages[] =
    R"(languages { skills { language: "pt-BR" mother_tongue: true lese: CEFR_LEVEL_B1 } })";

TEST(KartleggingContent, CompetenceIsReadWithNames) {
  EXPECT_THAT(LinesOf(kWork), ElementsAre("Pleier, STYRK-08 5321 Helsefagarbeidere, SO Somalia, "
                                          "2010-03 to 2015-12, offentlig, 80 %, attest",
                                          "STYRK-08 5131, from 2020-10"));
  EXPECT_THAT(
      LinesOf(R"(uformell_kompetanse { items { what: "Syr" context: COMPETENCE_CONTEXT_HJEM
                  years: 12 verifier: COMPETENCE_VERIFIER_LAERER
                  verified_on { year: 2026 month: 10 day: 5 } } items { what: "Lager mat" } })"),
      ElementsAre("Syr, hjem, 12 years, verified by lærer, 2026-10-05", "Lager mat, not verified"));
  EXPECT_THAT(LinesOf(kLanguages), ElementsAre("pt-BR portugisisk: mother tongue, lese B1"));
}

TEST(KartleggingContent, SkillsAreReadWithNames) {
  EXPECT_THAT(LinesOf(kDigital), ElementsAre("1 Informasjon og data: level 3", "2.1: foundation",
                                             "svak bruker", "mapped with samtale"));
  EXPECT_THAT(LinesOf(R"(grunnleggende_ferdigheter { instrument_name: "Skjema"
                  skills { skill: BASIC_SKILL_KIND_LESING level: BASIC_SKILL_LEVEL_NIVAA_2
                           language: "so" }
                  skills { skill: BASIC_SKILL_KIND_REGNING
                           level: BASIC_SKILL_LEVEL_UNDER_NIVAA_1 } })"),
              ElementsAre("lesing in so: nivå 2", "regning: under nivå 1", "mapped with Skjema"));
}

TEST(KartleggingContent, TheSituationIsReadInWords) {
  EXPECT_THAT(LinesOf(R"(needs_barriers { needs { category: NEED_CATEGORY_BARNEPASS
                  state: NEED_STATE_AAPEN blocks_participation: true }
                  needs { category: NEED_CATEGORY_UAVKLART } })"),
              ElementsAre("barnepass, åpen, keeps from taking part", "uavklart"));
  EXPECT_THAT(LinesOf(R"(benefit_type_period {
                  periods { type: BENEFIT_TYPE_AAP from_date { year: 2026 month: 1 day: 1 } }
                  periods { type: BENEFIT_TYPE_SOSIALHJELP to_date { year: 2026 month: 1 day: 1 } }
                  periods { type: BENEFIT_TYPE_LOENN } })"),
              ElementsAre("AAP, from 2026-01-01", "sosialhjelp, to 2026-01-01", "lønn"));
  EXPECT_THAT(
      LinesOf(R"(health_work_ability { work_ability: WORK_ABILITY_DELVIS_NEDSATT
                  weekly_hours: 20 adaptations: ADAPTATION_REDUSERT_TID
                  adaptations: ADAPTATION_TETT_OPPFOELGING
                  review_date { year: 2027 month: 3 day: 1 } })"),
      ElementsAre("work ability: delvis nedsatt, 20 hours a week",
                  "arrange for: redusert tid, tett oppfølging", "look at it again on 2027-03-01"));
  EXPECT_THAT(LinesOf("health_work_ability { }"), IsEmpty());
}

TEST(KartleggingContent, NamesAreWantedOfEveryCodeOnce) {
  const v1::SectionContent work = Content(kWork);
  const v1::SectionContent digital = Content(kDigital);
  const v1::SectionContent languages = Content(kLanguages);
  EXPECT_THAT(CodesIn({&work, &digital, &languages, &work}),
              UnorderedElementsAre(Pair(v1::CODE_LIST_STYRK08, ElementsAre("5131", "5321")),
                                   Pair(v1::CODE_LIST_COUNTRY, ElementsAre("SO")),
                                   Pair(v1::CODE_LIST_LANGUAGE, ElementsAre("pt")),
                                   Pair(v1::CODE_LIST_DIGCOMP, ElementsAre("1", "2.1"))));
  EXPECT_THAT(CodesIn({}), IsEmpty());
}

}  // namespace
}  // namespace navo::cli
