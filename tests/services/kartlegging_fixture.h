// A server with Amina registered at NAV Grorud and VO Rosenhof, and what kartlegging is asked.
#ifndef NAVO_TESTS_SERVICES_KARTLEGGING_FIXTURE_H_
#define NAVO_TESTS_SERVICES_KARTLEGGING_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cpp/client.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "storage/section.h"
#include "storage/sql/sqlite.h"
#include "tests/support/test_server.h"

namespace navo {

using Kartlegging = v1::KartleggingService::Stub;

class KartleggingFixture : public ::testing::Test {
 protected:
  KartleggingFixture()
      : kari_(SignIn("kari")),
        tor_(SignIn("tor")),
        kari_id_(support::Register(kari_, "amina")),
        tor_id_(support::Register(tor_, "amina")) {}

  // With deadlines that are still ahead when a test is years ahead of the machine's clock.
  client::Client SignIn(const std::string& key) const {
    client::ClientOptions options = server_.As(key).options();
    options.deadline = options.attempt_timeout = absl::Hours(24 * 365 * 5);
    return client::Client(options);
  }

  static v1::RecordSectionRequest Education(const std::string& participant_id, int school_years) {
    v1::RecordSectionRequest request;
    request.set_participant_id(participant_id);
    v1::Education* education = request.mutable_content()->mutable_education();
    education->set_school_years(school_years);
    v1::EducationItem* item = education->add_items();
    item->set_nus2000("641131");
    item->set_country("so");
    item->set_title("Sykepleier");
    return request;
  }

  absl::StatusOr<v1::RecordSectionResponse> Record(const client::Client& caller,
                                                   const v1::RecordSectionRequest& request) {
    return caller.Call(&Kartlegging::RecordSection, request);
  }
  v1::Section Recorded(const client::Client& caller, const v1::RecordSectionRequest& request) {
    const auto recorded = Record(caller, request);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
    return recorded.ok() ? recorded->section() : v1::Section();
  }

  absl::StatusOr<v1::ConfirmSectionResponse> Confirm(const client::Client& caller,
                                                     const std::string& participant_id,
                                                     const std::string& section_id) {
    v1::ConfirmSectionRequest request;
    request.set_participant_id(participant_id);
    request.set_section_id(section_id);
    return caller.Call(&Kartlegging::ConfirmSection, request);
  }

  // What a picture shows of one kind.
  static v1::KindPicture Of(const v1::GetKartleggingResponse& picture, v1::SectionKind kind) {
    for (const v1::KindPicture& shown : picture.kinds()) {
      if (shown.kind() == kind) return shown;
    }
    ADD_FAILURE() << "no " << v1::SectionKind_Name(kind);
    return {};
  }

  v1::GetKartleggingResponse Get(const client::Client& caller, const std::string& participant_id) {
    v1::GetKartleggingRequest request;
    request.set_participant_id(participant_id);
    const auto got = caller.Call(&Kartlegging::Get, request);
    EXPECT_TRUE(got.ok()) << got.status();
    return got.value_or(v1::GetKartleggingResponse());
  }

  absl::StatusOr<v1::ListSectionVersionsResponse> Versions(const client::Client& caller,
                                                           const std::string& participant_id,
                                                           const std::string& section_id,
                                                           int page_size = 0,
                                                           const std::string& page_token = "") {
    v1::ListSectionVersionsRequest request;
    request.set_participant_id(participant_id);
    request.set_section_id(section_id);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return caller.Call(&Kartlegging::ListVersions, request);
  }

  void Consent() { support::ConsentBothWays(kari_, kari_id_, tor_, tor_id_); }
  void Withdraw() {
    v1::WithdrawConsentRequest request;
    request.set_participant_id(tor_id_);
    request.set_purpose(v1::PURPOSE_SAMORDNET_KVALIFISERING);
    request.set_channel(v1::WITHDRAWAL_CHANNEL_PHONE);
    const auto withdrawn = tor_.Call(&v1::ConsentService::Stub::WithdrawConsent, request);
    ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  }

  // Outcomes that were counted, read from the file: no method tells them yet. Writes are done in
  // the order they came, so whatever was counted before an answered write is there.
  std::vector<int64_t> Counted() {
    std::vector<int64_t> outcomes;
    const auto connection = storage::OpenSqlite(server_.database(), {.read_only = true});
    EXPECT_TRUE(connection.ok()) << connection.status();
    EXPECT_TRUE((*connection)->Begin(false).ok());
    const auto statement = (*connection)
                               ->Prepare(
                                   "SELECT outcome FROM section_duplicate"
                                   " ORDER BY duplicate_key");
    EXPECT_TRUE(statement.ok()) << statement.status();
    while (true) {
      const auto row = (*statement)->Step();
      EXPECT_TRUE(row.ok());
      if (!row.ok() || *row == nullptr) break;
      outcomes.push_back((*row)->Int64(0));
    }
    (*statement)->Reset();
    return outcomes;
  }

  support::TestServer server_;
  client::Client kari_;
  client::Client tor_;
  std::string kari_id_;
  std::string tor_id_;
};

inline constexpr auto kAvoided = static_cast<int64_t>(storage::DuplicateOutcome::kAvoided);
inline constexpr auto kChosen = static_cast<int64_t>(storage::DuplicateOutcome::kChosen);
inline constexpr auto kUnknowing = static_cast<int64_t>(storage::DuplicateOutcome::kUnknowing);

}  // namespace navo

#endif  // NAVO_TESTS_SERVICES_KARTLEGGING_FIXTURE_H_
