// SPDX-License-Identifier: Apache-2.0
// Any bytes as the datagrams of another system: remote tracks with finite places, or a reason.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "runtime/station/sources/remote_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace station = headland::station;
  const std::span<const std::uint8_t> bytes(data, size);
  station::RemoteSource source;
  const auto place = source.place_in(bytes);
  const headland::LocalFrame frame(place.value_or(headland::GeoPosition::from_degrees(50.0, 0.0)));
  std::vector<headland::RemoteTrack> tracks;
  (void)station::is_remote_asterix(bytes);
  for (const bool located : {false, true}) {
    source.process(1, headland::from_epoch_seconds(1.7e9), bytes, frame, located, tracks);
  }
  for (const headland::RemoteTrack& track : tracks) {
    if (!std::isfinite(track.position.east.value()) || !std::isfinite(track.position.north.value())) std::abort();
  }
  return 0;
}
