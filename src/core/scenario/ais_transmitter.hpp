// SPDX-License-Identifier: Apache-2.0
// When and what a vessel sends by AIS: reporting intervals of ITU-R M.1371-5 (Annex 1, tables 1 and
// 2), static data every six minutes, positions with the error of a satellite receiver.
#pragma once

#include <vector>

#include "core/ais/report.hpp"
#include "core/base/random.hpp"
#include "core/scenario/vessel_motion.hpp"

namespace headland::scenario {

struct AisTransmission {
  Timestamp time;  // of the transmission; receivers hear it at once
  AisMessage message;
};

// Nominal interval between position reports, seconds.
// Class A: at anchor and not faster than 3 kn 180; at anchor faster 10; to 14 kn 10, changing course
// 3 1/3; to 23 kn 6 and 2; above 2 and 2. Class B "CS": to 2 kn 180, faster 30. Aids 180.
[[nodiscard]] double reporting_interval_s(AisEquipment equipment, double speed_mps, bool at_anchor,
                                          bool changing_course);

class AisTransmitter {
 public:
  AisTransmitter(const VesselSpec& spec, std::uint64_t seed, Timestamp start);

  // To be called at every tick with the state then: the error of the position wanders, the course is
  // watched, and a shorter interval may bring the next report forward.
  void at_tick(const VesselState& state, Timestamp now);

  // When the next message is due; far in the future when there is none.
  [[nodiscard]] Timestamp due() const { return std::min(report_due_, static_due_); }
  // Appends what is due at due(), given the state then, and plans the next.
  void transmit(const VesselState& state, const LocalFrame& frame, std::vector<AisTransmission>& out);

 private:
  [[nodiscard]] double interval_s(const VesselState& state) const;
  [[nodiscard]] VesselReport report(const VesselState& state, const LocalFrame& frame);
  void send_static(std::vector<AisTransmission>& out);
  [[nodiscard]] VesselParticulars particulars() const;
  [[nodiscard]] AidToNavigation aid(const VesselState& state, const LocalFrame& frame) const;

  VesselSpec spec_;
  Random random_;
  Timestamp silent_from_;
  Timestamp report_last_;
  Timestamp report_due_;
  Timestamp static_due_;
  Timestamp course_steady_;  // from when on the course counts as steady again
  double error_east_m_ = 0.0;
  double error_north_m_ = 0.0;
  double error_sigma_m_ = 0.0;
  double mean_heading_rad_ = 0.0;  // over the last half minute
  bool heading_known_ = false;
  bool changing_course_ = false;
  char channel_ = 'A';
};

}  // namespace headland::scenario
