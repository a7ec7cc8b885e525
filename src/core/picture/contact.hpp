// SPDX-License-Identifier: Apache-2.0
// An AIS station as the picture keeps it: its number, what was last heard, its particulars so far.
#pragma once

#include "core/picture/picture.hpp"
#include "core/picture/picture_snapshot.hpp"

namespace headland::picture {

struct Contact {
  Mmsi mmsi;
  SystemTrackId number;         // that it is shown under (see vessel_numbers.hpp)
  SystemTrackId own_number;     // that it was given first
  Timestamp number_since;       // shown under it,
  Timestamp number_taken;       // and taken over from a radar track
  bool number_settled = false;  // it was one with a radar track: the number stays with it
  // She kept the number when this track went on without her, then; 0: none. Not kept over a restart.
  TrackId parted;
  Timestamp parted_at;
  SystemTrackKind kind = SystemTrackKind::vessel;
  Timestamp began;
  Timestamp heard;                      // a report, with a position or without; particulars are none
  Timestamp last;                       // position heard
  Timestamp held;                       // instant for which that position holds
  std::optional<GeoPosition> position;  // newest
  EastNorth local;                      // the same in the plane
  bool accurate = false;
  bool stands_there = true;  // an aid to navigation: no virtual one, nor off its position
  std::optional<VesselReport> report;
  std::optional<VesselParticulars> particulars;
  Timestamp particulars_received;
  std::uint32_t attribute_version = 0;

  [[nodiscard]] Duration overdue() const;
};

// Fields that `news` has replace those of `known`.
void merge(const VesselParticulars& news, VesselParticulars& known);

ContactSnapshot to_snapshot(const Contact& contact);
Contact from_snapshot(const ContactSnapshot& snapshot);  // without `local`

}  // namespace headland::picture
