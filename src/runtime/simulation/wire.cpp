// SPDX-License-Identifier: Apache-2.0
#include "runtime/simulation/wire.hpp"

#include <cmath>
#include <numbers>

#include "codec/ais/encode.hpp"
#include "codec/asterix/cat240_spokes.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland::simulation {
namespace {

std::uint16_t azimuth_units(double radians) {
  const double turns = radians / (2.0 * std::numbers::pi);
  return static_cast<std::uint16_t>(std::llround((turns - std::floor(turns)) * 65536.0) & 0xFFFF);
}

struct PayloadOf {
  std::optional<ais::Payload> operator()(const VesselReport& r) const { return ais::encode(r); }
  std::optional<ais::Payload> operator()(const VesselParticulars& p) const { return ais::encode(p); }
  std::optional<ais::Payload> operator()(const BaseStationReport& b) const { return ais::encode(b); }
  std::optional<ais::Payload> operator()(const AidToNavigation& a) const { return ais::encode(a); }
};

// Vessels alternate between the channels. Both parts of a static report of class B stay on one, because receivers
// join them by channel.
struct ChannelOf {
  char operator()(const VesselReport& r) const { return r.channel == 0 ? 'A' : r.channel; }
  char operator()(const VesselParticulars& p) const { return p.mmsi.value() % 2 == 0 ? 'A' : 'B'; }
  char operator()(const BaseStationReport&) const { return 'A'; }
  char operator()(const AidToNavigation&) const { return 'B'; }
};

}  // namespace

void to_cat240(const SpokeBlock& block, const SpokeInfo& spoke, std::vector<std::uint8_t>& out) {
  asterix::Cat240Video video;
  video.sic = static_cast<std::uint8_t>(block.sensor.value());
  video.sequence = spoke.sequence;
  const double half = spoke.width.radians() / 2.0;
  video.start_azimuth = azimuth_units(spoke.bearing.radians() - half);
  video.end_azimuth = azimuth_units(spoke.bearing.radians() + half);
  video.start_cell = static_cast<std::uint32_t>(std::lround(spoke.range_start / spoke.cell_size));
  video.cell_duration_fs =
      static_cast<std::uint64_t>(std::llround(2e15 * spoke.cell_size.value() / speed_of_light_mps));
  video.cell_count = spoke.cell_count;
  video.cells = block.cells(spoke);
  video.time_of_day = asterix::time_of_day_of(spoke.time);
  out.clear();
  asterix::encode_video(video, asterix::CellDurationItem::femto, out);
}

void to_sentences(const scenario::AisTransmission& sent, bool tag_block, unsigned& sequence, std::string& out) {
  const auto payload = std::visit(PayloadOf{}, sent.message);
  if (!payload) return;
  nmea::VdmFraming framing;
  framing.channel = std::visit(ChannelOf{}, sent.message);
  framing.sequence = sequence;
  sequence = (sequence + 1) % 10;
  if (tag_block) framing.time = sent.time;
  nmea::write_vdm(*payload, framing, out);
}

}  // namespace headland::simulation
