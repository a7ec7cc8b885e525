// SPDX-License-Identifier: Apache-2.0
#include "app/run_verb.hpp"

#include <filesystem>
#include <ostream>

#include <fmt/format.h>

#include "app/exit_codes.hpp"
#include "app/places.hpp"
#include "app/stop_signal.hpp"
#include "runtime/config/scene_file.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/simulation/simulation_runner.hpp"
#include "runtime/station/live_station.hpp"

namespace headland::app {
namespace {

constexpr const char* places_looked_at[] = {"headland.toml", "/etc/headland/headland.toml"};

std::string page_address(const config::WebSection& web, std::uint16_t port) {
  const auto host = web.address == "0.0.0.0" || web.address == "127.0.0.1" ? std::string("localhost") : web.address;
  return fmt::format("http://{}:{}/", host, port);
}

void tell_started(const station::LiveStation& station, const config::StationConfig& config, std::ostream& out) {
  if (station.restart().restored) {
    out << fmt::format("went on where it ended: {} tracks have their old numbers\n", station.restart().tracks);
  }
  for (const auto& radar : config.radars) {
    out << fmt::format(
        "radar {}: {} {}\n", radar.name, radar.protocol,
        radar.is_found_by_beacon() ? "looked for by its beacon on " + radar.beacon : "on " + radar.listen_or_default());
  }
  for (const auto& source : config.nmea) out << fmt::format("NMEA {}: {}\n", source.name, source.listen);
  if (!station.rules_file().empty()) out << "rules: " << station.rules_file() << "\n";
  if (config.journal.enabled) out << fmt::format("recording to {}/journal\n", config.station.data_directory);
  if (station.web_port() != 0) out << "the page: " << page_address(config.web, station.web_port()) << "\n";
  out << "Ctrl-C stops" << std::endl;
}

int serve(const config::StationConfig& config, std::ostream& out, std::ostream& err,
          const std::function<Expected<void>()>& and_then = {}) {
  catch_stop_signals();
  catch_reload_signal();  // at once: one that comes while the station starts must not end it
  station::LiveStation station(config, {HEADLAND_VERSION, page_directory(), data_file("rules/default.toml")});
  if (const auto started = station.start(); !started) {
    err << "headland: " << started.error().detail << "\n";
    return started.error().code == ErrorCode::configuration ? exit_usage : exit_failed;
  }
  tell_started(station, config, out);
  if (and_then) {
    if (const auto ok = and_then(); !ok) {
      err << "headland: " << ok.error().detail << "\n";
      return exit_failed;
    }
  }
  wait_for_stop([&station] { station.reload_rules("SIGHUP"); });
  out << "\nstopping: writing what is queued" << std::endl;
  station.stop();
  out << "stopped" << std::endl;
  return exit_done;
}

// The radars of the scene on the ports that the simulator sends to.
config::StationConfig demo_config(const DemoVerb& verb, const scenario::Scene& scene) {
  config::StationConfig config;
  config.station.name = scene.name;
  config.station.data_directory = verb.directory;
  config.journal.size_max_mb = 2000.0;
  config.web.port = verb.port.value_or(8080);
  config.rules.file = verb.rules;
  if (verb.scene.empty() && verb.rules.empty()) config.rules.file = data_file("rules/demonstration.toml");
  std::uint16_t port = verb.video_port;
  for (const auto& site : scene.radars) {
    config::RadarSection radar;
    radar.name = site.name;
    radar.listen = fmt::format("udp://127.0.0.1:{}", port++);
    radar.latitude_deg = site.position.latitude_deg();
    radar.longitude_deg = site.position.longitude_deg();
    radar.antenna_height_m = site.settings.antenna_height_m;
    radar.beam_width_deg = site.settings.beam_deg;
    radar.decibels_per_level = (site.settings.video_max_db - site.settings.video_min_db) / 255.0;
    radar.land_margin_m = 75.0;
    radar.peak_power_w = site.settings.peak_power_w;
    radar.frequency_ghz = site.settings.frequency_ghz;
    radar.pulse_ns = site.settings.pulse_ns;
    radar.antenna_gain_db = site.settings.gain_db;
    radar.noise_figure_db = site.settings.noise_figure_db;
    radar.losses_db = site.settings.losses_db;
    config.radars.push_back(std::move(radar));
  }
  config.nmea.push_back({"ais", fmt::format("udp://127.0.0.1:{}", verb.ais_port)});
  return config;
}

}  // namespace

int run_station(const std::string& config_file, std::ostream& out, std::ostream& err) {
  std::string file = config_file;
  if (file.empty()) {
    for (const auto* place : places_looked_at) {
      if (file.empty() && std::filesystem::exists(place)) file = place;
    }
  }
  if (file.empty()) {
    err << "headland run: no configuration: name one, or write headland.toml here (docs/howto/connect-a-radar.md);\n"
           "headland demo shows a simulated strait without any\n";
    return exit_usage;
  }
  const auto config = config::load_station(file);
  if (!config) {
    err << config::to_text(config.error());
    return exit_usage;
  }
  return serve(*config, out, err);
}

int run_demo(const DemoVerb& verb, std::ostream& out, std::ostream& err) {
  auto scene = config::load_scene(verb.scene.empty() ? data_file("scenes/strait.toml") : verb.scene);
  if (!scene) {
    err << config::to_text(scene.error());
    return exit_usage;
  }
  const auto config = demo_config(verb, *scene);
  out << fmt::format("{}: {} vessels, {} radar(s); video as ASTERIX CAT240, AIS as AIVDM, over UDP\n", scene->name,
                     scene->vessels.size(), scene->radars.size())
      << std::flush;
  auto options = simulation::demonstration();
  options.video->port = verb.video_port;
  options.ais->port = verb.ais_port;
  options.seed = verb.seed;
  auto runner = simulation::SimulationRunner::create(std::move(*scene), std::move(options));
  if (!runner) {
    err << "headland demo: " << runner.error().detail << "\n";
    return exit_failed;
  }
  return serve(config, out, err, [&]() -> Expected<void> {
    (*runner)->start();
    return {};
  });
}

}  // namespace headland::app
