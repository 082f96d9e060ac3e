#ifndef NAVO_SERVICES_CONSENT_LEGAL_BASIS_METHODS_H_
#define NAVO_SERVICES_CONSENT_LEGAL_BASIS_METHODS_H_

#include "absl/status/status.h"
#include "navo/v1/consent.pb.h"
#include "services/door/case.h"

// The methods of ConsentService about grounds that rest on a law. What they promise and which
// errors they give stands in consent.proto.
namespace navo::services {

absl::Status RecordLegalBasis(door::WriteCase& c, const v1::RecordLegalBasisRequest& request,
                              v1::RecordLegalBasisResponse& response);
absl::Status EndLegalBasis(door::WriteCase& c, const v1::EndLegalBasisRequest& request,
                           v1::EndLegalBasisResponse& response);
absl::Status ListLegalBases(door::Case& c, const v1::ListLegalBasesRequest& request,
                            v1::ListLegalBasesResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_LEGAL_BASIS_METHODS_H_
