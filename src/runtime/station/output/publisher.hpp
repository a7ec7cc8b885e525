// SPDX-License-Identifier: Apache-2.0
// The page's side of a station: encodes the picture, the video and the state of health once, and
// hands them to the web server. Thread-safe: radar lanes, the tracking lane and the server's threads
// call in.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "codec/share/client_message.hpp"
#include "codec/share/status_frames.hpp"
#include "core/picture/history.hpp"
#include "core/rules/alerts/alert_budget.hpp"
#include "core/rules/routes/route_model.hpp"
#include "core/rules/rule.hpp"
#include "io/store/alert_store.hpp"
#include "io/store/history_store.hpp"
#include "io/web/web_server.hpp"
#include "runtime/health/health.hpp"
#include "runtime/lanes/lane.hpp"
#include "runtime/station/radar/radar_meter.hpp"
#include "runtime/station/stage_runner.hpp"
#include "runtime/station/trial/trial_desk.hpp"

namespace headland::station {

struct PublisherConfig {
  std::string version;
  std::string node;
  bool replay = false;
  double rate = 1.0;  // of a replay, times real time
  web::WebConfig web;
  config::ChartSection chart;
  std::map<SensorId, std::string> radar_names;
  std::vector<rules::Zone> areas;  // drawn on the chart beside the zones of the rules
};

// The areas in which no track begins, to draw.
[[nodiscard]] std::vector<rules::Zone> areas_to_draw(const config::StationConfig& config);

// What the station knows beyond what passes through here: lanes, journal, gaps.
using StatusSource = std::function<void(share::HealthReport&)>;

// Where orders of operators go; the reply says what is wrong, empty: done. False: too many wait.
struct AlertOrders {
  using Reply = std::function<void(const std::string& fault)>;
  std::function<bool(rules::AlertOrder, Reply)> order;
  std::function<bool(std::string who, Reply)> reload;
  std::function<bool(rules::ZoneOrder, Reply)> zone;
};

// Where orders about tracks go; the reply says what is wrong (empty: done) and which track it is.
using TrackOrders = std::function<bool(TrackOrder, std::function<void(const std::string& fault, SystemTrackId track)>)>;

class Publisher final : public PictureSink {
 public:
  Publisher(PublisherConfig config, health::Health& health, health::Metrics& metrics);
  ~Publisher() override;

  void set_status_source(StatusSource source);
  void set_history(store::HistoryStore* store);  // for /api/v1/history; must outlive the server
  void set_sensitivity_source(std::function<std::string()> json) { sensitivity_ = std::move(json); }
  void set_alert_orders(AlertOrders orders);
  void set_track_orders(TrackOrders orders);
  void set_alert_store(std::unique_ptr<store::AlertStore> store);  // for /api/v1/alerts/entries
  // For /api/v1/rules/trial and /api/v1/rules/file.
  void set_rules_trial(std::unique_ptr<TrialDesk> trial, std::string rules_file);
  [[nodiscard]] Expected<std::uint16_t> start();
  void stop();

  // Of the rules lane: all alerts there are to show, or those that changed; the zones on the chart.
  void show_alerts(const std::vector<AlertRecord>& alerts, bool whole);
  void show_zones(const rules::RuleSet& set);
  void show_drawn(const rules::DrawnZones& drawn, const rules::RuleSet& set);
  void set_drawn_folder(std::filesystem::path folder);  // for versions of what was drawn
  void show_routes(const rules::RouteModel& routes);

  void on_output(Timestamp time, const PictureOutput& output, const PictureChain& chain) override;
  void on_video(const std::vector<VideoBatch>& video, const PictureChain& chain) override;
  // The same from a radar lane, which does not see the chain.
  void publish_video(const std::vector<VideoBatch>& video);

  [[nodiscard]] bool is_paused() const { return paused_; }
  [[nodiscard]] std::size_t clients() const { return server_.client_count(); }
  [[nodiscard]] web::WebCounters web_counters() const { return server_.counters(); }

 private:
  struct Shown {  // of one system track
    std::uint32_t attribute_version = 0;
    std::vector<HistoryPoint> past;
  };

  void add_routes();
  void on_join(web::ClientId client);
  void on_message(web::ClientId client, std::string_view text);
  void send_snapshot(web::ClientId client);
  void send_alerts(web::ClientId client);                                      // with the mutex held
  bool take_order(web::ClientId client, const share::ClientMessage& message);  // false: it is none
  void take_track_order(web::ClientId client, const TrackOrder& order);
  void take_zone_order(web::ClientId client, const rules::ZoneOrder& order);
  void add_zone_routes();
  [[nodiscard]] web::HttpResponse drawn_zones() const;
  [[nodiscard]] web::HttpResponse drawn_versions(const web::HttpRequest& request) const;
  [[nodiscard]] web::HttpResponse alerts() const;
  [[nodiscard]] web::HttpResponse alert_entries(const web::HttpRequest& request);
  [[nodiscard]] web::HttpResponse alert_budget(const web::HttpRequest& request);
  [[nodiscard]] web::HttpResponse alert_watches(const web::HttpRequest& request);
  [[nodiscard]] rules::LimitsToMove limits() const;
  void add_alert_routes();
  void add_trial_routes();
  [[nodiscard]] web::HttpResponse begin_trial(const web::HttpRequest& request);
  void publish_change(const picture::PublishedPicture& published);
  void remember(const SystemTrack& track);
  void publish_plots(const PictureOutput& output);
  void note_places(Timestamp time, const PictureChain& chain);  // with the mutex held
  void note_registration(const PictureChain& chain);            // likewise
  void every_second();
  void send_cards();
  void send_card(web::ClientId client, SystemTrackId selected);  // with the mutex held
  void note_stories(const PictureChain& chain);                  // likewise
  [[nodiscard]] share::HealthReport health_report();
  [[nodiscard]] share::Frame hello() const;  // with the mutex held
  [[nodiscard]] std::string radar_name(SensorId sensor) const;
  [[nodiscard]] web::HttpResponse chart(bool lines);
  [[nodiscard]] web::HttpResponse history_tracks(const web::HttpRequest& request) const;
  [[nodiscard]] web::HttpResponse history_events(const web::HttpRequest& request) const;
  [[nodiscard]] web::HttpResponse healthz() const;

  PublisherConfig config_;
  health::Health& health_;
  health::Metrics& metrics_;
  web::WebServer server_;
  StatusSource status_;
  store::HistoryStore* history_ = nullptr;
  std::function<std::string()> sensitivity_;  // for /api/v1/sensitivity
  AlertOrders orders_;
  TrackOrders track_orders_;
  std::unique_ptr<store::AlertStore> alert_store_;  // of the handler thread, as the next
  std::unique_ptr<TrialDesk> trial_;
  std::string rules_file_;
  std::atomic<bool> paused_ = false;

  mutable std::mutex mutex_;
  std::shared_ptr<const Picture> picture_;
  LocalFrame frame_{GeoPosition{}};
  bool located_ = false;
  std::map<SystemTrackId, Shown> shown_;
  std::map<web::ClientId, std::optional<SystemTrackId>> clients_;
  std::map<SystemTrackId, std::string> stories_;  // of the tracks that somebody has selected
  std::map<SensorId, RadarMeter> radars_;
  std::map<SensorId, share::RadarRegistrationHealth> registration_;
  // Of each radar and reference of its video: how the tracking lane last placed its plots.
  std::map<std::pair<SensorId, BearingReference>, PictureChain::VideoPlace> places_;
  RateMeter ais_rate_;
  std::optional<Timestamp> data_time_;
  std::optional<Timestamp> last_ais_;
  std::uint32_t seconds_ = 0;
  bool hello_is_old_ = false;
  std::map<AlertId, AlertRecord> alerts_;  // as shown
  std::string zones_json_;
  std::optional<rules::RuleSet> in_force_;
  rules::DrawnZones drawn_;
  std::string drawn_json_;
  rules::LimitsToMove limits_;  // of the rules in force
  std::string routes_json_;

  std::filesystem::path drawn_folder_;  // set before the server starts

  // Of the handler thread alone.
  std::optional<GeoPosition> land_about_;
  std::string land_json_;
  std::string coast_json_;

  std::optional<lanes::Lane> lane_;
};

}  // namespace headland::station
