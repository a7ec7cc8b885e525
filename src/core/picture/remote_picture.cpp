// SPDX-License-Identifier: Apache-2.0
#include "core/picture/remote_picture.hpp"

#include <algorithm>

namespace headland::picture {
namespace {

constexpr double velocity_variance = 1.0;  // of tracks that state none, m^2/s^2 per axis

bool may_be_joined(const SystemTrack& t) {
  if (t.kind != SystemTrackKind::vessel || !t.velocity_known) return false;
  if (t.report && t.report->own_ship) return false;
  return t.stage == TrackStage::confirmed || t.stage == TrackStage::coasting;
}

fusion::Anchor anchor_of(const SystemTrack& t, std::span<const Track> tracks) {
  fusion::Anchor a;
  a.id = t.id.value();
  a.time = t.time;
  a.state.position = t.local;
  a.state.velocity = t.velocity;
  a.state.covariance[10] = a.state.covariance[15] = velocity_variance;
  const auto track = std::ranges::lower_bound(tracks, t.radar_track, {}, &Track::id);
  // What the tracker says of velocity, where the picture shows the tracker's state.
  if (track != tracks.end() && track->id == t.radar_track && track->state.position == t.local) a.state = track->state;
  a.state.covariance[0] = t.var_ee_m2;
  a.state.covariance[5] = t.var_nn_m2;
  a.state.covariance[1] = a.state.covariance[4] = t.cov_en_m2;
  if (t.identity) a.mmsi = t.identity->mmsi;
  if (t.particulars && t.particulars->callsign) a.callsign = *t.particulars->callsign;
  if (t.particulars && t.particulars->name) a.name = *t.particulars->name;
  return a;
}

void show(const KinematicState& state, const LocalFrame& frame, SystemTrack& out) {
  out.local = state.position;
  out.velocity = state.velocity;
  out.var_ee_m2 = state.covariance[0];
  out.var_nn_m2 = state.covariance[5];
  out.cov_en_m2 = state.covariance[1];
  out.position = frame.to_geo(out.local);
}

Contribution contribution_of(const fusion::RemotePart& part, bool velocity_known) {
  Contribution c;
  c.position_weight = part.weight;
  c.velocity_weight = velocity_known ? part.weight : 0.0;
  c.kind = SourceKind::remote;
  c.last = part.last;
  c.remote = {part.origin.system, part.number, part.weight};
  return c;
}

SystemTrackKind kind_of(RemoteKind kind) {
  switch (kind) {
    case RemoteKind::aircraft:
      return SystemTrackKind::aircraft;
    case RemoteKind::other:
      return SystemTrackKind::vehicle;
    case RemoteKind::vessel:
      break;
  }
  return SystemTrackKind::vessel;
}

}  // namespace

void RemotePicture::restore(const fusion::RemoteFuserSnapshot& snapshot) {
  fuser_.restore(snapshot);
  shown_.clear();
  grown_.clear();
}

SystemTrack RemotePicture::lone(const fusion::LoneRemote& remote, const LocalFrame& frame) const {
  const RemoteTrack& r = *remote.newest;
  SystemTrack t;
  t.id = SystemTrackId(remote.number);
  t.kind = kind_of(r.kind);
  t.time = remote.time;
  t.began = remote.began;
  show(remote.state, frame, t);
  t.velocity_known = remote.velocity_known;
  t.stage = r.tentative ? TrackStage::tentative : r.coasting ? TrackStage::coasting : TrackStage::confirmed;
  t.existence = 1.0;
  t.length = r.length;
  t.width = r.width;
  if (r.mmsi) t.identity = Identity{*r.mmsi, 1.0};
  if (!r.callsign.empty() || !r.name.empty()) {
    VesselParticulars p;
    p.received = r.received;
    if (!r.callsign.empty()) p.callsign = r.callsign;
    if (!r.name.empty()) p.name = r.name;
    t.particulars = p;
    t.particulars_received = r.received;
  }
  for (const auto& part : remote.parts) t.contributions.push_back(contribution_of(part, remote.velocity_known));
  return t;
}

void RemotePicture::add_joined(Picture& picture, PictureChange& change, const LocalFrame& frame) {
  auto joined = fuser_.joined().begin();
  for (SystemTrack& t : picture.tracks) {
    while (joined != fuser_.joined().end() && joined->anchor < t.id.value()) ++joined;
    const bool has = joined != fuser_.joined().end() && joined->anchor == t.id.value();
    const auto known = grown_.find(t.id);
    if (!has && known == grown_.end()) continue;
    Grown& grown = known == grown_.end() ? grown_[t.id] : known->second;
    const std::size_t parts = has ? joined->parts.size() : 0;
    if (parts != grown.parts) {
      grown.parts = parts;
      ++grown.version;
      const auto place = std::ranges::lower_bound(change.updated, t.id);
      const bool told =
          (place != change.updated.end() && *place == t.id) || std::ranges::binary_search(change.created, t.id);
      if (!told) change.updated.insert(place, t.id);
    }
    t.attribute_version += grown.version;
    if (!has) continue;
    double theirs = 0.0;
    for (const auto& part : joined->parts) theirs += part.weight;
    for (Contribution& ours : t.contributions) {
      ours.position_weight *= 1.0 - theirs;
      ours.velocity_weight *= 1.0 - theirs;
    }
    for (const auto& part : joined->parts) t.contributions.push_back(contribution_of(part, t.velocity_known));
    if (theirs > 0.0) show(joined->state, frame, t);
  }
  std::erase_if(grown_, [&](const auto& entry) {
    return !std::ranges::binary_search(picture.tracks, entry.first, {}, &SystemTrack::id);
  });
}

void RemotePicture::add_lone(Picture& picture, PictureChange& change, const LocalFrame& frame) {
  std::map<SystemTrackId, Shown> now;
  for (const auto& remote : fuser_.alone()) {
    SystemTrack t = lone(remote, frame);
    Shown shown{t.time, remote.parts.size(), remote.newest->callsign, t.stage, 1};
    const auto before = shown_.find(t.id);
    if (before == shown_.end()) {
      change.created.push_back(t.id);
    } else {
      const Shown& b = before->second;
      shown.version = b.version + (b.parts != shown.parts || b.callsign != shown.callsign ? 1U : 0U);
      if (b.time != shown.time || b.stage != shown.stage || b.version != shown.version) change.updated.push_back(t.id);
    }
    t.attribute_version = shown.version;
    now.emplace(t.id, std::move(shown));
    picture.tracks.push_back(std::move(t));
  }
  for (const auto& [id, shown] : shown_) {
    if (!now.contains(id)) change.dropped.push_back(id);
  }
  shown_ = std::move(now);
}

PublishedPicture RemotePicture::apply(PublishedPicture published, std::span<const Track> tracks,
                                      const LocalFrame& frame) {
  if (is_empty()) return published;
  auto picture = std::make_shared<Picture>(*published.picture);
  std::vector<fusion::Anchor> anchors;
  for (const SystemTrack& t : picture->tracks) {
    if (may_be_joined(t)) anchors.push_back(anchor_of(t, tracks));
  }
  fuser_.join(anchors, picture->time);
  add_joined(*picture, published.change, frame);
  add_lone(*picture, published.change, frame);
  std::ranges::sort(picture->tracks, {}, &SystemTrack::id);
  std::ranges::sort(published.change.created);
  std::ranges::sort(published.change.updated);
  std::ranges::sort(published.change.dropped);
  published.picture = std::move(picture);
  return published;
}

}  // namespace headland::picture
