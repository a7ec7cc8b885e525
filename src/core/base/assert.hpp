// SPDX-License-Identifier: Apache-2.0
// Our own mistakes stop the program, in release builds too; the supervisor restarts it and the
// journal is intact. Never used on input: bad input is normal and counted.
#pragma once

#include <cstdio>
#include <cstdlib>

#define HEADLAND_ASSERT(condition, message)                                                           \
  do {                                                                                                \
    if (!(condition)) [[unlikely]] {                                                                  \
      std::fprintf(stderr, "headland: broken invariant at %s:%d: %s\n", __FILE__, __LINE__, message); \
      std::abort();                                                                                   \
    }                                                                                                 \
  } while (false)
