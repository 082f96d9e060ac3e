#ifndef NAVO_SERVICES_CONSENT_CONSENT_TEXTS_H_
#define NAVO_SERVICES_CONSENT_CONSENT_TEXTS_H_

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "navo/v1/ground.pb.h"
#include "services/consent/embedded_files.h"

// The wordings that participants are shown before they consent. They are part of the program: a
// consent names text, version and language, and that wording can always be shown again.
namespace navo::services {

struct ConsentText {
  std::string text_id;
  int version = 0;
  std::string language;  // BCP 47
  std::vector<v1::Purpose> purposes;
  bool reviewed = false;  // a person has checked the wording in this language
  std::string text;

  bool Names(v1::Purpose purpose) const;
};

// Never changed after it was made: any thread.
class ConsentTexts {
 public:
  // A file is named <text id>.<version>.<language>.txt. It begins with lines `version:`,
  // `language:`, `purposes:` (parted by commas) and `reviewed:` (yes or no), then an empty line,
  // then the text. INVALID_ARGUMENT naming the file and what is wrong with it.
  static absl::StatusOr<ConsentTexts> Parse(absl::Span<const EmbeddedFile> files);
  // Those of ConsentTextFiles(). A fault in them stops the process: a test has read them before.
  static const ConsentTexts& Embedded();

  // The highest version of a text, in any language; 0 when there is no such text.
  int NewestVersion(const std::string& text_id) const;
  // Null when there is no such text, version or language.
  const ConsentText* Find(const std::string& text_id, int version,
                          const std::string& language) const;
  // In alphabetical order; empty when there is no such text or version.
  std::vector<std::string> Languages(const std::string& text_id, int version) const;

 private:
  using Key = std::tuple<std::string, int, std::string>;
  std::map<Key, ConsentText> texts_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_CONSENT_TEXTS_H_
