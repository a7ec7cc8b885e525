// SPDX-License-Identifier: Apache-2.0
// Search-and-rescue transponders among what radars see, as calls for help: each with a number for as long as it is
// seen, and where it lies; and radars that suddenly measure otherwise. One thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/geo/local_frame.hpp"
#include "core/plots/plot.hpp"
#include "core/registration/registrar.hpp"
#include "core/rules/call_for_help.hpp"
#include "core/rules/radar_jump.hpp"

namespace headland::station {

class CallWatch {
 public:
  static constexpr std::size_t most_calls = 64;  // of distinct ones; the one seen longest ago goes
  static constexpr Duration remembered = std::chrono::minutes(15);

  // A sector as the picture has it: in the node's plane, turned as well as is known.
  void take(const PlotSector& sector, const LocalFrame& frame);
  // A radar that jumped, by its name: it stands where its last sector was.
  void take(const registration::RadarJump& jump, std::string name);
  // Those that are to be told of at `now`, in order of time.
  [[nodiscard]] std::vector<rules::RadarJumped> jumped(Timestamp now) const;
  // That call at `now`, in order of their numbers.
  [[nodiscard]] std::vector<rules::CallForHelp> calling(Timestamp now) const;

 private:
  rules::CallForHelp& known(const rules::CallForHelp& seen);
  std::map<std::uint32_t, rules::CallForHelp> calls_;
  std::uint32_t greatest_ = 0;
  std::map<SensorId, GeoPosition> sites_;
  std::vector<rules::RadarJumped> jumps_;
};

}  // namespace headland::station
