#include "services/exchange/import_file.h"

#include <cstring>
#include <string>
#include <utility>

#include "services/domain/error.h"
#include "services/domain/reasons.h"

namespace navo::services {
namespace {

constexpr std::size_t kMaxHeldRows = 100;
constexpr std::size_t kMaxSeenIds = 1'000'000;
constexpr std::size_t kIdBytes = sizeof(std::uint64_t);

// FNV-1a: the same in every process, because what was seen outlives one.
std::uint64_t DigestOf(std::string_view id) {
  std::uint64_t digest = 0xcbf29ce484222325;
  for (const char byte : id) {
    digest = (digest ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  return digest;
}

absl::Status NotTheFormat() {
  return domain::MakeError(absl::StatusCode::kInvalidArgument, domain::reason::kFormatUnknown,
                           "the file holds no message of the stated format: choose the format that "
                           "it is");
}

const CsvProfile* ProfileOf(FileFormat format) {
  switch (format) {
    case FileFormat::kVoElever:
      return &kVoPupilProfile;
    case FileFormat::kVoKurs:
      return &kVoCourseProfile;
    case FileFormat::kVoFravaer:
      return &kVoAbsenceProfile;
    case FileFormat::kNorskprove:
      return &kNorskproveProfile;
    case FileFormat::kNavDeltaker:
    case FileFormat::kNavGjennomfoering:
      break;
  }
  return nullptr;
}

// What a row is about: two rows of a file about the same cannot both be taken. Empty id: a file may
// hold many.
struct Identity {
  std::string id;
  std::string_view column;  // that names it in a problem
  // Whether a digest of the id may be kept for an import that goes on later. Not of a person's
  // number, which would be found again by trying all of them.
  bool may_be_kept = true;
};

struct IdentityOf {
  Identity operator()(const NavOffering& row) const { return {row.offering_id, "id"}; }
  Identity operator()(const NavOfferingTombstone& row) const { return {row.offering_id, "key"}; }
  Identity operator()(const VoPupil& row) const { return {row.source_id, "elev_id"}; }
  Identity operator()(const VoCourse& row) const {
    return {SourceIdOfCourse(row.pupil_id, row.course_id), "kurs_id"};
  }
  Identity operator()(const VoAbsence& row) const { return {SourceIdOfWeek(row), "uke"}; }
  Identity operator()(const NorskproveResult& row) const {
    return {AttemptOf(row), "delprove", false};
  }
  // Participations carry the time of their last change, by which storage tells which is newer.
  Identity operator()(const NavParticipation&) const { return {}; }
  Identity operator()(const NavTombstone&) const { return {}; }
  Identity operator()(const RowProblem&) const { return {}; }
  Identity operator()(const FileRemark&) const { return {}; }
};

}  // namespace

ImportFile::ImportFile(FileFormat format, FileEncoding encoding, domain::IdentifierPolicy policy)
    : format_(format),
      policy_(policy),
      reader_(ProfileOf(format) != nullptr ? Framing::kCsv : Framing::kJsonLines, encoding),
      profile_(ProfileOf(format)) {}

absl::Status ImportFile::Feed(std::string_view bytes) {
  if (absl::Status status = reader_.Feed(bytes); !status.ok()) return status;
  return ReadHeader();
}

absl::Status ImportFile::Finish() {
  finished_ = true;
  if (absl::Status status = reader_.Finish(); !status.ok()) return status;
  return ReadHeader();
}

absl::Status ImportFile::ContinueAt(const FilePlace& place, std::string_view header_text) {
  if (absl::Status status = reader_.ContinueAt(place, header_text); !status.ok()) return status;
  if (absl::Status status = ReadHeader(); !status.ok()) return status;
  rows_.clear();  // remarks on the header were made at the beginning
  recognised_ = true;
  return absl::OkStatus();
}

void ImportFile::AddSeenIds(std::string_view ids) {
  for (; ids.size() >= kIdBytes; ids.remove_prefix(kIdBytes)) {
    std::uint64_t id = 0;
    std::memcpy(&id, ids.data(), kIdBytes);
    seen_ids_.insert(id);
  }
}

std::optional<FilePlace> ImportFile::place() const {
  if (!rows_.empty()) return std::nullopt;
  return reader_.place();
}

absl::Status ImportFile::ReadHeader() {
  if (profile_ == nullptr || header_.has_value() || reader_.header().empty()) {
    return absl::OkStatus();
  }
  absl::StatusOr<CsvHeader> header = CsvHeader::Parse(*profile_, reader_.header());
  if (!header.ok()) return header.status();
  header_ = *std::move(header);
  recognised_ = true;
  for (const std::string& column : header_->unknown_columns()) {
    rows_.push_back(
        {.line = reader_.header_line(),
         .content = FileRemark{MakeProblem(domain::row_reason::kUnknownColumn, column)}});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<ImportRow>> ImportFile::Next() {
  while (!recognised_ || rows_.empty()) {
    std::optional<Record> record = reader_.Next();
    if (!record.has_value()) {
      if (finished_ && !recognised_ && !rows_.empty()) return NotTheFormat();
      return std::nullopt;
    }
    Admit(ParseRecord(*record));
    if (!recognised_ && rows_.size() >= kMaxHeldRows) return NotTheFormat();
  }
  ImportRow row = std::move(rows_.front());
  rows_.pop_front();
  return row;
}

void ImportFile::Admit(ImportRow row) {
  const auto* problem = std::get_if<RowProblem>(&row.content);
  if (problem == nullptr || !problem->foreign) recognised_ = true;
  RejectDuplicate(row);
  NoteTombstone(row);
  rows_.push_back(std::move(row));
}

ImportRow ImportFile::ParseRecord(const Record& record) const {
  ImportRow row{.line = record.line, .content = RowProblem{}};
  if (record.problem.has_value()) {
    RowProblem problem = *record.problem;
    problem.foreign = true;  // a row nobody could read says nothing for the format
    row.content = std::move(problem);
    return row;
  }
  const auto keep = [&row](auto&& parsed) { row.content = std::forward<decltype(parsed)>(parsed); };
  switch (format_) {
    case FileFormat::kNavDeltaker:
      std::visit(keep, ParseNavParticipation(record.text, policy_));
      break;
    case FileFormat::kNavGjennomfoering:
      std::visit(keep, ParseNavOffering(record.text));
      break;
    case FileFormat::kVoElever:
      std::visit(keep, ParseVoPupil(*header_, record.fields, policy_));
      break;
    case FileFormat::kVoKurs:
      std::visit(keep, ParseVoCourse(*header_, record.fields));
      break;
    case FileFormat::kVoFravaer:
      std::visit(keep, ParseVoAbsence(*header_, record.fields));
      break;
    case FileFormat::kNorskprove:
      std::visit(keep, ParseNorskprove(*header_, record.fields, policy_));
      break;
  }
  return row;
}

// The formats that are looked at carry no time: were both rows taken, each import of the same file
// would change the record to and fro.
void ImportFile::RejectDuplicate(ImportRow& row) {
  if (seen_ids_.size() >= kMaxSeenIds) return;
  const Identity identity = std::visit(IdentityOf{}, row.content);
  if (identity.id.empty()) return;
  const std::uint64_t digest = DigestOf(identity.id);
  if (seen_ids_.insert(digest).second) {
    if (identity.may_be_kept) new_ids_.append(reinterpret_cast<const char*>(&digest), kIdBytes);
    return;
  }
  row.content = MakeProblem(domain::row_reason::kDuplicateInFile, identity.column);
}

void ImportFile::NoteTombstone(ImportRow& row) {
  if (const auto* deleted = std::get_if<NavTombstone>(&row.content)) {
    const std::uint64_t digest = DigestOf(deleted->source_id);
    if (seen_ids_.size() < kMaxSeenIds && seen_ids_.insert(digest).second) {
      new_ids_.append(reinterpret_cast<const char*>(&digest), kIdBytes);
    }
  } else if (auto* participation = std::get_if<NavParticipation>(&row.content)) {
    participation->after_tombstone =
        !seen_ids_.empty() && seen_ids_.contains(DigestOf(participation->source_id));
  }
}

}  // namespace navo::services
