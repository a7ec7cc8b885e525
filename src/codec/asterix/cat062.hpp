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
//   12   040       track number                      TrackNumbers
//   13   080       status                            radar only (MON), tentative (CNF), first (TSB) and last (TSE)
//                                                    message, coasting (CST, PSR), non-cooperative or combined (SDS)
//                                                    A last message has 010, 070, 040 and 080 alone
//   14   290       ages, 1/4 s                       #1 since the track began; #2 since the last radar plot
//   22   270       length, orientation, width        AIS particulars, else the extent of the echo
//   27   500       accuracy                          #1 deviations east and north, 0.5 m; #2 their covariance;
//                                                    #6 deviations of the velocity, 0.25 m/s, where they are known
//
// The picture's own numbers are longer than 040. The MMSI has no item: 380 #1 is an aircraft's address of 24 bits.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/picture/picture.hpp"

namespace headland::asterix {

struct Cat062Config {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  std::size_t max_datagram = 1400;  // one data block each; a record is 30 to 70 bytes
  // Deviations of a track's velocity, which the picture does not hold; empty: not sent.
  std::function<std::optional<EastNorthVelocity>(const SystemTrack&)> velocity_deviation = {};
};

// The numbers that tracks are sent under, each of one track at a time: the lower 16 bits of its own where they are
// free, so that they stay over a restart, else the lowest number that is. A number that was given back rests for a
// while.
class TrackNumbers {
 public:
  static constexpr Duration rest = std::chrono::seconds(60);
  // Nothing where all 65535 are taken.
  std::optional<std::uint16_t> of(SystemTrackId track, Timestamp now);
  // The numbers of those not in `present` (in ascending order), given back.
  std::vector<std::uint16_t> give_back(std::span<const SystemTrackId> present, Timestamp now);

 private:
  [[nodiscard]] bool is_free(std::uint16_t number, Timestamp now);
  std::map<SystemTrackId, std::uint16_t> numbers_;
  std::map<std::uint16_t, Timestamp> taken_;  // until then; Timestamp::max() while the track lives
};

// One data block for each datagram, as many tracks in it as fit, in the order given; then the last message of each
// track that was sent before and is no more in `tracks`, dropped or merged. Base stations and aids to navigation are no
// tracks and left out; so are aircraft: no item would say what they are without guessing.
std::vector<std::vector<std::uint8_t>> encode_tracks(std::span<const SystemTrack> tracks, Timestamp now,
                                                     const Cat062Config& config, TrackNumbers& numbers);

// The record of one track, without the head of a block; appended to `out`.
void encode_track(const SystemTrack& track, std::uint16_t number, const Cat062Config& config,
                  std::vector<std::uint8_t>& out);
// Its last message.
void encode_end(std::uint16_t number, Timestamp now, const Cat062Config& config, std::vector<std::uint8_t>& out);

}  // namespace headland::asterix
