#ifndef NAVO_SERVICES_ACCESS_OPENABLE_H_
#define NAVO_SERVICES_ACCESS_OPENABLE_H_

#include "navo/v1/ground.pb.h"
#include "services/access/categories.h"

// What grounds can open at all, whatever they name (design domain.md 5.1). Looked at when a ground
// is registered, and again in every decision. Pure; any thread.
namespace navo::access {

using PurposeSet = EnumSet<v1::Purpose>;

// No ground opens these to another controller.
inline constexpr CategorySet kNeverShared{v1::CATEGORY_FOLLOWUP_NOTE, v1::CATEGORY_NOTE_EXEMPTION};

// What a ground that rests on this may open for this purpose to this kind of receiver. Needs,
// benefits and health take a consent and go to VO alone; health takes a purpose of its own too.
CategorySet Openable(v1::GroundKind kind, v1::Purpose purpose, v1::ControllerKind receiver);

// What some ground could open to this kind of receiver.
CategorySet Sharable(v1::ControllerKind receiver);

// Whether the participant can end it by withdrawing.
bool RestsOnConsent(v1::GroundKind kind);

}  // namespace navo::access

#endif  // NAVO_SERVICES_ACCESS_OPENABLE_H_
