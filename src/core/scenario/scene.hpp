// SPDX-License-Identifier: Apache-2.0
// What a simulated sea is made of: a radar or several, vessels, wind, rain, coast. Plain values; the
// scene file (runtime/config/scene_file.hpp) fills them and `Simulation` brings them to life.
//
// Units are SI unless a name says otherwise; directions are from true north, clockwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland::scenario {

// A radar as its data sheet describes it. Defaults: a coastal X-band radar with a 12 ft antenna.
struct RadarSettings {
  std::string name = "coastal X band";
  double frequency_ghz = 9.41;
  double peak_power_w = 25'000.0;
  double pulse_ns = 150.0;
  double beam_deg = 0.7;            // horizontal, one way, between the -3 dB points
  double beam_vertical_deg = 22.0;  // the same upright, its axis level
  double sidelobe_db = -28.0;       // highest side lobe, one way, below the main lobe
  double gain_db = 32.0;            // antenna, one way
  double noise_figure_db = 5.0;     // receiver
  double losses_db = 6.0;           // everything else, two way
  double rotation_rpm = 24.0;
  std::int64_t azimuths = 2048;  // spokes per turn
  std::int64_t cells = 2048;     // per spoke
  double cell_m = 10.85;
  double antenna_height_m = 30.0;  // above the sea; a scene may place it higher
  // Logarithmic 8-bit video: level 0 and 255 in dB over the mean receiver noise.
  double video_min_db = -10.0;
  double video_max_db = 75.0;
  // Instead, levels that are proportional to the amplitude: the mean level of noise.
  bool video_linear = false;
  double video_noise_level = 20.0;
  // From one pulse to the next, in turn; empty: so long that nothing comes from the pulse before.
  std::vector<double> pulse_intervals_us;
  bool interval_by_turn = true;  // the next one after each turn; false: after each spoke

  [[nodiscard]] double range_max_m() const { return static_cast<double>(cells) * cell_m; }
};

struct RadarSite {
  std::string name = "radar";
  GeoPosition position;
  RadarSettings settings;
};

enum class VesselKind : std::uint8_t {
  tanker,
  container_ship,
  cargo_ship,
  ferry,
  tug,
  barge,
  pilot_boat,
  trawler,
  fishing_boat,  // wooden, 7 to 10 m
  speedboat,     // skiff, 5 to 7 m
  yacht,
  buoy,
  zodiac,     // 5.2 m, open
  reflector,  // IMO radar reflector, on a mast
};

enum class Behaviour : std::uint8_t {
  route,     // follows its waypoints, round and round or once
  anchored,  // swings about its anchor
  fishing,   // steams a while, drifts a while, inside a circle
  drifting,  // engine off, with wind and current
  towed,     // follows another vessel at the length of the cable
  fixed,     // a buoy
};

// How the echo of a point changes from turn to turn (Swerling 1954). Automatic: as case 1; ships, which are many
// points, by the interference of these. With any other the vessel is one point.
enum class Fluctuation : std::uint8_t { automatic, steady, swerling1, swerling3 };

enum class AisEquipment : std::uint8_t { none, class_a, class_b, aid };

struct VesselSpec {
  std::string name;
  VesselKind kind = VesselKind::cargo_ship;
  Behaviour behaviour = Behaviour::route;
  std::uint32_t mmsi = 0;
  AisEquipment ais = AisEquipment::none;
  std::optional<double> ais_silent_after_s;  // the transponder is switched off then
  std::string callsign;
  std::string destination;
  std::uint32_t imo = 0;

  double length_m = 0.0;
  double beam_m = 0.0;
  double height_m = 0.0;   // of what reflects, above the sea
  double draught_m = 0.0;  // as sent by AIS; 0 = not sent
  double rcs_m2 = 0.0;     // mean over aspects, X band
  Fluctuation fluctuation = Fluctuation::automatic;
  bool reflects_at_top = false;  // a reflector at height_m; else the hull from the water to height_m does

  double speed_mps = 0.0;           // through its route, or between catches
  std::vector<GeoPosition> points;  // route; else the first is the place
  bool loop = true;                 // route: after the last point back to the first
  double start_at = 0.0;            // route: where it starts, fraction of the whole length [0, 1)
  double radius_m = 1000.0;         // fishing: of the ground; anchored: of the swing
  std::string towed_by;             // name of the tug
  double cable_m = 250.0;
  double shows_from_s = 0.0;    // seconds after the start from which it gives echoes (put to water, out of a harbour),
  double shows_until_s = 1e12;  // and until which
};

// Length, beam, height, cross section, speed and so on that are usual for a kind.
[[nodiscard]] VesselSpec usual(VesselKind kind);

struct Sea {
  double wind_from_deg = 45.0;
  double wind_mps = 6.0;
  double current_to_deg = 0.0;
  double current_mps = 0.0;
  double clutter_shape = 1.5;  // of the K-distribution; small = spiky; 0 = by range and direction (sea_clutter_shape)
  std::string reflectivity = "git";  // mean of the clutter: "git" or "nrl" (physics/sea_clutter.hpp)
  bool ship_ghosts = false;          // from ship to ship and back (video/ship_ghosts.hpp)
  bool multipath = true;  // the sea mirrors, and bends rays beyond the horizon; false: free space down to the horizon
};

struct RainCell {
  GeoPosition centre;  // at the start
  double radius_m = 2000.0;
  double rate_mm_h = 8.0;
  double moves_to_deg = 0.0;
  double speed_mps = 5.0;
};

// Another radar on a near frequency whose pulses reach our receiver.
struct Interference {
  double bearing_deg = 0.0;
  double prf_hz = 1800.0;
  double rotation_rpm = 28.0;
  double level_db = 45.0;  // over our noise when both main lobes meet
  double jitter_us = 1.0;  // of each pulse, to either side; 0: as even as a quartz
};

enum class TransponderKind : std::uint8_t { sart, racon };

// What answers the radar's pulses (video/transponders.hpp).
struct Transponder {
  TransponderKind kind = TransponderKind::sart;
  GeoPosition position;
  double height_m = 1.0;  // of its antenna above the sea
  double eirp_w = 0.4;
  std::string code = "--";  // of a racon, dashes and dots
  double unit_m = 200.0;    // of a racon: a dot
  double from_s = 0.0;      // after the start
  double on_s = 20.0;       // answers so long,
  double off_s = 0.0;       // then is silent so long
};

using CoastRing = std::vector<GeoPosition>;  // closed without repeating the first point; land inside

enum class CoastSource : std::uint8_t { scene, gshhg };

struct Scene {
  std::string name;
  std::string place;
  CoastSource coast_source = CoastSource::scene;
  std::vector<CoastRing> coast;
  double land_height_m = 350.0;  // of the hills we put on the land
  std::vector<RadarSite> radars;
  std::vector<VesselSpec> vessels;
  Sea sea;
  std::vector<RainCell> rain;
  std::vector<Interference> interference;
  std::vector<Transponder> transponders;
  std::optional<Timestamp> start;
  std::uint64_t seed = 1;
};

}  // namespace headland::scenario
