// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/scene_fields.hpp"

namespace headland::config {
namespace {

using scenario::Interference;
using scenario::RadarSettings;
using scenario::Sea;

constexpr Field<SceneRow> scene_fields[] = {
    {"name", &SceneRow::name, 0, 0, "Name of the scene."},
    {"place", &SceneRow::place, 0, 0, "Where it is, for people."},
    {"note", &SceneRow::note, 0, 0, "What it shows."},
    {"coast", &SceneRow::coast, 0, 0, "Whose coast: the [[land]] of this file, or GSHHG where it is installed.",
     "scene|gshhg"},
    {"start", &SceneRow::start, 0, 0, "When it begins, UTC, like 2026-03-01T06:00:00Z; empty = now."},
    {"land_height_m", &SceneRow::land_height_m, 0, 3000, "Height of the hills put on the land."},
    {"seed", &SceneRow::seed, 0, 9e15, "Chance starts here; --seed overrides it."},
};
constexpr Field<Sea> sea_fields[] = {
    {"wind_from_deg", &Sea::wind_from_deg, 0, 360, "Where the wind comes from."},
    {"wind_mps", &Sea::wind_mps, 0, 30, "Speed of the wind; it makes the sea clutter."},
    {"current_to_deg", &Sea::current_to_deg, 0, 360, "Where the current sets."},
    {"current_mps", &Sea::current_mps, 0, 5, "Speed of the current, felt by what drifts."},
    {"clutter_shape", &Sea::clutter_shape, 0, 50,
     "Shape of the K-distribution of the clutter; small = spiky; 0 = as range and direction make it."},
    {"reflectivity", &Sea::reflectivity, 0, 0, "Model of the clutter's mean.", "git|nrl"},
    {"ship_ghosts", &Sea::ship_ghosts, 0, 1, "Ships mirror, too: false echoes behind one of two big ones."},
    {"multipath", &Sea::multipath, 0, 1, "The sea mirrors: lobes, and an echo that fades before the horizon."},
};
constexpr Field<SiteRow> site_fields[] = {
    {"name", &SiteRow::name, 0, 0, "Name of the radar."},
    {"settings", &SiteRow::settings, 0, 0, "File with the radar's settings, relative to the scene file."},
    {"latitude_deg", &SiteRow::latitude_deg, -90, 90, "Latitude of the antenna, north positive."},
    {"longitude_deg", &SiteRow::longitude_deg, -180, 180, "Longitude of the antenna, east positive."},
    {"antenna_height_m", &SiteRow::antenna_height_m, 0, 3000, "Height above the sea; 0 = as the settings say."},
};
constexpr Field<RainRow> rain_fields[] = {
    {"latitude_deg", &RainRow::latitude_deg, -90, 90, "Latitude of its middle at the start."},
    {"longitude_deg", &RainRow::longitude_deg, -180, 180, "Longitude of its middle at the start."},
    {"radius_m", &RainRow::radius_m, 100, 50000, "Radius."},
    {"rate_mm_h", &RainRow::rate_mm_h, 0, 200, "Rate in the middle."},
    {"moves_to_deg", &RainRow::moves_to_deg, 0, 360, "Where it moves to."},
    {"speed_kn", &RainRow::speed_kn, 0, 60, "How fast it moves."},
};
constexpr Field<Interference> interference_fields[] = {
    {"bearing_deg", &Interference::bearing_deg, 0, 360, "Where the other radar is."},
    {"prf_hz", &Interference::prf_hz, 100, 10000, "Its pulses a second."},
    {"rotation_rpm", &Interference::rotation_rpm, 1, 120, "Turns of its antenna a minute."},
    {"level_db", &Interference::level_db, 0, 120, "Over our noise when both beams meet."},
    {"jitter_us", &Interference::jitter_us, 0, 100, "By how much each pulse is early or late; 0: a steady rhythm."},
};
constexpr Field<TransponderRow> transponder_fields[] = {
    {"kind", &TransponderRow::kind, 0, 0, "What it is.", "sart|racon"},
    {"latitude_deg", &TransponderRow::latitude_deg, -90, 90, "Latitude."},
    {"longitude_deg", &TransponderRow::longitude_deg, -180, 180, "Longitude."},
    {"height_m", &TransponderRow::height_m, 0.2, 200, "Height of its antenna above the sea."},
    {"eirp_w", &TransponderRow::eirp_w, 0.001, 100, "What it radiates."},
    {"code", &TransponderRow::code, 0, 0, "Of a racon: dashes and dots, as --."},
    {"unit_m", &TransponderRow::unit_m, 20, 2000, "Of a racon: length of a dot on the screen."},
    {"from_s", &TransponderRow::from_s, 0, 1e9, "Is switched on so long after the start."},
    {"on_s", &TransponderRow::on_s, 0.1, 1e6, "Answers so long,"},
    {"off_s", &TransponderRow::off_s, 0, 1e6, "then is silent so long."},
};
constexpr Field<VesselRow> vessel_fields[] = {
    {"name", &VesselRow::name, 0, 0, "Name, sent by AIS too."},
    {"kind", &VesselRow::kind, 0, 0, "What it is; sets what is usual for the kind.",
     "tanker|container_ship|cargo_ship|ferry|tug|barge|pilot_boat|trawler|fishing_boat|speedboat|yacht|buoy|"
     "zodiac|reflector"},
    {"behaviour", &VesselRow::behaviour, 0, 0, "How it moves.", "route|anchored|fishing|drifting|towed|fixed"},
    {"ais", &VesselRow::ais, 0, 0, "Its transponder.", "none|class_a|class_b|aid"},
    {"callsign", &VesselRow::callsign, 0, 0, "Call sign, up to 7 characters."},
    {"destination", &VesselRow::destination, 0, 0, "Destination as sent, up to 20 characters."},
    {"towed_by", &VesselRow::towed_by, 0, 0, "Name of the tug (behaviour towed)."},
    {"mmsi", &VesselRow::mmsi, 0, 999999999, "MMSI; needed with a transponder."},
    {"imo", &VesselRow::imo, 0, 999999999, "IMO number; 0 = none."},
    {"length_m", &VesselRow::length_m, 0.5, 500, "Length."},
    {"beam_m", &VesselRow::beam_m, 0.5, 80, "Breadth."},
    {"height_m", &VesselRow::height_m, 0.2, 100, "Height of what reflects, above the sea."},
    {"draught_m", &VesselRow::draught_m, 0, 25, "Draught as sent by AIS; 0 = not sent."},
    {"rcs_m2", &VesselRow::rcs_m2, 0.01, 1e6, "Radar cross section, mean over aspects."},
    {"fluctuation", &VesselRow::fluctuation, 0, 0, "How its echo changes from turn to turn.",
     "automatic|steady|swerling1|swerling3"},
    {"reflects_at_top", &VesselRow::reflects_at_top, 0, 1, "A reflector at height_m, not a hull from the water up."},
    {"speed_kn", &VesselRow::speed_kn, 0, 80, "Speed along its route, or between catches."},
    {"start_at", &VesselRow::start_at, 0, 0.9999, "Where on its route it starts, fraction of the whole length."},
    {"radius_m", &VesselRow::radius_m, 1, 50000, "Of the fishing ground, or of the swing at anchor."},
    {"cable_m", &VesselRow::cable_m, 5, 3000, "Length of the towing cable."},
    {"ais_silent_after_s", &VesselRow::ais_silent_after_s, 0, 1e9, "Switches its transponder off then; 0 = never."},
    {"loop", &VesselRow::loop, 0, 1, "After the last point of the route back to the first."},
};
constexpr Field<RadarSettings> radar_settings_fields[] = {
    {"name", &RadarSettings::name, 0, 0, "What it is."},
    {"frequency_ghz", &RadarSettings::frequency_ghz, 1, 18, "Carrier."},
    {"peak_power_w", &RadarSettings::peak_power_w, 0.1, 1e6,
     "Peak power; for pulse compression, that of the pulse it compresses to."},
    {"pulse_ns", &RadarSettings::pulse_ns, 10, 5000, "Length of the (compressed) pulse."},
    {"beam_deg", &RadarSettings::beam_deg, 0.1, 20, "Width of the beam at -3 dB, one way."},
    {"beam_vertical_deg", &RadarSettings::beam_vertical_deg, 1, 90, "Height of the beam at -3 dB, one way."},
    {"sidelobe_db", &RadarSettings::sidelobe_db, -60, -5, "Highest side lobe, one way."},
    {"gain_db", &RadarSettings::gain_db, 5, 50, "Gain of the antenna."},
    {"noise_figure_db", &RadarSettings::noise_figure_db, 0, 20, "Of the receiver."},
    {"losses_db", &RadarSettings::losses_db, 0, 30, "All others, two way."},
    {"rotation_rpm", &RadarSettings::rotation_rpm, 1, 120, "Turns of the antenna a minute."},
    {"azimuths", &RadarSettings::azimuths, 64, 16384, "Spokes a turn."},
    {"cells", &RadarSettings::cells, 16, 16384, "Cells a spoke."},
    {"cell_m", &RadarSettings::cell_m, 0.5, 500, "Length of a cell."},
    {"antenna_height_m", &RadarSettings::antenna_height_m, 1, 3000, "Above the sea, where the scene does not say."},
    {"video_min_db", &RadarSettings::video_min_db, -60, 60, "Level 0 of the video, over the mean noise."},
    {"video_max_db", &RadarSettings::video_max_db, 10, 150, "Level 255 of the video, over the mean noise."},
    {"video_linear", &RadarSettings::video_linear, 0, 1, "Levels in proportion to the amplitude instead."},
    {"video_noise_level", &RadarSettings::video_noise_level, 1, 100, "Of linear video: the mean level of noise."},
    {"pulse_intervals_us", &RadarSettings::pulse_intervals_us, 10, 10000,
     "From pulse to pulse, one after the other: echoes from beyond show nearer. None = so long that nothing does."},
    {"interval_by_turn", &RadarSettings::interval_by_turn, 0, 1, "The next interval after each turn, not each spoke."},
};

}  // namespace

const Table<SceneRow>& scene_table() {
  static constexpr Table<SceneRow> table{"scene", "What it is.", scene_fields};
  return table;
}
const Table<Sea>& sea_table() {
  static constexpr Table<Sea> table{"sea", "Wind, current, clutter.", sea_fields};
  return table;
}
const Table<SiteRow>& site_table() {
  static constexpr Table<SiteRow> table{"radar", "A radar on its site.", site_fields};
  return table;
}
const Table<RainRow>& rain_table() {
  static constexpr Table<RainRow> table{"rain", "A shower.", rain_fields};
  return table;
}
const Table<Interference>& interference_table() {
  static constexpr Table<Interference> table{"interference", "Another radar.", interference_fields};
  return table;
}
const Table<TransponderRow>& transponder_table() {
  static constexpr Table<TransponderRow> table{"transponder", "A SART or a racon.", transponder_fields};
  return table;
}
const Table<VesselRow>& vessel_table() {
  static constexpr Table<VesselRow> table{"vessel", "A vessel.", vessel_fields};
  return table;
}
const Table<RadarSettings>& radar_settings_table() {
  static constexpr Table<RadarSettings> table{"radar", "Settings of a radar.", radar_settings_fields};
  return table;
}

}  // namespace headland::config
