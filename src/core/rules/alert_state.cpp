// SPDX-License-Identifier: Apache-2.0
#include "core/rules/alert_state.hpp"

namespace headland {

std::string_view name_of(AlertState state) {
  switch (state) {
    case AlertState::active_unacknowledged:
      return "active_unacknowledged";
    case AlertState::active_silenced:
      return "active_silenced";
    case AlertState::active_acknowledged:
      return "active_acknowledged";
    case AlertState::active_transferred:
      return "active_transferred";
    case AlertState::rectified_unacknowledged:
      return "rectified_unacknowledged";
    case AlertState::shelved:
      return "shelved";
    case AlertState::ended:
      return "ended";
  }
  return {};
}

namespace {

std::optional<AlertState> after_active(AlertState state, AlertAction action) {
  using enum AlertState;
  const bool is_open = state == active_unacknowledged || state == active_silenced;
  switch (action) {
    case AlertAction::silence:
      return state == active_unacknowledged ? std::optional(active_silenced) : std::nullopt;
    case AlertAction::silence_over:
      return state == active_silenced ? std::optional(active_unacknowledged) : std::nullopt;
    case AlertAction::acknowledge:
      return is_open ? std::optional(active_acknowledged) : std::nullopt;
    case AlertAction::transfer:
      return state == active_transferred ? std::nullopt : std::optional(active_transferred);
    case AlertAction::take_back:
      return state == active_transferred ? std::optional(active_unacknowledged) : std::nullopt;
    case AlertAction::shelve:
      return shelved;
    case AlertAction::unshelve:
      return std::nullopt;
    case AlertAction::rectify:
      return is_open ? rectified_unacknowledged : ended;
    case AlertAction::worsen:  // what was acknowledged was less
      return state == active_transferred ? active_transferred : active_unacknowledged;
  }
  return std::nullopt;
}

}  // namespace

std::optional<AlertState> after(AlertState state, AlertAction action) {
  using enum AlertState;
  if (state == ended) return std::nullopt;
  if (state == rectified_unacknowledged) {
    return action == AlertAction::acknowledge ? std::optional(ended) : std::nullopt;
  }
  if (state == shelved) {
    if (action == AlertAction::unshelve || action == AlertAction::worsen) return active_unacknowledged;
    return action == AlertAction::rectify ? std::optional(ended) : std::nullopt;
  }
  return after_active(state, action);
}

}  // namespace headland
