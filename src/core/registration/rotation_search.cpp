// SPDX-License-Identifier: Apache-2.0
#include "core/registration/rotation_search.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::registration {
namespace {

constexpr double bin_rad = 2.0 * std::numbers::pi / static_cast<double>(RotationSearch::bins);
constexpr std::size_t apart = 12;                 // bins: nearer rotations are the same peak,
constexpr std::size_t top = 4;                    // and its top is no wider than this to either side
constexpr double top_share = 0.85;                // of the best score
constexpr double most_for = 3.0;                  // that one vessel can say for a rotation (e^3 = 20 times chance),
constexpr double most_against = -1.0;             // and against
constexpr double unsure_looks = 0.5;              // few looks prove little
constexpr double floor_share = 0.02;              // below this share of turns an echo is chance, however rare
constexpr double present_share = 0.25;            // an echo in so many turns is one
constexpr std::int64_t hold_ns = 60'000'000'000;  // a vessel is heard so long before another may take its place

std::size_t apart_of(std::size_t a, std::size_t b) {
  const std::size_t d = a > b ? a - b : b - a;
  return std::min(d, RotationSearch::bins - d);
}

}  // namespace

void RotationSearch::observe(Mmsi vessel, std::int64_t time_ns, const std::vector<double>& off_rad) {
  if (!vessels_.contains(vessel.value()) && vessels_.size() >= config_.most_vessels) {
    const auto stalest = std::min_element(vessels_.begin(), vessels_.end(), [](const auto& a, const auto& b) {
      return a.second.last_ns < b.second.last_ns;
    });
    if (time_ns - stalest->second.last_ns < hold_ns) return;
    vessels_.erase(stalest);
  }
  Vessel& v = vessels_[vessel.value()];
  if (v.hits.size() != bins) v.hits.assign(bins, 0.0F);
  const double dt_s = v.looks > 0.0 ? std::max(0.0, static_cast<double>(time_ns - v.last_ns) * 1e-9) : 0.0;
  const auto fade = static_cast<float>(std::exp(-dt_s / config_.memory_s));
  for (float& h : v.hits) h *= fade;
  v.looks = v.looks * static_cast<double>(fade) + 1.0;
  v.last_ns = std::max(v.last_ns, time_ns);
  std::vector<std::size_t> hit;
  for (const double off : off_rad) {
    const double turn = off / (2.0 * std::numbers::pi);
    const auto bin = static_cast<std::size_t>((turn - std::floor(turn)) * static_cast<double>(bins)) % bins;
    // An echo counts for its bin and both neighbours: 1.5 degrees.
    for (const std::size_t step : {bins - 1, std::size_t{0}, std::size_t{1}}) hit.push_back((bin + step) % bins);
  }
  std::sort(hit.begin(), hit.end());
  hit.erase(std::unique(hit.begin(), hit.end()), hit.end());
  for (const std::size_t bin : hit) v.hits[bin] += 1.0F;
}

std::optional<RotationSearch::Found> RotationSearch::find(double believed_rad) const {
  std::vector<double> score(bins, 0.0);
  std::vector<std::uint32_t> present(bins, 0);
  for (const auto& [mmsi, v] : vessels_) {
    if (v.looks < config_.least_looks) continue;
    double mean = 0.0;
    for (const float h : v.hits) mean += static_cast<double>(h);
    mean /= v.looks * static_cast<double>(bins);
    for (std::size_t i = 0; i < bins; ++i) {
      const double share = static_cast<double>(v.hits[i]) / (v.looks + unsure_looks);
      score[i] += std::clamp(std::log((share + floor_share) / (mean + floor_share)), most_against, most_for);
      if (share > present_share) ++present[i];
    }
  }
  const auto best = static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
  double rival = -1e9;
  double weight = 0.0;
  double sum = 0.0;
  std::uint32_t vessels = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    if (apart_of(i, best) > apart) {
      rival = std::max(rival, score[i]);
      continue;
    }
    vessels = std::max(vessels, present[i]);
    const double over = score[i] - top_share * score[best];
    if (over <= 0.0 || apart_of(i, best) > top) continue;
    auto off = static_cast<double>(i) - static_cast<double>(best);
    if (off > static_cast<double>(bins) / 2.0) off -= static_cast<double>(bins);
    if (off < -static_cast<double>(bins) / 2.0) off += static_cast<double>(bins);
    weight += over;
    sum += over * off;
  }
  if (vessels < config_.least_vessels || score[best] < config_.least_score ||
      score[best] - rival < config_.least_margin) {
    return std::nullopt;
  }
  double bearing = (static_cast<double>(best) + 0.5 + (weight > 0.0 ? sum / weight : 0.0)) * bin_rad;
  if (bearing > std::numbers::pi) bearing -= 2.0 * std::numbers::pi;
  const double turn = believed_rad / (2.0 * std::numbers::pi);
  const auto believed = static_cast<std::size_t>((turn - std::floor(turn)) * static_cast<double>(bins)) % bins;
  double there = score[believed];
  for (std::size_t i = 0; i < bins; ++i) {
    if (apart_of(i, believed) <= top / 2) there = std::max(there, score[i]);
  }
  return Found{bearing, score[best], score[best] - rival, vessels, score[best] - there};
}

void RotationSearch::restore(const Snapshot& snapshot) {
  vessels_ = snapshot;
  std::erase_if(vessels_, [](const auto& entry) { return entry.second.hits.size() != bins; });
}

}  // namespace headland::registration
