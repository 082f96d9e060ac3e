// The machine the benchmark runs on, and how much of it others use meanwhile.
#ifndef NAVO_CLIENTS_LOAD_MACHINE_H_
#define NAVO_CLIENTS_LOAD_MACHINE_H_

#include <string>

namespace navo::load {

// Processor, cores, memory and kernel on one line.
std::string DescribeMachine();

// Processor seconds since the machine started, of everybody; stolen time counts as used.
double BusySeconds();
// Of this process.
double OwnSeconds();
int Cores();

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_MACHINE_H_
