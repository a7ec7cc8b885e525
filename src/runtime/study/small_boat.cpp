// SPDX-License-Identifier: Apache-2.0
#include "runtime/study/small_boat.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "core/scenario/simulation.hpp"
#include "runtime/simulation/wire.hpp"
#include "runtime/study/boats.hpp"
#include "runtime/study/line.hpp"

namespace headland::study {
namespace {

const Timestamp start = Timestamp(std::chrono::seconds(1'767'225'600));  // 2026-01-01

config::RadarSection section_of(const scenario::RadarSettings& radar, const Setting& setting, Way way) {
  // What a guide tells an owner to write: the beam and the scale of the video. All else is as it is by default.
  config::RadarSection s;
  s.name = "radar";
  s.beam_width_deg = radar.beam_deg;
  s.decibels_per_level = (radar.video_max_db - radar.video_min_db) / 255.0;
  s.false_alarm_probability = setting.false_alarm_probability;
  s.clutter_shape_estimated = setting.clutter_shape_estimated;
  s.track_before_detect = way == Way::track_before_detect;
  return s;
}

// Poisson bounds by Wilson and Hilferty's approximation of chi-square quantiles.
double chi_square_half(double degrees, double deviations) {
  if (degrees <= 0.0) return 0.0;
  const double c = 2.0 / (9.0 * degrees);
  return 0.5 * degrees * std::pow(std::max(0.0, 1.0 - c + deviations * std::sqrt(c)), 3.0);
}

// The line ln rate = a + b ln(1 - existence) through the counts at the strict end (of twenty and fewer, three of them
// at least), each weighing as much as it counted.
void fit_rates(std::span<FalseRate> rates) {
  constexpr std::uint64_t few = 20;
  double w = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  std::size_t counted = 0;
  for (std::size_t i = rates.size(); i-- > 0;) {
    const FalseRate& r = rates[i];
    if (r.tracks == 0) continue;
    if (r.tracks > few && counted >= 3) break;
    const auto n = static_cast<double>(r.tracks);
    const double lx = std::log(1.0 - r.confirmation.existence);
    const double ly = std::log(r.rate());
    w += n, x += n * lx, y += n * ly, xx += n * lx * lx, xy += n * lx * ly;
    ++counted;
  }
  const double spread = w * xx - x * x;
  if (counted < 2 || rates.front().tracks < 3 || spread <= 0.0) return;
  const double b = (w * xy - x * y) / spread;
  const double a = (y - b * x) / w;
  for (auto& r : rates) r.fitted = std::exp(a + b * std::log(1.0 - r.confirmation.existence));
}

// One sea, watched by a line of each setting.
class Run {
 public:
  Run(const Plan& plan, const scenario::RadarSettings& radar, const Weather& weather, Way way,
      const std::vector<Setting>& settings, int set, const std::vector<bool>& given_up)
      : plan_(plan),
        radar_(radar),
        weather_(weather),
        way_(way),
        set_(set),
        settings_(settings),
        sea_(make_sea(plan, radar, weather, way, set)),
        watched_until_s_(settings.size(), sea_.empty_until_s) {
    for (const Setting& setting : settings) {
      if (given_up[lines_.size()]) watched_until_s_[lines_.size()] = -1.0;
      lines_.push_back(std::make_unique<Line>(section_of(radar, setting, way)));
      scores_.emplace_back(sea_, radar.beam_deg * radians_per_degree, start);
    }
  }

  void play() {
    scenario::Simulation simulation(sea_.scene, start, plan_.seed + static_cast<std::uint64_t>(set_));
    scenario::SimulationOutput out;
    std::vector<std::uint8_t> datagram;
    for (double t = 0.5; t <= sea_.end_s; t += 0.5) {
      out.clear();
      simulation.advance(start + to_duration(Seconds(t)), out);
      for (const auto& truth : out.truth) {
        for (Score& score : scores_) score.note(truth);
      }
      for (const auto& block : out.video) {
        for (const auto& spoke : block.spokes) {
          simulation::to_cat240(block, spoke, datagram);
          for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (!given_up(i)) lines_[i]->process(spoke.time, datagram);
          }
        }
      }
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        scores_[i].take(*lines_[i]);
        lines_[i]->clear();
        if (t > sea_.empty_from_s && t < sea_.empty_until_s && !given_up(i) && is_hopeless(i, t)) {
          watched_until_s_[i] = t;
        }
      }
    }
  }

  // Without boats.
  [[nodiscard]] Curve curve(std::size_t i) const {
    Curve c;
    c.setting = settings_[i];
    c.radar = radar_.name;
    c.weather = weather_;
    c.way = way_;
    c.given_up = given_up(i);
    c.false_by_ring.assign(sea_.rings + 2, 0);
    for (const auto& [id, track] : lines_[i]->confirmed(0)) {
      if (!is_in_empty_sea(track.time, i)) continue;
      const double range = distance({}, track.position).value();
      ++c.false_by_ring[std::min(sea_.rings + 1, static_cast<std::size_t>(range / plan_.ring_m))];
    }
    for (std::size_t k = 0; k < confirmation_count; ++k) c.rates.push_back(rate_of(i, k, watched_until_s_[i]));
    const std::span<FalseRate> all(c.rates);
    for (std::size_t k = 0; k < confirmation_count; k += doubts.size()) fit_rates(all.subspan(k, doubts.size()));
    return c;
  }

  // Adds what this set says: to the curve, and to the points of each confirmation.
  void add_to(std::size_t i, Curve& c, std::vector<std::vector<Point>>& points) const {
    points.resize(confirmation_count);
    for (std::size_t k = 0; k < confirmation_count; ++k) {
      if (points[k].empty()) points[k] = no_boats();
      scores_[i].count(k, points[k]);
    }
    c.by_chance += scores_[i].by_chance();
    c.paths_refused += lines_[i]->paths_refused();
  }

 private:
  [[nodiscard]] std::vector<Point> no_boats() const {
    std::vector<Point> points;
    for (std::size_t kind = 0; kind < plan_.boats.size(); ++kind) {
      for (std::size_t ring = 0; ring < sea_.rings; ++ring) {
        Point p;
        p.boat = kind;
        p.range_m = (static_cast<double>(ring) + 1.0) * plan_.ring_m;
        points.push_back(p);
      }
    }
    return points;
  }

  [[nodiscard]] bool given_up(std::size_t i) const { return watched_until_s_[i] < sea_.empty_until_s; }

  [[nodiscard]] bool is_in_empty_sea(Timestamp time, std::size_t i) const {
    return time >= at(sea_.empty_from_s) && time < at(watched_until_s_[i]);
  }

  [[nodiscard]] FalseRate rate_of(std::size_t i, std::size_t confirmation, double until_s) const {
    FalseRate rate;
    rate.confirmation = confirmation_at(confirmation);
    rate.hours_of_100_nm2 = sea_.hours_of_100_nm2() * (until_s - sea_.empty_from_s) /
                            std::max(sea_.empty_until_s - sea_.empty_from_s, 1e-9);
    for (const auto& [id, track] : lines_[i]->confirmed(confirmation)) {
      if (is_in_empty_sea(track.time, i)) ++rate.tracks;
    }
    return rate;
  }

  // One line goes on in any case, so that there is something to show.
  [[nodiscard]] bool is_hopeless(std::size_t i, double until_s) const {
    std::size_t going = 0;
    for (std::size_t j = 0; j < lines_.size(); ++j) going += given_up(j) ? 0 : 1;
    return going > 1 && rate_of(i, doubts.size() - 1, until_s).lowest() > plan_.false_tracks_wanted;
  }

  static Timestamp at(double seconds) { return start + to_duration(Seconds(seconds)); }

  const Plan& plan_;
  const scenario::RadarSettings& radar_;
  const Weather& weather_;
  Way way_;
  int set_;
  const std::vector<Setting>& settings_;
  Sea sea_;
  std::vector<double> watched_until_s_;  // of each line: less than the whole empty sea where it was given up
  std::vector<std::unique_ptr<Line>> lines_;
  std::vector<Score> scores_;
};

std::uint64_t confirmed_of(const std::vector<Point>& points) {
  std::uint64_t sum = 0;
  for (const Point& p : points) sum += p.confirmed;
  return sum;
}

double least_rate(const Curve& c) {
  double least = c.rates.front().rate();
  for (const FalseRate& r : c.rates) least = std::min(least, std::max(r.rate(), r.fitted));
  return least;
}

struct Tried {
  Curve curve;
  std::vector<std::vector<Point>> points;  // of each confirmation
};

// Of all settings and confirmations: one that holds the rate if there is one, and of these the one that confirms most
// boats; if none does, the first setting that was not given up, as the tracker confirms.
Curve best_of(std::vector<Tried> tried, double wanted) {
  std::size_t best = 0;
  while (best + 1 < tried.size() && tried[best].curve.given_up) ++best;
  std::size_t confirmation = 0;
  bool held = false;
  std::vector<std::pair<std::string, double>> least;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    least.emplace_back(tried[i].curve.setting.name, least_rate(tried[i].curve));
    for (std::size_t k = 0; k < confirmation_count && !tried[i].curve.given_up; ++k) {
      if (!tried[i].curve.rates[k].holds(wanted)) continue;
      if (held && confirmed_of(tried[i].points[k]) <= confirmed_of(tried[best].points[confirmation])) continue;
      held = true;
      best = i;
      confirmation = k;
    }
  }
  const double by_default = tried.front().curve.rates.front().rate();
  Curve c = std::move(tried[best].curve);
  c.points = std::move(tried[best].points[confirmation]);
  c.confirmation = confirmation;
  c.held = held;
  c.tried = std::move(least);
  c.rate_by_default = by_default;
  return c;
}

Curve curve_of(const Plan& plan, const scenario::RadarSettings& radar, const Weather& weather, Way way,
               const std::vector<Setting>& settings) {
  const int sets = way == Way::detections ? plan.sets : plan.integrated_sets;
  std::vector<Tried> tried(settings.size());
  std::vector<bool> given_up(settings.size());
  for (int set = 0; set < sets; ++set) {
    Run run(plan, radar, weather, way, settings, set, given_up);
    run.play();
    for (std::size_t i = 0; i < settings.size(); ++i) {
      if (set == 0) tried[i].curve = run.curve(i);
      run.add_to(i, tried[i].curve, tried[i].points);
      given_up[i] = tried[i].curve.given_up;
    }
  }
  for (Tried& t : tried) t.curve.by_chance /= sets;
  return best_of(std::move(tried), plan.false_tracks_wanted);
}

}  // namespace

Plan full_plan() {
  Plan plan;
  plan.weathers = {{"calm", 0.0, 0.0},          {"sea state 2", 2.0, 0.0},     {"sea state 4", 4.0, 0.0},
                   {"sea 2, rain 4", 2.0, 4.0}, {"sea 2, rain 16", 2.0, 16.0}, {"sea 4, rain 16", 4.0, 16.0}};
  plan.boats = {{"1 m2", 1.0, 1.0}, {"2.5 m2", 2.5, 2.0}, {"10 m2", 10.0, 3.5}};
  plan.settings = {{"default"}, {"1e-6", 1e-6}, {"thresholds of noise", 1e-4, false}};
  plan.empty_turns = 1300;  // an hour of 100 square miles at least, for a radar of 6 miles, too
  plan.sets = 3;
  plan.integrated_empty_turns = 72;
  plan.integrated_sets = 2;
  return plan;
}

Plan quick_plan() {
  Plan plan = full_plan();
  plan.learning_turns = 24;
  plan.empty_turns = 24;
  plan.sets = 1;
  plan.integrated_empty_turns = 0;
  plan.integrated_sets = 1;
  return plan;
}

std::string name_of(Way way) { return way == Way::detections ? "detections" : "track-before-detect"; }

double FalseRate::lowest() const {
  if (hours_of_100_nm2 <= 0.0) return 0.0;
  return chi_square_half(2.0 * static_cast<double>(tracks), -1.96) / hours_of_100_nm2;
}
double FalseRate::highest() const {
  if (hours_of_100_nm2 <= 0.0) return 0.0;
  return chi_square_half(2.0 * static_cast<double>(tracks) + 2.0, 1.96) / hours_of_100_nm2;
}

bool FalseRate::holds(double wanted) const {
  // That none came says something only where one was to be expected.
  return hours_of_100_nm2 * wanted >= 1.0 && std::max(rate(), fitted) <= wanted;
}

std::vector<Curve> run_small_boat(const Plan& plan, const Progress& progress) {
  std::vector<Curve> curves;
  for (const auto& weather : plan.weathers) {
    for (const auto& radar : plan.radars) {
      progress.begins(fmt::format("{}, {}", radar.name, weather.name));
      // With track-before-detect, which costs ten times as much, the setting that proved best without.
      std::vector<Setting> settings = plan.settings;
      for (const Way way : {Way::detections, Way::track_before_detect}) {
        if ((way == Way::detections ? plan.sets : plan.integrated_sets) <= 0) continue;
        curves.push_back(curve_of(plan, radar, weather, way, settings));
        settings = {curves.back().setting};
      }
      progress.done(curves);
    }
  }
  return curves;
}

namespace {

double share_at(const Point& p, bool confirmed) {
  const std::uint64_t of = confirmed ? p.boats : p.turns;
  return of == 0 ? 0.0 : static_cast<double>(confirmed ? p.confirmed : p.detected) / static_cast<double>(of);
}

}  // namespace

double range_of_share(const Curve& curve, std::size_t boat, bool confirmed, double share) {
  double result = 0.0;
  const Point* before = nullptr;
  for (const auto& p : curve.points) {
    if (p.boat != boat) continue;
    const double here = share_at(p, confirmed);
    const double nearer = before != nullptr ? share_at(*before, confirmed) : 0.0;
    if (here >= share) {
      result = p.range_m;
    } else if (nearer >= share) {
      result = before->range_m + (p.range_m - before->range_m) * (nearer - share) / (nearer - here);
    }
    before = &p;
  }
  return result;
}

double nearest_of_share(const Curve& curve, std::size_t boat, bool confirmed, double share) {
  const double outermost = range_of_share(curve, boat, confirmed, share);
  double first = 0.0;
  double nearest = 0.0;
  bool broken = true;
  for (const auto& p : curve.points) {
    if (p.boat != boat || p.range_m > outermost) continue;
    if (first == 0.0) first = p.range_m;
    const bool reached = share_at(p, confirmed) >= share;
    if (reached && broken) nearest = p.range_m;
    broken = !reached;
  }
  return nearest > first ? nearest : 0.0;
}

}  // namespace headland::study
