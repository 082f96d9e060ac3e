#ifndef NAVO_STORAGE_CATALOGUE_H_
#define NAVO_STORAGE_CATALOGUE_H_

#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/catalogue.pb.h"
#include "navo/v1/legal_basis.pb.h"
#include "storage/guarded.h"
#include "storage/tx.h"

// Consent texts and laws that administrators have added to those of the program, or changed a mark
// of. Nobody's case: the same for everybody.
namespace navo::storage {

// Of one text, or of all where `text_id` is empty; by text, version and language.
absl::Status EachConsentText(ReadTx& tx, std::string_view text_id,
                             absl::FunctionRef<void(v1::ConsentText&&)> fn);
// By reference and version.
absl::Status EachLegalBasis(ReadTx& tx, absl::FunctionRef<void(v1::LegalBasis&&)> fn);

// Each writes the row under its name, in the place of the one there is, and journals it under
// `actor`.
absl::Status PutConsentText(WriteTx& tx, const v1::ConsentText& text, const Author& actor);
// `law_version_day` is the day of its law_version. `ended`: it was given its last day.
absl::Status PutLegalBasis(WriteTx& tx, const v1::LegalBasis& basis, int64_t law_version_day,
                           bool ended, const Author& actor);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_CATALOGUE_H_
