#include "clients/audit/chain.h"

#include <cstdlib>

namespace navo::audit {
namespace {

void Append(std::string& text, int64_t number) {
  const auto bits = static_cast<uint64_t>(number);
  for (int shift = 56; shift >= 0; shift -= 8) text.push_back(static_cast<char>(bits >> shift));
}

}  // namespace

Chain::Chain() : context_(EVP_MD_CTX_new()), hash_(kChainBytes, '\0') {
  if (context_ == nullptr) std::abort();
}

const std::string& Chain::Link(std::string_view before, const LogRow& row, int64_t position) {
  text_.assign(before);
  Append(text_, position);
  for (const int64_t number : row.before_act) Append(text_, number);
  text_ += row.act;
  for (const int64_t number : row.after_act) Append(text_, number);
  auto* out = reinterpret_cast<unsigned char*>(hash_.data());
  if (EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1 ||
      EVP_DigestUpdate(context_.get(), text_.data(), text_.size()) != 1 ||
      EVP_DigestFinal_ex(context_.get(), out, nullptr) != 1) {
    std::abort();
  }
  return hash_;
}

}  // namespace navo::audit
