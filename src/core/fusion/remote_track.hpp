// SPDX-License-Identifier: Apache-2.0
// A track that another system made, as it came: what it saw with is not known here, and it may hold what we sent it.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "core/ais/report.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"
#include "core/tracking/track.hpp"

namespace headland {

// Who says so: the system area and identification code of ASTERIX, and the stream it came by.
struct RemoteOrigin {
  std::uint16_t stream = 0;  // of this node's inputs
  std::uint16_t system = 0;  // SAC in the upper byte, SIC in the lower; 0: not told
  friend constexpr auto operator<=>(const RemoteOrigin&, const RemoteOrigin&) = default;
};

enum class RemoteKind : std::uint8_t {
  vessel,    // or nothing said
  aircraft,  // never joined with a vessel
  other,     // vehicles on an airport, obstacles: shown alone
};

struct RemoteTrack {
  RemoteOrigin origin;
  std::uint32_t number = 0;  // the origin's own
  Timestamp time;            // the state holds for this instant
  Timestamp received;
  RemoteKind kind = RemoteKind::vessel;  // by this report
  bool kind_declared = false;            // by who set up the node: no speed says otherwise
  EastNorth position;                    // in the node's plane
  std::optional<EastNorthVelocity> velocity;
  // As of KinematicState: stated by the origin, else the defaults of its protocol.
  std::array<double, 16> covariance{};
  bool covariance_stated = false;
  bool tentative = false;
  bool coasting = false;
  bool ended = false;            // the origin says that it is over: nothing else of this message counts
  std::optional<Mmsi> mmsi;      // TTM and TLL alone may hold one, as a name of nine digits
  std::string callsign;          // or flight, or name: CAT062 has one field of 8 letters for all; empty: not told
  std::string name;              // of the target, where the origin has one; empty: none
  Metres length, width;          // 0 = not told
  std::optional<Metres> height;  // of an aircraft
};

}  // namespace headland
