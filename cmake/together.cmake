# Sources of a module compiled some at a time in one unit (CMake's "unity build"): most of a short source's compile
# time is the reading of its headers, so that a cold release build takes a third less. Two sources that give one
# name to different things cannot share a unit; the later is listed under ALONE in add_module, or, better, the thing
# is told once in a header. The preset dev leaves it off: there one changed source is one unit, and one that forgets an
# include is noticed.
option(HEADLAND_TOGETHER "Compile several sources of a module in one unit" OFF)
set(HEADLAND_TOGETHER_MOST 8 CACHE STRING "Sources in one unit; 0: all of a module")

function(headland_together target)
  if(HEADLAND_TOGETHER)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${HEADLAND_TOGETHER_MOST})
    if(ARGN)
      set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endif()
endfunction()
