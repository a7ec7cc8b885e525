// SPDX-License-Identifier: Apache-2.0
// Times of the spokes of a radar that sends several in a datagram and tells no times. A datagram leaves when
// its last spoke is there; those before it lie evenly back to the datagram before, where this one follows it.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/time.hpp"

namespace headland::station {

class FramePacer {
 public:
  // Time between spokes until it was measured; datagrams farther apart than `gap_max` do not follow one another.
  FramePacer(Duration interval, Duration gap_max) : interval_(interval), gap_max_(gap_max) {}

  void begin(Timestamp received, std::size_t spokes, bool nothing_lost) {
    count_ = static_cast<std::int64_t>(spokes);
    if (last_ && nothing_lost && count_ > 0 && received > *last_ && received - *last_ < gap_max_) {
      interval_ = (received - *last_) / count_;
    }
    last_ = received;
  }
  [[nodiscard]] Timestamp time_of(std::size_t spoke) const {
    return *last_ - interval_ * (count_ - 1 - static_cast<std::int64_t>(spoke));
  }

 private:
  Duration interval_;
  Duration gap_max_;
  std::optional<Timestamp> last_;
  std::int64_t count_ = 0;
};

}  // namespace headland::station
