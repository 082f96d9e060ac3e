#ifndef NAVO_SERVICES_FEED_FEED_SERVICE_H_
#define NAVO_SERVICES_FEED_FEED_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// FeedService of the API. `door` must outlive it. Any thread.
std::unique_ptr<grpc::Service> MakeFeedService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FEED_FEED_SERVICE_H_
