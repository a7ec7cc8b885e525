// SPDX-License-Identifier: Apache-2.0
#include "core/picture/vessel_numbers.hpp"

#include <algorithm>

#include "core/picture/picture_builder.hpp"

namespace headland::picture {
namespace {

constexpr double believed = 0.9;                           // trust
constexpr Duration watched_for = std::chrono::minutes(3);  // whether a station that kept her number deserves it

}  // namespace

SystemTrackId VesselNumbers::of(TrackId track) const {
  const auto other = others_.find(track);
  return other != others_.end() ? other->second.number : SystemTrackId(track.value());
}

Timestamp VesselNumbers::since(const Track& track) const {
  const auto other = others_.find(track.id);
  return other != others_.end() ? other->second.since : track.began;
}

std::optional<TrackId> VesselNumbers::track_of(SystemTrackId number) const {
  const auto other =
      std::find_if(others_.begin(), others_.end(), [&](const auto& entry) { return entry.second.number == number; });
  if (other != others_.end()) return other->first;
  const TrackId track(number.value());
  if (others_.contains(track)) return std::nullopt;
  return track;
}

void VesselNumbers::renumber(TrackId track, Timestamp now) { others_[track] = {track, next(), now, now}; }

void VesselNumbers::give_back(TrackId track, SystemTrackId number, Timestamp since, Timestamp now) {
  others_[track] = {track, number, since, now};
}

void VesselNumbers::note_seen(TrackId track, Timestamp now) {
  const auto other = others_.find(track);
  if (other != others_.end()) other->second.seen = now;
}

void VesselNumbers::forget_unseen(Timestamp now) {
  std::erase_if(others_, [&](const auto& entry) { return now - entry.second.seen > kept_unseen; });
}

std::vector<VesselNumbers::Other> VesselNumbers::others() const {
  std::vector<Other> out;
  out.reserve(others_.size());
  for (const auto& [track, other] : others_) out.push_back(other);
  return out;
}

void VesselNumbers::restore(std::uint32_t next, const std::vector<Other>& others) {
  next_ = next;
  others_.clear();
  for (const Other& other : others) others_[other.track] = other;
}

// Of a station that is alone: heard, and believed.
bool PictureBuilder::deserves_number(const Contact& contact, Timestamp now) const {
  return now - contact.heard <= contact.overdue() && trust_.score(contact.mmsi, now) >= believed;
}

// Bonds that ended, or went over to another track, since the last picture.
void PictureBuilder::part_numbers(const std::map<Mmsi, fusion::Association>& bonds, Timestamp now) {
  for (const auto& [mmsi, before] : merged_) {
    const auto known = contacts_.find(mmsi);
    const auto bond = bonds.find(mmsi);
    if (known == contacts_.end() || (bond != bonds.end() && bond->second.track == before.track)) continue;
    Contact& c = known->second;
    const auto track = radar_.find(before.track);
    const bool goes_on = track != radar_.end() && track->second.track.stage == TrackStage::confirmed;
    if (!goes_on || numbers_.of(before.track) != c.number) continue;
    const bool longer = now - c.number_taken > c.number_taken - c.number_since;
    const bool is_found = bond != bonds.end();
    if (longer && (is_found || deserves_number(c, now))) {
      c.parted = is_found ? TrackId() : before.track;
      c.parted_at = now;
      continue;
    }
    c.number = c.own_number;
    c.number_since = now;
    c.number_settled = false;
  }
}

// Stations that kept their number when their track went on without them, and prove not to deserve it.
void PictureBuilder::give_numbers_back(const std::map<Mmsi, fusion::Association>& bonds, Timestamp now) {
  for (auto& [mmsi, c] : contacts_) {
    if (c.parted == TrackId()) continue;
    const bool is_open = !bonds.contains(mmsi) && radar_.contains(c.parted) && !joined_.contains(c.parted) &&
                         now - c.parted_at <= watched_for;
    const bool gives = is_open && !deserves_number(c, now);
    if (gives) {
      numbers_.give_back(c.parted, c.number, c.number_since, now);
      c.number = c.own_number;
      c.number_since = now;
      c.number_settled = false;
    }
    if (gives || !is_open) c.parted = TrackId();
  }
}

void PictureBuilder::assign_numbers(const std::map<Mmsi, fusion::Association>& bonds, Timestamp now) {
  part_numbers(bonds, now);
  give_numbers_back(bonds, now);
  // Tracks whose own number a station has taken with her: gone on, or come back, as another vessel.
  for (const auto& [mmsi, c] : contacts_) {
    if (c.number == c.own_number) continue;
    const auto owner = numbers_.track_of(c.number);
    const auto bond = bonds.find(mmsi);
    if (!owner || !radar_.contains(*owner) || (bond != bonds.end() && bond->second.track == *owner)) continue;
    numbers_.renumber(*owner, now);
  }
  for (const auto& [mmsi, bond] : bonds) {
    Contact& c = contacts_.at(mmsi);
    const Track& track = radar_.at(bond.track).track;
    const Timestamp since = numbers_.since(track);
    if (!c.number_settled && since <= c.number_since) {
      c.number = numbers_.of(bond.track);
      c.number_since = since;
      c.number_taken = now;
    }
    c.number_settled = true;
  }
  for (const auto& [id, radar] : radar_) numbers_.note_seen(id, now);
  numbers_.forget_unseen(now);
}

SystemTrackId PictureBuilder::number_of(TrackId track) const {
  const auto bond = joined_.find(track);
  return bond == joined_.end() ? numbers_.of(track) : contacts_.at(bond->second.mmsi).number;
}

// Numbers that are no longer shown: the vessel has another by now, or none.
void PictureBuilder::note_gone(const Picture& picture, const std::map<Mmsi, fusion::Association>& bonds,
                               PictureChange& change) {
  for (auto it = shown_.begin(); it != shown_.end();) {
    const auto& [id, was] = *it;
    if (std::ranges::binary_search(picture.tracks, id, {}, &SystemTrack::id)) {
      ++it;
      continue;
    }
    if (was.radar && radar_.contains(was.track)) {
      change.merged.push_back({id, number_of(was.track)});
      ++counters_.merges;
    } else if (const auto bond = bonds.find(was.mmsi); !was.radar && bond != bonds.end()) {
      change.merged.push_back({id, number_of(bond->second.track)});
      ++counters_.merges;
    } else {
      change.dropped.push_back(id);
    }
    it = shown_.erase(it);
  }
}

TrackId PictureBuilder::radar_track_shown_as(SystemTrackId number) const {
  const auto shown = shown_.find(number);
  return shown == shown_.end() ? TrackId(number.value()) : shown->second.track;
}

}  // namespace headland::picture
