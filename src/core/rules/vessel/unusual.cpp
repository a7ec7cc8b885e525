// SPDX-License-Identifier: Apache-2.0
// What vessels of its class hardly ever do there at that time of day, by what was learned of our own traffic
// (routes/route_model.hpp). Nothing is said where too few were counted.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

using What = RouteEvidence::What;

constexpr double slack = 2.0;                 // of the share, once told
constexpr double uniform_share = 9.0 / 49.0;  // of 3 by 3 cells in 7 by 7
constexpr double unseen = 0.5;                // counted for what was never seen, in the 3 by 3 (Jeffreys)
constexpr double least_off = 0.3;  // of the mean speed: whoever is nearer is usual, however alike the others are
constexpr double least_off_mps = 3.0 * mps_per_knot;
constexpr double still_mps = 0.5 * mps_per_knot;

struct Share {
  What what;
  double share, visits;
};

bool wants(const UnusualRule& kind, std::string_view what) { return kind.what == "any" || kind.what == what; }

// The rarest of what the rule asks for and enough is known of.
std::optional<Share> rarest(const UnusualRule& kind, const RouteOpinion& o, const Vessel& v) {
  std::optional<Share> out;
  const auto take = [&](What what, double share, double visits) {
    if (visits >= kind.visits_min && (!out || share < out->share)) out = Share{what, share, visits};
  };
  const double wide = o.visits + o.visits_wider;
  if (wants(kind, "place"))
    take(What::place, (o.visits + unseen) / (wide + unseen / uniform_share) / uniform_share, wide);
  if (v.speed_mps < still_mps) {
    if (wants(kind, "stop")) take(What::stop, o.still_probability, o.visits);
    return out;
  }
  if (wants(kind, "direction")) take(What::direction, o.direction_probability, o.visits);
  const double off = std::abs(v.speed_mps - o.mean_speed_mps);
  if (wants(kind, "speed") && off > std::max(least_off * o.mean_speed_mps, least_off_mps)) {
    take(What::speed, o.speed_tail, o.speeds);
  }
  return out;
}

}  // namespace

std::optional<Finding> evaluate(const UnusualRule& kind, const Vessel& v) {
  const RouteWatch& w = v.memory->route;
  if (!v.motion_known || !w.in || w.asked == Timestamp{} || v.is_at_berth_or_anchor()) return std::nullopt;
  if (v.ais_lost && !v.has_radar) return std::nullopt;
  const auto found = rarest(kind, w.opinion, v);
  const double limit = 0.01 * kind.rare_pct;
  if (!found || found->share > slack * limit) return std::nullopt;
  Finding f;
  RouteEvidence e;
  e.what = found->what;
  e.share = found->share;
  e.limit = limit;
  e.visits = found->visits;
  e.course_deg = v.course_rad.value_or(0.0) / radians_per_degree;
  e.usual_deg = w.opinion.usual_course_deg;
  e.speed_mps = v.speed_mps;
  e.usual_mps = w.opinion.mean_speed_mps;
  f.evidence = e;
  f.is_met = found->share <= limit;
  f.needed_s = kind.for_min * 60.0;
  return f;
}

}  // namespace headland::rules
