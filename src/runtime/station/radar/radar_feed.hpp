// SPDX-License-Identifier: Apache-2.0
// One live radar: a thread that receives, a queue, a thread that decodes, detects and extracts plots.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "io/net/wakeup.hpp"
#include "runtime/health/health.hpp"
#include "runtime/lanes/bounded_queue.hpp"
#include "runtime/lanes/lane.hpp"
#include "runtime/station/input/radar_receiver.hpp"
#include "runtime/station/radar/radar_chain.hpp"
#include "runtime/station/radar/radar_sensitivity.hpp"

namespace headland::station {

struct RawDatagram {
  Timestamp received;
  std::uint64_t shed_before = 0;  // datagrams refused by the full queue since the one before
  std::vector<std::uint8_t> bytes;
};

struct RadarFeedCounters {
  std::uint64_t datagrams = 0;
  std::uint64_t kernel_drops = 0;
  RadarDecoderCounters decoder;
  std::uint64_t plots = 0;
  std::uint64_t turns = 0;
  std::optional<double> latency_s;  // antenna to plots, last sector
  signal::Counters signal;
  plots::Counters extraction;
  std::string unsettled;          // why noise and clutter are not known; empty: they are
  signal::Resumption resumption;  // of the clutter of before the start
  double spiky_share = 0.0;       // of the regions, whose clutter is spikier than configured
  std::optional<integration::Counters> integration;
  std::optional<plots::CauseCounters> causes;
};

class RadarFeed {
 public:
  struct Hooks {
    // Called by the radar's lane, in order. on_shed before the datagram that follows the gap (after the
    // last datagram: when the feed stops), on_datagram before what it gave.
    std::function<void(SensorId, const RawDatagram&)> on_datagram;
    std::function<void(SensorId, Timestamp, std::uint64_t shed)> on_shed;
    std::function<void(PlotSector&&)> on_sector;
    // What is worth a line in the journal: settings of the radar that changed, a SART that was seen.
    std::function<void(SensorId, Timestamp, const std::string&)> on_event;
    std::function<void(const std::vector<VideoBatch>&)> on_video;
    // What was learned of the clutter, to be kept: now and then, and at the end.
    std::function<void(SensorId, signal::ClutterMemory&&)> on_clutter;
  };

  static Expected<std::unique_ptr<RadarFeed>> open(const config::RadarSection& section, SensorId sensor, Hooks hooks,
                                                   health::Health& health);
  ~RadarFeed() { stop(); }

  void set_land_mask(RangeAzimuthMask mask) { chain_.set_land_mask(std::move(mask)); }  // before start()
  // Before start(): see RadarChain.
  void resume_clutter(std::span<const std::uint8_t> bytes, Timestamp now) { chain_.resume_clutter(bytes, now); }
  void start();
  void stop();  // what is queued is still worked on

  [[nodiscard]] SensorId sensor() const { return chain_.sensor(); }
  [[nodiscard]] const std::string& name() const { return chain_.section().name; }
  [[nodiscard]] RadarFeedCounters counters() const;
  // As of the last whole turn; null before.
  [[nodiscard]] std::shared_ptr<const RadarSensitivity> sensitivity() const;
  [[nodiscard]] lanes::QueueStats queue_stats() const { return queue_.stats(); }

 private:
  RadarFeed(const config::RadarSection& section, SensorId sensor, Hooks hooks, RadarReceiver receiver,
            net::Wakeup wakeup, health::Health& health);
  void receive_loop(const std::stop_token& stop);
  void work_loop();
  void deliver();
  void tell_settings(Timestamp time);
  void tell_resumption(Timestamp time);
  void keep_clutter();
  void tell_video();
  void tell_beacons(const PlotSector& sector);
  void watch_silence(bool video);

  Hooks hooks_;
  health::Health& health_;
  RadarReceiver receiver_;
  net::Wakeup wakeup_;
  RadarChain chain_;
  // 8 MiB, and no more than two seconds of data, lest a small radar be shown minutes late; the newest is refused, and
  // the next spokes know of the gap.
  lanes::BoundedQueue<RawDatagram> queue_;
  std::uint64_t shed_ = 0;  // of the receiving thread: not yet told to the radar's lane
  Timestamp last_shed_;
  std::atomic<std::uint64_t> kernel_drops_ = 0;
  std::atomic<std::uint64_t> datagrams_ = 0;
  // Of the receiving thread, for the health of the radar.
  std::chrono::steady_clock::time_point last_video_;
  bool is_told_good_ = false;
  RadarOutput output_;
  mutable std::mutex mutex_;
  RadarFeedCounters counters_;
  std::shared_ptr<const RadarSensitivity> sensitivity_;
  std::uint64_t sensitivity_turn_ = 0;  // of the lane
  std::uint64_t settings_told_ = 0;     // changes
  std::size_t settings_known_ = 0;
  std::optional<Timestamp> sart_told_;
  std::optional<bool> thresholded_told_;
  std::optional<double> law_told_;  // decibels a level
  signal::MemoryFate resumption_told_ = signal::MemoryFate::none;
  std::chrono::steady_clock::time_point next_keep_;
  std::uint64_t plots_ = 0;
  std::uint64_t turns_ = 0;
  std::uint32_t last_turn_ = 0;
  std::optional<double> latency_s_;
  std::optional<lanes::Lane> worker_;
  std::optional<lanes::Lane> receive_lane_;
};

}  // namespace headland::station
