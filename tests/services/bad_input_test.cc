#include <google/protobuf/reflection.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cpp/status.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.pb.h"
#include "tests/services/request_samples.h"
#include "tests/support/raw_call.h"

// What is wrong in a request, tried in every field of every method over a real socket: each is
// refused by name, nothing is changed, and no error says again what was sent.
namespace navo::support {
namespace {

using absl::StatusCode;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kUmlaut[] = "\xc3\xb8";  // ø

// Message and details in one text.
std::string Everything(const absl::Status& status) {
  std::string text(status.message().data(), status.message().size());
  status.ForEachPayload([&text](absl::string_view, const absl::Cord& payload) {
    absl::StrAppend(&text, "\n", std::string(payload));
  });
  return text;
}

// The fields an error names, in its order.
std::vector<std::string> WrongFields(const absl::Status& status) {
  const google::rpc::BadRequest wrong = client::GetBadRequest(status);
  std::vector<std::string> fields;
  for (const auto& violation : wrong.field_violations()) fields.push_back(violation.field());
  return fields;
}

// Fields that are ids or tokens of the server's own making; what is wrong with one is not told.
bool IsReference(const std::string& name) {
  static const std::set<std::string> kNames = {
      "participant_id", "request_id",   "step_id",       "ground_id",   "right_participant_id",
      "etag",           "page_token",   "min_revision",  "version",     "follow_up_id",
      "joint_with",     "principal_id", "membership_id", "referral_id", "shadow_id"};
  return kNames.contains(name);
}

// Set by the server, and not looked at when they are sent, or the name of something there is.
bool IsSetByServer(const std::string& method, const std::string& path) {
  // Names of what is there already: others are NOT_FOUND.
  const bool makes_unit = absl::EndsWith(method, "/CreateUnit");
  if (absl::StrContains(method, "AdminService")) {
    if (path == "unit_id") return !makes_unit;
    if (path == "controller_id") return !absl::EndsWith(method, "/CreateController");
  }
  static const std::set<std::string> kPaths = {"step.step_id",
                                               "step.owner_unit",
                                               "step.etag",
                                               "step.version",
                                               "follow_up.follow_up_id",
                                               "follow_up.version",
                                               "follow_up.etag",
                                               "follow_up.amend_reason",
                                               "follow_up.note_changed_at",
                                               "follow_up.office_locked",
                                               "assessment.assessment_id",
                                               "test_result.test_result_id",
                                               "norskmaal.etag"};
  if (kPaths.contains(path)) return true;
  if (absl::EndsWith(method, "/RecordHours") && absl::EndsWith(path, "version")) return true;
  return absl::EndsWith(method, "/UpdateStep") &&
         (path == "step.status" || path == "step.status_reason");
}

class BadInputTest : public ::testing::Test {
 protected:
  // Spoils one field at a time of every sample: `spoil` says how, false where it does not apply.
  // Each has to be refused as INVALID_ARGUMENT that names the field.
  void ExpectEachRefused(const std::function<bool(const FieldPlace&)>& spoil) {
    const std::string before = case_.Picture();
    int spoiled = 0;
    for (const auto& make : case_.Samples()) {
      const Sample sample = make();
      const size_t count = FieldsOf(*sample.request).size();
      for (size_t i = 0; i < count; ++i) {
        const std::unique_ptr<Message> request(sample.request->New());
        request->CopyFrom(*sample.request);
        const FieldPlace place = FieldsOf(*request)[i];
        if (IsSetByServer(sample.method, place.path) || !spoil(place)) continue;
        ++spoiled;
        SCOPED_TRACE(absl::StrCat(sample.method, " ", place.path));
        ExpectNamed(sample.send(*request), place.path);
      }
    }
    EXPECT_GE(spoiled, 5) << "the samples lost their fields";
    EXPECT_EQ(case_.Picture(), before) << "something was changed";
  }

  static void ExpectNamed(const absl::Status& status, const std::string& path) {
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << status;
    const std::vector<std::string> named = WrongFields(status);
    EXPECT_TRUE(std::find(named.begin(), named.end(), path) != named.end()) << status;
  }

  static bool SetText(const FieldPlace& place, const std::string& text) {
    if (place.field->type() != FieldDescriptor::TYPE_STRING) return false;
    if (IsReference(place.field->name())) return false;
    const google::protobuf::Reflection& values = *place.message->GetReflection();
    if (place.index >= 0) {
      values.SetRepeatedString(place.message, place.field, place.index, text);
    } else {
      values.SetString(place.message, place.field, text);
    }
    return true;
  }

  SampleCase case_;
};

TEST_F(BadInputTest, EverySampleIsGoodUntilItIsSpoiled) {
  for (const auto& make : case_.Samples()) {
    const Sample sample = make();
    const absl::Status status = sample.send(*sample.request);
    EXPECT_TRUE(status.ok()) << sample.method << ": " << status;
  }
}

TEST_F(BadInputTest, EveryEnumFieldRefusesAValueThatIsNotThere) {
  for (const int value : {99, -1, INT_MAX}) {
    SCOPED_TRACE(value);
    ExpectEachRefused([value](const FieldPlace& place) {
      if (place.field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return false;
      const google::protobuf::Reflection& values = *place.message->GetReflection();
      if (place.index >= 0) {
        values.SetRepeatedEnumValue(place.message, place.field, place.index, value);
      } else {
        values.SetEnumValue(place.message, place.field, value);
      }
      return true;
    });
  }
}

TEST_F(BadInputTest, EveryTextRefusesWhatReadsAsSomethingElse) {
  for (const char* text : {"a\x01"
                           "b",
                           "a\x7f"
                           "b",
                           "a\u0085b", "a\u202Eb", "a\u2066b", "a\u2028b"}) {
    SCOPED_TRACE(testing::PrintToString(text));
    ExpectEachRefused([text](const FieldPlace& place) { return SetText(place, text); });
  }
  ExpectEachRefused([](const FieldPlace& place) { return SetText(place, std::string("a\0b", 3)); });
}

TEST_F(BadInputTest, EveryTextHasItsLongest) {
  ExpectEachRefused(
      [](const FieldPlace& place) { return SetText(place, std::string(10'001, 'x')); });
}

TEST_F(BadInputTest, ANameHas200CharactersNotBytes) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += kUmlaut;
  for (const auto& make : case_.Samples()) {
    Sample sample = make();
    if (sample.method != "/navo.v1.ParticipantService/Create") continue;
    auto& request = static_cast<v1::CreateParticipantRequest&>(*sample.request);
    request.mutable_contact()->set_given_name(name);
    EXPECT_TRUE(sample.send(request).ok());
    request.mutable_contact()->set_given_name(name + "x");
    ExpectNamed(sample.send(request), "contact.given_name");
    return;
  }
  FAIL() << "no sample of Create";
}

TEST_F(BadInputTest, EveryDateIsAFullDayFrom1900To2100) {
  const std::vector<std::array<int, 3>> dates = {{2026, 2, 29},  {2026, 13, 1}, {2026, 4, 31},
                                                 {1899, 12, 31}, {2101, 1, 1},  {2026, 6, 0},
                                                 {2026, 0, 0},   {0, 6, 1},     {0, 0, 0},
                                                 {-1, 1, 1},     {2026, -1, 5}, {2026, 1, INT_MAX}};
  for (const auto& [year, month, day] : dates) {
    SCOPED_TRACE(absl::StrCat(year, "-", month, "-", day));
    ExpectEachRefused([&, year = year, month = month, day = day](const FieldPlace& place) {
      const google::protobuf::Descriptor* type = place.field->message_type();
      if (type == nullptr || type->full_name() != "google.type.Date") return false;
      google::type::Date date;
      date.set_year(year);
      date.set_month(month);
      date.set_day(day);
      place.message->GetReflection()->MutableMessage(place.message, place.field)->CopyFrom(date);
      return true;
    });
  }
}

TEST_F(BadInputTest, ATimeIsFrom1900ToOneDayAhead) {
  const int64_t now = absl::ToUnixSeconds(case_.server().clock().Now());
  const std::vector<std::pair<int64_t, int>> times = {
      {INT64_MIN, 0}, {INT64_MAX, 0},       {-2'208'988'801, 0}, {now + 86'401, 0},
      {now, -1},      {now, 1'000'000'000}, {4'133'980'800, 0}};
  for (const auto& [seconds, nanos] : times) {
    for (const auto& make : case_.Samples()) {
      const Sample sample = make();
      for (const FieldPlace& place : FieldsOf(*sample.request)) {
        const google::protobuf::Descriptor* type = place.field->message_type();
        if (type == nullptr || type->full_name() != "google.protobuf.Timestamp") continue;
        if (IsSetByServer(sample.method, place.path)) continue;
        google::protobuf::Timestamp time;
        time.set_seconds(seconds);
        time.set_nanos(nanos);
        place.message->GetReflection()->MutableMessage(place.message, place.field)->CopyFrom(time);
        SCOPED_TRACE(absl::StrCat(place.path, " ", seconds, " ", nanos));
        ExpectNamed(sample.send(*sample.request), place.path);
      }
    }
  }
}

TEST_F(BadInputTest, EveryNumberHasItsRange) {
  for (const int value : {INT_MIN, INT_MAX, -1}) {
    SCOPED_TRACE(value);
    ExpectEachRefused([value](const FieldPlace& place) {
      if (place.field->cpp_type() != FieldDescriptor::CPPTYPE_INT32) return false;
      // A version that is not there is NOT_FOUND.
      if (place.field->name() == "version" && value > 0) return false;
      if (place.field->name() == "text_version" && value > 0) return false;
      place.message->GetReflection()->SetInt32(place.message, place.field, value);
      return true;
    });
  }
}

TEST_F(BadInputTest, EveryNumberOfHoursIsInQuartersOfTheWeek) {
  for (const double value :
       {-1.0, -0.25, 7.1, 60.25, 1e300, std::nan(""), std::numeric_limits<double>::infinity()}) {
    SCOPED_TRACE(value);
    ExpectEachRefused([value](const FieldPlace& place) {
      if (place.field->cpp_type() != FieldDescriptor::CPPTYPE_DOUBLE) return false;
      place.message->GetReflection()->SetDouble(place.message, place.field, value);
      return true;
    });
  }
}

// What the server gave out comes back garbled: one answer for each kind, whatever the method.
TEST_F(BadInputTest, EveryReferenceThatIsNoneIsRefused) {
  const std::map<std::string, std::pair<StatusCode, std::string>> expected = {
      {"participant_id", {StatusCode::kNotFound, "NOT_FOUND"}},
      {"step_id", {StatusCode::kNotFound, "NOT_FOUND"}},
      {"ground_id", {StatusCode::kNotFound, "NOT_FOUND"}},
      {"etag", {StatusCode::kAborted, "STALE_ETAG"}},
      {"page_token", {StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"}},
      {"min_revision", {StatusCode::kInvalidArgument, "REVISION_FOREIGN"}}};
  std::map<std::string, int> tried;
  for (const auto& make : case_.Samples()) {
    const Sample sample = make();
    const size_t count = FieldsOf(*sample.request).size();
    for (size_t i = 0; i < count; ++i) {
      const std::unique_ptr<Message> request(sample.request->New());
      request->CopyFrom(*sample.request);
      const FieldPlace place = FieldsOf(*request)[i];
      const auto wanted = expected.find(place.path);
      if (wanted == expected.end()) continue;
      // The first of its kind has no etag yet.
      if (place.path == "etag" && absl::EndsWith(sample.method, "/RecordSection")) continue;
      for (const char* garbage : {"garbage", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}) {
        place.message->GetReflection()->SetString(place.message, place.field, garbage);
        const absl::Status status = sample.send(*request);
        EXPECT_EQ(status.code(), wanted->second.first) << sample.method << ": " << status;
        EXPECT_EQ(ReasonOf(status), wanted->second.second) << sample.method << " " << place.path;
        ++tried[place.path];
      }
    }
  }
  for (const auto& [path, answer] : expected) EXPECT_GE(tried[path], 2) << path;
}

TEST_F(BadInputTest, AnImportOfAnUnknownKindIsRefused) {
  const client::Client komet = case_.server().As("komet");
  // An ImportRequest whose start has the number in format, then in encoding.
  const std::string unknown_format = RawField(1, std::string("\x08\x63", 2) + RawField(3, "komet"));
  const std::string unknown_encoding =
      RawField(1, std::string("\x08\x01\x10\x63", 4) + RawField(3, "komet"));
  const std::string no_source = RawField(1, std::string("\x08\x01", 2));
  const std::string chunk_first = RawField(2, "{}");
  for (const std::string& start : {unknown_format, unknown_encoding, no_source, chunk_first}) {
    const RawAnswer answer = RawCall(komet, "/navo.v1.ExchangeService/Import", start);
    EXPECT_EQ(answer.status.code(), StatusCode::kInvalidArgument) << answer.status;
    EXPECT_NE(ReasonOf(answer.status), "");
  }
}

// Bytes that are no UTF-8 are no text of a protocol buffer: they are refused on reading the
// message.
TEST_F(BadInputTest, BytesThatAreNoUtf8AreRefusedAndChangeNothing) {
  const std::string before = case_.Picture();
  int sent = 0;
  for (const auto& make : case_.Samples()) {
    const Sample sample = make();
    const size_t count = FieldsOf(*sample.request).size();
    for (size_t i = 0; i < count; ++i) {
      const std::unique_ptr<Message> request(sample.request->New());
      request->CopyFrom(*sample.request);
      const FieldPlace place = FieldsOf(*request)[i];
      if (!SetText(place, "SPOILED")) continue;
      const std::string bytes = absl::StrReplaceAll(request->SerializeAsString(), {{"SPOILED",
                                                                                    "SPO\xff\xfe"
                                                                                    "ED"}});
      const RawAnswer answer = RawCall(case_.kari(), sample.method, bytes);
      EXPECT_EQ(answer.status.code(), StatusCode::kInvalidArgument)
          << sample.method << " " << place.path << ": " << answer.status;
      EXPECT_EQ(answer.bytes, "");
      ++sent;
    }
  }
  EXPECT_GE(sent, 20);
  const RawAnswer garbage =
      RawCall(case_.kari(), "/navo.v1.PlanService/Get", "\xff\xff\xff\xff not a message");
  EXPECT_EQ(garbage.status.code(), StatusCode::kInvalidArgument) << garbage.status;
  EXPECT_EQ(case_.Picture(), before);
}

// Skatteetaten's and NAV's rules, and numbers that look right: none of these is anybody's.
TEST_F(BadInputTest, EveryWrongIdentityNumberIsRefusedAndNeverSaidAgain) {
  using Stub = v1::ParticipantService::Stub;
  for (const char* number :
       {"17838549889", "17838549838", "02919194763", "1783854988", "178385498880", "308601 99870",
        "17838O49888", "31829049859", "10938849825", "00000000000", "", " 17838549888",
        "17838549888 ", "+17838549888",
        "\u0661\u0667\u0668\u0663\u0668\u0665\u0664\u0669\u0668\u0668\u0668", "1234567890123",
        "17038549888"}) {
    SCOPED_TRACE(number);
    v1::LookupParticipantRequest lookup;
    lookup.set_national_identity_number(number);
    v1::CreateParticipantRequest create;
    create.set_national_identity_number(number);
    create.set_tie_reason(v1::TIE_REASON_REFERRED);
    for (const absl::Status& status : {case_.kari().Call(&Stub::Lookup, lookup).status(),
                                       case_.kari().Call(&Stub::Create, create).status()}) {
      ExpectNamed(status, "national_identity_number");
      if (*number != '\0') {
        EXPECT_EQ(Everything(status).find(number), std::string::npos) << "said again";
      }
    }
  }
}

// The error of a request in which everything is wrong.
class EverythingWrongTest : public BadInputTest {
 protected:
  // Spoils every field it can at once.
  static std::vector<std::string> SpoilAll(const Sample& sample) {
    std::vector<std::string> paths;
    for (const FieldPlace& place : FieldsOf(*sample.request)) {
      if (IsSetByServer(sample.method, place.path)) continue;
      const google::protobuf::Reflection& values = *place.message->GetReflection();
      if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM && place.index < 0) {
        values.SetEnumValue(place.message, place.field, 99);
      } else if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
        values.SetInt32(place.message, place.field, -1);
      } else if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
        values.SetDouble(place.message, place.field, -1);
      } else if (place.field->message_type() != nullptr) {
        Message* part = values.MutableMessage(place.message, place.field);
        part->Clear();
        const FieldDescriptor* seconds = part->GetDescriptor()->FindFieldByName("seconds");
        if (seconds != nullptr) part->GetReflection()->SetInt64(part, seconds, INT64_MAX);
      } else if (!SetText(place, "Warsame\x01")) {
        continue;
      }
      paths.push_back(place.path);
    }
    return paths;
  }
};

TEST_F(EverythingWrongTest, IsToldAtOnceInTheOrderOfTheMessage) {
  for (const auto& make : case_.Samples()) {
    const Sample sample = make();
    SCOPED_TRACE(sample.method);
    std::vector<std::string> spoiled = SpoilAll(sample);
    if (spoiled.empty()) continue;
    const absl::Status status = sample.send(*sample.request);
    ASSERT_EQ(status.code(), StatusCode::kInvalidArgument) << status;
    EXPECT_EQ(ReasonOf(status), "INVALID_FIELDS");
    const std::vector<std::string> told = WrongFields(status);
    std::vector<std::vector<int>> numbers;
    for (const std::string& path : told) {
      numbers.push_back(NumbersOf(*sample.request->GetDescriptor(), path));
    }
    EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end())) << status;
    for (const std::string& path : spoiled) {
      EXPECT_TRUE(std::find(told.begin(), told.end(), path) != told.end())
          << path << " is not told";
    }
    EXPECT_EQ(Everything(status).find("Warsame"), std::string::npos) << "said again";
  }
}

}  // namespace
}  // namespace navo::support
