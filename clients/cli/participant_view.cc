#include "clients/cli/participant_view.h"

#include <algorithm>

#include "clients/cli/printing.h"

namespace navo::cli {

std::string ContactText(const v1::ContactFacts& facts) {
  std::string text = facts.preferred_language();
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (facts.interpreter_needed()) add("interpreter needed");
  if (facts.channel() != v1::CONTACT_CHANNEL_UNSPECIFIED) add(Word(facts.channel()));
  if (!facts.mother_tongue().empty()) add("mother tongue " + facts.mother_tongue());
  return text;
}

void PrintSide(Context& context, const v1::SideFacts& side) {
  const v1::Provenance& from = side.provenance();
  PrintPairs(context,
             {{"Name", NameText(side.facts())},
              {"Minor", side.minor() ? "until " + DateText(side.facts().adult_from()) +
                                           ": rules of their own hold"
                                     : ""},
              {"Contact", ContactText(side.facts())},
              {"From", UnitText(from) + ", " + DayText(from.time()) +
                           (from.source_system().empty() ? "" : ", " + from.source_system())}});
}

void PrintParticipant(Context& context, const v1::GetParticipantResponse& participant) {
  for (const auto& side : participant.sides()) {
    PrintSide(context, side);
    context.out() << "\n";
  }
  Table ties({{"TIED UNIT", 18}, {"REASON", 10}, {"IDENTITY", 10}, {"SINCE", 10}, {"MADE BY", 6}});
  for (const auto& tie : participant.ties()) {
    ties.AddRow({tie.unit(), Word(tie.reason()), Word(tie.identity_confirmation()),
                 DayText(tie.since()), tie.made_by()});
  }
  PrintTable(context, ties, "No ties.");
  if (!participant.team().empty()) {
    Table team({{"TEAM", 10}, {"UNIT", 18}, {"SINCE", 10}, {"SUBJECT", 10}});
    for (const auto& member : participant.team()) {
      team.AddRow({member.name(), member.unit(), DayText(member.since()), member.subject()});
    }
    context.out() << "\n";
    PrintTable(context, team, "");
  }
  PrintWithheld(context, participant.withheld());
}

namespace {

// Leaders are told of ties, and of nobody's name.
bool IsForLeader(const v1::ListParticipantsResponse& list) {
  return std::any_of(list.participants().begin(), list.participants().end(), [](const auto& item) {
    return std::any_of(
        item.withheld().begin(), item.withheld().end(),
        [](const v1::Withheld& withheld) { return withheld.category() == v1::CATEGORY_IDENTITY; });
  });
}

// What a leader looks for: which ties are new, why they were made and by whom.
Table TieTable(const v1::ListParticipantsResponse& list) {
  Table table({{"PARTICIPANT", 36}, {"TIED", 10}, {"REASON", 10}, {"IDENTITY", 8}, {"MADE BY", 6}});
  for (const auto& item : list.participants()) {
    const v1::Tie& tie = item.tie();
    table.AddRow({item.participant_id(), DayText(tie.since()), Word(tie.reason()),
                  Word(tie.identity_confirmation()), tie.made_by()});
  }
  return table;
}

Table CaseTable(const v1::ListParticipantsResponse& list) {
  Table table({{"PARTICIPANT", 36},
               {"NAME", 10},
               {"LANG", 4},
               {"INTERPRETER", 3},
               {"LAST FOLLOW-UP", 10},
               {"TIED", 10}});
  for (const auto& item : list.participants()) {
    table.AddRow({item.participant_id(), NameText(item.facts()), item.facts().preferred_language(),
                  item.facts().interpreter_needed() ? "yes" : "", DateText(item.last_follow_up()),
                  DayText(item.tie().since())});
  }
  return table;
}

}  // namespace

void PrintParticipantList(Context& context, const v1::ListParticipantsResponse& list) {
  PrintTable(context, IsForLeader(list) ? TieTable(list) : CaseTable(list), "Nobody.");
  context.out() << list.participants_size() << " of " << list.total_size() << "\n";
  PrintMore(context, list.next_page_token());
}

}  // namespace navo::cli
