#include "services/access_log/line.h"

#include <algorithm>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/access_log/words.h"
#include "services/domain/calendar.h"

namespace navo::services {
namespace {

// What differs between the two languages apart from the phrases.
struct Grammar {
  std::string_view Phrase::*word;
  std::string_view you;
  std::string_view at_unit;
  std::string_view saw;
  std::string_view and_last;    // before the last of several things
  std::string_view and_clause;  // before the last of several clauses
  std::string_view was;
  std::string_view were;  // of "you"
  std::string_view refused;
  std::string_view refused_rest;  // when other calls of the act were not
  std::string_view nothing_shown;
  std::string_view not_done;
};

constexpr Grammar kNb{&Phrase::nb,
                      "Du",
                      " ved ",
                      "så ",
                      " og ",
                      ", og ",
                      "ble ",
                      "ble ",
                      "nektet tilgang til saken din",
                      "nektet tilgang til resten av saken din",
                      "slo opp saken din uten å få se noe",
                      "prøvde å gjøre noe i saken din, men det ble ikke gjennomført"};
constexpr Grammar kEn{&Phrase::en,
                      "You",
                      " at ",
                      "saw ",
                      " and ",
                      ", and ",
                      "was ",
                      "were ",
                      "refused access to your case",
                      "refused access to the rest of your case",
                      "looked up your case and was shown nothing",
                      "tried to do something in your case, but it was not carried out"};

constexpr std::string_view kMonthsNb[] = {"januar",    "februar", "mars",     "april",
                                          "mai",       "juni",    "juli",     "august",
                                          "september", "oktober", "november", "desember"};
constexpr std::string_view kMonthsEn[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

std::string Joined(const std::vector<std::string>& parts, std::string_view last) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text.append(i + 1 == parts.size() ? last : std::string_view(", "));
    text += parts[i];
  }
  return text;
}

// Everything else that is seen implies that the person is registered.
std::string Seen(const Grammar& grammar, access::CategorySet shown, bool alone) {
  const access::CategorySet existence{v1::CATEGORY_EXISTENCE};
  if (!alone || shown != existence) shown = shown - existence;
  std::vector<std::string> words;
  for (int number = v1::Category_MIN + 1; number <= v1::Category_MAX; ++number) {
    const auto category = static_cast<v1::Category>(number);
    if (shown.Has(category)) words.emplace_back(CategoryPhrase(category).*grammar.word);
  }
  if (words.empty()) return {};
  return std::string(grammar.saw) + Joined(words, grammar.and_last);
}

std::string Who(const Grammar& grammar, const ActFacts& act) {
  if (act.self) return std::string(grammar.you);
  std::string who(RolePhrase(act.role).*grammar.word);
  if (!act.unit_name.empty()) who.append(grammar.at_unit).append(act.unit_name);
  if (act.name.empty()) return who;
  // "Kari Nordby, en veileder ved Nav Grorud,": both articles begin with an ASCII letter.
  who[0] = static_cast<char>(who[0] - 'A' + 'a');
  return act.name + ", " + who + ",";
}

std::string Refusal(const Grammar& grammar, const ActFacts& act, bool whole) {
  std::string text(act.self ? grammar.were : grammar.was);
  text.append(whole ? grammar.refused : grammar.refused_rest);
  const std::string_view reason = RefusalPhrase(act.reason).*grammar.word;
  if (!reason.empty()) text.append(" (").append(reason).append(")");
  return text;
}

std::string What(const Grammar& grammar, const ActFacts& act) {
  std::vector<std::string> done;
  for (const int method : act.methods) {
    std::string phrase(MethodPhrase(method).*grammar.word);
    const bool said = std::find(done.begin(), done.end(), phrase) != done.end();
    if (!phrase.empty() && !said) done.push_back(std::move(phrase));
  }
  std::string seen = Seen(grammar, act.shown, done.empty());
  if (!seen.empty()) done.insert(done.begin(), std::move(seen));
  if (act.refused) done.push_back(Refusal(grammar, act, done.empty()));
  if (!done.empty()) return Joined(done, grammar.and_clause);
  return std::string(act.reason == access::Reason::kFailed ? grammar.not_done
                                                           : grammar.nothing_shown);
}

std::string Line(const Grammar& grammar, const ActFacts& act) {
  return Who(grammar, act) + " " + What(grammar, act) + ".";
}

}  // namespace

std::string LineNb(const ActFacts& act) {
  const absl::Time time = absl::FromUnixMicros(act.time_us);
  const absl::CivilSecond at = absl::ToCivilSecond(time, domain::OsloZone());
  return std::to_string(at.day()) + ". " + std::string(kMonthsNb[at.month() - 1]) + " " +
         absl::FormatTime("%Y kl. %H.%M", time, domain::OsloZone()) + ": " + Line(kNb, act);
}

std::string LineEn(const ActFacts& act) {
  const absl::Time time = absl::FromUnixMicros(act.time_us);
  const absl::CivilSecond at = absl::ToCivilSecond(time, domain::OsloZone());
  return std::to_string(at.day()) + " " + std::string(kMonthsEn[at.month() - 1]) + " " +
         absl::FormatTime("%Y at %H:%M", time, domain::OsloZone()) + ": " + Line(kEn, act);
}

}  // namespace navo::services
