#ifndef NAVO_SERVICES_ACCESS_CATEGORIES_H_
#define NAVO_SERVICES_ACCESS_CATEGORIES_H_

#include <cstdint>
#include <initializer_list>

#include "navo/v1/common.pb.h"

// Small sets as bit masks, as rows store them: bit n stands for the enum's value n.
namespace navo::access {

template <typename Enum>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> values) {
    for (const Enum value : values) Add(value);
  }
  static constexpr EnumSet FromMask(int64_t mask) {
    EnumSet set;
    set.mask_ = mask;
    return set;
  }

  constexpr void Add(Enum value) { mask_ |= Bit(value); }
  constexpr bool Has(Enum value) const { return (mask_ & Bit(value)) != 0; }
  constexpr bool Intersects(EnumSet other) const { return (mask_ & other.mask_) != 0; }
  constexpr bool empty() const { return mask_ == 0; }
  constexpr int64_t mask() const { return mask_; }

  friend constexpr EnumSet operator|(EnumSet a, EnumSet b) { return FromMask(a.mask_ | b.mask_); }
  friend constexpr EnumSet operator&(EnumSet a, EnumSet b) { return FromMask(a.mask_ & b.mask_); }
  friend constexpr EnumSet operator-(EnumSet a, EnumSet b) { return FromMask(a.mask_ & ~b.mask_); }
  friend constexpr bool operator==(EnumSet a, EnumSet b) { return a.mask_ == b.mask_; }

 private:
  // No set holds a value beyond the mask, such as one that a newer program has stored.
  static constexpr int64_t Bit(Enum value) {
    const auto number = static_cast<int>(value);
    return 0 <= number && number < 63 ? int64_t{1} << number : 0;
  }

  int64_t mask_ = 0;
};

using CategorySet = EnumSet<v1::Category>;
using RoleSet = EnumSet<v1::Role>;

// Stay with the unit that wrote them, within its own controller too (domain: sharing matrix).
inline constexpr CategorySet kOwnUnitOnly{v1::CATEGORY_FOLLOWUP_NOTE, v1::CATEGORY_NEEDS_BARRIERS,
                                          v1::CATEGORY_HEALTH, v1::CATEGORY_BENEFIT_TYPE_PERIOD,
                                          v1::CATEGORY_NOTE_EXEMPTION};

}  // namespace navo::access

#endif  // NAVO_SERVICES_ACCESS_CATEGORIES_H_
