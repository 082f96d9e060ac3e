#include "services/door/tokens.h"

#include <cstddef>
#include <utility>

namespace navo::door {
namespace {

constexpr size_t kDigestLength = 12;
constexpr size_t kPageBytes = 224;  // what a page token holds, padded: its length tells nothing
constexpr size_t kPageTextLimit = 200;

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
    : keys_(keys), sealer_(keys.token_seal, random), database_id_(std::move(database_id)) {}

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
