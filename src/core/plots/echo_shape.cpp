// SPDX-License-Identifier: Apache-2.0
#include "core/plots/echo_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::plots {
namespace {

constexpr double radians_per_unit = 2.0 * std::numbers::pi / 1048576.0;
constexpr double twelve = 12.0;  // of the square of a length, by the variance of what fills it evenly

// sum / n - mean^2 of whole numbers: the difference of two large ones, in integers while these hold it.
double variance(double n, double sum, double squares) { return std::max(0.0, (squares - sum * (sum / n)) / n); }

}  // namespace

PlotShape shape_of(const EchoMoments& moments, Metres range, Metres cell_size, Angle spoke_width) {
  PlotShape shape;
  if (moments.cells == 0 || !(range.value() > 0.0)) return shape;
  const auto n = static_cast<double>(moments.cells);
  const double across = range.value() * radians_per_unit;  // metres
  const double along = cell_size.value();
  const double spoke_m = range.value() * spoke_width.radians();
  // About the mean cell, so that far cells do not swallow what their distances differ by.
  const auto middle = static_cast<std::int64_t>(moments.cell_sum / moments.cells);
  const auto cells = static_cast<std::int64_t>(moments.cells);
  const auto cell_sum = static_cast<std::int64_t>(moments.cell_sum) - middle * cells;
  const auto cell_squares = static_cast<std::int64_t>(moments.cell_squares) -
                            middle * (2 * static_cast<std::int64_t>(moments.cell_sum) - middle * cells);
  const std::int64_t products = moments.products - middle * moments.position_sum;
  const double u = static_cast<double>(cell_sum);
  const double v = static_cast<double>(moments.position_sum);
  // Each cell is itself as wide as a cell and a spoke.
  const double xx = (variance(n, u, static_cast<double>(cell_squares)) + 1.0 / twelve) * along * along;
  const double yy =
      variance(n, v, static_cast<double>(moments.position_squares)) * across * across + spoke_m * spoke_m / twelve;
  const double xy = (static_cast<double>(products) - u * (v / n)) / n * along * across;
  const double mean = 0.5 * (xx + yy);
  const double half = std::hypot(0.5 * (xx - yy), xy);
  const double longer = mean + half;
  const double shorter = std::max((xx * yy - xy * xy) / longer, 0.0);
  shape.length = Metres(std::sqrt(twelve * longer));
  shape.width = Metres(std::sqrt(twelve * shorter));
  shape.orientation = Angle(Radians(half > 0.0 ? 0.5 * std::atan2(2.0 * xy, xx - yy) : 0.0));
  const double own = shape.length.value() * shape.width.value();
  shape.fill = own > 0.0 ? std::min(n * along * spoke_m / own, 2.0) : 1.0;
  shape.width_at_range = Radians(std::sqrt(twelve * std::max(yy - xy * xy / xx, 0.0)) / range.value());
  return shape;
}

}  // namespace headland::plots
