// Ids that the client makes: of requests and of acts.
#ifndef NAVO_CLIENTS_CPP_UUID_H_
#define NAVO_CLIENTS_CPP_UUID_H_

#include <string>

namespace navo::client {

// A random version 4 UUID as lower-case text. Any thread.
std::string NewUuid();

}  // namespace navo::client

#endif  // NAVO_CLIENTS_CPP_UUID_H_
