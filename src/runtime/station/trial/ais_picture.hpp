// SPDX-License-Identifier: Apache-2.0
// The picture of a recording that holds AIS alone: anywhere on earth, without a plane, updated in place. Velocities are
// in true axes at each vessel.
#pragma once

#include <map>
#include <set>

#include "core/picture/picture.hpp"

namespace headland::station {

class AisPicture {
 public:
  void process(const AisMessage& message);
  // Marks the overdue, drops those long silent, as PictureBuilder does. Valid until the next call.
  const Picture& publish(Timestamp now);

  [[nodiscard]] std::size_t most_vessels() const { return most_; }
  // Of all that were heard with a position.
  [[nodiscard]] std::size_t vessels() const { return heard_.size(); }
  [[nodiscard]] std::size_t vessels_without_motion() const { return heard_.size() - told_motion_.size(); }

 private:
  SystemTrack& track_of(Mmsi mmsi, Timestamp heard);
  void take(const VesselReport& report);
  void take(const VesselParticulars& particulars);
  void take(const BaseStationReport&) {}
  void take(const AidToNavigation&) {}

  Picture picture_;
  std::map<Mmsi, std::size_t> at_;              // place in picture_
  std::map<Mmsi, VesselParticulars> unplaced_;  // heard before a position
  std::uint32_t next_number_ = 1'000'000;
  std::set<Mmsi> heard_, told_motion_;  // ever: with a position, and with speed and course
  std::size_t most_ = 0;
};

}  // namespace headland::station
