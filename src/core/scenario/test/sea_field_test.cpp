// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/video/sea_field.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace headland::scenario {
namespace {

using Complex = std::complex<float>;
constexpr double pi = std::numbers::pi;

RadarSettings radar() {
  RadarSettings r;
  r.azimuths = 256;
  r.cells = 256;
  r.cell_m = 15.0;
  r.pulse_ns = 100.0;
  r.beam_deg = 1.4;
  r.antenna_height_m = 15.0;
  return r;
}

struct Row {
  std::vector<Complex> cells;
};

// Clutter of one azimuth in so many turns; the azimuths before it are moved on, too.
std::vector<Row> clutter(SeaField& field, std::size_t azimuth, int turns) {
  const LandEchoes::Stretch all{0, 256};
  std::vector<Row> rows;
  for (int t = 0; t < turns; ++t) {
    Row row{std::vector<Complex>(256)};
    field.add(t, azimuth, 2.0 * pi * (static_cast<double>(azimuth) + 0.5) / 256.0, {&all, 1}, row.cells);
    rows.push_back(std::move(row));
  }
  return rows;
}

double power(const Row& row, std::size_t cell) { return static_cast<double>(std::norm(row.cells[cell])); }

// Intensity of K clutter: mean as the radar equation says, <I^2> / <I>^2 = 2 (1 + 1 / shape) (Ward, Tough, Watts).
TEST(SeaField, HasTheMomentsOfTheKDistributionAroundItsMean) {
  for (const double shape : {0.5, 1.5, 10.0}) {
    Sea sea;
    sea.wind_mps = 9.0;
    sea.wind_from_deg = 90.0;  // across the beam of azimuth 0: the mean of the model
    sea.clutter_shape = shape;
    SeaField field(sea, radar(), 7);
    const auto rows = clutter(field, 0, 4000);
    double m1 = 0.0;
    double m2 = 0.0;
    double n = 0.0;
    for (const auto& row : rows) {
      for (std::size_t k = 20; k < 60; k += 5, ++n) {
        const double i = power(row, k) / field.mean_power(k);
        m1 += i, m2 += i * i;
      }
    }
    EXPECT_NEAR(m1 / n, 1.0, 0.08) << shape;
    EXPECT_NEAR(m2 / n / (m1 / n * m1 / n) / (2.0 * (1.0 + 1.0 / shape)), 1.0, 0.15) << shape;
  }
}

TEST(SeaField, MeanFollowsTheRadarEquation) {
  Sea sea;
  sea.wind_mps = 9.0;
  sea.reflectivity = "nrl";
  const SeaField field(sea, radar(), 7);
  const auto c = constants_of(radar());
  const double range = 100.5 * 15.0;
  const double grazing = 15.0 / range - range / (2.0 * effective_earth_radius_m);
  // A cell of beam and pulse: R theta / sqrt 2 * 1.064 by c tau / 2.
  const double area = range * 1.4 * radians_per_degree / std::numbers::sqrt2 * 1.064 * speed_of_light_mps * 50e-9;
  const double expected = snr(c, nrl_sea_reflectivity(9.41, grazing, sea_state_of(9.0)) * area, range);
  EXPECT_NEAR(field.mean_power(100) / expected, 1.0, 0.01);
}

// Correlation of what lies over the mean, between a turn and the next, so many cells further out.
double correlation(SeaField& field, std::size_t azimuth, int lag) {
  const auto rows = clutter(field, azimuth, 3000);
  double cross = 0.0;
  double var = 0.0;
  for (std::size_t t = 0; t + 1 < rows.size(); ++t) {
    for (std::size_t k = 40; k < 100; k += 7) {
      const auto to = static_cast<std::size_t>(static_cast<int>(k) + lag);
      const double a = power(rows[t], k) / field.mean_power(k) - 1.0;
      const double b = power(rows[t + 1], to) / field.mean_power(to) - 1.0;
      cross += a * b;
      var += a * a;
    }
  }
  return cross / var;
}

// 10 m/s: crests at 11.4 m/s, 28.5 m a turn of 2.5 s: 1.9 cells of 15 m, toward the radar where it looks into the wind.
TEST(SeaField, TextureRunsWithTheWavesAndFades) {
  Sea sea;
  sea.wind_mps = 10.0;
  sea.wind_from_deg = 0.0;
  sea.clutter_shape = 0.5;
  sea.reflectivity = "nrl";
  SeaField upwind(sea, radar(), 3);
  const double with_waves = correlation(upwind, 0, -2);
  SeaField again(sea, radar(), 3);
  const double against = correlation(again, 0, 2);
  SeaField down(sea, radar(), 3);
  const double away = correlation(down, 128, 2);
  EXPECT_GT(with_waves, 0.12);
  EXPECT_GT(away, 0.12);
  EXPECT_LT(std::abs(against), 0.05);
  // Speckle is new each turn and the texture keeps exp(-2.5 / 7.3) of itself: never all.
  EXPECT_LT(with_waves, 0.5);
}

TEST(SeaField, IsSpikiestAlongTheSwellWhereTheShapeIsLeftToIt) {
  Sea sea;
  sea.wind_mps = 9.0;
  sea.wind_from_deg = 0.0;
  sea.clutter_shape = 0.0;
  const SeaField field(sea, radar(), 3);
  const double range = 100.5 * 15.0;
  const double grazing = 15.0 / range - range / (2.0 * effective_earth_radius_m);
  const double area = range * 1.4 * radians_per_degree / std::numbers::sqrt2 * speed_of_light_mps * 50e-9;
  EXPECT_NEAR(field.shape(100, pi / 4.0) / sea_clutter_shape(grazing, area, pi / 4.0), 1.0, 0.02);
  EXPECT_NEAR(field.shape(100, pi / 2.0) / field.shape(100, 0.0), std::pow(10.0, 2.0 / 3.0), 0.05);
}

}  // namespace
}  // namespace headland::scenario
