#include "clients/load/kept_database.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/crypto.h"
#include "storage/schema/schema.h"
#include "storage/status_macros.h"

namespace navo::load {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr char kSizesFile[] = "/sizes.json";
constexpr int kContent = 1;  // of the cases: one more when what Make writes changes
constexpr double kMostGrowth = 1.2;

std::string SchemaHash() {
  std::string text;
  for (const storage::SchemaFile& file : storage::SchemaFiles()) text.append(file.text);
  return absl::BytesToHexString(storage::Sha256(text).substr(0, 6));
}

double FileBytes(const std::string& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : static_cast<double>(size);
}

// Databases of the same number for another seed, schema or content: nobody measures on them again.
void RemoveOthers(const std::string& root, int participants) {
  std::error_code error;
  const std::string begin = absl::StrCat(participants, "-");
  for (const auto& entry : fs::directory_iterator(root, error)) {
    if (entry.path().filename().string().rfind(begin, 0) == 0) fs::remove_all(entry.path(), error);
  }
}

// True when the folder holds a finished database that has not grown much.
bool Fits(KeptDatabase& kept) {
  std::ifstream file(kept.folder + kSizesFile);
  const json sizes = json::parse(file, nullptr, false);
  if (!sizes.is_object()) return false;
  kept.sizes = {sizes.value("case_bytes", 0.0), sizes.value("log_row_bytes", 0.0),
                sizes.value("file_bytes", 0.0)};
  const double most = kept.sizes.file_bytes * kMostGrowth;
  return FileBytes(kept.database()) < most && FileBytes(kept.scratch()) < most;
}

}  // namespace

absl::StatusOr<KeptDatabase> GetOrMakeDatabase(const std::string& root, int participants,
                                               uint64_t seed, const std::string& navod) {
  KeptDatabase kept;
  kept.folder = absl::StrCat(root, "/", participants, "-", seed, "-", SchemaHash(), "-", kContent);
  if (Fits(kept)) return kept;
  std::cerr << "making a database of " << participants << " cases in " << kept.folder << "\n";
  std::error_code error;
  RemoveOthers(root, participants);
  fs::create_directories(kept.folder, error);
  MakeOptions options;
  options.participants = participants;
  options.seed = seed;
  options.database = kept.database();
  options.dev = kept.dev();
  options.navod = navod;
  NAVO_ASSIGN_OR_RETURN(kept.sizes, Make(options));
  if (!fs::copy_file(kept.database(), kept.scratch(), error)) {
    return absl::UnavailableError(absl::StrCat("cannot write ", kept.scratch()));
  }
  // Last: a folder without it is not finished.
  std::ofstream file(kept.folder + kSizesFile);
  file << json{{"case_bytes", kept.sizes.case_bytes},
               {"log_row_bytes", kept.sizes.log_row_bytes},
               {"file_bytes", kept.sizes.file_bytes}}
              .dump(1);
  file.close();
  if (!file) return absl::UnavailableError(absl::StrCat("cannot write in ", kept.folder));
  kept.made_now = true;
  return kept;
}

}  // namespace navo::load
