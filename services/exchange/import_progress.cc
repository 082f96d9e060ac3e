#include "services/exchange/import_progress.h"

#include <limits>
#include <span>
#include <utility>

#include "storage/status_macros.h"

namespace navo::services {

ImportProgress::ImportProgress(storage::ImportRunKey key, storage::Random& random)
    : key_(std::move(key)) {
  random.Fill(std::as_writable_bytes(std::span(&run_.run_key, 1)));
  run_.run_key &= std::numeric_limits<int64_t>::max();
}

absl::Status ImportProgress::Find(storage::ReadTx& tx) {
  NAVO_ASSIGN_OR_RETURN(interrupted_, storage::FindImportRun(tx, key_));
  return absl::OkStatus();
}

void ImportProgress::Continue() {
  run_ = *interrupted_;
  stored_ = true;
  seen_attempt_ = run_.attempt;
  ++run_.attempt;
  first_byte_ = digested_ = run_.body.offset_bytes();
  place_ = {run_.body.offset_bytes(), run_.next_line};
  place_digest_ = digest_.Digest();
}

absl::StatusOr<storage::ImportRunPart> ImportProgress::Part(storage::ReadTx& tx,
                                                            int64_t number) const {
  NAVO_ASSIGN_OR_RETURN(std::optional<storage::ImportRunPart> part,
                        storage::FindImportRunPart(tx, interrupted_->run_key, number));
  if (part.has_value()) return *std::move(part);
  return absl::UnavailableError("another import of this file has begun: send it again");
}

void ImportProgress::Reach(const std::optional<FilePlace>& place, int64_t passed_bytes) {
  const auto digest_up_to = [this](int64_t byte) {
    if (byte <= digested_) return;
    const auto count = static_cast<std::size_t>(byte - digested_);
    digest_.Add(std::string_view(received_).substr(0, count));
    received_.erase(0, count);
    digested_ = byte;
  };
  if (place.has_value()) {
    if (place->offset_bytes > place_.offset_bytes || place_digest_.empty()) {
      digest_up_to(place->offset_bytes);
      place_digest_ = digest_.Digest();
    }
    place_ = *place;
  }
  digest_up_to(passed_bytes);
}

void ImportProgress::EndBatchAt(const std::optional<FilePlace>& place, std::string_view header_text,
                                std::string row_ids) {
  if (!place.has_value()) lost_ = true;
  next_ = run_;
  row_ids_ = std::move(row_ids);
  next_.next_line = place_.line;
  next_.header = header_text;
  ++next_.parts;
  v1::InterruptedImport& body = next_.body;
  body.set_offset_bytes(place_.offset_bytes);
  // The parts before first_byte_ stand; the one from there on has grown.
  int64_t before = 0;
  int whole = 0;
  for (; whole < body.parts_size() && before < first_byte_; ++whole) {
    before += body.parts(whole).size_bytes();
  }
  body.mutable_parts()->DeleteSubrange(whole, body.parts_size() - whole);
  v1::FilePart& part = *body.add_parts();
  part.set_size_bytes(place_.offset_bytes - first_byte_);
  part.set_sha256(place_digest_);
}

absl::Status ImportProgress::Note(storage::WriteTx& tx, const v1::ImportResponse& report) {
  losing_ = false;
  if (lost_) return absl::OkStatus();
  *next_.body.mutable_counts() = report.counts();
  storage::ImportRunPart part{.row_ids = row_ids_, .report = {}};
  *part.report.mutable_results() = report.results();
  if (!stored_) return storage::BeginImportRun(tx, key_, part, next_);
  NAVO_ASSIGN_OR_RETURN(const bool own, storage::AdvanceImportRun(tx, next_, seen_attempt_, part));
  losing_ = !own;
  return absl::OkStatus();
}

void ImportProgress::Noted() {
  lost_ |= losing_;
  if (lost_) return;
  run_ = next_;
  stored_ = true;
  seen_attempt_ = run_.attempt;
}

absl::Status ImportProgress::Forget(storage::WriteTx& tx) const {
  return storage::EndImportRun(tx, run_.run_key, seen_attempt_);
}

}  // namespace navo::services
