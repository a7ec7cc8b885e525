// SPDX-License-Identifier: Apache-2.0
// Side lobes: weak echoes at the range of a strong one, in other directions.
//
// An echo can be a side lobe only if a main echo at its range is stronger by twice the side-lobe level of the antenna
// (out and back), less a margin for fluctuation. Where levels say nothing (video whose noise the radar cut off) only
// the width of the main echo tells its power, and this limit cannot be applied. How likely it is a side lobe is
// learned, by the angle between the two, by the main echo's power and by how well the ranges agree: how many more
// plots lie at the range of strong echoes than a little nearer and farther (CauseRate). That is counted in open water
// alone: a coast lies at one range for degrees, too.
#pragma once

#include <array>
#include <cstdint>

#include "core/plots/causes/cause_rate.hpp"
#include "core/plots/causes/strong_echoes.hpp"

namespace headland::plots {

class SideLobes {
 public:
  explicit SideLobes(const CauseConfig& config);

  // Odds that a plot of the sector, of `power_db`, is a side lobe of any of the strong echoes; then it is counted.
  double judge(const PlotSector& sector, std::size_t index, double power_db, const StrongEchoes& strong,
               bool has_strengths);

  static constexpr double fluctuation_db = 6.0;
  static constexpr double weaker_by_width_db = 20.0;  // where widths alone tell powers

 private:
  static constexpr std::size_t angles = 8;
  static constexpr std::size_t powers = 4;
  static constexpr std::size_t nearness = 2;  // within one deviation of the range, within two
  // Whether `main` may show a side lobe so strong in this direction.
  [[nodiscard]] bool may_show(const StrongEcho& main, double power_db, double off, Angle beam,
                              bool has_strengths) const;
  CauseRate& rate(double off, double power_db, std::size_t near);
  void count(const StrongEcho& main, double off, double range_m, double away);

  CauseConfig config_;
  std::array<CauseRate, angles * powers * nearness> rates_;
  CountedPlaces counted_;
  std::uint32_t forgotten_turn_ = 0;
  bool begun_ = false;
};

}  // namespace headland::plots
