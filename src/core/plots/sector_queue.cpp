// SPDX-License-Identifier: Apache-2.0
#include "core/plots/sector_queue.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/video/azimuth_clock.hpp"

namespace headland::plots {
namespace {

AntennaPosition half_width(const HitSpoke& spoke) {
  return static_cast<AntennaPosition>(spoke.width.radians() * (4294967296.0 / (4.0 * 3.14159265358979323846)));
}

// The time at which the antenna passed `position`, on a straight line between two spokes.
Timestamp time_between(Timestamp t0, AntennaPosition p0, Timestamp t1, AntennaPosition p1, AntennaPosition position) {
  if (p1 <= p0) return t1;
  const double share = static_cast<double>(position - p0) / static_cast<double>(p1 - p0);
  const double nanoseconds = static_cast<double>((t1 - t0).count()) * std::clamp(share, 0.0, 1.0);
  return t0 + Duration(static_cast<std::int64_t>(nanoseconds));
}

}  // namespace

std::int64_t SectorQueue::sector_of(AntennaPosition position) const {
  if (position < 0) return 0;
  const std::int64_t turn = position >> 32;
  const std::int64_t inside = (position & 0xFFFFFFFF) * sectors_per_turn_ >> 32;
  return turn * sectors_per_turn_ + inside;
}

AntennaPosition SectorQueue::start_of(std::int64_t sector) const {
  const std::int64_t turn = sector / sectors_per_turn_;
  const std::int64_t inside = sector % sectors_per_turn_;
  // Rounded up: the first position for which sector_of gives this sector.
  return (turn << 32) + ((inside << 32) + sectors_per_turn_ - 1) / sectors_per_turn_;
}

void SectorQueue::open(const HitSpoke& spoke, const HitBlock& block) {
  const std::int64_t sector = sector_of(spoke.position);
  if (!started_) {
    started_ = true;
    oldest_ = next_ = sector;
    covered_to_ = spoke.position - half_width(spoke);
    carried_ = 0;
    last_time_ = spoke.time;
    last_position_ = spoke.position;
  }
  while (next_ <= sector) append(spoke, block);
  cover(spoke);
  if (sector >= oldest_ && !open_.empty()) {
    OpenSector& at = open_[static_cast<std::size_t>(sector - oldest_)];
    PlotSector& s = at.sector;
    const Metres far = spoke.range_start + static_cast<double>(spoke.cell_count) * spoke.cell_size;
    s.range_min = at.visited ? std::min(s.range_min, spoke.range_start) : spoke.range_start;
    s.range_max = at.visited ? std::max(s.range_max, far) : far;
    s.began = at.visited ? std::min(s.began, spoke.time) : spoke.time;
    s.ended = at.visited ? std::max(s.ended, spoke.time) : spoke.time;
    if (!at.visited && block.site) s.site = block.site->position;
    at.visited = true;
  }
  if (spoke.position >= last_position_) {
    last_position_ = spoke.position;
    last_time_ = spoke.time;
  }
}

void SectorQueue::append(const HitSpoke& spoke, const HitBlock& block) {
  OpenSector fresh;
  PlotSector& s = fresh.sector;
  s.sensor = block.sensor;
  s.reference = block.reference;
  s.turn = static_cast<std::uint32_t>(next_ / sectors_per_turn_);
  s.sector = static_cast<std::uint32_t>(next_ % sectors_per_turn_);
  s.sectors_per_turn = sectors_per_turn_;
  s.from = bearing_of(start_of(next_));
  s.to = bearing_of(start_of(next_ + 1));
  s.range_min = spoke.range_start;
  s.range_max = spoke.range_start + static_cast<double>(spoke.cell_count) * spoke.cell_size;
  if (block.site) s.site = block.site->position;
  s.began = time_between(last_time_, last_position_, spoke.time, spoke.position, start_of(next_));
  s.ended = time_between(last_time_, last_position_, spoke.time, spoke.position, start_of(next_ + 1));
  fresh.covered = std::exchange(carried_, 0);
  ++next_;
  open_.push_back(std::move(fresh));
}

void SectorQueue::cover(const HitSpoke& spoke) {
  AntennaPosition from = std::max(covered_to_, spoke.position - half_width(spoke));
  const AntennaPosition to = spoke.position + half_width(spoke);
  while (from < to) {
    const std::int64_t sector = sector_of(from);
    const AntennaPosition end = std::min(to, start_of(sector + 1));
    if (sector >= next_) {
      carried_ += end - from;
    } else if (sector >= oldest_ && !open_.empty()) {
      open_[static_cast<std::size_t>(sector - oldest_)].covered += end - from;
    }
    from = end;
  }
  covered_to_ = std::max(covered_to_, to);
}

bool SectorQueue::put(const Plot& plot, AntennaPosition position, std::uint32_t limit, bool& stored) {
  const std::int64_t own = sector_of(position);
  const std::int64_t sector = std::clamp(own, oldest_, next_ - 1);
  OpenSector& at = open_[static_cast<std::size_t>(sector - oldest_)];
  stored = at.sector.plots.size() < limit;
  if (stored) {
    at.sector.plots.push_back(plot);
    at.positions.push_back(position);
  }
  return own >= oldest_;
}

PlotSector SectorQueue::pop() {
  OpenSector oldest = std::move(open_.front());
  open_.pop_front();
  const AntennaPosition length = start_of(oldest_ + 1) - start_of(oldest_);
  ++oldest_;
  PlotSector& s = oldest.sector;
  // Spokes stand for a rounded angle: a turn without loss may come out a millionth short.
  const double seen = static_cast<double>(oldest.covered) / static_cast<double>(length);
  s.seen = std::min(1.0, seen > 1.0 - 1e-5 ? 1.0 : seen);
  std::vector<std::size_t> order(s.plots.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (oldest.positions[a] != oldest.positions[b]) return oldest.positions[a] < oldest.positions[b];
    if (s.plots[a].range != s.plots[b].range) return s.plots[a].range < s.plots[b].range;
    return a < b;
  });
  std::vector<Plot> sorted;
  sorted.reserve(order.size());
  for (const std::size_t i : order) sorted.push_back(s.plots[i]);
  s.plots = std::move(sorted);
  return std::move(s);
}

void SectorQueue::restart() {
  open_.clear();
  started_ = false;
}

}  // namespace headland::plots
