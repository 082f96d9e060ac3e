// navo explain: what of whose data is open to whom, and why.
#include "clients/cli/commands.h"
#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"
#include "navo/v1/consent.grpc.pb.h"

namespace navo::cli {
namespace {

void PrintSide(Context& context, const v1::SideAccess& side, bool in_english) {
  const std::string from =
      side.from_controller().empty() ? Word(side.from_kind()) : side.from_controller();
  context.out() << context.bold() << from << " → " << side.to_controller() << context.plain()
                << "\n";
  for (const v1::CategoryAccess& access : side.access()) {
    const std::string& words = in_english ? access.explanation_en() : access.explanation_nb();
    for (const std::string& row : Wrapped(words, context.width() - 2)) {
      context.out() << "  " << row << "\n";
    }
  }
}

}  // namespace

void AddExplainCommand(CommandLine& line) {
  const auto in_english = std::make_shared<bool>(false);
  Command<v1::ExplainAccessRequest> command(
      line, line.app, "explain", "Say what is open to whom, and why, as far as you may know.",
      "navo explain PARTICIPANT --english");
  command.Participant();
  command.Reading();
  command.app()->add_flag("--english", *in_english, "In English; bokmål without it");
  command.Calls(&v1::ConsentService::Stub::ExplainAccess,
                [in_english](Context& context, const v1::ExplainAccessResponse& response) {
                  for (const v1::SideAccess& side : response.sides()) {
                    PrintSide(context, side, *in_english);
                  }
                  if (response.sides().empty()) {
                    context.out() << "Nothing is open, and nothing was asked for.\n";
                  }
                });
}

}  // namespace navo::cli
