#ifndef NAVO_SERVICES_DOOR_DEADLINE_H_
#define NAVO_SERVICES_DOOR_DEADLINE_H_

#include <grpc/support/time.h>
#include <grpcpp/server_context.h>

#include "absl/time/time.h"

namespace navo::door {

// How long the caller still waits. gRPC keeps deadlines on the machine's clock, and the server's
// own clock may be another: add this to the server's now rather than compare the two. Negative when
// the deadline has passed, infinite when there is none. Any thread, while the context lives.
inline absl::Duration TimeLeft(const grpc::ServerContextBase& context) {
  const gpr_timespec deadline = context.raw_deadline();
  const gpr_timespec left = gpr_time_sub(deadline, gpr_now(deadline.clock_type));
  if (gpr_time_cmp(left, gpr_inf_future(GPR_TIMESPAN)) == 0) return absl::InfiniteDuration();
  return absl::Seconds(left.tv_sec) + absl::Nanoseconds(left.tv_nsec);
}

}  // namespace navo::door

#endif  // NAVO_SERVICES_DOOR_DEADLINE_H_
