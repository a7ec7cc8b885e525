// SPDX-License-Identifier: Apache-2.0
#include "core/plots/causes/plot_explainer.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/plots/causes/beacon_finder.hpp"
#include "core/plots/causes/foreign_pulses.hpp"
#include "core/plots/causes/second_trace.hpp"
#include "core/plots/causes/ship_ghosts.hpp"
#include "core/plots/causes/side_lobes.hpp"
#include "core/plots/causes/strong_echoes.hpp"

namespace headland::plots {
namespace {

constexpr double most_odds = 1e6;

}  // namespace

struct PlotExplainer::State {
  explicit State(const CauseConfig& from)
      : config(sanitized(from)),
        strong(config),
        side_lobes(config),
        ghosts(config),
        second_trace(config),
        beacons(config) {}

  void take_beacons(PlotSector& sector);
  void judge(const PlotSector& sector, std::size_t i, bool has_strengths, Plot& plot);

  CauseConfig config;
  StrongEchoes strong;
  SideLobes side_lobes;
  ShipGhosts ghosts;
  SecondTrace second_trace;
  BeaconFinder beacons;
  ForeignPulses foreign;
  CauseCounters counters;
  std::vector<double> second;
  std::vector<double> interference;
  std::vector<BeaconFinder::Mark> marks;
};

PlotExplainer::PlotExplainer(const CauseConfig& config) : state_(std::make_unique<State>(config)) {}
PlotExplainer::~PlotExplainer() = default;
PlotExplainer::PlotExplainer(PlotExplainer&&) noexcept = default;
PlotExplainer& PlotExplainer::operator=(PlotExplainer&&) noexcept = default;
const CauseCounters& PlotExplainer::counters() const { return state_->counters; }

void PlotExplainer::State::take_beacons(PlotSector& sector) {
  marks.assign(sector.plots.size(), {});
  sector.beacons.clear();
  if (!config.beacons) return;
  beacons.judge(sector, marks);
  for (const BeaconSighting& b : sector.beacons) {
    if (b.turns > 1) ++(b.kind == PlotCause::sart ? counters.sart_sightings : counters.racon_sightings);
  }
}

void PlotExplainer::State::judge(const PlotSector& sector, std::size_t i, bool has_strengths, Plot& plot) {
  const double power = power_of(plot, strong.beam(), has_strengths);
  const double own = has_strengths ? plot.strength.value() : power;
  std::array<double, plot_cause_count> odds{};
  const auto put = [&odds](PlotCause cause, double value) { odds[static_cast<std::size_t>(cause)] = value; };
  put(PlotCause::second_trace, second[i]);
  put(PlotCause::interference, interference[i]);
  put(marks[i].cause, marks[i].odds);
  if (config.side_lobes) put(PlotCause::side_lobe, side_lobes.judge(sector, i, own, strong, has_strengths));
  // Without levels nothing tells a ghost's strength from a ship's.
  if (config.ghosts && has_strengths) put(PlotCause::ghost, ghosts.judge(sector, plot, own, strong));
  put(PlotCause::none, 0.0);
  double sum = 0.0;
  std::size_t likeliest = 0;
  for (std::size_t c = 1; c < odds.size(); ++c) {
    sum += odds[c];
    if (odds[c] > odds[likeliest]) likeliest = c;
  }
  plot.cause = static_cast<PlotCause>(likeliest);
  plot.cause_odds = std::min(sum, most_odds);
  ++counters.plots;
  if (sum >= 1.0) ++counters.explained[likeliest];
}

void PlotExplainer::process(PlotSector& sector, bool has_strengths) {
  State& s = *state_;
  s.strong.take(sector, has_strengths);
  s.second_trace.judge(sector, s.second);
  s.interference.assign(sector.plots.size(), 0.0);
  // Without levels nothing tells how wide a point would show.
  if (s.config.interference && has_strengths) s.foreign.judge(sector, s.config.beam_width, s.interference);
  s.take_beacons(sector);
  for (std::size_t i = 0; i < sector.plots.size(); ++i) s.judge(sector, i, has_strengths, sector.plots[i]);
}

}  // namespace headland::plots
