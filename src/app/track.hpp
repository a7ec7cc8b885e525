// SPDX-License-Identifier: Apache-2.0
// `headland track`: the tracker alone, from plots CSV to tracks CSV.
#pragma once

#include <iosfwd>
#include <string>

namespace headland::app {

struct TrackOptions {
  std::string plots;
  std::string out;
  std::string config;  // empty: defaults
};

// Returns an exit code. Rows: each update of a track that is worth a number; a coasted one only while the
// vessel is more likely there than not.
int run_track(const TrackOptions& options, std::ostream& err);

}  // namespace headland::app
