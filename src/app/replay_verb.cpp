// SPDX-License-Identifier: Apache-2.0
#include "app/replay_verb.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>

#include <fmt/format.h>
#include <unistd.h>

#include "app/exit_codes.hpp"
#include "app/lat_lon.hpp"
#include "app/offline/outputs.hpp"
#include "app/offline/recording_options.hpp"
#include "app/places.hpp"
#include "app/stop_signal.hpp"
#include "runtime/station/output/csv_sink.hpp"
#include "runtime/station/output/publisher.hpp"
#include "runtime/station/replay.hpp"
#include "runtime/station/rules/replay_rules.hpp"

namespace headland::app {
namespace {

// A bar on a terminal; nothing elsewhere.
std::function<void(double, Timestamp)> progress_bar(std::ostream& err) {
  if (isatty(STDERR_FILENO) == 0) return {};
  return [&err, shown = -1](double progress, Timestamp) mutable {
    const int percent = static_cast<int>(progress * 100.0);
    if (percent == shown) return;
    shown = percent;
    err << fmt::format("\r[{:<40}] {:3d} %", std::string(static_cast<std::size_t>(percent * 40 / 100), '='), percent)
        << std::flush;
  };
}

bool options_of(const ReplayVerb& verb, station::ReplayOptions& options, std::ostream& err) {
  if (!read_recording_options(verb.config, verb.origin, options.config, options.origin, err)) return false;
  if (verb.speed.empty()) {
    options.speed = verb.serve ? 1.0 : 0.0;
  } else if (verb.speed != "max") {
    const auto speed = parse_number(verb.speed);
    if (!speed || !(*speed > 0.0)) return err << "--speed " << verb.speed << ": write max, or a factor over 0\n", false;
    options.speed = *speed;
  }
  options.files = verb.files;
  options.threads = verb.threads;
  return true;
}

// To files and to the page at the same time.
class BothSinks final : public station::PictureSink {
 public:
  BothSinks(station::PictureSink& files, station::PictureSink& page) : files_(files), page_(page) {}
  void on_output(Timestamp time, const station::PictureOutput& output, const station::PictureChain& chain) override {
    files_.on_output(time, output, chain);
    page_.on_output(time, output, chain);
  }
  void on_video(const std::vector<station::VideoBatch>& video, const station::PictureChain& chain) override {
    files_.on_video(video, chain);
    page_.on_video(video, chain);
  }

 private:
  station::PictureSink& files_;
  station::PictureSink& page_;
};

station::PublisherConfig page_config(const config::StationConfig& config) {
  station::PublisherConfig page;
  page.version = HEADLAND_VERSION;
  page.node = config.station.name;
  page.replay = true;
  page.web.address = config.web.address;
  page.web.port = static_cast<std::uint16_t>(config.web.port);
  page.web.document_root = config.web.page_directory.empty() ? page_directory() : config.web.page_directory;
  page.chart = config.chart;
  page.areas = station::areas_to_draw(config);
  for (std::size_t i = 0; i < config.radars.size(); ++i) {
    page.radar_names[SensorId(static_cast<std::uint16_t>(i + 1))] = config.radars[i].name;
  }
  return page;
}

// A journal lies in the data folder of its station, and beside it what was drawn on the page: as it is now.
std::string zones_of(const station::ReplayOptions& options) {
  for (const std::string& name : options.files) {
    std::error_code ignored;
    const auto folder = std::filesystem::absolute(std::filesystem::path(name) / "..", ignored).lexically_normal();
    if (std::filesystem::is_directory(name, ignored) && std::filesystem::exists(folder / "zones.geojson", ignored)) {
      return folder.string();
    }
  }
  return {};
}

// Plays to the page, and keeps the last picture up until it is stopped.
Expected<station::ReplaySummary> replay_to_page(station::ReplayOptions& options, station::PictureSink& files,
                                                std::ostream& out) {
  health::Health health;
  health::Metrics metrics;
  auto config = page_config(options.config);
  if (options.speed > 0.0) config.rate = options.speed;
  station::Publisher page(std::move(config), health, metrics);
  BothSinks both(files, page);
  auto rules = station::ReplayRules::open(options.config.rules, data_file("rules/default.toml"), both, &page, health,
                                          zones_of(options));
  if (!rules) return unexpected(rules.error());
  const auto port = page.start();
  if (!port) return unexpected(port.error());
  out << fmt::format("the page: http://localhost:{}/  (Ctrl-C stops)", *port) << std::endl;
  options.want_video = true;
  options.is_paused = [&page] { return page.is_paused(); };
  auto summary = station::replay(options, **rules);
  if (summary && !stop_requested()) {
    out << "the recording is over; the page shows its last picture (Ctrl-C stops)" << std::endl;
    wait_for_stop();
  }
  page.stop();
  if (summary) (*rules)->finish(*summary);
  return summary;
}

Expected<station::ReplaySummary> replay_with_rules(station::ReplayOptions& options, station::PictureSink& files) {
  health::Health health;
  auto rules = station::ReplayRules::open(options.config.rules, data_file("rules/default.toml"), files, nullptr, health,
                                          zones_of(options));
  if (!rules) return unexpected(rules.error());
  auto summary = station::replay(options, **rules);
  if (summary) (*rules)->finish(*summary);
  return summary;
}

}  // namespace

int run_replay(const ReplayVerb& verb, std::ostream& out, std::ostream& err) {
  station::ReplayOptions options;
  if (!options_of(verb, options, err)) return exit_usage;
  if (!may_write({verb.plots, verb.tracks, verb.video, verb.summary}, verb.files, err)) return exit_failed;
  auto sink = station::CsvSink::create(verb.plots, verb.tracks, options.origin,
                                       verb.causes ? csv::PlotColumns::with_causes : csv::PlotColumns::usual);
  if (!sink) return err << sink.error().detail << "\n", exit_failed;
  (*sink)->want_video(verb.video);
  options.want_video = !verb.video.empty();
  catch_stop_signals();
  options.is_stopped = stop_requested;
  if (!verb.serve) options.on_progress = progress_bar(err);
  const auto summary = verb.serve             ? replay_to_page(options, **sink, out)
                       : verb.summary.empty() ? station::replay(options, **sink)
                                              : replay_with_rules(options, **sink);
  if (options.on_progress) err << "\r" << std::string(50, ' ') << "\r";
  if (!summary) return err << summary.error().detail << "\n", exit_failed;
  if (const auto closed = (*sink)->close(); !closed) return err << closed.error().detail << "\n", exit_failed;
  if (!verb.summary.empty()) {
    std::ofstream file(verb.summary, std::ios::trunc);
    const bool opened = file.is_open();
    file << station::to_json(*summary) << "\n" << std::flush;
    if (!file) {
      err << verb.summary << ": cannot be written: " << std::strerror(errno)
          << (opened ? "; is the disk full?\n" : "; check the folder and its permissions\n");
      return exit_failed;
    }
  }
  out << station::to_text(*summary);
  return exit_done;
}

}  // namespace headland::app
