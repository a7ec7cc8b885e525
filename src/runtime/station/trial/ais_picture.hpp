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
  [[nodiscard]] std::size_t vessels() const { return next_number_ - first_number; }
  [[nodiscard]] std::size_t vessels_without_motion() const { return without_motion_.size(); }

 private:
  SystemTrack& track_of(Mmsi mmsi, Timestamp heard);
  void take(const VesselReport& report);
  void take(const VesselParticulars& particulars);
  void take(const BaseStationReport&) {}
  void take(const AidToNavigation&) {}

  Picture picture_;
  std::map<Mmsi, std::size_t> at_;              // place in picture_
  std::map<Mmsi, VesselParticulars> unplaced_;  // heard before a position
  static constexpr std::uint32_t first_number = 1'000'000;
  std::uint32_t next_number_ = first_number;
  std::set<Mmsi> without_motion_;  // never sent a speed and a course
  std::size_t most_ = 0;
};

}  // namespace headland::station
