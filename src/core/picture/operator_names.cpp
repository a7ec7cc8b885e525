// SPDX-License-Identifier: Apache-2.0
#include "core/picture/operator_names.hpp"

#include <algorithm>
#include <utility>

#include "core/picture/picture_builder.hpp"

namespace headland::picture {

bool OperatorNames::set(SystemTrackId track, OperatorName name) {
  if (name.name.empty()) {
    names_.erase(track);
    return true;
  }
  if (names_.size() >= most_names && !names_.contains(track)) return false;
  Entry& entry = names_[track];
  entry.track = track;
  entry.shown = std::max(entry.shown, name.given);
  entry.given = std::move(name);
  return true;
}

const OperatorName* OperatorNames::find(SystemTrackId track) const {
  const auto at = names_.find(track);
  return at == names_.end() ? nullptr : &at->second.given;
}

void OperatorNames::note_shown(SystemTrackId track, Timestamp now) {
  const auto at = names_.find(track);
  if (at != names_.end()) at->second.shown = std::max(at->second.shown, now);
}

void OperatorNames::forget_unseen(Timestamp now) {
  std::erase_if(names_, [&](const auto& entry) { return now - entry.second.shown > kept_unseen; });
}

std::vector<OperatorNames::Entry> OperatorNames::snapshot() const {
  std::vector<Entry> out;
  out.reserve(names_.size());
  for (const auto& [track, entry] : names_) out.push_back(entry);
  return out;
}

void OperatorNames::restore(const std::vector<Entry>& entries) {
  names_.clear();
  for (const Entry& entry : entries) names_[entry.track] = entry;
}

RenameFault PictureBuilder::rename(SystemTrackId track, OperatorName name) {
  const bool is_radar = radar_.contains(TrackId(track.value())) || shown_.contains(track);
  const bool is_station =
      std::any_of(contacts_.begin(), contacts_.end(), [&](const auto& entry) { return entry.second.number == track; });
  if (!is_radar && !is_station) return RenameFault::no_such_track;
  return names_.set(track, std::move(name)) ? RenameFault::none : RenameFault::too_many;
}

// The name given to the number shown; else to the station by itself, or to the radar track by itself.
void PictureBuilder::add_name(SystemTrack& track, const Contact* contact, Timestamp now) {
  const OperatorName* name = names_.find(track.id);
  names_.note_shown(track.id, now);
  if (contact != nullptr) {
    names_.note_shown(contact->own_number, now);
    if (name == nullptr) name = names_.find(contact->own_number);
  }
  if (track.radar_track != TrackId()) {
    const SystemTrackId own = numbers_.of(track.radar_track);
    names_.note_shown(own, now);
    if (name == nullptr) name = names_.find(own);
  }
  if (name != nullptr) track.operator_name = *name;
}

}  // namespace headland::picture
