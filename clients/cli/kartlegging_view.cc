#include "clients/cli/kartlegging_view.h"

#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"

namespace navo::cli {
namespace {

// " (fresh, 2 mo)"; nothing where it is not said, as of an earlier version.
std::string FreshnessText(const v1::Section& section, absl::CivilDay today) {
  if (!section.has_last_confirmed()) return "";
  return " (" + Word(section.freshness()) + ", " + AgeText(section.last_confirmed(), today) + ")";
}

}  // namespace

void PrintSection(Context& context, const v1::Section& section, const CodeNames& names) {
  context.out() << "  " << UnitText(section.provenance()) << ", "
                << DayText(section.provenance().time()) << FreshnessText(section, context.today())
                << ", version " << section.version() << ", id " << section.section_id() << "\n";
  for (const auto& confirmation : section.confirmations()) {
    context.out() << "    confirmed by " << UnitText(confirmation) << ", "
                  << DayText(confirmation.time()) << "\n";
  }
  for (const std::string& text : ContentLines(section.content(), names)) {
    for (const auto& line : Wrapped(text, context.width() - 4)) {
      context.out() << "    " << line << "\n";
    }
  }
}

void PrintKartlegging(Context& context, const v1::GetKartleggingResponse& picture,
                      const CodeNames& names) {
  for (const auto& kind : picture.kinds()) {
    context.out() << context.bold() << Word(kind.kind()) << ": " << Word(kind.freshness())
                  << context.plain() << "\n";
    for (const auto& section : kind.sections()) PrintSection(context, section, names);
  }
  PrintWithheld(context, picture.withheld());
}

}  // namespace navo::cli
