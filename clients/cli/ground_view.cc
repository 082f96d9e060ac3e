#include "clients/cli/ground_view.h"

#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

std::string RestsOn(const v1::Ground& ground) {
  std::string text = Word(ground.kind());
  if (!ground.law_reference().empty()) text += ", " + ground.law_reference();
  if (ground.has_proof()) {
    text += ", " + Word(ground.proof().given_by()) + ", text in " + ground.proof().text_language();
  }
  return text;
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
  const std::string from = DateText(ground.valid_from());
  return to.empty() ? "from " + from : from + " – " + to;
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
                {"  period", PeriodText(ground)},
                {"  opens", CategoriesText(ground.release())},
                {"  registered",
                 UnitText(ground.provenance()) + ", " + InstantText(ground.provenance().time())},
                {"  confirmed", ground.has_confirmed() ? UnitText(ground.confirmed()) + ", " +
                                                             InstantText(ground.confirmed().time())
                                                       : ""}});
  }
}

}  // namespace navo::cli
