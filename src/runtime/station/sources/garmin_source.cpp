// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/sources/garmin_source.hpp"

#include "codec/garmin/report.hpp"
#include "codec/garmin/spoke.hpp"

namespace headland::station {

void GarminSource::process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) {
  ++counters_.datagrams;
  if (garmin::is_report(datagram)) {
    const auto report = garmin::read_report(datagram);
    if (!report) return reject(name_of(report.error().reason));
    return note_settings(settings_of(*report), counters_);
  }
  const auto spoke = garmin::read_spoke(datagram);
  if (!spoke) return reject(name_of(spoke.error().reason));
  const std::uint32_t back = last_angle_ ? garmin::spokes_back(*last_angle_, spoke->angle) : garmin::spokes_per_turn;
  if (drop_repeated(received, back, 1)) return;
  begin_spoke(last_angle_ ? garmin::spokes_lost(*last_angle_, spoke->angle) : 0, out);
  last_angle_ = spoke->angle;
  if (builder_.is_full(received) || !garmin::fits(builder_.open())) builder_.close(out);
  garmin::append_spoke(*spoke, received, builder_.open());
  end_spoke();
}

}  // namespace headland::station
