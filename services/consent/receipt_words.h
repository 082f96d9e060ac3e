#ifndef NAVO_SERVICES_CONSENT_RECEIPT_WORDS_H_
#define NAVO_SERVICES_CONSENT_RECEIPT_WORDS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "navo/v1/ground.pb.h"
#include "services/catalogue/embedded_files.h"

// The words of a receipt and of explanations, in the languages that consent texts are written in.
namespace navo::services {

// The words of one language. A word that is not there is a fault that Parse finds.
class ReceiptWords {
 public:
  ReceiptWords(bool reviewed, std::map<std::string, std::string, std::less<>> words)
      : reviewed_(reviewed), words_(std::move(words)) {}

  // Whether a person has checked them.
  bool reviewed() const { return reviewed_; }
  const std::string& Word(std::string_view key) const;
  const std::string& Of(v1::Category category) const;
  const std::string& Of(v1::Purpose purpose) const;
  // Whether every word that a receipt needs is there.
  bool Whole() const;

 private:
  bool reviewed_;
  std::map<std::string, std::string, std::less<>> words_;
};

// Never changed after it was made: any thread.
class ReceiptLanguages {
 public:
  // A file is named <language>.txt and holds lines `key: words` and `reviewed: yes` or `no`.
  // INVALID_ARGUMENT naming the file and what is wrong with it.
  static absl::StatusOr<ReceiptLanguages> Parse(absl::Span<const EmbeddedFile> files);
  // Those of ReceiptWordFiles(). A fault in them stops the process: a test has read them before.
  static const ReceiptLanguages& Embedded();

  // Null when there is no such language. "nb" and "en" are always there.
  const ReceiptWords* Find(std::string_view language) const;
  // In alphabetical order.
  std::vector<std::string> Languages() const;

 private:
  std::map<std::string, ReceiptWords, std::less<>> languages_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_RECEIPT_WORDS_H_
