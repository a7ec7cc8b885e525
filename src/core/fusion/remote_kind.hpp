// SPDX-License-Identifier: Apache-2.0
// What a track of another system is, by all that its reports said. A surveillance radar of air traffic sees much that
// answers no transponder, and says nothing of it but where it is and how fast: by its speed it is no vessel.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/fusion/remote_track.hpp"

namespace headland::fusion {

// 97 knots. The fastest ferries do 30 m/s, patrol boats and smugglers 41 m/s (80 knots); what a tracker's velocity
// errs by, some 2 to 4 m/s, stays below the rest.
inline constexpr double faster_than_vessels_mps = 50.0;

class RemoteKindMemory {
 public:
  // The next report; what its track is by now.
  RemoteKind take(const RemoteTrack& report) {
    if (report.kind_declared) {  // the feed's owner knows, also of what was thought before he said so
      said_ = report.kind;
      fast_ = slow_ = 0;
      return said_;
    }
    if (report.kind != RemoteKind::vessel && said_ != RemoteKind::aircraft) said_ = report.kind;
    if (said_ == RemoteKind::vessel && report.velocity && !report.tentative) {
      const double speed_mps = std::hypot(report.velocity->east.value(), report.velocity->north.value());
      std::uint32_t& count = speed_mps > faster_than_vessels_mps ? fast_ : slow_;
      if (count < enough) ++count;
    }
    return kind();
  }
  // An aircraft for good by what a report says, or by two of such speed: one may be an error. One alone makes an
  // aircraft as long as no other says less.
  [[nodiscard]] RemoteKind kind() const {
    if (said_ != RemoteKind::vessel) return said_;
    return fast_ >= enough || (fast_ > 0 && slow_ == 0) ? RemoteKind::aircraft : RemoteKind::vessel;
  }

  struct Snapshot {
    std::uint8_t said = 0, fast = 0, slow = 0;
  };
  [[nodiscard]] Snapshot snapshot() const {
    return {static_cast<std::uint8_t>(said_), static_cast<std::uint8_t>(fast_), static_cast<std::uint8_t>(slow_)};
  }
  void restore(const Snapshot& s) {
    said_ = s.said > 2 ? RemoteKind::vessel : static_cast<RemoteKind>(s.said);
    fast_ = s.fast;
    slow_ = s.slow;
  }

 private:
  static constexpr std::uint32_t enough = 2;
  RemoteKind said_ = RemoteKind::vessel;  // by a report itself; an aircraft stays one
  std::uint32_t fast_ = 0, slow_ = 0;     // reports with a velocity, up to `enough`
};

}  // namespace headland::fusion
