// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/sources/rd_source.hpp"

#include "core/base/little_endian.hpp"

namespace headland::station {

void RdSource::process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) {
  ++counters_.datagrams;
  if (datagram.size() < 4) return reject("truncated");
  const std::uint32_t type = read_u32(datagram.data());
  if (type == raymarine::rd_status_type) {
    const auto status = raymarine::read_rd_status(datagram);
    if (!status) return reject(name_of(status.error().reason));
    range_.note(*status);
    note_settings(status->settings, counters_);
  } else if (type == raymarine::rd_frame_type) {
    read_frame(received, datagram, out);
  } else if (type >> 16 != raymarine::rd_frame_type >> 16) {
    reject("wrong-type");  // others of its kind come on the same group, and are not understood
  }
}

void RdSource::read_frame(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) {
  std::vector<std::pair<std::size_t, raymarine::RdSpoke>> spokes;  // with their places in the frame
  raymarine::RdFrameReader reader(datagram);
  const std::size_t in_frame = reader.left();
  for (std::size_t place = 0; !reader.at_end(); ++place) {
    const auto spoke = reader.next();
    if (spoke) {
      spokes.emplace_back(place, *spoke);
    } else {
      reject(name_of(spoke.error().reason));
    }
  }
  if (spokes.empty()) return;
  if (!range_.range_m()) return reject(name_of(raymarine::FaultReason::range_not_known), spokes.size());
  const std::uint32_t back = last_azimuth_ ? raymarine::azimuths_back(*last_azimuth_, spokes.front().second.azimuth)
                                           : raymarine::rd_spokes_per_turn;
  // Where the range changes the radar itself repeats azimuths.
  if (!range_.is_changing() && drop_repeated(received, back, spokes.size())) return;
  const auto lost_before = [this](const raymarine::RdSpoke& spoke) {
    return last_azimuth_ ? raymarine::azimuths_lost(*last_azimuth_, spoke.azimuth) : 0U;
  };
  // Spokes that cannot be read took their time, too.
  pacer_.begin(received, in_frame, lost_before(spokes.front().second) == spokes.front().first);
  for (const auto& [place, spoke] : spokes) {
    if (range_.is_changing()) {
      leave_out(spoke);
      continue;
    }
    begin_spoke(lost_before(spoke), out);
    last_azimuth_ = spoke.azimuth;
    const Timestamp time = pacer_.time_of(place);
    if (builder_.is_full(time) || !raymarine::fits_rd(builder_.open())) builder_.close(out);
    raymarine::append_spoke(spoke, *range_.range_m(), time, builder_.open());
    end_spoke();
  }
}

// Nobody knows which range it is of: not seen.
void RdSource::leave_out(const raymarine::RdSpoke& spoke) {
  range_.pass();
  last_azimuth_ = spoke.azimuth;
  reject("range-changes");
  builder_.note_gap({1, GapReason::not_transmitted});
}

}  // namespace headland::station
