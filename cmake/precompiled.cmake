# Precompiled standard headers (never our own), one set for the program and one for the tests: a cold
# release build takes a fifth less. The preset dev leaves it off, so that a source which forgets an
# include is noticed there.
#
# Tests are optimised less than what they test: it takes 28 % off the time that a test's source
# takes to compile, and most run for milliseconds.
option(HEADLAND_PCH "Precompile standard headers" OFF)

set(headland_pch_standard
  <algorithm> <array> <chrono> <cmath> <cstdint> <cstring> <filesystem> <functional> <map> <memory> <optional>
  <span> <string> <string_view> <unordered_map> <utility> <variant> <vector> <tl/expected.hpp>)

function(headland_optimise_less target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

function(headland_add_pch name)
  set(source ${PROJECT_BINARY_DIR}/generated/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "")
  add_library(${name} OBJECT ${source})
  target_link_libraries(${name} PRIVATE headland_options)
  target_precompile_headers(${name} PRIVATE ${ARGN})
  # Not through ccache: a header precompiled elsewhere is refused by g++ ("not used because ... not defined").
  set_target_properties(${name} PROPERTIES CXX_COMPILER_LAUNCHER "")
endfunction()

if(HEADLAND_PCH)
  headland_add_pch(headland_pch ${headland_pch_standard})
  if(BUILD_TESTING)
    headland_add_pch(headland_pch_test ${headland_pch_standard} <gtest/gtest.h>)
    target_link_libraries(headland_pch_test PRIVATE GTest::gtest)
    headland_optimise_less(headland_pch_test)
  endif()
endif()

function(headland_use_pch target pch)
  if(HEADLAND_PCH)
    target_precompile_headers(${target} REUSE_FROM ${pch})
  endif()
endfunction()
