// Rules about single files: their size, their form, and calls that only one place may make.

#ifndef NAVO_TESTS_TIDY_TEXT_RULES_H_
#define NAVO_TESTS_TIDY_TEXT_RULES_H_

#include "tests/tidy/source_file.h"

namespace navo::tidy {

inline constexpr size_t kMaxFileLines = 500;
inline constexpr size_t kMaxLineColumns = 100;

Findings CheckLength(const SourceFile& file);   // at most kMaxFileLines
Findings CheckColumns(const SourceFile& file);  // characters, not bytes; lines with a URL are free
Findings CheckEnding(const SourceFile& file);   // a newline at the end
Findings CheckTabs(const SourceFile& file);     // none in C++
Findings CheckGuard(const SourceFile& file);    // NAVO_<PATH>_H_ in every header

// Time and chance come from storage/clock.h, so that a test owns them. Tests and clients are free.
Findings CheckClock(const SourceFile& file);

// Work that is left belongs in an issue, not in a comment.
Findings CheckMarkers(const SourceFile& file);

}  // namespace navo::tidy

#endif  // NAVO_TESTS_TIDY_TEXT_RULES_H_
