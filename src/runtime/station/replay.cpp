// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/replay.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "runtime/lanes/bounded_queue.hpp"

namespace headland::station {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Items = std::vector<StageItem>;

// Counts vessels on the way to the sink.
class CountingSink final : public PictureSink {
 public:
  explicit CountingSink(PictureSink& next) : next_(next) {}
  void on_output(Timestamp time, const PictureOutput& output, const PictureChain& chain) override {
    for (const auto& message : output.ais) {
      std::visit([this](const auto& m) { vessels_.insert(m.mmsi); }, message);
    }
    for (const PlotSector& s : output.sectors) {
      reach_[s.sensor] = {{Metres(s.site_east_m), Metres(s.site_north_m)}, s.range_max};
    }
    if (output.published) {
      last_ = output.published->picture;
      count_fused(*last_);
    }
    next_.on_output(time, output, chain);
  }
  void on_video(const std::vector<VideoBatch>& video, const PictureChain& chain) override {
    next_.on_video(video, chain);
  }
  [[nodiscard]] std::size_t vessels() const { return vessels_.size(); }
  [[nodiscard]] const Picture* last() const { return last_.get(); }
  [[nodiscard]] FusedSummary fused() const {
    constexpr double least_s = 60.0;
    FusedSummary out;
    for (const auto& [mmsi, v] : in_view_) {
      out.in_view_s += v.in_view_s;
      out.fused_s += v.fused_s;
      if (v.in_view_s < least_s) continue;
      ++out.in_view;
      out.fused += v.fused_s >= 0.5 * v.in_view_s ? 1U : 0U;
    }
    return out;
  }

 private:
  struct Reach {
    EastNorth site;
    Metres range_max;
  };
  struct InView {
    double in_view_s = 0.0, fused_s = 0.0;
  };

  void count_fused(const Picture& picture) {
    constexpr double longest_step_s = 10.0;
    constexpr Metres nearest(250.0);  // nearer vessels are often in the blind ring
    const double step_s =
        counted_ ? std::clamp(to_seconds(picture.time - *counted_).value(), 0.0, longest_step_s) : 0.0;
    counted_ = picture.time;
    for (const SystemTrack& t : picture.tracks) {
      if (t.kind != SystemTrackKind::vessel || !t.identity || !t.report || t.report->own_ship || t.ais_lost) continue;
      const bool seen = std::any_of(reach_.begin(), reach_.end(), [&](const auto& entry) {
        const Metres range = distance(t.local, entry.second.site);
        return range > nearest && range < entry.second.range_max;
      });
      if (!seen) continue;
      InView& v = in_view_[t.identity->mmsi];
      v.in_view_s += step_s;
      if (t.radar_track != TrackId()) v.fused_s += step_s;
    }
  }

  PictureSink& next_;
  std::set<Mmsi> vessels_;
  std::shared_ptr<const Picture> last_;
  std::map<SensorId, Reach> reach_;
  std::map<Mmsi, InView> in_view_;
  std::optional<Timestamp> counted_;
};

// Holds the replay back to the pace asked for.
class Pacer {
 public:
  explicit Pacer(const ReplayOptions& options) : options_(options) {}
  void wait_for(Timestamp data_time) {
    if (options_.speed <= 0.0) return;
    using namespace std::chrono_literals;
    if (!begun_) begin(data_time);
    while (!stopped()) {
      if (options_.is_paused && options_.is_paused()) {
        std::this_thread::sleep_for(50ms);
        begin(data_time);
        continue;
      }
      const auto ahead =
          Duration(static_cast<std::int64_t>(static_cast<double>((data_time - data_began_).count()) / options_.speed)) -
          (SteadyClock::now() - wall_began_);
      if (ahead > 10s || ahead < -10s) begin(data_time);  // a hole in the data, or this machine slept
      if (ahead <= 0s || ahead > 10s) return;
      std::this_thread::sleep_for(std::min<Duration>(ahead, 50ms));
    }
  }
  [[nodiscard]] bool stopped() const { return options_.is_stopped && options_.is_stopped(); }

 private:
  void begin(Timestamp data_time) {
    begun_ = true;
    data_began_ = data_time;
    wall_began_ = SteadyClock::now();
  }
  const ReplayOptions& options_;
  bool begun_ = false;
  Timestamp data_began_;
  SteadyClock::time_point wall_began_;
};

// Plots that bring no deviations of their own have those of the configuration, whoever replays.
InputOptions input_of(const config::StationConfig& config) {
  InputOptions input;
  const auto& t = config.tracker;
  if (t.range_deviation_m > 0.0) input.range_deviation_m = t.range_deviation_m;
  if (t.bearing_deviation_deg > 0.0) input.bearing_deviation_deg = t.bearing_deviation_deg;
  return input;
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class Replayer {
 public:
  Replayer(const ReplayOptions& options, PictureSink& sink)
      : options_(options),
        counting_(sink),
        router_(options.config, options.want_video),
        runner_(options.config, options.origin, counting_),
        pacer_(options) {}

  Expected<void> open() {
    for (const auto& path : options_.files) {
      auto file = open_input(path, input_of(options_.config));
      if (!file) return unexpected(file.error());
      merger_.add(std::move(*file));
    }
    return {};
  }

  void run() {
    if (options_.threads >= 2) {
      run_two_threads();
    } else {
      read_all([this](Items items) { take(items); });
    }
    if (last_) runner_.finish(*last_);
  }

  void summarise(ReplaySummary& out) const {
    if (first_ && last_) out.duration_s = to_seconds(*last_ - *first_).value();
    out.radars = router_.radars();
    for (const auto& radar : out.radars) {
      if (!runner_.chain().knows_site(radar.id)) out.radars_without_position.push_back(radar.sensor);
    }
    out.sectors_without_site = runner_.chain().counters().sectors_without_site;
    out.plots_on_land = runner_.chain().counters().plots_on_land;
    out.sectors_stabilized = runner_.chain().counters().sectors_stabilized;
    for (const auto& [sensor, radar] : runner_.chain().registration()) {
      out.errors.push_back({runner_.chain().name_of(sensor), sensor, radar.estimate(), radar.taken_off(), {}, {}});
      for (const auto& jump : runner_.chain().jumps()) {
        if (jump.sensor == sensor) out.errors.back().jumps.push_back(jump);
      }
      for (const auto& [other, theirs] : runner_.chain().registration()) {
        const double deviation_s = other == sensor ? 0.0 : runner_.chain().time_deviation_between(sensor, other);
        if (deviation_s <= 0.0) continue;
        const double difference_s = radar.estimate().bias.time_s - theirs.estimate().bias.time_s;
        out.errors.back().times.push_back({runner_.chain().name_of(other), difference_s, deviation_s});
      }
    }
    out.tracks = runner_.chain().tracker_counters();
    const auto& nmea = runner_.chain().nmea_counters();
    out.ais_sentences = nmea.vdm_sentences;
    out.ais_messages = nmea.messages;
    out.ais_vessels = counting_.vessels();
    out.fused = counting_.fused();
    summarise_trust(out);
    out.remote = remote_summary();
    out.rejected = merger_.rejected();
    for (const auto& [reason, n] : runner_.chain().remote_source().counters().rejected) out.rejected[reason] += n;
    for (const auto& [reason, n] : router_.rejected()) out.rejected[reason] += n;
    for (const auto& radar : out.radars) {
      for (const auto& [reason, n] : radar.rejected) out.rejected[radar.sensor + ": " + reason] += n;
    }
    for (std::size_t i = 0; i < nmea::nmea_fault_count; ++i) {
      const auto fault = static_cast<nmea::NmeaFault>(i);
      if (nmea.faults[fault] > 0) out.rejected["nmea: " + std::string(nmea::to_text(fault))] += nmea.faults[fault];
    }
    out.plots_compared = router_.plots_compared();
    out.plots_differ = router_.plots_differ();
    out.checkpoints_compared = checkpoints_compared_;
    out.checkpoints_differ = checkpoints_differ_;
    out.stopped = pacer_.stopped();
  }

 private:
  void summarise_trust(ReplaySummary& out) const {
    const fusion::AisTrust& trust = runner_.chain().trust();
    out.ais_judged = trust.stations().size();
    for (const auto& [mmsi, station] : trust.stations()) {
      if (!station.lowest) continue;
      out.trust.push_back({mmsi, station.checks.state().name, station.lowest->trust, station.lowest->when});
    }
    if (const auto clock = trust.timing().receiver_clock()) {
      out.ais_clock_s = clock->mean_s();
      out.ais_clock_deviation_s = clock->deviation_s();
    }
    out.ais_clock_steady = trust.timing().is_steady();
    out.silence.ais_holes = trust.counters().holes;
    if (counting_.last() == nullptr) return;
    for (const SystemTrack& t : counting_.last()->tracks) {
      const AisHearing h = t.silence.hearing;
      out.silence.dark += h == AisHearing::dark ? 1 : 0;
      out.silence.silent += h == AisHearing::silent ? 1 : 0;
      out.silence.none_heard += h == AisHearing::none_heard ? 1 : 0;
      out.silence.cannot_tell += h == AisHearing::cannot_tell ? 1 : 0;
      out.silence.missing_echo += t.missing_echo && t.missing_echo->judged ? 1 : 0;
    }
  }

  [[nodiscard]] RemoteSummary remote_summary() const {
    const auto& source = runner_.chain().remote_source().counters();
    const auto& fused = runner_.chain().remote().counters();
    RemoteSummary out;
    out.records = source.records;
    out.targets = source.targets;
    out.reports = fused.reports;
    out.tracks = fused.tracks;
    out.aircraft = fused.aircraft;
    out.joins = fused.joins;
    out.inconsistent = fused.inconsistent;
    out.own_returned = fused.own_returned;
    out.statuses = source.statuses;
    out.plots_without_number = source.plots_without_number;
    out.without_place = source.without_place;
    out.simulated = source.simulated;
    out.other_clock = source.other_clock;
    return out;
  }

  template <class Deliver>
  void read_all(Deliver deliver) {
    constexpr std::size_t batch = 64;
    Items items;
    std::uint64_t events = 0;
    while (!pacer_.stopped()) {
      auto event = merger_.next();
      if (!event && options_.follow) {
        deliver(std::exchange(items, {}));
        if (options_.on_wait) options_.on_wait();
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        merger_.look_again();
        continue;
      }
      if (!event) break;
      const Timestamp time = event->time;
      pacer_.wait_for(time);
      if (!first_ || time < *first_) first_ = time;
      if (!last_ || time > *last_) last_ = time;
      router_.process(std::move(*event), items);
      if (items.size() >= batch || (options_.speed > 0.0 && !items.empty())) deliver(std::exchange(items, {}));
      if (++events % 256 == 0 && options_.on_progress) options_.on_progress(merger_.progress(), time);
    }
    if (last_) router_.finish(*last_, items);
    deliver(std::move(items));
  }

  void run_two_threads() {
    // Batches in order; a full queue holds the reading back.
    lanes::BoundedQueue<Items> queue("replay", 64, lanes::WhenFull::wait);
    std::jthread reading([&] {
      read_all([&queue](Items items) { queue.push(std::move(items)); });
      queue.close();
    });
    while (auto items = queue.pop()) take(*items);
  }

  void take(Items& items) {
    for (auto& item : items) {
      runner_.process(item);
      if (const auto* compare = std::get_if<StageItem::Compare>(&item.what)) this->compare(compare->state);
    }
  }

  void compare(const std::vector<std::uint8_t>& recorded) {
    if (recorded.empty()) return;
    ++checkpoints_compared_;
    if (runner_.chain().snapshot() != recorded) ++checkpoints_differ_;
  }

  const ReplayOptions& options_;
  CountingSink counting_;
  InputMerger merger_;
  InputRouter router_;
  StageRunner runner_;
  Pacer pacer_;
  std::optional<Timestamp> first_;
  std::optional<Timestamp> last_;
  std::uint64_t checkpoints_compared_ = 0;
  std::uint64_t checkpoints_differ_ = 0;
};

}  // namespace

Expected<ReplaySummary> replay(const ReplayOptions& options, PictureSink& sink) {
  const auto began = SteadyClock::now();
  const double cpu_began = cpu_seconds();
  Replayer replayer(options, sink);
  if (const auto opened = replayer.open(); !opened) return unexpected(opened.error());
  replayer.run();
  ReplaySummary summary;
  replayer.summarise(summary);
  summary.cpu_s = cpu_seconds() - cpu_began;
  summary.elapsed_s = std::chrono::duration<double>(SteadyClock::now() - began).count();
  return summary;
}

}  // namespace headland::station
