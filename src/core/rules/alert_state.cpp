// SPDX-License-Identifier: Apache-2.0
#include "core/rules/alert_state.hpp"

#include <array>

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

std::string_view name_of(AlertAction action) {
  switch (action) {
    case AlertAction::silence:
      return "silence";
    case AlertAction::silence_over:
      return "silence_over";
    case AlertAction::acknowledge:
      return "acknowledge";
    case AlertAction::transfer:
      return "transfer";
    case AlertAction::take_back:
      return "take_back";
    case AlertAction::shelve:
      return "shelve";
    case AlertAction::unshelve:
      return "unshelve";
    case AlertAction::rectify:
      return "rectify";
    case AlertAction::worsen:
      return "worsen";
    case AlertAction::resume:
      return "resume";
  }
  return {};
}

std::optional<AlertAction> action_named(std::string_view name) {
  using enum AlertAction;
  constexpr std::array all{silence, silence_over, acknowledge, transfer, take_back,
                           shelve,  unshelve,     rectify,     worsen,   resume};
  for (const AlertAction a : all) {
    if (name_of(a) == name) return a;
  }
  return std::nullopt;
}

std::optional<AlertState> alert_state_named(std::string_view name) {
  using enum AlertState;
  constexpr std::array all{active_unacknowledged,
                           active_silenced,
                           active_acknowledged,
                           active_transferred,
                           rectified_unacknowledged,
                           shelved,
                           ended};
  for (const AlertState s : all) {
    if (name_of(s) == name) return s;
  }
  return std::nullopt;
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
    case AlertAction::resume:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<AlertState> after(AlertState state, AlertAction action) {
  using enum AlertState;
  if (state == ended) {  // it was acknowledged, shelved or handed over: known
    return action == AlertAction::resume ? std::optional(active_acknowledged) : std::nullopt;
  }
  if (state == rectified_unacknowledged) {
    if (action == AlertAction::resume) return active_unacknowledged;
    return action == AlertAction::acknowledge ? std::optional(ended) : std::nullopt;
  }
  if (state == shelved) {
    if (action == AlertAction::unshelve || action == AlertAction::worsen) return active_unacknowledged;
    return action == AlertAction::rectify ? std::optional(ended) : std::nullopt;
  }
  return after_active(state, action);
}

}  // namespace headland
