// SPDX-License-Identifier: Apache-2.0
// System tracks for other systems, as ASTERIX CAT062 over UDP.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "codec/asterix/cat062.hpp"
#include "core/picture/picture.hpp"
#include "core/registration/radar_registration.hpp"
#include "core/tracking/track.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"

namespace headland::station {

// Of one radar, for its CAT063 record.
struct SensorState {
  SensorId sensor;
  std::uint64_t spokes = 0;  // heard since the start: no more of them, and it is not connected
  registration::Bias taken_off;
};

// Of the radar track that a system track is made of.
[[nodiscard]] std::optional<EastNorthVelocity> velocity_deviation(const SystemTrack& track,
                                                                  std::span<const Track> tracks);

// The messages of one round. `spokes_before`: as of the last one.
[[nodiscard]] std::vector<std::vector<std::uint8_t>> status_messages(
    const config::Cat062Section& section, const std::vector<SensorState>& radars,
    const std::map<SensorId, std::uint64_t>& spokes_before, Timestamp now);

class Cat062Output {
 public:
  // Leaves `out` empty when it is switched off.
  static Expected<void> open(const config::Cat062Section& section, std::unique_ptr<Cat062Output>& out);

  // Sends the picture's radar and AIS vessels when the interval is over. `tracks`: the tracker's, in order of id, which
  // say how sure it is of velocities.
  void take(const Picture& picture, health::Health& health, std::span<const Track> tracks = {});
  // The state of the station (CAT065) and of each radar (CAT063), when their interval is over.
  void take_status(const std::vector<SensorState>& radars, Timestamp now, health::Health& health);
  [[nodiscard]] std::uint64_t datagrams() const { return datagrams_; }

 private:
  Cat062Output(config::Cat062Section section, net::UdpSender sender)
      : section_(std::move(section)), sender_(std::move(sender)) {}

  config::Cat062Section section_;
  net::UdpSender sender_;
  asterix::TrackNumbers numbers_;
  std::optional<Timestamp> last_;
  std::optional<Timestamp> last_status_;
  std::map<SensorId, std::uint64_t> spokes_;
  std::uint64_t datagrams_ = 0;
};

}  // namespace headland::station
