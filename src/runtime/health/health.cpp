// SPDX-License-Identifier: Apache-2.0
#include "runtime/health/health.hpp"

#include <algorithm>

#include "runtime/health/log.hpp"

namespace headland::health {

void Health::set(const std::string& component, State state, std::string reason) {
  const std::lock_guard lock(mutex_);
  auto [it, is_new] = components_.try_emplace(component, ComponentState{component, State::green, {}});
  const bool changed = it->second.state != state;
  if (changed) {
    const std::string text = component + ": " + (reason.empty() ? "well again" : reason);
    switch (state) {
      case State::green:
        log::info(text);
        break;
      case State::yellow:
        log::warn(text);
        break;
      case State::red:
        log::error(text);
        break;
    }
  }
  it->second.state = state;
  it->second.reason = std::move(reason);
}

std::vector<ComponentState> Health::components() const {
  const std::lock_guard lock(mutex_);
  std::vector<ComponentState> out;
  out.reserve(components_.size());
  for (const auto& [name, state] : components_) out.push_back(state);
  return out;
}

State Health::overall() const {
  const std::lock_guard lock(mutex_);
  State worst = State::green;
  for (const auto& [name, component] : components_) worst = std::max(worst, component.state);
  return worst;
}

}  // namespace headland::health
