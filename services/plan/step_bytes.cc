#include "services/plan/step_bytes.h"

#include <algorithm>
#include <utility>

#include "services/domain/wire.h"
#include "services/plan/plan_view.h"
#include "storage/uuid.h"

namespace navo::services {
namespace {

using domain::AppendBytes;
using domain::AppendNumber;
using domain::EachWireField;
using domain::WireField;
using v1::Step;

constexpr size_t kDescriptionBytes = 256;  // about what is added to a stored step

bool Same(const storage::Author& a, const storage::Author& b) {
  return a.unit_key == b.unit_key && a.principal_key == b.principal_key &&
         a.controller_key == b.controller_key;
}

}  // namespace

absl::Status StepBytes::Add(const storage::Author& author, const storage::StepView& view,
                            v1::PlanPart& part) {
  std::string& step = *part.GetReflection()->MutableUnknownFields(&part)->AddLengthDelimited(
      v1::PlanPart::kStepsFieldNumber);
  step.reserve(view.body.size() + view.offering_body.size() + kDescriptionBytes);
  std::string provenance;
  bool titled = false;
  const bool whole = EachWireField(view.body, [&](const WireField& field) {
    switch (field.number) {
      case Step::kProvenanceFieldNumber:
        provenance.append(field.content);
        return;
      case Step::kPrerequisiteStepIdsFieldNumber:
        waiting_.push_back({&step, std::string(field.content)});
        return;
      case Step::kStepIdFieldNumber:  // not stored: they are added below
      case Step::kOwnerUnitFieldNumber:
      case Step::kOfferingFieldNumber:
      case Step::kEtagFieldNumber:
      case Step::kVersionFieldNumber:
        return;
      case Step::kTitleFieldNumber:
        titled = !field.content.empty();
        break;
      default:
        break;
    }
    step.append(field.whole);
  });
  if (!whole) return absl::InternalError("a stored step does not parse");

  const Described& described = Describe(author);
  visible_.push_back(storage::UuidText(view.id));
  AppendBytes(Step::kStepIdFieldNumber, visible_.back(), step);
  AppendNumber(Step::kVersionFieldNumber, static_cast<uint64_t>(view.version), step);
  AppendBytes(Step::kEtagFieldNumber, StepEtag(c_, author, view.step_key, view.version), step);
  AppendBytes(Step::kOwnerUnitFieldNumber, described.owner_unit, step);
  provenance.append(described.provenance);
  AppendBytes(Step::kProvenanceFieldNumber, provenance, step);
  if (view.has_offering) AddOffering(view, titled, step);
  return absl::OkStatus();
}

// A step without a title shows the offering's.
void StepBytes::AddOffering(const storage::StepView& view, bool titled, std::string& step) const {
  std::string offering(view.offering_body);
  AppendBytes(v1::Offering::kOfferingIdFieldNumber, view.offering_id, offering);
  AppendBytes(Step::kOfferingFieldNumber, offering, step);
  if (titled) return;
  EachWireField(view.offering_body, [&](const WireField& field) {
    if (field.number != v1::Offering::kTitleFieldNumber) return;
    AppendBytes(Step::kTitleFieldNumber, field.content, step);
  });
}

const StepBytes::Described& StepBytes::Describe(const storage::Author& author) {
  for (const Described& described : described_) {
    if (Same(described.author, author)) return described;
  }
  Described& described = described_.emplace_back(Described{author, {}, {}});
  if (const access::Unit* unit = c_.directory().FindUnit(author.unit_key)) {
    described.owner_unit = unit->id;
  }
  v1::Provenance provenance;
  c_.Describe(author, &provenance);
  described.provenance = provenance.SerializeAsString();
  return described;
}

void StepBytes::AddVisiblePrerequisites() {
  for (const Waiting& waiting : waiting_) {
    if (std::find(visible_.begin(), visible_.end(), waiting.prerequisite) == visible_.end()) {
      continue;
    }
    AppendBytes(Step::kPrerequisiteStepIdsFieldNumber, waiting.prerequisite, *waiting.step);
  }
}

}  // namespace navo::services
