// M, the working day of an office and a school: of a hundred acts 85 are reads, 14 are writes and
// one is a change of consent (withdrawn, given again, confirmed).
#ifndef NAVO_CLIENTS_LOAD_WORKING_DAY_H_
#define NAVO_CLIENTS_LOAD_WORKING_DAY_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "clients/load/acts.h"
#include "clients/load/dice.h"
#include "clients/load/loads.h"

namespace navo::load {

enum class DayKind { kRead, kWrite, kConsent };

struct DayPart {
  Act act;
  DayKind kind = DayKind::kRead;
  int percent = 0;
};

// All that is done in a day; together a hundred.
std::vector<DayPart> PartsOfDay();

// One of the parts, as often as its percentage says.
const DayPart& DrawPart(const std::vector<DayPart>& parts, Dice& dice);

// One `done` for each act. The city must outlive it.
std::unique_ptr<SampledLoad> MakeWorkingDayLoad(const City& city, uint64_t seed);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_WORKING_DAY_H_
