// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/cat062_output.hpp"

#include <algorithm>
#include <cmath>

#include "codec/asterix/cat062.hpp"
#include "codec/asterix/system_status.hpp"
#include "runtime/config/endpoint.hpp"

namespace headland::station {

Expected<void> Cat062Output::open(const config::Cat062Section& section, std::unique_ptr<Cat062Output>& out) {
  out.reset();
  if (section.send.empty()) return {};
  const auto where = config::parse_endpoint(section.send);
  if (!where) return fail(ErrorCode::configuration, "[cat062] send: " + where.error().detail);
  const auto address = net::parse_address(where->host);
  if (!address || where->transport != config::Transport::udp) {
    return fail(ErrorCode::configuration, "[cat062] send '" + section.send + "': write udp://ADDRESS:PORT");
  }
  net::UdpSenderConfig config;
  config.destination = {*address, where->port};
  config.interface = where->interface;
  auto sender = net::UdpSender::open(config);
  if (!sender) return unexpected(sender.error());
  out.reset(new Cat062Output(section, std::move(*sender)));
  return {};
}

std::optional<EastNorthVelocity> velocity_deviation(const SystemTrack& t, std::span<const Track> tracks) {
  const auto track = std::ranges::lower_bound(tracks, t.radar_track, {}, &Track::id);
  if (t.radar_track == TrackId() || track == tracks.end() || track->id != t.radar_track) return std::nullopt;
  const auto& c = track->state.covariance;
  if (!(c[10] > 0.0) || !(c[15] > 0.0)) return std::nullopt;
  return EastNorthVelocity{MetresPerSecond(std::sqrt(c[10])), MetresPerSecond(std::sqrt(c[15]))};
}

void Cat062Output::take(const Picture& picture, health::Health& health, std::span<const Track> tracks) {
  if (last_ && picture.time >= *last_ && picture.time - *last_ < to_duration(Seconds(section_.interval_s))) return;
  last_ = picture.time;
  asterix::Cat062Config config;
  config.sac = static_cast<std::uint8_t>(section_.sac);
  config.sic = static_cast<std::uint8_t>(section_.sic);
  config.velocity_deviation = [&](const SystemTrack& t) { return velocity_deviation(t, tracks); };
  for (const auto& datagram : asterix::encode_tracks(picture.tracks, picture.time, config, numbers_)) {
    const auto sent = sender_.send(datagram);
    if (sent) {
      ++datagrams_;
    } else {
      return health.set("cat062", health::State::red, sent.error().detail);  // the next interval tries again
    }
  }
  health.set("cat062", health::State::green);
}

std::vector<std::vector<std::uint8_t>> status_messages(const config::Cat062Section& section,
                                                       const std::vector<SensorState>& radars,
                                                       const std::map<SensorId, std::uint64_t>& spokes_before,
                                                       Timestamp now) {
  const auto of_day = now.time_since_epoch() % std::chrono::hours(24);
  asterix::SystemStatus status;
  status.category = 65;
  status.sac = static_cast<std::uint8_t>(section.sac);
  status.sic = static_cast<std::uint8_t>(section.sic);
  status.service = 1;
  status.time_of_day = to_seconds(of_day);
  status.operation = 0;
  std::vector<std::vector<std::uint8_t>> out{asterix::encode_status(status)};
  for (const SensorState& radar : radars) {
    asterix::SystemStatus sensor = status;
    sensor.category = 63;
    sensor.sensor_sac = status.sac;
    sensor.sensor_sic = static_cast<std::uint8_t>(radar.sensor.value());
    const auto before = spokes_before.find(radar.sensor);
    const bool connected = radar.spokes > (before == spokes_before.end() ? 0 : before->second);
    sensor.operation = static_cast<std::uint8_t>(connected ? 0 : 3);
    if (radar.taken_off.range_m != 0.0 || radar.taken_off.bearing_rad != 0.0) {
      sensor.range_bias = Metres(radar.taken_off.range_m);
      sensor.azimuth_bias = Angle(Radians(radar.taken_off.bearing_rad));
    }
    out.push_back(asterix::encode_status(sensor));
  }
  return out;
}

void Cat062Output::take_status(const std::vector<SensorState>& radars, Timestamp now, health::Health& health) {
  if (section_.status_interval_s <= 0.0) return;
  if (last_status_ && now >= *last_status_ && now - *last_status_ < to_duration(Seconds(section_.status_interval_s))) {
    return;
  }
  last_status_ = now;
  for (const auto& datagram : status_messages(section_, radars, spokes_, now)) {
    if (const auto sent = sender_.send(datagram); !sent) {
      return health.set("cat062", health::State::red, sent.error().detail);
    }
    ++datagrams_;
  }
  for (const SensorState& radar : radars) spokes_[radar.sensor] = radar.spokes;
}

}  // namespace headland::station
