// SPDX-License-Identifier: Apache-2.0
// Edges of a radar's sectors where all its bearings are turned by an angle that changes from sector to sector (own
// heading, what registration takes off): each begins where the one before it ended, so that the beam's passage has
// neither gaps nor overlaps for that.
#pragma once

#include "core/plots/plot.hpp"

namespace headland {

class EdgeStitcher {
 public:
  // Turns the edges of the radar's next sector, clockwise by `begin_by` and `end_by` (rad, any multiple of 2 pi apart),
  // and what is blanked of it between them; its plots are the caller's. `turn` goes with them: it counts passages of
  // north as they are after the turn. A whole turn in one sector keeps its width, and so its limits: they go on from
  // where they were first.
  void turn(PlotSector& sector, Angle begin_by, Angle end_by);

  struct Snapshot {
    bool begun = false;
    double raw_to_rad = 0.0;  // unrolled: 2 pi * turn + bearing
    double offset_rad = 0.0;  // unrolled edge after the turn minus the one before
    Bearing to;               // after the turn
  };
  [[nodiscard]] const Snapshot& snapshot() const { return s_; }
  void restore(const Snapshot& snapshot) { s_ = snapshot; }

 private:
  Snapshot s_;  // the end of the last sector
};

}  // namespace headland
