#include "clients/cli/participant_view.h"

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

void PrintParticipantList(Context& context, const v1::ListParticipantsResponse& list) {
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
  PrintTable(context, table, "Nobody.");
  context.out() << list.participants_size() << " of " << list.total_size() << "\n";
  PrintMore(context, list.next_page_token());
}

}  // namespace navo::cli
