#include "services/catalogue/legal_bases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "services/access/openable.h"
#include "services/domain/calendar.h"

namespace navo::services {
namespace {

using access::CategorySet;

constexpr char kHead[] = R"(
  law_reference: "A § 1" law_id: "LOV-1" purposes: PURPOSE_SAMORDNET_KVALIFISERING
  meaning_nb: "ja" meaning_en: "yes" )";
constexpr char kVersion[] = "law_version { year: 2026 month: 1 day: 1 } ";
constexpr char kOpens[] = R"(
  directions { from_kind: CONTROLLER_KIND_VO to_kind: CONTROLLER_KIND_NAV_STAT }
  categories: CATEGORY_PLAN )";

absl::StatusOr<LegalBases> Parsed(const std::string& entries) {
  return LegalBases::Parse({{"laws.txtpb", entries}});
}

std::string Entry(const std::string& fields) { return "entries {" + fields + "}\n"; }

google::type::Date Day(const char* text) { return domain::DateOf(domain::ParseDay(text).value()); }
int64_t DayNumber(const char* text) { return domain::ParseDay(text).value(); }

TEST(LegalBasesTest, NoEmbeddedEntryOpensWhatNoLawMay) {
  const LegalBases& bases = LegalBases::Embedded();
  int opening = 0;
  for (const v1::LegalBasis& basis : bases.entries()) {
    for (const v1::LegalBasisDirection& direction : basis.directions()) {
      ++opening;
      for (const int purpose : basis.purposes()) {
        const CategorySet opens = OpenedBy(basis, direction.from_kind(), direction.to_kind());
        const CategorySet may = access::Openable(
            v1::GROUND_KIND_LOV, static_cast<v1::Purpose>(purpose), direction.to_kind());
        EXPECT_TRUE((opens - may).empty()) << basis.law_reference();
      }
    }
  }
  EXPECT_GE(opening, 10);
}

TEST(LegalBasesTest, TheNewLawIsThereAndNotInForce) {
  const LegalBases& bases = LegalBases::Embedded();
  std::set<std::string> in_force;
  for (const v1::LegalBasis& basis : bases.entries()) {
    const int64_t day = DayNumber("2026-11-01");
    if (InForceOn(basis, day, day)) in_force.insert(basis.law_reference());
  }
  EXPECT_TRUE(in_force.contains("integreringsloven § 42"));
  EXPECT_FALSE(in_force.contains("forvaltningsloven (2025) § 34"));
  EXPECT_NE(bases.Find("forvaltningsloven (2025) § 34", Day("2025-06-20")), nullptr);
  EXPECT_EQ(bases.Find("integreringsloven § 42", Day("2025-01-01")), nullptr);
}

TEST(LegalBasesTest, AnEntryIsFoundByReferenceAndVersion) {
  const auto bases = Parsed(
      Entry(std::string(kHead) + kVersion +
            "valid_from { year: 2026 month: 1 day: 1 } valid_to { year: 2026 month: 6 day: 30 }") +
      Entry(std::string(kHead) + "law_version { year: 2026 month: 7 day: 1 }" + kOpens +
            "valid_from { year: 2026 month: 7 day: 1 }"));
  ASSERT_TRUE(bases.ok()) << bases.status();
  const v1::LegalBasis* old = bases->Find("A § 1", Day("2026-01-01"));
  const v1::LegalBasis* now = bases->Find("A § 1", Day("2026-07-01"));
  ASSERT_NE(old, nullptr);
  ASSERT_NE(now, nullptr);
  EXPECT_EQ(bases->Find("A § 2", Day("2026-01-01")), nullptr);
  EXPECT_TRUE(InForceOn(*old, DayNumber("2026-01-01"), DayNumber("2026-06-30")));
  EXPECT_FALSE(InForceOn(*old, DayNumber("2025-12-31"), DayNumber("2026-06-30")));
  EXPECT_FALSE(InForceOn(*old, DayNumber("2026-01-01"), DayNumber("2026-07-01")));
  EXPECT_TRUE(InForceOn(*now, DayNumber("2026-07-01"), 1'000'000));
  EXPECT_TRUE(OpenedBy(*now, v1::CONTROLLER_KIND_VO, v1::CONTROLLER_KIND_NAV_STAT) ==
              CategorySet{v1::CATEGORY_PLAN});
  EXPECT_TRUE(OpenedBy(*now, v1::CONTROLLER_KIND_NAV_STAT, v1::CONTROLLER_KIND_VO).empty());
  EXPECT_TRUE(
      OpenedBy(*now, v1::CONTROLLER_KIND_NAV_KOMMUNE, v1::CONTROLLER_KIND_NAV_STAT).empty());
  EXPECT_TRUE(OpenedBy(*old, v1::CONTROLLER_KIND_VO, v1::CONTROLLER_KIND_NAV_STAT).empty());
  EXPECT_TRUE(Serves(*now, v1::PURPOSE_SAMORDNET_KVALIFISERING));
  EXPECT_FALSE(Serves(*now, v1::PURPOSE_TILRETTELEGGING));
}

TEST(LegalBasesTest, SaysWhatIsWrongWithAnEntry) {
  const std::string good = std::string(kHead) + kVersion;
  ASSERT_TRUE(Parsed(Entry(good)).ok());
  for (const std::string& wrong :
       {std::string("entries {"), Entry(kVersion), Entry(kHead), Entry(good) + Entry(good),
        Entry(good + "uncertain_nb: \"?\""), Entry(good + "categories: CATEGORY_PLAN"),
        Entry(good + "valid_to { year: 2026 month: 1 day: 1 }"),
        Entry(good + "valid_from { year: 2026 month: 2 day: 30 }"),
        Entry(good + "valid_from { year: 2026 month: 2 day: 1 }"
                     "valid_to { year: 2026 month: 1 day: 1 }")}) {
    EXPECT_FALSE(Parsed(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace navo::services
