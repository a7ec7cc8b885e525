// SPDX-License-Identifier: Apache-2.0
// The picture as sentences for plotters and other systems: radar tracks as TTM and TLL, AIS as VDM.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "core/ais/report.hpp"
#include "core/geo/local_frame.hpp"
#include "core/picture/picture.hpp"
#include "io/net/tcp/tcp_text_server.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"

namespace headland::station {

// Writes sentences; no sockets.
class NmeaWriter {
 public:
  explicit NmeaWriter(std::string_view sentences);
  // Confirmed and coasting tracks that a radar of this station sees. `site`: from where TTM measures; without it there
  // is none. A track has the lowest number that is free, 1 to 999; one that ended is told as lost once.
  void write(const Picture& picture, std::optional<GeoPosition> site, const LocalFrame& frame, std::string& out);
  // AIS as it was heard, but for own ship's and types that are not encoded.
  void write(const AisMessage& message, std::string& out);

 private:
  bool ttm_ = false, tll_ = false, vdm_ = false;
  std::map<SystemTrackId, std::uint32_t> numbers_;
  std::set<std::uint32_t> taken_;
  unsigned sequence_ = 0;
};

class NmeaSender {
 public:
  // Leaves `out` empty when it is switched off.
  static Expected<void> open(const config::NmeaOutputSection& section, std::unique_ptr<NmeaSender>& out);

  void take(const Picture& picture, std::optional<GeoPosition> site, const LocalFrame& frame);
  void take(const AisMessage& message) { writer_.write(message, text_); }
  // Sends what was written since; to be called often.
  void send(health::Health& health);
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  using Link = std::variant<net::UdpSender, net::TcpTextServer>;
  NmeaSender(config::NmeaOutputSection section, Link link)
      : section_(std::move(section)), writer_(section_.sentences), link_(std::move(link)) {}
  Expected<void> send_lines(net::UdpSender& sender);

  config::NmeaOutputSection section_;
  NmeaWriter writer_;
  Link link_;
  std::string text_;
  std::optional<Timestamp> last_;
  std::uint64_t bytes_ = 0;
};

}  // namespace headland::station
