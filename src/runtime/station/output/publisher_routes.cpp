// SPDX-License-Identifier: Apache-2.0
// The HTTP side of the publisher (docs/formats/stream.md).
#include <array>
#include <charconv>

#include "codec/share/bodies.hpp"
#include "io/maps/coast.hpp"
#include "runtime/station/output/publisher.hpp"

namespace headland::station {
namespace {

web::HttpResponse json(std::string body) { return {200, "application/json", std::move(body), {}}; }
web::HttpResponse plain(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text), {}};
}

std::optional<double> number(const web::HttpRequest& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::nullopt;
  double value = 0.0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), value);
  // Times that fit a Timestamp, identifiers that fit theirs.
  if (fault != std::errc() || end != text->data() + text->size() || !(value >= 0.0 && value <= 9e9))
    return std::nullopt;
  return value;
}

std::optional<store::TimeRange> range_of(const web::HttpRequest& request) {
  const auto from = number(request, "from");
  const auto to = number(request, "to");
  if (!from || !to || *from > *to) return std::nullopt;
  return store::TimeRange{from_epoch_seconds(*from), from_epoch_seconds(*to)};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out;
}

constexpr const char* range_help = "give from=S and to=S, seconds since 1970 UTC, from before to\n";

}  // namespace

void Publisher::add_routes() {
  server_.handle("/api/v1/picture.geojson", [this](const web::HttpRequest&) {
    std::shared_ptr<const Picture> picture;
    LocalFrame frame{GeoPosition{}};
    {
      const std::lock_guard lock(mutex_);
      picture = picture_;
      frame = frame_;
    }
    auto body = share::picture_geojson(picture ? *picture : Picture{}, frame);
    return web::HttpResponse{200, "application/geo+json", std::move(body), {{"Cache-Control", "no-store"}}};
  });
  server_.handle("/api/v1/chart/land.geojson", [this](const web::HttpRequest&) { return chart(false); });
  server_.handle("/api/v1/chart/coast.geojson", [this](const web::HttpRequest&) { return chart(true); });
  server_.handle("/api/v1/history/tracks", [this](const web::HttpRequest& r) { return history_tracks(r); });
  server_.handle("/api/v1/history/events", [this](const web::HttpRequest& r) { return history_events(r); });
  server_.handle("/api/v1/sensitivity", [this](const web::HttpRequest&) {
    if (!sensitivity_) return plain(404, "only a live station knows its sensitivity\n");
    return web::HttpResponse{200, "application/json", sensitivity_(), {{"Cache-Control", "no-store"}}};
  });
  add_alert_routes();
  server_.handle("/healthz", [this](const web::HttpRequest&) { return healthz(); });
  server_.handle("/metrics", [this](const web::HttpRequest&) {
    return web::HttpResponse{200, "text/plain; version=0.0.4; charset=utf-8", metrics_.prometheus_text(), {}};
  });
}

web::HttpResponse Publisher::chart(bool lines) {
  GeoPosition centre;
  {
    const std::lock_guard lock(mutex_);
    if (!located_) return plain(204, "");
    centre = frame_.origin();
  }
  if (!land_about_ || *land_about_ != centre) {
    land_about_ = centre;
    land_json_.clear();
    coast_json_.clear();
    if (!config_.chart.coastline.empty()) {
      const auto coast = maps::load_coast(config_.chart.coastline, centre, config_.chart.half_size_deg);
      if (coast) {
        land_json_ = share::land_geojson(*coast);
        coast_json_ = share::coast_geojson(*coast);
      } else {
        health_.set("chart", health::State::yellow, coast.error().detail);
      }
    }
  }
  const auto& body = lines ? coast_json_ : land_json_;
  if (body.empty()) return plain(204, "");
  return {200, "application/geo+json", body, {{"Cache-Control", "max-age=60"}}};
}

web::HttpResponse Publisher::history_tracks(const web::HttpRequest& request) const {
  const auto range = range_of(request);
  if (!range) return plain(400, range_help);
  if (history_ == nullptr) return json(share::history_json({}));  // none is kept
  store::TrackQuery query;
  query.range = *range;
  if (request.query_value("id")) {
    const auto id = number(request, "id");
    if (!id || *id > 4294967295.0) return plain(400, "id is the number of a track\n");
    query.id = SystemTrackId(static_cast<std::uint32_t>(*id));
  }
  const auto tracks = history_->tracks(query);
  return tracks ? json(share::history_json(*tracks)) : plain(503, tracks.error().detail + "\n");
}

web::HttpResponse Publisher::history_events(const web::HttpRequest& request) const {
  const auto range = range_of(request);
  if (!range) return plain(400, range_help);
  if (history_ == nullptr) return json(share::events_json({}));  // none is kept
  const auto events = history_->events(*range);
  return events ? json(share::events_json(*events)) : plain(503, events.error().detail + "\n");
}

web::HttpResponse Publisher::healthz() const {
  constexpr std::array states{"green", "yellow", "red"};
  std::string reasons;
  std::string components;
  for (const auto& component : health_.components()) {
    components += (components.empty() ? "" : ",") + ("{\"component\":\"" + escaped(component.component)) +
                  "\",\"state\":\"" + states.at(static_cast<std::size_t>(component.state)) + "\",\"reason\":\"" +
                  escaped(component.reason) + "\"}";
    if (component.state != health::State::red) continue;
    reasons += (reasons.empty() ? "" : ", ") + component.component + ": " + component.reason;
  }
  const std::string tail = "\"components\":[" + components + "]}\n";
  if (reasons.empty()) return json("{\"status\":\"ok\"," + tail);
  auto response = json("{\"status\":\"failing\",\"reasons\":\"" + escaped(reasons) + "\"," + tail);
  response.status = 503;
  return response;
}

}  // namespace headland::station
