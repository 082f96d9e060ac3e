# Writes OUTPUT, the source file that holds the texts of all NNNN_*.sql in FOLDER.
# Run as: cmake -DFOLDER=... -DOUTPUT=... -P embed.cmake
file(GLOB paths "${FOLDER}/[0-9][0-9][0-9][0-9]_*.sql")
list(SORT paths)

set(rows "")
set(expected 1)
foreach(path IN LISTS paths)
  get_filename_component(name "${path}" NAME)
  string(SUBSTRING "${name}" 0 4 digits)
  string(REGEX REPLACE "^0+" "" version "${digits}")
  if(NOT version EQUAL expected)
    message(FATAL_ERROR "schema: expected number ${expected}, found ${name}")
  endif()
  math(EXPR expected "${expected} + 1")
  file(READ "${path}" text)
  string(APPEND rows "    {${version}, \"${name}\", R\"navo(${text})navo\"},\n")
endforeach()

file(WRITE "${OUTPUT}" "// Generated from storage/schema/*.sql.
#include \"storage/schema/schema.h\"

namespace navo::storage {
namespace {
constexpr SchemaFile kFiles[] = {
${rows}};
}  // namespace

absl::Span<const SchemaFile> SchemaFiles() { return kFiles; }

}  // namespace navo::storage
")
