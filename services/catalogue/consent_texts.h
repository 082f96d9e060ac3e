#ifndef NAVO_SERVICES_CATALOGUE_CONSENT_TEXTS_H_
#define NAVO_SERVICES_CATALOGUE_CONSENT_TEXTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "navo/v1/catalogue.pb.h"
#include "services/catalogue/embedded_files.h"
#include "storage/tx.h"

// The wordings that participants are shown before they consent: those of the program, and those
// that administrators have added. A consent names text, version and language, and that wording can
// always be shown again.
namespace navo::services {

bool Names(const v1::ConsentText& text, v1::Purpose purpose);

// Never changed after it was made: any thread.
class ConsentTexts {
 public:
  // A file is named <text id>.<version>.<language>.txt. It begins with lines `version:`,
  // `language:`, `purposes:` (parted by commas) and `reviewed:` (yes or no), then an empty line,
  // then the text. INVALID_ARGUMENT naming the file and what is wrong with it.
  static absl::StatusOr<ConsentTexts> Parse(absl::Span<const EmbeddedFile> files);
  // Those of ConsentTextFiles(). A fault in them stops the process: a test has read them before.
  static const ConsentTexts& Embedded();
  // With what administrators have added, of one text or of all where `text_id` is empty. One
  // statement.
  static absl::StatusOr<ConsentTexts> Load(storage::ReadTx& tx, const std::string& text_id);

  // The highest version of a text, in any language; 0 when there is no such text.
  int NewestVersion(const std::string& text_id) const;
  // The highest one that is in force on the day; 0 when there is none.
  int VersionInForce(const std::string& text_id, int64_t day) const;
  // Null when there is no such text, version or language.
  const v1::ConsentText* Find(const std::string& text_id, int version,
                              const std::string& language) const;
  // In alphabetical order; empty when there is no such text or version.
  std::vector<std::string> Languages(const std::string& text_id, int version) const;

  using Key = std::tuple<std::string, int, std::string>;  // text, version, language
  const std::map<Key, v1::ConsentText>& all() const { return texts_; }

 private:
  void Put(v1::ConsentText text);

  std::map<Key, v1::ConsentText> texts_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_CATALOGUE_CONSENT_TEXTS_H_
