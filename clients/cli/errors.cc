#include "clients/cli/errors.h"

#include <map>

#include "absl/strings/cord.h"
#include "clients/cli/text_width.h"
#include "clients/cpp/status.h"

namespace navo::cli {
namespace {

// What to do, by the server's reason.
const std::map<std::string, std::string>& Advice() {
  static const std::map<std::string, std::string> advice = {
      {"INVALID_FIELDS", "mend the fields below and try again"},
      {"STALE_ETAG", "somebody changed it meanwhile; look at it again and repeat the command"},
      {"PAGE_TOKEN_INVALID", "start again without --page-token"},
      {"REVISION_FOREIGN", "leave out --min-revision"},
      {"INVALID_IDENT", "ask the person or look at the document again"},
      {"UNSUPPORTED_IDENT", "use the fødselsnummer or D-nummer"},
      {"UNAUTHENTICATED", "sign in: --token-file, NAVO_TOKEN, or --as KEY with a trial server"},
      {"TOKEN_EXPIRED", "get a new token and repeat the command"},
      {"ISSUER_KEYS_PENDING",
       "try again in a moment; if it stays so, tell those who run the server"},
      {"ROLE_NOT_ALLOWED", "a colleague with another role must do it"},
      {"SCOPE_MISSING", "the operator must widen the system's scope"},
      {"UNIT_REQUIRED", "say in which unit you act: --unit UNIT"},
      {"UNIT_UNKNOWN", "name one of your own units: --unit UNIT"},
      {"NOT_FOUND", "check the id; it may also be that you may not know of it"},
      {"NOT_OWNER", "ask the unit that owns it to change it"},
      {"OWN_DATA_ONLY", "the other side registers or confirms its own"},
      {"IDENTITY_NOT_CONFIRMED",
       "run: navo participant confirm-identity ID --confirmation id-document"},
      {"GROUND_NOT_PENDING", "look at the grounds: navo ground list ID"},
      {"OWN_RIGHTS", "another administrator must do it"},
      {"ID_TAKEN", "choose another id; see what there is: navo admin units, navo admin staff"},
      {"IN_USE", "close its units or end its memberships first: navo admin members --of UNIT"},
      {"CLOSED", "choose an open unit: navo admin units"},
      {"OVERLAPS", "see the memberships: navo admin members --who SUBJECT"},
      {"TEXT_NOT_KNOWN", "see the text there is: navo consent text samordnet-kvalifisering"},
      {"ILLEGAL_STATE_CHANGE", "look at it as it is now, for example: navo plan show ID"},
      {"PLAN_CLOSED", "open it again: navo plan open ID"},
      {"MESSAGE_TOO_LARGE", "send less at a time"},
      {"OVERLOADED", "try again in a while"},
      {"RATE_LIMITED", "wait before you look up more numbers"},
      {"DISK_RESERVE", "the operator must make room on the server's disk"},
      {"INTERNAL", "report the time and what you did to those who run the server"},
  };
  return advice;
}

// Connections that fail over TLS, by a part of gRPC's own text.
struct TlsFault {
  const char* part;
  const char* message;
  const char* advice;
};
constexpr char kMayWantTls[] =
    "it may want TLS (--ca-file or --tls), or a certificate of yours (--cert-file and --key-file)";
constexpr TlsFault kTlsFaults[] = {
    {"certificate verify failed", "the server's certificate is not of an authority you trust",
     "name its authority with --ca-file"},
    {"not in peer certificate", "the server's certificate is for another name",
     "name the server as its certificate does, with --server"},
    {"wrong version number", "the server has no TLS", "leave out --ca-file and --tls"},
    {"Ssl handshake failed", "the server and this program cannot agree on TLS",
     "name its authority with --ca-file"},
    {"Socket closed", "the server closed the connection at once", kMayWantTls},
    {"Endpoint read failed", "the server closed the connection at once", kMayWantTls},
};

const TlsFault* TlsFaultOf(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kUnavailable || !client::Reason(status).empty()) {
    return nullptr;
  }
  const std::string message(status.message());
  if (message.find("failed to connect") == std::string::npos) return nullptr;
  for (const TlsFault& fault : kTlsFaults) {
    if (message.find(fault.part) != std::string::npos) return &fault;
  }
  return nullptr;
}

std::string AdviceFor(const absl::Status& status) {
  const auto found = Advice().find(client::Reason(status));
  if (found != Advice().end()) return found->second;
  if (const TlsFault* fault = TlsFaultOf(status)) return fault->advice;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return "see that the server runs, or name it with --server HOST:PORT";
    case absl::StatusCode::kDeadlineExceeded:
      return "try again, or give it more time with --timeout SECONDS";
    case absl::StatusCode::kUnimplemented:
      return "this server does not offer it; it may be older than this program";
    case absl::StatusCode::kUnauthenticated:
      return Advice().at("UNAUTHENTICATED");
    default:
      return "";
  }
}

std::string WithoutEnd(std::string text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

// gRPC's own text names sockets and inner states; a person needs to know only this.
std::string MessageOf(const absl::Status& status) {
  const std::string message(status.message());
  if (const TlsFault* fault = TlsFaultOf(status)) return fault->message;
  if (status.code() == absl::StatusCode::kUnavailable && client::Reason(status).empty() &&
      message.find("failed to connect") != std::string::npos) {
    return "the server cannot be reached";
  }
  if (status.code() == absl::StatusCode::kDeadlineExceeded && client::Reason(status).empty()) {
    return "the server did not answer in time";
  }
  return message.empty() ? absl::StatusCodeToString(status.code()) : message;
}

}  // namespace

const char kExitCodeHelp[] =
    "Exit codes:\n"
    "  0  done\n"
    "  1  something unexpected\n"
    "  2  wrong usage or input\n"
    "  3  not found, or not to be known by you\n"
    "  4  not signed in or not allowed\n"
    "  5  conflict: changed meanwhile, already mapped, wrong state\n"
    "  6  server not reachable or overloaded\n"
    "  7  import done, with rows that were not taken in\n"
    "  8  the access log does not hold";

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return kExitBadInput;
    case absl::StatusCode::kNotFound:
      return kExitNotFound;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return kExitNotAllowed;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return kExitConflict;
    case absl::StatusCode::kResourceExhausted:
      return client::Reason(status) == "MESSAGE_TOO_LARGE" ? kExitBadInput : kExitUnreachable;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return kExitUnreachable;
    default:
      return kExitUnexpected;
  }
}

std::string ErrorText(const absl::Status& status) {
  const std::string advice = AdviceFor(status);
  std::string what = WithoutEnd(MessageOf(status));
  // The server advises in terms of its API after a colon; here it is said in terms of this program.
  if (!advice.empty()) what = what.substr(0, what.find(": "));
  std::string text = "navo: " + Displayable(what);
  if (!advice.empty()) text += ": " + advice;
  text += "\n";
  const google::rpc::BadRequest bad_request = client::GetBadRequest(status);
  for (const auto& violation : bad_request.field_violations()) {
    text += "  " + Displayable(violation.field()) + ": " +
            Displayable(WithoutEnd(violation.description())) + "\n";
  }
  return text;
}

absl::Status WithMessage(const absl::Status& status, const std::string& message) {
  absl::Status result(status.code(), message);
  status.ForEachPayload([&result](absl::string_view type_url, const absl::Cord& payload) {
    result.SetPayload(type_url, payload);
  });
  return result;
}

}  // namespace navo::cli
