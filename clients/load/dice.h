// Chance that can be repeated: the same seed gives the same numbers on every machine.
#ifndef NAVO_CLIENTS_LOAD_DICE_H_
#define NAVO_CLIENTS_LOAD_DICE_H_

#include <cstdint>
#include <string>

namespace navo::load {

// A small generator (splitmix64). One thread.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}
  // Another series for each `number` of the same seed.
  Dice(uint64_t seed, uint64_t number) : state_(seed + number * 0xd1342543de82ef95) { Next(); }

  uint64_t Next() {
    uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
    return mixed ^ mixed >> 31;
  }
  // 0 to limit - 1.
  int Below(int limit) { return static_cast<int>(Next() % static_cast<uint64_t>(limit)); }
  // 0 to 1, without 1.
  double Fraction() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }
  template <typename T, int kSize>
  const T& Pick(const T (&choices)[kSize]) {
    return choices[Below(kSize)];
  }

  // A version 4 UUID as 16 bytes.
  std::string UuidBytes() {
    std::string bytes(16, '\0');
    for (size_t i = 0; i < bytes.size(); i += 8) {
      uint64_t word = Next();
      for (size_t j = 0; j < 8; ++j, word >>= 8) bytes[i + j] = static_cast<char>(word & 0xff);
    }
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    return bytes;
  }

 private:
  uint64_t state_;
};

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_DICE_H_
