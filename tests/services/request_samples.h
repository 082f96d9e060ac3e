#ifndef NAVO_TESTS_SERVICES_REQUEST_SAMPLES_H_
#define NAVO_TESTS_SERVICES_REQUEST_SAMPLES_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/support/test_server.h"

// A good request of every method that takes more than an id, with every field filled that a caller
// may fill: what the tests of bad input then spoil, one field at a time.
namespace navo::support {

struct Sample {
  std::string method;  // "/navo.v1.PlanService/AddStep"
  std::shared_ptr<google::protobuf::Message> request;
  // Sends a request of the same type; the client makes a request_id.
  std::function<absl::Status(const google::protobuf::Message&)> send;
};

// Amina's case at NAV Grorud, as kari keeps it: a plan with a step, a section, a consent; VO's
// consent waits for NAV's confirmation. And a new member of staff and a system.
class SampleCase {
 public:
  SampleCase();

  // In an order in which each is still good after those before it were sent. Made from what is
  // stored when it is its turn.
  std::vector<std::function<Sample()>> Samples();

  TestServer& server() { return server_; }
  const client::Client& kari() const { return kari_; }
  const std::string& id() const { return id_; }
  // Everything kari can read of the case, without revisions: equal while nothing changes.
  std::string Picture() const;

 private:
  void AddParticipantSamples(std::vector<std::function<Sample()>>& samples);
  void AddRelationSamples(std::vector<std::function<Sample()>>& samples);
  void AddConsentSamples(std::vector<std::function<Sample()>>& samples);
  void AddCaseSamples(std::vector<std::function<Sample()>>& samples);
  void AddTrainingSamples(std::vector<std::function<Sample()>>& samples);
  void AddFollowUpSamples(std::vector<std::function<Sample()>>& samples);
  void AddPlanSamples(std::vector<std::function<Sample()>>& samples);
  void AddAdminSamples(std::vector<std::function<Sample()>>& samples);
  void MakeStaff();
  void MakeOffer();

  template <class Stub, class Request, class Response>
  Sample Make(const std::string& method,
              grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, Response*),
              const std::string& text_form) const {
    return MakeAs(kari_, method, call, text_form);
  }
  template <class Stub, class Request, class Response>
  Sample MakeAs(const client::Client& caller, const std::string& method,
                grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, Response*),
                const std::string& text_form) const {
    auto request = std::make_shared<Request>();
    if (!google::protobuf::TextFormat::ParseFromString(Filled(text_form), request.get())) {
      std::abort();
    }
    return {"/navo.v1." + method, request,
            [caller, call](const google::protobuf::Message& message) {
              return caller.Call(call, static_cast<const Request&>(message)).status();
            }};
  }
  // With the case's own ids in the place of $ID, $STEP and so on.
  std::string Filled(const std::string& text_form) const;
  std::string OwnPlanEtag() const;
  std::string AdminEtag(const std::string& id) const;
  std::string FollowUpEtag() const;

  TestServer server_;
  client::Client kari_ = server_.As("kari");
  client::Client ivar_ = server_.As("ivar");  // administers the installation
  std::string id_;
  std::string step_id_;
  std::string follow_up_id_;
  std::string pending_ground_id_;
  std::string staff_id_;
  std::string system_id_;
  std::string membership_id_;
  std::string offered_id_;  // of yusuf, whom per offers to kari's unit
  std::string referral_id_;
};

// One field of a request that can be set: the message that holds it, and its path as errors name
// it.
struct FieldPlace {
  google::protobuf::Message* message;
  const google::protobuf::FieldDescriptor* field;
  int index;  // -1 unless repeated
  std::string path;
};

// Every scalar field and date of a request, set or not, in messages that are set. `request`
// outlives it.
std::vector<FieldPlace> FieldsOf(google::protobuf::Message& request);

// The field numbers along a path, for comparing order.
std::vector<int> NumbersOf(const google::protobuf::Descriptor& message, const std::string& path);

}  // namespace navo::support

#endif  // NAVO_TESTS_SERVICES_REQUEST_SAMPLES_H_
