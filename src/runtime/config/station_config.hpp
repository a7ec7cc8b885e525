// SPDX-License-Identifier: Apache-2.0
// What a station can be told, as one TOML file. Every value has a default and a legal range; the
// field tables (fields.hpp) drive parsing, checking, `headland config show` and the reference page.
// Units are the last part of each name; this is an edge, so degrees and knots are welcome.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.hpp"

namespace headland::config {

// [station]
struct StationSection {
  std::string name = "headland";
  std::string data_directory = "headland-data";
};

// A corner, written [latitude, longitude].
struct LatLon {
  double latitude_deg = 0.0;
  double longitude_deg = 0.0;
};

// [[detection_zone]]: an area with a false-alarm probability of its own
struct DetectionZoneSection {
  std::string name = "zone";
  std::string radar;  // empty: every one
  std::vector<LatLon> points;
  double bearing_from_deg = 0.0;  // equal: all round
  double bearing_to_deg = 0.0;
  double range_min_m = 0.0;
  double range_max_m = 0.0;              // 0: no end
  double false_alarm_probability = 0.0;  // 0: nothing is detected
};

// [[radar]]
struct RadarSection {
  std::string name = "radar";
  std::string protocol = "asterix-240";
  std::string listen;
  std::string report;
  std::string beacon = "udp://236.6.7.5:6878";
  std::string serial;
  std::string channel = "A";
  double receive_buffer_mb = 8.0;
  double latitude_deg = 999.0;  // 999 = not given: own position from NMEA or AIVDO
  double longitude_deg = 999.0;
  double antenna_height_m = 0.0;
  std::string bearing_reference = "from-radar";
  double bearing_offset_deg = 0.0;
  double variation_deg = 0.0;
  double range_offset_m = 0.0;
  double range_min_m = 40.0;  // the standard asks for that, not for less (IMO MSC.192(79), minimum range)
  double range_max_m = 0.0;
  double beam_width_deg = 0.0;
  double false_alarm_probability = 1e-4;
  double threshold_min = 0.0;
  double decibels_per_level = -1.0;  // -1 = measured, 0 = linear video
  bool interference_rejection = true;
  bool interference_doubted = false;
  bool clutter_map = true;
  bool clutter_map_stored = true;
  bool bearing_stabilization = true;
  bool registration = true;
  std::string cfar = "ca";
  double clutter_shape = 0.0;  // 0 = noise, or clutter that the mean follows
  bool clutter_shape_estimated = true;
  bool track_before_detect = false;
  bool explain_plots = true;
  double side_lobe_db = 0.0;  // 0 = as the standard asks
  std::vector<double> pulse_intervals_us;
  // What it radiates, for the sensitivity; no power: not known.
  double peak_power_w = 0.0;
  double frequency_ghz = 9.41;
  double pulse_ns = 80.0;
  double range_resolution_m = 0.0;  // 0 = by pulse_ns
  double antenna_gain_db = 30.0;
  double noise_figure_db = 5.0;
  double losses_db = 5.0;
  double land_margin_m = 0.0;
  double extent_max_m = 0.0;
  std::vector<double> blind_sectors_deg;
  // No key of [[radar]]: the zones of the file that hold for it, in their order.
  std::vector<DetectionZoneSection> zones;

  // Navico radars say themselves where they send.
  [[nodiscard]] bool is_found_by_beacon() const { return protocol == "navico" && listen.empty(); }
  // Raymarine radars send to a group of their own each: nothing to assume.
  [[nodiscard]] bool must_be_told_where() const { return protocol.starts_with("raymarine") && listen.empty(); }
  [[nodiscard]] std::string listen_or_default() const;
  // The usual antenna of the protocol where none is told.
  [[nodiscard]] double beam_width_or_default_deg() const;
  // Length in range of the echo of a point: as told, or that of the pulse where it is simple (no longer than 1200 ns;
  // longer ones are compressed, to what nobody tells here), and no less than 15 m then.
  [[nodiscard]] double pulse_length_m() const;
  [[nodiscard]] bool has_position() const { return latitude_deg <= 90.0 && longitude_deg <= 180.0; }
};

// [[nmea]]: AIS, own position and heading
struct NmeaSection {
  std::string name = "ais";
  std::string listen = "udp://0.0.0.0:10110";
  std::string alert_commands = "none";
};

// [[remote]]: a system that sends its own tracks or plots
struct RemoteSection {
  std::string name = "remote";
  std::string listen;
  std::int64_t sac = -1;  // -1 = any
  std::int64_t sic = -1;
  double latitude_deg = 999.0;
  double longitude_deg = 999.0;
  double position_deviation_m = 0.0;
  std::string kind = "auto";

  [[nodiscard]] bool has_position() const { return latitude_deg <= 90.0 && longitude_deg <= 180.0; }
};

// [[no_initiation]]: an area in which no track begins by itself
struct NoInitiationSection {
  std::string name = "area";
  std::vector<LatLon> points;
};

// [[nmea_output]]
struct NmeaOutputSection {
  std::string name = "output";
  std::string send;
  std::string sentences = "ttm,tll";
  double interval_s = 2.5;
};

// [own_ship]
struct OwnShipSection {
  std::string heading_talker;
  std::string position_talker;
  double age_max_s = 10.0;
};

// [tracker]
struct TrackerSection {
  double range_deviation_m = 0.0;  // 0 = as each plot says
  double bearing_deviation_deg = 0.0;
  double site_deviation_m = 0.0;
  double resolution_range_m = 0.0;  // 0 = the tracker's own
  double resolution_bearing_deg = 0.0;
  double prior_speed_kn = 17.5;
  double hidden_mean_s = 0.0;      // 0 = as the plots are: 30 of video, 8 of plots files
  double confirm_existence = 0.0;  // 0 = as the plots are: 0.95 of video, 0.99 of plots files
  double coast_max_s = 60.0;
  double return_max_s = 180.0;
  double late_s = 5.0;
  double doppler_threshold_kn = 2.0;
};

// [association]
struct AssociationSection {
  double range_gate_m = 300.0;
  double bearing_gate_deg = 4.5;
};

// [journal]
struct JournalSection {
  bool enabled = true;
  bool video = true;
  double segment_max_mb = 256.0;
  double size_max_mb = 20000.0;
  double age_max_h = 720.0;
};

// [history]
struct HistorySection {
  bool enabled = true;
  double interval_s = 1.0;
  double size_max_mb = 2000.0;
  double age_max_h = 2160.0;
};

// [rules]
struct RulesSection {
  bool enabled = true;
  std::string file;  // empty: the default set that comes with the program
  double escalate_min = 0.0;
  double keep_days = 400.0;
};

// [[alert_output]]
struct AlertOutputSection {
  std::string name = "output";
  std::string kind = "webhook";
  std::string url;
  std::string priority_min = "warning";
  std::string changes = "raised";
  std::string from;  // email
  std::string to;    // email: addresses, commas between
  std::string topic = "headland/alerts";
  std::string user;
  std::string password_file;
  double timeout_s = 10.0;
};

// [web]
struct WebSection {
  bool enabled = true;
  std::string address = "127.0.0.1";
  std::int64_t port = 8080;
  std::string page_directory;
};

// [chart]
struct ChartSection {
  std::string coastline = "/usr/share/gmt-gshhg/binned_GSHHS_f.nc";
  double half_size_deg = 1.5;
};

// [cat062]
struct Cat062Section {
  std::string send;  // empty = off
  std::int64_t sac = 0;
  std::int64_t sic = 1;
  double interval_s = 2.5;
  double status_interval_s = 10.0;  // 0 = no status
};

struct StationConfig {
  StationSection station;
  std::vector<RadarSection> radars;
  std::vector<DetectionZoneSection> detection_zones;
  std::vector<NmeaSection> nmea;
  std::vector<RemoteSection> remotes;
  std::vector<NoInitiationSection> no_initiation;
  std::vector<NmeaOutputSection> nmea_outputs;
  std::vector<AlertOutputSection> alert_outputs;
  OwnShipSection own_ship;
  TrackerSection tracker;
  AssociationSection association;
  JournalSection journal;
  HistorySection history;
  RulesSection rules;
  WebSection web;
  ChartSection chart;
  Cat062Section cat062;
};

// One fault of a configuration: where, what, what is allowed.
struct Problem {
  std::string where;  // file:line:column
  std::string what;
  std::uint32_t line = 0, column = 0;  // 0: of no one place
};
[[nodiscard]] std::string to_text(const std::vector<Problem>& problems);

// All problems are found at once. `name` is used in messages only.
[[nodiscard]] Expected<StationConfig, std::vector<Problem>> parse_station(std::string_view toml, std::string_view name);
[[nodiscard]] Expected<StationConfig, std::vector<Problem>> load_station(const std::string& path);

// Checks across fields (ports used twice, a position half given, …).
[[nodiscard]] std::vector<Problem> validate(const StationConfig& config, std::string_view name);

// The configuration as TOML with every value, default or not.
[[nodiscard]] std::string to_toml(const StationConfig& config);

// The reference page docs/operate/configuration.md, from the same tables.
[[nodiscard]] std::string reference_markdown();

}  // namespace headland::config
