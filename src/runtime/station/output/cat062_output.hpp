// SPDX-License-Identifier: Apache-2.0
// System tracks for other systems, as ASTERIX CAT062 over UDP.
#pragma once

#include <memory>
#include <optional>

#include "core/picture/picture.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"

namespace headland::station {

class Cat062Output {
 public:
  // Leaves `out` empty when it is switched off.
  static Expected<void> open(const config::Cat062Section& section, std::unique_ptr<Cat062Output>& out);

  // Sends the picture's radar and AIS vessels when the interval is over.
  void take(const Picture& picture, health::Health& health);
  [[nodiscard]] std::uint64_t datagrams() const { return datagrams_; }

 private:
  Cat062Output(config::Cat062Section section, net::UdpSender sender)
      : section_(std::move(section)), sender_(std::move(sender)) {}

  config::Cat062Section section_;
  net::UdpSender sender_;
  std::optional<Timestamp> last_;
  std::uint64_t datagrams_ = 0;
};

}  // namespace headland::station
