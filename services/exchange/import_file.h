// A whole file on its way in: bytes to typed rows and row problems. What import_service feeds.
//
//   ImportFile file(FileFormat::kVoElever, FileEncoding::kUtf8, policy);
//   for each chunk:  file.Feed(chunk);   then take rows with Next() until it gives none
//   at the end:      file.Finish();      then the same once more
//
// Memory does not grow with the file: a record of at most 1 MiB, the chunk, at most 100 rows that
// wait for the file to be recognised, and 16 bytes for each of at most a million ids: in formats
// whose rows carry no time of all rows, of participations those of tombstones.
//
// Belongs to one import; not shared between threads.
#ifndef NAVO_SERVICES_EXCHANGE_IMPORT_FILE_H_
#define NAVO_SERVICES_EXCHANGE_IMPORT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/domain/identifier.h"
#include "services/exchange/csv_header.h"
#include "services/exchange/nav_offering.h"
#include "services/exchange/nav_participation.h"
#include "services/exchange/norskprove.h"
#include "services/exchange/record_reader.h"
#include "services/exchange/row_problem.h"
#include "services/exchange/vo_absence.h"
#include "services/exchange/vo_course.h"
#include "services/exchange/vo_pupil.h"

namespace navo::services {

enum class FileFormat {
  kNavDeltaker,
  kNavGjennomfoering,
  kVoElever,
  kVoKurs,
  kVoFravaer,
  kNorskprove,
};

// Says something about the file that is no fault of a row: UNKNOWN_COLUMN of the header.
struct FileRemark {
  RowProblem remark;
};

struct ImportRow {
  std::int64_t line = 0;  // where the row starts, from 1
  // A RowProblem is a row that was rejected. A FileRemark is no row and is not counted.
  std::variant<NavParticipation, NavTombstone, NavOffering, NavOfferingTombstone, VoPupil, VoCourse,
               VoAbsence, NorskproveResult, RowProblem, FileRemark>
      content;
};

class ImportFile {
 public:
  ImportFile(FileFormat format, FileEncoding encoding, domain::IdentifierPolicy policy);

  // Errors of the three, and then the file is refused whole: INVALID_ARGUMENT FORMAT_UNKNOWN. It
  // comes before any row was given: the file is UTF-16, has no usable header, or none of its first
  // 100 rows is a message of the format. After an error nothing more may be called.
  absl::Status Feed(std::string_view bytes);
  absl::Status Finish();
  // The next row in the order of the file; nullopt when more bytes are needed or all were given.
  absl::StatusOr<std::optional<ImportRow>> Next();

  // Going on where another ImportFile of the same file was: before the first Feed. `header_text` is
  // what its header_text() said. Errors as Feed.
  absl::Status ContinueAt(const FilePlace& place, std::string_view header_text);
  // Ids that were in the rows before: a row with one of them is a duplicate. As TakeNewIds gave
  // them.
  void AddSeenIds(std::string_view ids);
  // Digests of the ids since the last call that may stand in a file once, 8 bytes each.
  std::string TakeNewIds() { return std::exchange(new_ids_, {}); }

  // Where the row after those given out begins; nullopt while rows are held back.
  std::optional<FilePlace> place() const;
  // How far bytes were looked at for good: beyond the place inside a row that is too long.
  std::int64_t passed_bytes() const { return reader_.passed_bytes(); }
  const std::string& header_text() const { return reader_.header_text(); }

 private:
  absl::Status ReadHeader();
  ImportRow ParseRecord(const Record& record) const;
  void RejectDuplicate(ImportRow& row);
  void NoteTombstone(ImportRow& row);
  void Admit(ImportRow row);

  const FileFormat format_;
  const domain::IdentifierPolicy policy_;
  RecordReader reader_;
  const CsvProfile* const profile_;  // nullptr: not a tabular format
  std::optional<CsvHeader> header_;
  bool finished_ = false;
  bool recognised_ = false;     // a message of the format was seen
  std::deque<ImportRow> rows_;  // ready to be given out, or held until recognised_
  absl::flat_hash_set<std::uint64_t> seen_ids_;
  std::string new_ids_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_IMPORT_FILE_H_
