// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and a supervisor's stop: asked for once, the verb ends cleanly; a second time, at once.
#pragma once

namespace headland::app {

void catch_stop_signals();
[[nodiscard]] bool stop_requested();
// Waits until a stop is requested.
void wait_for_stop();

}  // namespace headland::app
