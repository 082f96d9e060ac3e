#ifndef NAVO_SERVICES_CATALOGUE_LEGAL_BASES_H_
#define NAVO_SERVICES_CATALOGUE_LEGAL_BASES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "navo/v1/legal_basis.pb.h"
#include "services/access/categories.h"
#include "services/catalogue/embedded_files.h"
#include "services/domain/error.h"
#include "storage/tx.h"

// The catalogue of laws that a ground may name. Which law there is changes from day to day without
// the program, so every entry has a version and days, and says what is uncertain about it.
namespace navo::services {

// Whether a ground may rest on the entry on every day of the period.
bool InForceOn(const v1::LegalBasis& basis, int64_t from_day, int64_t to_day);
bool Serves(const v1::LegalBasis& basis, v1::Purpose purpose);
// What the entry opens by itself in this direction; nothing in a direction that it does not name.
access::CategorySet OpenedBy(const v1::LegalBasis& basis, v1::ControllerKind from,
                             v1::ControllerKind to);

// Adds violations of `field` + "purposes": one or more that are known.
void CheckPurposes(const std::string& field, const google::protobuf::RepeatedField<int>& purposes,
                   domain::Violations& violations);

// Everything that is wrong with an entry, in the order of its fields, each named below `field`
// ("" or "legal_basis."). Normalises its texts.
void CheckLegalBasis(const std::string& field, v1::LegalBasis& basis,
                     domain::Violations& violations);

// Never changed after it was made: any thread.
class LegalBases {
 public:
  // Files in text format of LegalBasisCatalogue. INVALID_ARGUMENT naming the file or the entry and
  // what is wrong with it.
  static absl::StatusOr<LegalBases> Parse(absl::Span<const EmbeddedFile> files);
  // Those of LegalBasisFiles(). A fault in them stops the process: a test has read them before.
  static const LegalBases& Embedded();
  // With what administrators have added and closed. One statement.
  static absl::StatusOr<LegalBases> Load(storage::ReadTx& tx);

  // By reference and version.
  absl::Span<const v1::LegalBasis> entries() const { return entries_; }
  // Whether there is an entry of this reference in some version.
  bool Has(std::string_view law_reference) const;
  // Null when there is no such entry.
  const v1::LegalBasis* Find(std::string_view law_reference,
                             const google::type::Date& law_version) const;

 private:
  void Put(v1::LegalBasis basis);

  std::vector<v1::LegalBasis> entries_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_CATALOGUE_LEGAL_BASES_H_
