// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/radar_feed.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/health/log.hpp"

namespace headland::station {
namespace {

constexpr std::size_t queue_bytes = std::size_t{8} << 20;
constexpr Duration oldest_waiting = std::chrono::seconds(2);
constexpr Duration poll_time = std::chrono::milliseconds(200);
constexpr auto silence_max = std::chrono::seconds(5);
// Between two times that the clutter is kept: the larger it is, the more seldom, so that a small disk lives long.
constexpr double keep_least_s = 600.0;
constexpr double keep_most_s = 3600.0;
constexpr double keep_bytes_per_s = 10'000.0;
constexpr auto keep_retry = std::chrono::seconds(30);

std::string in_words(const signal::Resumption& r) {
  if (r.fate == signal::MemoryFate::resumed) {
    return fmt::format("goes on from the clutter map of {:.0f} min ago", r.age.value() / 60.0);
  }
  return fmt::format("the clutter map of before the stop is not used, the sea is learned anew: {}", to_text(r.why));
}

// Empty: they are known, or there is no noise to know.
std::string why_unsettled(const RadarChain& chain) {
  if (chain.signal_stage().is_settled() || chain.signal_counters().thresholded) return "";
  const std::string& change = chain.decoder_counters().settings_change;
  if (!change.empty()) return "settings changed: " + change;
  return chain.signal_counters().video_changes > 0 ? "the noise has changed" : "learned for less than 20 turns";
}

}  // namespace

Expected<std::unique_ptr<RadarFeed>> RadarFeed::open(const config::RadarSection& section, SensorId sensor, Hooks hooks,
                                                     health::Health& health) {
  auto receiver = RadarReceiver::open(section);
  if (!receiver) return unexpected(receiver.error());
  auto wakeup = net::Wakeup::create();
  if (!wakeup) return unexpected(wakeup.error());
  return std::unique_ptr<RadarFeed>(
      new RadarFeed(section, sensor, std::move(hooks), std::move(*receiver), std::move(*wakeup), health));
}

RadarFeed::RadarFeed(const config::RadarSection& section, SensorId sensor, Hooks hooks, RadarReceiver receiver,
                     net::Wakeup wakeup, health::Health& health)
    : hooks_(std::move(hooks)),
      health_(health),
      receiver_(std::move(receiver)),
      wakeup_(std::move(wakeup)),
      chain_(section, sensor),
      queue_("video " + section.name, queue_bytes, lanes::WhenFull::drop_new) {
  chain_.want_video(true);
}

void RadarFeed::start() {
  worker_.emplace("radar " + name(), health_, [this](const std::stop_token&) { work_loop(); });
  receive_lane_.emplace("receive " + name(), health_, [this](const std::stop_token& stop) { receive_loop(stop); });
}

void RadarFeed::stop() {
  if (receive_lane_) {
    receive_lane_->request_stop();
    wakeup_.wake();
    receive_lane_->join();
    receive_lane_.reset();
  }
  queue_.close();
  if (worker_) worker_->join();
  worker_.reset();
  if (const auto shed = std::exchange(shed_, 0); shed > 0 && hooks_.on_shed) {
    hooks_.on_shed(chain_.sensor(), last_shed_, shed);
  }
}

void RadarFeed::receive_loop(const std::stop_token& stop) {
  last_video_ = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    const auto datagram = receiver_.receive(poll_time, &wakeup_);
    if (!datagram) {
      is_told_good_ = false;
      health_.set(name(), health::State::red, datagram.error().detail);
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      continue;
    }
    if (const auto news = receiver_.take_news()) log::info("radar " + name() + ": " + *news);
    watch_silence(*datagram && (*datagram)->is_video);
    if (!*datagram) continue;
    const auto& d = (*datagram)->datagram;
    ++datagrams_;
    kernel_drops_ = receiver_.kernel_drops();
    RawDatagram raw{d.time, shed_, {d.payload.begin(), d.payload.end()}};
    const std::size_t weight = raw.bytes.size() + 64;
    const auto is_too_old = [now = d.time](const RawDatagram& oldest) {
      return now - oldest.received > oldest_waiting;
    };
    if (queue_.push_while_fresh(std::move(raw), weight, is_too_old)) {
      shed_ = 0;
    } else {
      ++shed_;
      last_shed_ = d.time;
    }
  }
}

void RadarFeed::watch_silence(bool video) {
  const auto now = std::chrono::steady_clock::now();
  if (video) {
    last_video_ = now;
    if (!std::exchange(is_told_good_, true)) health_.set(name(), health::State::green);
  } else if (now - last_video_ >= silence_max) {
    last_video_ = now;  // told again as long as it lasts: what is known of the reason may change
    is_told_good_ = false;
    health_.set(name(), health::State::yellow,
                receiver_.is_searching() ? receiver_.where() : "no video for 5 s on " + receiver_.where());
  }
}

void RadarFeed::work_loop() {
  next_keep_ = std::chrono::steady_clock::now() + std::chrono::seconds(static_cast<int>(keep_least_s));
  while (auto raw = queue_.pop()) {
    if (const auto shed = raw->shed_before; shed > 0) {
      chain_.note_gap({static_cast<std::uint32_t>(shed), GapReason::shed_on_overload});
      if (hooks_.on_shed) hooks_.on_shed(chain_.sensor(), raw->received, shed);
    }
    if (hooks_.on_datagram) hooks_.on_datagram(chain_.sensor(), *raw);
    output_.clear();
    chain_.process(raw->received, raw->bytes, output_);
    tell_settings(raw->received);
    tell_resumption(raw->received);
    deliver();
    if (hooks_.on_clutter && std::chrono::steady_clock::now() >= next_keep_) keep_clutter();
  }
  if (hooks_.on_clutter) keep_clutter();
}

void RadarFeed::tell_settings(Timestamp time) {
  const RadarDecoderCounters& decoder = chain_.decoder_counters();
  // Some radars tell one setting a message: each that is new is told, too.
  const std::size_t known = known_count(decoder.settings);
  const bool changed = decoder.settings_changes != settings_told_;
  if (!changed && known == settings_known_) return;
  settings_told_ = decoder.settings_changes;
  settings_known_ = known;
  const std::string now = to_text(decoder.settings);
  const std::string what = changed ? "settings changed: " + decoder.settings_change : "settings: " + now;
  log::info("radar " + name() + ": " + what);
  if (hooks_.on_event) hooks_.on_event(chain_.sensor(), time, what + (changed ? "; now " + now : ""));
}

void RadarFeed::tell_resumption(Timestamp time) {
  const signal::Resumption now = chain_.clutter_resumption();
  if (now.fate == resumption_told_) return;
  resumption_told_ = now.fate;
  if (now.fate == signal::MemoryFate::waiting) return;
  const std::string what = in_words(now);
  log::info("radar " + name() + ": " + what);
  if (hooks_.on_event) hooks_.on_event(chain_.sensor(), time, what);
}

void RadarFeed::keep_clutter() {
  auto memory = chain_.clutter_memory();
  const double bytes = memory ? static_cast<double>(memory->levels.size()) * 2.0 : 0.0;
  const double wait_s = std::clamp(bytes / keep_bytes_per_s, keep_least_s, keep_most_s);
  const auto now = std::chrono::steady_clock::now();
  next_keep_ = memory ? now + std::chrono::seconds(static_cast<int>(wait_s)) : now + keep_retry;
  if (memory) hooks_.on_clutter(chain_.sensor(), std::move(*memory));
}

// A call for help: told at once when it is seen the second time, again while it lasts, a minute apart.
void RadarFeed::tell_beacons(const PlotSector& sector) {
  for (const BeaconSighting& b : sector.beacons) {
    if (b.kind != PlotCause::sart || b.turns < 2) continue;
    if (sart_told_ && b.time >= *sart_told_ && b.time - *sart_told_ < std::chrono::minutes(1)) continue;
    sart_told_ = b.time;
    const char* const of = sector.reference == BearingReference::head_up ? "off the bow" : "from north";
    const std::string what = fmt::format(
        "SART (search and rescue transponder, a call for help): {} dots on bearing {:.1f} degrees {}, the "
        "nearest at {:.0f} m; it lies at most 1185 m before that",
        b.marks, b.bearing.degrees(), of, b.range.value());
    log::warn("radar " + name() + ": " + what);
    // Not red: that says that the station fails, and supervision would start it anew.
    health_.set("SART, " + name(), health::State::yellow, what);
    if (hooks_.on_event) hooks_.on_event(chain_.sensor(), b.time, what);
  }
  constexpr auto forgotten = std::chrono::minutes(5);
  if (!sart_told_ || sector.ended - *sart_told_ < forgotten) return;
  sart_told_.reset();
  health_.set("SART, " + name(), health::State::green, "not seen for five minutes");
}

// How echoes are told from noise, when that changes.
void RadarFeed::tell_video() {
  const signal::Counters& c = chain_.signal_counters();
  if (c.law_is_measured && law_told_ != c.decibels_per_level) {
    law_told_ = c.decibels_per_level;
    log::info("radar " + name() + ": by its noise " +
              (law_told_ > 0.0 ? fmt::format("the video is logarithmic, {:.3g} dB a level", *law_told_)
                               : "the levels of the video are proportional"));
  }
  if (c.spokes == 0 || thresholded_told_ == c.thresholded) return;
  const bool is_new = !thresholded_told_.has_value();
  thresholded_told_ = c.thresholded;
  if (is_new && !c.thresholded) return;
  log::info("radar " + name() +
            (c.thresholded ? ": the radar cuts its noise off: weak echoes are told, region by region, by how often "
                             "cells light up that were dark a turn ago"
                           : ": there is noise in the video: echoes are told by it"));
}

void RadarFeed::deliver() {
  const Timestamp now = std::chrono::system_clock::now();
  for (auto& sector : output_.sectors) {
    plots_ += sector.plots.size();
    if (sector.turn != last_turn_) ++turns_;
    last_turn_ = sector.turn;
    latency_s_ = to_seconds(now - sector.ended).value();  // the queue and the work in it
    tell_beacons(sector);
    if (hooks_.on_sector) hooks_.on_sector(std::move(sector));
  }
  if (!output_.video.empty() && hooks_.on_video) hooks_.on_video(output_.video);
  if (output_.sectors.empty()) return;
  tell_video();
  std::shared_ptr<const RadarSensitivity> sensitivity;
  constexpr std::uint64_t turns_between = 8;
  if (turns_ >= sensitivity_turn_ + turns_between) {
    sensitivity_turn_ = turns_;
    auto fresh = sensitivity_of(chain_.section(), chain_.signal_stage());
    if (!chain_.signal_stage().is_settled() && !chain_.decoder_counters().settings_change.empty()) {
      fresh.uncalibrated += " (settings: " + chain_.decoder_counters().settings_change + ")";
    }
    sensitivity = std::make_shared<RadarSensitivity>(std::move(fresh));
  }
  const std::lock_guard lock(mutex_);
  if (sensitivity) sensitivity_ = std::move(sensitivity);
  counters_.decoder = chain_.decoder_counters();
  counters_.decoder.rejected = chain_.rejected();
  counters_.plots = plots_;
  counters_.turns = turns_;
  counters_.latency_s = latency_s_;
  counters_.signal = chain_.signal_counters();
  counters_.extraction = chain_.plot_counters();
  counters_.unsettled = why_unsettled(chain_);
  counters_.resumption = chain_.clutter_resumption();
  counters_.spiky_share = chain_.signal_stage().shapes().spiky_share();
  if (const auto* causes = chain_.cause_counters()) counters_.causes = *causes;
  if (const auto* integration = chain_.integration_counters()) counters_.integration = *integration;
}

std::shared_ptr<const RadarSensitivity> RadarFeed::sensitivity() const {
  const std::lock_guard lock(mutex_);
  return sensitivity_;
}

RadarFeedCounters RadarFeed::counters() const {
  const std::lock_guard lock(mutex_);
  auto out = counters_;
  out.datagrams = datagrams_;
  out.kernel_drops = kernel_drops_;
  return out;
}

}  // namespace headland::station
