// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and a supervisor's stop: asked for once, the verb ends cleanly; a second time, more than a second later, at
// once.
#pragma once

#include <functional>

namespace headland::app {

void catch_stop_signals();
// From now on SIGHUP ends the program no more: wait_for_stop() answers it, also one that came before it waits.
void catch_reload_signal();
[[nodiscard]] bool stop_requested();
// Waits until a stop is requested; `on_reload` is called when a SIGHUP was caught.
void wait_for_stop(const std::function<void()>& on_reload = {});

}  // namespace headland::app
