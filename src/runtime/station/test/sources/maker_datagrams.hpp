// SPDX-License-Identifier: Apache-2.0
// Datagrams of Garmin, Furuno and Raymarine radars made by hand, and a radar that hears them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "runtime/station/radar/radar_decoder.hpp"

namespace headland::station::test {

using Datagram = std::vector<std::uint8_t>;

inline const Timestamp start = from_epoch_seconds(1'700'000'000.0);

inline void put(Datagram& d, std::size_t at, std::uint32_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) d[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

inline Datagram garmin_spoke(std::uint16_t angle) {
  Datagram d(36 + 100, 9);
  for (std::size_t i = 0; i < 36; ++i) d[i] = 0;
  put(d, 0, 0x0998, 4), put(d, 4, 128, 4), put(d, 8, 1, 2), put(d, 10, 128, 2), put(d, 12, angle, 2);
  put(d, 16, 1852, 4), put(d, 20, 597, 4), put(d, 26, 100, 2), put(d, 30, 100, 4);
  return d;
}

// Two spokes of four cells each, 12 apart.
inline Datagram furuno_frame(std::uint8_t sequence, std::uint16_t angle, std::uint16_t heading, bool range_b = false) {
  Datagram d{2, sequence, 0, 1, 0, 0, 0, 0, 5, 4, 4, 3 << 3, 1, 0, 2, 0};
  if (range_b) d[15] = 0x40;
  for (unsigned i = 0; i < 2; ++i) {
    d.resize(d.size() + 8, 40);
    put(d, d.size() - 8, angle + 12 * i, 2), put(d, d.size() - 6, heading, 2);
  }
  return d;
}

inline Datagram quantum_spoke(std::uint16_t sequence, std::uint16_t azimuth) {
  Datagram d(24, 50);
  for (std::size_t i = 0; i < 20; ++i) d[i] = 0;
  put(d, 0, 0x280003, 4), put(d, 4, sequence, 2), put(d, 8, 4, 2), put(d, 10, 250, 2), put(d, 14, 2, 2);
  put(d, 16, azimuth, 2), put(d, 18, 4, 2);
  return d;
}
inline Datagram quantum_status() {
  Datagram d(260, 0);
  put(d, 0, 0x280002, 4), put(d, 148, 1000, 4);
  return d;
}

inline Datagram rd_frame(std::uint16_t azimuth, std::uint32_t spokes) {
  Datagram d(32, 0);
  put(d, 0, 0x010003, 4), put(d, 8, 28, 4), put(d, 12, spokes, 4);
  for (std::uint32_t i = 0; i < spokes; ++i) {
    const std::size_t at = d.size();
    d.resize(at + 56, 0);
    put(d, at, 1, 4), put(d, at + 4, 40, 4), put(d, at + 8, azimuth + i, 4);
    put(d, at + 40, 3, 4), put(d, at + 44, 16, 4), put(d, at + 48, 4, 4);
    d[at + 52] = 0x5C, d[at + 53] = 255, d[at + 54] = 0x11, d[at + 55] = 0x22;
  }
  return d;
}
// `thousandths` of a nautical mile.
inline Datagram rd_status(std::uint32_t thousandths = 1500) {
  Datagram d(245, 0);
  put(d, 0, 0x010001, 4), put(d, 4, thousandths, 4);
  return d;
}

class Radar {
 public:
  explicit Radar(const std::string& protocol, std::optional<BearingReference> reference = std::nullopt) {
    RadarDecoderConfig config;
    config.sensor = SensorId(3);
    config.protocol = protocol;
    config.reference = reference;
    decoder_ = make_radar_decoder(config);
  }
  void hears(double ms, const Datagram& datagram) {
    decoder_->process(start + std::chrono::microseconds(static_cast<std::int64_t>(ms * 1000)), datagram, blocks_);
  }
  std::vector<SpokeInfo> spokes() {
    decoder_->flush(blocks_);
    std::vector<SpokeInfo> out;
    for (const auto& block : blocks_) out.insert(out.end(), block.spokes.begin(), block.spokes.end());
    return out;
  }
  [[nodiscard]] const std::vector<SpokeBlock>& blocks() const { return blocks_; }
  [[nodiscard]] const RadarDecoderCounters& counters() const { return decoder_->counters(); }

 private:
  std::unique_ptr<RadarDecoder> decoder_;
  std::vector<SpokeBlock> blocks_;
};

inline double ms_after_start(const SpokeInfo& spoke) { return to_seconds(spoke.time - start).value() * 1000.0; }

}  // namespace headland::station::test
