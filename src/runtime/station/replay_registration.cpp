// SPDX-License-Identifier: Apache-2.0
// What a replay says of what a radar measured amiss.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/base/constants.hpp"
#include "runtime/station/replay.hpp"

namespace headland::station {
namespace {

// "range and time taken off, bearing too little or too uncertain"
std::string taken_off_text(const registration::Bias& applied) {
  const std::array<std::pair<const char*, double>, 3> all{
      {{"range", applied.range_m}, {"bearing", applied.bearing_rad}, {"time", applied.time_s}}};
  std::string taken, left;
  for (const auto& [name, value] : all) {
    std::string& list = value != 0.0 ? taken : left;
    if (!list.empty()) list += ", ";
    list += name;
  }
  if (taken.empty()) return "too little or too uncertain to be taken off";
  return taken + " taken off" + (left.empty() ? "" : "; too little or too uncertain: " + left);
}

}  // namespace

std::string registration_text(const RadarErrors& e) {
  const registration::Bias& bias = e.estimate.bias;
  const registration::Bias& deviation = e.estimate.deviation;
  const auto vessels = e.estimate.vessels;
  const auto shared = e.estimate.shared;
  std::string out;
  if (vessels + shared > 0) {
    out = fmt::format(
        "{} measures {:+.0f} m (+/- {:.0f}), {:+.2f} deg (+/- {:.2f}) and {:+.2f} s (+/- {:.2f}) amiss, told by {} "
        "vessels{}: {}\n",
        e.sensor, bias.range_m, deviation.range_m, bias.bearing_rad / radians_per_degree,
        deviation.bearing_rad / radians_per_degree, bias.time_s, deviation.time_s, vessels,
        shared > 0 ? fmt::format(" and {} places that another radar sees", shared) : "", taken_off_text(e.applied));
    if (e.estimate.residual_before_m > 0.0) {
      out += fmt::format("{}: echoes lie {:.0f} m from where AIS says, {:.0f} m after what is taken off\n", e.sensor,
                         e.estimate.residual_before_m, e.estimate.residual_after_m);
    }
  } else {
    out = fmt::format("{}: no vessel with AIS tells what it measures amiss\n", e.sensor);
  }
  for (const auto& t : e.times) {
    out += fmt::format("{}: time {:+.2f} s (+/- {:.2f}) beside that of {}\n", e.sensor, t.difference_s, t.deviation_s,
                       t.sensor);
  }
  for (const auto& jump : e.jumps) {
    out += fmt::format("{}: bearings jumped by {:+.1f} degrees at {:.0f} s\n", e.sensor,
                       jump.bearing_rad / radians_per_degree, epoch_seconds(jump.since));
  }
  return out;
}

}  // namespace headland::station
