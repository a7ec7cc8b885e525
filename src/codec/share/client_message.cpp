// SPDX-License-Identifier: Apache-2.0
#include "codec/share/client_message.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

#include "codec/share/json_detail.hpp"

namespace headland::share {
namespace {

using Result = Expected<ClientMessage, MessageFault>;

Result wrong() { return unexpected(MessageFault::wrong_value); }

template <class Message>
Result switched(const Json& value) {
  if (!value.is_boolean()) return wrong();
  return Message{value.get<bool>()};
}

Result parse_select(const Json& value) {
  if (value.is_null()) return SelectTrack{};
  if (!value.is_number_unsigned()) return wrong();
  const auto id = value.get<std::uint64_t>();
  if (id == 0 || id > std::numeric_limits<std::uint32_t>::max()) return wrong();
  return SelectTrack{SystemTrackId(static_cast<std::uint32_t>(id))};
}

Result parse_playback(const Json& value) {
  if (!value.is_object() || value.size() != 1 || !value.contains("paused")) return wrong();
  return switched<SetPaused>(value["paused"]);
}

}  // namespace

std::string_view to_string(MessageFault fault) {
  switch (fault) {
    case MessageFault::not_json:
      return "not a JSON object with one key";
    case MessageFault::unknown:
      return "unknown request";
    case MessageFault::wrong_value:
      return "a value of the wrong kind";
  }
  return "unknown request";
}

Result parse_client_message(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.size() != 1) return unexpected(MessageFault::not_json);
  const std::string& key = json.begin().key();
  const Json& value = json.begin().value();
  if (key == "ping") {
    if (!value.is_number() || !std::isfinite(value.get<double>())) return wrong();
    return Ping{value.get<double>()};
  }
  if (key == "want") {
    if (value != "snapshot") return wrong();
    return WantSnapshot{};
  }
  if (key == "select") return parse_select(value);
  if (key == "radar") return switched<ShowRadar>(value);
  if (key == "plots") return switched<ShowPlots>(value);
  if (key == "playback") return parse_playback(value);
  return unexpected(MessageFault::unknown);
}

std::string pong_text(double client_time_s, double server_time_s) {
  return to_text({{"pong", client_time_s}, {"server_time_s", server_time_s}});
}

std::string error_text(std::string_view message) { return to_text({{"error", message}}); }

}  // namespace headland::share
