// SPDX-License-Identifier: Apache-2.0
// What the reports of one AIS station say against themselves: positions that no vessel reaches, two streams of
// positions under one number, motion that does not agree with the positions, circles, particulars that change.
// Needs no radar and no plane.
//
// Times: two reports are as far apart as their reception says, put right by the second of the fix where both send it
// (then good to some 2 s, whatever the receiver's clock); otherwise to some 15 s.
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "core/ais/report.hpp"
#include "core/fusion/trust/trust_ledger.hpp"

namespace headland::fusion {

// Great-circle distance on a sphere, m (to 0.5 %).
[[nodiscard]] double metres_between(GeoPosition a, GeoPosition b);

class ReportChecks {
 public:
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  struct Fix {
    Timestamp received;
    std::int16_t second = -1;  // of the fix, -1 = not sent
    double latitude_rad = 0.0, longitude_rad = 0.0;
    double speed_mps = none, course_rad = none, heading_rad = none;
    [[nodiscard]] GeoPosition position() const { return {Radians(latitude_rad), Radians(longitude_rad)}; }
  };
  // Positions that follow from one another.
  struct Stream {
    Fix last;
    std::uint32_t reports = 0;
  };
  // Where it was some time ago.
  struct PathPoint {
    Timestamp when;
    double latitude_rad = 0.0, longitude_rad = 0.0;
  };
  // What is summed over some three quarters of a minute, then judged.
  struct Window {
    Fix first;
    std::uint32_t reports = 0, against = 0;
    double expected_east_m = 0.0, expected_north_m = 0.0;  // by speed and course sent
    double expected_path_m = 0.0, path_m = 0.0;
    double heading_off_rad = 0.0;
    bool motion_sent = true;
  };
  struct Circle {
    Fix at;  // end of the last leg
    double course_rad = none;
    double turned_rad = 0.0, rate_rad_s = 0.0, speed_mps = 0.0;
    std::uint32_t legs = 0;
  };
  // Plain, for snapshots.
  struct State {
    std::array<Stream, 3> streams;
    std::array<PathPoint, 24> path;  // of the last twenty minutes or so, round and round
    std::uint8_t path_next = 0;
    std::uint8_t current = 0;
    std::uint32_t switches = 0;
    Timestamp switched;
    double switch_m = 0.0;
    bool jump_open = false;  // the current stream began by a jump that its second report must confirm
    double jump_m = 0.0, jump_limit_m = 0.0;
    Window window;
    Circle circle;
    std::string name, callsign;
    std::uint32_t imo = 0;
    std::uint32_t identity_changes = 0;
    double length_m = 0.0, beam_m = 0.0;
    std::int16_t ship_type = -1;
  };

  // `times_pass`: times of reception can be relied on (AisTiming::is_steady).
  void process(const VesselReport& report, bool times_pass, TrustLedger& ledger);
  void process(const VesselParticulars& particulars, TrustLedger& ledger);

  [[nodiscard]] const State& state() const { return s_; }
  // Places in the rings may come from a damaged file.
  void restore(const State& state) {
    s_ = state;
    s_.current = static_cast<decltype(s_.current)>(s_.current % s_.streams.size());
    s_.path_next = static_cast<decltype(s_.path_next)>(s_.path_next % s_.path.size());
  }
  // Length and beam sent, m; 0 = none.
  [[nodiscard]] double length_m() const { return s_.length_m; }

 private:
  struct Step {
    double dt_s = 0.0, slack_s = 0.0, distance_m = 0.0, limit_m = 0.0;
    [[nodiscard]] bool possible() const { return distance_m <= limit_m; }
  };
  [[nodiscard]] Step step(const Fix& from, const Fix& to, bool long_range) const;
  void forget_way();
  void note_path(const Fix& fix);
  [[nodiscard]] bool is_on_path(const Fix& fix) const;
  bool place(const Fix& fix, bool long_range, TrustLedger& ledger);
  void judge_speed(const VesselReport& report, TrustLedger& ledger) const;
  void follow(const Fix& before, const Fix& fix, const Step& step, TrustLedger& ledger);
  void judge_window(const Fix& fix, double slack_s, TrustLedger& ledger);
  void turn(const Fix& fix, TrustLedger& ledger);

  State s_;
};

}  // namespace headland::fusion
