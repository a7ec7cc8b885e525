// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/random_fields.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/random.hpp"

namespace headland::scenario {
namespace {

// A real field, smoothed by a moving sum of `width` (any real >= 1) along one direction, wrapping, and brought
// back to unit variance.
void smooth(std::vector<float>& field, std::size_t rows, std::size_t columns, double width, bool along_rows) {
  if (width <= 1.0) return;
  const std::size_t n = along_rows ? rows : columns;
  const std::size_t lines = along_rows ? columns : rows;
  const std::size_t stride = along_rows ? columns : 1;
  const std::size_t line_stride = along_rows ? 1 : columns;
  const auto whole = std::min(static_cast<std::size_t>(width), n);
  const double part = whole < n ? width - static_cast<double>(whole) : 0.0;
  const double scale = 1.0 / std::sqrt(static_cast<double>(whole) + part * part);
  std::vector<double> line(n);
  for (std::size_t l = 0; l < lines; ++l) {
    float* p = field.data() + l * line_stride;
    for (std::size_t i = 0; i < n; ++i) line[i] = static_cast<double>(p[i * stride]);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = part * line[(i + whole) % n];
      for (std::size_t k = 0; k < whole; ++k) sum += line[(i + k) % n];
      p[i * stride] = static_cast<float>(sum * scale);
    }
  }
}

std::vector<float> gaussian(std::size_t rows, std::size_t columns, double cells, double spokes, Random& random) {
  std::vector<float> field(rows * columns);
  for (auto& v : field) v = static_cast<float>(random.normal());
  smooth(field, rows, columns, cells, false);
  smooth(field, rows, columns, spokes, true);
  return field;
}

}  // namespace

SpeckleField make_speckle(std::size_t rows, std::size_t columns, double cells_correlated, double rows_correlated,
                          std::uint64_t seed) {
  Random random(seed);
  const auto re = gaussian(rows, columns, cells_correlated, rows_correlated, random);
  const auto im = gaussian(rows, columns, cells_correlated, rows_correlated, random);
  SpeckleField field{rows, columns, std::vector<std::complex<float>>(rows * columns)};
  const float half = std::sqrt(0.5F);
  for (std::size_t i = 0; i < re.size(); ++i) field.values[i] = {half * re[i], half * im[i]};
  return field;
}

GaussField make_gauss(std::size_t rows, std::size_t columns, double cells_correlated, double rows_correlated,
                      std::uint64_t seed) {
  Random random(seed);
  // Smoothed twice: a triangle-shaped correlation without corners.
  auto field = gaussian(rows, columns, cells_correlated / 2.0, rows_correlated / 2.0, random);
  smooth(field, rows, columns, cells_correlated / 2.0, false);
  smooth(field, rows, columns, rows_correlated / 2.0, true);
  // Smoothing a smoothed field does not keep the variance.
  double sum = 0.0;
  double sum2 = 0.0;
  for (const float v : field) {
    sum += static_cast<double>(v);
    sum2 += static_cast<double>(v) * static_cast<double>(v);
  }
  const auto n = static_cast<double>(field.size());
  const double mean = sum / n;
  const double scale = 1.0 / std::sqrt(sum2 / n - mean * mean);
  for (float& v : field) v = static_cast<float>((static_cast<double>(v) - mean) * scale);
  return {rows, columns, std::move(field)};
}

}  // namespace headland::scenario
