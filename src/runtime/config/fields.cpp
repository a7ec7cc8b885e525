// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/fields.hpp"

#include <algorithm>

#include "runtime/config/endpoint.hpp"

namespace headland::config {
namespace {

std::string udp_or_tcp(std::string_view text) {
  const auto endpoint = parse_endpoint(text);
  return endpoint ? std::string() : endpoint.error().detail;
}
std::string udp_or_empty(std::string_view text) {
  if (text.empty()) return {};
  const auto endpoint = parse_endpoint(text);
  if (!endpoint) return endpoint.error().detail;
  return endpoint->transport == Transport::udp ? std::string() : std::string(text) + ": only udp:// is possible here";
}

std::string udp_tcp_or_empty(std::string_view text) { return text.empty() ? std::string() : udp_or_tcp(text); }
std::string sentence_list(std::string_view text) {
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(','));
    if (word != "ttm" && word != "tll" && word != "vdm") return "'" + std::string(word) + "' is none of ttm, tll, vdm";
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return {};
}

constexpr Field<StationSection> station_fields[] = {
    {"name", &StationSection::name, 0, 0, "Name of the station, shown on the page and in outputs."},
    {"data_directory", &StationSection::data_directory, 0, 0,
     "Where the journal and the history are kept; relative to the working directory."},
};
constexpr Field<RadarSection> radar_fields[] = {
    {"name", &RadarSection::name, 0, 0, "Name of the radar."},
    {"protocol", &RadarSection::protocol, 0, 0, "What the radar speaks.",
     "asterix-240|navico|garmin-xhd|furuno-drs|raymarine-quantum|raymarine-rd"},
    {"listen",
     &RadarSection::listen,
     0,
     0,
     "Where its video arrives: udp://GROUP-OR-ADDRESS:PORT, optionally @INTERFACE behind it; empty = Navico radars are "
     "found by their beacon, Garmin's send to udp://239.254.2.0:50102, Furuno's to udp://239.255.0.2:10024 (some "
     "broadcast: udp://0.0.0.0:10024), others to udp://0.0.0.0:8600; Raymarine's must be given.",
     {},
     udp_or_empty},
    {"report",
     &RadarSection::report,
     0,
     0,
     "Navico, with listen: where its reports arrive (model, Doppler), written as listen; empty = none are read.",
     {},
     udp_or_empty},
    {"beacon",
     &RadarSection::beacon,
     0,
     0,
     "Navico, without listen: where beacons are sent, written as listen.",
     {},
     udp_or_empty},
    {"serial", &RadarSection::serial, 0, 0,
     "Navico, without listen: serial number of the radar to take; empty = the first that is heard."},
    {"channel", &RadarSection::channel, 0, 0, "Navico, without listen: which of the two ranges of a dual-range radar.",
     "A|B"},
    {"receive_buffer_mb", &RadarSection::receive_buffer_mb, 0.1, 1000,
     "Room in the kernel for video that waits; it gives what net.core.rmem_max allows, or all to root."},
    {"latitude_deg", &RadarSection::latitude_deg, -90, 999,
     "Latitude of the antenna, north positive; 999 = take own position from NMEA or AIVDO."},
    {"longitude_deg", &RadarSection::longitude_deg, -180, 999,
     "Longitude of the antenna, east positive; 999 as above."},
    {"antenna_height_m", &RadarSection::antenna_height_m, 0, 5000,
     "Height of the antenna above the sea; given, what it measures along the line of sight is put where it is over "
     "ground."},
    {"bearing_reference", &RadarSection::bearing_reference, 0, 0,
     "What the radar's zero bearing means; from-radar = what its protocol says.", "from-radar|true|magnetic|head-up"},
    {"bearing_offset_deg", &RadarSection::bearing_offset_deg, -180, 180,
     "Added to every bearing: the correction for how the antenna was mounted."},
    {"variation_deg", &RadarSection::variation_deg, -180, 180,
     "Magnetic variation, east positive; used where a heading is magnetic and no sentence tells the variation."},
    {"range_offset_m", &RadarSection::range_offset_m, -1000, 1000, "Added to every range."},
    {"range_min_m", &RadarSection::range_min_m, 0, 10000,
     "Nearer echoes are not looked at; the standard asks no radar to see nearer than 40 m."},
    {"range_max_m", &RadarSection::range_max_m, 0, 500000, "Farther echoes are not looked at; 0 = all."},
    {"beam_width_deg", &RadarSection::beam_width_deg, 0, 20,
     "Width of the beam at -3 dB, from the data sheet; 0 = that of the antenna most often met with this protocol: 4.9 "
     "of "
     "navico and raymarine-quantum, 3.7 of garmin-xhd, 3.9 of furuno-drs and raymarine-rd, 2 of asterix-240."},
    {"false_alarm_probability", &RadarSection::false_alarm_probability, 1e-9, 0.1,
     "False alarms asked for, a cell, in receiver noise."},
    {"threshold_min", &RadarSection::threshold_min, 0, 255,
     "Weaker cells (of 255) are never an echo, whatever else the video tells; 0 = judged from the video alone."},
    {"decibels_per_level", &RadarSection::decibels_per_level, -1, 5,
     "Of radars with logarithmic video: decibels from one level (of 255, or of 65535 where it has 16 bits) to the "
     "next; 0 = levels are proportional; -1 = measured from the noise (of 16 bits: proportional)."},
    {"interference_rejection", &RadarSection::interference_rejection, 0, 1, "Cut the pulses of other radars."},
    {"interference_doubted", &RadarSection::interference_doubted, 0, 1,
     "Doubt plots that are narrower than the beam paints and were not there in the two turns before, as pulses of "
     "other "
     "radars are that neighbouring spokes share. Needs explain_plots."},
    {"clutter_map", &RadarSection::clutter_map, 0, 1, "Learn the clutter of every place from turn to turn."},
    {"clutter_map_stored", &RadarSection::clutter_map_stored, 0, 1,
     "Keep that over a restart, in a file beside the journal: written every ten minutes (more seldom where it is "
     "large) "
     "and at the end."},
    {"bearing_stabilization", &RadarSection::bearing_stabilization, 0, 1,
     "Take off what all bearings err by for a second or two (a heading that jumps), told by echoes that stand still."},
    {"registration", &RadarSection::registration, 0, 1,
     "Take off what all ranges and bearings err by for good, told by vessels with AIS, where it is significant."},
    {"cfar", &RadarSection::cfar, 0, 0,
     "What the cells about a cell tell of the clutter there: their mean (ca), the greater (go) or smaller (so) of the "
     "means before and behind it, an order statistic (os), or ca with go where there is an edge (auto).",
     "ca|go|so|os|auto"},
    {"clutter_shape", &RadarSection::clutter_shape, 0, 100,
     "Shape of K-distributed sea clutter, 0.1 or more, 0.5 = very spiky; the false-alarm probability then holds in it. "
     "0 = in noise."},
    {"clutter_shape_estimated", &RadarSection::clutter_shape_estimated, 0, 0,
     "Raise thresholds, region by region, where clutter is spikier than that: the false-alarm probability then holds "
     "without a shape being told (not with cfar = os). Without it, far more waves give plots, which cost tracks of "
     "boats "
     "near by."},
    {"track_before_detect", &RadarSection::track_before_detect, 0, 0,
     "Whether weak echoes are followed over 5 to 20 turns and become plots when they hold together (some 200 MB a "
     "radar)."},
    {"explain_plots", &RadarSection::explain_plots, 0, 1,
     "Ask of every plot whether side lobes, the second trace, a racon, a SART or a ghost between ships may have given "
     "it."},
    {"side_lobe_db", &RadarSection::side_lobe_db, 0, 60,
     "Greatest side lobe of the antenna below its main lobe, one way; 0 = 23 within 10 degrees and 30 beyond."},
    {"pulse_intervals_us", &RadarSection::pulse_intervals_us, 10, 10000,
     "Times between pulses, where the radar changes them from turn to turn: tells echoes of the second trace."},
    {"peak_power_w", &RadarSection::peak_power_w, 0, 1e7,
     "Peak power of the transmitter, for the published sensitivity; 0 = not known, none is published."},
    {"frequency_ghz", &RadarSection::frequency_ghz, 1, 40, "Its frequency."},
    {"pulse_ns", &RadarSection::pulse_ns, 10, 10000, "Length of its pulse (of pulse compression: before it)."},
    {"range_resolution_m", &RadarSection::range_resolution_m, 0, 1000,
     "Length in range of the echo of a point: 0.15 m for each ns of the pulse, or of what compression makes of it; "
     "0 = by pulse_ns, 15 m at least and where that is over 1200 (compressed)."},
    {"antenna_gain_db", &RadarSection::antenna_gain_db, 0, 50, "Gain of the antenna."},
    {"noise_figure_db", &RadarSection::noise_figure_db, 0, 20, "Noise figure of the receiver."},
    {"losses_db", &RadarSection::losses_db, 0, 30, "Losses of line, beam shape and filter, both ways together."},
    {"land_margin_m", &RadarSection::land_margin_m, -1, 5000,
     "Plots on charted land, or nearer to it than this, are dropped; -1 = land is not masked."},
    {"extent_max_m", &RadarSection::extent_max_m, 0, 5000, "Larger echoes are land, not vessels; 0 = the default."},
    {"blind_sectors_deg", &RadarSection::blind_sectors_deg, 0, 360,
     "Pairs of bearings, from and to, between which the radar sees nothing (mast, building); not seen there is no "
     "miss. "
     "In the bearings of the video: from the bow where these are, so not for a ship whose radar sends true ones."},
};
constexpr Field<NmeaSection> nmea_fields[] = {
    {"name", &NmeaSection::name, 0, 0, "Name of the source."},
    {"listen",
     &NmeaSection::listen,
     0,
     0,
     "Where NMEA 0183 (AIS, own position, heading) comes from: udp://ADDRESS:PORT or tcp://HOST:PORT (connects).",
     {},
     udp_or_tcp},
    {"alert_commands", &NmeaSection::alert_commands, 0, 0,
     "Sentences of this source that may act on our alerts: `acn`: alert commands, which name an alert of ours; "
     "`ack_acn`: also ACK, which gives a number that alarms of other systems may have, too. Nothing proves who sent "
     "them: only from a network you trust.",
     "none|acn|ack_acn"},
};
constexpr Field<RemoteSection> remote_fields[] = {
    {"name", &RemoteSection::name, 0, 0, "Name of the system, shown on the page."},
    {"listen",
     &RemoteSection::listen,
     0,
     0,
     "Where its tracks come from, ASTERIX (categories 010, 021, 048, 062) over udp://GROUP-OR-ADDRESS:PORT, or TTM and "
     "TLL sentences over UDP or tcp://HOST:PORT; empty = another entry listens for it (or a replay brings it).",
     {},
     udp_tcp_or_empty},
    {"sac", &RemoteSection::sac, -1, 255, "System area code of what this entry describes; -1 = any."},
    {"sic", &RemoteSection::sic, -1, 255, "System identification code; -1 = any."},
    {"latitude_deg", &RemoteSection::latitude_deg, -90, 999,
     "Latitude of the place it measures from, north positive: categories 010 and 048 and TTM do not say; 999 = not "
     "known, "
     "and TTM measures from own ship."},
    {"longitude_deg", &RemoteSection::longitude_deg, -180, 999, "Longitude of it, east positive; 999 as above."},
    {"position_deviation_m", &RemoteSection::position_deviation_m, 0, 10000,
     "Standard deviation of its positions, each way, where it states none; 0 = by the category: 10 m for 010, 30 m for "
     "021, 100 m for 048, 50 m for 062, 20 m and half a degree for TTM."},
    {"kind", &RemoteSection::kind, 0, 0,
     "What it watches. `auto`: each track is judged by its reports: an aircraft, for good, is what answers a "
     "transponder or is faster than 50 m/s in two reports; what else it says nothing of is a vessel. `air`: all are "
     "aircraft, never joined with vessels, as of a radar of air traffic. `sea`: none is an aircraft for its speed.",
     "auto|air|sea"},
};
constexpr Field<NoInitiationSection> no_initiation_fields[] = {
    {"name", &NoInitiationSection::name, 0, 0, "Name of the area, shown on the chart; each once."},
    {"points", &NoInitiationSection::points, 0, 0,
     "Its corners in order around it, three or more, degrees, north and east positive."},
};
constexpr Field<NmeaOutputSection> nmea_output_fields[] = {
    {"name", &NmeaOutputSection::name, 0, 0, "Name of the output."},
    {"send",
     &NmeaOutputSection::send,
     0,
     0,
     "Where sentences go: udp://ADDRESS:PORT, or tcp://ADDRESS:PORT, which waits there for others to connect; empty = "
     "off.",
     {},
     udp_tcp_or_empty},
    {"sentences",
     &NmeaOutputSection::sentences,
     0,
     0,
     "Which, with commas between: ttm and tll are radar tracks (ttm needs the place of a radar), vdm is AIS as it was "
     "heard.",
     {},
     sentence_list},
    {"interval_s", &NmeaOutputSection::interval_s, 0.1, 60, "How often tracks are sent."},
};
constexpr Field<OwnShipSection> own_ship_fields[] = {
    {"heading_talker", &OwnShipSection::heading_talker, 0, 0,
     "Talker and sentence that heading is taken from, as HEHDT; empty = HDT and THS before magnetic ones."},
    {"position_talker", &OwnShipSection::position_talker, 0, 0,
     "Talker and sentence that position is taken from, as GPGGA; empty = the first that comes, kept while it lives."},
    {"age_max_s", &OwnShipSection::age_max_s, 0.5, 3600, "An older position or heading is not used."},
};
constexpr Field<TrackerSection> tracker_fields[] = {
    {"range_deviation_m", &TrackerSection::range_deviation_m, 0, 1000,
     "Standard deviation of a plot's range, in place of what each plot says; 0 = as each plot says."},
    {"bearing_deviation_deg", &TrackerSection::bearing_deviation_deg, 0, 10,
     "Standard deviation of a plot's bearing, in place of what each plot says and the 0.5 degrees that are added of "
     "video; "
     "0 = as each plot says."},
    {"site_deviation_m", &TrackerSection::site_deviation_m, 0, 100,
     "Standard deviation of the antenna's own position, each way, where the radar moves; added to every plot's."},
    {"resolution_range_m", &TrackerSection::resolution_range_m, 0, 1000,
     "Two vessels nearer in range (and bearing) may give one plot: about 1.4 pulse lengths; 0 = 30 m, or by the "
     "pulse_ns of "
     "each radar where that is more."},
    {"resolution_bearing_deg", &TrackerSection::resolution_bearing_deg, 0, 30,
     "Two vessels nearer in bearing (and range) may give one plot: about 1.4 beam widths; 0 = by the beam of each "
     "radar, 1.5 degrees where its protocol tells nothing of it."},
    {"prior_speed_kn", &TrackerSection::prior_speed_kn, 1, 100,
     "Deviation of the speed, each way, of a vessel about which nothing is known yet."},
    {"hidden_mean_s", &TrackerSection::hidden_mean_s, 0, 1000,
     "How long a vessel that fades or lies in a shadow stays unseen, in the mean; 0 = 30 of video, 8 of plots files."},
    {"confirm_existence", &TrackerSection::confirm_existence, 0, 0.99999999,
     "Probability of existence from which a track is confirmed; 0 = 0.95 of video, 0.99 of plots files; of these "
     "more where many tracks are young at once and, of video, where clutter is dense. Where waves give false tracks "
     "yet: 0.9999 to 0.999999 (docs/operate/small-boat.md)."},
    {"coast_max_s", &TrackerSection::coast_max_s, 1, 600, "A confirmed track without plots ends after this."},
    {"return_max_s", &TrackerSection::return_max_s, 0, 3600,
     "A vessel that was lost and comes back gets its old number back for so long; 0 = never."},
    {"doppler_threshold_kn", &TrackerSection::doppler_threshold_kn, 0, 50,
     "Radial speed from which the radar marks what moves (HALO: 2 as delivered); 0 = its marks are not used."},
    {"late_s", &TrackerSection::late_s, 0, 60,
     "Plots that come so late, after later ones of the same radar, are still used (two turns at most); 0 = none."},
};
constexpr Field<AssociationSection> association_fields[] = {
    {"range_gate_m", &AssociationSection::range_gate_m, 1, 5000,
     "AIS and radar farther apart than this (and the bearing gate) are not one vessel."},
    {"bearing_gate_deg", &AssociationSection::bearing_gate_deg, 0, 20, "The same, seen from the radar."},
};
constexpr Field<JournalSection> journal_fields[] = {
    {"enabled", &JournalSection::enabled, 0, 1, "Record what comes in, for replay and proof."},
    {"video", &JournalSection::video, 0, 1, "Record the radar video too; without it plots, AIS and ticks remain."},
    {"segment_max_mb", &JournalSection::segment_max_mb, 1, 10000, "A new file is begun at this size."},
    {"size_max_mb", &JournalSection::size_max_mb, 10, 1e7, "The oldest files go when all are larger than this."},
    {"age_max_h", &JournalSection::age_max_h, 0.1, 1e6, "Older files go."},
};
constexpr Field<HistorySection> history_fields[] = {
    {"enabled", &HistorySection::enabled, 0, 1, "Keep the history of tracks, AIS and events in SQLite."},
    {"interval_s", &HistorySection::interval_s, 0.2, 600, "One row a track at most this often."},
    {"size_max_mb", &HistorySection::size_max_mb, 1, 1e6, "The oldest rows go when the file is larger than this."},
    {"age_max_h", &HistorySection::age_max_h, 0.1, 1e6, "Older rows go."},
};
constexpr Field<RulesSection> rules_fields[] = {
    {"enabled", &RulesSection::enabled, 0, 1, "Watch the picture by rules and raise alerts."},
    {"file", &RulesSection::file, 0, 0,
     "Rules file, TOML (rules.md); empty = the default set that comes with the program."},
    {"escalate_min", &RulesSection::escalate_min, 0, 1440,
     "A warning that nobody acknowledges for so long becomes an alarm; 0 = never."},
    {"keep_days", &RulesSection::keep_days, 1, 10000, "Closed alerts and their stories are kept so long."},
};
constexpr Field<AlertOutputSection> alert_output_fields[] = {
    {"name", &AlertOutputSection::name, 0, 0, "Name of the output, shown in health; each once."},
    {"kind", &AlertOutputSection::kind, 0, 0, "How alerts go out.", "webhook|email|mqtt|nmea|cot"},
    {"url", &AlertOutputSection::url, 0, 0,
     "`https://HOST/PATH` (POST of JSON), `smtp://HOST:PORT` or `smtps://HOST:PORT`, `mqtt://HOST:PORT`; nmea and cot: "
     "`udp://HOST:PORT` or `tcp://HOST:PORT`."},
    {"priority_min", &AlertOutputSection::priority_min, 0, 0, "Only alerts at least so urgent.",
     "caution|warning|alarm|emergency"},
    {"changes", &AlertOutputSection::changes, 0, 0,
     "`raised`: what is raised or grows worse; `all`: also what is over, and what operators do.", "raised|all"},
    {"from", &AlertOutputSection::from, 0, 0, "Email: the sender's address."},
    {"to", &AlertOutputSection::to, 0, 0, "Email: addresses, commas between."},
    {"topic", &AlertOutputSection::topic, 0, 0, "MQTT: where it is published."},
    {"user", &AlertOutputSection::user, 0, 0, "User name; empty = none."},
    {"password_file", &AlertOutputSection::password_file, 0, 0, "File whose first line is the password."},
    {"timeout_s", &AlertOutputSection::timeout_s, 1, 120,
     "A delivery that takes longer has failed and is tried again."},
};
constexpr Field<WebSection> web_fields[] = {
    {"enabled", &WebSection::enabled, 0, 1, "Serve the page."},
    {"address", &WebSection::address, 0, 0, "Address to listen on; 0.0.0.0 = from everywhere."},
    {"port", &WebSection::port, 0, 65535, "Port of the page; 0 = any free one."},
    {"page_directory", &WebSection::page_directory, 0, 0, "Folder of the built page; empty = the one installed."},
};
constexpr Field<ChartSection> chart_fields[] = {
    {"coastline", &ChartSection::coastline, 0, 0, "GSHHG coastline, binned netCDF; empty = plain grid."},
    {"half_size_deg", &ChartSection::half_size_deg, 0.1, 10, "How far about the station the coast is read."},
};
constexpr Field<Cat062Section> cat062_fields[] = {
    {"send",
     &Cat062Section::send,
     0,
     0,
     "Send system tracks as ASTERIX CAT062 to udp://ADDRESS:PORT; empty = off.",
     {},
     udp_or_empty},
    {"sac", &Cat062Section::sac, 0, 255, "System area code."},
    {"sic", &Cat062Section::sic, 0, 255, "System identification code."},
    {"interval_s", &Cat062Section::interval_s, 0.1, 60, "How often."},
    {"status_interval_s", &Cat062Section::status_interval_s, 0, 600,
     "How often the state of the station (CAT065) and of each radar (CAT063) goes the same way; 0 = never."},
};

}  // namespace

const Table<StationSection>& station_table() {
  static constexpr Table<StationSection> t{"station", "The station itself.", station_fields};
  return t;
}
const Table<RadarSection>& radar_table() {
  static constexpr Table<RadarSection> t{"radar", "One `[[radar]]` for each radar.", radar_fields};
  return t;
}
const Table<NmeaSection>& nmea_table() {
  static constexpr Table<NmeaSection> t{"nmea", "One `[[nmea]]` for each source of NMEA 0183 or AIS.", nmea_fields};
  return t;
}
const Table<RemoteSection>& remote_table() {
  static constexpr Table<RemoteSection> t{"remote", "One `[[remote]]` for each system that sends tracks of its own.",
                                          remote_fields};
  return t;
}
const Table<NoInitiationSection>& no_initiation_table() {
  static constexpr Table<NoInitiationSection> t{
      "no_initiation",
      "One `[[no_initiation]]` for each area in which no track begins by itself: a breakwater, a farm of buoys. Tracks "
      "that began elsewhere go on in it, and an operator may begin one.",
      no_initiation_fields};
  return t;
}
const Table<NmeaOutputSection>& nmea_output_table() {
  static constexpr Table<NmeaOutputSection> t{
      "nmea_output", "One `[[nmea_output]]` for each place that sentences go to.", nmea_output_fields};
  return t;
}
const Table<OwnShipSection>& own_ship_table() {
  static constexpr Table<OwnShipSection> t{"own_ship", "For radars that move: whom to believe.", own_ship_fields};
  return t;
}
const Table<TrackerSection>& tracker_table() {
  static constexpr Table<TrackerSection> t{"tracker", "From plots to tracks.", tracker_fields};
  return t;
}
const Table<AssociationSection>& association_table() {
  static constexpr Table<AssociationSection> t{"association", "AIS and radar as one vessel.", association_fields};
  return t;
}
const Table<JournalSection>& journal_table() {
  static constexpr Table<JournalSection> t{"journal", "The recording.", journal_fields};
  return t;
}
const Table<HistorySection>& history_table() {
  static constexpr Table<HistorySection> t{"history", "The history.", history_fields};
  return t;
}
const Table<RulesSection>& rules_table() {
  static constexpr Table<RulesSection> t{"rules", "Rules and alerts.", rules_fields};
  return t;
}
const Table<AlertOutputSection>& alert_output_table() {
  static constexpr Table<AlertOutputSection> t{"alert_output", "One `[[alert_output]]` for each place alerts go to.",
                                               alert_output_fields};
  return t;
}
const Table<WebSection>& web_table() {
  static constexpr Table<WebSection> t{"web", "The page.", web_fields};
  return t;
}
const Table<ChartSection>& chart_table() {
  static constexpr Table<ChartSection> t{"chart", "The coast on the page and in land masks.", chart_fields};
  return t;
}
const Table<Cat062Section>& cat062_table() {
  static constexpr Table<Cat062Section> t{"cat062", "Tracks for other systems.", cat062_fields};
  return t;
}

}  // namespace headland::config
