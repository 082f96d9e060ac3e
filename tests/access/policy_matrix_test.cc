// Holds the decision to every combination of policy_matrix.txt.
#include "tests/access/policy_matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "absl/strings/str_join.h"
#include "services/access/policy.h"
#include "storage/ground.h"

namespace navo::access {
namespace {

constexpr int64_t kToday = 20'000;
constexpr int64_t kOwnController = 1, kOtherController = 2, kThirdController = 3;
constexpr int64_t kOwnUnit = 11, kOtherUnitOfOurs = 12, kUnitOfOthers = 21;
constexpr auto kPurpose = v1::PURPOSE_SAMORDNET_KVALIFISERING;

const std::map<std::string, MatrixTable>& Tables() {
  static const auto tables = [] {
    std::ifstream file(std::string(NAVO_SOURCE_DIR) + "/tests/access/policy_matrix.txt");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto parsed = ParseMatrix(text);
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    return parsed.value_or(std::map<std::string, MatrixTable>{});
  }();
  return tables;
}

// The words of one combination by the name of their dimension.
class Facets {
 public:
  Facets(const MatrixTable& table, const Combination& combination) {
    for (size_t i = 0; i < combination.size(); ++i) {
      words_[table.dimensions[i].name] = combination[i];
    }
  }
  const std::string& operator[](const std::string& name) const { return words_.at(name); }
  bool Is(const std::string& name, std::string_view word) const { return words_.at(name) == word; }

 private:
  std::map<std::string, std::string> words_;
};

v1::Role RoleOf(const std::string& word) {
  v1::Role role = v1::ROLE_UNSPECIFIED;
  EXPECT_TRUE(v1::Role_Parse("ROLE_" + word, &role)) << word;
  return role;
}

v1::Category CategoryOf(const std::string& word) {
  v1::Category category = v1::CATEGORY_UNSPECIFIED;
  EXPECT_TRUE(v1::Category_Parse("CATEGORY_" + word, &category)) << word;
  return category;
}

const Rule& RuleOf(const std::string& action) {
  static const std::map<std::string, std::string_view> methods = {
      {"read", "navo.v1.PlanService.Get"},
      {"plan", "navo.v1.PlanService.Get"},
      {"kartlegging", "navo.v1.KartleggingService.Get"},
      {"write", "navo.v1.PlanService.AddStep"},
      {"record", "navo.v1.FollowUpService.Record"},
      {"consent", "navo.v1.ConsentService.GiveConsent"},
      {"withdraw", "navo.v1.ConsentService.WithdrawConsent"},
      {"grounds", "navo.v1.ConsentService.List"},
      {"log", "navo.v1.AccessLogService.ListAccess"},
      {"search", "navo.v1.AccessLogService.SearchAccess"},
      {"register", "navo.v1.ParticipantService.Create"},
      {"follow", "navo.v1.FeedService.ListChanges"},
      {"administer", "navo.v1.AdminService.AddMembership"},
      {"who", "navo.v1.ParticipantService.Get"},
      {"answer", "navo.v1.ReferralService.Accept"},
      {"emergency", "navo.v1.EmergencyAccessService.Open"},
      {"lock", "navo.v1.ProtectionService.SetOfficeLock"},
      {"oversee", "navo.v1.EmergencyAccessService.List"},
  };
  return *FindRule(methods.at(action));
}

Caller StaffCaller(v1::Role role) {
  Caller caller;
  caller.principal_key = 5;
  caller.unit_key = kOwnUnit;
  caller.controller_key = kOwnController;
  caller.controller_kind = v1::CONTROLLER_KIND_NAV_STAT;
  caller.roles = RoleSet{role};
  return caller;
}

Caller ParticipantCaller() {
  Caller caller;
  caller.kind = PrincipalKind::kParticipant;
  caller.principal_key = -7;
  caller.roles = RoleSet{v1::ROLE_DELTAKER};
  return caller;
}

void SetRelation(const std::string& relation, Facts& facts) {
  facts.known = relation != "unknown";
  facts.own_case = relation == "own-case";
  facts.participant.on_team = relation == "team";
  facts.participant.tie = storage::TieState::kActive;
  if (relation == "none") facts.participant.tie = storage::TieState::kNone;
  if (relation == "ended") facts.participant.tie = storage::TieState::kEnded;
  if (relation == "blocked") facts.participant.tie = storage::TieState::kBlocked;
  const bool all = relation == "blocked+";
  if (all) facts.participant.tie = storage::TieState::kBlocked;
  const bool ours = all || relation == "ours";
  const bool also = relation.starts_with("unit+");  // tied, and offered besides
  const bool referred = all || relation == "referred" || relation == "unit+referred";
  const bool across = relation == "across" || relation == "unit+across";
  const bool emergency = all || relation == "emergency";
  if (!all && !also && (ours || referred || across || emergency)) {
    facts.participant.tie = storage::TieState::kNone;
  }
  facts.untied.controller_tied = ours;
  facts.untied.emergency = emergency;
  if (referred) facts.untied.referred_from = {kOwnController};
  if (across) facts.untied.referred_from = {kOtherController};
}

void SetProtection(const std::string& word, Facts& facts, RoleSet& roles) {
  storage::Protection& protection = facts.participant.protection;
  const bool both = word.starts_with("both");
  const bool has_role = word.ends_with("+role");
  protection.shielded = both || word.starts_with("shielded");
  if (both || word.starts_with("fortrolig")) protection.grading = storage::Grading::kFortrolig;
  if (word.starts_with("strengt")) protection.grading = storage::Grading::kStrengtFortrolig;
  if (word.starts_with("ukjent")) protection.grading = storage::Grading::kUkjent;
  if (word.starts_with("utland")) protection.grading = storage::Grading::kStrengtFortroligUtland;
  if (word == "both+one") roles.Add(v1::ROLE_FORTROLIG_TILGANG);
  if (!has_role) return;
  if (protection.shielded) roles.Add(v1::ROLE_SKJERMET_TILGANG);
  if (protection.grading == storage::Grading::kFortrolig) roles.Add(v1::ROLE_FORTROLIG_TILGANG);
  if (word == "strengt+role" || word == "utland+role" || word == "ukjent+role") {
    roles.Add(v1::ROLE_STRENGT_FORTROLIG_TILGANG);
  }
}

std::vector<storage::ActiveGround> GroundsOf(const std::string& word, v1::Category category) {
  if (word == "none") return {};
  const CategorySet existence{v1::CATEGORY_EXISTENCE};
  const CategorySet one{category};
  storage::ActiveGround ground{100,
                               kOtherController,
                               0,
                               kPurpose,
                               (existence | one).mask(),
                               kToday - 30,
                               storage::kNoLastDay,
                               v1::GROUND_KIND_SAMTYKKE};
  if (word == "two-grounds") {
    storage::ActiveGround second = ground;
    ground.categories = one.mask();
    second.categories = existence.mask();
    return {ground, second};
  }
  if (word == "by-law") ground.kind = v1::GROUND_KIND_LOV;
  if (word == "law+consent") ground.kind = v1::GROUND_KIND_LOV_OG_SAMTYKKE;
  if (word == "adapting") ground.purpose = v1::PURPOSE_TILRETTELEGGING;
  if (word == "first-day") ground.valid_from_day = kToday;
  if (word == "last-day") ground.valid_to_day = kToday;
  if (word == "to-own-unit") ground.to_unit_key = kOwnUnit;
  if (word == "existence") ground.categories = existence.mask();
  if (word == "bare") ground.categories = (one - existence).mask();
  if (word == "not-yet") ground.valid_from_day = kToday + 1;
  if (word == "expired") ground.valid_to_day = kToday - 1;
  if (word == "to-other-unit") ground.to_unit_key = kOtherUnitOfOurs;
  if (word == "other-purpose") ground.purpose = static_cast<v1::Purpose>(99);
  if (word == "third") ground.from_controller_key = kThirdController;
  return {ground};
}

std::string Told(const Decision& decision) {
  const std::string reason(ReasonName(decision.reason));
  switch (decision.outcome) {
    case Outcome::kPermit:
      return "PERMIT";
    case Outcome::kNotFound:
      return "NOT_FOUND [" + reason + "]";
    case Outcome::kRoleNotAllowed:
      return "ROLE_NOT_ALLOWED [" + reason + "]";
    case Outcome::kOwnCase:
      return "OWN_CASE [" + reason + "]";
    case Outcome::kIdentityNotConfirmed:
      return "IDENTITY_NOT_CONFIRMED [" + reason + "]";
  }
  return "?";
}

std::string Seen(const Decision& decision, const Caller& caller, const storage::Label& label) {
  if (!decision.permitted()) return "NOT_FOUND";
  const v1::WithheldReason reason = Look(decision, caller, label);
  if (reason == v1::WITHHELD_REASON_UNSPECIFIED) return "SHOWN";
  return v1::WithheldReason_Name(reason).substr(std::string_view("WITHHELD_REASON_").size());
}

std::string StaffCall(const Facets& facets) {
  Caller caller = StaffCaller(RoleOf(facets["role"]));
  Facts facts;
  SetRelation(facets["relation"], facts);
  SetProtection(facets["protection"], facts, caller.roles);
  facts.participant.identity_confirmed = facets.Is("confirmed", "yes");
  const Rule& rule = RuleOf(facets["action"]);
  // As the door does: registering has nobody to decide on yet.
  const bool registers = facets.Is("action", "register");
  if (rule.subject == Subject::kNone) return Told(DecideRole(caller, {}, rule));
  return Told(registers ? DecideRole(caller, facts, rule) : Decide(caller, facts, rule, kToday));
}

std::string OwnCall(const Facets& facets) {
  const Caller caller = ParticipantCaller();
  Facts facts;
  RoleSet none;
  facts.known = facts.self = facets.Is("known", "yes");
  if (facts.known) SetProtection(facets["protection"], facts, none);
  const Rule& rule = RuleOf(facets["action"]);
  if (rule.subject == Subject::kNone) return Told(DecideRole(caller, {}, rule));
  return Told(Decide(caller, facts, rule, kToday));
}

storage::Label LabelOf(const std::string& owner, v1::Category category) {
  storage::Label label{category, {kOwnController, kOwnUnit, 6}};
  if (owner.starts_with("other-unit")) label.author = {kOwnController, kOtherUnitOfOurs, 6};
  if (owner == "other-controller" || owner == "other-locked") {
    label.author = {kOtherController, kUnitOfOthers, 6};
  }
  label.locked = owner.ends_with("locked");
  return label;
}

std::string Oversight(const Facets& facets) {
  Caller caller = StaffCaller(RoleOf(facets["role"]));
  Facts facts;
  SetRelation(facets["relation"], facts);
  SetProtection(facets["protection"], facts, caller.roles);
  return Told(DecideOversight(caller, facts, RuleOf("oversee")));
}

std::string StaffData(const Facets& facets) {
  Caller caller = StaffCaller(RoleOf(facets["role"]));
  if (facets.Is("receiver", "vo")) caller.controller_kind = v1::CONTROLLER_KIND_VO;
  const v1::Category category = CategoryOf(facets["category"]);
  Facts facts;
  SetRelation(facets["relation"], facts);
  facts.participant.identity_confirmed = facets.Is("confirmed", "yes");
  facts.grounds = GroundsOf(facets["ground"], category);
  const bool offered = facets["relation"].ends_with("referred") ||  // `unit+` or not
                       facets["relation"].ends_with("across");
  const Rule& rule = RuleOf(offered ? "who" : "grounds");
  return Seen(Decide(caller, facts, rule, kToday), caller, LabelOf(facets["owner"], category));
}

std::string PurposeData(const Facets& facets) {
  Caller caller = StaffCaller(v1::ROLE_LAERER);
  caller.controller_kind = v1::CONTROLLER_KIND_VO;
  const v1::Category category = CategoryOf(facets["category"]);
  Facts facts;
  SetRelation("unit", facts);
  facts.participant.identity_confirmed = true;
  facts.grounds = GroundsOf("covering", category);
  EXPECT_TRUE(v1::Purpose_Parse("PURPOSE_" + facets["purpose"], &facts.grounds.front().purpose));
  const storage::Label label{category, {kOtherController, kUnitOfOthers, 6}};
  return Seen(Decide(caller, facts, RuleOf(facets["method"]), kToday), caller, label);
}

std::string SystemData(const Facets& facets) {
  const v1::Category category = CategoryOf(facets["category"]);
  Principal system;
  if (facets.Is("scope", "category")) system.follows.Add(category);
  if (facets.Is("scope", "another")) system.follows.Add(v1::CATEGORY_GOALS);
  Caller caller = StaffCaller(v1::ROLE_INTEGRASJON);
  caller.kind = PrincipalKind::kSystem;
  caller.principal = &system;
  Facts facts;
  SetRelation("unit", facts);
  facts.participant.identity_confirmed = true;
  facts.grounds = GroundsOf(facets["ground"], category);
  storage::Label label{category, {kOwnController, kOwnUnit, 6}};
  if (facets.Is("owner", "other-unit")) label.author = {kOwnController, kOtherUnitOfOurs, 6};
  if (facets.Is("owner", "other-controller")) label.author = {kOtherController, kUnitOfOthers, 6};
  const Decision decision = Decide(caller, facts, RuleOf("follow"), kToday);
  EXPECT_EQ(decision.relation, v1::RELATION_SYSTEM_SCOPE);
  return Seen(decision, caller, label);
}

std::string OwnData(const Facets& facets) {
  const Caller caller = ParticipantCaller();
  Facts facts;
  facts.known = facts.self = true;
  const int64_t owner = facets.Is("owner", "vo") ? kOtherController : kOwnController;
  return Seen(Decide(caller, facts, RuleOf("grounds"), kToday), caller,
              {CategoryOf(facets["category"]),
               {owner, kUnitOfOthers, 6},
               facets.Is("exempted", "yes"),
               facets.Is("owner", "nav-locked")});
}

std::string MaySetProtection(const Facets& facets) {
  Principal system;
  system.sets_protection = facets.Is("who", "system-in-scope");
  const bool is_system = facets["who"].starts_with("system");
  Caller caller = StaffCaller(is_system ? v1::ROLE_INTEGRASJON : RoleOf(facets["who"]));
  if (is_system) {
    caller.kind = PrincipalKind::kSystem;
    caller.principal = &system;
  }
  static const std::map<std::string, storage::Grading> gradings = {
      {"UGRADERT", storage::Grading::kUgradert},
      {"FORTROLIG", storage::Grading::kFortrolig},
      {"STRENGT_FORTROLIG", storage::Grading::kStrengtFortrolig},
      {"STRENGT_FORTROLIG_UTLAND", storage::Grading::kStrengtFortroligUtland},
      {"UKJENT", storage::Grading::kUkjent}};
  const bool may = facets.Is("what", "shielding") ? MayShield(caller)
                                                  : MayGrade(caller, gradings.at(facets["what"]));
  return may ? "YES" : "NO";
}

using Evaluator = std::string (*)(const Facets&);

using NamedTable = std::pair<std::string, Evaluator>;

class PolicyMatrixTest : public testing::TestWithParam<NamedTable> {};

TEST_P(PolicyMatrixTest, EveryCombinationIsDecidedAsTheFileSays) {
  const auto& [name, evaluate] = GetParam();
  ASSERT_TRUE(Tables().contains(name));
  const MatrixTable& table = Tables().at(name);
  std::set<int> used;
  int wrong = 0;
  table.ForEach([&, evaluate = evaluate](const Combination& combination) {
    const MatrixLine* line = table.Decide(combination);
    if (line != nullptr) used.insert(line->number);
    const std::string decided = evaluate(Facets(table, combination));
    if (line != nullptr && line->outcome == decided) return;
    if (++wrong > 10) return;  // enough to see what is wrong
    ADD_FAILURE() << absl::StrJoin(combination, " ") << " gives " << decided
                  << (line == nullptr ? ", which no line decides"
                                      : ", not as line " + std::to_string(line->number));
  });
  EXPECT_EQ(wrong, 0);
  for (const MatrixLine& line : table.lines) {
    EXPECT_TRUE(used.contains(line.number)) << "line " << line.number << " decides nothing";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Tables, PolicyMatrixTest,
    testing::Values(NamedTable("staff-call", StaffCall), NamedTable("own-call", OwnCall),
                    NamedTable("staff-data", StaffData), NamedTable("purpose-data", PurposeData),
                    NamedTable("system-data", SystemData), NamedTable("own-data", OwnData),
                    NamedTable("oversight", Oversight),
                    NamedTable("set-protection", MaySetProtection)));

// The file may not forget a role, a category, or a table.
TEST(PolicyMatrixFileTest, NamesEveryRoleAndCategory) {
  EXPECT_EQ(Tables().size(), 8u);
  std::set<std::string> roles, categories;
  for (const auto& [name, table] : Tables()) {
    for (const MatrixDimension& dimension : table.dimensions) {
      for (const std::string& value : dimension.values) {
        if (dimension.name == "role") roles.insert(value);
        if (dimension.name == "category") categories.insert(value);
      }
    }
  }
  for (int number = v1::Category_MIN + 1; number <= v1::Category_MAX; ++number) {
    const auto category = static_cast<v1::Category>(number);
    EXPECT_TRUE(categories.contains(v1::Category_Name(category).substr(9))) << number;
  }
  // The protection roles stand in the dimension `protection`, the participant in tables of its own.
  for (int number = v1::Role_MIN + 1; number <= v1::Role_MAX; ++number) {
    const std::string role = v1::Role_Name(static_cast<v1::Role>(number)).substr(5);
    if (role.ends_with("_TILGANG") || role == "DELTAKER") continue;
    EXPECT_TRUE(roles.contains(role)) << role;
  }
}

// A handover that another controller offers is there as long as a ground lets the unit know of it.
TEST(PolicyMatrixFileTest, AHandoverFromAnotherControllerNeedsAGround) {
  const Caller caller = StaffCaller(v1::ROLE_VEILEDER);
  Facts facts;
  SetRelation("across", facts);
  const std::map<std::string, std::string> told = {{"none", "NOT_FOUND [NO_RELATION]"},
                                                   {"bare", "NOT_FOUND [NO_RELATION]"},
                                                   {"expired", "NOT_FOUND [NO_RELATION]"},
                                                   {"to-other-unit", "NOT_FOUND [NO_RELATION]"},
                                                   {"third", "NOT_FOUND [NO_RELATION]"},
                                                   {"existence", "PERMIT"},
                                                   {"covering", "PERMIT"},
                                                   {"to-own-unit", "PERMIT"}};
  for (const auto& [ground, outcome] : told) {
    facts.grounds = GroundsOf(ground, v1::CATEGORY_IDENTITY);
    EXPECT_EQ(Told(Decide(caller, facts, RuleOf("answer"), kToday)), outcome) << ground;
  }
}

TEST(PolicyMatrixParserTest, RefusesWhatItDoesNotUnderstand) {
  const std::string head = "table t\ndimension a x y\n";
  EXPECT_TRUE(ParseMatrix(head + "x -> P\n").ok());
  EXPECT_FALSE(ParseMatrix(head + "z -> P\n").ok());
  EXPECT_FALSE(ParseMatrix(head + "x y -> P\n").ok());
  EXPECT_FALSE(ParseMatrix("x -> P\n").ok());
}

}  // namespace
}  // namespace navo::access
