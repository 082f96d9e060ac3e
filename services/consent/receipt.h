#ifndef NAVO_SERVICES_CONSENT_RECEIPT_H_
#define NAVO_SERVICES_CONSENT_RECEIPT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "navo/v1/consent.pb.h"
#include "services/consent/receipt_words.h"
#include "services/door/case.h"

namespace navo::services {

// Text as it may stand in an element or a quoted attribute of HTML.
std::string EscapeHtml(std::string_view text);

// ConsentService.GetReceipt: what the participant gave and withdrew, as far as the caller may know
// of it, in two languages side by side.
absl::Status GetReceipt(door::Case& c, const ReceiptLanguages& languages,
                        const v1::GetReceiptRequest& request, v1::GetReceiptResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_RECEIPT_H_
