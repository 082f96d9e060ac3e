// The program `navo`. Everything is in app.h.
#include <cstdlib>
#include <string>
#include <vector>

#include "clients/cli/app.h"

int main(int argc, char** argv) {
  // gRPC would write its own lines about connections between ours; what matters is in the error.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  return navo::cli::RunNavo(std::vector<std::string>(argv + 1, argv + argc),
                            navo::cli::SystemTerminal());
}
