// SPDX-License-Identifier: Apache-2.0
// Times of spokes that arrive late and in bursts, as over Wi-Fi, but are numbered: a spoke is never earlier
// received than sent, so its time is that of the spoke before plus the pace, at most its reception.
//
// A second of delay is believed; behind a longer one the count starts anew with the reception. The time follows
// growing delays slowly (1/256 of the difference a spoke), so that a clock of the radar that is slow does not
// run away. The pace is that of the last 512 spokes.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/time.hpp"

namespace headland::station {

class ArrivalClock {
 public:
  // Time between spokes until it was measured.
  explicit ArrivalClock(Duration pace) : pace_(pace) {}

  // `steps` spokes after the last (1: none lost).
  Timestamp time_of(Timestamp received, std::uint32_t steps) {
    if (!last_) return restart(received);
    const Timestamp expected = *last_ + pace_ * static_cast<std::int64_t>(steps);
    const Duration delay = received - expected;
    if (delay > longest_delay || delay < -longest_delay) return restart(received);
    last_ = delay < Duration::zero() ? received : expected + delay / follow;
    counted_ += steps;
    if (counted_ >= measured_over) {
      pace_ = (*last_ - mark_) / static_cast<std::int64_t>(counted_);
      mark_ = *last_;
      counted_ = 0;
    }
    return *last_;
  }

 private:
  static constexpr Duration longest_delay = std::chrono::seconds(1);
  static constexpr std::int64_t follow = 256;
  static constexpr std::uint32_t measured_over = 512;

  Timestamp restart(Timestamp received) {
    last_ = mark_ = received;
    counted_ = 0;
    return received;
  }

  Duration pace_;
  std::optional<Timestamp> last_;
  Timestamp mark_;
  std::uint32_t counted_ = 0;
};

}  // namespace headland::station
