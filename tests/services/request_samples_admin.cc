// Good requests of AdminService.
#include "absl/strings/str_cat.h"
#include "navo/v1/admin.grpc.pb.h"
#include "tests/services/request_samples.h"

namespace navo::support {

void SampleCase::MakeStaff() {
  using Stub = v1::AdminService::Stub;
  for (const v1::PrincipalKind kind : {v1::PRINCIPAL_KIND_STAFF, v1::PRINCIPAL_KIND_SYSTEM}) {
    v1::CreatePrincipalRequest create;
    create.set_kind(kind);
    create.set_issuer("https://localhost/navo-dev");
    create.set_subject(kind == v1::PRINCIPAL_KIND_STAFF ? "ny-ansatt" : "nytt-system");
    create.set_name("Ny");
    const auto created = ivar_.Call(&Stub::CreatePrincipal, create);
    EXPECT_TRUE(created.ok()) << created.status();
    if (!created.ok()) return;
    (kind == v1::PRINCIPAL_KIND_STAFF ? staff_id_ : system_id_) = created->principal_id();
  }
  v1::AddMembershipRequest add;
  add.set_principal_id(staff_id_);
  add.set_unit_id("nav-stovner-statlig");
  add.add_roles(v1::ROLE_VEILEDER);
  add.mutable_valid_from()->set_year(2026);
  add.mutable_valid_from()->set_month(11);
  add.mutable_valid_from()->set_day(2);
  const auto added = ivar_.Call(&Stub::AddMembership, add);
  EXPECT_TRUE(added.ok()) << added.status();
  if (added.ok()) membership_id_ = added->membership_id();
}

std::string SampleCase::AdminEtag(const std::string& id) const {
  using Stub = v1::AdminService::Stub;
  const auto controllers = ivar_.Call(&Stub::ListControllers, v1::ListControllersRequest());
  const auto units = ivar_.Call(&Stub::ListUnits, v1::ListUnitsRequest());
  const auto principals = ivar_.Call(&Stub::ListPrincipals, v1::ListPrincipalsRequest());
  const auto memberships = ivar_.Call(&Stub::ListMemberships, v1::ListMembershipsRequest());
  EXPECT_TRUE(controllers.ok() && units.ok() && principals.ok() && memberships.ok());
  for (const auto& one : controllers->controllers()) {
    if (one.id() == id) return one.etag();
  }
  for (const auto& one : units->units()) {
    if (one.id() == id) return one.etag();
  }
  for (const auto& one : principals->principals()) {
    if (one.principal_id() == id) return one.etag();
    if ("numbers of " + one.principal_id() == id) return one.numbers_etag();
  }
  for (const auto& one : memberships->memberships()) {
    if (one.membership_id() == id) return one.etag();
  }
  return "";
}

void SampleCase::AddAdminSamples(std::vector<std::function<Sample()>>& samples) {
  using Stub = v1::AdminService::Stub;
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/CreateController", &Stub::CreateController,
                  R"(controller_id: "bergen-vo" kind: CONTROLLER_KIND_VO name: "Bergen VO")");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/RenameController", &Stub::RenameController,
                  absl::StrCat(R"(controller_id: "nav-statlig" name: "NAV" etag: ")",
                               AdminEtag("nav-statlig"), "\""));
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/CreateUnit", &Stub::CreateUnit,
                  R"(controller_id: "nav-statlig" unit_id: "nav-alna" name: "NAV Alna")");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/RenameUnit", &Stub::RenameUnit,
                  absl::StrCat(R"(unit_id: "nav-stovner-statlig" name: "Stovner" etag: ")",
                               AdminEtag("nav-stovner-statlig"), "\""));
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/CreatePrincipal", &Stub::CreatePrincipal, R"(
        kind: PRINCIPAL_KIND_SYSTEM issuer: "https://login.example" subject: "fagsystem"
        name: "Fagsystem" imports: IMPORT_FORMAT_NAV_DELTAKER follows: CATEGORY_PLAN
        sets_protection: true)");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/UpdatePrincipal", &Stub::UpdatePrincipal,
                  absl::StrCat(R"(principal_id: "$SYSTEM" name: "Nytt system"
                      imports: IMPORT_FORMAT_NAV_GJENNOMFOERING follows: CATEGORY_GOALS
                      sets_protection: true etag: ")",
                               AdminEtag(system_id_), "\""));
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/SetOwnNumbers", &Stub::SetOwnNumbers,
                  absl::StrCat(R"(principal_id: "$STAFF" own_number: "$NUMBER"
                      family_numbers: "$NUMBER" etag: ")",
                               AdminEtag("numbers of " + staff_id_), "\""));
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/AddMembership", &Stub::AddMembership, R"(
        principal_id: "$STAFF" unit_id: "nav-grorud-statlig" roles: ROLE_VEILEDER roles: ROLE_LEDER
        valid_from { year: 2026 month: 12 day: 1 } valid_to { year: 2027 month: 12 day: 1 })");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/ListMemberships", &Stub::ListMemberships,
                  R"(unit_id: "nav-grorud-statlig" page_size: 10)");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/ListPrincipals", &Stub::ListPrincipals, "page_size: 10");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/EndMembership", &Stub::EndMembership,
                  absl::StrCat(R"(membership_id: "$MEMBERSHIP"
                      last_day { year: 2027 month: 12 day: 1 } etag: ")",
                               AdminEtag(membership_id_), "\""));
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/AddConsentText", &Stub::AddConsentText, R"(
        consent_text { text_id: "utflukt" version: 1 language: "nb"
                       purposes: PURPOSE_SAMORDNET_KVALIFISERING
                       valid_from { year: 2027 month: 1 day: 1 } text: "Vi deler.\nTakk." })");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/ReviewConsentText", &Stub::ReviewConsentText,
                  R"(text_id: "samordnet-kvalifisering" version: 1 language: "so")");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/AddLegalBasis", &Stub::AddLegalBasis, R"(
        legal_basis { law_reference: "lov § 1" law_version { year: 2026 month: 1 day: 1 }
                      law_id: "LOV-1" valid_from { year: 2026 month: 1 day: 1 }
                      valid_to { year: 2028 month: 1 day: 1 }
                      purposes: PURPOSE_SAMORDNET_KVALIFISERING
                      directions { from_kind: CONTROLLER_KIND_VO
                                   to_kind: CONTROLLER_KIND_NAV_STAT }
                      categories: CATEGORY_PLAN meaning_nb: "ja" meaning_en: "yes"
                      uncertain_nb: "kanskje" uncertain_en: "perhaps" })");
  });
  samples.push_back([this] {
    return MakeAs(ivar_, "AdminService/CloseLegalBasis", &Stub::CloseLegalBasis,
                  R"(law_reference: "lov § 1" law_version { year: 2026 month: 1 day: 1 }
                     valid_to { year: 2027 month: 12 day: 1 })");
  });
}

}  // namespace navo::support
