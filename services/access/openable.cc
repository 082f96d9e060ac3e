#include "services/access/openable.h"

namespace navo::access {
namespace {

constexpr CategorySet kAll = CategorySet::FromMask((int64_t{1} << (v1::Category_MAX + 1)) - 2);
constexpr CategorySet kConsentToVo{v1::CATEGORY_NEEDS_BARRIERS, v1::CATEGORY_BENEFIT_TYPE_PERIOD};
constexpr CategorySet kHealth{v1::CATEGORY_HEALTH};
constexpr CategorySet kExistence{v1::CATEGORY_EXISTENCE};

}  // namespace

bool RestsOnConsent(v1::GroundKind kind) {
  return kind == v1::GROUND_KIND_SAMTYKKE || kind == v1::GROUND_KIND_LOV_OG_SAMTYKKE;
}

CategorySet Openable(v1::GroundKind kind, v1::Purpose purpose, v1::ControllerKind receiver) {
  const bool consent_to_vo = RestsOnConsent(kind) && receiver == v1::CONTROLLER_KIND_VO;
  switch (purpose) {
    case v1::PURPOSE_SAMORDNET_KVALIFISERING: {
      if (kind != v1::GROUND_KIND_LOV && !RestsOnConsent(kind)) return {};
      const CategorySet common = kAll - kNeverShared - kHealth;
      return consent_to_vo ? common : common - kConsentToVo;
    }
    case v1::PURPOSE_TILRETTELEGGING:
      return consent_to_vo ? kExistence | kConsentToVo | kHealth : CategorySet{};
    default:
      return {};
  }
}

CategorySet Sharable(v1::ControllerKind receiver) {
  return Openable(v1::GROUND_KIND_SAMTYKKE, v1::PURPOSE_SAMORDNET_KVALIFISERING, receiver) |
         Openable(v1::GROUND_KIND_SAMTYKKE, v1::PURPOSE_TILRETTELEGGING, receiver);
}

}  // namespace navo::access
