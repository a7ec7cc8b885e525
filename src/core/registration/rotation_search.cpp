// SPDX-License-Identifier: Apache-2.0
#include "core/registration/rotation_search.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::registration {
namespace {

constexpr double bin_rad = 2.0 * std::numbers::pi / static_cast<double>(RotationSearch::bins);
constexpr std::size_t apart = 12;       // bins: nearer rotations are the same peak,
constexpr std::size_t top = 4;          // and its top is no wider than this to either side
constexpr double most_for = 3.0;        // that one vessel can say for a rotation (e^3 = 20 times chance),
constexpr double most_against = -1.0;   // and against
constexpr double unsure_looks = 0.5;    // few looks prove little
constexpr double unseen_share = 0.15;   // at the true rotation vessels are seldom seen in fewer turns,
constexpr double seen_share = 0.45;     // and mostly in more
constexpr double hidden = 0.1;          // of the vessels are not seen at all
constexpr double present_share = 0.25;  // an echo in so many turns is one
constexpr double most_doubt_rad = std::numbers::pi / 18.0;
constexpr std::int64_t hold_ns = 60'000'000'000;  // a vessel is heard so long before another may take its place

std::size_t apart_of(std::size_t a, std::size_t b) {
  const std::size_t d = a > b ? a - b : b - a;
  return std::min(d, RotationSearch::bins - d);
}

}  // namespace

void RotationSearch::observe(Mmsi vessel, std::int64_t time_ns, const std::vector<double>& off_rad, bool moves) {
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
  v.moving = v.moving * static_cast<double>(fade) + (moves ? 1.0 : 0.0);
  v.last_ns = time_ns < v.last_ns - hold_ns ? time_ns : std::max(v.last_ns, time_ns);  // a clock may be set back
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

// What one vessel says for each rotation.
void RotationSearch::add(const Vessel& v, Votes& votes) const {
  std::vector<double> ranked(bins);
  for (std::size_t i = 0; i < bins; ++i) ranked[i] = static_cast<double>(v.hits[i]) / (v.looks + unsure_looks);
  const std::vector<double> share = ranked;
  std::sort(ranked.begin(), ranked.end());
  const double weight = config_.still_weight + (1.0 - config_.still_weight) * std::min(1.0, v.moving / v.looks);
  for (std::size_t i = 0; i < bins; ++i) {
    const auto fewer = std::lower_bound(ranked.begin(), ranked.end(), share[i]) - ranked.begin();
    const double chance = 1.0 - static_cast<double>(fewer) / static_cast<double>(bins);
    const double seen = std::clamp((share[i] - unseen_share) / (seen_share - unseen_share), hidden, 1.0);
    votes.score[i] += weight * std::clamp(std::log(seen / chance), most_against, most_for);
    if (share[i] > present_share) ++votes.present[i];
  }
}

RotationSearch::Votes RotationSearch::votes() const {
  Votes votes{std::vector<double>(bins, 0.0), std::vector<std::uint32_t>(bins, 0)};
  // Before anybody votes: about north, but no rotation is out of the question (Cauchy).
  const double usual = config_.usual_deg * std::numbers::pi / 180.0;
  for (std::size_t i = 0; i < bins; ++i) {
    const double off = (static_cast<double>(std::min(i, bins - i)) + 0.5) * bin_rad / usual;
    votes.score[i] = -0.5 * std::log(1.0 + off * off);
  }
  for (const auto& [mmsi, v] : vessels_) {
    if (v.looks > config_.least_looks) add(v, votes);
  }
  return votes;
}

RotationSearch::Doubt RotationSearch::doubt(double believed_rad) const {
  if (vessels_.empty()) return {};
  const std::vector<double> score = votes().score;
  const double turn = believed_rad / (2.0 * std::numbers::pi);
  const auto believed = static_cast<std::size_t>((turn - std::floor(turn)) * static_cast<double>(bins)) % bins;
  const double best = *std::max_element(score.begin(), score.end());
  double sum = 0.0;
  double squares = 0.0;
  double near = score[believed];
  for (std::size_t i = 0; i < bins; ++i) {
    const double p = std::exp(score[i] - best);
    const double off = std::min(static_cast<double>(apart_of(i, believed)) * bin_rad, most_doubt_rad);
    sum += p;
    if (apart_of(i, believed) > top) {
      squares += p * off * off;
    } else {
      near = std::max(near, score[i]);
    }
  }
  return {std::sqrt(squares / sum), best > near};
}

std::optional<RotationSearch::Found> RotationSearch::find(double believed_rad) const {
  const Found found = peak_of(votes(), believed_rad);
  if (found.vessels < config_.least_vessels || found.other > config_.most_other ||
      found.margin < config_.least_margin) {
    return std::nullopt;
  }
  return found;
}

std::optional<RotationSearch::Found> RotationSearch::likeliest() const {
  const Found found = peak_of(votes(), 0.0);
  return found.other < 0.5 ? std::optional(found) : std::nullopt;
}

RotationSearch::Found RotationSearch::peak_of(const Votes& votes, double believed_rad) {
  const auto& score = votes.score;
  const auto& present = votes.present;
  const auto best = static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
  double rival = -1e9;
  double weight = 0.0;
  double sum = 0.0;
  double all = 0.0;
  double others = 0.0;
  std::uint32_t vessels = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    const double probability = std::exp(score[i] - score[best]);
    all += probability;
    if (apart_of(i, best) > top) others += probability;
    if (apart_of(i, best) > apart) {
      rival = std::max(rival, score[i]);
      continue;
    }
    vessels = std::max(vessels, present[i]);
    if (apart_of(i, best) > top) continue;
    auto off = static_cast<double>(i) - static_cast<double>(best);
    if (off > static_cast<double>(bins) / 2.0) off -= static_cast<double>(bins);
    if (off < -static_cast<double>(bins) / 2.0) off += static_cast<double>(bins);
    weight += probability;
    sum += probability * off;
  }
  double bearing = (static_cast<double>(best) + 0.5 + sum / weight) * bin_rad;
  if (bearing > std::numbers::pi) bearing -= 2.0 * std::numbers::pi;
  const double turn = believed_rad / (2.0 * std::numbers::pi);
  const auto believed = static_cast<std::size_t>((turn - std::floor(turn)) * static_cast<double>(bins)) % bins;
  double there = score[believed];
  for (std::size_t i = 0; i < bins; ++i) {
    if (apart_of(i, believed) <= top / 2) there = std::max(there, score[i]);
  }
  return {bearing, score[best], score[best] - rival, vessels, others / all, score[best] - there};
}

void RotationSearch::turn(double by_rad) {
  const double turn = by_rad / (2.0 * std::numbers::pi);
  const auto by = static_cast<std::size_t>((turn - std::floor(turn)) * static_cast<double>(bins)) % bins;
  for (auto& [mmsi, v] : vessels_) {
    if (v.hits.size() == bins)
      std::rotate(v.hits.begin(), v.hits.end() - static_cast<std::ptrdiff_t>(by), v.hits.end());
  }
}

void RotationSearch::forget(std::int64_t now_ns) {
  const auto oldest = now_ns - static_cast<std::int64_t>(2.0 * config_.memory_s * 1e9);
  std::erase_if(vessels_, [&](const auto& entry) { return entry.second.last_ns < oldest; });
}

void RotationSearch::restore(const Snapshot& snapshot) {
  vessels_ = snapshot;
  std::erase_if(vessels_, [](const auto& entry) { return entry.second.hits.size() != bins; });
}

}  // namespace headland::registration
