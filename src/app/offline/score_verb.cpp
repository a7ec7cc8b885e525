// SPDX-License-Identifier: Apache-2.0
#include "app/offline/score_verb.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "app/exit_codes.hpp"
#include "app/offline/outputs.hpp"
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
  if (verb.live) {
    if (!verb.files.empty() || verb.config.empty()) {
      return err << "headland score: --live takes no recordings, but the --config of the station that runs\n",
             exit_usage;
    }
    options.files = {(std::filesystem::path(options.config.station.data_directory) / "journal").string()};
    options.follow = true;
  } else if (verb.files.empty()) {
    return err << "headland score: name recordings, or --live\n", exit_usage;
  }
  if (!may_write({verb.json, verb.page}, verb.files, err)) return exit_failed;
  catch_stop_signals();
  options.is_stopped = stop_requested;
  NoSink none;
  bool written = true;
  const auto tell = [&](const station::ScoreReport& report) {
    const auto write = [&](const std::string& path, const std::string& text) {
      if (path.empty()) return;
      std::ofstream file(path, std::ios::trunc);
      file << text << "\n" << std::flush;
      if (file) return;
      written = false;
      err << path << ": cannot be written: " << std::strerror(errno) << "\n";
    };
    if (!verb.json.empty()) write(verb.json, station::to_json(report));
    if (!verb.page.empty()) write(verb.page, station::to_page(report));
    out << station::to_text(report) << std::flush;
  };
  const auto report = station::score_leaving_ais_out(options, none, {tell, verb.every_s});
  if (!report) return err << report.error().detail << "\n", exit_failed;
  tell(*report);
  return written ? exit_done : exit_failed;
}

}  // namespace headland::app
