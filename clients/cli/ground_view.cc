#include "clients/cli/ground_view.h"

#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

std::string RestsOn(const v1::Ground& ground) {
  std::string text = Word(ground.kind());
  if (!ground.law_reference().empty()) {
    text += ", " + ground.law_reference() + " (" + DateText(ground.law_version()) + ")";
  }
  if (ground.has_proof()) {
    text += ", " + Word(ground.proof().given_by()) + ", text in " + ground.proof().text_language();
  }
  return text;
}

bool IsByParticipant(const v1::Provenance& provenance) {
  return provenance.role() == v1::ROLE_DELTAKER;
}

// What the participant did has no unit.
std::string ByText(const v1::Provenance& provenance) {
  return (IsByParticipant(provenance) ? "by the participant" : UnitText(provenance)) + ", " +
         InstantText(provenance.time());
}

// Days as text; `to` may be empty.
std::string SpanText(const std::string& from, const std::string& to) {
  return to.empty() ? "from " + from : from + " – " + to;
}

std::string InForceText(const v1::LegalBasis& basis) {
  const std::string from = DateText(basis.valid_from());
  return from.empty() ? "no" : SpanText(from, DateText(basis.valid_to()));
}

}  // namespace

std::string DirectionText(const v1::Release& release) {
  const std::string unit = release.to_unit().empty() ? "" : " (" + release.to_unit() + ")";
  return release.from_controller() + " → " + release.to_controller() + unit;
}

std::string CategoriesText(const v1::Release& release) {
  std::string text;
  for (const int category : release.categories()) {
    text += (text.empty() ? "" : ", ") + Word(static_cast<v1::Category>(category));
  }
  return text;
}

std::string PeriodText(const v1::Ground& ground) {
  const std::string to =
      ground.has_ended_at() ? DayText(ground.ended_at()) : DateText(ground.valid_to());
  return SpanText(DateText(ground.valid_from()), to);
}

std::string DirectionsText(const v1::LegalBasis& basis) {
  std::string text;
  for (const auto& direction : basis.directions()) {
    text += (text.empty() ? "" : ", ") + Word(direction.from_kind()) + " → " +
            Word(direction.to_kind());
  }
  return text.empty() ? "nothing by itself; a consent may name it" : text;
}

void PrintLegalBases(Context& context, const std::vector<v1::LegalBasis>& bases) {
  if (bases.empty()) context.out() << "No law is in the catalogue for that day.\n";
  for (const v1::LegalBasis& basis : bases) {
    std::string categories;
    for (const int category : basis.categories()) {
      categories += (categories.empty() ? "" : ", ") + Word(static_cast<v1::Category>(category));
    }
    std::string purposes;
    for (const int purpose : basis.purposes()) {
      purposes += (purposes.empty() ? "" : ", ") + Word(static_cast<v1::Purpose>(purpose));
    }
    context.out() << context.bold() << basis.law_reference() << context.plain() << "\n";
    PrintPairs(context, {{"  law", basis.law_id()},
                         {"  version", DateText(basis.law_version())},
                         {"  in force", InForceText(basis)},
                         {"  for", purposes},
                         {"  opens", DirectionsText(basis)},
                         {"  of", categories},
                         {"  says", basis.meaning_nb()},
                         {"  uncertain", basis.uncertain_nb()}});
  }
}

void PrintGrounds(Context& context, const std::vector<v1::Ground>& grounds) {
  if (grounds.empty()) context.out() << "No grounds that you may know of.\n";
  for (const auto& ground : grounds) {
    context.out() << context.bold() << DirectionText(ground.release()) << ": "
                  << Word(ground.state()) << context.plain() << "\n";
    PrintPairs(context,
               {{"  id", ground.ground_id()},
                {"  rests on", RestsOn(ground)},
                {"  for", Word(ground.purpose())},
                {"  period", PeriodText(ground) + (ground.ends_soon() ? ", ends soon" : "")},
                {"  minor", ground.given_while_minor() ? "was under 18 when it was given" : ""},
                {"  opens", CategoriesText(ground.release())},
                {IsByParticipant(ground.provenance()) ? "  given" : "  registered",
                 ByText(ground.provenance())},
                {"  confirmed", ground.has_confirmed() ? ByText(ground.confirmed()) : ""}});
  }
}

}  // namespace navo::cli
