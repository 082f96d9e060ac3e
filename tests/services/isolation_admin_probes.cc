#include "navo/v1/admin.grpc.pb.h"
#include "tests/services/isolation_probes.h"

namespace navo::support {
namespace {

using Stub = v1::AdminService::Stub;

client::Client AdministratorOf(IsolationWorld& world) {
  return world.server().As(world.sides().controller == "oslo-vo" ? "dina" : "drift");
}

// Asks as the administrator, and as the watcher, who is refused.
template <class Request, class Response, class Make>
void Add(std::vector<Probe>& probes, const std::string& what,
         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), Make make) {
  probes.push_back(
      {MethodTaking(Request::descriptor()), what, [method, make](IsolationWorld& world) {
         const client::Client administrator = AdministratorOf(world);
         const Request request = make(administrator, world);
         return NeutralText(administrator.Call(method, request)) +
                NeutralText(world.watcher().Call(method, request));
       }});
}

template <class Request>
Request Nothing(const client::Client&, const IsolationWorld&) {
  return Request();
}

v1::Unit UnitOf(const client::Client& administrator, const std::string& id) {
  const auto listed = Must(administrator, &Stub::ListUnits, v1::ListUnitsRequest());
  for (const v1::Unit& unit : listed.units()) {
    if (unit.id() == id) return unit;
  }
  return {};
}

v1::Principal PrincipalOf(const client::Client& administrator, const std::string& subject) {
  const auto listed = Must(administrator, &Stub::ListPrincipals, v1::ListPrincipalsRequest());
  for (const v1::Principal& one : listed.principals()) {
    if (one.subject() == subject) return one;
  }
  return {};
}

void AddUnitWrites(std::vector<Probe>& probes) {
  Add(probes, "a controller", &Stub::CreateController,
      [](const client::Client&, const IsolationWorld&) {
        v1::CreateControllerRequest request;
        request.set_controller_id("en-til");
        request.set_kind(v1::CONTROLLER_KIND_VO);
        request.set_name("En til");
        return request;
      });
  Add(probes, "the own one", &Stub::RenameController,
      [](const client::Client& administrator, const IsolationWorld& world) {
        v1::RenameControllerRequest request;
        request.set_controller_id(world.sides().controller);
        request.set_name("Et annet navn");
        request.set_etag(Must(administrator, &Stub::ListControllers, v1::ListControllersRequest())
                             .controllers(0)
                             .etag());
        return request;
      });
  Add(probes, "the other side's", &Stub::CloseController,
      [](const client::Client&, const IsolationWorld& world) {
        v1::CloseControllerRequest request;
        request.set_controller_id(world.sides().other_controller);
        return request;
      });
  Add(probes, "a unit", &Stub::CreateUnit, [](const client::Client&, const IsolationWorld& world) {
    v1::CreateUnitRequest request;
    request.set_controller_id(world.sides().controller);
    request.set_unit_id("ny-enhet");
    request.set_name("Ny enhet");
    return request;
  });
  Add(probes, "the unit", &Stub::RenameUnit,
      [](const client::Client& administrator, const IsolationWorld&) {
        v1::RenameUnitRequest request;
        request.set_unit_id("ny-enhet");
        request.set_name("Nyere enhet");
        request.set_etag(UnitOf(administrator, "ny-enhet").etag());
        return request;
      });
  // With everybody who is tied to it, or the other side's.
  for (const char* id : {"nav-grorud-statlig", "vo-rosenhof", "ny-enhet"}) {
    Add(probes, id, &Stub::CloseUnit,
        [id](const client::Client& administrator, const IsolationWorld&) {
          v1::CloseUnitRequest request;
          request.set_unit_id(id);
          request.set_etag(UnitOf(administrator, id).etag());
          return request;
        });
    Add(probes, id, &Stub::ReopenUnit,
        [id](const client::Client& administrator, const IsolationWorld&) {
          v1::ReopenUnitRequest request;
          request.set_unit_id(id);
          request.set_etag(UnitOf(administrator, id).etag());
          return request;
        });
  }
}

}  // namespace

void AddAdminReads(std::vector<Probe>& probes) {
  Add(probes, "all", &Stub::ListControllers, Nothing<v1::ListControllersRequest>);
  Add(probes, "all", &Stub::ListUnits, Nothing<v1::ListUnitsRequest>);
  Add(probes, "all", &Stub::ListPrincipals, Nothing<v1::ListPrincipalsRequest>);
  Add(probes, "all", &Stub::ListConsentTexts, Nothing<v1::ListConsentTextsRequest>);
  Add(probes, "all", &Stub::ListMemberships, [](const client::Client&, const IsolationWorld&) {
    v1::ListMembershipsRequest request;
    request.set_include_ended(true);
    return request;
  });
}

void AddAdminWrites(std::vector<Probe>& probes) {
  AddUnitWrites(probes);
  for (const char* subject : {"ny-ansatt", "tor", "kari"}) {
    Add(probes, subject, &Stub::CreatePrincipal,
        [subject](const client::Client& administrator, const IsolationWorld&) {
          v1::CreatePrincipalRequest request;
          request.set_kind(v1::PRINCIPAL_KIND_STAFF);
          request.set_issuer(PrincipalOf(administrator, "drift").issuer());
          if (request.issuer().empty()) {
            request.set_issuer(PrincipalOf(administrator, "dina").issuer());
          }
          request.set_subject(subject);
          request.set_name("Ny Ansatt");
          return request;
        });
  }
  Add(probes, "the new one", &Stub::UpdatePrincipal,
      [](const client::Client& administrator, const IsolationWorld&) {
        const v1::Principal one = PrincipalOf(administrator, "ny-ansatt");
        v1::UpdatePrincipalRequest request;
        request.set_principal_id(one.principal_id());
        request.set_etag(one.etag());
        request.set_name("Nyere Ansatt");
        return request;
      });
  // Amina's own, whom the other side may know.
  Add(probes, "Amina's", &Stub::SetOwnNumbers,
      [](const client::Client& administrator, const IsolationWorld&) {
        const v1::Principal one = PrincipalOf(administrator, "ny-ansatt");
        v1::SetOwnNumbersRequest request;
        request.set_principal_id(one.principal_id());
        request.set_etag(one.numbers_etag());
        request.add_family_numbers(NumberOf("amina"));
        return request;
      });
  Add(probes, "for the new one", &Stub::AddMembership,
      [](const client::Client& administrator, const IsolationWorld& world) {
        v1::AddMembershipRequest request;
        request.set_principal_id(PrincipalOf(administrator, "ny-ansatt").principal_id());
        request.set_unit_id(world.sides().controller == "oslo-vo" ? "vo-helsfyr"
                                                                  : "nav-stovner-statlig");
        request.add_roles(v1::ROLE_LEDER);
        request.mutable_valid_from()->set_year(2099);
        request.mutable_valid_from()->set_month(1);
        request.mutable_valid_from()->set_day(1);
        return request;
      });
  Add(probes, "of the new one", &Stub::EndMembership,
      [](const client::Client& administrator, const IsolationWorld&) {
        v1::EndMembershipRequest request;
        const auto listed =
            Must(administrator, &Stub::ListMemberships, v1::ListMembershipsRequest());
        for (const v1::Membership& one : listed.memberships()) {
          if (one.roles(0) != v1::ROLE_LEDER || one.valid_from().year() != 2099) continue;
          request.set_membership_id(one.membership_id());
          request.set_etag(one.etag());
        }
        return request;
      });
  Add(probes, "a wording", &Stub::AddConsentText, Nothing<v1::AddConsentTextRequest>);
  Add(probes, "a wording", &Stub::ReviewConsentText, Nothing<v1::ReviewConsentTextRequest>);
  Add(probes, "a law", &Stub::AddLegalBasis, Nothing<v1::AddLegalBasisRequest>);
  Add(probes, "a law", &Stub::CloseLegalBasis, Nothing<v1::CloseLegalBasisRequest>);
}

}  // namespace navo::support
