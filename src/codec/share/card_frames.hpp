// SPDX-License-Identifier: Apache-2.0
// Names, particulars and the card of the selected track (stream type 4).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/share/frame.hpp"
#include "core/geo/local_frame.hpp"
#include "core/picture/history.hpp"
#include "core/picture/picture.hpp"

namespace headland::share {

struct CardContext {
  Timestamp now;
  LocalFrame plane;                                      // of the velocities
  std::function<std::string(SensorId)> radar_name = {};  // default "radar N"
  std::span<const HistoryPoint> past = {};               // for the card, oldest first
  std::string story = {};                                // one sentence of the radar track; empty = none
};

// Short forms (id, label, name, mmsi) of `changed`, then the full card of `selected` where given.
[[nodiscard]] Frame attributes_frame(std::span<const SystemTrack* const> changed, const SystemTrack* selected,
                                     const CardContext& context);

// Of a selected track that is there no more: its number and its story.
[[nodiscard]] Frame story_frame(SystemTrackId track, const std::string& story, Timestamp now);

// What a track is called on the chart where it has no name: its number.
[[nodiscard]] std::string label_of(const SystemTrack& track);

}  // namespace headland::share
