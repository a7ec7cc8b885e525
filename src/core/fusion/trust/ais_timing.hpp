// SPDX-License-Identifier: Apache-2.0
// How old AIS positions are when they are received, and how far the receiver's clock is off.
//
// Class A transmits in slots of 60/2250 s of UTC and says in which (ITU-R M.1371-5, annex 2, 3.3.7.2): the time of
// reception against the slot gives the error of the receiver's clock, but for whole minutes. The second of the fix
// (types 1 to 3, 9, 18, 19, 27) then gives its age, per vessel with its scatter.
#pragma once

#include <map>
#include <optional>

#include "core/ais/report.hpp"
#include "core/base/time.hpp"

namespace headland::fusion {

// The slot of a SOTDMA communication state (types 1, 2, 4 and 11), 0 .. 2249, where it was sent this time.
[[nodiscard]] std::optional<unsigned> slot_number(std::uint8_t message_type, std::uint32_t communication_state);

class AisTiming {
 public:
  // A circular mean over the minute, fading over some 500 reports.
  struct Clock {
    double cosine = 0.0, sine = 0.0, reports = 0.0;
    void take(double second);
    [[nodiscard]] double mean_s() const;       // -30 .. 30
    [[nodiscard]] double deviation_s() const;  // of one report
  };
  struct Vessel {
    double mean_s = 0.0, variance_s2 = 0.0;
    std::uint32_t reports = 0;
  };

  void process(const VesselReport& report);
  void process(const BaseStationReport& report);
  void forget(Mmsi mmsi) { vessels_.erase(mmsi); }

  // Age of the fix at reception, s: by its second where the clock is known, -5 .. 55; nothing otherwise.
  [[nodiscard]] std::optional<double> age_s(const VesselReport& report) const;
  [[nodiscard]] std::optional<Vessel> latency_of(Mmsi mmsi) const;
  // How far the receiver's clock is ahead of UTC, s (whole minutes unknown), with the deviation of one report.
  [[nodiscard]] std::optional<Clock> receiver_clock() const;
  // Whether times of reception pass as time does: false where a file has none or gives them by blocks.
  [[nodiscard]] bool is_steady() const;

  struct Snapshot {
    Clock by_slot, by_second;
    std::map<Mmsi, Vessel> vessels;
  };
  [[nodiscard]] Snapshot snapshot() const { return {by_slot_, by_second_, vessels_}; }
  void restore(const Snapshot& s);

 private:
  Clock by_slot_;    // reception against the slot
  Clock by_second_;  // reception against the second of the fix
  std::map<Mmsi, Vessel> vessels_;
};

}  // namespace headland::fusion
