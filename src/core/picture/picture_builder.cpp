// SPDX-License-Identifier: Apache-2.0
#include "core/picture/picture_builder.hpp"

#include <algorithm>
#include <cmath>

namespace headland::picture {
namespace {

constexpr double domain_m = 1'000'000.0;  // of LocalFrame

// Where the middle of the hull is: the antenna sits where the particulars say.
EastNorth hull_centre(const Contact& contact, double north) {
  if (!contact.particulars || !contact.report) return contact.local;
  const VesselParticulars& p = *contact.particulars;
  const VesselReport& r = *contact.report;
  // Bow or port 0 says that the reference point is not known.
  if (!p.to_bow_m || !p.to_stern_m || *p.to_bow_m == 0) return contact.local;
  const bool under_way = r.speed && r.speed->value() > 1.5 && r.course;
  if (!r.heading && !under_way) return contact.local;
  const double ahead = (r.heading ? r.heading->radians() : r.course->radians()) + north;
  const double forward = 0.5 * (static_cast<double>(*p.to_bow_m) - static_cast<double>(*p.to_stern_m));
  const bool sides = p.to_port_m && p.to_starboard_m && *p.to_port_m > 0;
  const double right = sides ? 0.5 * (static_cast<double>(*p.to_starboard_m) - static_cast<double>(*p.to_port_m)) : 0.0;
  return {contact.local.east + Metres(forward * std::sin(ahead) + right * std::cos(ahead)),
          contact.local.north + Metres(forward * std::cos(ahead) - right * std::sin(ahead))};
}

}  // namespace

PictureBuilder::PictureBuilder(const PictureConfig& config, LocalFrame frame)
    : config_(config),
      frame_(frame),
      associator_(config.association),
      trust_(config.trust),
      numbers_(config.first_ais_number) {}

void PictureBuilder::process(const TrackUpdates& updates) {
  for (const Track& track : updates.tracks) {
    if (track.stage == TrackStage::ended) {
      radar_.erase(track.id);
      trust_.forget(track.id);
    } else {
      radar_[track.id].track = track;
    }
  }
  associator_.process(updates);
}

void PictureBuilder::exchange(const TrackUpdates& exchanged) {
  if (exchanged.tracks.size() != 2) return;
  associator_.exchange(exchanged.tracks[0].id, exchanged.tracks[1].id);
  ++counters_.numbers_exchanged;
  process(exchanged);
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
  c.number = c.own_number = numbers_.next();
  c.kind = kind;
  c.began = c.last = c.heard = c.held = c.number_since = heard;
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
  contact.last = contact.held = std::max(contact.last, heard);
  contact.heard = std::max(contact.heard, heard);
  return true;
}

void PictureBuilder::take(const VesselReport& report) {
  const auto kind = report.kind == AisClass::sar_aircraft ? SystemTrackKind::sar_aircraft : SystemTrackKind::vessel;
  trust_.process(report);
  if (!report.position) {
    ++counters_.reports_without_position;
    // A receiver without a fix: the vessel is heard, and lost by nobody.
    if (const auto known = contacts_.find(report.mmsi); known != contacts_.end()) {
      known->second.heard = std::max(known->second.heard, report.received);
    }
    return;
  }
  Contact* c = contact_of(report.mmsi, report.received, kind);
  const bool late = c != nullptr && c->report && report.received < c->report->received;
  if (late) ++counters_.reports_late;
  if (c == nullptr || late || !place(*c, *report.position, report.received)) return;
  c->kind = kind;
  c->report = report;
  c->accurate = report.accurate;
  if (report.own_ship) return;
  std::optional<Duration> age;
  if (const auto told = trust_.timing().age_s(report)) age = to_duration(Seconds(std::clamp(*told, 0.0, 30.0)));
  c->held = report.received - age.value_or(to_duration(Seconds(config_.association.ais_latency_s)));
  // Aircraft are no vessels: never one with a track on the water.
  if (kind == SystemTrackKind::sar_aircraft) return;
  const double north = frame_.north_at(c->local).radians();
  if (!associator_.process(report, hull_centre(*c, north), north, age)) ++counters_.fixes_late;
}

void PictureBuilder::take(const VesselParticulars& particulars) {
  trust_.process(particulars);
  Contact* c = contact_of(particulars.mmsi, particulars.received, SystemTrackKind::vessel);
  if (c == nullptr) return;
  if (!c->position) c->last = c->heard = std::max(c->last, particulars.received);
  if (!c->particulars) c->particulars.emplace();
  merge(particulars, *c->particulars);
  c->particulars_received = particulars.received;
}

void PictureBuilder::take(const BaseStationReport& report) {
  trust_.process(report);
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
  trust_.process(aid);
  if (!aid.position) {
    ++counters_.reports_without_position;
    return;
  }
  Contact* c = contact_of(aid.mmsi, aid.received, SystemTrackKind::aid_to_navigation);
  if (c == nullptr || !place(*c, *aid.position, aid.received)) return;
  c->kind = SystemTrackKind::aid_to_navigation;
  c->accurate = aid.accurate;
  c->stands_there = !aid.virtual_aid && !aid.off_position;
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

// A clock that was set back: what was heard in what is now the future was heard just now, so that what comes next is
// newer, and what does not come is missed.
void PictureBuilder::take_time_back(Timestamp now) {
  bool any = judged_ && *judged_ - now > fusion::clock_set_back;
  for (auto& [mmsi, c] : contacts_) {
    if (std::max(c.last, c.heard) - now <= fusion::clock_set_back) continue;
    any = true;
    c.last = std::min(c.last, now);
    c.heard = std::min(c.heard, now);
    c.held = std::min(c.held, now);
    c.number_since = std::min(c.number_since, now);
    c.number_taken = std::min(c.number_taken, now);
    c.parted_at = std::min(c.parted_at, now);
    if (c.report) c.report->received = std::min(c.report->received, now);
    c.particulars_received = std::min(c.particulars_received, now);
  }
  if (!any) return;
  ++counters_.clock_set_back;
  trust_.take_time_back(now);
}

void PictureBuilder::drop_silent(Timestamp now) {
  for (auto it = contacts_.begin(); it != contacts_.end();) {
    const Duration limit = it->second.overdue() + to_duration(Seconds(config_.ais_drop_s));
    // A vessel that the radar still sees keeps the name under which it fell silent.
    if (now - it->second.last > limit && !merged_.contains(it->first)) {
      associator_.forget(it->first);
      trust_.forget(it->first);
      it = contacts_.erase(it);
    } else {
      ++it;
    }
  }
}

void PictureBuilder::add_ais(const Contact& contact, Timestamp now, SystemTrack& out) const {
  out.contributions.push_back({SourceKind::ais, SensorId(0), contact.last, 0.0, 0.0});
  out.ais_heard = contact.heard;
  out.ais_lost = now - contact.heard > contact.overdue();
  out.report = contact.report;
  out.particulars = contact.particulars;
  out.particulars_received = contact.particulars_received;
}

SystemTrack PictureBuilder::from_ais(const Contact& contact, Timestamp now) const {
  SystemTrack t;
  t.id = contact.number;
  t.kind = contact.kind;
  t.time = contact.held;
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
  double deviation = scatter_.deviation_m(contact.accurate);
  if (contact.report && contact.report->kind == AisClass::long_range) {
    deviation = std::max(deviation, fusion::long_range_deviation_m);
  }
  t.var_ee_m2 = t.var_nn_m2 = deviation * deviation;
  t.existence = 1.0;
  t.identity = Identity{contact.mmsi, 1.0};
  add_ais(contact, now, t);
  t.contributions.back().position_weight = 1.0;
  t.contributions.back().velocity_weight = t.velocity_known ? 1.0 : 0.0;
  const bool is_stale = t.ais_lost || now - contact.last > contact.overdue();  // heard, but not where
  t.stage = is_stale ? TrackStage::coasting : TrackStage::confirmed;
  return t;
}

SystemTrack PictureBuilder::from_radar(const Track& track, const Contact* contact, double probability,
                                       Timestamp now) const {
  SystemTrack t;
  t.id = number_of(track.id);
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
  t.size = track.size;
  t.radar_kind = track.kind;
  double shares = 0.0;  // what an operator placed rests on no plots at first
  for (const RadarShare& r : track.sensors) shares += r.share;
  for (const RadarShare& r : track.sensors) {
    const double share = r.share / shares;
    t.contributions.push_back({SourceKind::radar, r.sensor, r.last_plot, share, share, {}, r.in_last_turn});
  }
  if (contact != nullptr) {
    t.kind = contact->kind;
    t.identity = Identity{contact->mmsi, probability};
    add_ais(*contact, now, t);
    blend(track, *contact, t);
  }
  t.position = frame_.to_geo(t.local);
  return t;
}

void PictureBuilder::note(SystemTrack& track, std::uint32_t& version, PictureChange& change) {
  Shown now;
  now.mmsi = track.identity ? track.identity->mmsi : Mmsi(0);
  now.track = track.radar_track;
  now.radar = track.radar_track.value() != 0;
  now.ais = track.contributions.empty() ? false : track.contributions.back().kind == SourceKind::ais;
  now.lost = track.ais_lost;
  now.time = std::max(track.time, track.report ? track.report->received : track.time);
  now.particulars = track.particulars_received;
  now.stage = track.stage;
  now.hearing = track.silence.hearing;
  now.doubted = track.trust.score < 1.0;
  now.rivals = !track.rivals.empty();
  now.missing_echo = track.missing_echo && track.missing_echo->judged;
  if (track.operator_name) now.name = track.operator_name->name;
  for (const TrustReason& r : track.trust.reasons) now.reasons |= 1U << static_cast<unsigned>(r.kind);
  const auto before = shown_.find(track.id);
  if (before == shown_.end()) {
    change.created.push_back(track.id);
    ++version;
  } else {
    Shown attributes = before->second;
    version = std::max(version, attributes.version);  // a number may go from one source to another
    now.version = attributes.version;
    if (now != attributes) change.updated.push_back(track.id);
    attributes.time = now.time;
    attributes.stage = now.stage;
    if (now != attributes) ++version;
  }
  track.attribute_version = now.version = version;
  shown_[track.id] = now;
}

PublishedPicture PictureBuilder::publish(Timestamp now) {
  take_time_back(now);
  drop_silent(now);
  names_.forget_unseen(now);
  auto picture = std::make_shared<Picture>();
  PublishedPicture out;
  picture->time = out.change.time = now;
  std::map<Mmsi, fusion::Association> merged;
  joined_.clear();
  for (const fusion::Association& a : associator_.associations()) {
    if (!contacts_.contains(a.mmsi) || !radar_.contains(a.track)) continue;
    merged[a.mmsi] = a;
    joined_[a.track] = a;
  }
  assign_numbers(merged, now);
  judge(now);
  for (auto& [id, radar] : radar_) {
    const auto bond = joined_.find(id);
    const Contact* contact = bond == joined_.end() ? nullptr : &contacts_.at(bond->second.mmsi);
    const double probability = bond == joined_.end() ? 0.0 : bond->second.probability;
    picture->tracks.push_back(from_radar(radar.track, contact, probability, now));
    add_judgement(picture->tracks.back(), now);
    add_name(picture->tracks.back(), contact, now);
    note(picture->tracks.back(), radar.attribute_version, out.change);
  }
  for (auto& [mmsi, contact] : contacts_) {
    if (!contact.position || merged.contains(mmsi)) continue;
    picture->tracks.push_back(from_ais(contact, now));
    add_judgement(picture->tracks.back(), now);
    add_name(picture->tracks.back(), &contact, now);
    note(picture->tracks.back(), contact.attribute_version, out.change);
  }
  std::sort(picture->tracks.begin(), picture->tracks.end(),
            [](const SystemTrack& a, const SystemTrack& b) { return a.id < b.id; });
  note_gone(*picture, merged, out.change);
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
  s.next_number = numbers_.upcoming();
  s.numbers = numbers_.others();
  for (const auto& [mmsi, contact] : contacts_) s.contacts.push_back(to_snapshot(contact));
  s.association = associator_.snapshot();
  s.trust = trust_.snapshot();
  s.scatter = scatter_.snapshot();
  s.names = names_.snapshot();
  return s;
}

void PictureBuilder::restore(const PictureSnapshot& s) {
  radar_.clear();
  contacts_.clear();
  shown_.clear();
  merged_.clear();
  joined_.clear();
  candidates_.clear();
  numbers_.restore(std::max(s.next_number, config_.first_ais_number), s.numbers);
  for (const ContactSnapshot& c : s.contacts) {
    Contact contact = from_snapshot(c);
    if (contact.position) contact.local = frame_.to_local(*contact.position);
    contacts_[contact.mmsi] = std::move(contact);
  }
  associator_.restore(s.association);
  for (const fusion::Association& a : associator_.associations()) merged_[a.mmsi] = a;
  trust_.restore(s.trust);
  scatter_.restore(s.scatter);
  names_.restore(s.names);
  judged_.reset();
}

}  // namespace headland::picture
