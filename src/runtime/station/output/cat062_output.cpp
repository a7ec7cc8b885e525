// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/cat062_output.hpp"

#include "codec/asterix/cat062.hpp"
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

void Cat062Output::take(const Picture& picture, health::Health& health) {
  if (last_ && picture.time - *last_ < to_duration(Seconds(section_.interval_s))) return;
  last_ = picture.time;
  asterix::Cat062Config config;
  config.sac = static_cast<std::uint8_t>(section_.sac);
  config.sic = static_cast<std::uint8_t>(section_.sic);
  for (const auto& datagram : asterix::encode_tracks(picture.tracks, config)) {
    const auto sent = sender_.send(datagram);
    if (sent) {
      ++datagrams_;
    } else {
      return health.set("cat062", health::State::red, sent.error().detail);  // the next interval tries again
    }
  }
  health.set("cat062", health::State::green);
}

}  // namespace headland::station
