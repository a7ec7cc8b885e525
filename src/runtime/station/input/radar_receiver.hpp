// SPDX-License-Identifier: Apache-2.0
// Where the datagrams of one live radar come from: one socket, or for a Navico radar that of its beacons and,
// once one was heard, those of its spokes and of its reports. Groups that cannot be joined (the network is not up
// yet) are tried again. One thread calls receive().
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "codec/navico/report.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/config/endpoint.hpp"
#include "runtime/config/station_config.hpp"

namespace headland::station {

class RadarReceiver {
 public:
  struct Received {
    net::Datagram datagram;
    bool is_video = false;  // not a report or a beacon
  };

  // How long a radar that was found may be silent, beacons included, until another one is taken in its place (where
  // no serial is configured).
  static constexpr std::chrono::seconds usual_patience{30};

  static Expected<RadarReceiver> open(const config::RadarSection& section,
                                      std::chrono::nanoseconds patience = usual_patience);

  // The next datagram; nothing when the time is over, `wakeup` was woken, or what came was not this radar's.
  // An error while no socket is open that the radar needs.
  Expected<std::optional<Received>> receive(Duration timeout, const net::Wakeup* wakeup);

  [[nodiscard]] std::uint64_t kernel_drops() const;
  // Where its video is waited for, in words.
  [[nodiscard]] std::string where() const;
  [[nodiscard]] bool is_searching() const { return section_.is_found_by_beacon() && !found_; }
  // What is worth a line in the log, once.
  [[nodiscard]] std::optional<std::string> take_news() { return std::exchange(news_, std::nullopt); }

 private:
  using Clock = std::chrono::steady_clock;
  enum class Role : std::uint8_t { video, report, beacon };
  struct Listener {
    Role role = Role::video;
    net::Endpoint endpoint;
    std::string interface;
    std::optional<net::UdpReceiver> receiver;
  };
  struct Found {
    std::string serial;
    navico::Address data;
    navico::Address report;
    friend bool operator==(const Found&, const Found&) = default;
  };

  explicit RadarReceiver(config::RadarSection section) : section_(std::move(section)) {}
  Expected<void> listen(Role role, const std::string& where);
  Expected<void> open_missing();
  void try_again();
  [[nodiscard]] bool lacks(Role role) const;
  [[nodiscard]] bool is_silent() const;
  [[nodiscard]] Expected<std::optional<Received>> read(Listener& listener, const net::Wakeup* wakeup);
  void ask_for_beacon();
  bool note_beacon(std::span<const std::uint8_t> datagram);
  void follow(const Found& found);

  config::RadarSection section_;
  std::vector<Listener> listeners_;
  std::vector<net::UdpSender> askers_;
  std::optional<Found> found_;
  std::optional<std::string> news_;
  std::optional<Error> fault_;  // of the socket that could not be opened last
  std::string beacon_fault_;    // of the last beacon that could not be used
  Clock::time_point next_try_;
  Clock::time_point next_question_;
  Clock::time_point last_heard_;  // of the radar that was found
  std::chrono::nanoseconds patience_ = usual_patience;
  std::size_t turn_ = 0;            // whose turn it is to be looked at first
  std::uint64_t closed_drops_ = 0;  // of sockets that were given up
};

}  // namespace headland::station
