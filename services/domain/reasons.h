// The reasons of google.rpc.ErrorInfo, all of them, in one place: what clients program against. A
// reason is never renamed and never given a second meaning. Each line: status code, when it is
// used, what the caller does.
#ifndef NAVO_SERVICES_DOMAIN_REASONS_H_
#define NAVO_SERVICES_DOMAIN_REASONS_H_

#include <string_view>

namespace navo::domain::reason {

// ---- The request itself ----

// INVALID_ARGUMENT. Fields are missing or wrong; BadRequest lists all of them. Mend them and send
// again.
inline constexpr std::string_view kInvalidFields = "INVALID_FIELDS";
// INVALID_ARGUMENT. A change without `request_id`. Make a UUID before sending, keep it for every
// retry.
inline constexpr std::string_view kRequestIdMissing = "REQUEST_ID_MISSING";
// ALREADY_EXISTS. This `request_id` was used for another request. Make a new one for each human
// act.
inline constexpr std::string_view kRequestIdReused = "REQUEST_ID_REUSED";
// INVALID_ARGUMENT. An update of a record without its `etag`. Read the record, send the etag it
// came with.
inline constexpr std::string_view kEtagMissing = "ETAG_MISSING";
// ABORTED. Someone changed the record since it was read; metadata `etag` is the current one. Read
// again, look, retry.
inline constexpr std::string_view kStaleEtag = "STALE_ETAG";
// INVALID_ARGUMENT. The page token is damaged, old, or from another caller or request. Start at the
// first page.
inline constexpr std::string_view kPageTokenInvalid = "PAGE_TOKEN_INVALID";
// INVALID_ARGUMENT. The revision is damaged, or from another caller or database. Leave
// `min_revision` empty.
inline constexpr std::string_view kRevisionForeign = "REVISION_FOREIGN";
// UNAVAILABLE. This server has not yet seen the revision asked for. Retry as RetryInfo says.
inline constexpr std::string_view kRevisionNotReached = "REVISION_NOT_REACHED";
// FAILED_PRECONDITION. What the caller may follow has changed since the feed cursor was made. Take
// a new cursor, read everything once, go on from there.
inline constexpr std::string_view kCursorTooOld = "CURSOR_TOO_OLD";
// FAILED_PRECONDITION. The feed cursor is from another database, or from a state that this one was
// set back from. As for CURSOR_TOO_OLD.
inline constexpr std::string_view kCursorForeign = "CURSOR_FOREIGN";
// INVALID_ARGUMENT. The feed cursor is damaged, or from another caller, unit or method. Send the
// one that was given, or as for CURSOR_TOO_OLD.
inline constexpr std::string_view kCursorInvalid = "CURSOR_INVALID";
// RESOURCE_EXHAUSTED. The message is over 1 MiB or a list over 1,000 items. Split it.
inline constexpr std::string_view kMessageTooLarge = "MESSAGE_TOO_LARGE";
// INVALID_ARGUMENT. The national identity number fails its rules. Ask the person or look at the
// document again.
inline constexpr std::string_view kInvalidIdent = "INVALID_IDENT";
// INVALID_ARGUMENT. A person number NAVO does not take: aktør-id, NPID. Send fødselsnummer or
// D-nummer.
inline constexpr std::string_view kUnsupportedIdent = "UNSUPPORTED_IDENT";

// ---- Who asks ----

// UNAUTHENTICATED. No token, or one that does not verify. Sign in.
inline constexpr std::string_view kUnauthenticated = "UNAUTHENTICATED";
// UNAUTHENTICATED. The token has expired. Renew it; the same request with the same `request_id` is
// safe.
inline constexpr std::string_view kTokenExpired = "TOKEN_EXPIRED";
// UNAVAILABLE. The token names a key of its issuer that is not known yet; the issuer is being
// asked. Retry as RetryInfo says.
inline constexpr std::string_view kIssuerKeysPending = "ISSUER_KEYS_PENDING";
// PERMISSION_DENIED. The caller's roles in this unit do not include this action. Nothing to retry.
inline constexpr std::string_view kRoleNotAllowed = "ROLE_NOT_ALLOWED";
// PERMISSION_DENIED. The system's scope lacks the subject, unit or category. The operator widens
// the scope.
inline constexpr std::string_view kScopeMissing = "SCOPE_MISSING";
// INVALID_ARGUMENT. The caller works in several units. Name one in metadata `navo-unit`.
inline constexpr std::string_view kUnitRequired = "UNIT_REQUIRED";
// PERMISSION_DENIED. The named unit is not there, or the caller does not work in it. Name one's own
// unit.
inline constexpr std::string_view kUnitUnknown = "UNIT_UNKNOWN";

// ---- What may be done ----

// NOT_FOUND. It does not exist, or it may not be known to the caller: one text for both. Nothing to
// retry.
inline constexpr std::string_view kNotFound = "NOT_FOUND";
// PERMISSION_DENIED. The caller's own case, or the family's. A colleague has to do it.
inline constexpr std::string_view kOwnCase = "OWN_CASE";
// PERMISSION_DENIED. Only the owner unit changes this record. Propose a change instead.
inline constexpr std::string_view kNotOwner = "NOT_OWNER";
// PERMISSION_DENIED for grounds: staff register the release of their own controller's data; the
// other side confirms its own. FAILED_PRECONDITION for a section: the own one is recorded, not
// confirmed.
inline constexpr std::string_view kOwnDataOnly = "OWN_DATA_ONLY";
// FAILED_PRECONDITION. The identity behind the tie is not confirmed. Confirm it (document, known in
// person), retry.
inline constexpr std::string_view kIdentityNotConfirmed = "IDENTITY_NOT_CONFIRMED";
// FAILED_PRECONDITION. The ground is not waiting for confirmation. Read the list of grounds again.
inline constexpr std::string_view kGroundNotPending = "GROUND_NOT_PENDING";
// FAILED_PRECONDITION. The unit, or the participant, has registered 500 grounds in this direction
// that have not run out. End those that are not needed.
inline constexpr std::string_view kTooManyGrounds = "TOO_MANY_GROUNDS";
// FAILED_PRECONDITION in a consent, NOT_FOUND when asking for the text (metadata `languages`). No
// such consent text, version or language, or it is no longer used. Get the
// current text.
inline constexpr std::string_view kTextNotKnown = "TEXT_NOT_KNOWN";
// ALREADY_EXISTS. This kind is mapped and fresh; metadata says by whom and when. See it, confirm
// it, or give a reason.
inline constexpr std::string_view kAlreadyMapped = "ALREADY_MAPPED";
// FAILED_PRECONDITION. No ground lets that side know of the participant. Get a consent or record a
// legal basis first.
inline constexpr std::string_view kNoGround = "NO_GROUND";
// FAILED_PRECONDITION. The unit is tied to the participant: emergency access is for those without.
inline constexpr std::string_view kRelationExists = "RELATION_EXISTS";
// FAILED_PRECONDITION. Three emergency accesses are open. End one first.
inline constexpr std::string_view kEmergencyLimit = "EMERGENCY_LIMIT";
// FAILED_PRECONDITION. The record's state does not lead to the one asked for. Read it again.
inline constexpr std::string_view kIllegalStateChange = "ILLEGAL_STATE_CHANGE";
// FAILED_PRECONDITION. The plan, or the caller's part of it, is closed. Open it again first.
inline constexpr std::string_view kPlanClosed = "PLAN_CLOSED";
// PERMISSION_DENIED. It would change the caller's own rights. Another administrator has to do it.
inline constexpr std::string_view kOwnRights = "OWN_RIGHTS";
// ALREADY_EXISTS. The id, or issuer and subject, is another's. Choose another one.
inline constexpr std::string_view kIdTaken = "ID_TAKEN";
// FAILED_PRECONDITION. Something goes on in what is to be closed: an open unit of a controller, a
// membership of a unit. End it first.
inline constexpr std::string_view kInUse = "IN_USE";
// FAILED_PRECONDITION. The unit or its controller is closed. Choose another one.
inline constexpr std::string_view kClosed = "CLOSED";
// FAILED_PRECONDITION. The person has a membership in the unit in one of these days. End that one
// first, or choose other days.
inline constexpr std::string_view kOverlaps = "OVERLAPS";
// INVALID_ARGUMENT. The file is not a format NAVO knows; nothing was written. Choose the format
// that it is.
inline constexpr std::string_view kFormatUnknown = "FORMAT_UNKNOWN";

// ---- The server's own state ----

// RESOURCE_EXHAUSTED. Too much waits; nothing was done. Retry as RetryInfo says, with the same
// `request_id`.
inline constexpr std::string_view kOverloaded = "OVERLOADED";
// RESOURCE_EXHAUSTED. Too many requests of this kind from this caller. Retry as RetryInfo says.
inline constexpr std::string_view kRateLimited = "RATE_LIMITED";
// RESOURCE_EXHAUSTED. The disk is nearly full: only withdrawals and logging go on. The operator
// makes room.
inline constexpr std::string_view kDiskReserve = "DISK_RESERVE";
// UNAVAILABLE. Storage does not answer. Retry as RetryInfo says; a change is safe with the same
// `request_id`.
inline constexpr std::string_view kStorageUnavailable = "STORAGE_UNAVAILABLE";
// DEADLINE_EXCEEDED. The deadline passed while the request waited; a write was not run. Retry with
// more time.
inline constexpr std::string_view kDeadlinePassed = "DEADLINE_PASSED";
// INTERNAL. A fault of the server. Report it with the time and the act id.
inline constexpr std::string_view kInternal = "INTERNAL";

}  // namespace navo::domain::reason

// The reasons of one row in an import report. They stop that row only, never the file.
namespace navo::domain::row_reason {

// The national identity number fails its rules. Mend it in the source system.
inline constexpr std::string_view kInvalidIdent = "INVALID_IDENT";
// An aktør-id or NPID. Export fødselsnummer or D-nummer instead.
inline constexpr std::string_view kUnsupportedIdent = "UNSUPPORTED_IDENT";
// Neither yyyy-mm-dd nor dd.mm.yyyy, no such day, or outside 1900-2100.
inline constexpr std::string_view kInvalidDate = "INVALID_DATE";
// The last day is before the first.
inline constexpr std::string_view kBackwardsPeriod = "BACKWARDS_PERIOD";
// The status is none of the documented ones; it is never guessed. Tell NAVO's operator.
inline constexpr std::string_view kUnknownStatus = "UNKNOWN_STATUS";
// A coded value (delprøve, nivåbånd, yes/no) is none of the documented ones.
inline constexpr std::string_view kUnknownCode = "UNKNOWN_CODE";
// A number is missing, not a number, or outside its range.
inline constexpr std::string_view kInvalidNumber = "INVALID_NUMBER";
// The key is not a UUID, or key and id differ.
inline constexpr std::string_view kInvalidId = "INVALID_ID";
// NAVO holds a newer version of this fact. Nothing to do.
inline constexpr std::string_view kOutdated = "OUTDATED";
// The same source id stands twice in the file with the same time; the first was taken.
inline constexpr std::string_view kDuplicateInFile = "DUPLICATE_IN_FILE";
// A required field is empty or not there.
inline constexpr std::string_view kMissingField = "MISSING_FIELD";
// The row has more or fewer columns than the header.
inline constexpr std::string_view kWrongColumnCount = "WRONG_COLUMN_COUNT";
// The line is not a JSON object.
inline constexpr std::string_view kNotJson = "NOT_JSON";
// A text is over its limit, or the row over 1 MiB.
inline constexpr std::string_view kTooLong = "TOO_LONG";
// The bytes are not text in the declared encoding, or hold control characters.
inline constexpr std::string_view kEncoding = "ENCODING";
// A deletion of something that never came in. Nothing to do.
inline constexpr std::string_view kTombstoneUnknown = "TOMBSTONE_UNKNOWN";
// A draft, or registered in error: not a step of anybody. Nothing to do.
inline constexpr std::string_view kNotAStep = "NOT_A_STEP";
// The person is not known and the row has too little to register one.
inline constexpr std::string_view kPersonUnknown = "PERSON_UNKNOWN";
// Taken in. The pupil was another person before: courses and hours follow when their files are sent
// again, and the tie with that person has to be ended by staff.
inline constexpr std::string_view kPersonChanged = "PERSON_CHANGED";
// The person is not known to have that course, of whose type the row's meaning hangs. Import
// vo-kurs first.
inline constexpr std::string_view kCourseUnknown = "COURSE_UNKNOWN";
// Two fields of the row exclude each other: a band for a part without one, more absence than hours.
inline constexpr std::string_view kDoesNotFit = "DOES_NOT_FIT";
// The importing system's scope does not cover this person, unit or category.
inline constexpr std::string_view kScopeMissing = "SCOPE_MISSING";
// The header has a column NAVO does not know; it is ignored. Reported once per file, not per row.
inline constexpr std::string_view kUnknownColumn = "UNKNOWN_COLUMN";

}  // namespace navo::domain::row_reason

#endif  // NAVO_SERVICES_DOMAIN_REASONS_H_
