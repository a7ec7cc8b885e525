// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/trial/rules_trial.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>

#include "codec/nmea/nmea_decoder.hpp"
#include "io/net/file_type.hpp"
#include "io/store/history_rows.hpp"
#include "runtime/station/input/input_file.hpp"
#include "runtime/station/replay.hpp"
#include "runtime/station/rules/call_watch.hpp"
#include "runtime/station/trial/ais_picture.hpp"
#include "runtime/station/trial/history_picture.hpp"

namespace headland::station {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr Duration interval = std::chrono::seconds(1);
constexpr std::size_t most_worse = 20;    // of one alert that are kept
constexpr std::int64_t most_steps = 240;  // a longer hole in the data is not filled

// One set of rules on its way through the data.
class Tried {
 public:
  Tried(const rules::RuleSet& set, std::size_t most) : engine_(set), most_(most) {}

  void look(const Picture& picture, const LocalFrame* frame, std::span<const rules::CallForHelp> calls) {
    engine_.process(picture, frame, changes_, calls);
    for (AlertChange& change : changes_) take(change);
    changes_.clear();
  }
  [[nodiscard]] std::vector<ToldAlert> take_alerts() { return std::move(alerts_); }
  [[nodiscard]] std::uint64_t left_out() const { return left_out_; }
  [[nodiscard]] const rules::RuleEngineCounters& counters() const { return engine_.counters(); }

 private:
  void take(AlertChange& change) {
    if (change.news == AlertNews::raised) {
      if (alerts_.size() >= most_) return static_cast<void>(++left_out_);
      at_[change.alert.id] = alerts_.size();
      alerts_.push_back({std::move(change.alert), {}, {}});
      return;
    }
    const auto at = at_.find(change.alert.id);
    if (at == at_.end()) return;  // left out
    ToldAlert& told = alerts_[at->second];
    told.ended = change.alert.rectified;
    if (change.news == AlertNews::worse && told.worse.size() < most_worse)
      told.worse.push_back(std::move(change.alert));
  }

  rules::RuleEngine engine_;
  std::vector<AlertChange> changes_;
  std::vector<ToldAlert> alerts_;
  std::map<AlertId, std::size_t> at_;
  std::size_t most_;
  std::uint64_t left_out_ = 0;
};

// Runs the rules once a second of the data and gathers what they tell.
class Watch {
 public:
  explicit Watch(const RulesTestOptions& options) : tried_(options.rules, options.most_alerts) {
    if (options.beside) beside_.emplace(*options.beside, options.most_alerts);
  }

  void look(const Picture& picture, const LocalFrame* frame, std::span<const rules::CallForHelp> calls = {}) {
    const std::clock_t began = std::clock();
    tried_.look(picture, frame, calls);
    spent_ += std::clock() - began;
    if (beside_) beside_->look(picture, frame, calls);
    most_ = std::max(most_, picture.tracks.size());
  }

  void fill(RulesTestResult& out) {
    out.alerts = tried_.take_alerts();
    out.counters = tried_.counters();
    out.left_out = tried_.left_out() + (beside_ ? beside_->left_out() : 0);
    if (beside_) out.beside = beside_->take_alerts();
    out.rules_s = static_cast<double>(spent_) / CLOCKS_PER_SEC;
    out.most_vessels = most_;
  }

 private:
  Tried tried_;
  std::optional<Tried> beside_;
  std::clock_t spent_ = 0;
  std::size_t most_ = 0;
};

// The station's own picture, of radar and AIS.
class WatchSink final : public PictureSink {
 public:
  explicit WatchSink(Watch& watch) : watch_(watch) {}
  void on_output(Timestamp, const PictureOutput& output, const PictureChain& chain) override {
    for (const PlotSector& sector : output.sectors) calls_.take(sector, chain.frame());
    if (!output.published) return;
    const Picture& picture = *output.published->picture;
    if (last_ && picture.time >= *last_ && picture.time - *last_ < interval) return;
    last_ = picture.time;
    watch_.look(picture, &chain.frame(), calls_.calling(picture.time));
  }
  void on_video(const std::vector<VideoBatch>&, const PictureChain&) override {}

 private:
  Watch& watch_;
  CallWatch calls_;
  std::optional<Timestamp> last_;
};

// Text of AIS alone: no radar, no plane, any place on earth.
class AisRun {
 public:
  explicit AisRun(Watch& watch) : watch_(watch) {}

  void take(const InputEvent& event) {
    step_until(event.time);
    decoder_.process(event.bytes, event.time, event.file, decoded_);
    for (const AisMessage& message : decoded_.ais) picture_.process(message);
    decoded_.clear();
  }
  // What came last is looked at, too.
  void finish() {
    if (next_) watch_.look(picture_.publish(*next_), nullptr);
  }
  [[nodiscard]] const AisPicture& picture() const { return picture_; }
  [[nodiscard]] double duration_s() const { return first_ && next_ ? to_seconds(*next_ - *first_).value() : 0.0; }

 private:
  void step_until(Timestamp time) {
    if (!next_) {
      next_ = std::chrono::floor<std::chrono::seconds>(time) + interval;
      first_ = time;
    }
    if (is_wild(time)) return;
    if (time - *next_ > interval * most_steps) next_ = std::chrono::floor<std::chrono::seconds>(time);
    for (; *next_ <= time; *next_ += interval) watch_.look(picture_.publish(*next_), nullptr);
  }
  // A single time far ahead may be an error of the line; time goes on when many lines agree. Late lines (satellites
  // deliver late) are taken, but time does not go back for them.
  bool is_wild(Timestamp time) {
    constexpr std::uint32_t lines_to_believe = 20;
    far_ahead_ = time - *next_ > std::chrono::hours(1) ? far_ahead_ + 1 : 0;
    return far_ahead_ > 0 && far_ahead_ < lines_to_believe;
  }

  Watch& watch_;
  nmea::NmeaDecoder decoder_;
  nmea::NmeaOutput decoded_;
  AisPicture picture_;
  std::optional<Timestamp> first_, next_;
  std::uint32_t far_ahead_ = 0;
};

bool is_text(const std::string& path) {
  if (std::filesystem::is_directory(path)) return false;
  const auto type = net::recognise_file(path);
  return type && type->kind == net::FileKind::nmea;
}

Expected<double> run_text(const RulesTestOptions& options, Watch& watch, RulesTestResult& out) {
  InputMerger merger;
  for (const auto& path : options.files) {
    auto file = open_input(path, {});
    if (!file) return unexpected(file.error());
    merger.add(std::move(*file));
  }
  AisRun run(watch);
  while (auto event = merger.next()) run.take(*event);
  run.finish();
  out.vessels = run.picture().vessels();
  out.without_motion = run.picture().vessels_without_motion();
  return run.duration_s();
}

Expected<double> run_station(const RulesTestOptions& options, Watch& watch) {
  ReplayOptions replay_options;
  replay_options.files = options.files;
  replay_options.config = options.config;
  replay_options.origin = options.origin;
  WatchSink sink(watch);
  const auto summary = replay(replay_options, sink);
  if (!summary) return unexpected(summary.error());
  return summary->duration_s;
}

// Steps through a history second by second.
class HistoryRun {
 public:
  HistoryRun(const RulesTestOptions& options, store::TimeRange range, HistoryPicture picture, Watch& watch)
      : options_(options), range_(range), picture_(std::move(picture)), watch_(watch) {}

  bool take(const store::TrackRow& row) {
    const Timestamp time = row.point.time;
    if (!next_) next_ = std::chrono::floor<std::chrono::seconds>(time) + interval;
    if (time - *next_ > interval * most_steps) next_ = std::chrono::floor<std::chrono::seconds>(time);
    for (; *next_ <= time; *next_ += interval) {
      watch_.look(picture_.publish(*next_), nullptr);
      if (++looks_ % looks_between_words == 0 && !go_on()) return false;
    }
    picture_.process(row);
    return true;
  }
  void finish() {
    if (next_ && !stopped_) watch_.look(picture_.publish(*next_), nullptr);
  }
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  static constexpr std::uint32_t looks_between_words = 300;
  bool go_on() {
    const double done = to_seconds(*next_ - range_.from) / std::max(Seconds(1.0), to_seconds(range_.to - range_.from));
    stopped_ = options_.progress && !options_.progress(std::clamp(done, 0.0, 1.0));
    return !stopped_;
  }

  const RulesTestOptions& options_;
  store::TimeRange range_;
  HistoryPicture picture_;
  Watch& watch_;
  std::optional<Timestamp> next_;
  std::uint32_t looks_ = 0;
  bool stopped_ = false;
};

Expected<void> run_history(const RulesTestOptions& options, Watch& watch, RulesTestResult& out) {
  if (options.files.size() > 1) {
    return fail(ErrorCode::unsupported, "a history is tried alone: give one database and no recordings beside it");
  }
  auto rows = store::open_history_rows(options.files.front());
  if (!rows) return unexpected(rows.error());
  const auto extent = (*rows)->extent();
  if (!extent) return unexpected(extent.error());
  if (!*extent) return fail(ErrorCode::not_found, "the history " + options.files.front() + " is empty");
  store::TimeRange range = **extent;
  if (options.last_h > 0.0) range.from = std::max(range.from, range.to - to_duration(Seconds(options.last_h * 3600.0)));
  const auto vessels = (*rows)->vessels();
  if (!vessels) return unexpected(vessels.error());
  HistoryRun run(options, range, HistoryPicture(*vessels), watch);
  const auto read = (*rows)->each(range, [&](const store::TrackRow& row) { return run.take(row); });
  if (!read) return unexpected(read.error());
  run.finish();
  out.from = range.from;
  out.to = range.to;
  out.stopped = run.stopped();
  out.duration_s = to_seconds(range.to - range.from).value();
  return {};
}

Expected<void> run(const RulesTestOptions& options, Watch& watch, RulesTestResult& out) {
  if (std::ranges::any_of(options.files, [](const std::string& file) { return store::is_database(file); })) {
    return run_history(options, watch, out);
  }
  const bool is_all_text = std::ranges::all_of(options.files, is_text);
  const auto duration = is_all_text ? run_text(options, watch, out) : run_station(options, watch);
  if (!duration) return unexpected(duration.error());
  out.duration_s = *duration;
  return {};
}

}  // namespace

Expected<RulesTestResult> test_rules(const RulesTestOptions& options) {
  const auto began = SteadyClock::now();
  const std::clock_t cpu_began = std::clock();
  Watch watch(options);
  RulesTestResult result;
  if (const auto done = run(options, watch, result); !done) return unexpected(done.error());
  watch.fill(result);
  result.elapsed_s = std::chrono::duration<double>(SteadyClock::now() - began).count();
  result.cpu_s = static_cast<double>(std::clock() - cpu_began) / CLOCKS_PER_SEC;
  return result;
}

}  // namespace headland::station
