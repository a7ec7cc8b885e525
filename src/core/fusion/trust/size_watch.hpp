// SPDX-License-Identifier: Apache-2.0
// Whether the length that a station sends fits its echo: a likelihood ratio against the vessels of the same waters.
//
// Echoes are longer than hulls by what radars and thresholds make of them, and that differs from radar to radar. So it
// is learned from all vessels that send a length: echo against length sent, both as log(m + 10 m), a robust line (Theil
// 1950, Sen 1968) and the scatter about it. Of one vessel the ratio is
//   p(its echo | it has some length, 6 to 350 m, log uniform) / p(its echo | it has the length sent),
// each with the scatter, the doubt of the line there and that of the echo's own estimate, so far as vessels are seen to
// scatter by it (what is not known of a radar's beam is the same for all, and the line has it); the latter with long
// tails, for crews that describe their vessel roughly and echoes that are not whole. The estimate gathers all looks of
// the track, so the ratio is that of all of them, and it passes 1 / a ever for at most the share a of the vessels that
// fit (Ville 1939): no number of looks makes an accusation of chance. Where echoes tell little of lengths, the line is
// flat or the scatter large, and nobody is accused.
#pragma once

#include <cstdint>
#include <vector>

namespace headland::fusion {

struct SizeWatchConfig {
  double false_alarm = 5e-4;   // share of the vessels that fit who are ever accused, at most; 1e-9 .. 0.1
  double least_looks = 15.0;   // independent ones before a vessel teaches or is judged, 1 .. 1000
  std::uint32_t vessels = 12;  // that teach, before anybody is judged, 3 .. 1000
  double rough = 0.1;          // deviation of the lengths that honest crews send, of themselves, 0.01 .. 0.5
};

class SizeWatch {
 public:
  // Of one station and its track.
  struct State {
    double sent_m = 0.0;          // 0: none
    double echo_m = 0.0;          // length by its echoes,
    double echo_deviation_m = 0;  // and how far it may be off
    double looks = 0.0;           // independent ones
    double fitted_m = 0.0;        // the length sent that an echo fitted once: the same does not become a lie
  };
  // log(echo + 10 m) = middle_echo + slope (log(sent + 10 m) - middle_sent), normal about it.
  struct Line {
    double slope = 1.0, slope_deviation = 0.0;
    double middle_sent = 0.0, middle_echo = 0.0;
    double scatter = 0.0;    // beyond what the echoes' own deviations explain
    double own_share = 1.0;  // of the echoes' own variances that shows in the scatter: the rest all have in common
    std::uint32_t vessels = 0;
  };

  explicit SizeWatch(const SizeWatchConfig& config = {}) : config_(config) {}

  // A look at the vessel, `share` of an independent one.
  static void look(double sent_m, double echo_m, double deviation_m, double share, State& state);
  // Whether a station is known well enough to teach and to be judged.
  [[nodiscard]] bool is_known(const State& state) const;
  // From all that are: at most `taught` of them count, spread evenly.
  void learn(const std::vector<State>& stations);

  // Logarithm of the likelihood ratio; 0 while nothing can be told.
  [[nodiscard]] double log_ratio(const State& state) const;
  // Whether the length is a false one. Not where the same once fitted: then the echo is another's, for two vessels that
  // met and whose tracks changed places are far more common than crews that go on to lie.
  [[nodiscard]] bool misfits(const State& state) const;
  // After a look: whether the length fits.
  void note_fit(State& state) const;
  [[nodiscard]] const Line& line() const { return line_; }

  static constexpr std::size_t taught = 96;

 private:
  [[nodiscard]] double expected(double sent_log) const;
  [[nodiscard]] double variance(double sent_log, double own_variance) const;

  SizeWatchConfig config_;
  Line line_;
};

}  // namespace headland::fusion
