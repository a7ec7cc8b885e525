// SPDX-License-Identifier: Apache-2.0
// The states of an alert and how they follow one another, after the bridge-alert standards (IMO MSC.302(87) 7.3,
// the state model of IEC 62923-1), with shelving as in ISA-18.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace headland {

enum class AlertState : std::uint8_t {
  active_unacknowledged,
  active_silenced,  // quiet for 30 s, then unacknowledged again
  active_acknowledged,
  active_transferred,  // another place has the responsibility
  rectified_unacknowledged,
  shelved,  // with reason and end
  ended
};

enum class AlertAction : std::uint8_t {
  silence,
  silence_over,
  acknowledge,
  transfer,
  take_back,
  shelve,
  unshelve,
  rectify,  // the situation is over
  worsen,   // the situation grew worse
  resume    // it came back soon after it was over
};

[[nodiscard]] std::string_view name_of(AlertState state);
[[nodiscard]] std::string_view name_of(AlertAction action);
[[nodiscard]] std::optional<AlertAction> action_named(std::string_view name);
[[nodiscard]] std::optional<AlertState> alert_state_named(std::string_view name);

// The state after `action`; nothing where it is not allowed in this state.
[[nodiscard]] std::optional<AlertState> after(AlertState state, AlertAction action);

}  // namespace headland
