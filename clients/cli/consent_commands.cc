// navo consent: what the participant agrees to.
#include <set>

#include "absl/strings/str_split.h"
#include "clients/cli/commands.h"
#include "clients/cli/ground_view.h"
#include "clients/cli/printing.h"
#include "clients/cli/text_width.h"
#include "clients/cli/words.h"
#include "navo/v1/consent.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::ConsentService::Stub;

constexpr char kDefaultTextId[] = "samordnet-kvalifisering";
constexpr char kPurposeHelp[] = "What for; samordnet-kvalifisering without it";
constexpr char kSelf[] = "me";

// What `standard` among the categories stands for: what a joint plan needs, nothing sensitive.
constexpr v1::Category kStandard[] = {v1::CATEGORY_EXISTENCE,  v1::CATEGORY_IDENTITY,
                                      v1::CATEGORY_CONTACT,    v1::CATEGORY_GOALS,
                                      v1::CATEGORY_COMPETENCE, v1::CATEGORY_LANGUAGE,
                                      v1::CATEGORY_PLAN,       v1::CATEGORY_FOLLOWUP_SUMMARY};

struct Directions {
  std::vector<std::string> releases;
  std::string categories;
};

absl::Status AddCategories(const std::string& names, v1::Release* release) {
  for (const auto& name : std::vector<std::string>(absl::StrSplit(names, ','))) {
    if (name == "standard") {
      for (const v1::Category category : kStandard) release->add_categories(category);
      continue;
    }
    const absl::Status status = SetField(release, "categories", name);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status AddRelease(const std::string& text, const std::string& categories,
                        v1::Release* release) {
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  if (parts.size() < 2 || parts.size() > 3) {
    return absl::InvalidArgumentError(
        "--release must be FROM:TO or FROM:TO:UNIT, by controller id");
  }
  release->set_from_controller(parts[0]);
  release->set_to_controller(parts[1]);
  if (parts.size() == 3) release->set_to_unit(parts[2]);
  return AddCategories(categories, release);
}

void AddGive(CommandLine& line, CLI::App& noun) {
  Command<v1::GiveConsentRequest> command(
      line, noun, "give", "Register the participant's consent to share between two controllers.",
      "navo consent give PARTICIPANT --release nav-statlig:oslo-vo --release oslo-vo:nav-statlig "
      "\\\n"
      "    --categories standard --text-version 1 --text-language ti \\\n"
      "    --given-by with-interpreter --refusal-explained");
  const auto directions = std::make_shared<Directions>();
  const auto& request = command.request();
  request->set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  request->mutable_proof()->set_text_id(kDefaultTextId);
  command.Participant();
  command.app()
      ->add_option("--release", directions->releases,
                   "Whose data to whom, by controller id; a unit narrows it; may be repeated")
      ->type_name("FROM:TO[:UNIT]")
      ->allow_extra_args(false)
      ->required();
  command.app()
      ->add_option("--categories", directions->categories,
                   "Which data, parted by commas, one of: standard (existence, identity, contact, "
                   "goals, competence, language, plan, followup-summary), " +
                       Choices(*v1::Category_descriptor()))
      ->type_name("LIST")
      ->required();
  command.Field("--purpose", "purpose", kPurposeHelp);
  command.Field("--from", "valid_from", "First day; today without it");
  command.Field("--to", "valid_to", "Last day; three years without it");
  command.Field("--text-id", "proof.text_id", "Which text was shown");
  command.Field("--text-version", "proof.text_version", "Its version")->required();
  command.Field("--text-language", "proof.text_language", "Its language, BCP 47")->required();
  command.Field("--given-by", "proof.given_by", "How it was given; leave out when it is your own");
  command.Field("--refusal-explained", "proof.refusal_explained",
                "It was said that refusing has no effect on rights or services");
  command.Field("--law", "law_reference",
                "Law that the processing rests on beside the consent; see navo ground catalogue");
  command.Field("--law-version", "law_version", "Its version");
  command.Writing();
  command.Does([&context = line.context, directions](v1::GiveConsentRequest& filled) {
    for (const std::string& text : directions->releases) {
      const absl::Status status = AddRelease(text, directions->categories, filled.add_releases());
      if (!status.ok()) return status;
    }
    return context.Show(&Stub::GiveConsent, filled, [&](const v1::GiveConsentResponse& response) {
      PrintGrounds(context, {response.grounds().begin(), response.grounds().end()});
    });
  });
}

bool IsStandingConsent(const v1::Ground& ground) {
  const bool consent =
      ground.kind() == v1::GROUND_KIND_SAMTYKKE || ground.kind() == v1::GROUND_KIND_LOV_OG_SAMTYKKE;
  return consent && ground.state() != v1::GROUND_STATE_ENDED;
}

// The participant's consents for other purposes, which the withdrawal left as they are.
void PrintStanding(Context& context) {
  v1::ListGroundsRequest request;
  request.set_participant_id(kSelf);
  request.set_page_size(200);
  const auto response = context.Call(&Stub::List, request);
  if (!response.ok() || !response->next_page_token().empty()) {
    context.out() << "See what else stands: navo ground list me\n";
  }
  if (!response.ok()) return;
  std::set<v1::Purpose> purposes;
  for (const auto& ground : response->grounds()) {
    if (IsStandingConsent(ground)) purposes.insert(ground.purpose());
  }
  for (const v1::Purpose purpose : purposes) {
    const std::string word = Word(purpose);
    context.out() << "Your consent for " << word
                  << " still stands. To withdraw it too: navo consent withdraw me --purpose \""
                  << word << "\"\n";
  }
}

void AddWithdraw(CommandLine& line, CLI::App& noun) {
  Command<v1::WithdrawConsentRequest> command(
      line, noun, "withdraw", "Register that the participant withdraws; in force at once.",
      "navo consent withdraw PARTICIPANT --channel phone");
  command.request()->set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
  command.Participant();
  command.Field("--purpose", "purpose", kPurposeHelp);
  command.Field("--channel", "channel", "How it came; leave out when you withdraw your own");
  command.Writing();
  command.Does([&context = line.context](v1::WithdrawConsentRequest& request) {
    return context.Show(&Stub::WithdrawConsent, request, [&](const v1::WithdrawConsentResponse&) {
      context.out() << "Withdrawn: nothing is shared on consent for " << Word(request.purpose())
                    << " any more.\n";
      if (request.participant_id() == kSelf) PrintStanding(context);
    });
  });
}

void PrintText(Context& context, const v1::GetConsentTextResponse& response) {
  for (const auto& paragraph : Wrapped(response.text(), context.width())) {
    context.out() << paragraph << "\n";
  }
  std::string languages;
  for (const auto& language : response.languages()) languages += " " + language;
  context.out() << "\n"
                << response.text_id() << ", version " << response.version() << ", "
                << response.language()
                << (response.reviewed() ? "" : " (wording not yet checked by a person)")
                << ". Languages:" << languages << "\n";
}

void AddText(CommandLine& line, CLI::App& noun) {
  Command<v1::GetConsentTextRequest> command(
      line, noun, "text", "The wording to show or read aloud.", "navo consent text --language ti");
  command.request()->set_text_id(kDefaultTextId);
  command.request()->set_language("nb");
  command.Field("TEXT", "text_id",
                "Which text, samordnet-kvalifisering or tilrettelegging; the first without it");
  command.Field("--text-version", "version", "Version; the newest without it");
  command.Field("--language", "language", "Language, BCP 47; nb without it");
  command.Calls(&Stub::GetConsentText, PrintText);
}

void AddReceipt(CommandLine& line, CLI::App& noun) {
  Command<v1::GetReceiptRequest> command(
      line, noun, "receipt", "What was consented to and withdrawn, for the participant to keep.",
      "navo consent receipt PARTICIPANT --language so --format html > receipt.html");
  command.Participant();
  command.Field("--purpose", "purpose", "Consents for this purpose only");
  command.Field("--language", "language",
                "Language beside bokmål, BCP 47; bokmål alone without it");
  command.Field("--format", "format", "How it is written; text without it");
  command.Reading();
  command.Calls(&Stub::GetReceipt, [](Context& context, const v1::GetReceiptResponse& response) {
    context.out() << response.receipt();
  });
}

}  // namespace

void AddConsentCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line, "consent", "What the participant agrees to share.");
  AddGive(line, noun);
  AddWithdraw(line, noun);
  AddText(line, noun);
  AddReceipt(line, noun);
}

}  // namespace navo::cli
