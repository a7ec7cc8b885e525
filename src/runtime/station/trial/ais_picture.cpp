// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/trial/ais_picture.hpp"

#include <cmath>

#include "core/picture/ais_overdue.hpp"
#include "core/picture/contact.hpp"

namespace headland::station {
namespace {

constexpr Duration kept_when_overdue = std::chrono::seconds(600);
constexpr std::size_t most_unplaced = 20'000;
constexpr double at_rest_mps = 0.1;

void set_motion(const VesselReport& report, SystemTrack& track) {
  track.velocity = {};
  track.velocity_known = report.speed && (report.course || report.speed->value() <= at_rest_mps);
  if (!track.velocity_known || !report.course) return;
  const double course = report.course->radians();
  track.velocity = {*report.speed * std::sin(course), *report.speed * std::cos(course)};
}

}  // namespace

void AisPicture::process(const AisMessage& message) {
  std::visit([this](const auto& m) { take(m); }, message);
}

SystemTrack& AisPicture::track_of(Mmsi mmsi, Timestamp heard) {
  const auto [at, is_new] = at_.try_emplace(mmsi, picture_.tracks.size());
  if (!is_new) return picture_.tracks[at->second];
  SystemTrack& t = picture_.tracks.emplace_back();
  most_ = std::max(most_, picture_.tracks.size());
  t.id = SystemTrackId(next_number_++);
  heard_.insert(mmsi);
  t.began = heard;
  t.existence = 1.0;
  t.stage = TrackStage::confirmed;
  t.identity = Identity{mmsi, 1.0};
  t.contributions = {{SourceKind::ais, SensorId(0), heard}};
  if (const auto known = unplaced_.extract(mmsi)) {
    t.particulars = known.mapped();
    t.particulars_received = known.mapped().received;
  }
  return t;
}

void AisPicture::take(const VesselReport& report) {
  if (!report.position) return;
  SystemTrack& t = track_of(report.mmsi, report.received);
  if (t.report && report.received < t.report->received) return;
  t.kind = report.kind == AisClass::sar_aircraft ? SystemTrackKind::sar_aircraft : SystemTrackKind::vessel;
  t.time = report.received;
  t.position = *report.position;
  set_motion(report, t);
  if (t.velocity_known) told_motion_.insert(report.mmsi);
  t.contributions[0].last = report.received;
  t.report = report;
}

void AisPicture::take(const VesselParticulars& particulars) {
  const auto at = at_.find(particulars.mmsi);
  if (at == at_.end()) {
    if (unplaced_.size() >= most_unplaced) unplaced_.erase(unplaced_.begin());
    auto& known = unplaced_[particulars.mmsi];
    picture::merge(particulars, known);
    known.received = particulars.received;
    return;
  }
  SystemTrack& t = picture_.tracks[at->second];
  if (!t.particulars) t.particulars.emplace();
  picture::merge(particulars, *t.particulars);
  t.particulars_received = particulars.received;
}

const Picture& AisPicture::publish(Timestamp now) {
  picture_.time = now;
  for (std::size_t i = 0; i < picture_.tracks.size();) {
    SystemTrack& t = picture_.tracks[i];
    const Duration limit = picture::overdue_after(*t.report);
    t.ais_lost = now - t.time > limit;
    t.stage = t.ais_lost ? TrackStage::coasting : TrackStage::confirmed;
    if (now - t.time <= limit + kept_when_overdue) {
      ++i;
      continue;
    }
    at_.erase(t.identity->mmsi);
    if (i + 1 < picture_.tracks.size()) {
      t = std::move(picture_.tracks.back());
      at_[t.identity->mmsi] = i;
    }
    picture_.tracks.pop_back();
  }
  return picture_;
}

}  // namespace headland::station
