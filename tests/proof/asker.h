#ifndef NAVO_TESTS_PROOF_ASKER_H_
#define NAVO_TESTS_PROOF_ASKER_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/proof/walk.h"

namespace navo::proof {

using Tags = std::multiset<std::string>;

// What the model says of one call by somebody who works somewhere; who does not is told so.
enum class Expected { kAnswer, kNotFound, kRole };

// One caller's way through a world: asks, over all pages, and compares. One thread.
class Asker {
 public:
  Asker(const Play& play, const Caller& caller)
      : play_(play), caller_(caller), client_(play.As(caller.key)) {}

  const Caller& caller() const { return caller_; }
  const World& world() const { return play_.world(); }
  const Play& play() const { return play_; }
  int64_t day() const { return play_.world().today; }
  Walked& walked() { return walked_; }

  // The name of the RPC that takes this request.
  template <class Request>
  static std::string MethodOf() {
    const auto* file = Request::descriptor()->file();
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const auto* method = file->service(i)->method(j);
        if (method->input_type() == Request::descriptor()) return method->full_name();
      }
    }
    return "";
  }

  // One call; nullopt when it was refused, which is then compared with what was expected.
  template <class Stub, class Request, class Response>
  std::optional<Response> Ask(const std::string& about, Expected expected,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request) {
    const std::string name = MethodOf<Request>();
    ++walked_.calls;
    ++walked_.asked[name];
    const absl::StatusOr<Response> answer = client_.Call(method, request);
    where_ = name + " by " + caller_.key + " about " + about;
    CompareStatus(answer.status(), expected);
    if (!answer.ok()) return std::nullopt;
    ++walked_.shown[name];
    bytes_ += answer->SerializeAsString();
    return *answer;
  }

  // The same over all pages of `size`; the answers.
  template <class Stub, class Request, class Response>
  std::vector<Response> Pages(const std::string& about, Expected expected,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              Request request, int size) {
    std::vector<Response> pages;
    request.set_page_size(size);
    while (pages.size() < 1000) {
      auto page = Ask(about, expected, method, request);
      if (!page.has_value()) break;
      request.set_page_token(page->next_page_token());
      pages.push_back(*std::move(page));
      if (request.page_token().empty()) break;
    }
    return pages;
  }

  // Holds what the answers since the last comparison showed against the model: the things found in
  // them, and every text that stands anywhere in their bytes. Texts of `older` may stand there too.
  void Compare(const Tags& expected, const Tags& got, const Tags& older = {});
  // One call of an RPC for which there is no question: only the texts in its answer are looked at.
  void AskRaw(const std::string& method, const std::string& about, const std::string& request);
  // What the model shows this caller there.
  Tags ShownAt(const Person& person, const std::string& where, Look look = Look::kCase) const;

 private:
  void CompareStatus(const absl::Status& status, Expected expected);
  void Find(const std::string& what) { walked_.findings.push_back(where_ + ": " + what); }

  const Play& play_;
  const Caller& caller_;
  client::Client client_;
  Walked walked_;
  std::string where_;
  std::string bytes_;
};

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_ASKER_H_
