// SPDX-License-Identifier: Apache-2.0
// The first stage of a replay: finds out what each recorded datagram is, keeps one RadarChain for each
// radar met, and hands on what the node needs, in order.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/picture/track_order.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/station/input/input_file.hpp"
#include "runtime/station/radar/radar_chain.hpp"

namespace headland::station {

// What the second stage (the PictureChain) is given.
struct StageItem {
  struct Text {
    std::uint16_t stream = 0;
    std::vector<std::uint8_t> bytes;
  };
  struct Tick {};
  struct Configure {  // a journal says which configuration was in force
    config::StationConfig config;
  };
  struct Restore {
    std::vector<std::uint8_t> state;
  };
  struct Compare {  // what the node knew here when it was recorded
    std::vector<std::uint8_t> state;
  };
  struct Order {  // of an operator, about tracks
    TrackOrder order;
  };
  struct Placed {
    PlotSector sector;  // lies in the plane already
  };
  Timestamp time;
  bool from_journal = false;  // ticks come from the recording, too
  std::variant<std::monostate, PlotSector, Placed, Text, Tick, Order, Configure, Restore, Compare> what;
  std::vector<VideoBatch> video;
};

// An item of the event's time, with nothing in it yet.
[[nodiscard]] StageItem item_at(const InputEvent& event);

// Plots of a radar with Doppler, by what it marked.
struct DopplerCount {
  std::uint64_t plots = 0;  // told, moving or not
  std::uint64_t approaching = 0;
  std::uint64_t receding = 0;
};

// Plots that something else than a vessel is likelier to have given, by PlotCause, and transponders seen.
struct CauseCount {
  std::array<std::uint64_t, plot_cause_count> explained{};
  std::uint64_t sart_turns = 0;   // in which one was seen, the first look left out
  std::uint64_t racon_turns = 0;  // the same
  std::optional<BeaconSighting> last_sart;
};

struct RadarSummary {
  std::string sensor;
  SensorId id;
  std::string protocol;
  std::uint64_t spokes = 0;
  std::uint64_t turns = 0;
  std::uint64_t gaps = 0;
  std::uint64_t plots = 0;
  DopplerCount doppler;
  RadarState state;
  std::map<std::string, std::uint64_t> rejected;
  std::string settings;  // of the radar, as it was last told, in words
  std::uint64_t settings_changes = 0;
  std::string settings_change;  // the last one
  CauseCount causes;
  bool law_is_measured = false;     // of its levels
  double decibels_per_level = 0.0;  // 0: proportional
};

// A line for the summary of a replay; empty where the law of the levels was told.
[[nodiscard]] std::string measured_law_text(const RadarSummary& radar);

class InputRouter {
 public:
  InputRouter(config::StationConfig config, bool want_video);

  void process(InputEvent event, std::vector<StageItem>& out);
  void finish(Timestamp last, std::vector<StageItem>& out);

  [[nodiscard]] std::vector<RadarSummary> radars() const;
  [[nodiscard]] const std::map<std::string, std::uint64_t>& rejected() const { return rejected_; }
  // Recorded plots that the recorded video did not give again, and those that could be compared.
  [[nodiscard]] std::uint64_t plots_differ() const { return plots_differ_; }
  [[nodiscard]] std::uint64_t plots_compared() const { return plots_compared_; }

 private:
  struct Radar {
    std::unique_ptr<RadarChain> chain;
    std::uint32_t source_address = 0;
    net::Endpoint destination;
    bool reports_known = false;  // to which group its reports go, not only from whom they come
    std::uint64_t turns = 0;
    std::uint64_t plots = 0;
    DopplerCount doppler;
    CauseCount causes;
    std::uint32_t last_turn = 0;
    bool whole_session = false;                        // its video is here from the beginning, without holes
    std::deque<std::vector<std::uint8_t>> recomputed;  // sectors as bytes, from journaled video
  };

  void reset(config::StationConfig config);
  void route_datagram(const InputEvent& event, std::vector<StageItem>& out);
  void route_journal(InputEvent& event, std::vector<StageItem>& out);
  void journal_datagram(const InputEvent& event, std::vector<StageItem>& out);
  void journal_plots(const InputEvent& event, std::vector<StageItem>& out);
  void journal_gap(const InputEvent& event);
  void journal_order(const InputEvent& event, std::vector<StageItem>& out);
  void journal_checkpoint(InputEvent& event, std::vector<StageItem>& out);
  void journal_radar_state(const InputEvent& event);
  void route_text(const InputEvent& event, std::span<const std::uint8_t> text, std::vector<StageItem>& out);
  void run_known(std::string_view protocol, const InputEvent& event, std::vector<StageItem>& out);
  void run(Radar& radar, const InputEvent& event, std::vector<StageItem>& out);
  void note(Radar& radar, const PlotSector& sector);
  Radar* radar_for(const std::string& protocol, const InputEvent& event);  // null: refused, counted
  Radar& add_radar(const config::RadarSection& section, SensorId id);
  // Of a radar with two ranges each has its own groups: those of the other are not its reports.
  bool is_report_of(Radar& radar, const InputEvent& event);
  void note_beacon(const InputEvent& event);
  std::uint16_t text_stream_of(const InputEvent& event);

  config::StationConfig config_;
  bool want_video_;
  bool in_session_ = false;
  bool whole_session_ = false;  // from its first checkpoint on
  std::map<SensorId, Radar> radars_;
  std::map<std::pair<std::string, net::Endpoint>, SensorId> by_destination_;
  std::map<std::pair<net::Endpoint, std::uint16_t>, std::uint16_t> text_streams_;
  // What beacons tell: the group of spokes that belongs to one of reports, and which configured radar that is.
  std::map<net::Endpoint, net::Endpoint> spokes_of_reports_;
  std::map<net::Endpoint, std::size_t> configured_at_;
  std::map<std::string, std::uint64_t> rejected_;
  std::uint64_t plots_differ_ = 0;
  std::uint64_t plots_compared_ = 0;
  RadarOutput output_;
};

}  // namespace headland::station
