// SPDX-License-Identifier: Apache-2.0
#include "codec/share/status_frames.hpp"

#include "codec/share/json_detail.hpp"

namespace headland::share {
namespace {

const char* text(BearingReference reference) {
  switch (reference) {
    case BearingReference::true_north:
      return "true";
    case BearingReference::magnetic_north:
      return "magnetic";
    case BearingReference::head_up:
      return "head-up";
  }
  return "true";
}

const char* text(RadarState state) {
  switch (state) {
    case RadarState::ok:
      return "ok";
    case RadarState::stale:
      return "stale";
    case RadarState::none:
      return "none";
  }
  return "none";
}

}  // namespace

Frame hello_frame(const Hello& hello, Timestamp time) {
  Json radars = Json::array();
  for (const RadarInfo& r : hello.radars) {
    radars.push_back({{"id", r.id.value()},
                      {"name", r.name},
                      {"lat_deg", r.position.latitude_deg()},
                      {"lon_deg", r.position.longitude_deg()},
                      {"range_m", r.range.value()},
                      {"reference", text(r.reference)}});
  }
  Frame frame = begin_frame(FrameType::hello, 0, time);
  append(frame, {{"version", hello.version},
                 {"protocol", 1},
                 {"mode", hello.replay ? "replay" : "live"},
                 {"node", hello.node},
                 {"origin", {{"lat_deg", hello.origin.latitude_deg()}, {"lon_deg", hello.origin.longitude_deg()}}},
                 {"radars", std::move(radars)},
                 {"server_time_s", hello.server_time_s}});
  return frame;
}

namespace {
Json registration_json(const RadarRegistrationHealth& r) {
  Json json{{"bearing_deg", r.bearing_deg}, {"bearing_sigma_deg", r.bearing_sigma_deg},
            {"range_m", r.range_m},         {"range_sigma_m", r.range_sigma_m},
            {"time_s", r.time_s},           {"time_sigma_s", r.time_sigma_s},
            {"vessels", r.vessels}};
  if (r.jump_deg && r.jump_time_s) json["jump"] = {{"bearing_deg", *r.jump_deg}, {"time_s", *r.jump_time_s}};
  return json;
}
}  // namespace

Frame health_frame(const HealthReport& report, Timestamp time) {
  Json lanes = Json::array();
  for (const LaneHealth& l : report.lanes) {
    lanes.push_back({{"name", l.name}, {"depth", l.depth}, {"high_water", l.high_water}, {"dropped", l.dropped}});
  }
  Json radars = Json::array();
  for (const RadarHealth& r : report.radars) {
    radars.push_back({{"id", r.id.value()},
                      {"name", r.name},
                      {"state", text(r.state)},
                      {"spokes_per_s", r.spokes_per_s},
                      {"turn_s", or_null(r.turn_s)},
                      {"plots_per_turn", r.plots_per_turn},
                      {"age_s", or_null(r.age_s)},
                      {"gaps", r.gaps},
                      {"latency_ms", or_null(r.latency_ms)}});
    if (r.registration) radars.back()["registration"] = registration_json(*r.registration);
    if (!r.video) continue;
    radars.back()["video"] = {{"noise_level", r.video->noise_level},
                              {"saturated_share", r.video->saturated_share},
                              {"thresholded", r.video->thresholded},
                              {"unsettled", r.video->unsettled}};
  }
  Frame frame = begin_frame(FrameType::health, 0, time);
  append(frame, {{"clock_s", report.clock_s},
                 {"data_time_s", or_null(report.data_time_s)},
                 {"lanes", std::move(lanes)},
                 {"radars", std::move(radars)},
                 {"ais",
                  {{"messages_per_s", report.ais_messages_per_s},
                   {"vessels", report.ais_vessels},
                   {"age_s", or_null(report.ais_age_s)}}},
                 {"tracks", {{"confirmed", report.confirmed}, {"tentative", report.tentative}}},
                 {"journal", {{"bytes", report.journal_bytes}, {"ok", report.journal_ok}}},
                 {"clients", report.clients}});
  return frame;
}

Frame playback_frame(const Playback& playback, Timestamp time) {
  Frame frame = begin_frame(FrameType::playback, 0, time);
  append(frame, {{"mode", playback.replay ? "replay" : "live"},
                 {"rate", playback.rate},
                 {"data_time_s", playback.data_time_s},
                 {"paused", playback.paused}});
  return frame;
}

}  // namespace headland::share
