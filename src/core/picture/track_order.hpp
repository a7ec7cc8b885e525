// SPDX-License-Identifier: Apache-2.0
// What an operator orders about tracks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"

namespace headland {

enum class TrackAction : std::uint8_t {
  initiate,  // begin a track where the operator sees a vessel
  drop,      // end a track of radar
  rename,    // give it a name, or take the given one off
};

struct TrackOrder {
  TrackAction action = TrackAction::drop;
  SystemTrackId track;     // drop, rename
  GeoPosition place;       // initiate
  Metres deviation{50.0};  // of the place, per axis: how well somebody points on a chart
  std::string name;        // rename (empty: the given one goes); initiate (empty: none)
  std::string who;
};

// Bounds of `deviation`.
inline constexpr Metres least_order_deviation{1.0};
inline constexpr Metres most_order_deviation{2000.0};

// The words of the stream and the journal.
[[nodiscard]] constexpr std::string_view name_of(TrackAction action) {
  switch (action) {
    case TrackAction::initiate:
      return "initiate";
    case TrackAction::drop:
      return "drop";
    case TrackAction::rename:
      return "rename";
  }
  return "drop";
}

}  // namespace headland
