// SPDX-License-Identifier: Apache-2.0
// Tables of random numbers with the right statistics, made once; each spoke reads them from an offset
// of its own. Far cheaper than drawing every cell, and the same for every seed.
//
// All tables wrap around in both directions.
#pragma once

#include <complex>
#include <cstdint>
#include <vector>

namespace headland::scenario {

// Complex Gaussian of unit mean power, in rows (neighbouring spokes) and columns (cells).
struct SpeckleField {
  std::size_t rows = 0;
  std::size_t columns = 0;  // a power of two
  std::vector<std::complex<float>> values;

  [[nodiscard]] const std::complex<float>* row(std::size_t r) const { return values.data() + (r % rows) * columns; }
};

// `cells_correlated`: length of the pulse in cells (a matched filter makes neighbours alike);
// `rows_correlated`: spokes over which the phase holds, 0 = none.
[[nodiscard]] SpeckleField make_speckle(std::size_t rows, std::size_t columns, double cells_correlated,
                                        double rows_correlated, std::uint64_t seed);

// Real Gaussian of mean 0 and deviation 1, correlated over the given numbers of cells and rows: what lies under the
// texture of clutter.
struct GaussField {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> values;

  [[nodiscard]] const float* row(std::size_t r) const { return values.data() + (r % rows) * columns; }
};
[[nodiscard]] GaussField make_gauss(std::size_t rows, std::size_t columns, double cells_correlated,
                                    double rows_correlated, std::uint64_t seed);

}  // namespace headland::scenario
