// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/fused_state.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/angle.hpp"

namespace headland::fusion {
namespace {

constexpr double least_trust = 0.5;
constexpr double farthest_apart = 13.8;  // chi-square of two dimensions, 0.1 %
constexpr double sent_velocity_mps = 0.3;
constexpr double acceleration_mps2 = 0.03;

struct Covariance {
  double ee = 0.0, nn = 0.0, en = 0.0;
  [[nodiscard]] double determinant() const { return ee * nn - en * en; }
  [[nodiscard]] Covariance inverse() const {
    const double d = determinant();
    return {nn / d, ee / d, -en / d};
  }
};
Covariance operator+(const Covariance& a, const Covariance& b) { return {a.ee + b.ee, a.nn + b.nn, a.en + b.en}; }

// A deviation along a direction (east, north of length 1) and one across it.
Covariance along(double east, double north, double along_m, double across_m) {
  const double a = along_m * along_m;
  const double c = across_m * across_m;
  return {a * east * east + c * north * north, a * north * north + c * east * east, (a - c) * east * north};
}

}  // namespace

FusedState fuse(const Track& track, EastNorth site, const AisMotion& motion, const AisQuality& quality,
                const RadarErrors& errors) {
  const auto& c = track.state.covariance;
  FusedState out{track.state.position, track.state.velocity, c[0], c[5], c[1], 0.0, 0.0};
  const double age = std::abs(to_seconds(track.time - motion.time()).value());
  if (quality.trust < least_trust || age > quality.oldest_s) return out;

  const double e = (track.state.position.east - site.east).value();
  const double n = (track.state.position.north - site.north).value();
  const double range = std::max(std::hypot(e, n), 1.0);
  const Covariance radar =
      Covariance{c[0], c[5], c[1]} + along(e / range, n / range, errors.range_m, range * errors.bearing_rad);
  const double fix = motion.deviation_at(track.time, quality.fix_deviation_m) / quality.trust;
  Covariance ais{fix * fix, fix * fix, 0.0};
  if (motion.velocity()) {
    const double speed = motion.velocity()->speed().value();
    if (speed > 0.1) {
      const double ve = motion.velocity()->east.value() / speed;
      const double vn = motion.velocity()->north.value() / speed;
      ais = ais + along(ve, vn, speed * quality.latency_deviation_s, 0.0);
    }
  }
  const EastNorth sent = motion.position_at(track.time);
  const double de = (sent.east - track.state.position.east).value();
  const double dn = (sent.north - track.state.position.north).value();
  const Covariance apart = (radar + ais).inverse();
  const double chi2 = apart.ee * de * de + apart.nn * dn * dn + 2.0 * apart.en * de * dn;
  if (chi2 > farthest_apart) return out;

  const Covariance wr = radar.inverse();
  const Covariance wa = ais.inverse();
  const Covariance both = (wr + wa).inverse();
  // Gain of AIS: both * wa.
  const double gee = both.ee * wa.ee + both.en * wa.en;
  const double gen = both.ee * wa.en + both.en * wa.nn;
  const double gne = both.en * wa.ee + both.nn * wa.en;
  const double gnn = both.en * wa.en + both.nn * wa.nn;
  out.position = {track.state.position.east + Metres(gee * de + gen * dn),
                  track.state.position.north + Metres(gne * de + gnn * dn)};
  out.var_ee_m2 = both.ee;
  out.var_nn_m2 = both.nn;
  out.cov_en_m2 = both.en;
  out.ais_position_weight = std::clamp(0.5 * (gee + gnn), 0.0, 1.0);
  if (motion.velocity()) {
    const double deviation = (motion.derived() ? 1.0 : sent_velocity_mps) + acceleration_mps2 * age;
    const double own = deviation * deviation / (quality.trust * quality.trust);
    const double we = c[10] / (c[10] + own);
    const double wn = c[15] / (c[15] + own);
    out.velocity = {track.state.velocity.east + (motion.velocity()->east - track.state.velocity.east) * we,
                    track.state.velocity.north + (motion.velocity()->north - track.state.velocity.north) * wn};
    out.ais_velocity_weight = std::clamp(0.5 * (we + wn), 0.0, 1.0);
  }
  return out;
}

}  // namespace headland::fusion
