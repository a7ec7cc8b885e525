// SPDX-License-Identifier: Apache-2.0
// The part of the builder that weighs radar and AIS against one another: trust, silence, rivals, the blended state.
#include <algorithm>
#include <cmath>

#include "core/picture/picture_builder.hpp"

namespace headland::picture {
namespace {

constexpr double judge_every_s = 1.0;
constexpr double unknown_antenna_share = 0.2;  // of the length, where the antenna's place is not sent
constexpr double usual_length_m = 120.0;       // of class A, where none is sent,
constexpr double usual_small_length_m = 15.0;  // and of others
constexpr double usual_latency_deviation_s = 1.0;
constexpr double told_latency_deviation_s = 0.3;  // where the second of the fix is sent
constexpr double learns_from_trust = 0.9;         // and probability: others teach nothing of how good AIS is
constexpr double learns_within_s = 4.0;           // of a fix, and of a plot
constexpr double still_oldest_s = 400.0;
constexpr double near_aid_m = 150.0;
constexpr MetresPerSecond still(1.0);  // slower: as at anchor, or an aid (fusion::SilenceConfig::slow_mps)
constexpr double believed_existence = 0.9;
constexpr std::size_t most_rivals = 4;
constexpr double least_rival = 0.05;

}  // namespace

void PictureBuilder::place_sensor(SensorId sensor, EastNorth site) {
  associator_.place_sensor(sensor, site);
  const bool is_first = sites_.empty() || sites_.begin()->first == sensor;
  sites_[sensor] = site;
  // A plane about 0 N 0 E hangs about an unknown place. AIS is received where the first radar stands.
  if (is_first && frame_.origin() != GeoPosition{}) trust_.place_receiver(frame_.to_geo(site));
}

void PictureBuilder::set_errors(SensorId sensor, const fusion::RadarErrors& errors) {
  associator_.set_errors(sensor, errors);
  errors_[sensor] = errors;
}

fusion::RadarErrors PictureBuilder::errors_of(const Track& track) const {
  for (const RadarShare& r : track.sensors) {
    const auto known = errors_.find(r.sensor);
    if (known != errors_.end()) return known->second;
  }
  return {};
}

EastNorth PictureBuilder::site_of(const Track& track) const {
  for (const RadarShare& r : track.sensors) {
    const auto site = sites_.find(r.sensor);
    if (site != sites_.end()) return site->second;
  }
  return {};
}

namespace {
// Length of the hull, m; 0 = unknown. The tracker takes off what beam and pulse add look by look: where several radars
// see a vessel, the extent of its echo is a mixture of beams that are narrow there and wide there.
double hull_of(const Track& track) { return track.size.known ? std::max(track.size.length.value(), 1.0) : 0.0; }
}  // namespace

void PictureBuilder::note_candidates() {
  candidates_.clear();
  known_to_ais_ = associator_.known_to_ais();
  for (const fusion::Association& c : associator_.candidates()) {
    candidates_[c.track].push_back({c.mmsi, c.probability});
  }
  for (auto& [track, list] : candidates_) {
    std::sort(list.begin(), list.end(), [](const Identity& a, const Identity& b) {
      return a.probability != b.probability ? a.probability > b.probability : a.mmsi < b.mmsi;
    });
  }
}

// What radar and AIS say of one another, before the picture is drawn.
void PictureBuilder::judge(Timestamp now) {
  note_candidates();
  if (judged_ && now >= *judged_ && to_seconds(now - *judged_).value() < judge_every_s) return;
  learn_scatter(judged_.value_or(now), now);
  judged_ = now;

  std::map<Mmsi, fusion::Bond> bonds;
  for (const auto& [track, a] : joined_) {
    const Track& radar = radar_.at(track).track;
    const fusion::AisMotion* motion = associator_.motion_of(a.mmsi);
    if (motion == nullptr) continue;
    bonds[a.mmsi] = {a.mmsi,
                     &radar,
                     motion,
                     site_of(radar),
                     errors_of(radar),
                     a.probability,
                     trust_.length_of(a.mmsi),
                     hull_of(radar),
                     radar.size.length_deviation.value(),
                     trust_.tows(a.mmsi)};
  }
  std::vector<fusion::Bond> in_order;
  for (const auto& [mmsi, bond] : bonds) in_order.push_back(bond);

  aids_.clear();
  std::vector<fusion::AisPlace> places;
  for (const auto& [mmsi, c] : contacts_) {
    const bool is_aid = c.kind == SystemTrackKind::aid_to_navigation;
    if (is_aid && c.position && c.stands_there) aids_.push_back(c.local);
    if (c.kind != SystemTrackKind::vessel || !c.report || c.report->own_ship) continue;
    const fusion::AisMotion* motion = associator_.motion_of(mmsi);
    if (motion == nullptr) continue;
    const auto bond = bonds.find(mmsi);
    places.push_back({.mmsi = mmsi,
                      .where = motion->position_at(now),
                      .age_s = to_seconds(now - motion->time()).value(),
                      .speed_mps = motion->velocity() ? motion->velocity()->speed().value() : 0.0,
                      .length_m = trust_.length_of(mmsi),
                      .class_a = c.report->kind == AisClass::class_a,
                      .track = bond == bonds.end() ? nullptr : bond->second.track,
                      .trusted = trust_.score(mmsi, now) >= learns_from_trust});
  }
  std::vector<const Track*> tracks;
  for (const auto& [id, radar] : radar_) tracks.push_back(&radar.track);
  trust_.judge(
      now, in_order, places, tracks,
      [this](TrackId id) {
        const auto known = radar_.find(id);
        return fusion::RadarWitness::TrackState{known == radar_.end() ? nullptr : &known->second.track,
                                                joined_.contains(id)};
      },
      [this](Mmsi mmsi) { return associator_.motion_of(mmsi); });
}

bool PictureBuilder::may_be_aid(const KinematicState& state) const {
  if (state.velocity.speed() >= still) return false;
  return std::any_of(aids_.begin(), aids_.end(),
                     [&](const EastNorth& aid) { return distance(aid, state.position).value() < near_aid_m; });
}

void PictureBuilder::add_rivals(SystemTrack& t) const {
  const auto known = candidates_.find(t.radar_track);
  if (known == candidates_.end()) return;
  for (const Identity& c : known->second) {
    if (t.rivals.size() >= most_rivals || c.probability < least_rival) break;
    if (!t.identity || c.mmsi != t.identity->mmsi) t.rivals.push_back(c);
  }
}

void PictureBuilder::add_judgement(SystemTrack& t, Timestamp now) {
  const Mmsi mmsi = t.identity ? t.identity->mmsi : Mmsi(0);
  if (t.identity && t.report) {
    t.trust = trust_.verdict(mmsi, now);
    if (const auto latency = trust_.timing().latency_of(mmsi)) {
      t.ais_latency = AisLatency{latency->mean_s, std::sqrt(latency->variance_s2), latency->reports};
    }
  }
  if (t.radar_track.value() == 0) {
    if (t.identity && t.kind == SystemTrackKind::vessel) t.missing_echo = trust_.missing(mmsi);
    return;
  }
  add_rivals(t);
  const Track& radar = radar_.at(t.radar_track).track;
  const bool believed = t.stage != TrackStage::tentative && t.existence >= believed_existence;
  if (!believed || t.kind != SystemTrackKind::vessel || may_be_aid(radar.state)) return;
  const auto contact = contacts_.find(mmsi);
  fusion::WatchedTrack watched;
  watched.id = t.radar_track;
  watched.began = t.began;
  watched.position = frame_.to_geo(radar.state.position);
  watched.deviation_m = std::sqrt(radar.state.covariance[0] + radar.state.covariance[5]);
  watched.speed_mps = radar.state.velocity.speed().value();
  // Only one that is so long at the least must carry AIS of class A.
  watched.length_m = radar.size.least_length().value();
  if (contact != contacts_.end()) {
    watched.mmsi = mmsi;
    watched.report = t.report ? &*t.report : nullptr;
    watched.heard = contact->second.heard;
    watched.sent_length_m = trust_.length_of(mmsi);
  }
  if (const auto some = known_to_ais_.find(t.radar_track); some != known_to_ais_.end()) {
    watched.candidate_probability = some->second;
  }
  t.silence = trust_.silence(watched, now);
}

namespace {
bool knows_antenna(const Contact& c) {
  return c.particulars && c.particulars->to_bow_m && *c.particulars->to_bow_m > 0;
}
}  // namespace

fusion::AisQuality PictureBuilder::quality_of(const Contact& contact, const fusion::AisMotion& motion,
                                              Timestamp at) const {
  fusion::AisQuality quality;
  quality.trust = trust_.score(contact.mmsi, at);
  // What lies still is where it was, and reports every three minutes only.
  if (motion.velocity() && motion.velocity()->speed() < MetresPerSecond(0.5)) quality.oldest_s = still_oldest_s;
  quality.fix_deviation_m = scatter_.deviation_m(contact.accurate);
  if (motion.coarse()) quality.fix_deviation_m = std::max(quality.fix_deviation_m, fusion::long_range_deviation_m);
  if (!knows_antenna(contact)) {
    const bool class_a = contact.report && contact.report->kind == AisClass::class_a;
    const double sent_m = trust_.length_of(contact.mmsi);
    const double length_m = sent_m > 0.0 ? sent_m : class_a ? usual_length_m : usual_small_length_m;
    quality.fix_deviation_m = std::hypot(quality.fix_deviation_m, unknown_antenna_share * length_m);
  }
  // How late reports are says nothing of the instant of those that name it.
  const bool told = contact.report && trust_.timing().age_s(*contact.report);
  const auto latency = trust_.timing().latency_of(contact.mmsi);
  const double scatter = latency ? std::sqrt(latency->variance_s2) : usual_latency_deviation_s;
  quality.latency_deviation_s = told ? told_latency_deviation_s : std::max(told_latency_deviation_s, scatter);
  return quality;
}

// What came since, of vessels that are surely one with their track, tells how good AIS is here.
void PictureBuilder::learn_scatter(Timestamp since, Timestamp now) {
  for (const auto& [id, bond] : joined_) {
    const Contact& contact = contacts_.at(bond.mmsi);
    if (contact.last <= since || contact.last > now || !contact.report || !knows_antenna(contact)) continue;
    const Track& track = radar_.at(id).track;
    const fusion::AisMotion* motion = associator_.motion_of(bond.mmsi);
    if (motion == nullptr || !motion->velocity() || motion->coarse() || bond.probability < learns_from_trust) continue;
    const double age = std::abs(to_seconds(track.time - motion->time()).value());
    const double unseen = to_seconds(track.time - track.last_plot).value();
    if (track.stage != TrackStage::confirmed || age > learns_within_s || unseen > learns_within_s) continue;
    const fusion::AisQuality quality = quality_of(contact, *motion, track.time);
    if (quality.trust < learns_from_trust) continue;
    const EastNorth sent = motion->position_at(track.time);
    const double de = (sent.east - track.state.position.east).value();
    const double dn = (sent.north - track.state.position.north).value();
    const auto& c = track.state.covariance;
    const double along = motion->velocity()->speed().value() * quality.latency_deviation_s;
    const double drift = motion->deviation_at(track.time, 0.0);
    scatter_.look(contact.accurate, de * de + dn * dn, c[0] + c[5] + along * along + 2.0 * drift * drift);
  }
}

void PictureBuilder::blend(const Track& track, const Contact& contact, SystemTrack& t) const {
  const fusion::AisMotion* motion = associator_.motion_of(contact.mmsi);
  if (motion == nullptr) return;
  t.radar_only =
      RadarOnly{track.time, frame_.to_geo(t.local), t.local, t.velocity, t.var_ee_m2, t.var_nn_m2, t.cov_en_m2};
  const fusion::AisQuality quality = quality_of(contact, *motion, track.time);
  double position_weight = 0.0;
  double velocity_weight = 0.0;
  if (track.stage == TrackStage::coasting && motion->time() > track.last_plot && quality.trust >= 0.5) {
    // While the radar does not see the vessel, what it says of itself is the better word.
    t.local = motion->position_at(track.time);
    const double deviation = motion->deviation_at(track.time, quality.fix_deviation_m) / quality.trust;
    t.var_ee_m2 = t.var_nn_m2 = deviation * deviation;
    t.cov_en_m2 = 0.0;
    position_weight = 1.0;
    if (motion->velocity()) {
      t.velocity = *motion->velocity();
      velocity_weight = 1.0;
    }
  } else {
    const fusion::FusedState fused = fusion::fuse(track, site_of(track), *motion, quality, errors_of(track));
    t.local = fused.position;
    t.velocity = fused.velocity;
    t.var_ee_m2 = fused.var_ee_m2;
    t.var_nn_m2 = fused.var_nn_m2;
    t.cov_en_m2 = fused.cov_en_m2;
    position_weight = fused.ais_position_weight;
    velocity_weight = fused.ais_velocity_weight;
  }
  for (Contribution& c : t.contributions) {
    if (c.kind == SourceKind::ais) {
      c.position_weight = position_weight;
      c.velocity_weight = velocity_weight;
    } else {
      c.position_weight *= 1.0 - position_weight;
      c.velocity_weight *= 1.0 - velocity_weight;
    }
  }
}

}  // namespace headland::picture
