// SPDX-License-Identifier: Apache-2.0
// Alerts on the page: shown, ordered about, and told over HTTP (docs/formats/stream.md).
#include <algorithm>
#include <charconv>

#include "codec/share/alerts/alert_frames.hpp"
#include "codec/share/alerts/budget_report.hpp"
#include "runtime/station/output/publisher.hpp"

namespace headland::station {
namespace {

constexpr const char* time_help = "give from=S and to=S, seconds since 1970 UTC, from before to\n";
constexpr double least_visits_drawn = 5.0;
constexpr std::size_t ended_most = 50;  // closed alerts that a page is told of

web::SharedFrame shared(share::Frame frame) {
  return std::make_shared<const std::vector<std::uint8_t>>(share::deflated(std::move(frame)));
}

std::vector<AlertRecord> values_of(const std::map<AlertId, AlertRecord>& alerts) {
  std::vector<AlertRecord> out;
  out.reserve(alerts.size());
  for (const auto& [id, alert] : alerts) out.push_back(alert);
  return out;
}

void drop_ended(std::map<AlertId, AlertRecord>& alerts) {
  const auto is_ended = [](const auto& entry) { return entry.second.state == AlertState::ended; };
  auto too_many =
      static_cast<std::ptrdiff_t>(std::ranges::count_if(alerts, is_ended)) - static_cast<std::ptrdiff_t>(ended_most);
  for (auto at = alerts.begin(); at != alerts.end() && too_many > 0;) {
    if (!is_ended(*at)) {
      ++at;
      continue;
    }
    at = alerts.erase(at);
    --too_many;
  }
}

std::optional<Timestamp> time_in(const web::HttpRequest& request, std::string_view name) {
  const auto text = request.query_value(name);
  double value = 0.0;
  if (!text) return std::nullopt;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (fault != std::errc() || end != text->data() + text->size() || !(value >= 0.0 && value <= 9e9))
    return std::nullopt;
  return from_epoch_seconds(value);
}

// 1 to 24; anything else: 0.
int hours_of(std::string_view text) {
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc() && end == text.data() + text.size() && value >= 1 && value <= 24 ? value : 0;
}

struct Stories {
  std::vector<AlertEntry> entries;
  std::vector<AlertRecord> records;
  std::optional<web::HttpResponse> fault;
};
Stories stories_of(store::AlertStore* store, Timestamp from, Timestamp to) {
  Stories out;
  if (store == nullptr) {
    out.fault = {404, "text/plain", "no alerts are kept here\n", {}};
    return out;
  }
  auto entries = store->entries(from, to);
  auto records = store->records(from, to);
  if (!entries || !records) {
    out.fault = {503, "text/plain", (entries ? records.error() : entries.error()).detail + "\n", {}};
    return out;
  }
  out.entries = std::move(*entries);
  out.records = std::move(*records);
  return out;
}

}  // namespace

std::vector<rules::Zone> areas_to_draw(const config::StationConfig& config) {
  std::vector<rules::Zone> areas;
  for (const auto& section : config.no_initiation) {
    rules::Zone& area = areas.emplace_back();
    area.name = "no track begins: " + section.name;
    auto& ring = area.parts.emplace_back();
    for (const auto& p : section.points) ring.push_back(GeoPosition::from_degrees(p.latitude_deg, p.longitude_deg));
  }
  return areas;
}

void Publisher::set_alert_orders(AlertOrders orders) { orders_ = std::move(orders); }
void Publisher::set_alert_store(std::unique_ptr<store::AlertStore> store) { alert_store_ = std::move(store); }

void Publisher::show_alerts(const std::vector<AlertRecord>& alerts, bool whole) {
  const std::lock_guard lock(mutex_);
  if (whole) alerts_.clear();
  for (const AlertRecord& alert : alerts) alerts_[alert.id] = alert;
  drop_ended(alerts_);
  const Timestamp now = data_time_.value_or(std::chrono::system_clock::now());
  if (server_.client_count() > 0) server_.broadcast(shared(share::alerts_frame(alerts, whole, now)));
}

void Publisher::show_zones(const rules::RuleSet& set) {
  auto zones = set.zones;
  zones.insert(zones.end(), config_.areas.begin(), config_.areas.end());
  auto json = share::zones_geojson(zones);
  const std::lock_guard lock(mutex_);
  zones_json_ = std::move(json);
  in_force_ = set;
  limits_ = rules::limits_to_move(set);
  hello_is_old_ = true;  // a hello makes pages load the zones anew
}

void Publisher::show_routes(const rules::RouteModel& routes) {
  const auto cells = routes.drawn(least_visits_drawn);
  auto json = share::routes_geojson(cells);
  const std::lock_guard lock(mutex_);
  routes_json_ = cells.empty() ? std::string() : std::move(json);
}

void Publisher::send_alerts(web::ClientId client) {
  const Timestamp now = data_time_.value_or(std::chrono::system_clock::now());
  server_.send(client, shared(share::alerts_frame(values_of(alerts_), true, now)));
}

bool Publisher::take_order(web::ClientId client, const share::ClientMessage& message) {
  if (const auto* track = std::get_if<TrackOrder>(&message)) {
    take_track_order(client, *track);
    return true;
  }
  if (const auto* zone = std::get_if<rules::ZoneOrder>(&message)) {
    take_zone_order(client, *zone);
    return true;
  }
  if (const auto* bad = std::get_if<share::BadZoneOrder>(&message)) {
    server_.send_text(client, share::error_text(bad->why));
    return true;
  }
  const auto* order = std::get_if<rules::AlertOrder>(&message);
  const auto* reload = std::get_if<share::ReloadRules>(&message);
  if (order == nullptr && reload == nullptr) return false;
  const auto refuse = [this, client](std::string_view why) { server_.send_text(client, share::error_text(why)); };
  if (!orders_.order || !orders_.reload) {
    refuse("no rules are in force here: [rules] enabled = true");
    return true;
  }
  const auto reply = [refuse](const std::string& fault) {
    if (!fault.empty()) refuse(fault);
  };
  const bool is_taken = order != nullptr ? orders_.order(*order, reply) : orders_.reload(reload->who, reply);
  if (!is_taken) refuse("too many orders at once: try again");
  return true;
}

void Publisher::add_alert_routes() {
  add_trial_routes();
  add_zone_routes();
  server_.handle("/api/v1/alerts", [this](const web::HttpRequest&) { return alerts(); });
  server_.handle("/api/v1/alerts/entries", [this](const web::HttpRequest& r) { return alert_entries(r); });
  server_.handle("/api/v1/alerts/budget", [this](const web::HttpRequest& r) { return alert_budget(r); });
  server_.handle("/api/v1/alerts/watches", [this](const web::HttpRequest& r) { return alert_watches(r); });
  server_.handle("/api/v1/rules/zones.geojson", [this](const web::HttpRequest&) {
    const std::lock_guard lock(mutex_);
    if (zones_json_.empty()) return web::HttpResponse{204, "text/plain", "", {}};
    return web::HttpResponse{200, "application/geo+json", zones_json_, {{"Cache-Control", "no-store"}}};
  });
  server_.handle("/api/v1/rules/routes.geojson", [this](const web::HttpRequest&) {
    const std::lock_guard lock(mutex_);
    if (routes_json_.empty()) return web::HttpResponse{204, "text/plain", "", {}};
    return web::HttpResponse{200, "application/geo+json", routes_json_, {{"Cache-Control", "no-store"}}};
  });
}

web::HttpResponse Publisher::alerts() const {
  std::vector<AlertRecord> list;
  {
    const std::lock_guard lock(mutex_);
    list = values_of(alerts_);
  }
  return {200, "application/json", share::alerts_json(list), {{"Cache-Control", "no-store"}}};
}

web::HttpResponse Publisher::alert_entries(const web::HttpRequest& request) {
  const auto from = time_in(request, "from");
  const auto to = time_in(request, "to");
  if (!from || !to || *from > *to) {
    return {400, "text/plain", time_help, {}};
  }
  if (!alert_store_) return {200, "application/json", share::entries_json({}), {}};  // none are kept
  const auto entries = alert_store_->entries(*from, *to);
  if (!entries) return {503, "text/plain", entries.error().detail + "\n", {}};
  return {200, "application/json", share::entries_json(*entries), {{"Cache-Control", "no-store"}}};
}

web::HttpResponse Publisher::alert_budget(const web::HttpRequest& request) {
  const auto from = time_in(request, "from");
  const auto to = time_in(request, "to");
  if (!from || !to || *from >= *to) return {400, "text/plain", time_help, {}};
  const auto stories = stories_of(alert_store_.get(), *from, *to);
  if (stories.fault) return *stories.fault;
  const auto budget = rules::budget_of(stories.entries, stories.records, *from, *to, limits());
  return {200, "application/json", share::budget_json(budget), {{"Cache-Control", "no-store"}}};
}

web::HttpResponse Publisher::alert_watches(const web::HttpRequest& request) {
  const auto from = time_in(request, "from");
  const auto to = time_in(request, "to");
  const auto asked = request.query_value("hours");
  const int hours = hours_of(asked.value_or("4"));
  if (!from || !to || *from >= *to || hours == 0) {
    return {400, "text/plain", std::string(time_help) + "and hours=1 to 24, of a watch\n", {}};
  }
  const auto stories = stories_of(alert_store_.get(), *from, *to);
  if (stories.fault) return *stories.fault;
  const auto watches = rules::watches_of(stories.entries, stories.records, *from, *to, hours, limits());
  if (request.query_value("format") == "text") {
    return {200, "text/plain; charset=utf-8", share::watches_text(watches), {{"Cache-Control", "no-store"}}};
  }
  return {200, "application/json", share::watches_json(watches), {{"Cache-Control", "no-store"}}};
}

rules::LimitsToMove Publisher::limits() const {
  const std::lock_guard lock(mutex_);
  return limits_;
}

}  // namespace headland::station
