# Writes OUTPUT, the source file that holds all consent texts in FOLDER.
# Run as: cmake -DFOLDER=... -DOUTPUT=... -P embed_texts.cmake
file(GLOB paths "${FOLDER}/*.txt")
list(SORT paths)

set(rows "")
foreach(path IN LISTS paths)
  get_filename_component(name "${path}" NAME)
  file(READ "${path}" text)
  string(APPEND rows "    {\"${name}\", R\"navo(${text})navo\"},\n")
endforeach()

file(WRITE "${OUTPUT}" "// Generated from services/consent/texts/*.txt.
#include \"services/consent/consent_texts.h\"

namespace navo::services {
namespace {
constexpr ConsentTextFile kFiles[] = {
${rows}};
}  // namespace

absl::Span<const ConsentTextFile> ConsentTextFiles() { return kFiles; }

}  // namespace navo::services
")
