// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/life/visibility.hpp"

#include <algorithm>
#include <cmath>

namespace headland::tracking {

double visibility_after(const TrackerConfig& config, double visibility, double dt) {
  const double leaving = 1.0 / config.mean_visible_s;
  const double coming = 1.0 / config.mean_hidden_s;
  const double rest = coming / (leaving + coming);
  return rest + (visibility - rest) * std::exp(-std::max(dt, 0.0) * (leaving + coming));
}

}  // namespace headland::tracking
