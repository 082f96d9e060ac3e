#include "services/exchange/record_reader.h"

#include <utility>

#include "services/domain/error.h"
#include "services/domain/reasons.h"

namespace navo::services {
namespace {

namespace row_reason = domain::row_reason;

constexpr std::string_view kQuoteOpen =
    "The row must have as many columns as the header: look for a separator or a quotation mark too "
    "many on this line.";

absl::Status FormatUnknown(std::string_view message) {
  return domain::MakeError(absl::StatusCode::kInvalidArgument, domain::reason::kFormatUnknown,
                           message);
}

std::string_view WithoutCarriageReturn(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool AllEmpty(const std::vector<std::string>& fields) {
  for (const std::string& field : fields) {
    if (!field.empty()) return false;
  }
  return true;
}

Record ProblemAt(std::int64_t line, std::string_view reason, std::string_view column = {},
                 std::string_view advice = {}) {
  return Record{
      .line = line, .text = {}, .fields = {}, .problem = MakeProblem(reason, column, advice)};
}

}  // namespace

absl::Status RecordReader::Feed(std::string_view bytes) {
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    discarded_ += static_cast<std::int64_t>(begin_);
    begin_ = 0;
  }
  buffer_.append(bytes);
  return ReadStart();
}

absl::Status RecordReader::ContinueAt(const FilePlace& place, std::string_view header_text) {
  started_ = true;
  discarded_ = place.offset_bytes;
  line_ = place.line;
  return framing_ == Framing::kCsv ? ReadHeaderFields(header_text) : absl::OkStatus();
}

absl::Status RecordReader::Finish() {
  finished_ = true;
  return ReadStart();
}

absl::Status RecordReader::ReadStart() {
  if (!started_) {
    if (buffer_.size() < kSignatureBytes && !finished_) return absl::OkStatus();
    const absl::StatusOr<std::size_t> mark = LengthOfByteOrderMark(buffer_, encoding_);
    if (!mark.ok()) return mark.status();
    begin_ = *mark;
    started_ = true;
  }
  if (framing_ == Framing::kCsv && header_.empty()) return ReadHeader();
  return absl::OkStatus();
}

absl::Status RecordReader::ReadHeader() {
  while (header_.empty()) {
    const std::size_t newline = rest().find('\n');
    if (newline == std::string_view::npos && !finished_) {
      if (rest().size() <= kMaxRecordBytes) return absl::OkStatus();
      return FormatUnknown("the file has no header row that can be read");
    }
    if (rest().empty()) return FormatUnknown("the file is empty: it needs a header row");
    const std::string_view line = rest().substr(0, newline);
    if (!IsBlank(line)) {
      if (absl::Status status = ReadHeaderFields(line); !status.ok()) return status;
      header_line_ = line_;
    }
    Consume(newline == std::string_view::npos ? line.size() : newline + 1, 1);
  }
  return absl::OkStatus();
}

absl::Status RecordReader::ReadHeaderFields(std::string_view line) {
  const std::optional<std::string> header = DecodeRecord(WithoutCarriageReturn(line), encoding_);
  if (!header.has_value()) {
    return FormatUnknown(
        "the header is not text in the declared encoding: save the file as UTF-8, or declare "
        "windows-1252");
  }
  const std::optional<char> separator = FindSeparator(*header);
  if (!separator.has_value()) {
    return FormatUnknown("the first row is no header with columns separated by ; , or tab");
  }
  separator_ = *separator;
  std::optional<std::vector<std::string>> fields = SplitCsvRow(*header, separator_);
  if (!fields.has_value()) return FormatUnknown("the header row cannot be read: check line ends");
  header_ = *std::move(fields);
  header_text_ = line;
  return absl::OkStatus();
}

std::optional<Record> RecordReader::Next() {
  const bool ready = started_ && (framing_ == Framing::kJsonLines || !header_.empty());
  while (ready) {
    if (skipping_) return SkipToLineEnd();
    const bool csv = framing_ == Framing::kCsv;
    const std::optional<Cut> cut = csv ? FindRowEnd() : FindLineEnd();
    if (!cut.has_value()) return std::nullopt;
    if (cut->state == Cut::State::kTooLong) {
      BeginSkipping();
      continue;
    }
    std::optional<Record> record = csv ? TakeRow(*cut) : TakeLine(*cut);
    if (record.has_value()) return record;
  }
  return std::nullopt;
}

std::optional<RecordReader::Cut> RecordReader::EndOfFile(Cut::State state) const {
  if (!finished_ || rest().empty()) return std::nullopt;
  const std::size_t length = WithoutCarriageReturn(rest()).size();
  if (length > kMaxRecordBytes) state = Cut::State::kTooLong;
  return Cut{.state = state, .length = length, .consumed = rest().size()};
}

std::optional<RecordReader::Cut> RecordReader::FindLineEnd() {
  const std::string_view bytes = rest();
  const std::size_t newline = bytes.find('\n', scanned_);
  scanned_ = newline == std::string_view::npos ? bytes.size() : newline;
  const std::string_view line = WithoutCarriageReturn(bytes.substr(0, scanned_));
  // A carriage return at the very end may belong to a line end still to come.
  if (scanned_ > kMaxRecordBytes + 1) return Cut{.state = Cut::State::kTooLong};
  if (newline == std::string_view::npos) return EndOfFile(Cut::State::kWhole);
  if (line.size() > kMaxRecordBytes) return Cut{.state = Cut::State::kTooLong};
  return Cut{.length = line.size(), .consumed = newline + 1};
}

std::optional<RecordReader::Cut> RecordReader::FindRowEnd() {
  const std::string_view bytes = rest();
  for (; scanned_ < bytes.size(); ++scanned_) {
    const char byte = bytes[scanned_];
    if (byte == '\n' && !quotes_.open()) {
      const std::size_t length = WithoutCarriageReturn(bytes.substr(0, scanned_)).size();
      if (length > kMaxRecordBytes) break;
      return Cut{.state = RowState(), .length = length, .consumed = scanned_ + 1};
    }
    if (byte == '\n' && ++lines_ > kMaxLinesPerRecord) return Cut{.state = Cut::State::kQuoteOpen};
    if (scanned_ > kMaxRecordBytes) break;
    if (byte != '\r' || quotes_.open()) quotes_.Take(byte);
  }
  if (scanned_ < bytes.size()) {
    return Cut{.state = lines_ > 1 ? Cut::State::kQuoteOpen : Cut::State::kTooLong};
  }
  return EndOfFile(RowState());
}

RecordReader::Cut::State RecordReader::RowState() const {
  const bool torn = quotes_.open() || quotes_.malformed();
  return torn ? Cut::State::kQuoteOpen : Cut::State::kWhole;
}

std::optional<Record> RecordReader::TakeLine(const Cut& cut) {
  const std::int64_t line = line_;
  const std::string_view bytes = rest().substr(0, cut.length);
  const bool blank = IsBlank(bytes);
  std::optional<std::string> text = DecodeRecord(bytes, encoding_);
  Consume(cut.consumed, 1);
  if (blank) return std::nullopt;
  if (!text.has_value()) return ProblemAt(line, row_reason::kEncoding);
  return Record{.line = line, .text = *std::move(text), .fields = {}, .problem = std::nullopt};
}

std::optional<Record> RecordReader::TakeRow(const Cut& cut) {
  const std::string_view bytes = rest().substr(0, cut.length);
  if (cut.state == Cut::State::kQuoteOpen) return TakeTorn();
  if (IsBlank(bytes)) {
    Consume(cut.consumed, 1);
    return std::nullopt;
  }
  std::optional<std::vector<std::string>> fields = SplitCsvRow(bytes, separator_);
  if (fields.has_value() && lines_ == 1 && AllEmpty(*fields)) {
    Consume(cut.consumed, 1);  // spreadsheets leave such rows behind
    return std::nullopt;
  }
  if (!fields.has_value() || fields->size() != header_.size()) return TakeTorn();
  Record record{.line = line_, .text = {}, .fields = {}, .problem = std::nullopt};
  Consume(cut.consumed, lines_);
  return Decode(std::move(record), *std::move(fields));
}

Record RecordReader::Decode(Record record, std::vector<std::string> raw_fields) const {
  record.fields.reserve(raw_fields.size());
  for (std::size_t i = 0; i < raw_fields.size(); ++i) {
    std::optional<std::string> field = DecodeRecord(raw_fields[i], encoding_);
    if (!field.has_value()) return ProblemAt(record.line, row_reason::kEncoding, header_[i]);
    record.fields.push_back(*std::move(field));
  }
  return record;
}

void RecordReader::BeginSkipping() {
  skipping_from_ = passed_bytes();
  skipping_ = true;
}

// Gives the first line of the record as torn and goes on with the line behind it.
Record RecordReader::TakeTorn() {
  const std::int64_t line = line_;
  const std::size_t newline = rest().find('\n');
  Consume(newline == std::string_view::npos ? rest().size() : newline + 1, 1);
  return ProblemAt(line, row_reason::kWrongColumnCount, {}, kQuoteOpen);
}

// Gives the record that was too long when its end has come.
std::optional<Record> RecordReader::SkipToLineEnd() {
  const std::size_t newline = rest().find('\n');
  if (newline == std::string_view::npos && !finished_) {
    begin_ = buffer_.size();
    return std::nullopt;
  }
  skipping_ = false;
  const std::int64_t line = line_;
  Consume(newline == std::string_view::npos ? rest().size() : newline + 1, 1);
  return ProblemAt(line, row_reason::kTooLong);
}

void RecordReader::Consume(std::size_t bytes, int lines) {
  begin_ += bytes;
  line_ += lines;
  scanned_ = 0;
  lines_ = 1;
  quotes_ = CsvQuotes(separator_);
}

}  // namespace navo::services
