// SPDX-License-Identifier: Apache-2.0
// ASTERIX category 062, system track data, as a sender of the maritime picture: the items below, which
// are alike in editions 1.16 to 1.21 (EUROCONTROL-SPEC-0149-9).
//
//   FRN  item      what                              from
//   1    010       SAC, SIC                          configuration
//   4    070       time of track, 1/128 s            time
//   5    105       latitude, longitude, 180/2^25 deg position
//   6    100       x, y, 0.5 m                       local (the node's plane; omitted beyond +-4194 km)
//   7    185       vx, vy, 0.25 m/s                  velocity; omitted where it is not known
//   11   380 #2    identification, 8 letters         callsign, else name, by AIS; 245 must not be used any more
//   12   040       track number                      id modulo 65536
//   13   080       status                            radar only (MON), tentative (CNF), first (TSB) and last (TSE)
//                                                    message, coasting (CST, PSR), non-cooperative or combined (SDS)
//   14   290       ages, 1/4 s                       #1 since the track began; #2 since the last radar plot
//   22   270       length, orientation, width        AIS particulars, else the extent of the echo
//   27   500       accuracy                          #1 deviations east and north, 0.5 m; #2 their covariance
//
// The track number repeats after 65536: the picture's own numbers are longer. The MMSI has no item.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/picture/picture.hpp"

namespace headland::asterix {

struct Cat062Config {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  std::size_t max_datagram = 1400;  // one data block each; a record is 30 to 70 bytes
};

// One data block for each datagram, as many tracks in it as fit, in the order given. Base stations and aids to
// navigation are no tracks and left out.
std::vector<std::vector<std::uint8_t>> encode_tracks(std::span<const SystemTrack> tracks, const Cat062Config& config);

// The record of one track, without the head of a block; appended to `out`.
void encode_track(const SystemTrack& track, const Cat062Config& config, std::vector<std::uint8_t>& out);

}  // namespace headland::asterix
