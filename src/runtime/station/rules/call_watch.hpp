// SPDX-License-Identifier: Apache-2.0
// Search-and-rescue transponders among what radars see, as calls for help: each with a number for as long as it is
// seen, and where it lies. One thread.
#pragma once

#include <map>
#include <vector>

#include "core/geo/local_frame.hpp"
#include "core/plots/plot.hpp"
#include "core/rules/call_for_help.hpp"

namespace headland::station {

class CallWatch {
 public:
  static constexpr std::size_t most_calls = 64;  // of distinct ones; the one seen longest ago goes
  static constexpr Duration remembered = std::chrono::minutes(15);

  // A sector as the picture has it: in the node's plane, turned as well as is known.
  void take(const PlotSector& sector, const LocalFrame& frame);
  // That call at `now`, in order of their numbers.
  [[nodiscard]] std::vector<rules::CallForHelp> calling(Timestamp now) const;

 private:
  rules::CallForHelp& known(const rules::CallForHelp& seen);
  std::map<std::uint32_t, rules::CallForHelp> calls_;
  std::uint32_t greatest_ = 0;
};

}  // namespace headland::station
