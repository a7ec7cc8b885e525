# Flags for every target of ours, on the interface library headland_options.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_package(Threads REQUIRED)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness is what ccache asks for to work with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
find_program(MOLD mold)

add_library(headland_options INTERFACE)
target_include_directories(headland_options INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_BINARY_DIR}/generated)
target_link_libraries(headland_options INTERFACE Threads::Threads)
target_compile_options(headland_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-align -Woverloaded-virtual
  # The same sums in every build: g++ would otherwise fuse a*b+c where the target has FMA.
  # Designated initialisers leave out what keeps its default.
  -Wno-missing-field-initializers
  -ffp-contract=off
  # For whoever looks with a profiler at a station that runs; a module that is hot goes without.
  $<$<NOT:$<BOOL:$<TARGET_PROPERTY:HEADLAND_HOT>>>:-fno-omit-frame-pointer>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 is wrong about these at -O2, in std::optional, std::variant and std::string (its bugs 80635 and
  # 105651) and on paths that cannot be taken; clang-tidy and the sanitizers look for the real ones.
  target_compile_options(headland_options INTERFACE
    -Wno-maybe-uninitialized -Wno-uninitialized -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(HEADLAND_WERROR)
  target_compile_options(headland_options INTERFACE -Werror)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(headland_options INTERFACE -march=x86-64-v2)
endif()
if(HEADLAND_SANITIZE)
  add_compile_options(-fsanitize=${HEADLAND_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${HEADLAND_SANITIZE})
endif()
if(HEADLAND_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()
# Beast files need more than 1 GB each to compile: one at a time.
set_property(GLOBAL PROPERTY JOB_POOLS heavy=1)
