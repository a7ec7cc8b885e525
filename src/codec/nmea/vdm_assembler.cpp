// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/vdm_assembler.hpp"

#include <algorithm>

namespace headland::nmea {
namespace {

// Sequence and channel, cut to what valid ones need, in a form that can be kept.
std::array<char, 8> marks_of(const VdmPart& part) {
  std::array<char, 8> marks{};
  std::copy_n(part.sequence.begin(), std::min<std::size_t>(part.sequence.size(), 5), marks.begin());
  std::copy_n(part.channel.begin(), std::min<std::size_t>(part.channel.size(), 2), marks.begin() + 6);
  return marks;
}

NmeaFault to_nmea(ais::PayloadFault fault) {
  return static_cast<NmeaFault>(static_cast<unsigned>(NmeaFault::ais_empty_payload) + static_cast<unsigned>(fault));
}

}  // namespace

VdmAssembler::Message* VdmAssembler::find(const VdmPart& part, const std::array<char, 8>& marks) {
  for (Message& m : messages_) {
    if (!m.used || m.marks != marks || m.key.source != part.source || m.key.talker != part.talker ||
        m.key.parts != part.parts || m.key.own_ship != part.own_ship) {
      continue;
    }
    // Stations leave the tag block off later parts; where both have a group it decides.
    if (m.key.group != 0 && part.group != 0 && m.key.group != part.group) continue;
    return &m;
  }
  return nullptr;
}

void VdmAssembler::drop_old(Timestamp time, FaultCounts& faults) {
  for (Message& m : messages_) {
    if (!m.used || (time - m.time <= timeout_ && m.time - time <= timeout_)) continue;
    m.used = false;
    faults.add(NmeaFault::incomplete_message);
  }
}

VdmAssembler::Message& VdmAssembler::begin(const VdmPart& part, const std::array<char, 8>& marks, Timestamp time,
                                           FaultCounts& faults) {
  Message* place = find(part, marks);
  if (place != nullptr) {
    faults.add(NmeaFault::incomplete_message);
  } else {
    // The first free place, else the oldest message's.
    place = &*std::min_element(messages_.begin(), messages_.end(), [](const Message& a, const Message& b) {
      return a.used != b.used ? !a.used : a.used && a.time < b.time;
    });
    if (place->used) faults.add(NmeaFault::too_many_fragments);
  }
  place->used = true;
  place->key = part;
  place->key.sequence = place->key.channel = place->key.letters = {};
  place->marks = marks;
  place->next_part = 1;
  place->time = time;
  place->payload.clear();
  return *place;
}

const ais::Payload* VdmAssembler::add(const VdmPart& part, Timestamp time, FaultCounts& faults) {
  const std::array<char, 8> marks = marks_of(part);
  drop_old(time, faults);
  Message* message = part.part == 1 ? &begin(part, marks, time, faults) : find(part, marks);
  if (message == nullptr) {
    faults.add(NmeaFault::orphan_fragment);
    return nullptr;
  }
  if (message->next_part != part.part) {
    message->used = false;
    faults.add(NmeaFault::incomplete_message);
    return nullptr;
  }
  if (const auto appended = message->payload.append(part.letters, part.fill); !appended) {
    message->used = false;
    faults.add(to_nmea(appended.error()));
    return nullptr;
  }
  message->next_part = part.part + 1;
  if (part.part < part.parts) return nullptr;
  message->used = false;
  return &message->payload;
}

}  // namespace headland::nmea
