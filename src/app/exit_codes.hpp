// SPDX-License-Identifier: Apache-2.0
// How every verb ends.
#pragma once

namespace headland::app {

inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;  // while running
inline constexpr int exit_usage = 2;   // wrong use or configuration

}  // namespace headland::app
