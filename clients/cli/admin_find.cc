#include "clients/cli/admin_find.h"

#include <vector>

#include "clients/cli/prefix.h"
#include "navo/v1/admin.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::AdminService::Stub;

constexpr int kMostOnAPage = 200;

// Calls `fn(response)` for every page.
template <class Request, class Response, class Fn>
absl::Status EachPage(Context& context,
                      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                      Request request, Fn fn) {
  request.set_page_size(kMostOnAPage);
  do {
    const auto page = context.Call(method, request);
    if (!page.ok()) return page.status();
    fn(*page);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Principal> FindPrincipal(Context& context, const std::string& who) {
  std::vector<v1::Principal> all;
  const absl::Status read =
      EachPage(context, &Stub::ListPrincipals, v1::ListPrincipalsRequest(),
               [&](const v1::ListPrincipalsResponse& page) {
                 all.insert(all.end(), page.principals().begin(), page.principals().end());
               });
  if (!read.ok()) return read;
  std::vector<std::string> ids;
  for (const v1::Principal& one : all) ids.push_back(one.principal_id());
  std::vector<const v1::Principal*> by_subject;
  for (const v1::Principal& one : all) {
    if (one.subject() == who) by_subject.push_back(&one);
  }
  if (by_subject.size() == 1) return *by_subject.front();
  const auto id = FindByBeginning(ids, who, "member of staff or system");
  if (!id.ok()) return id.status();
  for (const v1::Principal& one : all) {
    if (one.principal_id() == *id) return one;
  }
  return absl::NotFoundError("there is nobody with this id");
}

absl::StatusOr<v1::Membership> FindMembership(Context& context, const std::string& id) {
  std::vector<v1::Membership> all;
  v1::ListMembershipsRequest request;
  request.set_include_ended(true);
  const absl::Status read = EachPage(
      context, &Stub::ListMemberships, request, [&](const v1::ListMembershipsResponse& page) {
        all.insert(all.end(), page.memberships().begin(), page.memberships().end());
      });
  if (!read.ok()) return read;
  std::vector<std::string> ids;
  for (const v1::Membership& one : all) ids.push_back(one.membership_id());
  const auto whole = FindByBeginning(ids, id, "membership");
  if (!whole.ok()) return whole.status();
  for (const v1::Membership& one : all) {
    if (one.membership_id() == *whole) return one;
  }
  return absl::NotFoundError("there is no membership with this id");
}

absl::StatusOr<std::string> ControllerEtag(Context& context, const std::string& id) {
  std::string etag;
  const absl::Status read = EachPage(context, &Stub::ListControllers, v1::ListControllersRequest(),
                                     [&](const v1::ListControllersResponse& page) {
                                       for (const v1::Controller& one : page.controllers()) {
                                         if (one.id() == id) etag = one.etag();
                                       }
                                     });
  if (!read.ok()) return read;
  return etag;
}

absl::StatusOr<std::string> UnitEtag(Context& context, const std::string& id) {
  std::string etag;
  const absl::Status read = EachPage(context, &Stub::ListUnits, v1::ListUnitsRequest(),
                                     [&](const v1::ListUnitsResponse& page) {
                                       for (const v1::Unit& one : page.units()) {
                                         if (one.id() == id) etag = one.etag();
                                       }
                                     });
  if (!read.ok()) return read;
  return etag;
}

}  // namespace navo::cli
