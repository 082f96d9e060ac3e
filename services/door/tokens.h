#ifndef NAVO_SERVICES_DOOR_TOKENS_H_
#define NAVO_SERVICES_DOOR_TOKENS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/clock.h"
#include "storage/crypto.h"
#include "storage/keys.h"

// The opaque texts of the API: revisions, page tokens, feed cursors, etags and
// view versions. Sealed ones are of
// fixed length and bound to who got them, so that nothing can be read out of them, and nobody can
// use another's. Any thread.
namespace navo::door {

// A state of a case: the last journal number of its stream.
struct Revision {
  int stream = 0;
  int64_t seq = 0;
};

// Where a page ended. What the numbers and the text mean is the method's own business.
struct PagePosition {
  int64_t first = 0;
  int64_t second = 0;
  std::string text;  // at most 200 bytes
};

class Tokens {
 public:
  // `keys` and `random` must outlive the object; `database_id` binds revisions to this database.
  Tokens(const storage::Keys& keys, storage::Random& random, std::string database_id);

  std::string SealRevision(int64_t principal_key, const Revision& revision) const;
  // nullopt: damaged, another's, or of another database.
  std::optional<Revision> OpenRevision(int64_t principal_key, std::string_view token) const;

  // `scope` names method, participant and filters: a token is good for the same request only.
  std::string SealPage(int64_t principal_key, std::string_view scope,
                       const PagePosition& position) const;
  std::optional<PagePosition> OpenPage(int64_t principal_key, std::string_view scope,
                                       std::string_view token) const;

  // A place in the feed. `plain` has the same length every time, so the token has too; `scope` is
  // the method and the unit.
  std::string SealCursor(int64_t principal_key, std::string_view scope,
                         std::string_view plain) const;
  // FAILED_PRECONDITION CURSOR_FOREIGN: whole, but of another database. INVALID_ARGUMENT
  // CURSOR_INVALID: damaged, another's, or of another scope.
  absl::StatusOr<std::string> OpenCursor(int64_t principal_key, std::string_view scope,
                                         std::string_view token) const;

  // Same record and version, same etag; says nothing about how many versions there were.
  std::string Etag(std::string_view subject, int64_t record_key, int64_t version) const;
  // A keyed digest of any content, for versions of a view.
  std::string Digest(std::string_view content) const;

 private:
  const storage::Keys& keys_;
  storage::Sealer sealer_;
  std::string database_id_;
  const std::string database_mark_;  // tells databases apart, and nothing else
};

}  // namespace navo::door

#endif  // NAVO_SERVICES_DOOR_TOKENS_H_
