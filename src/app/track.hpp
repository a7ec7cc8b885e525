// SPDX-License-Identifier: Apache-2.0
// `headland track`: the tracker alone, from plots CSV to tracks CSV.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace headland::app {

struct TrackOptions {
  std::string plots;
  std::string out;                     // empty: none
  std::string config;                  // empty: defaults
  std::vector<std::uint32_t> explain;  // numbers of tracks to tell of
};

// Returns an exit code. Rows: each update of a track that is worth a number; a coasted one only while the
// vessel is more likely there than not. To `say`: what happened to the
// tracks asked for, a sentence and its facts each.
int run_track(const TrackOptions& options, std::ostream& say, std::ostream& err);

}  // namespace headland::app
