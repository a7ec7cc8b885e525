// SPDX-License-Identifier: Apache-2.0
// Lines of text from a TCP server (AIS receivers, NMEA multiplexers): connects, and connects again with
// growing pauses when the connection is lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.hpp"
#include "io/net/endpoint.hpp"
#include "io/net/line_splitter.hpp"
#include "io/net/socket.hpp"
#include "io/net/wakeup.hpp"

namespace headland::net {

struct TcpLineClientConfig {
  std::string host;  // name or address
  std::uint16_t port = 0;
  Duration first_pause = std::chrono::seconds(1);  // doubles after each failure
  Duration longest_pause = std::chrono::seconds(30);
  Duration connect_timeout = std::chrono::seconds(5);
  Duration silence_timeout = std::chrono::minutes(5);  // a connection that says nothing so long is given up
  std::size_t max_line = 4096;
};

class TcpLineClient {
 public:
  explicit TcpLineClient(TcpLineClientConfig config)
      : config_(std::move(config)), lines_(config_.max_line), pause_(config_.first_pause), buffer_(16384) {}

  struct Counters {
    std::uint64_t connects = 0;     // connections made
    std::uint64_t disconnects = 0;  // connections lost, for whatever reason
    std::uint64_t failures = 0;     // connections that could not be made
    std::uint64_t bytes = 0;
    std::uint64_t overlong = 0;  // lines dropped for their length
  };

  // Waits for bytes up to `timeout`, connecting first if need be, and calls
  // on_line(Timestamp, std::string_view) for each line that is complete. An error says why there is no
  // connection; call again, the pause is kept within. Returns sooner when `wakeup` is woken.
  template <class OnLine>
  Expected<void> poll(Duration timeout, const Wakeup* wakeup, OnLine&& on_line) {
    const auto size = receive(timeout, wakeup);
    if (!size) return unexpected(size.error());
    const Timestamp now = received_;
    lines_.feed(std::span(buffer_).first(*size), [&](std::string_view line) { on_line(now, line); });
    counters_.overlong = lines_.overlong();
    return {};
  }
  [[nodiscard]] bool is_connected() const { return socket_.is_open(); }
  [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
  using Clock = std::chrono::steady_clock;
  Expected<std::size_t> receive(Duration timeout, const Wakeup* wakeup);
  Expected<void> connect_now(const Wakeup* wakeup);
  Expected<void> try_address(const sockaddr_in& address, const Wakeup* wakeup);
  Expected<std::size_t> lost(const std::string& why);
  [[nodiscard]] std::string name() const { return config_.host + ":" + std::to_string(config_.port); }

  TcpLineClientConfig config_;
  Socket socket_;
  LineSplitter lines_;
  Duration pause_;
  Clock::time_point next_try_{};
  Clock::time_point heard_{};
  Timestamp received_;
  std::vector<std::uint8_t> buffer_;
  Counters counters_;
};

}  // namespace headland::net
