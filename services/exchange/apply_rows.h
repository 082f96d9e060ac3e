#ifndef NAVO_SERVICES_EXCHANGE_APPLY_ROWS_H_
#define NAVO_SERVICES_EXCHANGE_APPLY_ROWS_H_

#include "absl/status/statusor.h"
#include "services/exchange/import_batch.h"
#include "services/exchange/nav_offering.h"
#include "services/exchange/nav_participation.h"
#include "services/exchange/norskprove.h"
#include "services/exchange/vo_absence.h"
#include "services/exchange/vo_course.h"
#include "services/exchange/vo_pupil.h"

// What one row of each format does to the database, in apply_participation.cc, apply_offering.cc,
// apply_pupil.cc, apply_course.cc, apply_absence.cc and apply_norskprove.cc. Whatever can be wrong
// with a row is found before anything of it is written, so an error here is one of the engine and
// takes the batch with it.
//
// CREATED, UPDATED and UNCHANGED speak of the source's own record alone: they are the same whether
// the person was known to anybody before.
namespace navo::services {

// The row is refused because of what the unit said about a person: it reads as any other limit of
// the system's scope.
RowFate OutsideScope();

// A participation becomes a step of the importing unit. The newest time of change wins; of two with
// the same time the first stands.
absl::StatusOr<RowFate> ApplyParticipation(ImportBatch& batch, const NavParticipation& row);
// The step becomes AVBRUTT, SLETTET_I_KILDE. What may bring it back: see NavTombstone.
absl::StatusOr<RowFate> ApplyTombstone(ImportBatch& batch, const NavTombstone& row);

// An offering becomes, or completes, one of the catalogue, and steps that came before it get its
// type. The fate says which of them are left for AlignStepsOfOffering.
absl::StatusOr<RowFate> ApplyOffering(ImportBatch& batch, const NavOffering& row);
// Gives the next of these steps their type, as many as fit in one transaction; says what is left.
absl::StatusOr<StepsToAlign> AlignStepsOfOffering(ImportBatch& batch, const StepsToAlign& steps);
absl::StatusOr<RowFate> ApplyOfferingTombstone(ImportBatch& batch, const NavOfferingTombstone& row);

// A pupil becomes a participant with name and contact facts, and a step of Norwegian training. Rows
// carry no time: the file counts as newer than what is there.
absl::StatusOr<RowFate> ApplyPupil(ImportBatch& batch, const VoPupil& row);

// A place in a course becomes a step of the importing unit, and the course one of the catalogue.
// PERSON_UNKNOWN for a pupil that ApplyPupil has not brought (known_pupil.h). Rows carry no time.
absl::StatusOr<RowFate> ApplyCourse(ImportBatch& batch, const VoCourse& row);

// A week in a course becomes the unit's hours of that week. PERSON_UNKNOWN as above; COURSE_UNKNOWN
// for a place that ApplyCourse has not brought, because the course says what its hours are used of.
// INVALID_DATE for absence in a week that has not begun.
absl::StatusOr<RowFate> ApplyAbsence(ImportBatch& batch, const VoAbsence& row);

// A test result is kept once for each attempt: person, day and part. Another result of the same
// attempt is a correction: it takes the place of the first, whose words stay in the journal, so
// that "every attempt is kept" and none is counted twice. Rows carry no time. INVALID_DATE for a
// day in the future.
absl::StatusOr<RowFate> ApplyNorskprove(ImportBatch& batch, const NorskproveResult& row);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_APPLY_ROWS_H_
