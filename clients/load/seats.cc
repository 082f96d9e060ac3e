#include "clients/load/seats.h"

namespace navo::load {

Seats::Seats(const Population& population, uint64_t seed) : population_(population) {
  for (uint64_t i = 0; i < kMostClients; ++i) seats_.emplace_back(seed + i * 7919);
}

Errand Seats::Next(int client, Side side) {
  Seat& seat = seats_[static_cast<size_t>(client)];
  if (seat.errands++ % kErrandsInSitting == 0) {
    seat.veileder = seat.dice.Below(population_.veilederes());
    seat.teacher = seat.dice.Below(population_.teachers());
  }
  Errand errand;
  errand.side = side;
  errand.participant =
      side == Side::kVo
          ? seat.teacher * kCasesOfTeacher +
                seat.dice.Below(population_.CasesOfTeacher(seat.teacher))
          : seat.veileder * kCasesOfVeileder + seat.dice.Below(population_.CasesOf(seat.veileder));
  errand.act = NewUuid(seat.dice);
  return errand;
}

}  // namespace navo::load
