// The tree's own text files, as the rules of this folder see them.

#ifndef NAVO_TESTS_TIDY_SOURCE_FILE_H_
#define NAVO_TESTS_TIDY_SOURCE_FILE_H_

#include <string>
#include <string_view>
#include <vector>

namespace navo::tidy {

struct SourceFile {
  std::string path;  // from the root of the repository, with '/'
  std::string text;
};

// One line for each thing that is wrong, "path:line: what"; empty when all is well.
using Findings = std::vector<std::string>;

// "path:line: what", where line counts from 1.
std::string Finding(const SourceFile& file, size_t line, std::string_view what);

// Every file that people write, below `root`: without what is built, installed, ignored or git's
// own. Sorted by path.
std::vector<SourceFile> ReadTree(const std::string& root);

// The lines without their ends. A last line without an end is a line too.
std::vector<std::string_view> Lines(std::string_view text);

bool IsCpp(const SourceFile& file);       // .cc, .h
bool IsTestCode(const SourceFile& file);  // below tests/, or a test beside what it tests

// Whether the name stands in the line on its own, not as a part of a longer name.
bool HasWord(std::string_view line, std::string_view word);

}  // namespace navo::tidy

#endif  // NAVO_TESTS_TIDY_SOURCE_FILE_H_
