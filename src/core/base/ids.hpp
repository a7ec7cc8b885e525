// SPDX-License-Identifier: Apache-2.0
// Identifiers that cannot be mixed up. They come from counters or the wire, never from chance,
// so that a replay repeats them.
#pragma once

#include <compare>
#include <cstdint>

namespace headland {

template <class Tag, class Number = std::uint32_t>
class StrongId {
 public:
  constexpr StrongId() = default;
  explicit constexpr StrongId(Number value) : value_(value) {}
  [[nodiscard]] constexpr Number value() const { return value_; }
  friend constexpr auto operator<=>(StrongId a, StrongId b) = default;

 private:
  Number value_ = 0;
};

using SensorId = StrongId<struct SensorTag, std::uint16_t>;  // one radar (one channel of it)
using StationId = StrongId<struct StationTag, std::uint16_t>;
using TrackId = StrongId<struct TrackTag>;              // radar track; 0 = none
using SystemTrackId = StrongId<struct SystemTrackTag>;  // what the picture shows; 0 = none
using Mmsi = StrongId<struct MmsiTag>;                  // ITU-R M.585; 0 = none

}  // namespace headland
