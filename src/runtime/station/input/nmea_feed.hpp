// SPDX-License-Identifier: Apache-2.0
// One live source of NMEA 0183: UDP datagrams or a TCP server's lines, on a thread of its own.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <variant>

#include "io/net/tcp_line_client.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"
#include "runtime/lanes/lane.hpp"

namespace headland::station {

class NmeaFeed {
 public:
  // Called by the feed's thread with whole sentences.
  using OnText = std::function<void(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> text)>;

  static Expected<std::unique_ptr<NmeaFeed>> open(const config::NmeaSection& section, std::uint16_t stream,
                                                  OnText on_text, health::Health& health);
  ~NmeaFeed() { stop(); }

  void start();
  void stop();

  [[nodiscard]] const std::string& name() const { return section_.name; }
  [[nodiscard]] std::uint64_t datagrams() const { return datagrams_; }
  [[nodiscard]] std::uint64_t kernel_drops() const { return kernel_drops_; }

 private:
  // What no network of the machine has yet, as after a power cut.
  struct Missing {
    net::UdpReceiverConfig config;
    Error fault;
    std::chrono::steady_clock::time_point next_try;
  };
  using Source = std::variant<net::UdpReceiver, net::TcpLineClient, Missing>;
  NmeaFeed(config::NmeaSection section, std::uint16_t stream, OnText on_text, Source source, net::Wakeup wakeup,
           health::Health& health)
      : section_(std::move(section)),
        stream_(stream),
        on_text_(std::move(on_text)),
        source_(std::move(source)),
        wakeup_(std::move(wakeup)),
        health_(health) {}
  void loop(const std::stop_token& stop);
  void poll(net::UdpReceiver& receiver);
  void poll(net::TcpLineClient& client);
  void poll(Missing& missing);
  void note_fault(const Error& error);

  config::NmeaSection section_;
  std::uint16_t stream_;
  OnText on_text_;
  Source source_;
  net::Wakeup wakeup_;
  health::Health& health_;
  std::atomic<std::uint64_t> datagrams_ = 0;
  std::atomic<std::uint64_t> kernel_drops_ = 0;
  std::optional<lanes::Lane> lane_;
};

}  // namespace headland::station
