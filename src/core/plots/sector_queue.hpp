// SPDX-License-Identifier: Apache-2.0
// The sectors of the turn that are not out yet: filled by spokes and plots, given out in order.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/plots/plot.hpp"
#include "core/video/hits.hpp"

namespace headland::plots {

class SectorQueue {
 public:
  explicit SectorQueue(std::uint32_t sectors_per_turn) : sectors_per_turn_(sectors_per_turn) {}

  // Number of the sector, counted over all turns, of a position (those before 0 belong to sector 0).
  [[nodiscard]] std::int64_t sector_of(AntennaPosition position) const;
  [[nodiscard]] AntennaPosition start_of(std::int64_t sector) const;

  // Opens sectors as far as this spoke; those that the antenna passed unseen become empty ones.
  void open(const HitSpoke& spoke, const HitBlock& block);
  // Puts a plot whose centroid is at `position` into its sector, or the oldest one still here.
  // False: it came late. Nothing is stored beyond `limit` plots a sector; `stored` tells.
  bool put(const Plot& plot, AntennaPosition position, std::uint32_t limit, bool& stored);

  [[nodiscard]] bool empty() const { return open_.empty(); }
  // Where the oldest sector ends.
  [[nodiscard]] AntennaPosition oldest_end() const { return start_of(oldest_ + 1); }
  // Gives out the oldest sector.
  PlotSector pop();
  // Forgets where the antenna was; the queue must be empty.
  void restart();

 private:
  struct OpenSector {
    PlotSector sector;
    std::vector<AntennaPosition> positions;  // of the plots
    AntennaPosition covered = 0;
    bool visited = false;
  };
  void append(const HitSpoke& spoke, const HitBlock& block);
  void cover(const HitSpoke& spoke);

  std::uint32_t sectors_per_turn_;
  std::int64_t oldest_ = 0;
  std::int64_t next_ = 0;  // behind the newest
  bool started_ = false;
  std::deque<OpenSector> open_;
  AntennaPosition covered_to_ = 0;
  AntennaPosition carried_ = 0;  // cover of the sector not open yet
  Timestamp last_time_;
  AntennaPosition last_position_ = 0;
};

}  // namespace headland::plots
