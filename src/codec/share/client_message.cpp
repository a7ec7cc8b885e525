// SPDX-License-Identifier: Apache-2.0
#include "codec/share/client_message.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

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

Result parse_alert(const Json& value) {
  if (!value.is_object()) return wrong();
  for (const auto& [key, unused] : value.items()) {
    if (key != "id" && key != "do" && key != "who" && key != "why" && key != "to" && key != "minutes") return wrong();
  }
  const auto id = value.find("id");
  const auto what = value.find("do");
  if (id == value.end() || !id->is_number_unsigned() || id->get<std::uint64_t>() == 0 ||
      id->get<std::uint64_t>() > std::numeric_limits<std::uint32_t>::max() || what == value.end() ||
      !what->is_string()) {
    return wrong();
  }
  rules::AlertOrder order;
  order.alert = AlertId(id->get<std::uint32_t>());
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

Result parse_rules(const Json& value) {
  if (!value.is_object() || !value.contains("do") || value["do"] != "reload") return wrong();
  const auto who = text_in(value, "who", nobody);
  if (!who) return wrong();
  return ReloadRules{*who};
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
  if (key == "rules") return parse_rules(value);
  if (key == "playback") return parse_playback(value);
  return unexpected(MessageFault::unknown);
}

std::string pong_text(double client_time_s, double server_time_s) {
  return to_text({{"pong", client_time_s}, {"server_time_s", server_time_s}});
}

std::string error_text(std::string_view message) { return to_text({{"error", message}}); }

}  // namespace headland::share
