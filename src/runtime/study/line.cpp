// SPDX-License-Identifier: Apache-2.0
#include "runtime/study/line.hpp"

#include "runtime/station/picture/tracker_settings.hpp"

namespace headland::study {

Line::Line(const config::RadarSection& section)
    : chain_(section, SensorId(1)),
      tracker_(station::tracker_settings(config::TrackerSection{}, station::PlotSource::video)) {}

void Line::process(Timestamp received, std::span<const std::uint8_t> datagram) {
  out_.clear();
  chain_.process(received, datagram, out_);
  for (auto& sector : out_.sectors) {
    updates_.tracks.clear();
    tracker_.process(sector, updates_);
    for (auto& track : updates_.tracks) {
      for (std::size_t c = 0; c < confirmation_count && track.stage == TrackStage::confirmed; ++c) {
        const Confirmation wanted = confirmation_at(c);
        if (track.existence >= wanted.existence && track.plots_used >= wanted.plots)
          confirmed_[c].try_emplace(track.id, Confirmed{track.time, track.state.position});
      }
      tracks.push_back(std::move(track));
    }
    sectors.push_back(std::move(sector));
  }
}

std::uint64_t Line::paths_refused() const {
  const auto* counters = chain_.integration_counters();
  return counters != nullptr ? counters->paths_refused : 0;
}

}  // namespace headland::study
