#ifndef NAVO_SERVICES_ACCESS_LOG_ACT_VIEW_H_
#define NAVO_SERVICES_ACCESS_LOG_ACT_VIEW_H_

#include "navo/v1/access_log.pb.h"
#include "services/access/directory.h"
#include "storage/access_log_query.h"

// How an act of the access log is told. Pure; any thread.
namespace navo::services {

// Whether participants are told which member of staff looked at their case, or only the role and
// unit. A decision of the controllers.
enum class StaffNames { kWithheld, kTold };

// `viewer` is the one the act was read for. Names of staff go to PERSONVERN of their own
// controller, and to the participant as `names` says; a ground's id to the participant and the
// controller whose data it opened; and of what another controller was shown, a controller is told
// the part that its own ground opened.
v1::AccessAct TellAct(const access::Directory& directory, const storage::LogViewer& viewer,
                      const storage::LoggedAct& act, StaffNames names);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ACCESS_LOG_ACT_VIEW_H_
