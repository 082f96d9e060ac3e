// Controllers, units, staff and memberships as an administrator reads them.
#ifndef NAVO_CLIENTS_CLI_ADMIN_VIEW_H_
#define NAVO_CLIENTS_CLI_ADMIN_VIEW_H_

#include "clients/cli/context.h"
#include "navo/v1/admin.pb.h"

namespace navo::cli {

void PrintControllers(const Context& context, const v1::ListControllersResponse& response);
void PrintUnits(const Context& context, const v1::ListUnitsResponse& response);
void PrintPrincipals(const Context& context, const v1::ListPrincipalsResponse& response);
void PrintMemberships(const Context& context, const v1::ListMembershipsResponse& response);
void PrintConsentTexts(const Context& context, const v1::ListConsentTextsResponse& response);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_ADMIN_VIEW_H_
