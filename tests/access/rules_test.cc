// Every method has exactly one access rule, and every rule a method.
#include "services/access/rules.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "google/api/annotations.pb.h"
#include "navo/v1/access_log.pb.h"
#include "navo/v1/admin.pb.h"
#include "navo/v1/consent.pb.h"
#include "navo/v1/emergency_access.pb.h"
#include "navo/v1/exchange.pb.h"
#include "navo/v1/feed.pb.h"
#include "navo/v1/follow_up.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/participant.pb.h"
#include "navo/v1/plan.pb.h"
#include "navo/v1/protection.pb.h"
#include "navo/v1/referral.pb.h"

namespace navo::access {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// Naming a message of each file keeps its descriptor in the program.
const std::vector<const Descriptor*>& OneMessageOfEachFile() {
  static const std::vector<const Descriptor*> messages = {
      v1::ListAccessRequest::descriptor(),
      v1::ListControllersRequest::descriptor(),
      v1::GiveConsentRequest::descriptor(),
      v1::ImportRequest::descriptor(),
      v1::Change::descriptor(),
      v1::FollowUp::descriptor(),
      v1::Section::descriptor(),
      v1::Assessment::descriptor(),
      v1::CreateParticipantRequest::descriptor(),
      v1::Plan::descriptor(),
      v1::Referral::descriptor(),
      v1::EmergencyAccess::descriptor(),
      v1::SetOfficeLockRequest::descriptor()};
  return messages;
}

std::vector<const MethodDescriptor*> AllMethods() {
  std::vector<const MethodDescriptor*> methods;
  std::set<const google::protobuf::FileDescriptor*> files;
  for (const Descriptor* message : OneMessageOfEachFile()) files.insert(message->file());
  for (const auto* file : files) {
    for (int s = 0; s < file->service_count(); ++s) {
      const ServiceDescriptor* service = file->service(s);
      for (int m = 0; m < service->method_count(); ++m) methods.push_back(service->method(m));
    }
  }
  return methods;
}

// Nothing of package navo.v1 may be missing above: the pool knows every file linked in.
TEST(RulesTest, EveryServiceFileIsLookedAt) {
  std::set<std::string> looked_at;
  for (const Descriptor* message : OneMessageOfEachFile()) {
    looked_at.insert(message->file()->name());
  }
  std::vector<std::string> names;
  ASSERT_TRUE(
      google::protobuf::DescriptorPool::internal_generated_database()->FindAllFileNames(&names));
  size_t services = 0;
  for (const std::string& name : names) {
    const auto* file = google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name);
    ASSERT_NE(file, nullptr) << name;
    if (file->package() != "navo.v1" || file->service_count() == 0) continue;
    ++services;
    EXPECT_TRUE(looked_at.contains(name)) << name << " is missing in this test";
  }
  EXPECT_EQ(services, looked_at.size());
}

TEST(RulesTest, EveryMethodHasARule) {
  const std::vector<const MethodDescriptor*> methods = AllMethods();
  ASSERT_GE(methods.size(), 30u);
  for (const MethodDescriptor* method : methods) {
    EXPECT_NE(FindRule(method->full_name()), nullptr) << method->full_name();
  }
}

TEST(RulesTest, EveryRuleHasAMethod) {
  std::set<std::string> methods;
  for (const MethodDescriptor* method : AllMethods()) methods.insert(method->full_name());
  for (const Rule& rule : AllRules()) {
    EXPECT_TRUE(methods.contains(std::string(rule.method))) << rule.method;
  }
}

TEST(RulesTest, NumbersAndMethodsAreUnique) {
  std::set<int> numbers;
  std::set<std::string_view> methods;
  for (const Rule& rule : AllRules()) {
    EXPECT_GT(rule.number, 0) << rule.method;
    EXPECT_TRUE(numbers.insert(rule.number).second) << rule.number << " is used twice";
    EXPECT_TRUE(methods.insert(rule.method).second) << rule.method << " has two rules";
  }
}

TEST(RulesTest, ARuleNamesSomebodyAndItsKindFitsTheRequest) {
  for (const Rule& rule : AllRules()) {
    EXPECT_FALSE(rule.roles.empty()) << rule.method;
    // Only what ends a sharing goes on when the disk is nearly full.
    const bool write = rule.action == Action::kWrite;
    EXPECT_TRUE(write || !rule.essential) << rule.method;
  }
  for (const MethodDescriptor* method : AllMethods()) {
    const Rule* rule = FindRule(method->full_name());
    ASSERT_NE(rule, nullptr);
    const Descriptor* request = method->input_type();
    const bool by_id = request->FindFieldByName("participant_id") != nullptr;
    const bool by_number = request->FindFieldByName("national_identity_number") != nullptr;
    EXPECT_EQ(rule->subject == Subject::kParticipant, by_id) << rule->method;
    EXPECT_EQ(rule->subject == Subject::kIdentifier, by_number) << rule->method;
    if (rule->subject == Subject::kImport) continue;
    EXPECT_EQ(rule->action == Action::kWrite, request->FindFieldByName("request_id") != nullptr)
        << rule->method;
  }
}

// The paths of one binding.
std::vector<std::string> PathsOf(const google::api::HttpRule& http) {
  std::vector<std::string> paths;
  for (const std::string* path :
       {&http.get(), &http.put(), &http.post(), &http.delete_(), &http.patch()}) {
    if (!path->empty()) paths.push_back(*path);
  }
  for (const auto& more : http.additional_bindings()) {
    for (std::string& path : PathsOf(more)) paths.push_back(std::move(path));
  }
  return paths;
}

TEST(RulesTest, EveryMethodHasAPathWithoutIdentityNumbers) {
  for (const MethodDescriptor* method : AllMethods()) {
    ASSERT_TRUE(method->options().HasExtension(google::api::http)) << method->full_name();
    const auto& http = method->options().GetExtension(google::api::http);
    const std::vector<std::string> paths = PathsOf(http);
    EXPECT_FALSE(paths.empty()) << method->full_name();
    for (const std::string& path : paths) {
      EXPECT_THAT(path, testing::StartsWith("/v1/")) << method->full_name();
      EXPECT_THAT(path, testing::Not(testing::HasSubstr("national_identity_number")));
    }
    // What is not in the path or body of a GET stands in its query.
    if (!http.get().empty()) {
      EXPECT_EQ(method->input_type()->FindFieldByName("national_identity_number"), nullptr)
          << method->full_name();
    }
  }
}

}  // namespace
}  // namespace navo::access
