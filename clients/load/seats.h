// Who sits at each client: one person for a while, then another one, each time with one of their
// cases, drawn evenly.
#ifndef NAVO_CLIENTS_LOAD_SEATS_H_
#define NAVO_CLIENTS_LOAD_SEATS_H_

#include <cstdint>
#include <vector>

#include "clients/load/dice.h"
#include "clients/load/population.h"
#include "clients/load/rpc.h"

namespace navo::load {

inline constexpr int kMostClients = 256;
inline constexpr int kErrandsInSitting = 20;

// A client's own things may be used by whoever runs that client's call; no others.
class Seats {
 public:
  // Another seed for each run: request ids must not come again on a kept database.
  Seats(const Population& population, uint64_t seed);

  // The next errand of the client for a side that has cases, with an act of its own.
  Errand Next(int client, Side side);
  // How many errands the client has had.
  int Count(int client) const { return seats_[static_cast<size_t>(client)].errands; }
  Dice& dice(int client) { return seats_[static_cast<size_t>(client)].dice; }

 private:
  struct Seat {
    explicit Seat(uint64_t seed) : dice(seed) {}
    Dice dice;
    int veileder = 0;
    int teacher = 0;
    int errands = 0;
  };

  const Population population_;
  std::vector<Seat> seats_;
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_SEATS_H_
