// SPDX-License-Identifier: Apache-2.0
#include "app/replay_verb.hpp"

#include <charconv>
#include <fstream>
#include <ostream>

#include <fmt/format.h>
#include <unistd.h>

#include "app/exit_codes.hpp"
#include "app/stop_signal.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/station/csv_sink.hpp"
#include "runtime/station/replay.hpp"

namespace headland::app {
namespace {

std::optional<double> number(std::string_view text) {
  double value = 0.0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<GeoPosition> position(std::string_view text) {
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto lat = number(text.substr(0, comma));
  const auto lon = number(text.substr(comma + 1));
  if (!lat || !lon || std::abs(*lat) > 90.0 || std::abs(*lon) > 180.0) return std::nullopt;
  return GeoPosition::from_degrees(*lat, *lon);
}

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
  if (!verb.config.empty()) {
    auto config = config::load_station(verb.config);
    if (!config) return err << config::to_text(config.error()), false;
    options.config = std::move(*config);
  }
  if (!verb.origin.empty()) {
    options.origin = position(verb.origin);
    if (!options.origin)
      return err << "--origin " << verb.origin << ": write LAT,LON in degrees, as 50.73,-1.08\n", false;
  }
  if (verb.speed.empty()) {
    options.speed = verb.serve ? 1.0 : 0.0;
  } else if (verb.speed != "max") {
    const auto speed = number(verb.speed);
    if (!speed || !(*speed > 0.0)) return err << "--speed " << verb.speed << ": write max, or a factor over 0\n", false;
    options.speed = *speed;
  }
  options.files = verb.files;
  options.threads = verb.threads;
  if (options.config.tracker.range_deviation_m > 0.0) {
    options.input.range_deviation_m = options.config.tracker.range_deviation_m;
  }
  if (options.config.tracker.bearing_deviation_deg > 0.0) {
    options.input.bearing_deviation_deg = options.config.tracker.bearing_deviation_deg;
  }
  return true;
}

}  // namespace

int run_replay(const ReplayVerb& verb, std::ostream& out, std::ostream& err) {
  station::ReplayOptions options;
  if (!options_of(verb, options, err)) return exit_usage;
  auto sink = station::CsvSink::create(verb.plots, verb.tracks);
  if (!sink) return err << sink.error().detail << "\n", exit_failed;
  catch_stop_signals();
  options.is_stopped = stop_requested;
  options.on_progress = progress_bar(err);
  const auto summary = station::replay(options, **sink);
  if (options.on_progress) err << "\r" << std::string(50, ' ') << "\r";
  if (!summary) return err << summary.error().detail << "\n", exit_failed;
  if (const auto closed = (*sink)->close(); !closed) return err << closed.error().detail << "\n", exit_failed;
  if (!verb.summary.empty()) {
    std::ofstream file(verb.summary, std::ios::trunc);
    file << station::to_json(*summary) << "\n";
    if (!file) return err << verb.summary << ": cannot be written\n", exit_failed;
  }
  out << station::to_text(*summary);
  return exit_done;
}

}  // namespace headland::app
