#ifndef NAVO_SERVICES_CATALOGUE_EMBEDDED_FILES_H_
#define NAVO_SERVICES_CATALOGUE_EMBEDDED_FILES_H_

#include <string_view>

#include "absl/types/span.h"

// Data that is part of the program: what was read out to a participant, or relied on as a law, can
// always be shown again. By name; any thread.
namespace navo::services {

struct EmbeddedFile {
  std::string_view name;
  std::string_view content;
};

absl::Span<const EmbeddedFile> ConsentTextFiles();  // services/catalogue/texts
absl::Span<const EmbeddedFile> LegalBasisFiles();   // services/catalogue/laws
absl::Span<const EmbeddedFile> ReceiptWordFiles();  // services/consent/receipts

}  // namespace navo::services

#endif  // NAVO_SERVICES_CATALOGUE_EMBEDDED_FILES_H_
