// Cuts a file that arrives as bytes, in pieces cut anywhere, into records with their line numbers.
//
// Memory does not grow with the file: at most one record (1 MiB) and one piece are held, if the
// owner takes all records after every Feed. A record that is too long, not text in the declared
// encoding or torn is given with its problem once its end was seen, and reading goes on behind it.
// A quote that is never closed does not swallow the rows behind it: the line it stands on is
// reported and reading starts again on the next line.
//
// Belongs to one import; not shared between threads.
#ifndef NAVO_SERVICES_EXCHANGE_RECORD_READER_H_
#define NAVO_SERVICES_EXCHANGE_RECORD_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/exchange/csv_row.h"
#include "services/exchange/row_problem.h"
#include "services/exchange/text_encoding.h"

namespace navo::services {

inline constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20;
// A CSV record with quoted line ends spans at most so many lines; more means a quote left open.
inline constexpr int kMaxLinesPerRecord = 50;

enum class Framing { kJsonLines, kCsv };

struct Record {
  std::int64_t line = 0;              // where it starts, from 1
  std::string text;                   // JSON lines: the line
  std::vector<std::string> fields;    // CSV: as many as the header has
  std::optional<RowProblem> problem;  // then text and fields are empty
};

// A place between two records.
struct FilePlace {
  std::int64_t offset_bytes = 0;
  std::int64_t line = 1;
};

class RecordReader {
 public:
  RecordReader(Framing framing, FileEncoding encoding) : framing_(framing), encoding_(encoding) {}

  // Takes the next bytes of the file. Errors: INVALID_ARGUMENT FORMAT_UNKNOWN when the file is
  // UTF-16, has no header that can be read, or begins with a UTF-8 mark and is declared to be in
  // another encoding; nothing more can be done with the file then.
  absl::Status Feed(std::string_view bytes);

  // Before the first Feed: the bytes come from `place` on. `header_text` is what header_text() said
  // when the reader was there. Errors as Feed.
  absl::Status ContinueAt(const FilePlace& place, std::string_view header_text);

  // Says that there are no more bytes. Errors as Feed.
  absl::Status Finish();

  // The next record; nullopt when more bytes are needed, or after Finish when there are no more.
  // Blank lines are left out.
  std::optional<Record> Next();

  // CSV: the header's fields, empty until it was read. It is not given as a record.
  const std::vector<std::string>& header() const { return header_; }
  std::int64_t header_line() const { return header_line_; }
  // The header's line as it stands in the file.
  const std::string& header_text() const { return header_text_; }

  // Where the next record begins.
  FilePlace place() const {
    return {skipping_ ? skipping_from_ : discarded_ + static_cast<std::int64_t>(begin_), line_};
  }
  // How far bytes were looked at for good: beyond the place inside a record that is too long.
  std::int64_t passed_bytes() const { return discarded_ + static_cast<std::int64_t>(begin_); }

  // What is held of the file just now.
  std::size_t buffered_bytes() const { return buffer_.capacity(); }

 private:
  // Where the current record ends in the buffer.
  struct Cut {
    enum class State { kWhole, kTooLong, kQuoteOpen };
    State state = State::kWhole;
    std::size_t length = 0;    // without the line end
    std::size_t consumed = 0;  // with it
  };

  absl::Status ReadStart();
  absl::Status ReadHeader();
  absl::Status ReadHeaderFields(std::string_view line);
  std::optional<Cut> FindLineEnd();
  std::optional<Cut> FindRowEnd();
  std::optional<Cut> EndOfFile(Cut::State state) const;
  Cut::State RowState() const;
  std::optional<Record> TakeLine(const Cut& cut);
  std::optional<Record> TakeRow(const Cut& cut);
  void BeginSkipping();
  Record TakeTorn();
  Record Decode(Record record, std::vector<std::string> raw_fields) const;
  std::optional<Record> SkipToLineEnd();
  void Consume(std::size_t bytes, int lines);
  std::string_view rest() const { return std::string_view(buffer_).substr(begin_); }

  const Framing framing_;
  const FileEncoding encoding_;
  std::string buffer_;          // bytes not yet given out, from begin_ on
  std::size_t begin_ = 0;       // start of the current record
  std::int64_t discarded_ = 0;  // bytes of the file before the buffer
  std::int64_t line_ = 1;       // its line
  bool started_ = false;        // the byte order mark is behind us
  bool finished_ = false;
  bool skipping_ = false;           // inside a record that is too long
  std::int64_t skipping_from_ = 0;  // where it began
  // How far the current record was looked through, counted from begin_.
  std::size_t scanned_ = 0;
  int lines_ = 1;
  CsvQuotes quotes_{';'};

  char separator_ = ';';
  std::vector<std::string> header_;
  std::string header_text_;
  std::int64_t header_line_ = 0;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_RECORD_READER_H_
