// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/cat240_source.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

#include "codec/asterix/block.hpp"

namespace headland::station {
namespace {

// A radar's own clock is believed while it agrees with the reception this well, and again only when it agrees better:
// times must not leap to and fro while it drifts through the limit.
constexpr Duration clock_tolerance = std::chrono::seconds(2);
constexpr Duration clock_is_good = std::chrono::seconds(1);
// A spoke wider than this is none: the width is not taken from such a step.
constexpr double width_max_rad = 0.1;

}  // namespace

void Cat240Source::process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) {
  ++counters_.datagrams;
  asterix::BlockReader blocks(datagram);
  while (!blocks.at_end()) {
    const auto block = blocks.next();
    if (!block) return reject(block.error());
    if (block->category != 240) {
      reject({asterix::FaultReason::wrong_category, block->offset});
      continue;
    }
    asterix::Cat240Reader records(*block);
    while (!records.at_end()) {
      const auto record = records.next();
      if (!record) {
        reject(record.error());
      } else if (const auto* video = std::get_if<asterix::Cat240Video>(&*record)) {
        add(*video, received, out);
      }
    }
  }
}

void Cat240Source::add(const asterix::Cat240Video& video, Timestamp received, std::vector<SpokeBlock>& out) {
  using Step = asterix::SequenceCheck::Step;
  const auto check = sequence_.check(video.sequence);
  // A repeated or late number alone is no reason to throw video away: some radars never count.
  if (check.step == Step::repeated && is_last(video)) {
    ++counters_.rejected["repeated"];
    return;
  }
  builder_.apply_pending(out);
  if (check.step == Step::lost) {
    ++counters_.gaps;
    counters_.lost_spokes += check.missing;
    builder_.gap({check.missing, GapReason::lost_on_wire}, out);
  }
  const bool joins = asterix::continues(video, builder_.open());
  const bool is_rest = !joins && is_rest_of_lost(video, check.step == Step::lost);
  last_ = {video.sequence, video.start_azimuth, video.end_azimuth, video.start_cell, is_rest};
  if (is_rest) {
    ++counters_.rejected["beginning-lost"];
    return;
  }
  if (joins) {
    note_joint(video.start_cell);
    counters_.lossy_cells += asterix::append_spoke(video, received, builder_.open()).lossy_cells;
    return;
  }
  const Timestamp time = time_of(video, received);
  if (builder_.is_full(time) || !asterix::fits(video, builder_.open())) builder_.close(out);
  counters_.lossy_cells += asterix::append_spoke(video, time, builder_.open()).lossy_cells;
  SpokeInfo& spoke = builder_.open().spokes.back();
  spoke.sequence = video.sequence;
  if (spoke.width.radians() == 0.0) spoke.width = width_from_step(spoke.bearing);
  last_bearing_ = spoke.bearing;
  ++counters_.spokes;
}

// Networks with two ways deliver twice.
bool Cat240Source::is_last(const asterix::Cat240Video& video) const {
  return last_ && last_->sequence == video.sequence && last_->start_azimuth == video.start_azimuth &&
         last_->end_azimuth == video.end_azimuth && last_->start_cell == video.start_cell;
}

// The parts of a long spoke begin at the same cells in all spokes. One whose beginning was lost must not pass for a
// spoke that begins there: that would be another range, for which everything is learned anew.
bool Cat240Source::is_rest_of_lost(const asterix::Cat240Video& video, bool lost) const {
  if (std::ranges::find(joints_, video.start_cell) == joints_.end()) return false;
  const bool follows =
      last_ && last_->is_rest && last_->start_azimuth == video.start_azimuth && last_->end_azimuth == video.end_azimuth;
  return lost || follows;
}

void Cat240Source::note_joint(std::uint32_t start_cell) {
  constexpr std::size_t most = 16;
  if (std::ranges::find(joints_, start_cell) != joints_.end()) return;
  if (joints_.size() == most) joints_.erase(joints_.begin());
  joints_.push_back(start_cell);
}

// Radars that send equal start and end azimuths: the step to the last spoke is the width.
Angle Cat240Source::width_from_step(Bearing bearing) {
  if (last_bearing_) {
    const double step = std::abs((bearing - *last_bearing_).radians());
    if (step > 0.0 && step < width_max_rad) step_ = Angle(Radians(step));
  }
  return step_;
}

Timestamp Cat240Source::time_of(const asterix::Cat240Video& video, Timestamp received) {
  if (!video.time_of_day) return received;
  const Timestamp own = asterix::resolve_time_of_day(*video.time_of_day, received);
  const Duration limit = is_clock_believed_ ? clock_tolerance : clock_is_good;
  is_clock_believed_ = own - received <= limit && received - own <= limit;
  if (!is_clock_believed_) {
    ++counters_.rejected["time-of-day-off"];
    return received;
  }
  return own;
}

void Cat240Source::reject(const asterix::Fault& fault) {
  ++counters_.rejected[std::string(asterix::name_of(fault.reason))];
}

}  // namespace headland::station
