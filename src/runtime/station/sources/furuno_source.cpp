// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/sources/furuno_source.hpp"

#include <algorithm>
#include <numbers>

#include "codec/furuno/announcement.hpp"

namespace headland::station {
namespace {

constexpr double usual_step = 12.0;        // of a frame of one spoke, the first ever
constexpr std::uint32_t widest_step = 91;  // 4 deg: farther apart are no neighbours
constexpr double smoothing = 1.0 / 32.0;
constexpr std::uint32_t near_north = 91;
constexpr std::uint32_t reordered = 128;  // a sequence number so far ahead is one of before

std::uint32_t step_between(std::uint16_t before, std::uint16_t now) {
  return (now + furuno::steps_per_turn - before) % furuno::steps_per_turn;
}

// The mean step within a frame, for the first width. Reads the frame with a memory of its own.
double mean_step(std::span<const std::uint8_t> datagram, const furuno::FrameHead& head) {
  furuno::Memory memory;
  std::optional<std::uint16_t> first;
  std::uint32_t turned = 0;
  std::uint32_t steps = 0;
  for (furuno::SpokeReader reader(datagram, head, memory); !reader.at_end();) {
    const auto spoke = reader.next();
    if (!spoke) break;
    const std::uint32_t step = first ? step_between(*first, spoke->angle) : 0;
    if (step > 0 && step <= widest_step) turned += step, ++steps;
    first = spoke->angle;
  }
  return steps == 0 ? usual_step : static_cast<double>(turned) / steps;
}

}  // namespace

void FurunoSource::process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) {
  ++counters_.datagrams;
  if (furuno::is_announcement(datagram)) {
    const auto announcement = furuno::read_announcement(datagram);
    if (announcement && announcement->model[0] != 0) {
      counters_.protocol = furuno::protocol_name(announcement->model.data());
    }
  } else if (furuno::text_in(datagram).empty()) {
    read_frame(received, datagram, out);
  }
}

void FurunoSource::read_frame(Timestamp received, std::span<const std::uint8_t> datagram,
                              std::vector<SpokeBlock>& out) {
  const auto head = furuno::read_frame_head(datagram);
  if (!head) return reject(name_of(head.error().reason));
  const std::uint32_t frames = last_sequence_ ? furuno::frames_lost(*last_sequence_, head->sequence) : 0;
  // The sequence counts modulo 256: of a frame that comes twice, all others are lost.
  const std::uint32_t back = last_sequence_ ? (255 - frames) * head->spokes : furuno::steps_per_turn;
  if (drop_repeated(received, back, head->spokes)) return;
  last_sequence_ = head->sequence;
  // Which range lost frames were of nobody knows. Cells that are copied from the last spoke of a lost one are not
  // known.
  if (frames != 0) memory_ = {};
  if (frames < reordered) lost_spokes_ += frames * head->spokes;
  if (head->range_b) return reject("second-range", head->spokes);
  // All that a frame tells of how the radar is set: pulse and gain go with the range.
  VideoSettings settings;
  settings.range_m = head->range_m;
  note_settings(settings, counters_);
  std::uint32_t lost = std::exchange(lost_spokes_, 0);
  pacer_.begin(received, head->spokes, frames == 0);
  if (step_ == 0.0) step_ = mean_step(datagram, *head);
  furuno::SpokeReader reader(datagram, *head, memory_);
  for (std::size_t i = 0; !reader.at_end(); ++i) {
    const auto spoke = reader.next();
    if (!spoke) {
      reject(name_of(spoke.error().reason));
      memory_ = {};
      continue;
    }
    follow_step(spoke->angle);
    if (spoke->cells.empty()) {
      reject("copied-from-lost");
      ++lost;
      continue;
    }
    begin_spoke(std::exchange(lost, 0), out);
    const Timestamp time = pacer_.time_of(i);
    const furuno::Direction direction{heading_of(*spoke, time),
                                      Angle(Radians(step_ * (2.0 * std::numbers::pi / furuno::steps_per_turn)))};
    if (builder_.is_full(time) || !furuno::fits(direction, builder_.open())) builder_.close(out);
    furuno::append_spoke(*head, *spoke, direction, time, builder_.open());
    end_spoke();
  }
  lost_spokes_ += lost;
}

// The wire has 0 for no heading and for north: the latter only where the heading was near it just before, and where it
// stays 0 for longer than a heading that is missing is held.
std::optional<std::uint16_t> FurunoSource::heading_of(const furuno::Spoke& spoke, Timestamp time) {
  if (config_.reference == BearingReference::head_up) return std::nullopt;
  const bool was_near_north =
      last_heading_ && (*last_heading_ < near_north || *last_heading_ > furuno::steps_per_turn - near_north);
  SpokeHeading told;
  if (spoke.heading != 0) {
    last_heading_ = spoke.heading;
    heading_told_ = time;
    told = {BearingReference::true_north, spoke.heading};
  } else if (!was_near_north) {
    last_heading_.reset();
  } else if (time - heading_told_ >= HeadingHold::held) {
    told = {BearingReference::true_north, 0};
  }
  const SpokeHeading settled = hold_.settle(told, time);
  if (settled.reference == BearingReference::head_up) return std::nullopt;
  return settled.heading;
}

void FurunoSource::follow_step(std::uint16_t angle) {
  const std::uint32_t step = last_angle_ ? step_between(*last_angle_, angle) : 0;
  last_angle_ = angle;
  if (step > 0 && step <= widest_step) step_ += (step - step_) * smoothing;
}

}  // namespace headland::station
