#include "clients/cli/errors.h"

#include <gtest/gtest.h>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"

namespace navo::cli {
namespace {

absl::Status WithReason(absl::StatusCode code, const std::string& message,
                        const std::string& reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  absl::Status status(code, message);
  status.SetPayload("type.googleapis.com/google.rpc.ErrorInfo",
                    absl::Cord(info.SerializeAsString()));
  return status;
}

TEST(Errors, OneLineSaysWhatIsWrongAndWhatToDo) {
  EXPECT_EQ(
      ErrorText(WithReason(absl::StatusCode::kAborted, "The step was changed.", "STALE_ETAG")),
      "navo: The step was changed: somebody changed it meanwhile; look at it again and repeat the "
      "command\n");
  EXPECT_EQ(
      ErrorText(absl::UnavailableError("failed to connect to all addresses; last error: ...")),
      "navo: the server cannot be reached: see that the server runs, or name it with --server "
      "HOST:PORT\n");
}

TEST(Errors, WhatIsWrongWithAFileOnlyTheServerKnows) {
  const auto text = [](const std::string& message) {
    return ErrorText(WithReason(absl::StatusCode::kInvalidArgument, message, "FORMAT_UNKNOWN"));
  };
  EXPECT_EQ(text("the file is UTF-16 or not text: save it as UTF-8"),
            "navo: the file is UTF-16 or not text: save it as UTF-8\n");
  EXPECT_EQ(text("the file is no vo-elever: columns missing: sentrum, start"),
            "navo: the file is no vo-elever: columns missing: sentrum, start\n");
}

TEST(Errors, AConnectionThatFailsOverTlsSaysWhatToDo) {
  const auto text = [](const std::string& last) {
    return ErrorText(absl::UnavailableError(
        "failed to connect to all addresses; last error: UNKNOWN: ipv4:127.0.0.1:7443: " + last));
  };
  EXPECT_EQ(text("Ssl handshake failed: SSL_ERROR_SSL: error:0A000086:SSL routines::certificate "
                 "verify failed"),
            "navo: the server's certificate is not of an authority you trust: name its authority "
            "with --ca-file\n");
  EXPECT_EQ(text("Peer name 127.0.0.1 is not in peer certificate"),
            "navo: the server's certificate is for another name: name the server as its "
            "certificate does, with --server\n");
  EXPECT_EQ(text("Ssl handshake failed: SSL_ERROR_SSL: error:0A00010B:SSL routines::wrong version "
                 "number"),
            "navo: the server has no TLS: leave out --ca-file and --tls\n");
  for (const char* closed : {"Socket closed", "Endpoint read failed"}) {
    EXPECT_EQ(text(closed),
              "navo: the server closed the connection at once: it may want TLS (--ca-file or "
              "--tls), or a certificate of yours (--cert-file and --key-file)\n");
  }
  EXPECT_EQ(ErrorText(absl::UnavailableError("Socket closed")),
            "navo: Socket closed: see that the server runs, or name it with --server HOST:PORT\n");
}

TEST(Errors, EveryWrongFieldIsListed) {
  google::rpc::BadRequest bad;
  auto* violation = bad.add_field_violations();
  violation->set_field("step.title");
  violation->set_description("is longer than 200 characters.");
  violation = bad.add_field_violations();
  violation->set_field("step.start_date");
  violation->set_description("is no day");
  absl::Status status =
      WithReason(absl::StatusCode::kInvalidArgument,
                 "2 fields are wrong: step.title is long; and more", "INVALID_FIELDS");
  status.SetPayload("type.googleapis.com/google.rpc.BadRequest",
                    absl::Cord(bad.SerializeAsString()));
  EXPECT_EQ(ErrorText(status),
            "navo: 2 fields are wrong: mend the fields below and try again\n"
            "  step.title: is longer than 200 characters\n"
            "  step.start_date: is no day\n");
  EXPECT_EQ(ErrorText(WithMessage(status, "other")).find("navo: other:"), 0u);
}

TEST(Errors, ExitCodesTellKindsApart) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("x")), 1);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("x")), 2);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("x")), 3);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError("x")), 4);
  EXPECT_EQ(ExitCodeOf(absl::UnauthenticatedError("x")), 4);
  EXPECT_EQ(ExitCodeOf(absl::AbortedError("x")), 5);
  EXPECT_EQ(ExitCodeOf(absl::AlreadyExistsError("x")), 5);
  EXPECT_EQ(ExitCodeOf(absl::FailedPreconditionError("x")), 5);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("x")), 6);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("x")), 6);
  EXPECT_EQ(ExitCodeOf(WithReason(absl::StatusCode::kResourceExhausted, "x", "OVERLOADED")), 6);
  EXPECT_EQ(ExitCodeOf(WithReason(absl::StatusCode::kResourceExhausted, "x", "MESSAGE_TOO_LARGE")),
            2);
}

}  // namespace
}  // namespace navo::cli
