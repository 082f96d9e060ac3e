#include "clients/audit/verify.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/audit/diagnosis.h"

namespace navo::audit {
namespace {

constexpr int64_t kRowsBetweenReports = 100'000;
constexpr size_t kMostFindings = 20;

std::string When(int64_t time_us) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixMicros(time_us), absl::UTCTimeZone());
}

std::string NameOf(const Checkpoint& checkpoint) {
  return absl::StrCat("checkpoint ", checkpoint.number, " of ", When(checkpoint.time_us));
}

class Verification {
 public:
  Verification(LogFile& file, const VerifyOptions& options, PublicKeys keys)
      : file_(file), options_(options), keys_(std::move(keys)) {}

  absl::StatusOr<VerifyReport> Run() {
    report_.keys_from_file = options_.keys.empty();
    absl::Status status = ReadDropped();
    if (status.ok()) status = CheckCheckpoints();
    if (status.ok()) status = CheckWitness();
    if (status.ok()) status = CheckRows();
    if (!status.ok()) return status;
    return std::move(report_);
  }

 private:
  void Found(Fault fault, int64_t position, std::string text) {
    for (const Finding& said : report_.findings) {
      if (said.text == text) return;
    }
    if (report_.findings.size() < kMostFindings) {
      report_.findings.push_back({fault, position, std::move(text)});
    }
  }

  bool SignedWell(const Checkpoint& checkpoint) {
    const auto key = keys_.find(checkpoint.key_id);
    if (key == keys_.end()) {
      Found(Fault::kSignature, 0,
            absl::StrCat(NameOf(checkpoint), " is signed with the key ", checkpoint.key_id,
                         ", which is not among the known ones"));
      return false;
    }
    if (SignatureHolds(key->second, SignedText(file_.database_id(), checkpoint),
                       checkpoint.signature)) {
      return true;
    }
    Found(Fault::kSignature, 0,
          absl::StrCat(NameOf(checkpoint),
                       " has a wrong signature: it was changed, or made by "
                       "somebody without the key"));
    return false;
  }

  // From where the rows have to be there.
  absl::Status ReadDropped() {
    const absl::StatusOr<std::optional<Checkpoint>> dropped = file_.Dropped();
    if (!dropped.ok()) return dropped.status();
    if (!dropped->has_value() || (*dropped)->position == start_position_) return absl::OkStatus();
    if (!SignedWell(**dropped)) return absl::OkStatus();
    start_position_ = (*dropped)->position;
    start_chain_ = (*dropped)->chain;
    report_.dropped_up_to = start_position_;
    report_.dropped_month = (*dropped)->month;
    return absl::OkStatus();
  }

  // A good checkpoint has to say what the rows say.
  absl::Status Compare(const Checkpoint& checkpoint) {
    if (checkpoint.position <= report_.dropped_up_to) {
      return absl::OkStatus();  // signed, and its row is gone
    }
    const absl::StatusOr<std::optional<LogRow>> row = file_.RowAt(checkpoint.position);
    if (!row.ok()) return row.status();
    if (row->has_value() && (*row)->chain == checkpoint.chain) {
      if (checkpoint.position > report_.vouched_for) {
        report_.vouched_for = checkpoint.position;
        report_.vouched_us = checkpoint.time_us;
      }
      return absl::OkStatus();
    }
    if (row->has_value()) {
      if (!std::exchange(rewritten_, true)) {
        Found(Fault::kRewritten, checkpoint.position,
              absl::StrCat("row ", checkpoint.position, " is not the row that ", NameOf(checkpoint),
                           " was signed for: something between rows ", report_.vouched_for + 1,
                           " and ", checkpoint.position, " was rewritten"));
      }
      return absl::OkStatus();
    }
    return MissingRow(checkpoint);
  }

  absl::Status MissingRow(const Checkpoint& checkpoint) {
    const absl::StatusOr<int64_t> newest = file_.Newest();
    if (!newest.ok()) return newest.status();
    if (checkpoint.position <= *newest) return absl::OkStatus();  // the chain has a gap there
    if (cut_off_ >= checkpoint.position) return absl::OkStatus();
    if (cut_off_ == 0) {
      Found(Fault::kCutOff, *newest + 1,
            absl::StrCat("the log is cut off behind row ", *newest, ": ", NameOf(checkpoint),
                         " was signed for row ", checkpoint.position));
    }
    cut_off_ = checkpoint.position;
    return absl::OkStatus();
  }

  absl::Status CheckCheckpoints() {
    int64_t expected = 1;
    absl::Status status;
    const absl::Status read = file_.EachCheckpoint([&](const Checkpoint& checkpoint) {
      ++report_.checkpoints;
      if (checkpoint.number != expected) {
        Found(Fault::kCheckpoint, 0, absl::StrCat("checkpoint ", expected, " is missing"));
      }
      expected = checkpoint.number + 1;
      if (SignedWell(checkpoint)) status.Update(Compare(checkpoint));
    });
    return read.ok() ? status : read;
  }

  absl::Status CheckWitness() {
    for (const Checkpoint& checkpoint : options_.witness) {
      ++report_.witnessed;
      if (!SignedWell(checkpoint)) continue;
      if (const absl::Status status = Compare(checkpoint); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status CheckBeginning() {
    std::optional<int64_t> before_all;
    const absl::Status status = file_.EachRow(INT64_MIN, [&](const LogRow& row) {
      if (row.position < 1) before_all = row.position;
      return false;
    });
    if (before_all.has_value()) {
      Found(Fault::kInserted, *before_all, "a row was put in before the first one");
    }
    return status;
  }

  // The rows from the beginning on; the first bad one ends it.
  absl::Status FollowChain(std::optional<LogRow>& bad, int64_t& position, std::string& before) {
    Chain chain;
    position = start_position_;
    before = start_chain_;
    report_.first = report_.last = report_.rows = 0;
    const absl::StatusOr<int64_t> newest = file_.Newest();
    if (!newest.ok()) return newest.status();
    return file_.EachRow(start_position_, [&](const LogRow& row) {
      if (row.position != position + 1 || !chain.Follows(before, row)) {
        bad = row;
        return false;
      }
      if (report_.rows == 0) report_.first = row.position;
      ++report_.rows;
      position = report_.last = row.position;
      before = row.chain;
      if (options_.progress && report_.rows % kRowsBetweenReports == 0) {
        options_.progress(report_.rows, *newest - start_position_);
      }
      return true;
    });
  }

  absl::Status CheckRows() {
    absl::Status status = CheckBeginning();
    std::optional<LogRow> bad;
    int64_t position = 0;
    std::string before;
    if (status.ok()) status = FollowChain(bad, position, before);
    if (!status.ok() || !bad.has_value()) return status;
    // Rows may have gone meanwhile, at the end of their retention: then it begins behind them.
    const int64_t started_at = start_position_;
    status = ReadDropped();
    if (status.ok() && start_position_ != started_at) {
      bad.reset();
      status = FollowChain(bad, position, before);
    }
    if (!status.ok() || !bad.has_value()) return status;
    absl::StatusOr<Finding> finding = Diagnose(file_, *bad, position + 1, before);
    if (!finding.ok()) return finding.status();
    // What is wrong with the rows explains what is wrong with the checkpoints behind them.
    report_.findings.insert(report_.findings.begin(), *std::move(finding));
    return absl::OkStatus();
  }

  LogFile& file_;
  const VerifyOptions& options_;
  const PublicKeys keys_;
  int64_t start_position_ = 0;
  std::string start_chain_ = Chain::Beginning();
  bool rewritten_ = false;
  int64_t cut_off_ = 0;
  VerifyReport report_;
};

// nullopt when the line is something else.
std::optional<Checkpoint> CheckpointOf(const nlohmann::json& line) {
  if (!line.is_object() || line.value("event", "") != "log_checkpoint") return std::nullopt;
  return Checkpoint{.number = line.value("number", int64_t{0}),
                    .position = line.value("position", int64_t{0}),
                    .chain = absl::HexStringToBytes(line.value("chain", "")),
                    .time_us = line.value("time_us", int64_t{0}),
                    .kind = line.value("kind", int64_t{0}),
                    .month = line.value("month", int64_t{0}),
                    .key_id = line.value("key", ""),
                    .signature = absl::HexStringToBytes(line.value("signature", ""))};
}

}  // namespace

absl::StatusOr<VerifyReport> Verify(LogFile& file, const VerifyOptions& options) {
  PublicKeys keys = options.keys;
  if (keys.empty()) {
    absl::StatusOr<PublicKeys> own = file.Keys();
    if (!own.ok()) return own.status();
    keys = *std::move(own);
  }
  return Verification(file, options, std::move(keys)).Run();
}

absl::StatusOr<std::vector<Checkpoint>> ReadWitness(std::istream& lines) {
  std::vector<Checkpoint> witness;
  std::string line;
  while (std::getline(lines, line)) {
    const auto parsed = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    try {
      if (auto checkpoint = CheckpointOf(parsed)) witness.push_back(*std::move(checkpoint));
    } catch (const nlohmann::json::exception&) {
      continue;  // a field of another type: a line of something else
    }
  }
  if (witness.empty()) return absl::InvalidArgumentError("holds no checkpoint of navod");
  return witness;
}

}  // namespace navo::audit
