// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/sources/quantum_source.hpp"

#include "core/base/little_endian.hpp"

namespace headland::station {
namespace {

constexpr std::uint32_t reordered = 32768;  // a sequence number so far ahead is one of before

}  // namespace

void QuantumSource::process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) {
  ++counters_.datagrams;
  if (datagram.size() < 4) return reject("truncated");
  const std::uint32_t type = read_u32(datagram.data());
  if (type == raymarine::quantum_status_type) {
    const auto status = raymarine::read_quantum_status(datagram);
    if (!status) return reject(name_of(status.error().reason));
    range_.note(*status);
    note_settings(settings_of(*status), counters_);
  } else if (type == raymarine::quantum_spoke_type) {
    const auto spoke = raymarine::read_quantum_spoke(datagram);
    if (!spoke) return reject(name_of(spoke.error().reason));
    add(received, *spoke, out);
  } else if (type >> 16 != raymarine::quantum_spoke_type >> 16) {
    reject("wrong-type");  // others of its kind come on the same group, and are not understood
  }
}

void QuantumSource::add(Timestamp received, const raymarine::QuantumSpoke& spoke, std::vector<SpokeBlock>& out) {
  const std::uint32_t ahead = last_sequence_ ? raymarine::spokes_lost(*last_sequence_, spoke.sequence) : 0;
  // The sequence counts modulo 65536: of a spoke that comes twice, all others are lost.
  const std::uint32_t back = last_sequence_ ? 65535U - ahead : reordered;
  if (drop_repeated(received, back, 1)) return;
  last_sequence_ = spoke.sequence;
  const auto cell_m = range_.cell_m(spoke);
  if (!cell_m) return reject(name_of(raymarine::FaultReason::range_not_known));
  const std::uint32_t lost = ahead < reordered ? ahead : 0;
  begin_spoke(lost, out);
  const Timestamp time = clock_.time_of(received, lost + 1);
  if (builder_.is_full(time) || !raymarine::fits_quantum(builder_.open())) builder_.close(out);
  raymarine::append_spoke(spoke, *cell_m, time, builder_.open());
  end_spoke();
}

}  // namespace headland::station
