// SPDX-License-Identifier: Apache-2.0
#include "core/registration/witness/witness.hpp"

#include <algorithm>
#include <cmath>

namespace headland::registration {
namespace {

constexpr std::size_t biases = JointLook::biases;
constexpr std::size_t wander = 2;  // rows of a spell before those of the witness
constexpr std::int64_t spell_ns = 60'000'000'000;

void grow(std::vector<double>& matrix, std::size_t old, std::size_t n) {
  if (matrix.empty() && old > 0) return;
  std::vector<double> grown(n * n, 0.0);
  if (!matrix.empty()) {
    for (std::size_t i = 0; i < old; ++i) {
      for (std::size_t j = 0; j < old; ++j) grown[i * n + j] = matrix[i * old + j];
    }
  }
  matrix = std::move(grown);
}

// The row where the radar begins; the matrices grow for a new one.
std::size_t row_of(Witness& w, SensorId sensor) {
  for (std::size_t i = 0; i < w.sensors.size(); ++i) {
    if (w.sensors[i] == sensor.value()) return Witness::first + biases * i;
  }
  const std::size_t old = w.size();
  w.sensors.push_back(sensor.value());
  const std::size_t n = w.size();
  if (w.information.empty()) {
    w.information.assign(n * n, 0.0);
  } else {
    grow(w.information, old, n);
  }
  if (!w.spell.empty()) grow(w.spell, old + wander, n + wander);
  return n - biases;
}

// Adds what the spell says beside its offset.
void fold(const Witness& w, std::vector<double>& into) {
  const std::size_t n = w.size();
  const std::size_t m = n + wander;
  const double prior = 1.0 / (w.prior.wander_m * w.prior.wander_m);
  const double a = w.spell[0] + prior, b = w.spell[1], d = w.spell[m + 1] + prior;
  const double det = a * d - b * b;
  for (std::size_t i = 0; i < n; ++i) {
    const double pe = w.spell[wander + i], pn = w.spell[m + wander + i];
    const double ge = (d * pe - b * pn) / det, gn = (a * pn - b * pe) / det;
    for (std::size_t j = 0; j < n; ++j) {
      into[i * n + j] +=
          w.spell[(wander + i) * m + wander + j] - ge * w.spell[wander + j] - gn * w.spell[m + wander + j];
    }
  }
}

// One look to the sum: `east` and `north` are its rows.
void add(const JointLook& look, const std::vector<double>& east, const std::vector<double>& north,
         std::vector<double>& to) {
  const std::size_t n = east.size();
  for (std::size_t i = 0; i < n; ++i) {
    const double we = look.weight_ee * east[i] + look.weight_en * north[i];
    const double wn = look.weight_en * east[i] + look.weight_nn * north[i];
    if (we == 0.0 && wn == 0.0) continue;
    for (std::size_t j = 0; j < n; ++j) to[i * n + j] += we * east[j] + wn * north[j];
  }
}

}  // namespace

void observe(Witness& w, const JointLook& look, const WitnessPrior& prior, double memory_s) {
  const double dt_s = w.looks > 0.0 ? std::max(0.0, static_cast<double>(look.time_ns - w.last_ns) * 1e-9) : 0.0;
  const double fade = std::exp(-dt_s / memory_s);
  std::array<std::size_t, 2> rows{};
  for (std::uint32_t p = 0; p < look.part_count; ++p) rows[p] = row_of(w, look.parts[p].sensor);
  const bool wanders = prior.wander_m > 0.0;
  if (!w.spell.empty() && (!wanders || look.time_ns - w.spell_ns > spell_ns)) {
    fold(w, w.information);
    w.spell.clear();
  }
  w.prior = prior;
  const std::size_t n = w.size();
  const std::size_t before = wanders ? wander : 0;
  if (wanders && w.spell.empty()) {
    w.spell.assign((n + wander) * (n + wander), 0.0);
    w.spell_ns = look.time_ns;
  }
  for (double& v : w.information) v *= fade;
  for (double& v : w.spell) v *= fade;
  w.looks = w.looks * fade + 1.0;
  w.last_ns = std::max(w.last_ns, look.time_ns);
  std::vector<double> east(n + before, 0.0);
  std::vector<double> north(n + before, 0.0);
  if (wanders) east[0] = north[1] = 1.0;
  for (std::size_t i = 0; i < Witness::own; ++i) {
    east[before + i] = look.own_east[i];
    north[before + i] = look.own_north[i];
  }
  east[before + Witness::said] = look.east_m;
  north[before + Witness::said] = look.north_m;
  for (std::uint32_t p = 0; p < look.part_count; ++p) {
    for (std::size_t i = 0; i < biases; ++i) {
      east[before + rows[p] + i] += look.parts[p].east[i];
      north[before + rows[p] + i] += look.parts[p].north[i];
    }
  }
  add(look, east, north, wanders ? w.spell : w.information);
}

std::vector<double> said_by(const Witness& w) {
  std::vector<double> all = w.information;
  if (!w.spell.empty()) fold(w, all);
  return all;
}

bool is_whole(const Witness& w) {
  const std::size_t n = w.size();
  if (w.information.size() != n * n) return false;
  return w.spell.empty() || (w.spell.size() == (n + wander) * (n + wander) && w.prior.wander_m > 0.0);
}

}  // namespace headland::registration
