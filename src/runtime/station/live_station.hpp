// SPDX-License-Identifier: Apache-2.0
// A running station: every radar and NMEA source of the configuration on threads of their own, one
// tracking lane, the journal, the history, the page, CAT062. See ARCHITECTURE.md for the queues.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "runtime/config/station_config.hpp"
#include "runtime/station/input/nmea_feed.hpp"
#include "runtime/station/input/update_queue.hpp"
#include "runtime/station/output/alert_poster.hpp"
#include "runtime/station/output/cat062_output.hpp"
#include "runtime/station/output/history_recorder.hpp"
#include "runtime/station/output/nmea_output.hpp"
#include "runtime/station/output/publisher.hpp"
#include "runtime/station/output/recorder.hpp"
#include "runtime/station/picture/picture_chain.hpp"
#include "runtime/station/radar/clutter_keeper.hpp"
#include "runtime/station/radar/radar_feed.hpp"
#include "runtime/station/rules/rules_lane.hpp"

namespace headland::station {

struct LiveOptions {
  std::string version;
  std::string page_directory;      // where the built page lies
  std::string default_rules = {};  // the set that comes with the program; empty: none, then rules need [rules] file
};

// What was found in the journal at the start.
struct RestartReport {
  bool restored = false;
  std::size_t tracks = 0;
  std::uint64_t entries = 0;  // gone through since the last checkpoint
  std::optional<Timestamp> last;
  std::string note;  // of the journal: what was torn, and so on
};

class LiveStation {
 public:
  LiveStation(config::StationConfig config, LiveOptions options);
  ~LiveStation();

  // Everything that can fail for outside reasons fails here, with what, where and what to do.
  [[nodiscard]] Expected<void> start();
  void stop();  // receives no more, works on what is queued, writes everything out

  // Reads the rules file anew; mistakes are told in health and the log, and the rules of before stay.
  void reload_rules(const std::string& who);
  [[nodiscard]] const std::string& rules_file() const { return rules_file_; }  // empty: no rules

  [[nodiscard]] std::uint16_t web_port() const { return web_port_; }  // 0: no page
  [[nodiscard]] const RestartReport& restart() const { return restart_; }
  [[nodiscard]] std::string metrics_text() const { return metrics_.prometheus_text(); }
  [[nodiscard]] std::vector<lanes::QueueStats> queues() const;
  [[nodiscard]] RadarFeedCounters radar_counters(std::size_t index) const { return radars_.at(index)->counters(); }
  [[nodiscard]] std::uint64_t ais_messages() const { return ais_messages_; }
  [[nodiscard]] nmea::NmeaCounters nmea_counters() const;
  [[nodiscard]] std::optional<registration::BiasEstimate> bias_of(SensorId sensor) const;

 private:
  Expected<void> open_journal();
  Expected<void> open_inputs();
  Expected<void> open_rules();
  void begin_rules();
  [[nodiscard]] DeskHooks desk_hooks();
  Expected<void> open_page();
  void restore();
  void restore_from_journal();
  void replay_entry(const journal::JournalEntry& entry);
  void begin_session();
  void resume_clutter(Timestamp now);
  [[nodiscard]] Expected<void> open_source(const config::NmeaSection& section, const char* what);
  void mask_land();
  void track_loop(const std::stop_token& stop);
  void consume(SensorUpdate& update);
  void carry_out(OrderUpdate& update, Timestamp now);
  void take_orders();
  void tick(Timestamp now);
  void watch_positions();
  void tell_jumps();
  void tell_clock(std::uint64_t steps_before, std::uint64_t steps, Timestamp now);
  void tell_own_returned();
  void watch_registration();
  void watch_ais();
  void count_judged(const Picture& picture);
  void tell_losses();
  void record_losses(Timestamp now);
  void write_checkpoint(Timestamp now, bool begins_session);
  void emit(Timestamp time);
  void send_out();
  [[nodiscard]] std::vector<SensorState> radar_states() const;
  void add_metrics(std::vector<health::Sample>& out) const;
  void add_judgement_metrics(std::vector<health::Sample>& out) const;
  // Of any thread of a source.
  void take_alert_commands(const config::NmeaSection& section, std::span<const std::uint8_t> text);
  void add_alert_metrics(std::vector<health::Sample>& out) const;
  void add_store_metrics(std::vector<health::Sample>& out) const;
  [[nodiscard]] std::string sensitivity_json() const;
  static void add_detection_metrics(const RadarFeed& radar, const RadarFeedCounters& c,
                                    std::vector<health::Sample>& out);
  void add_status(share::HealthReport& report) const;
  [[nodiscard]] RadarFeed::Hooks radar_hooks();

  config::StationConfig config_;
  LiveOptions options_;
  std::string config_toml_;
  health::Health health_;
  health::Metrics metrics_;
  PictureChain chain_;
  PictureOutput output_;
  RestartReport restart_;
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<HistoryRecorder> history_;
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<Cat062Output> cat062_;
  std::vector<std::unique_ptr<NmeaSender>> nmea_senders_;
  std::string rules_file_;
  std::unique_ptr<AlertDesk> desk_;  // until the lane has it
  std::unique_ptr<RulesLane> rules_;
  std::vector<std::unique_ptr<AlertPoster>> posters_;
  std::unique_ptr<ClutterKeeper> clutter_;
  std::vector<std::unique_ptr<RadarFeed>> radars_;
  std::vector<std::unique_ptr<NmeaFeed>> nmea_;
  std::atomic<std::uint64_t> bad_alert_commands_ = 0;
  UpdateQueue updates_{UpdateQueue::most_sectors, UpdateQueue::most_texts};
  std::optional<lanes::Lane> tracking_;
  std::uint16_t web_port_ = 0;
  std::atomic<std::uint64_t> ais_messages_ = 0;
  mutable std::mutex nmea_mutex_;
  nmea::NmeaCounters nmea_counters_;                       // the tracking lane's, as of its last tick
  std::map<SensorId, registration::BiasEstimate> biases_;  // likewise
  std::map<std::string, std::uint64_t> remote_rejected_;   // likewise
  std::map<std::string, std::uint64_t> judged_;  // likewise: vessels in the picture, by what is thought of them
  std::uint64_t bias_jumps_ = 0;                 // likewise
  tracking::TrackerCounters tracker_counters_;   // likewise
  std::uint64_t remote_returned_ = 0;            // likewise: our own tracks that came back through others
  struct AisState {
    std::optional<double> clock_s;  // how far reception is ahead of the time that reports name, but for whole minutes
    double clock_deviation_s = 0.0;
    bool steady = true;
    bool in_hole = false;
    std::uint64_t holes = 0;
    std::uint64_t reports_late = 0, fixes_late = 0;
  };
  AisState ais_;  // likewise
  std::size_t jumps_told_ = 0;
  bool own_returned_told_ = false;
  std::map<std::string, Timestamp> jump_shown_;  // radars whose health is yellow for it
  Timestamp last_tick_;
  std::atomic<std::uint64_t> tracks_confirmed_ = 0;
  std::atomic<std::uint64_t> tracks_tentative_ = 0;
  std::atomic<std::uint64_t> ais_vessels_ = 0;
  std::chrono::steady_clock::time_point next_checkpoint_;
  std::atomic<std::uint64_t> checkpoint_bytes_ = 0;  // of the last
  std::chrono::steady_clock::time_point next_losses_;
  std::map<std::uint16_t, std::uint64_t> kernel_drops_recorded_;  // by stream
  std::map<std::string, double> losses_told_;                     // by what and where: as of the last line in the log
  bool started_ = false;
};

}  // namespace headland::station
