// SPDX-License-Identifier: Apache-2.0
#include "codec/share/bodies.hpp"

#include <cmath>

#include "codec/share/card_frames.hpp"
#include "codec/share/json_detail.hpp"
#include "codec/share/track_frames.hpp"

namespace headland::share {
namespace {

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

Json sources_of(const TrackRecord& record) {
  Json sources = Json::array();
  if (record.radar) sources.push_back("radar");
  if (record.ais) sources.push_back("ais");
  return sources;
}

Json feature(const SystemTrack& track, Timestamp now, const LocalFrame& plane) {
  static constexpr const char* stages[] = {"tentative", "confirmed", "coasting", "ended"};
  static constexpr const char* kinds[] = {"vessel", "sar_aircraft", "base_station", "aid_to_navigation"};
  const TrackRecord r = record_of(track, now, plane);
  Json properties{{"id", r.id},
                  {"label", label_of(track)},
                  {"kind", kinds[static_cast<std::size_t>(r.kind)]},
                  {"stage", stages[static_cast<std::size_t>(r.stage)]},
                  {"existence", rounded(r.existence, 1e3)},
                  {"sources", sources_of(r)},
                  {"time_s", epoch_seconds(track.time)}};
  if (r.speed_mps) properties["speed_mps"] = rounded(*r.speed_mps, 1e2);
  if (r.course_deg) properties["course_deg"] = rounded(*r.course_deg, 1e1);
  if (r.heading_deg) properties["heading_deg"] = rounded(*r.heading_deg, 1e1);
  if (r.age_s) properties["age_s"] = rounded(*r.age_s, 1e1);
  if (track.identity) {
    properties["mmsi"] = track.identity->mmsi.value();
    properties["identity_probability"] = rounded(track.identity->probability, 1e3);
  }
  if (track.operator_name) properties["operator_name"] = track.operator_name->name;
  properties["position_deviation_m"] = rounded(std::sqrt(std::max(0.0, track.var_ee_m2 + track.var_nn_m2)), 1e1);
  return {
      {"type", "Feature"},
      {"id", r.id},
      {"geometry", {{"type", "Point"}, {"coordinates", {rounded(r.longitude_deg, 1e7), rounded(r.latitude_deg, 1e7)}}}},
      {"properties", std::move(properties)}};
}

}  // namespace

std::string picture_geojson(const Picture& picture, const LocalFrame& plane) {
  Json features = Json::array();
  for (const SystemTrack& track : picture.tracks) features.push_back(feature(track, picture.time, plane));
  return to_text({{"type", "FeatureCollection"}, {"features", std::move(features)}});
}

std::string history_json(std::span<const TrackHistory> tracks) {
  Json list = Json::array();
  for (const TrackHistory& track : tracks) {
    Json points = Json::array();
    for (const HistoryPoint& p : track.points) {
      points.push_back({epoch_seconds(p.time), rounded(p.position.longitude_deg(), 1e7),
                        rounded(p.position.latitude_deg(), 1e7),
                        p.speed ? Json(rounded(p.speed->value(), 1e2)) : Json(),
                        p.course ? Json(rounded(p.course->degrees(), 1e1)) : Json()});
    }
    Json json{{"id", track.id.value()}};
    if (!track.name.empty()) json["name"] = track.name;
    if (track.mmsi.value() != 0) json["mmsi"] = track.mmsi.value();
    json["points"] = std::move(points);
    list.push_back(std::move(json));
  }
  return to_text({{"tracks", std::move(list)}});
}

std::string events_json(std::span<const HistoryEvent> events) {
  Json list = Json::array();
  for (const HistoryEvent& e : events) {
    list.push_back({{"time_s", epoch_seconds(e.time)}, {"kind", e.kind}, {"subject", e.subject}, {"text", e.text}});
  }
  return to_text({{"events", std::move(list)}});
}

}  // namespace headland::share
