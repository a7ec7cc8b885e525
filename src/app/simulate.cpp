// SPDX-License-Identifier: Apache-2.0
#include "app/simulate.hpp"

#include <csignal>
#include <ostream>

#include <fmt/format.h>

#include "app/exit_codes.hpp"
#include "app/offline/simulate_plots.hpp"
#include "runtime/config/scene_file.hpp"
#include "runtime/simulation/simulation_runner.hpp"

namespace headland::app {
namespace {

volatile std::sig_atomic_t interrupted = 0;
void on_signal(int /*signal*/) { interrupted = 1; }

constexpr double duration_of_files_s = 600.0;

Expected<simulation::RunnerOptions> runner_options(const SimulateOptions& options) {
  simulation::RunnerOptions out;
  if (options.udp) {
    const auto video = net::parse_endpoint(options.video_to);
    if (!video) return unexpected(video.error());
    const auto ais = net::parse_endpoint(options.ais_to);
    if (!ais) return unexpected(ais.error());
    out.video = *video;
    out.ais = *ais;
  }
  out.pcap_path = options.pcap;
  out.nmea_path = options.nmea;
  out.truth_path = options.truth;
  out.seed = options.seed;
  out.as_the_clock_goes = options.udp;
  out.duration_s = options.duration_s;
  if (!options.udp && out.duration_s <= 0.0) out.duration_s = duration_of_files_s;
  return out;
}

}  // namespace

int run_simulate(const SimulateOptions& options, std::ostream& err) {
  if (!options.plots.empty()) return run_simulate_plots(options, err);
  if (!options.udp && options.pcap.empty() && options.nmea.empty() && options.truth.empty()) {
    err << "headland simulate: nothing to make: give --udp, --pcap, --nmea or --truth\n";
    return exit_usage;
  }
  auto scene = config::load_scene(options.scene);
  if (!scene) {
    err << config::to_text(scene.error());
    return exit_usage;
  }
  auto chosen = runner_options(options);
  if (!chosen) {
    err << "headland simulate: " << chosen.error().detail << "\n";
    return exit_usage;
  }
  err << fmt::format("{}: {} vessels, {} radar{}\n", scene->name, scene->vessels.size(), scene->radars.size(),
                     scene->radars.size() == 1 ? "" : "s");
  if (options.udp) {
    err << fmt::format("video (CAT240) to udp {}, AIS (AIVDM) to udp {}; Ctrl-C stops\n", options.video_to,
                       options.ais_to);
  }
  auto runner = simulation::SimulationRunner::create(std::move(*scene), std::move(*chosen));
  if (!runner) {
    err << "headland simulate: " << runner.error().detail << "\n";
    return exit_failed;
  }
  err << (*runner)->coast_told() << "\n";
  interrupted = 0;
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  const auto result = (*runner)->run([] { return interrupted != 0; });
  const auto count = (*runner)->counters();
  err << fmt::format("{:.1f} s played: {} spokes, {} AIS sentences", count.scene_s, count.spokes, count.ais_sentences);
  if (count.spokes_late > 0) err << fmt::format(", {} spokes too late to send", count.spokes_late);
  if (count.not_sent > 0) err << fmt::format(", {} datagrams refused by the system", count.not_sent);
  err << "\n";
  if (!result) {
    err << "headland simulate: " << result.error().detail << "\n";
    return exit_failed;
  }
  return exit_done;
}

}  // namespace headland::app
