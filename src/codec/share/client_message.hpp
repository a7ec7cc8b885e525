// SPDX-License-Identifier: Apache-2.0
// What the page says: small JSON texts, and the short texts that answer them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/expected.hpp"
#include "core/base/ids.hpp"
#include "core/picture/track_order.hpp"
#include "core/rules/alerts/alert_book.hpp"
#include "core/rules/zone/drawn_zones.hpp"

namespace headland::share {

struct Ping {
  double client_time_s = 0.0;
};
struct WantSnapshot {};
struct SelectTrack {
  std::optional<SystemTrackId> id;  // absent: none is selected any more
};
struct ShowRadar {
  bool on = true;
};
struct ShowPlots {
  bool on = true;
};
struct SetPaused {
  bool paused = false;
};
struct ReloadRules {
  std::string who;
};
struct BadZoneOrder {
  std::string why;
};
// rules::AlertOrder: what an operator does about an alert; TrackOrder: about a track; rules::ZoneOrder: what was drawn.
using ClientMessage = std::variant<Ping, WantSnapshot, SelectTrack, ShowRadar, ShowPlots, SetPaused, rules::AlertOrder,
                                   ReloadRules, TrackOrder, rules::ZoneOrder, BadZoneOrder>;

inline constexpr std::size_t most_text_bytes = 200;  // of who, why, to
inline constexpr std::size_t most_name_bytes = 60;   // of a track

enum class MessageFault { not_json, unknown, wrong_value };
[[nodiscard]] std::string_view to_string(MessageFault fault);

// One object with one known key and a value of its kind; nothing else passes.
[[nodiscard]] Expected<ClientMessage, MessageFault> parse_client_message(std::string_view text);

[[nodiscard]] std::string pong_text(double client_time_s, double server_time_s);
// The order as the page says it, and as the journal keeps it. Numbers are exact.
[[nodiscard]] std::string order_text(const TrackOrder& order);
// What answers an order that was done.
[[nodiscard]] std::string done_text(TrackAction action, SystemTrackId track);
[[nodiscard]] std::string zone_done_text(rules::ZoneAction action, const std::string& name);
[[nodiscard]] std::string error_text(std::string_view message);

}  // namespace headland::share
