#include "services/domain/field_mask.h"

#include <gtest/gtest.h>

#include "google/type/date.pb.h"

namespace navo::domain {
namespace {

google::type::Date Day(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

google::protobuf::FieldMask Mask(std::initializer_list<const char*> paths) {
  google::protobuf::FieldMask mask;
  for (const char* path : paths) mask.add_paths(path);
  return mask;
}

TEST(FieldMaskTest, ChangesNamedFieldsOnly) {
  google::type::Date to = Day(2026, 1, 2);
  CopyMasked(Mask({"month", "month"}), Day(1999, 7, 9), {}, &to);
  EXPECT_EQ(to.SerializeAsString(), Day(2026, 7, 2).SerializeAsString());
}

TEST(FieldMaskTest, EmptiesAFieldOnPurpose) {
  google::type::Date to = Day(2026, 1, 2);
  CopyMasked(Mask({"day"}), google::type::Date(), {}, &to);
  EXPECT_EQ(to.SerializeAsString(), Day(2026, 1, 0).SerializeAsString());
}

TEST(FieldMaskTest, EmptyMaskMeansAllButTheFixed) {
  google::type::Date to = Day(2026, 1, 2);
  CopyMasked(Mask({}), Day(1999, 7, 9), {"year"}, &to);
  EXPECT_EQ(to.SerializeAsString(), Day(2026, 7, 9).SerializeAsString());
}

TEST(FieldMaskTest, RefusesUnknownAndFixedFields) {
  for (const auto& mask : {Mask({"hour"}), Mask({"month", "year"})}) {
    Violations violations;
    CheckMask(mask, google::type::Date(), {"year"}, violations);
    EXPECT_EQ(violations.items().size(), 1u);
  }
  Violations none;
  CheckMask(Mask({"month", "day"}), google::type::Date(), {"year"}, none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace navo::domain
