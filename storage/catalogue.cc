#include "storage/catalogue.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/administered.h"
#include "storage/status_macros.h"

namespace navo::storage {
namespace {

constexpr Sql kTexts(
    "SELECT body FROM consent_text WHERE $1 = '' OR text_id = $1"
    " ORDER BY text_id, text_version, language");
constexpr Sql kLaws("SELECT body FROM legal_basis ORDER BY law_reference, law_version_day");

constexpr Sql kTextByName(
    "SELECT consent_text_key, version FROM consent_text"
    " WHERE text_id = $1 AND text_version = $2 AND language = $3");
constexpr Sql kLawByName(
    "SELECT legal_basis_key, version FROM legal_basis"
    " WHERE law_reference = $1 AND law_version_day = $2");

// The row there is under a name; key 0 when there is none.
struct Written {
  int64_t key = 0;
  int64_t version = 0;
};

absl::StatusOr<Written> Find(ReadTx& tx, Sql sql, Values name) {
  Written written;
  NAVO_RETURN_IF_ERROR(tx.First(sql, name, [&](const Row& row) {
                           written = {row.Int64(0), row.Int64(1)};
                         }).status());
  return written;
}

}  // namespace

absl::Status EachConsentText(ReadTx& tx, std::string_view text_id,
                             absl::FunctionRef<void(v1::ConsentText&&)> fn) {
  return tx.Each(kTexts, {text_id}, [&](const Row& row) {
    v1::ConsentText text;
    text.ParseFromString(std::string(row.Bytes(0)));
    fn(std::move(text));
  });
}

absl::Status EachLegalBasis(ReadTx& tx, absl::FunctionRef<void(v1::LegalBasis&&)> fn) {
  return tx.Each(kLaws, {}, [&](const Row& row) {
    v1::LegalBasis basis;
    basis.ParseFromString(std::string(row.Bytes(0)));
    fn(std::move(basis));
  });
}

absl::Status PutConsentText(WriteTx& tx, const v1::ConsentText& text, const Author& actor) {
  NAVO_ASSIGN_OR_RETURN(Written row,
                        Find(tx, kTextByName, {text.text_id(), text.version(), text.language()}));
  const std::string body = text.SerializeAsString();
  ++row.version;
  if (row.key == 0) {
    NAVO_ASSIGN_OR_RETURN(
        row.key, tx.Insert("INSERT INTO consent_text (text_id, text_version, language, body,"
                           " version, retention_class, key_id) VALUES ($1, $2, $3, $4, $5, $6, 0)"
                           " RETURNING consent_text_key",
                           {text.text_id(), text.version(), text.language(), Blob(body),
                            row.version, kAdministeredRetention}));
  } else {
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE consent_text SET body = $2, version = $3 WHERE consent_text_key = $1",
               {row.key, Blob(body), row.version}));
  }
  const std::string name = absl::StrCat(text.text_id(), ".", text.version(), ".", text.language());
  JournalAdministered(tx, {JournalSubject::kConsentText, row.key, name, row.version, false, text},
                      actor);
  return absl::OkStatus();
}

absl::Status PutLegalBasis(WriteTx& tx, const v1::LegalBasis& basis, int64_t law_version_day,
                           bool ended, const Author& actor) {
  NAVO_ASSIGN_OR_RETURN(Written row,
                        Find(tx, kLawByName, {basis.law_reference(), law_version_day}));
  const std::string body = basis.SerializeAsString();
  ++row.version;
  if (row.key == 0) {
    NAVO_ASSIGN_OR_RETURN(
        row.key, tx.Insert("INSERT INTO legal_basis (law_reference, law_version_day, body, version,"
                           " retention_class, key_id) VALUES ($1, $2, $3, $4, $5, 0)"
                           " RETURNING legal_basis_key",
                           {basis.law_reference(), law_version_day, Blob(body), row.version,
                            kAdministeredRetention}));
  } else {
    NAVO_RETURN_IF_ERROR(
        tx.Run("UPDATE legal_basis SET body = $2, version = $3 WHERE legal_basis_key = $1",
               {row.key, Blob(body), row.version}));
  }
  JournalAdministered(
      tx, {JournalSubject::kLegalBasis, row.key, basis.law_reference(), row.version, ended, basis},
      actor);
  return absl::OkStatus();
}

}  // namespace navo::storage
