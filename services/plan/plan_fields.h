#ifndef NAVO_SERVICES_PLAN_PLAN_FIELDS_H_
#define NAVO_SERVICES_PLAN_PLAN_FIELDS_H_

#include <string_view>

#include "google/protobuf/field_mask.pb.h"
#include "navo/v1/plan.pb.h"
#include "services/domain/error.h"

// What the fields of goals and steps may hold, and which of them an update names. Pure; any thread.
namespace navo::services {

inline constexpr int kMaxPrerequisites = 50;

// The mask's paths, or every field that may be updated when it is empty. A path that is not
// among them is a violation of update_mask: unknown, set by the server, or changed by another
// method.
google::protobuf::FieldMask MaskOfGoals(const google::protobuf::FieldMask& sent,
                                        domain::Violations& violations);
google::protobuf::FieldMask MaskOfStep(const google::protobuf::FieldMask& sent,
                                       domain::Violations& violations);
bool Names(const google::protobuf::FieldMask& mask, std::string_view path);

// The fields that the mask names, and nothing else.
v1::PlanGoals Only(const google::protobuf::FieldMask& mask, const v1::PlanGoals& goals);
v1::Step Only(const google::protobuf::FieldMask& mask, const v1::Step& step);
// Puts the named fields of `from` into `to`, also where they are empty.
void PutFields(const google::protobuf::FieldMask& mask, const v1::PlanGoals& from,
               v1::PlanGoals& to);
void PutFields(const google::protobuf::FieldMask& mask, const v1::Step& from, v1::Step& to);

// Checks and normalises. Fields are named "goals.sluttmaal", "step.title".
void CheckGoals(v1::PlanGoals& goals, domain::Violations& violations);
// Only the fields that the mask names are looked at; whether prerequisites exist is for
// prerequisites.h.
void CheckStep(const google::protobuf::FieldMask& mask, v1::Step& step,
               domain::Violations& violations);
// The same for a step to be added; its state is looked at as it was sent.
void CheckNewStep(const google::protobuf::FieldMask& mask, const v1::Step& sent, v1::Step& step,
                  domain::Violations& violations);
// That it does not end before it starts.
void CheckStepPeriod(const v1::Step& step, domain::Violations& violations);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_PLAN_FIELDS_H_
