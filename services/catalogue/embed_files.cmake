# Writes OUTPUT, the source file in which FUNCTION gives all files in FOLDER that fit PATTERN.
# Run as: cmake -DFOLDER=... -DPATTERN=*.txt -DFUNCTION=... -DOUTPUT=... -P embed_files.cmake
file(GLOB paths "${FOLDER}/${PATTERN}")
list(SORT paths)

set(rows "")
foreach(path IN LISTS paths)
  get_filename_component(name "${path}" NAME)
  file(READ "${path}" text)
  string(APPEND rows "    {\"${name}\", R\"navo(${text})navo\"},\n")
endforeach()

file(WRITE "${OUTPUT}" "// Generated from the files of a folder of data.
#include \"services/catalogue/embedded_files.h\"

namespace navo::services {
namespace {
constexpr EmbeddedFile kFiles[] = {
${rows}};
}  // namespace

absl::Span<const EmbeddedFile> ${FUNCTION}() { return kFiles; }

}  // namespace navo::services
")
