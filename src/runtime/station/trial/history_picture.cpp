// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/trial/history_picture.hpp"

#include <cmath>

#include "core/picture/ais_overdue.hpp"

namespace headland::station {
namespace {

constexpr Duration radar_coasts_after = std::chrono::seconds(15);
constexpr Duration radar_gone_after = std::chrono::seconds(60);
constexpr Duration kept_when_overdue = std::chrono::seconds(600);

VesselReport report_of(const store::TrackRow& row) {
  VesselReport report;
  report.mmsi = row.mmsi;
  report.kind = row.ais_class;
  report.received = *row.ais_received;
  report.position = row.point.position;
  report.speed = row.point.speed;
  report.course = row.point.course;
  report.heading = row.heading;
  report.navigation_status = row.navigation_status;
  return report;
}

void set_motion(const HistoryPoint& point, SystemTrack& track) {
  track.velocity = {};
  track.velocity_known = point.speed.has_value();
  if (!point.speed || !point.course) return;
  const double course = point.course->radians();
  track.velocity = {*point.speed * std::sin(course), *point.speed * std::cos(course)};
}

}  // namespace

HistoryPicture::HistoryPicture(const std::vector<VesselParticulars>& vessels) {
  for (const VesselParticulars& v : vessels) vessels_.emplace(v.mmsi.value(), v);
}

void HistoryPicture::process(const store::TrackRow& row) {
  const auto [at, is_new] = at_.try_emplace(row.id, picture_.tracks.size());
  SystemTrack& t = is_new ? picture_.tracks.emplace_back() : picture_.tracks[at->second];
  if (is_new) {
    t.id = row.id;
    t.began = row.point.time;
  }
  t.kind = row.kind;
  t.time = row.point.time;
  t.position = row.point.position;
  set_motion(row.point, t);
  t.stage = row.stage;
  t.existence = row.existence;
  t.radar_track = row.radar ? TrackId(row.id.value()) : TrackId(0);
  t.contributions.clear();
  if (row.radar) t.contributions.push_back({SourceKind::radar, SensorId(0), row.point.time});
  if (row.ais) t.contributions.push_back({SourceKind::ais, SensorId(0), row.ais_received.value_or(row.point.time)});
  t.identity.reset();
  if (row.mmsi.value() != 0) t.identity = Identity{row.mmsi, 1.0};
  if (row.ais && row.ais_received) t.report = report_of(row);
  t.length = row.length;
  t.size = {};
  t.radar_kind.likely = row.radar_class;
  t.silence.hearing = row.hearing;
  t.trust.score = row.trust;
  if (t.particulars && t.particulars->mmsi != row.mmsi) t.particulars.reset();
  const auto known = vessels_.find(row.mmsi.value());
  if (row.mmsi.value() != 0 && known != vessels_.end() && !t.particulars) t.particulars = known->second;
}

const Picture& HistoryPicture::publish(Timestamp now) {
  picture_.time = now;
  for (std::size_t i = 0; i < picture_.tracks.size();) {
    SystemTrack& t = picture_.tracks[i];
    const bool has_ais = t.report && !t.contributions.empty() && t.contributions.back().kind == SourceKind::ais;
    const Duration overdue = has_ais ? picture::overdue_after(*t.report) : Duration::zero();
    t.ais_lost = has_ais && now - t.report->received > overdue;
    const Duration age = now - t.time;
    const bool has_radar = t.radar_track.value() != 0;
    if (has_radar ? age > radar_coasts_after : t.ais_lost) t.stage = TrackStage::coasting;
    if (age <= (has_ais ? overdue + kept_when_overdue : radar_gone_after)) {
      ++i;
      continue;
    }
    at_.erase(t.id);
    if (i + 1 < picture_.tracks.size()) {
      t = std::move(picture_.tracks.back());
      at_[t.id] = i;
    }
    picture_.tracks.pop_back();
  }
  return picture_;
}

}  // namespace headland::station
