// How to reach a NAVO server, as whom, and how patiently.
#ifndef NAVO_CLIENTS_CPP_OPTIONS_H_
#define NAVO_CLIENTS_CPP_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/time/time.h"

namespace navo::client {

// How often and how fast a call is tried again. Waits grow from `initial_backoff` by `multiplier`
// up to `max_backoff`; each is drawn evenly from its upper half, so that clients do not come in
// step.
struct RetryPolicy {
  int max_attempts = 5;
  absl::Duration initial_backoff = absl::Milliseconds(100);
  absl::Duration max_backoff = absl::Seconds(5);
  double multiplier = 2;
  // A number from [0, 1). Empty means a random one. Called from the thread that calls.
  std::function<double()> jitter;
  // Waits. Empty means the thread sleeps.
  std::function<void(absl::Duration)> sleep;
};

// Plain values; copied into the Client.
struct ClientOptions {
  // Host and port, or `unix:/path`.
  std::string address = "127.0.0.1:7443";
  // TLS that trusts the machine's own authorities. Without it and without ca_certificates_pem the
  // connection has no TLS, which is for one's own machine only.
  bool tls = false;
  // PEM of the certificate authority to trust instead; turns TLS on.
  std::string ca_certificates_pem;
  // PEM of one's own certificate with its chain and of its key, for a server that asks for one.
  // They go together, and with TLS.
  std::string client_certificate_pem;
  std::string client_key_pem;
  // JWT for `authorization: Bearer`; empty sends none.
  std::string token;
  // Unit in which the caller acts (`navo-unit`); empty when there is only one.
  std::string unit;
  // UUID of the human act that the calls belong to (`navo-act`); empty means a new one per Client.
  std::string act_id;
  // For a whole call with all its attempts.
  absl::Duration deadline = absl::Seconds(10);
  // For one attempt.
  absl::Duration attempt_timeout = absl::Seconds(5);
  RetryPolicy retry;
};

}  // namespace navo::client

#endif  // NAVO_CLIENTS_CPP_OPTIONS_H_
