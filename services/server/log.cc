#include "services/server/log.h"

#include <grpc/support/log.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/time/time.h"
#include "services/domain/reasons.h"

namespace navo::services {
namespace {

// The line is JSON already, so spdlog adds nothing.
spdlog::logger& Output() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = spdlog::stderr_logger_mt("navod");
    made->set_pattern("%v");
    return made;
  }();
  return *logger;
}

void Write(std::string_view level, nlohmann::json line) {
  line["level"] = level;
  Output().info("{}", line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  Output().flush();
}

nlohmann::json Line(std::string_view event, std::string_view detail) {
  nlohmann::json line = {{"event", event}};
  if (!detail.empty()) line["detail"] = detail;
  return line;
}

}  // namespace

void LogEvent(std::string_view event, std::string_view detail) {
  Write("info", Line(event, detail));
}

void LogFault(std::string_view event, std::string_view detail) {
  Write("error", Line(event, detail));
}

void TakeOverGrpcLog() {
  gpr_set_log_function([](gpr_log_func_args* line) {
    const bool error = line->severity == GPR_LOG_SEVERITY_ERROR;
    error ? LogFault("grpc", line->message) : LogEvent("grpc", line->message);
  });
}

void LogIssuerKeys(const absl::Status& status, std::string_view text) {
  status.ok() ? LogEvent("issuer_keys", text) : LogFault("issuer_keys_failed", text);
}

void LogCall(const door::CallRecord& call) {
  const bool fault =
      call.code == absl::StatusCode::kInternal || call.code == absl::StatusCode::kUnavailable ||
      call.code == absl::StatusCode::kDataLoss || call.code == absl::StatusCode::kResourceExhausted;
  // Anybody can name a key that is not there; what is wrong with the issuer is said above.
  if (!fault || call.reason == domain::reason::kIssuerKeysPending) return;
  const std::string code = absl::StatusCodeToString(call.code);
  Write("error", {{"event", "call_failed"},
                  {"method", call.method},
                  {"code", code},
                  {"reason", call.reason},
                  {"duration_us", absl::ToInt64Microseconds(call.duration)}});
}

void LogCheckpointMade(const storage::LogCheckpoint& checkpoint) {
  const absl::string_view chain(reinterpret_cast<const char*>(checkpoint.chain.data()),
                                checkpoint.chain.size());
  Write("info", {{"event", "log_checkpoint"},
                 {"number", checkpoint.number},
                 {"position", checkpoint.position},
                 {"chain", absl::BytesToHexString(chain)},
                 {"time_us", checkpoint.time_us},
                 {"kind", static_cast<int>(checkpoint.kind)},
                 {"month", checkpoint.month},
                 {"key", checkpoint.key_id},
                 {"signature", absl::BytesToHexString(checkpoint.signature)}});
}

}  // namespace navo::services
