#include "tests/proof/asker.h"

#include <algorithm>

#include "tests/support/raw_call.h"

namespace navo::proof {

void Asker::CompareStatus(const absl::Status& status, Expected expected) {
  ++walked_.comparisons;
  const std::string reason = status.ok() ? "" : support::ReasonOf(status);
  const std::string wanted = !caller_.Works()                  ? "UNIT_UNKNOWN"
                             : expected == Expected::kAnswer   ? ""
                             : expected == Expected::kNotFound ? "NOT_FOUND"
                                                               : "ROLE_NOT_ALLOWED";
  if (reason != wanted) {
    Find("expected " + (wanted.empty() ? "an answer" : wanted) + ", came " + status.ToString());
  }
}

void Asker::Compare(const Tags& expected, const Tags& got, const Tags& older) {
  Tags missing;
  Tags extra;
  std::set_difference(expected.begin(), expected.end(), got.begin(), got.end(),
                      std::inserter(missing, missing.end()));
  std::set_difference(got.begin(), got.end(), expected.begin(), expected.end(),
                      std::inserter(extra, extra.end()));
  walked_.comparisons += static_cast<int64_t>(std::max(expected.size(), got.size()));
  for (const std::string& tag : missing) Find("does not show " + tag);
  for (const std::string& tag : extra) Find("SHOWS " + tag);
  std::set<std::string> texts;
  for (const std::string& tag : expected) texts.merge(MarksIn(tag));
  for (const std::string& tag : older) texts.merge(MarksIn(tag));
  for (const std::string& mark : MarksIn(bytes_)) {
    ++walked_.comparisons;
    if (!texts.contains(mark)) Find("holds the text " + mark);
  }
  bytes_.clear();
}

void Asker::AskRaw(const std::string& method, const std::string& about,
                   const std::string& request) {
  std::string path = "/" + method;
  path[path.rfind('.')] = '/';
  ++walked_.calls;
  where_ = method + " by " + caller_.key + " about " + about;
  bytes_ += support::RawCall(client_, path, request).bytes;
}

Tags Asker::ShownAt(const Person& person, const std::string& where, Look look) const {
  Tags tags;
  for (const Datum& datum : person.data) {
    if (datum.where == where && IsShown(world(), caller_, person, datum, look)) {
      tags.insert(datum.tag);
    }
  }
  return tags;
}

}  // namespace navo::proof
