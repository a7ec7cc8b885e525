// SPDX-License-Identifier: Apache-2.0
// Runs recordings through the same stages as live input, in order of time, on one thread or two: what
// comes out is the same, bit for bit.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "core/rules/alerts/alert_record.hpp"
#include "runtime/station/stage_runner.hpp"

namespace headland::station {

struct ReplayOptions {
  std::vector<std::string> files;
  config::StationConfig config;
  std::optional<GeoPosition> origin;  // where the plane of plots CSV lies
  double speed = 0.0;                 // times real time; 0 = as fast as it goes
  unsigned threads = 2;               // from two on, decoding and detection run ahead of tracking
  bool want_video = false;            // for the page
  std::function<void(double progress, Timestamp data_time)> on_progress;  // now and then
  // At the end of a journal, wait for more of it until stopped; `on_wait` is called while waiting. One thread only.
  bool follow = false;
  std::function<void()> on_wait;
  std::function<bool()> is_stopped;  // asked often
  std::function<bool()> is_paused;
};

// What the radar was found to measure amiss, at the end.
struct RadarErrors {
  std::string sensor;
  SensorId id;
  registration::BiasEstimate estimate;
  registration::Bias applied;
  std::vector<registration::RadarJump> jumps;
  // Its time bias less that of another radar.
  struct TimeDifference {
    std::string sensor;  // the other
    double difference_s = 0.0, deviation_s = 0.0;
  };
  std::vector<TimeDifference> times;
};
// Lines for a reader: what is amiss, how surely, by whom it is told, and which of it is taken off.
[[nodiscard]] std::string registration_text(const RadarErrors& errors);

// An AIS station that was believed less than fully: at its lowest.
struct DoubtedStation {
  Mmsi mmsi;
  std::string name;  // as last sent, empty = none
  Trust trust;
  Timestamp when;
};

// What was judged of vessels that only one of the two sensors shows, at the end.
struct SilenceSummary {
  std::uint64_t dark = 0;          // radar tracks without AIS for as long as one must have been heard
  std::uint64_t silent = 0;        // whose AIS fell silent
  std::uint64_t none_heard = 0;    // without AIS, not judged yet
  std::uint64_t cannot_tell = 0;   // where AIS is not received, or not just now
  std::uint64_t missing_echo = 0;  // AIS vessels that radar should see and does not
  std::uint64_t ais_holes = 0;     // times that most AIS vessels fell silent at once, over the whole
};

// AIS vessels within the range of a radar, while their AIS is heard: for how much of that time a radar track was known
// to be theirs.
struct FusedSummary {
  std::uint64_t in_view = 0;  // vessels that were in view for a minute or more,
  std::uint64_t fused = 0;    // and of these fused for half of that time or more
  double in_view_s = 0.0;     // of all vessels,
  double fused_s = 0.0;       // and fused
};

// What other systems sent, and what became of it.
struct RemoteSummary {
  std::map<std::uint8_t, std::uint64_t> records;  // of ASTERIX, by category
  std::uint64_t targets = 0;                      // TTM and TLL sentences
  std::uint64_t reports = 0;                      // of tracks that could be placed
  std::uint64_t tracks = 0, aircraft = 0;         // begun; of these aircraft
  std::uint64_t joins = 0;                        // found to be one of ours, or of another system's
  std::uint64_t inconsistent = 0;
  std::uint64_t own_returned = 0;  // tracks of our own, left out
  std::uint64_t statuses = 0, plots_without_number = 0, without_place = 0, simulated = 0, other_clock = 0;
  [[nodiscard]] bool any() const { return !records.empty() || targets > 0; }
};

struct ReplaySummary {
  double duration_s = 0.0;  // of the data
  double cpu_s = 0.0;
  double elapsed_s = 0.0;
  std::vector<RadarSummary> radars;
  std::vector<std::string> radars_without_position;
  std::uint64_t sectors_without_site = 0;  // of those, where another radar's position was known: left out
  std::uint64_t plots_on_land = 0;         // dropped before tracking
  std::vector<RadarErrors> errors;         // of each radar, in order of sensor
  std::uint64_t sectors_stabilized = 0;
  tracking::TrackerCounters tracks;
  std::uint64_t ais_sentences = 0;
  std::uint64_t ais_messages = 0;
  std::uint64_t ais_vessels = 0;
  std::uint64_t ais_judged = 0;       // vessels of which trust was asked
  std::vector<DoubtedStation> trust;  // in order of MMSI
  SilenceSummary silence;
  FusedSummary fused;
  std::optional<double> ais_clock_s;  // receiver's clock ahead of UTC by so much (but for whole minutes), by AIS slots,
  double ais_clock_deviation_s = 0.0;  // with the deviation of one report
  bool ais_clock_steady = true;        // false: times of reception tell too little to judge motion by
  RemoteSummary remote;
  std::map<std::string, std::uint64_t> rejected;
  std::uint64_t plots_compared = 0;
  std::uint64_t plots_differ = 0;
  // Checkpoints of a journal against what the replay had come to there.
  std::uint64_t checkpoints_compared = 0;
  std::uint64_t checkpoints_differ = 0;
  std::string rules_file;                                             // empty: no rules were asked
  std::vector<std::pair<std::string, std::uint64_t>> alerts_by_rule;  // in the order of the file
  std::vector<AlertRecord> alerts;                                    // as they were last, in order of their numbers
  bool stopped = false;
};

[[nodiscard]] Expected<ReplaySummary> replay(const ReplayOptions& options, PictureSink& sink);

// As JSON (the keys of the command line's --summary), and for people.
[[nodiscard]] std::string to_json(const ReplaySummary& summary);
[[nodiscard]] std::string to_text(const ReplaySummary& summary);

}  // namespace headland::station
