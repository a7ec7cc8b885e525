// SPDX-License-Identifier: Apache-2.0
// The AIS of a vessel of PlotSea: fixes on whole seconds, sent some time after, at the intervals of its class; honest
// or with one fault.
#pragma once

#include <functional>
#include <vector>

#include "core/base/random.hpp"
#include "core/geo/local_frame.hpp"
#include "core/scenario/sea/plot_sea.hpp"

namespace headland::scenario {

class SeaTransmitter {
 public:
  SeaTransmitter(const SeaVessel& vessel, double fault_after_s, std::uint64_t seed);

  // Appends what is received up to `now_s` after `start`; `at` gives the vessel's true state.
  void send(double now_s, Timestamp start, const LocalFrame& frame, const std::function<SeaState(double)>& at,
            std::vector<AisMessage>& out);

 private:
  [[nodiscard]] SeaState told(double fix_s, const std::function<SeaState(double)>& at);
  void send_report(Timestamp start, const LocalFrame& frame, const std::function<SeaState(double)>& at,
                   std::vector<AisMessage>& out);
  void send_static(Timestamp start, std::vector<AisMessage>& out) const;

  SeaVessel vessel_;
  double fault_after_s_;
  Random random_;
  double report_due_s_ = 0.0;
  double static_due_s_ = 0.0;
  double twin_due_s_ = 0.0;
  double error_east_m_ = 0.0, error_north_m_ = 0.0, error_at_s_ = 0.0;  // of its receiver, wanders
  SeaState held_;                                                       // where it was when its fault began
  bool holds_ = false;
};

}  // namespace headland::scenario
