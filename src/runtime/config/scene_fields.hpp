// SPDX-License-Identifier: Apache-2.0
// The tables of a scene file as they are written: degrees and knots. scene_file.cpp turns them into a Scene.
#pragma once

#include "core/scenario/scene.hpp"
#include "runtime/config/fields.hpp"

namespace headland::config {

struct SceneRow {
  std::string name;
  std::string place;
  std::string note;
  std::string coast = "scene";
  std::string start;
  double land_height_m = 350.0;
  std::int64_t seed = 1;
};
struct SiteRow {
  std::string name = "radar";
  std::string settings;
  double latitude_deg = 0.0;
  double longitude_deg = 0.0;
  double antenna_height_m = 0.0;  // 0 = as the settings say
};
struct RainRow {
  double latitude_deg = 0.0;
  double longitude_deg = 0.0;
  double radius_m = 2000.0;
  double rate_mm_h = 8.0;
  double moves_to_deg = 0.0;
  double speed_kn = 10.0;
};
struct VesselRow {
  std::string name, kind, behaviour, ais, callsign, destination, towed_by, fluctuation;
  std::int64_t mmsi = 0;
  std::int64_t imo = 0;
  double length_m = 0.0, beam_m = 0.0, height_m = 0.0, draught_m = 0.0, rcs_m2 = 0.0;
  double speed_kn = 0.0, start_at = 0.0, radius_m = 0.0, cable_m = 0.0;
  double ais_silent_after_s = 0.0;  // 0 = never
  bool loop = true;
  bool reflects_at_top = false;
};
struct TransponderRow {
  std::string kind = "sart";
  double latitude_deg = 0.0;
  double longitude_deg = 0.0;
  double height_m = 1.0;
  double eirp_w = 0.4;
  std::string code = "--";
  double unit_m = 200.0;
  double from_s = 0.0;
  double on_s = 20.0;
  double off_s = 0.0;
};

const Table<SceneRow>& scene_table();
const Table<scenario::Sea>& sea_table();
const Table<SiteRow>& site_table();
const Table<RainRow>& rain_table();
const Table<scenario::Interference>& interference_table();
const Table<TransponderRow>& transponder_table();
const Table<VesselRow>& vessel_table();
const Table<scenario::RadarSettings>& radar_settings_table();

}  // namespace headland::config
