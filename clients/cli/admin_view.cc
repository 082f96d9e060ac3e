#include "clients/cli/admin_view.h"

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "clients/cli/printing.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

// Ids are shown as far as one has to type them.
constexpr size_t kShownOfAnId = 8;

std::string Short(const std::string& id) { return id.substr(0, kShownOfAnId); }

template <class Enum, class Values>
std::string Words(const Values& values) {
  std::string text;
  for (const int value : values) {
    text += (text.empty() ? "" : ", ") + Word(static_cast<Enum>(value));
  }
  return text;
}

std::string Scope(const v1::Principal& one) {
  std::vector<std::string> parts;
  if (one.imports_size() > 0) parts.push_back("imports " + Words<v1::ImportFormat>(one.imports()));
  if (one.follows_size() > 0) parts.push_back("follows " + Words<v1::Category>(one.follows()));
  if (one.sets_protection()) parts.emplace_back("sets protection");
  return absl::StrJoin(parts, "; ");
}

std::string Roles(const v1::Membership& one) {
  const std::string roles = Words<v1::Role>(one.roles());
  return one.administers_installation() ? roles + " of the installation" : roles;
}

std::string Until(const v1::Membership& one) {
  const std::string day = DateText(one.valid_to());
  return one.ended() ? "ended " + day : day;
}

}  // namespace

void PrintControllers(const Context& context, const v1::ListControllersResponse& response) {
  Table table({{"id", 12}, {"kind"}, {"name"}, {"state"}});
  for (const v1::Controller& one : response.controllers()) {
    table.AddRow({one.id(), Word(one.kind()), one.name(), one.closed() ? "closed" : "open"});
  }
  PrintTable(context, table, "No controllers.");
  PrintMore(context, response.next_page_token());
}

void PrintUnits(const Context& context, const v1::ListUnitsResponse& response) {
  Table table({{"id", 18}, {"controller", 12}, {"name"}, {"state"}});
  for (const v1::Unit& one : response.units()) {
    table.AddRow({one.id(), one.controller_id(), one.name(), one.closed() ? "closed" : "open"});
  }
  PrintTable(context, table, "No units: make one with navo admin create-unit.");
  PrintMore(context, response.next_page_token());
}

void PrintPrincipals(const Context& context, const v1::ListPrincipalsResponse& response) {
  Table table({{"id"}, {"name"}, {"subject"}, {"kind"}, {"registered by"}, {"scope"}});
  for (const v1::Principal& one : response.principals()) {
    table.AddRow({Short(one.principal_id()), one.name(), one.subject(), Word(one.kind()),
                  one.own() ? "us" : "another", Scope(one)});
  }
  PrintTable(context, table, "Nobody: register somebody with navo admin create-staff.");
  PrintMore(context, response.next_page_token());
}

void PrintMemberships(const Context& context, const v1::ListMembershipsResponse& response) {
  Table table({{"id"}, {"unit", 12}, {"name"}, {"roles"}, {"from", 10}, {"to", 10}});
  for (const v1::Membership& one : response.memberships()) {
    table.AddRow({Short(one.membership_id()), one.unit_id(), one.principal_name(), Roles(one),
                  DateText(one.valid_from()), Until(one)});
  }
  PrintTable(context, table, "No memberships: add one with navo admin add-member.");
  PrintMore(context, response.next_page_token());
}

void PrintConsentTexts(const Context& context, const v1::ListConsentTextsResponse& response) {
  Table table({{"text", 24}, {"version"}, {"language"}, {"for"}, {"in force from"}, {"wording"}});
  for (const v1::ConsentText& one : response.consent_texts()) {
    table.AddRow({one.text_id(), std::to_string(one.version()), one.language(),
                  Words<v1::Purpose>(one.purposes()),
                  one.has_valid_from() ? DateText(one.valid_from()) : "the beginning",
                  one.reviewed() ? "checked" : "to be reviewed"});
  }
  PrintTable(context, table, "No consent texts.");
}

}  // namespace navo::cli
