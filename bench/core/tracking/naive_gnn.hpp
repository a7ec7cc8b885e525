// SPDX-License-Identifier: Apache-2.0
// What one writes in an afternoon: global nearest neighbour. One constant velocity Kalman filter a track (Bar-Shalom,
// Li, Kirubarajan 2001, ch. 5 and 6), every track against every plot, the closest pairs first; a track is confirmed
// after four plots and ends after six misses. To compare costs with; it knows nothing of clutter or existence.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include <Eigen/Dense>

#include "core/plots/plot.hpp"

namespace headland::bench {

class NaiveGnn {
 public:
  void process(const PlotSector& turn) {
    measure(turn);
    predict(to_seconds(turn.ended - from_epoch_seconds(0.0)).value());
    pair();
    update();
  }
  [[nodiscard]] std::size_t confirmed() const {
    return static_cast<std::size_t>(
        std::count_if(tracks_.begin(), tracks_.end(), [](const Track& t) { return t.hits >= confirm_plots; }));
  }

 private:
  static constexpr int confirm_plots = 4;
  static constexpr int most_misses = 6;
  static constexpr double noise_m2_s3 = 1.0;
  static constexpr double prior_speed_mps = 8.0;
  static constexpr double gate = 16.0;     // squared Mahalanobis distance
  static constexpr double coarse_m = 1e3;  // farther pairs are not weighed

  struct Track {
    Eigen::Vector4d state;  // east, north (m), east, north (m/s)
    Eigen::Matrix4d covariance;
    double time_s = 0.0;
    int hits = 1;
    int misses = 0;
    std::size_t plot = SIZE_MAX;
  };
  struct Measured {
    Eigen::Vector2d place;
    Eigen::Matrix2d noise;
    double time_s = 0.0;
    bool taken = false;
  };
  struct Pair {
    double distance;
    std::size_t track, plot;
  };

  void measure(const PlotSector& turn) {
    plots_.clear();
    for (const headland::Plot& p : turn.plots) {
      const double s = std::sin(p.bearing.radians());
      const double c = std::cos(p.bearing.radians());
      const double r = p.range.value();
      Eigen::Matrix2d axes;
      axes << s, c, c, -s;
      const Eigen::Vector2d deviations(p.range_deviation.value(), r * p.bearing_deviation.value());
      Measured m;
      m.place = Eigen::Vector2d(r * s, r * c);
      m.noise = axes * deviations.cwiseAbs2().asDiagonal() * axes.transpose();
      m.time_s = to_seconds(p.time - from_epoch_seconds(0.0)).value();
      plots_.push_back(m);
    }
  }

  void predict(double time_s) {
    for (Track& t : tracks_) {
      const double dt = time_s - t.time_s;
      Eigen::Matrix4d f = Eigen::Matrix4d::Identity();
      f(0, 2) = f(1, 3) = dt;
      t.state = f * t.state;
      t.covariance = f * t.covariance * f.transpose();
      for (int axis = 0; axis < 2; ++axis) {
        t.covariance(axis, axis) += noise_m2_s3 * dt * dt * dt / 3.0;
        t.covariance(axis, axis + 2) += noise_m2_s3 * dt * dt / 2.0;
        t.covariance(axis + 2, axis) += noise_m2_s3 * dt * dt / 2.0;
        t.covariance(axis + 2, axis + 2) += noise_m2_s3 * dt;
      }
      t.time_s = time_s;
      t.plot = SIZE_MAX;
    }
  }

  // A plot's distance from where a track was at the plot's time.
  static Eigen::Vector2d innovation(const Track& t, const Measured& m) {
    return m.place - t.state.head<2>() - (m.time_s - t.time_s) * t.state.tail<2>();
  }

  void pair() {
    pairs_.clear();
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      for (std::size_t j = 0; j < plots_.size(); ++j) {
        const Eigen::Vector2d v = innovation(tracks_[i], plots_[j]);
        if (std::abs(v.x()) > coarse_m || std::abs(v.y()) > coarse_m) continue;
        const Eigen::Matrix2d s = tracks_[i].covariance.topLeftCorner<2, 2>() + plots_[j].noise;
        const double distance = v.dot(s.inverse() * v);
        if (distance < gate) pairs_.push_back({distance, i, j});
      }
    }
    std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) { return a.distance < b.distance; });
    for (const Pair& p : pairs_) {
      if (tracks_[p.track].plot != SIZE_MAX || plots_[p.plot].taken) continue;
      tracks_[p.track].plot = p.plot;
      plots_[p.plot].taken = true;
    }
  }

  void update() {
    for (Track& t : tracks_) {
      if (t.plot == SIZE_MAX) {
        ++t.misses;
        continue;
      }
      const Measured& m = plots_[t.plot];
      const Eigen::Matrix2d s = t.covariance.topLeftCorner<2, 2>() + m.noise;
      const Eigen::Matrix<double, 4, 2> gain = t.covariance.leftCols<2>() * s.inverse();
      t.state += gain * innovation(t, m);
      t.covariance -= gain * t.covariance.topRows<2>();
      t.misses = 0;
      ++t.hits;
    }
    // A tentative track ends at its second miss.
    std::erase_if(tracks_, [](const Track& t) { return t.misses > (t.hits >= confirm_plots ? most_misses : 1); });
    for (const Measured& m : plots_) {
      if (m.taken) continue;
      Track t;
      t.state << m.place, 0.0, 0.0;
      t.covariance.setZero();
      t.covariance.topLeftCorner<2, 2>() = m.noise;
      t.covariance(2, 2) = t.covariance(3, 3) = prior_speed_mps * prior_speed_mps;
      t.time_s = m.time_s;
      tracks_.push_back(t);
    }
  }

  std::vector<Track> tracks_;
  std::vector<Measured> plots_;
  std::vector<Pair> pairs_;
};

}  // namespace headland::bench
