// SPDX-License-Identifier: Apache-2.0
#include "codec/share/client_message.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "codec/share/json_detail.hpp"
#include "codec/share/zones/drawn_detail.hpp"

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

// A text of some length at most without control characters; empty where the key is absent. Nothing: neither.
std::optional<std::string> text_in(const Json& object, const char* key, std::string otherwise) {
  const auto found = object.find(key);
  if (found == object.end()) return otherwise;
  if (!found->is_string()) return std::nullopt;
  auto text = found->get<std::string>();
  if (text.size() > most_text_bytes) return std::nullopt;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
  }
  return text.empty() ? std::move(otherwise) : std::optional(std::move(text));
}

constexpr const char* nobody = "operator";  // where the page was not told who sits there

// What alerts and tracks are counted by: from 1 to 32 bits.
std::optional<std::uint32_t> number_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
  const auto number = found->get<std::uint64_t>();
  if (number == 0 || number > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return static_cast<std::uint32_t>(number);
}

Result parse_alert(const Json& value) {
  if (!value.is_object()) return wrong();
  for (const auto& [key, unused] : value.items()) {
    if (key != "id" && key != "do" && key != "who" && key != "why" && key != "to" && key != "minutes") return wrong();
  }
  const auto id = number_of(value, "id");
  const auto what = value.find("do");
  if (!id || what == value.end() || !what->is_string()) return wrong();
  rules::AlertOrder order;
  order.alert = AlertId(*id);
  const auto action = action_named(what->get<std::string>());
  const auto who = text_in(value, "who", nobody);
  const auto why = text_in(value, "why", "");
  const auto to = text_in(value, "to", "");
  if (!action || !who || !why || !to) return wrong();
  order.action = *action;
  order.who = *who;
  order.why = *why;
  order.to = *to;
  if (const auto minutes = value.find("minutes"); minutes != value.end()) {
    if (!minutes->is_number() || !(minutes->get<double>() > 0.0 && minutes->get<double>() <= 1e6)) return wrong();
    order.span = to_duration(Seconds(minutes->get<double>() * 60.0));
  }
  return order;
}

std::optional<double> number_in(const Json& object, const char* key, double least, double most) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  const auto value = found->get<double>();
  if (!(value >= least && value <= most)) return std::nullopt;
  return value;
}

std::optional<TrackAction> track_action_named(const std::string& name) {
  for (const auto action : {TrackAction::initiate, TrackAction::drop, TrackAction::rename}) {
    if (name == name_of(action)) return action;
  }
  return std::nullopt;
}

// Where a track begins: its place, and how well that is known.
bool take_place(const Json& value, TrackOrder& order) {
  const auto latitude = number_in(value, "lat_deg", -90.0, 90.0);
  const auto longitude = number_in(value, "lon_deg", -180.0, 180.0);
  if (!latitude || !longitude) return false;
  order.place = GeoPosition::from_degrees(*latitude, *longitude);
  if (!value.contains("deviation_m")) return true;
  const auto deviation = number_in(value, "deviation_m", least_order_deviation.value(), most_order_deviation.value());
  if (deviation) order.deviation = Metres(*deviation);
  return deviation.has_value();
}

Result parse_track(const Json& value) {
  if (!value.is_object()) return wrong();
  for (const auto& [key, unused] : value.items()) {
    if (key != "do" && key != "id" && key != "who" && key != "name" && key != "lat_deg" && key != "lon_deg" &&
        key != "deviation_m") {
      return wrong();
    }
  }
  const auto what = value.find("do");
  if (what == value.end() || !what->is_string()) return wrong();
  const auto action = track_action_named(what->get<std::string>());
  const auto who = text_in(value, "who", nobody);
  const auto name = text_in(value, "name", "");
  if (!action || !who || !name || name->size() > most_name_bytes) return wrong();
  TrackOrder order;
  order.action = *action;
  order.who = *who;
  order.name = *name;
  if (order.action == TrackAction::initiate) {
    if (value.contains("id") || !take_place(value, order)) return wrong();
    return order;
  }
  const auto id = number_of(value, "id");
  if (!id) return wrong();
  order.track = SystemTrackId(*id);
  return order;
}

Result parse_rules(const Json& value) {
  if (!value.is_object() || !value.contains("do") || value["do"] != "reload") return wrong();
  const auto who = text_in(value, "who", nobody);
  if (!who) return wrong();
  return ReloadRules{*who};
}

Result parse_zone(const Json& value) {
  auto order = zone_order_of(value);
  if (!order) return BadZoneOrder{std::move(order.error().detail)};
  return std::move(*order);
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
  if (key == "alert") return parse_alert(value);
  if (key == "track") return parse_track(value);
  if (key == "zone") return parse_zone(value);
  if (key == "rules") return parse_rules(value);
  if (key == "playback") return parse_playback(value);
  return unexpected(MessageFault::unknown);
}

std::string pong_text(double client_time_s, double server_time_s) {
  return to_text({{"pong", client_time_s}, {"server_time_s", server_time_s}});
}

std::string order_text(const TrackOrder& order) {
  Json json{{"do", name_of(order.action)}};
  if (order.action == TrackAction::initiate) {
    json["lat_deg"] = order.place.latitude_deg();
    json["lon_deg"] = order.place.longitude_deg();
    json["deviation_m"] = order.deviation.value();
  } else {
    json["id"] = order.track.value();
  }
  if (!order.name.empty()) json["name"] = order.name;
  json["who"] = order.who;
  return to_text({{"track", std::move(json)}});
}

std::string done_text(TrackAction action, SystemTrackId track) {
  return to_text({{"done", {{"do", name_of(action)}, {"id", track.value()}}}});
}

std::string zone_done_text(rules::ZoneAction action, const std::string& name) {
  return to_text({{"zone_done", {{"do", rules::name_of(action)}, {"name", name}}}});
}

std::string error_text(std::string_view message) { return to_text({{"error", message}}); }

}  // namespace headland::share
