// SPDX-License-Identifier: Apache-2.0
#include "runtime/simulation/simulation_runner.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "io/maps/coast.hpp"
#include "io/net/capture_writer.hpp"
#include "io/net/udp_socket.hpp"
#include "runtime/simulation/wire.hpp"

namespace headland::simulation {
namespace {

using namespace std::chrono_literals;

constexpr auto pace = 20ms;     // how often the clock is looked at
constexpr auto too_late = 2s;   // behind the clock: video is no longer worth sending
constexpr auto stride = 500ms;  // of the scene, at most, between looks at the clock
constexpr std::uint32_t loopback = 0x7F000001;
constexpr net::Endpoint from{loopback, 48600};  // source of datagrams in captures

// A scene without a start that is not played by the clock begins here, so that files are the same each time.
constexpr Timestamp fixed_day = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1) + 6h;

Expected<std::ofstream> open_for_writing(const std::string& path) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  if (!file) return fail(ErrorCode::io, "cannot write " + path + ": check the folder and the permissions");
  return file;
}

// The real coast about the first radar, as far as any radar sees; nothing where the scene brings its own.
std::vector<scenario::CoastRing> real_coast(const scenario::Scene& scene, const std::string& file, std::string& told) {
  told = "coast: the scene's own";
  if (scene.coast_source != scenario::CoastSource::gshhg || scene.radars.empty()) return {};
  const auto& site = scene.radars.front();
  double reach_m = 0.0;
  for (const auto& r : scene.radars) {
    reach_m = std::max(reach_m, r.settings.range_max_m() + range_bearing(site.position, r.position).range.value());
  }
  constexpr double metres_per_degree = 111e3;
  const auto polygons = maps::load_coast(file, site.position, reach_m / metres_per_degree + 0.05);
  if (!polygons) {
    told += " (GSHHG: " + polygons.error().detail + ")";
    return {};
  }
  std::vector<scenario::CoastRing> rings;
  for (const auto& p : *polygons) rings.push_back(p.ring);  // lakes in land: even-odd
  told = "coast: GSHHG";
  return rings;
}

}  // namespace

RunnerOptions demonstration() {
  RunnerOptions options;
  options.video = net::Endpoint{loopback, 8600};
  options.ais = net::Endpoint{loopback, 10110};
  return options;
}

struct SimulationRunner::Parts {
  explicit Parts(RunnerOptions o) : options(std::move(o)) {}

  RunnerOptions options;
  std::optional<std::chrono::steady_clock::time_point> made;  // where the scene began at the wall's time
  std::string coast_told;
  std::unique_ptr<scenario::Simulation> simulation;
  std::vector<net::UdpSender> video;  // one a radar
  std::optional<net::UdpSender> ais;
  std::optional<net::CaptureWriter> pcap;
  std::optional<std::ofstream> nmea;
  std::optional<std::ofstream> truth;
  unsigned udp_sequence = 0;
  unsigned file_sequence = 0;
  std::vector<std::uint8_t> datagram;
  std::vector<std::uint8_t> text_bytes;
  std::string sentences;
  std::vector<scenario::AisTransmission> ais_waiting;  // for the spokes before them

  [[nodiscard]] net::Endpoint video_target(std::size_t radar) const {
    auto target = options.video.value_or(net::Endpoint{loopback, 8600});
    target.port = static_cast<std::uint16_t>(target.port + radar);
    return target;
  }
  [[nodiscard]] net::Endpoint ais_target() const { return options.ais.value_or(net::Endpoint{loopback, 10110}); }

  Expected<void> open();
  void send_ais(const scenario::AisTransmission& sent, RunnerCounters& count, Expected<void>& result);
  void send_spoke(const SpokeBlock& block, const SpokeInfo& spoke, RunnerCounters& count, Expected<void>& result);
  Expected<void> write_truth(const scenario::TruthState& truth_state);
  Expected<void> close();
};

Expected<void> SimulationRunner::Parts::open() {
  if (options.video) {
    for (std::size_t r = 0; r < simulation->scene().radars.size(); ++r) {
      auto sender = net::UdpSender::open({.destination = video_target(r), .interface = {}});
      if (!sender) return unexpected(sender.error());
      video.push_back(std::move(*sender));
    }
  }
  if (options.ais) {
    auto sender = net::UdpSender::open({.destination = *options.ais, .interface = {}});
    if (!sender) return unexpected(sender.error());
    ais.emplace(std::move(*sender));
  }
  if (!options.pcap_path.empty()) {
    auto writer = net::CaptureWriter::create(options.pcap_path);
    if (!writer) return unexpected(writer.error());
    pcap.emplace(std::move(*writer));
  }
  if (!options.nmea_path.empty()) {
    auto file = open_for_writing(options.nmea_path);
    if (!file) return unexpected(file.error());
    nmea.emplace(std::move(*file));
  }
  if (!options.truth_path.empty()) {
    auto file = open_for_writing(options.truth_path);
    if (!file) return unexpected(file.error());
    truth.emplace(std::move(*file));
    *truth << "time_s,target_id,east_m,north_m,ve_mps,vn_mps\n";
  }
  return {};
}

Expected<void> SimulationRunner::Parts::write_truth(const scenario::TruthState& t) {
  const auto& scene = simulation->scene();
  const bool in_range = std::ranges::any_of(scene.radars, [&](const scenario::RadarSite& site) {
    return distance(simulation->frame().to_local(site.position), t.state.position).value() <=
           site.settings.range_max_m();
  });
  if (!in_range && !scene.radars.empty()) return {};
  *truth << fmt::format("{:.3f},{},{:.2f},{:.2f},{:.3f},{:.3f}\n", epoch_seconds(t.time), scene.vessels[t.vessel].name,
                        t.state.position.east.value(), t.state.position.north.value(), t.state.velocity.east.value(),
                        t.state.velocity.north.value());
  if (!*truth) return fail(ErrorCode::io, "cannot write " + options.truth_path + ": is the disk full?");
  return {};
}

Expected<void> SimulationRunner::Parts::close() {
  Expected<void> result;
  if (pcap) result = pcap->close();
  pcap.reset();
  for (auto* file : {&nmea, &truth}) {
    if (!*file) continue;
    (*file)->close();
    if (!**file && result) result = fail(ErrorCode::io, "a file could not be written out: is the disk full?");
    file->reset();
  }
  return result;
}

Expected<std::unique_ptr<SimulationRunner>> SimulationRunner::create(scenario::Scene scene, RunnerOptions options) {
  Timestamp start = fixed_day;
  std::optional<std::chrono::steady_clock::time_point> made;
  if (options.as_the_clock_goes) {
    start = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    if (!scene.start && !options.start) made = std::chrono::steady_clock::now();
  }
  if (scene.start) start = *scene.start;
  if (options.start) start = *options.start;
  const std::uint64_t seed = options.seed.value_or(scene.seed);
  auto parts = std::make_unique<Parts>(std::move(options));
  parts->made = made;
  auto coast = real_coast(scene, parts->options.coast_file, parts->coast_told);
  parts->simulation = std::make_unique<scenario::Simulation>(std::move(scene), start, seed, std::move(coast));
  if (auto opened = parts->open(); !opened) return unexpected(opened.error());
  return std::unique_ptr<SimulationRunner>(new SimulationRunner(std::move(parts)));
}

SimulationRunner::SimulationRunner(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SimulationRunner::~SimulationRunner() { stop(); }

const scenario::Simulation& SimulationRunner::simulation() const { return *parts_->simulation; }

const std::string& SimulationRunner::coast_told() const { return parts_->coast_told; }

RunnerCounters SimulationRunner::counters() const {
  const std::lock_guard lock(mutex_);
  return counters_;
}

void SimulationRunner::start() {
  if (thread_.joinable()) return;
  running_ = true;
  thread_ = std::jthread([this](const std::stop_token& token) {
    // Faults of writing end the play; the demonstration writes nothing.
    (void)run([&token] { return token.stop_requested(); });
  });
}

void SimulationRunner::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

Expected<void> SimulationRunner::run(const std::function<bool()>& should_stop) {
  running_ = true;
  auto& simulation = *parts_->simulation;
  const bool clock = parts_->options.as_the_clock_goes;
  const double whole_s = parts_->options.duration_s;
  const Duration end = whole_s > 0.0 ? to_duration(Seconds(whole_s)) : Duration::max();
  auto began = std::chrono::steady_clock::now();
  // Where the scene's time is the wall's, what passed since it was made is caught up with.
  if (clock && parts_->made) began = *parts_->made;
  Duration played{0};
  Expected<void> result;
  scenario::SimulationOutput output;
  for (bool last = false; result && !last;) {
    Duration until = played + stride;
    bool late = false;
    if (clock) {
      const Duration elapsed = std::chrono::steady_clock::now() - began;
      late = elapsed - played > too_late;
      until = std::min(until, elapsed);
    }
    until = std::min(until, end);
    last = until >= end || should_stop();
    output.clear();
    simulation.advance(simulation.start() + until, output);
    played = until;
    result = deliver(output, late, last);
    {
      const std::lock_guard lock(mutex_);
      counters_.scene_s = to_seconds(played).value();
    }
    if (clock && !last && std::chrono::steady_clock::now() - began - played < pace) std::this_thread::sleep_for(pace);
  }
  if (auto closed = parts_->close(); !closed && result) result = closed;
  running_ = false;
  return result;
}

void SimulationRunner::Parts::send_ais(const scenario::AisTransmission& sent, RunnerCounters& count,
                                       Expected<void>& result) {
  sentences.clear();
  to_sentences(sent, false, udp_sequence, sentences);
  if (sentences.empty()) return;
  text_bytes.assign(sentences.begin(), sentences.end());
  if (ais && !ais->send(text_bytes)) ++count.not_sent;
  if (pcap && result) result = pcap->write(sent.time, from, ais_target(), text_bytes);
  count.ais_sentences += static_cast<std::uint64_t>(std::ranges::count(sentences, '\n'));
  if (!nmea) return;
  sentences.clear();
  to_sentences(sent, true, file_sequence, sentences);
  *nmea << sentences;
  if (!*nmea && result) result = fail(ErrorCode::io, "cannot write " + options.nmea_path + ": is the disk full?");
}

void SimulationRunner::Parts::send_spoke(const SpokeBlock& block, const SpokeInfo& spoke, RunnerCounters& count,
                                         Expected<void>& result) {
  const std::size_t radar = block.sensor.value() - 1U;
  to_cat240(block, spoke, datagram);
  if (radar < video.size() && !video[radar].send(datagram)) ++count.not_sent;
  if (pcap && result) result = pcap->write(spoke.time, from, video_target(radar), datagram);
  ++count.spokes;
}

// In order of time, as a capture needs it: AIS waits for the spokes before it, which come in whole blocks.
Expected<void> SimulationRunner::deliver(const scenario::SimulationOutput& output, bool late, bool last) {
  auto& p = *parts_;
  RunnerCounters count;
  Expected<void> result;
  p.ais_waiting.insert(p.ais_waiting.end(), output.ais.begin(), output.ais.end());
  std::size_t next = 0;
  const auto send_ais_before = [&](Timestamp time) {
    for (; next < p.ais_waiting.size() && p.ais_waiting[next].time < time; ++next) {
      p.send_ais(p.ais_waiting[next], count, result);
    }
  };
  for (const auto& block : output.video) {
    for (const auto& spoke : block.spokes) {
      send_ais_before(spoke.time);
      if (late) {
        ++count.spokes_late;
      } else {
        p.send_spoke(block, spoke, count, result);
      }
    }
  }
  if (last || p.simulation->scene().radars.empty()) send_ais_before(Timestamp::max());
  p.ais_waiting.erase(p.ais_waiting.begin(), p.ais_waiting.begin() + static_cast<std::ptrdiff_t>(next));
  for (const auto& t : output.truth) {
    if (p.truth && result) result = p.write_truth(t);
  }
  const std::lock_guard lock(mutex_);
  counters_.spokes += count.spokes;
  counters_.spokes_late += count.spokes_late;
  counters_.ais_sentences += count.ais_sentences;
  counters_.not_sent += count.not_sent;
  return result;
}

}  // namespace headland::simulation
