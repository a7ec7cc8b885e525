// SPDX-License-Identifier: Apache-2.0
// A simulated strait at the level of plots: what several radars measure of many vessels, each radar with errors of
// its own that are known here, and what the vessels say by AIS, some of them falsely. Hours of it take minutes, for
// there is no video.
//
// Vessels keep a course and speed and turn now and then, as their kind does; each lives in the plane about the first
// radar. A radar sees a vessel in its range with a probability that falls with the square of the range; plots have
// Gaussian errors and the extent and strength of such a hull there (sea_echo.hpp), and clutter is spread evenly over
// the area. Everything comes from the seed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/ais/report.hpp"
#include "core/base/random.hpp"
#include "core/geo/local_frame.hpp"
#include "core/plots/plot.hpp"

namespace headland::scenario {

struct PlotRadar {
  std::string name;
  EastNorth site;
  double turn_s = 2.5;
  double range_max_m = 22'000.0;
  double range_deviation_m = 8.0;
  double bearing_deviation_deg = 0.25;
  double detection_near = 0.95;  // at the radar,
  double detection_far = 0.75;   // and at range_max
  double clutter_per_turn = 30.0;
  double beam_deg = 0.45;     // between the points at -3 dB, one way
  double pulse_m = 15.0;      // likewise, of an echo in range
  double cell_m = 6.0;        // in range,
  double spoke_deg = 0.1;     // and in bearing
  double strength_db = 54.0;  // over the threshold, of 1 m2 at 1 km
  // Measured minus true.
  double range_bias_m = 0.0;
  double bearing_bias_deg = 0.0;
  double time_bias_s = 0.0;
  // From then on the bearing bias is larger by so much: somebody bumped the antenna.
  double jump_after_s = 1e18;
  double jump_deg = 0.0;
  // It says nothing between these.
  double fails_after_s = 1e18;
  double back_after_s = 1e18;
};

enum class AisFault : std::uint8_t {
  none,
  offset_drift,     // the position runs away from the vessel, 3 m/s
  copied_mmsi,      // another station sends under its MMSI from elsewhere
  circle,           // says to go in a circle
  jump,             // its position jumps by some kilometres
  frozen,           // says it stays where it was
  wrong_identity,   // sends MMSI, class and size of another ship, which is not here, from the start
  stale,            // honest, but 6 to 10 s old, with scatter
  badly_described,  // honest, but its length is wrong by a factor of 2.5 to 4
};

struct PlotSeaConfig {
  std::vector<PlotRadar> radars;
  std::uint32_t vessels = 300;
  std::uint32_t with_ais = 240;
  std::uint32_t spoofed = 20;    // of these
  double fault_after_s = 300.0;  // faults that begin, begin then
  double class_b_share = 0.3;
  double half_east_m = 26'000.0;  // of the water, about its middle
  double half_north_m = 14'000.0;
  double middle_east_m = 9'000.0;
  double middle_north_m = 0.0;
  GeoPosition origin = GeoPosition::from_degrees(13.60, 121.00);  // of the plane: the first radar
  Timestamp start = Timestamp(std::chrono::seconds(1'772'344'800));
  std::uint64_t seed = 1;
};

// Three overlapping radars over a strait.
[[nodiscard]] PlotSeaConfig three_radars();

// As AIS has it, whole metres from the antenna; all zero: not sent.
struct SentSize {
  std::uint16_t to_bow_m = 0, to_stern_m = 0, to_port_m = 0, to_starboard_m = 0;
  [[nodiscard]] double length_m() const { return to_bow_m + to_stern_m; }
};

struct SeaVessel {
  std::uint32_t mmsi = 0;  // that it sends under; 0 = no AIS
  AisFault fault = AisFault::none;
  AisClass kind = AisClass::class_a;
  double length_m = 0.0, beam_m = 0.0;
  SentSize sent;
  double ahead_m = 0.0, starboard_m = 0.0;  // of its AIS antenna from its middle
  double age_s = 0.0;                       // mean age of its reports beyond the whole second of the fix
  bool anchored = false;
};

struct SeaState {
  double east_m = 0.0, north_m = 0.0;
  double ve_mps = 0.0, vn_mps = 0.0;
  double heading_rad = 0.0;
};

// A plot's origin, beside it in PlotSeaOutput: the vessel, or none for clutter.
inline constexpr std::uint32_t no_vessel = 0xFFFFFFFFU;

struct PlotSeaOutput {
  std::vector<PlotSector> sectors;                  // in order of their (measured) end
  std::vector<std::vector<std::uint32_t>> origins;  // of the plots of each sector
  std::vector<AisMessage> ais;                      // in order of reception
  void clear() {
    sectors.clear();
    origins.clear();
    ais.clear();
  }
};

class PlotSea {
 public:
  explicit PlotSea(const PlotSeaConfig& config);
  ~PlotSea();
  PlotSea(PlotSea&&) noexcept;
  PlotSea& operator=(PlotSea&&) noexcept;

  // Appends what happens in the next half second.
  void step(PlotSeaOutput& out);
  [[nodiscard]] double time_s() const;  // since the start: all before it was given out
  [[nodiscard]] const std::vector<SeaVessel>& vessels() const;
  // Truth, at any of the last ten seconds.
  [[nodiscard]] SeaState at(std::size_t vessel, double time_s) const;
  // Probability that the radar sees a vessel there in a turn.
  [[nodiscard]] double detection(std::size_t radar, double range_m) const;
  [[nodiscard]] const PlotSeaConfig& config() const;
  [[nodiscard]] const LocalFrame& frame() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace headland::scenario
