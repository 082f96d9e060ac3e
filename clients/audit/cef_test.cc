#include "clients/audit/cef.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace navo::audit {
namespace {

using testing::HasSubstr;
using testing::Not;

AuditEvent SomeEvent() {
  return {.position = 7,
          .time_us = 1'795'339'800'123'456,
          .suid = "kari",
          .duid = "11111111-2222-4333-8444-555555555555",
          .sproc = "aaaaaaaa-0000-4000-8000-000000000001",
          .permitted = true,
          .orgnr = "889640782",
          .controller = "nav-statlig",
          .message = "navo.v1.PlanService.Get; role VEILEDER"};
}

TEST(CefTest, HoldsTheFieldsOfTheCommonAuditLog) {
  EXPECT_EQ(CefLine(SomeEvent()),
            "CEF:0|NAVO|navo|1.0|audit:access|Access log|INFO|end=1795339800123 suid=kari "
            "duid=11111111-2222-4333-8444-555555555555 "
            "sproc=aaaaaaaa-0000-4000-8000-000000000001 flexString1Label=Decision "
            "flexString1=Permit cn1Label=orgnr cn1=889640782 cs1Label=controller cs1=nav-statlig "
            "externalId=7 msg=navo.v1.PlanService.Get; role VEILEDER");
}

TEST(CefTest, ARefusalIsADenyAndAWarning) {
  AuditEvent event = SomeEvent();
  event.permitted = false;
  EXPECT_THAT(CefLine(event), HasSubstr("|WARN|end="));
  EXPECT_THAT(CefLine(event), HasSubstr(" flexString1=Deny "));
}

TEST(CefTest, WhatIsNotKnownIsLeftOut) {
  AuditEvent event = SomeEvent();
  event.duid = event.orgnr = event.controller = "";
  EXPECT_THAT(CefLine(event), Not(HasSubstr("duid")));
  EXPECT_THAT(CefLine(event), Not(HasSubstr("cn1")));
  EXPECT_THAT(CefLine(event), Not(HasSubstr("cs1")));
  event.orgnr = "12 34";
  EXPECT_THAT(CefLine(event), Not(HasSubstr("cn1")));
}

TEST(CefTest, NoTextBeginsAFieldOrALineOfItsOwn) {
  AuditEvent event = SomeEvent();
  event.suid = "k flexString1=Permit|x\\|";
  event.message = "a=b\\=c\nCEF:0|NAVO|navo|\r\tend\x01\x7f\xc3\xa5";
  event.controller = "c\ncn1=1";
  const std::string line = CefLine(event);
  EXPECT_THAT(line, HasSubstr("suid=k flexString1\\=Permit|x\\\\| duid="));
  EXPECT_THAT(line, HasSubstr("msg=a\\=b\\\\\\=c\\nCEF:0|NAVO|navo|\\r end  \xc3\xa5"));
  EXPECT_THAT(line, HasSubstr("cs1=c\\ncn1\\=1 externalId=7"));
  for (const char c : line) EXPECT_GE(static_cast<unsigned char>(c), 0x20u);
}

}  // namespace
}  // namespace navo::audit
