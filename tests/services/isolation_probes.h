// One question, or several, for every RPC: what the watcher asks in each world.
#ifndef NAVO_TESTS_SERVICES_ISOLATION_PROBES_H_
#define NAVO_TESTS_SERVICES_ISOLATION_PROBES_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "tests/services/isolation_world.h"
#include "tests/support/neutral.h"

namespace navo::support {

struct Probe {
  std::string method;  // full name
  std::string what;
  std::function<std::string(IsolationWorld&)> ask;  // the neutral answer
};

std::vector<Probe> ReadProbes();
// They change the case, in the same way in every world.
std::vector<Probe> WriteProbes();
// What who administers the watcher's controller asks, and changes: it sees no case.
void AddAdminReads(std::vector<Probe>& probes);
void AddAdminWrites(std::vector<Probe>& probes);
// Handovers, emergency access and office locks; a part of WriteProbes.
void AddRelationWrites(std::vector<Probe>& probes);
// What the watcher's own system is told of a file with Amina and many who are new to the server.
// They stand in the working list in no order that two worlds could share, so it is asked last.
Probe ImportProbe();

// Every RPC of navo.v1 that the .proto files of the repository name.
std::vector<std::string> AllMethods();
// The RPC that takes this message.
std::string MethodTaking(const google::protobuf::Descriptor* request);

template <class Request>
Request About(const IsolationWorld& world) {
  Request request;
  request.set_participant_id(world.id());
  return request;
}

// Asks as the watcher with what `make` returns.
template <class Stub, class Request, class Response, class Make>
Probe Ask(const std::string& what,
          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
          Make make) {
  return {MethodTaking(Request::descriptor()), what, [method, make](IsolationWorld& world) {
            const Request request = make(world);
            return NeutralText(world.watcher().Call(method, request));
          }};
}

// Asks for pages of one until there are no more.
template <class Stub, class Request, class Response, class Make>
Probe AskPages(const std::string& what,
               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
               Make make) {
  return {MethodTaking(Request::descriptor()), what, [method, make](IsolationWorld& world) {
            Request request = make(world);
            request.set_page_size(1);
            std::string pages;
            for (int page = 0; page < 100; ++page) {
              const absl::StatusOr<Response> answer = world.watcher().Call(method, request);
              pages += NeutralText(answer);
              if (!answer.ok() || answer->next_page_token().empty()) return pages;
              request.set_page_token(answer->next_page_token());
            }
            return pages + "and no end";
          }};
}

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_ISOLATION_PROBES_H_
