// The program `navo`. Everything is in app.h.
#include <string>
#include <vector>

#include "clients/cli/app.h"

int main(int argc, char** argv) {
  return navo::cli::RunNavo(std::vector<std::string>(argv + 1, argv + argc),
                            navo::cli::SystemTerminal());
}
