#include "tests/tidy/layering.h"

#include <optional>

namespace navo::tidy {
namespace {

enum class Layer {
  kStorage,
  kDomain,
  kAccess,
  kCatalogue,
  kDoor,
  kSubject,
  kServer,
  kClientLibrary,
  kClient,
  kTests
};

struct Place {
  Layer layer;
  std::string name;  // of a subject or client, and of services/access and services/sign_in
};

struct Include {
  size_t line;
  std::string_view path;
  bool quoted;
};

std::vector<Include> IncludesOf(const SourceFile& file) {
  std::vector<Include> includes;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    const size_t hash = line.find_first_not_of(' ');
    if (hash == std::string_view::npos || line[hash] != '#') continue;
    const size_t word = line.find_first_not_of(' ', hash + 1);
    if (word == std::string_view::npos || !line.substr(word).starts_with("include")) continue;
    const size_t open = line.find_first_of("\"<", word);
    if (open == std::string_view::npos) continue;
    const size_t close = line.find_first_of("\">", open + 1);
    includes.push_back({number, line.substr(open + 1, close - open - 1), line[open] == '"'});
  }
  return includes;
}

// The first part of a path below `folder`, without an extension: "plan" for services/plan.cc and
// for services/plan/steps.h below "services/". nullopt when the path is elsewhere.
std::optional<std::string> PartBelow(std::string_view path, std::string_view folder) {
  if (!path.starts_with(folder)) return std::nullopt;
  const std::string_view rest = path.substr(folder.size());
  return std::string(rest.substr(0, rest.find_first_of("/.")));
}

// nullopt for what has no layer: generated messages, libraries, and files of the root.
std::optional<Place> PlaceOf(std::string_view path) {
  if (path.starts_with("storage/")) return Place{Layer::kStorage, ""};
  if (path.starts_with("tests/")) return Place{Layer::kTests, ""};
  if (const auto client = PartBelow(path, "clients/")) {
    return Place{*client == "cpp" ? Layer::kClientLibrary : Layer::kClient, *client};
  }
  const auto subject = PartBelow(path, "services/");
  if (!subject) return std::nullopt;
  if (*subject == "domain") return Place{Layer::kDomain, *subject};
  if (*subject == "access" || *subject == "sign_in") return Place{Layer::kAccess, *subject};
  if (*subject == "catalogue") return Place{Layer::kCatalogue, *subject};
  if (*subject == "door") return Place{Layer::kDoor, *subject};
  if (*subject == "server") return Place{Layer::kServer, *subject};
  return Place{Layer::kSubject, *subject};
}

// plan and plan_versions are files of one subject, plan and planning are not.
bool SameSubject(const std::string& a, const std::string& b) {
  return a == b || a.starts_with(b + "_") || b.starts_with(a + "_");
}

// The benchmark makes databases of 100,000 cases and compares the store with raw SQLite; both need
// storage itself (docs/adr/0008-the-benchmark-sees-storage.md). Nothing else in clients/ may.
bool IsBenchmark(const Place& place) {
  return place.layer == Layer::kClient && place.name == "load";
}

// The audit reads an access log from its file, so it sees the seam to the engine and nothing else
// of storage; the command line prints what it found (docs/adr/0017).
bool IsAudit(const Place& place) { return place.layer == Layer::kClient && place.name == "audit"; }

bool MayInclude(const Place& from, const Place& target) {
  if (from.layer == Layer::kClient && from.name == "cli" && IsAudit(target)) return true;
  if (IsBenchmark(from) && target.layer == Layer::kStorage) return true;
  switch (from.layer) {
    case Layer::kTests:
      return true;
    case Layer::kClientLibrary:
      return target.layer == Layer::kClientLibrary;
    case Layer::kClient:
      return target.layer == Layer::kClientLibrary ||
             (target.layer == Layer::kClient && target.name == from.name);
    case Layer::kServer:
      return target.layer <= Layer::kServer;
    case Layer::kSubject:
    case Layer::kAccess:
      return target.layer < from.layer ||
             (target.layer == from.layer && SameSubject(from.name, target.name));
    case Layer::kStorage:
    case Layer::kDomain:
    case Layer::kCatalogue:
    case Layer::kDoor:
      return target.layer <= from.layer;
  }
  return false;
}

// A test beside its subject sets up its world through the other subjects and tests/support.
bool TestMayInclude(const Place& from, const Place& target) {
  if (target.layer == Layer::kTests) return true;
  if (from.layer == Layer::kSubject) return MayInclude({Layer::kServer, "server"}, target);
  return MayInclude(from, target);
}

}  // namespace

Findings CheckIncludes(const SourceFile& file) {
  Findings findings;
  if (!IsCpp(file)) return findings;
  const std::optional<Place> from = PlaceOf(file.path);
  for (const Include& include : IncludesOf(file)) {
    if (include.quoted &&
        (include.path.find('/') == std::string_view::npos || include.path.starts_with("."))) {
      findings.push_back(Finding(file, include.line,
                                 "write \"" + std::string(include.path) +
                                     "\" from the repository's root (a library's header in <>)"));
      continue;
    }
    const std::optional<Place> target = PlaceOf(include.path);
    if (!from || !target) continue;
    if (IsBenchmark(*from) && include.path == "clients/cli/mint.h") continue;
    if (IsAudit(*from) && include.path.starts_with("storage/sql/")) continue;
    if (IsTestCode(file) ? TestMayInclude(*from, *target) : MayInclude(*from, *target)) continue;
    findings.push_back(Finding(
        file, include.line, "must not include " + std::string(include.path) + ": wrong direction"));
  }
  return findings;
}

Findings CheckLibraries(const SourceFile& file) {
  Findings findings;
  if (!IsCpp(file)) return findings;
  const bool in_storage = file.path.starts_with("storage/");
  for (const Include& include : IncludesOf(file)) {
    const bool may_see_sqlite = file.path.starts_with("storage/sql/") ||
                                file.path == "clients/load/store_yardstick.cc";  // ADR 0008
    if (include.path.ends_with("sqlite3.h") && !may_see_sqlite) {
      findings.push_back(Finding(file, include.line, "only storage/sql may include sqlite3.h"));
    }
    if (in_storage && (include.path.starts_with("grpc") || include.path.ends_with(".grpc.pb.h"))) {
      findings.push_back(Finding(file, include.line, "storage knows no gRPC: include only .pb.h"));
    }
  }
  return findings;
}

}  // namespace navo::tidy
