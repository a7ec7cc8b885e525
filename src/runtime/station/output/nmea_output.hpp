// SPDX-License-Identifier: Apache-2.0
// The picture as sentences for plotters and other systems: radar tracks as TTM and TLL, AIS as VDM.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>

#include "codec/nmea/nmea_decoder.hpp"
#include "core/geo/local_frame.hpp"
#include "core/picture/picture.hpp"
#include "io/net/tcp/tcp_text_server.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"

namespace headland::station {

// Knows AIS messages that come again by another source: two nodes that send each other what they hear would otherwise
// bounce each message for ever. The same bits by the same source are a station that says the same again, unless they
// come soon: both may come by one port.
class RepeatFilter {
 public:
  static constexpr Duration window = std::chrono::seconds(30);              // since it was let through last
  static constexpr Duration same_source_window = std::chrono::seconds(10);  // by the source that it came by first
  [[nodiscard]] bool is_repeat(const nmea::HeardMessage& message);

 private:
  struct Heard {
    Timestamp received;
    std::uint32_t source = 0;
  };
  std::unordered_map<std::uint64_t, Heard> heard_;  // by the hash of the bits
  std::deque<std::pair<std::uint64_t, Timestamp>> order_;
};

// Writes sentences; no sockets.
class NmeaWriter {
 public:
  explicit NmeaWriter(std::string_view sentences);
  // Confirmed and coasting tracks that a radar of this station sees. `site`: from where TTM measures; without it there
  // is none. A track has the lowest number that is free, 1 to 999; one that ended is told as lost once.
  void write(const Picture& picture, std::optional<GeoPosition> site, const LocalFrame& frame, std::string& out);
  // AIS as it was heard, bit for bit, but for own ship's and what came again by another source.
  void write(const nmea::HeardMessage& message, std::string& out);
  [[nodiscard]] std::uint64_t repeats() const { return repeats_; }  // not written for the latter

 private:
  bool ttm_ = false, tll_ = false, vdm_ = false;
  std::map<SystemTrackId, std::uint32_t> numbers_;
  std::set<std::uint32_t> taken_;
  unsigned sequence_ = 0;
  RepeatFilter filter_;
  std::uint64_t repeats_ = 0;
};

class NmeaSender {
 public:
  // Leaves `out` empty when it is switched off.
  static Expected<void> open(const config::NmeaOutputSection& section, std::unique_ptr<NmeaSender>& out);

  void take(const Picture& picture, std::optional<GeoPosition> site, const LocalFrame& frame);
  void take(const nmea::HeardMessage& message);
  // Sends what was written since; to be called often.
  void send(health::Health& health);
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] const std::string& name() const { return section_.name; }
  // Of any thread: AIS messages that came back by another source and were not sent again.
  [[nodiscard]] std::uint64_t repeats() const { return repeats_; }

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
  std::atomic<std::uint64_t> repeats_ = 0;
};

}  // namespace headland::station
