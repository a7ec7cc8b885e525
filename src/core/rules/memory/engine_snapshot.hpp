// SPDX-License-Identifier: Apache-2.0
// What the engine must remember over a restart, as plain values: vessels, situations and the numbers of alerts. Rules
// and zones are known by name, for the file may have changed in between. The evidence of an alert is not kept (its
// sentence is): a situation that holds is found again with the next picture.
#pragma once

#include <string>
#include <vector>

#include "core/rules/alert.hpp"
#include "core/rules/memory/memory.hpp"

namespace headland::rules {

struct EngineSnapshot {
  static constexpr std::uint32_t current_version = 2;
  struct Kept {  // a situation
    std::string rule;
    std::uint64_t vessel = 0;
    std::uint64_t with = 0;  // the other vessel, or the zone by its number in `zones`
    Timestamp since, found;
    bool is_told = false;
    bool is_active = false;
    Alert alert;
  };
  struct Told {  // for sequences
    Timestamp time;
    std::string rule;
    std::uint64_t vessel = 0;
    AlertId alert;
  };
  struct Number {
    TrackId track;
    Mmsi mmsi;
    Timestamp last;
  };

  std::uint32_t version = current_version;
  std::uint32_t next_alert = 1;
  std::optional<Timestamp> last;
  Timestamp forgot;
  std::vector<std::string> zones;         // names, in order of their numbers
  std::vector<Memory> memories;           // in order of key
  std::vector<Kept> situations;           // in order of rule, vessel, with
  std::vector<Told> told;                 // in order of time
  std::vector<Number> numbers;            // in order of track
  std::vector<RouteModel::Entry> routes;  // in order of key
};

}  // namespace headland::rules
