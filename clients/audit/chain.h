// The access log's chain, worked out a second time: nothing here is shared with the server that
// wrote the rows, so that a fault in the one is found by the other.
#ifndef NAVO_CLIENTS_AUDIT_CHAIN_H_
#define NAVO_CLIENTS_AUDIT_CHAIN_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "openssl/evp.h"

namespace navo::audit {

inline constexpr size_t kActBytes = 16;
inline constexpr size_t kChainBytes = 32;

// A row as it stands in the file: time, participant, principal, unit, role and relation come before
// the act; rpc, shown, shown through a ground, withheld, purpose, ground, decision, reason and
// revision after it.
struct LogRow {
  static constexpr size_t kBeforeAct = 6;
  static constexpr size_t kAfterAct = 9;

  int64_t position = 0;
  std::array<int64_t, kBeforeAct> before_act{};
  std::string act;
  std::array<int64_t, kAfterAct> after_act{};
  std::string chain;

  int64_t time_us() const { return before_act[0]; }
};

// SHA-256 over the chain before, then every field in the order above as 8 bytes, the highest first,
// the act as it is. One thread.
class Chain {
 public:
  Chain();
  // 32 bytes; of `row` as if it stood at `position`.
  const std::string& Link(std::string_view before, const LogRow& row, int64_t position);
  // Whether the row, where it stands, follows a row with that chain.
  bool Follows(std::string_view before, const LogRow& row) {
    return Link(before, row, row.position) == row.chain;
  }
  // What the first row follows.
  static std::string Beginning() { return std::string(kChainBytes, '\0'); }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
  std::string text_;
  std::string hash_;
};

}  // namespace navo::audit

#endif  // NAVO_CLIENTS_AUDIT_CHAIN_H_
