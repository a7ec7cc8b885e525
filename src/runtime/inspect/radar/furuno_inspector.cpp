// SPDX-License-Identifier: Apache-2.0
#include "runtime/inspect/radar/furuno_inspector.hpp"

#include <numbers>

#include "codec/furuno/announcement.hpp"

namespace headland::inspect {
namespace {

constexpr double radians_per_step = 2.0 * std::numbers::pi / furuno::steps_per_turn;

void add_spoke(const furuno::FrameHead& head, const furuno::Spoke& spoke, Timestamp time, SpokeStatistics& s) {
  ++s.spokes;
  s.cells.add(head.cell_m());
  s.ranges.add(head.cell_m() * head.cells);
  s.headings.add(spoke.heading == 0 ? HeadingOf::none : HeadingOf::true_north, spoke.heading * radians_per_step);
  // Turns of the antenna, not of the ship: north is the bow here.
  s.turns.add(Bearing(Radians(spoke.angle * radians_per_step)), time);
}

}  // namespace

bool FurunoInspector::add(const Piece& piece) {
  const bool is_frame = furuno::is_frame(piece.payload);
  const bool is_announcement = furuno::is_announcement(piece.payload);
  const bool is_arpa = furuno::is_arpa(furuno::text_in(piece.payload));
  if (!is_frame && !is_announcement && !is_arpa) return false;
  Device* device = stream_of(devices_, piece.source.address);
  if (device == nullptr) return false;
  if (is_frame) {
    add_frame(piece, *device);
    return true;
  }
  device->ranges[0].stream.note(piece, is_arpa ? "arpa" : "announcement");
  if (!is_announcement) return true;
  const auto announcement = furuno::read_announcement(piece.payload);
  if (announcement && announcement->model[0] != 0) device->model = announcement->model.data();
  return true;
}

void FurunoInspector::add_frame(const Piece& piece, Device& device) {
  const auto head = furuno::read_frame_head(piece.payload);
  if (!head) {
    device.ranges[0].stream.note_spokes(piece);
    device.ranges[0].stream.reject(name_of(head.error().reason));
    return;
  }
  Range& range = device.ranges[head->range_b ? 1 : 0];
  range.stream.note_spokes(piece);
  if (device.last_sequence && furuno::frames_lost(*device.last_sequence, head->sequence) > 0)
    ++range.stream.spokes.gaps;
  device.last_sequence = head->sequence;
  for (furuno::SpokeReader reader(piece.payload, *head, range.memory); !reader.at_end();) {
    const auto spoke = reader.next();
    if (spoke) {
      add_spoke(*head, *spoke, piece.time.value_or(Timestamp{}), range.stream.spokes);
    } else {
      range.stream.reject(name_of(spoke.error().reason));
    }
  }
}

void FurunoInspector::report(std::vector<StreamReport>& out) const {
  for (const auto& [address, device] : devices_) {
    const bool is_radar = device.ranges[0].stream.has_spokes || device.ranges[1].stream.has_spokes;
    const std::string protocol = is_radar ? furuno::protocol_name(device.model) : "furuno";
    for (const Range& range : device.ranges) {
      if (range.stream.datagrams > 0) out.push_back(range.stream.report(protocol));
    }
  }
}

}  // namespace headland::inspect
