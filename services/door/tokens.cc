#include "services/door/tokens.h"

#include <cstddef>
#include <utility>

#include "services/domain/error.h"
#include "services/domain/reasons.h"

namespace navo::door {
namespace {

constexpr size_t kDigestLength = 12;
constexpr size_t kPageBytes = 224;  // what a page token holds, padded: its length tells nothing
constexpr size_t kPageTextLimit = 200;
constexpr size_t kMarkLength = 8;  // of the database, and of the check over a whole cursor

void PutNumber(std::string& out, int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<uint64_t>(number) >> shift));
  }
}

int64_t GetNumber(std::string_view bytes, size_t position) {
  uint64_t number = 0;
  for (size_t i = 0; i < 8; ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes[position + i]);
  }
  return static_cast<int64_t>(number);
}

// What a sealed text is bound to: its use, who got it, and where it came from.
std::string Binding(std::string_view use, int64_t principal_key, std::string_view scope) {
  std::string binding(use);
  PutNumber(binding, principal_key);
  binding.append(scope);
  return binding;
}

}  // namespace

Tokens::Tokens(const storage::Keys& keys, storage::Random& random, std::string database_id)
    : keys_(keys),
      sealer_(keys.token_seal, random),
      database_id_(std::move(database_id)),
      database_mark_(storage::Sha256("cursor" + database_id_).substr(0, kMarkLength)) {}

std::string Tokens::SealRevision(int64_t principal_key, const Revision& revision) const {
  std::string plain;
  PutNumber(plain, revision.stream);
  PutNumber(plain, revision.seq);
  return storage::Base64UrlEncode(
      sealer_.Seal(plain, Binding("revision", principal_key, database_id_)));
}

std::optional<Revision> Tokens::OpenRevision(int64_t principal_key, std::string_view token) const {
  const std::optional<std::string> sealed = storage::Base64UrlDecode(token);
  if (!sealed.has_value()) return std::nullopt;
  const absl::StatusOr<std::string> plain =
      sealer_.Open(*sealed, Binding("revision", principal_key, database_id_));
  if (!plain.ok() || plain->size() != 16) return std::nullopt;
  return Revision{static_cast<int>(GetNumber(*plain, 0)), GetNumber(*plain, 8)};
}

std::string Tokens::SealPage(int64_t principal_key, std::string_view scope,
                             const PagePosition& position) const {
  std::string plain;
  PutNumber(plain, position.first);
  PutNumber(plain, position.second);
  const std::string text = position.text.substr(0, kPageTextLimit);
  plain.push_back(static_cast<char>(text.size()));
  plain.append(text);
  plain.resize(kPageBytes, '\0');
  return storage::Base64UrlEncode(sealer_.Seal(plain, Binding("page", principal_key, scope)));
}

std::optional<PagePosition> Tokens::OpenPage(int64_t principal_key, std::string_view scope,
                                             std::string_view token) const {
  const std::optional<std::string> sealed = storage::Base64UrlDecode(token);
  if (!sealed.has_value()) return std::nullopt;
  const absl::StatusOr<std::string> plain =
      sealer_.Open(*sealed, Binding("page", principal_key, scope));
  if (!plain.ok() || plain->size() != kPageBytes) return std::nullopt;
  PagePosition position{GetNumber(*plain, 0), GetNumber(*plain, 8), {}};
  position.text = plain->substr(17, static_cast<unsigned char>((*plain)[16]));
  return position;
}

// The mark and the check are outside of the seal: another database may have other keys, and what
// was damaged on the way is told apart from what was never of this database.
std::string Tokens::SealCursor(int64_t principal_key, std::string_view scope,
                               std::string_view plain) const {
  std::string token = database_mark_ + sealer_.Seal(plain, Binding("cursor", principal_key, scope));
  token.append(storage::Sha256(token).substr(0, kMarkLength));
  return storage::Base64UrlEncode(token);
}

absl::StatusOr<std::string> Tokens::OpenCursor(int64_t principal_key, std::string_view scope,
                                               std::string_view token) const {
  const absl::Status invalid =
      domain::MakeError(absl::StatusCode::kInvalidArgument, domain::reason::kCursorInvalid,
                        "cursor is not one of yours in this unit: send the one you were given, or "
                        "take a new one and read everything once");
  const std::optional<std::string> decoded = storage::Base64UrlDecode(token);
  if (!decoded.has_value() || decoded->size() < 2 * kMarkLength) return invalid;
  const std::string_view whole(*decoded);
  const std::string_view marked = whole.substr(0, whole.size() - kMarkLength);
  if (storage::Sha256(marked).substr(0, kMarkLength) != whole.substr(marked.size())) return invalid;
  if (marked.substr(0, kMarkLength) != database_mark_) {
    return domain::MakeError(absl::StatusCode::kFailedPrecondition, domain::reason::kCursorForeign,
                             "cursor is from another database: take a new one and read everything "
                             "once");
  }
  absl::StatusOr<std::string> plain =
      sealer_.Open(marked.substr(kMarkLength), Binding("cursor", principal_key, scope));
  if (!plain.ok()) return invalid;
  return plain;
}

std::string Tokens::Etag(std::string_view subject, int64_t record_key, int64_t version) const {
  std::string content = Binding("etag", record_key, subject);
  PutNumber(content, version);
  return Digest(content);
}

std::string Tokens::Digest(std::string_view content) const {
  return storage::Base64UrlEncode(
      storage::HmacSha256(keys_.etag, content).substr(0, kDigestLength));
}

}  // namespace navo::door
