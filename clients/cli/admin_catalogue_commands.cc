// navo admin: in which words one consents, and what laws there are.
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include "absl/strings/str_cat.h"
#include "clients/cli/admin_view.h"
#include "clients/cli/commands.h"
#include "navo/v1/admin.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::AdminService::Stub;

void AddTexts(CommandLine& line, CLI::App& noun) {
  Command<v1::ListConsentTextsRequest> list(
      line, noun, "texts", "List the consent texts, and which of them a person has checked.",
      "navo admin texts");
  list.Calls(&Stub::ListConsentTexts, PrintConsentTexts);

  Command<v1::AddConsentTextRequest> add(
      line, noun, "add-text",
      "Add a consent text: one more language, or the next version. It is never changed afterwards.",
      "navo admin add-text samordnet-kvalifisering --version 2 --language nb \\\n"
      "    --purpose samordnet-kvalifisering --from 2027-01-01 --file samtykke.nb.txt");
  add.Field("ID", "consent_text.text_id", "Which text")->required();
  add.Field("--version", "consent_text.version", "Which version of it")->required();
  add.Field("--language", "consent_text.language", "Language; a new version begins with nb")
      ->required();
  add.Field("--purpose", "consent_text.purposes", "A purpose that it names")->required();
  add.Field("--from", "consent_text.valid_from", "First day the version is in force");
  add.Field("--reviewed", "consent_text.reviewed", "A person has checked the wording");
  const auto file = std::make_shared<std::string>();
  add.app()
      ->add_option("--file", *file, "File with the words, in paragraphs")
      ->required()
      ->type_name("FILE");
  add.Writing();
  add.Does([&context = line.context, file](v1::AddConsentTextRequest& request) {
    auto words = ReadFile(*file);
    if (!words.ok()) return words.status();
    request.mutable_consent_text()->set_text(*std::move(words));
    return context.Show(&Stub::AddConsentText, request, [&](const v1::AddConsentTextResponse&) {
      context.out() << "Added. See it: navo consent text " << request.consent_text().text_id()
                    << ".\n";
    });
  });

  Command<v1::ReviewConsentTextRequest> review(
      line, noun, "review-text", "Say that a person has checked a wording.",
      "navo admin review-text samordnet-kvalifisering --version 1 --language ti");
  review.Field("ID", "text_id", "Which text")->required();
  review.Field("--version", "version", "Which version of it")->required();
  review.Field("--language", "language", "In which language")->required();
  review.Writing();
  review.Calls(&Stub::ReviewConsentText,
               [](Context& context, const auto&) { context.out() << "Marked as checked.\n"; });
}

// Keeps the first thing that is wrong with a file, and prints nothing.
class FirstError final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int /*column*/, const std::string& message) override {
    if (text_.empty()) text_ = absl::StrCat("line ", line + 1, ": ", message);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

absl::Status ReadLegalBasis(const std::string& text, v1::LegalBasis& basis) {
  FirstError error;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  if (parser.ParseFromString(text, &basis)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--file is no LegalBasis in protobuf's text format: ", error.text()));
}

void AddLaws(CommandLine& line, CLI::App& noun) {
  Command<v1::AddLegalBasisRequest> add(
      line, noun, "add-law",
      "Add a paragraph of a law, or a later version of one, that grounds may rest on.",
      "navo admin add-law --file lov.txtpb     (fields: see LegalBasis in legal_basis.proto)");
  const auto file = std::make_shared<std::string>();
  add.app()
      ->add_option("--file", *file, "File with the entry, a LegalBasis in protobuf's text format")
      ->required()
      ->type_name("FILE");
  add.Writing();
  add.Does([&context = line.context, file](v1::AddLegalBasisRequest& request) {
    const auto entry = ReadFile(*file);
    if (!entry.ok()) return entry.status();
    const absl::Status read = ReadLegalBasis(*entry, *request.mutable_legal_basis());
    if (!read.ok()) return read;
    return context.Show(&Stub::AddLegalBasis, request, [&](const v1::AddLegalBasisResponse&) {
      context.out() << "Added. See it: navo ground catalogue.\n";
    });
  });

  Command<v1::CloseLegalBasisRequest> close(
      line, noun, "close-law",
      "Say until when new grounds may rest on a paragraph; those there are stay.",
      "navo admin close-law \"integreringsloven § 42\" --version 2026-01-01 \\\n"
      "    --last-day 2026-12-31");
  close.Field("LAW", "law_reference", "Law and paragraph, as navo ground catalogue shows it")
      ->required();
  close.Field("--version", "law_version", "Which version of it")->required();
  close.Field("--last-day", "valid_to", "Its last day")->required();
  close.Writing();
  close.Calls(&Stub::CloseLegalBasis,
              [](Context& context, const auto&) { context.out() << "It ends with that day.\n"; });
}

}  // namespace

void AddAdminCatalogueCommands(CommandLine& line, CLI::App& noun) {
  AddTexts(line, noun);
  AddLaws(line, noun);
}

}  // namespace navo::cli
