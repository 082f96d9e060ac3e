#include "tests/proof/walk.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <future>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "tests/proof/asker.h"
#include "tests/proof/questions.h"

namespace navo::proof {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

// What tells of nobody: texts and codes. No text of a case may stand in it.
void AskAboutNobody(Asker& asker) {
  asker.Ask("nobody", Expected::kAnswer, &v1::KartleggingService::Stub::ListKinds,
            v1::ListKindsRequest());
  v1::ListCodesRequest codes;
  codes.set_list(v1::CODE_LIST_LANGUAGE);
  codes.set_search("so");
  asker.Ask("nobody", Expected::kAnswer, &v1::KartleggingService::Stub::ListCodes, codes);
  v1::GetConsentTextRequest text;
  text.set_text_id("samordnet-kvalifisering");
  text.set_language("so");
  asker.Ask("nobody", Expected::kAnswer, &v1::ConsentService::Stub::GetConsentText, text);
  asker.Compare({}, {});
}

using AboutPerson = std::function<void(Asker&, const Person&)>;
using AboutAll = std::function<void(Asker&)>;

const std::map<std::string, AboutPerson>& PersonQuestions() {
  static const std::map<std::string, AboutPerson> kQuestions = {
      {"navo.v1.ParticipantService.Get", AskWho},
      {"navo.v1.KartleggingService.Get", AskKartlegging},
      {"navo.v1.KartleggingService.ListVersions", AskSectionVersions},
      {"navo.v1.PlanService.Get", AskPlan},
      {"navo.v1.PlanService.ListVersions", AskPlanVersions},
      {"navo.v1.FollowUpService.List", AskFollowUps},
      {"navo.v1.FollowUpService.ListVersions", AskFollowUpVersions},
      {"navo.v1.FollowUpService.ListExemptions", AskExemptions},
      {"navo.v1.LanguageService.GetProgress", AskLanguage},
      {"navo.v1.ConsentService.List", AskGrounds},
      {"navo.v1.AccessLogService.ListAccess", AskAccessLog},
      {"navo.v1.ConsentService.ExplainAccess", AskExplanation},
      {"navo.v1.ConsentService.GetReceipt", AskReceipt},
  };
  return kQuestions;
}

const std::map<std::string, AboutAll>& OtherQuestions() {
  static const std::map<std::string, AboutAll> kQuestions = {
      {"navo.v1.ParticipantService.Lookup", AskByNumber},
      {"navo.v1.ParticipantService.List", AskWorkingList},
      {"navo.v1.FeedService.ListChanges", AskFeed},
      {"navo.v1.ReferralService.List", AskOffers},
      {"navo.v1.EmergencyAccessService.List", AskEmergencies},
      {"navo.v1.ConsentService.ListExpiring", AskExpiring},
      {"navo.v1.AccessLogService.SearchAccess", AskSearch},
      {"navo.v1.AccessLogService.ListAnomalies", AskAnomalies},
      {"navo.v1.KartleggingService.ListKinds", AskAboutNobody},
      {"navo.v1.KartleggingService.ListCodes", [](Asker&) {}},   // with ListKinds
      {"navo.v1.ConsentService.GetConsentText", [](Asker&) {}},  // with ListKinds
  };
  return kQuestions;
}

// Every text that the caller may read anywhere of the person.
Tags TextsOf(const Asker& asker, const Person& person) {
  Tags texts;
  for (const Datum& datum : person.data) {
    if (IsShown(asker.world(), asker.caller(), person, datum)) texts.insert(datum.tag);
  }
  const auto tie = person.ties.find(asker.caller().unit);
  if (tie != person.ties.end() && MayEnter(asker.caller(), person)) texts.insert(tie->second.name);
  return texts;
}

// For an RPC that is not modelled: whatever it answers, no text may be in it that the caller does
// not read elsewhere.
void AskUnmodelled(Asker& asker, const std::string& name) {
  const MethodDescriptor* method = DescriptorPool::generated_pool()->FindMethodByName(name);
  const auto* field = method->input_type()->FindFieldByName("participant_id");
  Tags of_all;
  for (const Person& person : asker.world().people) {
    const Tags texts = TextsOf(asker, person);
    of_all.insert(texts.begin(), texts.end());
    const bool own = !asker.caller().participant || MayEnter(asker.caller(), person);
    if (field == nullptr || !own) continue;
    const std::unique_ptr<google::protobuf::Message> request(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(method->input_type())
            ->New());
    request->GetReflection()->SetString(request.get(), field, Play::IdFor(asker.caller(), person));
    asker.AskRaw(name, person.key, request->SerializeAsString());
    asker.Compare({}, {}, texts);
  }
  if (field != nullptr) return;
  asker.AskRaw(name, "everybody", "");
  asker.Compare({}, {}, of_all);
}

// The record that the participant's own token stands for may not be there.
void AskAsUnregistered(Asker& asker) {
  const Caller& caller = asker.caller();
  if (!caller.participant) return;
  for (const Person& person : asker.world().people) {
    if (MayEnter(caller, person)) return;
  }
  Person nobody;
  nobody.shadow_of = "nobody";
  for (const auto& [method, ask] : PersonQuestions()) ask(asker, nobody);
}

// The ids of merged records stand for the person they were of.
void AskByAliases(Asker& asker) {
  for (const Person& person : asker.world().people) {
    const auto aliases = person.aliases.find(asker.caller().side.id);
    if (asker.caller().participant || aliases == person.aliases.end()) continue;
    for (const std::string& alias : aliases->second) {
      Person named = person;
      named.ids[asker.caller().side.id] = alias;
      AskWho(asker, named);
      AskFollowUps(asker, named);
    }
  }
}

Walked WalkAs(Play& play, const Caller& caller) {
  Asker asker(play, caller);
  AskAsUnregistered(asker);
  for (const auto& [method, ask] : PersonQuestions()) {
    for (const Person& person : play.world().people) {
      // A participant has no way to name a record but their own.
      if (caller.participant && !MayEnter(caller, person)) continue;
      ask(asker, person);
    }
  }
  for (const auto& [method, ask] : OtherQuestions()) ask(asker);
  AskByAliases(asker);
  const std::vector<std::string> modelled = ModelledMethods();
  for (const std::string& method : ReadMethods()) {
    if (std::find(modelled.begin(), modelled.end(), method) == modelled.end()) {
      AskUnmodelled(asker, method);
    }
  }
  return std::move(asker.walked());
}

}  // namespace

void Walked::Add(const Walked& other) {
  calls += other.calls;
  comparisons += other.comparisons;
  for (const auto& [method, count] : other.asked) asked[method] += count;
  for (const auto& [method, count] : other.shown) shown[method] += count;
  findings.insert(findings.end(), other.findings.begin(), other.findings.end());
}

Walked Walk(Play& play) {
  std::vector<std::future<Walked>> walks;
  for (const Caller& caller : play.world().callers) {
    walks.push_back(std::async(std::launch::async, [&] { return WalkAs(play, caller); }));
  }
  Walked all;
  for (std::future<Walked>& walk : walks) all.Add(walk.get());
  return all;
}

std::vector<std::string> ReadMethods() {
  std::vector<std::string> methods;
  const std::filesystem::path folder(NAVO_SOURCE_DIR "/proto/navo/v1");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = "navo/v1/" + entry.path().filename().string();
    const FileDescriptor* file = DescriptorPool::generated_pool()->FindFileByName(name);
    EXPECT_NE(file, nullptr) << name << " is not linked into this test";
    for (int i = 0; file != nullptr && i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const MethodDescriptor* method = file->service(i)->method(j);
        const bool writes = method->client_streaming() ||
                            method->input_type()->FindFieldByName("request_id") != nullptr;
        if (!writes) methods.push_back(method->full_name());
      }
    }
  }
  return methods;
}

std::vector<std::string> ModelledMethods() {
  std::vector<std::string> methods;
  for (const auto& [method, ask] : PersonQuestions()) methods.push_back(method);
  for (const auto& [method, ask] : OtherQuestions()) methods.push_back(method);
  return methods;
}

std::vector<std::string> SearchedMethods() {
  return {"navo.v1.AdminService.ListControllers",  "navo.v1.AdminService.ListUnits",
          "navo.v1.AdminService.ListPrincipals",   "navo.v1.AdminService.ListMemberships",
          "navo.v1.AdminService.ListConsentTexts", "navo.v1.ConsentService.ListLegalBases",
          "navo.v1.ProtectionService.ListShadows"};
}

}  // namespace navo::proof
