// SPDX-License-Identifier: Apache-2.0
// Plays a scene to the outside: CAT240 and AIVDM over UDP as the clock goes, or into files as fast as
// it can. `headland simulate` runs one to its end; `headland demo` starts one beside the station.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/base/expected.hpp"
#include "core/scenario/simulation.hpp"
#include "io/net/endpoint.hpp"

namespace headland::simulation {

struct RunnerOptions {
  // Each radar after the first sends to the next port. Absent: not sent.
  std::optional<net::Endpoint> video;
  std::optional<net::Endpoint> ais;
  std::string pcap_path;              // CAT240 and AIVDM as a capture; empty = none, as below
  std::string nmea_path;              // AIVDM with times in tag blocks
  std::string truth_path;             // time_s,target_id,east_m,north_m,ve_mps,vn_mps; vessels within a radar's range
  double duration_s = 0.0;            // of the scene; 0 = until stopped
  bool as_the_clock_goes = true;      // false: as fast as it can
  std::optional<Timestamp> start;     // of the scene; absent: the scene's own, else now (clock) or a fixed day (fast)
  std::optional<std::uint64_t> seed;  // absent: the scene's
  // GSHHG, for scenes that ask for it; where there is no such file the scene's own rings serve.
  std::string coast_file = "/usr/share/gmt-gshhg/binned_GSHHS_f.nc";
};

// For the demonstration: loopback, the ports that a configuration has by default.
[[nodiscard]] RunnerOptions demonstration();

struct RunnerCounters {
  std::uint64_t spokes = 0;       // sent or written
  std::uint64_t spokes_late = 0;  // not sent, because the machine was over two seconds behind
  std::uint64_t ais_sentences = 0;
  std::uint64_t not_sent = 0;  // datagrams that the system refused
  double scene_s = 0.0;        // played so far
};

class SimulationRunner {
 public:
  // Reads the coast (netCDF: not at the same time as anybody else does), opens files and sockets; nearly everything
  // that can fail for outside reasons fails here.
  static Expected<std::unique_ptr<SimulationRunner>> create(scenario::Scene scene, RunnerOptions options);
  ~SimulationRunner();  // stops

  void start();  // on a thread of its own
  void stop();   // returns when the thread has ended and files are written out; may be called again
  // Plays in the calling thread until the duration is over or `should_stop` says so. An error is one of writing.
  Expected<void> run(const std::function<bool()>& should_stop);

  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] RunnerCounters counters() const;
  [[nodiscard]] const scenario::Simulation& simulation() const;
  [[nodiscard]] const std::string& coast_told() const;  // one sentence: whose coast it is

 private:
  struct Parts;
  explicit SimulationRunner(std::unique_ptr<Parts> parts);
  Expected<void> deliver(const scenario::SimulationOutput& output, bool late, bool last);

  std::unique_ptr<Parts> parts_;
  std::jthread thread_;
  std::atomic<bool> running_ = false;
  mutable std::mutex mutex_;  // of the counters
  RunnerCounters counters_;
};

}  // namespace headland::simulation
