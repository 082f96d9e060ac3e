#ifndef NAVO_TESTS_PROOF_ACTS_H_
#define NAVO_TESTS_PROOF_ACTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/message.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "tests/proof/play.h"

namespace navo::proof {

google::type::Date DateOf(int64_t day);

// The full name of the method that takes such requests.
std::string MethodOf(const google::protobuf::Descriptor& request);

// The acts themselves: each is done to the server as somebody by chance, and to the model.
class Acts {
 public:
  explicit Acts(Play& play) : play_(play), random_(play.random_) {}

  // The number-th act of a world.
  void One(int number);
  // So that a walk meets open emergency accesses, some of people whose roles have changed since.
  void BeforeWalk();

  // Lowering the protection wholly merges every side's shadow records of the person.
  void MergeShadowsOf(const Person& stranger);

 private:
  // Somebody, and a person they do something about.
  struct Scene {
    const Caller& caller;
    std::size_t index;  // of the person
    Person& person;
    Records& records;
    std::string id;  // of the person, for the caller
  };

  void Register();
  void ConfirmIdentity(const Scene& scene);
  void EndTie(const Scene& scene);
  // acts_move.cc
  Person* SomeRightPerson(const Scene& wrong);
  bool WroteRecords(const Scene& scene) const;
  int MoveTo(const Scene& wrong, const Scene& right);
  int MoveLanguage(const Scene& wrong, const Scene& right);
  int MoveEvents(const Scene& wrong, const Scene& right);
  int MoveSections(const Scene& wrong, const Scene& right);
  void MoveSection(const Scene& wrong, const Scene& right, std::size_t which);
  bool BringBack(const Scene& wrong, std::size_t which, bool unlock);
  int MovePlan(const Scene& wrong, const Scene& right);
  void TakePart(const Scene& wrong, const Scene& right);
  void LeavePart(const Scene& wrong);
  int MoveContact(const Scene& wrong, const Scene& right);
  void LeaveContact(const Scene& wrong);
  void EndConfirmations(const Scene& scene);
  void LearnSections(const Scene& scene);
  const Past* Earlier(const Scene& leaving, const std::vector<Past>& past) const;
  void AddPast(const Scene& scene, Kept& standing, const std::vector<Past>& past);
  void ShowSection(Person& person, Kept& section);
  // acts_merge.cc
  void MergeShadow();
  Person& Merge(Person& shadow);
  void MergeTies(Person& shadow, Person& real);
  void MergeRecords(Person& shadow, Person& real);
  void JoinTeam(const Scene& scene);
  void UpdateContact(const Scene& scene);
  void GiveConsent(const Scene& scene);
  void GiveConsentOneself();
  void ConfirmGround(const Scene& any);
  void Withdraw(const Scene& scene);
  void EndConsents(const std::string& number, v1::Purpose purpose);
  void WithdrawOneself();
  void RecordLaw(const Scene& scene);
  void EndLaw(const Scene& scene);
  void RecordSection(const Scene& scene);
  void ConfirmSection(const Scene& scene);
  void WritePlan(const Scene& scene);
  void AddStep(const Scene& scene);
  void UpdateStep(const Scene& scene);
  void RecordEvent(const Scene& scene);
  void AmendEvent(const Scene& scene);
  void Assess(const Scene& scene);
  void Test(const Scene& scene);
  void SetNorskmaal(const Scene& scene);
  void RecordHours(const Scene& scene);

  // acts_relations.cc
  void Refer(const Scene& scene);
  void AnswerOffer();
  void WithdrawOffer(const Scene& scene);
  void OpenEmergency();
  void EndEmergency();
  void Lock(const Scene& scene);
  // acts_members.cc
  void EndMembership();
  void AddMembership();
  void ChangeRoles();
  void DeclareNumbers();
  bool EndNow(Caller& whom, Membership& membership, bool later);
  void AddTo(Caller& whom, const std::string& unit, bool now);

  void DoWrite(const Scene& scene, std::size_t which);
  void DoStand(const Scene& scene, std::size_t which);

  const Caller& SomeStaff();
  const Person& SomeStranger();
  Scene SomeScene();
  // The record that the number stands for to this caller; null when there is none.
  Person* FindRecord(const Caller& caller, const Person& stranger);
  // The same, made when there is none.
  Person* Find(const Caller& caller, const Person& stranger);
  Scene SceneOf(const Caller& caller, Person& person);
  const Caller* SelfOf(Person& person);

  bool Allowed(const Scene& scene, bool needs_identity) const;
  std::string Mark();
  std::size_t Plant(const Scene& scene, const std::string& where, const std::string& tag,
                    v1::Category category, std::vector<std::size_t> needs = {},
                    bool exempted = false);
  // Says that what was planted from there on is of this record.
  static void Name(const Scene& scene, std::size_t from, const std::string& record_id);
  void Tell(const Scene& scene, const std::string& record_id, v1::Category category);
  void TellOf(Person& person, const std::string& record_id, v1::Category category,
              const std::string& unit);
  std::size_t PlantOf(Person& person, const std::string& unit, const std::string& where,
                      const std::string& tag, v1::Category category);
  // Reads the etags of records that have changed without being written.
  void ReadEtags(const Scene& scene);
  void OpenPart(const Scene& scene, const std::string& unit, const std::string& mark);
  void ChangePart(const Scene& scene, const std::string& unit, const std::string& mark);
  // Whether a ground lets the unit know of the person; the own side's always may.
  bool MayTell(const Scene& scene, const std::string& unit) const;
  // Whether the offer is seen by the caller now.
  bool SeesOffer(const Caller& caller, const Person& person, const Offer& offer) const;
  bool MayOpenEmergency(const Caller& caller, const Person& stranger);
  void Accepted(const Scene& scene, const Offer& offer);
  bool MayAdminister(const Caller& administrator, const Caller& whom,
                     const Membership& membership) const;
  void Adopt(const Scene& scene, const std::string& name, const std::string& language);
  // Of those that such a ground may be recorded for.
  Categories SomeCategories(const Ground& ground);
  v1::Purpose SomePurpose();
  void FillPeriod(int64_t from_day, Ground& ground, google::type::Date* from,
                  google::type::Date* to);
  v1::GiveConsentRequest Consent(const std::string& id, Ground& ground);
  // Whether such a consent may be registered at all.
  bool MayBeGiven(const Ground& ground) const;
  void KeepEvent(const Scene& scene, const v1::RecordFollowUpRequest& request,
                 const v1::RecordFollowUpResponse& answer, const std::string& step_id);
  void PlantVersion(const Scene& scene, const Kept& event, const std::string& agreement,
                    const std::string& note, bool shared);

  // Compares what came with what the model says; true when it was done.
  bool Came(const std::string& what, const absl::Status& status, bool expected);
  // Remembers the call for the access log.
  void Keep(const Caller& caller, const google::protobuf::Message& request);

  template <class Stub, class Request, class Response>
  std::optional<Response> Do(const std::string& what, const Caller& caller, bool expected,
                             grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                          Response*),
                             const Request& request) {
    Keep(caller, request);
    const absl::StatusOr<Response> answer = play_.As(caller.key).Call(method, request);
    auto& [done, refused] = play_.counts_[MethodOf(*Request::descriptor())];
    ++(answer.ok() ? done : refused);
    if (!Came(caller.key + " " + what, answer.status(), expected)) return std::nullopt;
    return *answer;
  }

  Play& play_;
  std::mt19937_64& random_;
};

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_ACTS_H_
