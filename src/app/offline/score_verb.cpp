// SPDX-License-Identifier: Apache-2.0
#include "app/offline/score_verb.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <ostream>

#include "app/exit_codes.hpp"
#include "app/offline/recording_options.hpp"
#include "app/stop_signal.hpp"
#include "runtime/station/score.hpp"

namespace headland::app {
namespace {

class NoSink final : public station::PictureSink {
 public:
  void on_output(Timestamp, const station::PictureOutput&, const station::PictureChain&) override {}
  void on_video(const std::vector<station::VideoBatch>&, const station::PictureChain&) override {}
};

}  // namespace

int run_score(const ScoreVerb& verb, std::ostream& out, std::ostream& err) {
  if (!verb.leave_ais_out) return err << "headland score: say against what: --leave-ais-out\n", exit_usage;
  station::ReplayOptions options;
  if (!read_recording_options(verb.config, verb.origin, options.config, options.origin, err)) return exit_usage;
  options.files = verb.files;
  catch_stop_signals();
  options.is_stopped = stop_requested;
  NoSink none;
  const auto report = station::score_leaving_ais_out(options, none);
  if (!report) return err << report.error().detail << "\n", exit_failed;
  if (!verb.json.empty()) {
    std::ofstream file(verb.json, std::ios::trunc);
    file << station::to_json(*report) << "\n" << std::flush;
    if (!file) return err << verb.json << ": cannot be written: " << std::strerror(errno) << "\n", exit_failed;
  }
  out << station::to_text(*report);
  return exit_done;
}

}  // namespace headland::app
