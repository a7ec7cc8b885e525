// SPDX-License-Identifier: Apache-2.0
#include "core/picture/picture_builder.hpp"

#include <algorithm>
#include <cmath>

namespace headland::picture {
namespace {

constexpr double domain_m = 1'000'000.0;  // of LocalFrame
constexpr double accurate_deviation_m = 5.0;
constexpr double coarse_deviation_m = 30.0;

}  // namespace

PictureBuilder::PictureBuilder(const PictureConfig& config, LocalFrame frame)
    : config_(config), frame_(frame), associator_(config.association), next_number_(config.first_ais_number) {}

void PictureBuilder::process(const TrackUpdates& updates) {
  for (const Track& track : updates.tracks) {
    if (track.stage == TrackStage::ended) {
      radar_.erase(track.id);
    } else {
      radar_[track.id].track = track;
    }
  }
  associator_.process(updates);
}

void PictureBuilder::process(const AisMessage& message) {
  ++counters_.ais_messages;
  std::visit([this](const auto& m) { take(m); }, message);
}

Contact* PictureBuilder::contact_of(Mmsi mmsi, Timestamp heard, SystemTrackKind kind) {
  const auto known = contacts_.find(mmsi);
  if (known != contacts_.end()) return &known->second;
  if (contacts_.size() >= config_.max_stations) {
    ++counters_.stations_refused;
    return nullptr;
  }
  Contact& c = contacts_[mmsi];
  c.mmsi = mmsi;
  c.number = SystemTrackId(next_number_++);
  c.kind = kind;
  c.began = c.last = heard;
  return &c;
}

bool PictureBuilder::place(Contact& contact, const GeoPosition& position, Timestamp heard) {
  const EastNorth local = frame_.to_local(position);
  if (!(std::hypot(local.east.value(), local.north.value()) < domain_m)) {
    ++counters_.reports_too_far;
    return false;
  }
  contact.position = position;
  contact.local = local;
  contact.last = std::max(contact.last, heard);
  return true;
}

void PictureBuilder::take(const VesselReport& report) {
  const auto kind = report.kind == AisClass::sar_aircraft ? SystemTrackKind::sar_aircraft : SystemTrackKind::vessel;
  if (!report.position) {
    ++counters_.reports_without_position;
    return;
  }
  Contact* c = contact_of(report.mmsi, report.received, kind);
  if (c == nullptr || (c->report && report.received < c->report->received)) return;
  if (!place(*c, *report.position, report.received)) return;
  c->kind = kind;
  c->report = report;
  c->accurate = report.accurate;
  if (!report.own_ship) associator_.process(report, c->local, frame_.north_at(c->local).radians());
}

void PictureBuilder::take(const VesselParticulars& particulars) {
  Contact* c = contact_of(particulars.mmsi, particulars.received, SystemTrackKind::vessel);
  if (c == nullptr) return;
  if (!c->position) c->last = std::max(c->last, particulars.received);
  if (!c->particulars) c->particulars.emplace();
  merge(particulars, *c->particulars);
  c->particulars_received = particulars.received;
}

void PictureBuilder::take(const BaseStationReport& report) {
  if (!report.position) {
    ++counters_.reports_without_position;
    return;
  }
  Contact* c = contact_of(report.mmsi, report.received, SystemTrackKind::base_station);
  if (c == nullptr || !place(*c, *report.position, report.received)) return;
  c->kind = SystemTrackKind::base_station;
  c->accurate = report.accurate;
}

void PictureBuilder::take(const AidToNavigation& aid) {
  if (!aid.position) {
    ++counters_.reports_without_position;
    return;
  }
  Contact* c = contact_of(aid.mmsi, aid.received, SystemTrackKind::aid_to_navigation);
  if (c == nullptr || !place(*c, *aid.position, aid.received)) return;
  c->kind = SystemTrackKind::aid_to_navigation;
  c->accurate = aid.accurate;
  VesselParticulars p;
  p.mmsi = aid.mmsi;
  p.message_type = 21;
  p.received = aid.received;
  p.name = aid.name;
  p.to_bow_m = aid.to_bow_m;
  p.to_stern_m = aid.to_stern_m;
  p.to_port_m = aid.to_port_m;
  p.to_starboard_m = aid.to_starboard_m;
  p.fix_type = aid.fix_type;
  if (!c->particulars) c->particulars.emplace();
  const VesselParticulars before = *c->particulars;
  merge(p, *c->particulars);
  if (before.name != c->particulars->name) c->particulars_received = aid.received;
}

void PictureBuilder::drop_silent(Timestamp now) {
  for (auto it = contacts_.begin(); it != contacts_.end();) {
    const Duration limit = it->second.overdue() + to_duration(Seconds(config_.ais_drop_s));
    if (now - it->second.last > limit) {
      associator_.forget(it->first);
      it = contacts_.erase(it);
    } else {
      ++it;
    }
  }
}

void PictureBuilder::add_ais(const Contact& contact, Timestamp now, SystemTrack& out) const {
  out.contributions.push_back({SourceKind::ais, SensorId(0), contact.last});
  out.ais_lost = now - contact.last > contact.overdue();
  out.report = contact.report;
  out.particulars = contact.particulars;
  out.particulars_received = contact.particulars_received;
}

SystemTrack PictureBuilder::from_ais(const Contact& contact, Timestamp now) const {
  SystemTrack t;
  t.id = contact.number;
  t.kind = contact.kind;
  t.time = contact.last;
  t.began = contact.began;
  t.position = *contact.position;
  t.local = contact.local;
  const fusion::AisMotion* motion = contact.report ? associator_.motion_of(contact.mmsi) : nullptr;
  if (motion != nullptr && motion->velocity()) {
    t.velocity = *motion->velocity();
  } else {
    // What stands still by its nature does so in the picture; of a vessel nothing is known.
    t.velocity_known =
        contact.kind == SystemTrackKind::base_station || contact.kind == SystemTrackKind::aid_to_navigation;
  }
  if (contact.report && contact.report->own_ship && contact.report->speed && contact.report->course) {
    const double course = contact.report->course->radians() + frame_.north_at(contact.local).radians();
    t.velocity = {*contact.report->speed * std::sin(course), *contact.report->speed * std::cos(course)};
    t.velocity_known = true;
  }
  const double deviation = contact.accurate ? accurate_deviation_m : coarse_deviation_m;
  t.var_ee_m2 = t.var_nn_m2 = deviation * deviation;
  t.existence = 1.0;
  t.identity = Identity{contact.mmsi, 1.0};
  add_ais(contact, now, t);
  t.stage = t.ais_lost ? TrackStage::coasting : TrackStage::confirmed;
  return t;
}

SystemTrack PictureBuilder::from_radar(const Track& track, const Contact* contact, double probability,
                                       Timestamp now) const {
  SystemTrack t;
  t.id = SystemTrackId(track.id.value());
  t.time = track.time;
  t.began = track.began;
  t.local = track.state.position;
  t.velocity = track.state.velocity;
  t.var_ee_m2 = track.state.covariance[0];
  t.var_nn_m2 = track.state.covariance[5];
  t.cov_en_m2 = track.state.covariance[1];
  t.stage = track.stage;
  t.existence = track.existence;
  t.radar_track = track.id;
  t.length = track.length;
  t.width = track.width;
  for (const SensorId sensor : track.sensors) t.contributions.push_back({SourceKind::radar, sensor, track.last_plot});
  if (contact != nullptr) {
    t.kind = contact->kind;
    t.identity = Identity{contact->mmsi, probability};
    add_ais(*contact, now, t);
    // While the radar does not see the vessel, what it says of itself is the better word.
    const fusion::AisMotion* motion = associator_.motion_of(contact->mmsi);
    if (track.stage == TrackStage::coasting && motion != nullptr && motion->time() > track.last_plot) {
      t.local = motion->position_at(track.time);
      if (motion->velocity()) t.velocity = *motion->velocity();
      const double deviation = motion->deviation_at(track.time, coarse_deviation_m);
      t.var_ee_m2 = t.var_nn_m2 = deviation * deviation;
      t.cov_en_m2 = 0.0;
    }
  }
  t.position = frame_.to_geo(t.local);
  return t;
}

void PictureBuilder::note(SystemTrack& track, std::uint32_t& version, PictureChange& change) {
  Shown now;
  now.mmsi = track.identity ? track.identity->mmsi : Mmsi(0);
  now.radar = track.radar_track.value() != 0;
  now.ais = track.contributions.empty() ? false : track.contributions.back().kind == SourceKind::ais;
  now.lost = track.ais_lost;
  now.time = std::max(track.time, track.report ? track.report->received : track.time);
  now.particulars = track.particulars_received;
  now.stage = track.stage;
  const auto before = shown_.find(track.id);
  if (before == shown_.end()) {
    change.created.push_back(track.id);
    ++version;
  } else {
    Shown attributes = before->second;
    if (now != attributes) change.updated.push_back(track.id);
    attributes.time = now.time;
    attributes.stage = now.stage;
    if (now != attributes) ++version;
  }
  track.attribute_version = version;
  shown_[track.id] = now;
}

PublishedPicture PictureBuilder::publish(Timestamp now) {
  drop_silent(now);
  auto picture = std::make_shared<Picture>();
  PublishedPicture out;
  picture->time = out.change.time = now;
  std::map<Mmsi, fusion::Association> merged;
  std::map<TrackId, fusion::Association> joined;
  for (const fusion::Association& a : associator_.associations()) {
    if (!contacts_.contains(a.mmsi) || !radar_.contains(a.track)) continue;
    merged[a.mmsi] = a;
    joined[a.track] = a;
  }
  for (auto& [id, radar] : radar_) {
    const auto bond = joined.find(id);
    const Contact* contact = bond == joined.end() ? nullptr : &contacts_.at(bond->second.mmsi);
    const double probability = bond == joined.end() ? 0.0 : bond->second.probability;
    picture->tracks.push_back(from_radar(radar.track, contact, probability, now));
    note(picture->tracks.back(), radar.attribute_version, out.change);
  }
  for (auto& [mmsi, contact] : contacts_) {
    if (!contact.position || merged.contains(mmsi)) continue;
    picture->tracks.push_back(from_ais(contact, now));
    note(picture->tracks.back(), contact.attribute_version, out.change);
  }
  std::sort(picture->tracks.begin(), picture->tracks.end(),
            [](const SystemTrack& a, const SystemTrack& b) { return a.id < b.id; });
  std::set<SystemTrackId> present;
  for (const SystemTrack& t : picture->tracks) present.insert(t.id);
  for (auto it = shown_.begin(); it != shown_.end();) {
    if (present.contains(it->first)) {
      ++it;
      continue;
    }
    const auto into = it->second.radar ? merged.end() : merged.find(it->second.mmsi);
    if (into != merged.end()) {
      out.change.merged.push_back({it->first, SystemTrackId(into->second.track.value())});
      ++counters_.merges;
    } else {
      out.change.dropped.push_back(it->first);
    }
    it = shown_.erase(it);
  }
  for (const auto& [mmsi, bond] : merged_) {
    if (contacts_.contains(mmsi) && !merged.contains(mmsi)) ++counters_.splits;
  }
  merged_ = std::move(merged);
  std::sort(out.change.created.begin(), out.change.created.end());
  std::sort(out.change.updated.begin(), out.change.updated.end());
  out.picture = std::move(picture);
  return out;
}

std::optional<PictureBuilder::RadarBond> PictureBuilder::radar_track_of(Mmsi mmsi) const {
  const auto bond = merged_.find(mmsi);
  if (bond == merged_.end()) return std::nullopt;
  const auto radar = radar_.find(bond->second.track);
  if (radar == radar_.end()) return std::nullopt;
  return RadarBond{&radar->second.track, bond->second.probability};
}

PictureSnapshot PictureBuilder::snapshot() const {
  PictureSnapshot s;
  s.next_number = next_number_;
  for (const auto& [mmsi, contact] : contacts_) s.contacts.push_back(to_snapshot(contact));
  s.association = associator_.snapshot();
  return s;
}

void PictureBuilder::restore(const PictureSnapshot& s) {
  radar_.clear();
  contacts_.clear();
  shown_.clear();
  merged_.clear();
  next_number_ = std::max(s.next_number, config_.first_ais_number);
  for (const ContactSnapshot& c : s.contacts) {
    Contact contact = from_snapshot(c);
    if (contact.position) contact.local = frame_.to_local(*contact.position);
    contacts_[contact.mmsi] = std::move(contact);
  }
  associator_.restore(s.association);
}

}  // namespace headland::picture
