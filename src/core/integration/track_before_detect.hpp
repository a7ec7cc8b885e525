// SPDX-License-Identifier: Apache-2.0
// Weak echoes that hold together over 5 to 20 turns, as plots: the stage between the plot extractor and the tracker.
//
// Takes the same hits as the plot extractor and the sectors that this gave, and gives these out with the plots of weak
// paths in them, a few rows behind the beam. Nothing comes back from the tracker: the result depends on hits and
// sectors alone, so a replay repeats it. An echo that has a plot gets no second one, and what a plot said is not
// counted again: an integrated plot carries the evidence that no other has told (`Plot::evidence`).
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "core/integration/config.hpp"
#include "core/plots/plot.hpp"
#include "core/video/hits.hpp"
#include "core/video/mask.hpp"

namespace headland::integration {

class TrackBeforeDetect {
 public:
  explicit TrackBeforeDetect(const Config& config);
  ~TrackBeforeDetect();
  TrackBeforeDetect(TrackBeforeDetect&&) noexcept;
  TrackBeforeDetect& operator=(TrackBeforeDetect&&) noexcept;

  // Land and blanked sectors, in the bearing reference of the spokes: nothing is looked for there.
  void set_mask(RangeAzimuthMask mask);

  // `turn_time` and whether the video is thresholded are what the signal stage knows; without a turn time, and of
  // thresholded video, sectors pass as they are. `sectors`: what the extractor gave of these hits; moved from.
  void process(const HitBlock& in, std::optional<Seconds> turn_time, bool thresholded, std::vector<PlotSector>& sectors,
               std::vector<PlotSector>& out);
  // The end of the input: what waits comes out.
  void finish(std::vector<PlotSector>& sectors, std::vector<PlotSector>& out);

  [[nodiscard]] const Counters& counters() const;
  [[nodiscard]] const Config& config() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace headland::integration
