#include <initializer_list>

#include "nlohmann/json.hpp"
#include "tests/examples/files.h"

namespace navo::examples {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kIssuer = "https://localhost/navo-dev";

struct Member {
  std::string_view key;
  std::string_view name;
  std::string_view unit;
  std::initializer_list<std::string_view> roles;
};

ordered_json Staff(const Member& member) {
  ordered_json roles = ordered_json::array();
  for (const std::string_view role : member.roles) roles.push_back(role);
  ordered_json memberships = ordered_json::array();
  memberships.push_back({{"unit", member.unit}, {"roles", roles}, {"from", "2026-01-01"}});
  return {{"key", member.key},
          {"name", member.name},
          {"issuer", kIssuer},
          {"subject", member.key},
          {"memberships", memberships}};
}

ordered_json StaffList(const std::vector<Person>& people) {
  ordered_json staff = ordered_json::array();
  for (const Member& member : std::initializer_list<Member>{
           {"kari", "Kari Nordby", "nav-grorud-statlig", {"VEILEDER"}},
           {"mona", "Mona Bakke", "nav-grorud-kommunal", {"VEILEDER"}},
           {"per", "Per Solli", "nav-stovner-statlig", {"VEILEDER"}},
           {"tor", "Tor Lie", "vo-rosenhof", {"LAERER"}},
           {"eva", "Eva Strand", "vo-helsfyr", {"LAERER"}},
           {"liv", "Liv Hauge", "nav-grorud-statlig", {"LEDER"}},
           {"dag", "Dag Moen", "nav-grorud-statlig", {"PERSONVERN"}},
           {"vera", "Vera Lunde", "vo-rosenhof", {"PERSONVERN"}},
           {"sara", "Sara Vik", "nav-grorud-statlig", {"VEILEDER", "SKJERMET_TILGANG"}},
           {"frida",
            "Frida Aas",
            "nav-grorud-statlig",
            {"VEILEDER", "STRENGT_FORTROLIG_TILGANG", "FORTROLIG_TILGANG"}},
           {"drift", "Drift Vakt", "nav-grorud-statlig", {"DRIFT"}},
           {"dina", "Dina Holm", "vo-rosenhof", {"DRIFT"}},
           {"ivar", "Ivar Storli", "nav-grorud-statlig", {"DRIFT"}},
           {"jan", "Jan Åsgård", "nav-grorud-statlig", {"VEILEDER"}}}) {
    staff.push_back(Staff(member));
    // Ivar administers the whole installation, the others of DRIFT their own controller.
    if (member.key == "ivar") staff.back()["memberships"][0]["installation"] = true;
  }
  // Jan is a participant himself, and Bushra is family: neither case is his to open.
  staff.back()["national_identity_number"] = PersonOf(people, "jan").number;
  staff.back()["family"] = ordered_json::array({PersonOf(people, "bushra").number});
  return staff;
}

ordered_json System(const Member& member, std::initializer_list<std::string_view> imports,
                    std::initializer_list<std::string_view> follows = {}) {
  ordered_json system = Staff(member);
  system["imports"] = ordered_json::array();
  for (const std::string_view format : imports) system["imports"].push_back(format);
  for (const std::string_view category : follows) system["follows"].push_back(category);
  return system;
}

// The system that passes on how persons are protected.
ordered_json Register(const Member& member) {
  ordered_json system = Staff(member);
  system["sets_protection"] = true;
  return system;
}

ordered_json Unit(std::string_view id, std::string_view controller, std::string_view name) {
  return {{"id", id}, {"controller", controller}, {"name", name}};
}

ordered_json Controller(std::string_view id, std::string_view kind, std::string_view name) {
  return {{"id", id}, {"kind", kind}, {"name", name}};
}

std::string FullName(const Person& person) {
  const std::string given(person.given_name);
  return person.family_name.empty() ? given : given + " " + std::string(person.family_name);
}

ordered_json Protection(const Person& person, std::string_view grading, bool shielded) {
  return {
      {"national_identity_number", person.number}, {"grading", grading}, {"shielded", shielded}};
}

}  // namespace

std::string SeedJson(const std::vector<Person>& people) {
  ordered_json participants = ordered_json::array();
  for (const Person& person : people) {
    // Jan is an adviser and a participant: two ways to sign in.
    const std::string_view key = person.key == "jan" ? "jan-deltaker" : person.key;
    participants.push_back({{"key", key},
                            {"name", FullName(person)},
                            {"subject", person.key},
                            {"national_identity_number", person.number}});
  }
  const auto person = [&people](std::string_view key) { return PersonOf(people, key); };
  const ordered_json seed = {
      {"controllers",
       {Controller("nav-statlig", "NAV_STAT", "NAV, statlig linje"),
        Controller("bydel-grorud", "NAV_KOMMUNE", "Bydel Grorud, kommunal linje i NAV"),
        Controller("oslo-vo", "VO", "Oslo voksenopplæring")}},
      {"units",
       {Unit("nav-grorud-statlig", "nav-statlig", "NAV Grorud, statlig linje"),
        Unit("nav-grorud-kommunal", "bydel-grorud", "NAV Grorud, kommunal linje"),
        Unit("nav-stovner-statlig", "nav-statlig", "NAV Stovner, statlig linje"),
        Unit("vo-rosenhof", "oslo-vo", "Oslo VO Rosenhof"),
        Unit("vo-helsfyr", "oslo-vo", "Oslo VO Helsfyr")}},
      {"staff", StaffList(people)},
      {"systems",
       {System({"komet", "Komet", "nav-grorud-statlig", {"INTEGRASJON"}},
               {"NAV_DELTAKER", "NAV_GJENNOMFOERING"}),
        System({"vo-system", "VO-system", "vo-rosenhof", {"INTEGRASJON"}},
               {"VO_ELEVER", "VO_KURS", "VO_FRAVAER", "NORSKPROVE"}, {"PLAN", "LANGUAGE"}),
        Register({"folkeregister", "Folkeregisteret", "nav-grorud-statlig", {"INTEGRASJON"}})}},
      {"participants", participants},
      {"protection",
       {Protection(person("signe"), "UGRADERT", true),
        Protection(person("maryam"), "STRENGT_FORTROLIG", false),
        Protection(person("daniyar"), "FORTROLIG", false),
        Protection(person("lidia"), "STRENGT_FORTROLIG_UTLAND", false)}}};
  return seed.dump(2) + "\n";
}

}  // namespace navo::examples
