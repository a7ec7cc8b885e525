// SPDX-License-Identifier: Apache-2.0
#include "core/plots/plot_extractor.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/constants.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::plots {
namespace {

constexpr double neighbour_spokes = 2.5;      // further apart, spokes were lost between them
constexpr double detection_snr_db = 13.0;     // at the threshold, for some 1e-4 of false alarms
constexpr double least_of_point = 1.0 / 3.0;  // of the cells that a point fills
constexpr double most_cells_of_pulse = 4.0;   // pulses are shorter where cells are
constexpr double drawn_aside = 0.25;          // of a part, in pulses and beams
constexpr AntennaPosition furthest_leap = 2 * positions_per_turn;

// What most of the marked cells say, where they are enough to be more than noise.
std::optional<DopplerCell> doppler_of(const Echo& echo) {
  if (echo.doppler_cells == 0) return std::nullopt;
  const std::uint32_t most = std::max(echo.approaching, echo.receding);
  if (most == 0 || std::uint64_t{most} * 4 < echo.doppler_cells || echo.approaching == echo.receding) {
    return DopplerCell::none;
  }
  return echo.approaching > echo.receding ? DopplerCell::approaching : DopplerCell::receding;
}

double finite_between(double value, double low, double high, double otherwise) {
  return std::isfinite(value) ? std::clamp(value, low, high) : otherwise;
}

}  // namespace

Config sanitized(Config config) {
  config.sectors_per_turn = std::clamp(config.sectors_per_turn, 1U, 360U);
  config.beam_width = Angle::from_degrees(finite_between(config.beam_width.degrees(), 0.1, 10.0, 2.0));
  config.pulse_length = Metres(finite_between(config.pulse_length.value(), 0.1, 1000.0, 15.0));
  config.minimum_cells = std::clamp(config.minimum_cells, 1U, 10000U);
  config.minimum_spokes = std::clamp(config.minimum_spokes, 1U, 100U);
  config.minimum_extent = Metres(finite_between(config.minimum_extent.value(), 0.0, 1000.0, 0.0));
  config.maximum_extent = Metres(finite_between(config.maximum_extent.value(), 10.0, 1e5, 900.0));
  if (config.run_ratio > 0) config.run_ratio = std::clamp(config.run_ratio, 2U, 100U);
  config.hold_back = Angle::from_degrees(finite_between(config.hold_back.degrees(), 0.5, 180.0, 6.0));
  config.false_alarm_probability = finite_between(config.false_alarm_probability, 1e-9, 0.1, 1e-4);
  config.plots_per_sector = std::clamp(config.plots_per_sector, 1U, 100000U);
  return config;
}

PlotExtractor::PlotExtractor(const Config& config)
    : config_(sanitized(config)),
      splitter_(config_),
      split_before_(config_.beam_width, config_.pulse_length),
      labeller_(config_.split_close),
      sectors_(config_.sectors_per_turn),
      hold_back_(static_cast<AntennaPosition>(config_.hold_back.radians() / radians_per_position)) {}

void PlotExtractor::process(const HitBlock& in, std::vector<PlotSector>& out) {
  for (const HitSpoke& spoke : in.spokes) add(spoke, in, out);
}

void PlotExtractor::end_echoes() {
  labeller_.finish(done_);
  for (const Echo& echo : done_) place(echo);
  done_.clear();
  weak_labeller_.finish(done_);
  for (const Echo& echo : done_) place_weak(echo);
  done_.clear();
}

void PlotExtractor::finish(std::vector<PlotSector>& out) {
  end_echoes();
  while (!sectors_.empty()) {
    out.push_back(sectors_.pop());
    ++counters_.sectors;
  }
  sectors_.restart();
  started_ = false;
}

void PlotExtractor::add(const HitSpoke& spoke, const HitBlock& in, std::vector<PlotSector>& out) {
  const bool leapt = spoke.position > furthest_ + furthest_leap || spoke.position < furthest_ - positions_per_turn / 8;
  if (started_ && (leapt || in.sensor != sensor_ || in.reference != reference_)) {
    ++counters_.restarts;
    finish(out);
  }
  const double step = std::abs(static_cast<double>(spoke.position - last_.position)) * radians_per_position;
  const bool same = started_ && spoke.range_start == last_.range_start && spoke.cell_size == last_.cell_size &&
                    spoke.decibels_per_level == decibels_per_level_ && step <= neighbour_spokes * spoke.width.radians();
  if (!same) {
    end_echoes();
    begin_geometry(spoke);
  }
  furthest_ = started_ ? std::max(furthest_, spoke.position) : spoke.position;
  started_ = true;
  sensor_ = in.sensor;
  reference_ = in.reference;
  last_ = spoke;
  has_strengths_ = in.has_strengths;
  sectors_.open(spoke, in);
  ++counters_.spokes;

  limits_.least_lone_cells = least_lone_cells();
  const std::uint64_t noise_before = labeller_.lone_noise();
  labeller_.add(spoke, in, limits_, done_);
  counters_.runs = labeller_.runs();
  counters_.echoes += labeller_.lone_noise() - noise_before;
  counters_.too_small += labeller_.lone_noise() - noise_before;
  for (const Echo& echo : done_) place(echo);
  done_.clear();
  add_weak(spoke, in);
  give_out(out);
}

void PlotExtractor::add_weak(const HitSpoke& spoke, const HitBlock& in) {
  if (in.weak_bits.empty()) {
    weak_labeller_.finish(done_);
  } else {
    // Whatever touches a strong echo is its fringe: nothing falls apart here.
    EchoLimits limits = limits_;
    limits.run_ratio = 0;
    weak_labeller_.add(spoke, in, in.weak_bits_of(spoke), limits, done_);
  }
  for (const Echo& echo : done_) place_weak(echo);
  done_.clear();
}

void PlotExtractor::begin_geometry(const HitSpoke& spoke) {
  decibels_per_level_ = spoke.decibels_per_level;
  decibels_of_ratio_ = spoke.is_square_law ? 10.0 : 20.0;
  splitter_.begin(spoke);
  limits_.cell_size_m = spoke.cell_size.value();
  limits_.range_start_m = std::max(0.0, spoke.range_start.value());
  limits_.extent_m = config_.maximum_extent.value();
  limits_.run_ratio = config_.run_ratio;
  limits_.beam_rad = config_.beam_width.radians();
  limits_.range_cells = static_cast<std::uint32_t>(std::clamp(limits_.extent_m / limits_.cell_size_m, 1.0, 1e6));
}

void PlotExtractor::give_out(std::vector<PlotSector>& out) {
  while (!sectors_.empty() && sectors_.oldest_end() <= furthest_) {
    const AntennaPosition end = sectors_.oldest_end();
    const bool may_wait = furthest_ - end < hold_back_;
    const bool large = config_.large_echo == LargeEcho::split;
    const auto beam = static_cast<AntennaPosition>(limits_.beam_rad / radians_per_position);
    const AntennaPosition parts_from = config_.split_close && has_strengths_ ? beam : positions_per_turn;
    if (may_wait && (labeller_.earliest_centroid(end, large, parts_from) < end ||
                     weak_labeller_.earliest_centroid(end, false, positions_per_turn) < end)) {
      return;
    }
    out.push_back(sectors_.pop());
    ++counters_.sectors;
  }
}

void PlotExtractor::place(const Echo& echo) {
  ++counters_.echoes;
  if (echo.large && config_.large_echo == LargeEcho::drop) {
    ++counters_.too_large;
    return;
  }
  if (is_noise(echo)) {
    ++counters_.too_small;
    return;
  }
  if (!place_parts(echo)) put(echo);
}

bool PlotExtractor::place_parts(const Echo& echo) {
  parts_.clear();
  if (!labeller_.memory() || !splitter_.split(echo, *labeller_.memory(), parts_)) return false;
  if (std::any_of(parts_.begin(), parts_.end(), [&](const Echo& part) { return is_noise(part); })) return false;
  if (!split_before_.take(sighting_of(parts_[0], parts_[1]))) return false;
  ++counters_.split;
  for (const Echo& part : parts_) put(part);
  return true;
}

SplitSighting PlotExtractor::sighting_of(const Echo& first, const Echo& second) const {
  const auto cell_of = [](const Echo& echo) {
    return static_cast<double>(echo.weighted_cell) / static_cast<double>(std::max<std::uint64_t>(echo.weight, 1));
  };
  SplitSighting s;
  s.position = first.centroid();
  s.time = first.first_time;
  s.range = last_.range_start + (cell_of(first) + 0.5) * last_.cell_size;
  s.apart_range = (cell_of(second) - cell_of(first)) * last_.cell_size;
  s.apart_bearing = Angle(Radians(static_cast<double>(second.centroid() - s.position) * radians_per_position));
  return s;
}

void PlotExtractor::put(const Echo& echo) {
  bool stored = false;
  Plot plot = measure(echo);
  if (has_strengths_) plot.evidence = survey_.take(plot.range.value(), plot.strength.value());
  if (!sectors_.put(plot, echo.centroid(), config_.plots_per_sector, stored)) ++counters_.late;
  ++(stored ? counters_.plots : counters_.too_many);
}

void PlotExtractor::place_weak(const Echo& echo) {
  if (echo.large || echo.peak > echo.peak_threshold || is_noise(echo)) return;
  // Specks of noise are smaller than what beam and pulse make of a point, of which a weak one shows but the top.
  const double spokes = config_.beam_width.radians() / std::max(last_.width.radians(), 1e-6);
  const double cells = std::clamp(config_.pulse_length / last_.cell_size, 1.0, most_cells_of_pulse);
  if (echo.cells < least_of_point * spokes * cells) return;
  ++counters_.weak;
  place(echo);
}

bool PlotExtractor::beam_covers_two() const { return last_.width.radians() <= 0.5 * config_.beam_width.radians(); }

std::uint32_t PlotExtractor::least_lone_cells() const {
  const bool never = beam_covers_two() && config_.minimum_spokes > 1 && last_.width.radians() > 0.0;
  return never ? std::numeric_limits<std::uint32_t>::max() : config_.minimum_cells;
}

bool PlotExtractor::is_noise(const Echo& echo) const {
  if (echo.cells < config_.minimum_cells) return true;
  const double width = last_.width.radians();
  const double turned = static_cast<double>(echo.last - echo.first) * radians_per_position;
  if (beam_covers_two() && turned < (config_.minimum_spokes - 1) * 0.5 * width) return true;
  const double range_extent = (echo.far_cell - echo.near_cell + 1) * last_.cell_size.value();
  const double range = last_.range_start.value() + echo.near_cell * last_.cell_size.value();
  return std::max(range_extent, range * (turned + width)) < config_.minimum_extent.value();
}

Plot PlotExtractor::measure(const Echo& echo) const {
  Plot plot;
  const double cell = last_.cell_size.value();
  const double spoke = last_.width.radians();
  const double mean_cell =
      static_cast<double>(echo.weighted_cell) / static_cast<double>(std::max<std::uint64_t>(echo.weight, 1));
  const AntennaPosition centroid = echo.centroid();
  plot.range = last_.range_start + Metres((mean_cell + 0.5) * cell);
  plot.bearing = bearing_of(centroid);
  const double turned = static_cast<double>(std::max<AntennaPosition>(echo.last - echo.first, 1));
  const double share = std::clamp(static_cast<double>(centroid - echo.first) / turned, 0.0, 1.0);
  const double elapsed = static_cast<double>((echo.last_time - echo.first_time).count());
  plot.time = echo.first_time + Duration(static_cast<std::int64_t>(elapsed * share));
  plot.range_extent = Metres((echo.far_cell - echo.near_cell + 1) * cell);
  plot.bearing_extent = Radians(static_cast<double>(echo.last - echo.first) * radians_per_position + spoke);
  const double threshold = std::max<double>(echo.peak_threshold, 1.0);
  const double strength = decibels_per_level_ > 0.0
                              ? (echo.peak - threshold) * decibels_per_level_
                              : decibels_of_ratio_ * std::log10(std::max(1.0, echo.peak / threshold));
  plot.strength = Decibels(strength);
  plot.cell_count = echo.cells;
  plot.shape = shape_of(echo.moments, plot.range, last_.cell_size, last_.width);
  plot.doppler = doppler_of(echo);

  const double snr = std::pow(10.0, (std::max(0.0, strength) + detection_snr_db) / 10.0);
  const double pulse = config_.pulse_length.value();
  const double beam = config_.beam_width.radians();
  const double aside_m = drawn_aside * echo.crowded_along * pulse;
  const double aside_rad = drawn_aside * echo.crowded_across * beam;
  const double long_range = std::max(0.0, plot.range_extent.value() - pulse - cell);
  const double long_bearing = std::max(0.0, plot.bearing_extent.value() - beam - spoke);
  plot.range_deviation =
      Metres(std::sqrt(square(cell) / 12.0 + square(pulse) / (2.0 * snr) + square(long_range / 6.0) + square(aside_m)));
  plot.bearing_deviation = Radians(std::sqrt(square(spoke) / 12.0 + square(0.63 * beam) / (2.0 * snr) +
                                             square(long_bearing / 6.0) + square(aside_rad)));
  return plot;
}

}  // namespace headland::plots
