// SPDX-License-Identifier: Apache-2.0
#include "app/offline/simulate_plots.hpp"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <ostream>

#include <fmt/format.h>

#include "app/exit_codes.hpp"
#include "codec/ais/encode.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "core/scenario/sea/plot_sea.hpp"

namespace headland::app {
namespace {

constexpr std::string_view scene_name = "three-radars";
constexpr double usual_duration_s = 1800.0;

std::string_view name_of(scenario::AisFault f) {
  using enum scenario::AisFault;
  switch (f) {
    case offset_drift:
      return "offset-drift";
    case copied_mmsi:
      return "copied-mmsi";
    case circle:
      return "circle";
    case jump:
      return "jump";
    case frozen:
      return "frozen";
    case wrong_identity:
      return "wrong-identity";
    case stale:
      return "stale";
    case badly_described:
      return "badly_described";
    case none:
      break;
  }
  return "none";
}

// Plots of a turn, until the next begins: one row each, or one that says that there were none.
class PlotsFile {
 public:
  PlotsFile(const std::string& path, const scenario::PlotSeaConfig& config) : path_(path), config_(config) {
    if (path.empty()) return;
    file_.open(path, std::ios::trunc);
    file_ << "time_s,sensor,scan_id,range_m,azimuth_deg,sensor_east_m,sensor_north_m,range_deviation_m,"
             "azimuth_deviation_deg\n";
    empty_.resize(config.radars.size(), true);
  }
  void add(const PlotSector& s) {
    if (path_.empty()) return;
    const std::size_t r = s.sensor.value() - 1U;
    const auto& radar = config_.radars[r];
    const auto row = [&](Timestamp t, const std::string& measured) {
      file_ << fmt::format("{:.6f},{},{},{},{:.3f},{:.3f},{:.3f},{:.4f}\n", epoch_seconds(t), radar.name, s.turn,
                           measured, s.site_east_m, s.site_north_m, radar.range_deviation_m,
                           radar.bearing_deviation_deg);
    };
    if (s.sector == 0) empty_[r] = true;
    for (const Plot& p : s.plots) {
      // Plots CSV counts azimuths from the plane's north.
      row(p.time, fmt::format("{:.3f},{:.6f}", p.range.value(), (p.bearing + s.site_north).degrees()));
      empty_[r] = false;
    }
    if (s.sector + 1 == s.sectors_per_turn && empty_[r]) row(s.ended, ",");
  }
  [[nodiscard]] bool good() { return path_.empty() || (file_.flush() && file_.good()); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  const scenario::PlotSeaConfig& config_;
  std::ofstream file_;
  std::vector<bool> empty_;
};

std::string sentences(const AisMessage& message) {
  std::string text;
  const Timestamp received = std::visit([](const auto& m) { return m.received; }, message);
  const auto write = [&](const std::optional<ais::Payload>& payload) {
    if (payload) nmea::write_vdm(*payload, {.time = received, .station = "sim"}, text);
  };
  if (const auto* report = std::get_if<VesselReport>(&message)) write(ais::encode(*report));
  if (const auto* particulars = std::get_if<VesselParticulars>(&message)) write(ais::encode(*particulars));
  return text;
}

void write_truth(std::ofstream& file, const scenario::PlotSea& sea) {
  const double t = sea.time_s();
  for (std::size_t v = 0; v < sea.vessels().size(); ++v) {
    const auto s = sea.at(v, t);
    const auto& vessel = sea.vessels()[v];
    file << fmt::format("{:.3f},{},{:.3f},{:.3f},{:.4f},{:.4f},{},{}\n", epoch_seconds(sea.config().start) + t, v,
                        s.east_m, s.north_m, s.ve_mps, s.vn_mps, vessel.mmsi, name_of(vessel.fault));
  }
}

}  // namespace

int run_simulate_plots(const SimulateOptions& options, std::ostream& err) {
  if (options.scene != scene_name || options.udp || !options.pcap.empty()) {
    err << "headland simulate: --plots goes with the scene " << scene_name << " and with --nmea and --truth only\n";
    return exit_usage;
  }
  auto config = scenario::three_radars();
  if (options.seed) config.seed = *options.seed;
  scenario::PlotSea sea(config);
  PlotsFile plots(options.plots, sea.config());
  std::ofstream nmea;
  std::ofstream truth;
  if (!options.nmea.empty()) nmea.open(options.nmea, std::ios::trunc | std::ios::binary);
  if (!options.truth.empty()) {
    truth.open(options.truth, std::ios::trunc);
    truth << "time_s,target_id,east_m,north_m,ve_mps,vn_mps,mmsi,ais_fault\n";
  }
  const double duration_s = options.duration_s > 0.0 ? options.duration_s : usual_duration_s;
  scenario::PlotSeaOutput output;
  while (sea.time_s() < duration_s) {
    output.clear();
    sea.step(output);
    for (const PlotSector& sector : output.sectors) plots.add(sector);
    if (nmea.is_open()) {
      for (const AisMessage& message : output.ais) nmea << sentences(message);
    }
    if (truth.is_open() && sea.time_s() == std::floor(sea.time_s())) write_truth(truth, sea);
  }
  nmea.flush();
  truth.flush();
  const auto failed = [&](const std::string& path) {
    err << path << ": cannot be written: " << std::strerror(errno) << "\n";
    return exit_failed;
  };
  if (!plots.good()) return failed(plots.path());
  if (!options.nmea.empty() && !nmea) return failed(options.nmea);
  if (!options.truth.empty() && !truth) return failed(options.truth);
  err << fmt::format("{:.0f} s of {} vessels, {} with AIS ({} of them false), and {} radars, seed {}\n", sea.time_s(),
                     config.vessels, config.with_ais, config.spoofed, config.radars.size(), config.seed);
  for (const auto& r : config.radars) {
    err << fmt::format("  {}: bias {:+.2f} deg, {:+.0f} m, {:+.2f} s\n", r.name, r.bearing_bias_deg, r.range_bias_m,
                       r.time_bias_s);
  }
  err << fmt::format("replay it with --origin {:.6f},{:.6f}\n", config.origin.latitude_deg(),
                     config.origin.longitude_deg());
  return exit_done;
}

}  // namespace headland::app
