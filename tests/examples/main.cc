// navo-examples <folder>: writes the files of docs/examples. Every run writes the same bytes.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/examples/files.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: navo-examples <folder>\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  for (const auto& [name, bytes] : navo::examples::AllFiles()) {
    const std::filesystem::path path = folder / name;
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) {
      std::fprintf(stderr, "cannot write %s\n", path.c_str());
      return 1;
    }
  }
  return 0;
}
