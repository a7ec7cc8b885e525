// SPDX-License-Identifier: Apache-2.0
#include "app/track.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <map>
#include <ostream>
#include <set>
#include <vector>

#include "app/exit_codes.hpp"
#include "app/offline/outputs.hpp"
#include "codec/csv/plot_csv.hpp"
#include "codec/csv/track_csv.hpp"
#include "core/tracking/tracker.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/station/picture/tracker_settings.hpp"

namespace headland::app {
namespace {

constexpr double farthest_plot_m = 500'000.0;
constexpr double least_coasted_existence = 0.5;
constexpr std::size_t most_near = 5;  // numbers named when one is not there

// Reads lines, runs the tracker, writes rows.
class TrackRun {
 public:
  TrackRun(const tracking::TrackerConfig& config, const std::vector<std::uint32_t>& explain, std::ostream& out)
      : tracker_(config),
        reader_(reader_config(config)),
        out_(out),
        nothing_follows_(to_duration(Seconds(config.return_max_s + config.max_coast_s))) {
    for (const std::uint32_t id : explain) stories_[TrackId(id)] = {};
    out_ << csv::track_csv_header();
  }

  // The faults of lines that were left out, the first of them in words.
  void line(std::string_view text, std::ostream& err) {
    const auto read = reader_.line(text, sectors_);
    if (!read && reader_.counters().rejected == 1) {
      err << "line " << read.error().line << ": " << csv::to_text(read.error().kind);
      if (!read.error().column.empty()) err << " (" << read.error().column << ")";
      if (read.error().kind == csv::CsvFaultKind::missing_column) {
        err << "; plots have columns time_s, scan_id, and range_m and azimuth_deg or east_m and north_m, as text: "
               "docs/formats/plots.md";
      }
      err << "\n";
    }
    track();
  }
  void finish() {
    reader_.finish(sectors_);
    track();
    updates_.tracks.clear();
    tracker_.flush(updates_);
    write();
    write_ended(Timestamp::max());
    for (auto& [id, story] : stories_) {
      if (auto known = tracker_.story(id)) story = std::move(*known);
    }
  }
  // False when a track asked for was never there.
  bool explain(std::ostream& say, std::ostream& err) const {
    bool all = true;
    for (const auto& [id, story] : stories_) {
      if (!ids_.contains(id)) {
        err << "no track " << id.value() << "; " << near(id) << "\n";
        all = false;
        continue;
      }
      say << tracking::sentence(id, story) << "\n";
      for (const tracking::Fact& f : story.facts()) say << "  " << tracking::to_text(f) << "\n";
      if (story.left_out() > 0) say << "  (" << story.left_out() << " facts of its middle were not kept)\n";
    }
    return all;
  }
  [[nodiscard]] const csv::PlotCsvReader& reader() const { return reader_; }
  [[nodiscard]] const tracking::TrackerCounters& counters() const { return tracker_.counters(); }

 private:
  static csv::PlotCsvConfig reader_config(const tracking::TrackerConfig& config) {
    csv::PlotCsvConfig c;
    c.range_deviation = Metres(config.range_deviation_m);
    c.bearing_deviation = from_degrees(config.bearing_deviation_deg);
    c.range_max = Metres(farthest_plot_m);
    return c;
  }
  void track() {
    for (const PlotSector& sector : sectors_) {
      updates_.tracks.clear();
      tracker_.process(sector, updates_);
      write();
      write_ended(updates_.time - nothing_follows_);
    }
    sectors_.clear();
  }
  void write() {
    std::stable_sort(updates_.tracks.begin(), updates_.tracks.end(),
                     [](const Track& a, const Track& b) { return a.time < b.time; });
    text_.clear();
    for (const Track& t : updates_.tracks) {
      if (!stories_.empty()) ids_.insert(t.id);
      // Of many that ended only the last can still be asked for.
      const auto asked = stories_.find(t.id);
      if (asked != stories_.end() && t.stage == TrackStage::ended) {
        if (auto story = tracker_.story(t.id)) asked->second = std::move(*story);
      }
      // A number may come back: its last row is written when nothing more can follow (write_ended).
      ended_.erase(t.id);
      if (t.stage == TrackStage::ended) {
        ended_.emplace(t.id, t);
        continue;
      }
      if (t.stage == TrackStage::coasting && t.existence < least_coasted_existence) continue;
      csv::write_track_row(csv::row_of(t), text_);
    }
    out_ << text_;
  }

  // The last rows of what ended before.
  void write_ended(Timestamp before) {
    text_.clear();
    for (auto at = ended_.begin(); at != ended_.end();) {
      if (at->second.time >= before) {
        ++at;
        continue;
      }
      csv::write_track_row(csv::row_of(at->second), text_);
      at = ended_.erase(at);
    }
    out_ << text_;
  }

  [[nodiscard]] std::string near(TrackId id) const {
    if (ids_.empty()) return "there are none in this file";
    std::vector<std::uint32_t> all;
    for (const TrackId known : ids_) all.push_back(known.value());
    const auto apart = [&](std::uint32_t n) { return n > id.value() ? n - id.value() : id.value() - n; };
    std::stable_sort(all.begin(), all.end(), [&](auto a, auto b) { return apart(a) < apart(b); });
    all.resize(std::min(all.size(), most_near));
    std::sort(all.begin(), all.end());
    std::string text = "numbers near it:";
    for (const std::uint32_t n : all) text += " " + std::to_string(n);
    return text + " (of " + std::to_string(ids_.size()) + ", as in the column track_id of --out)";
  }

  tracking::Tracker tracker_;
  csv::PlotCsvReader reader_;
  std::ostream& out_;
  std::vector<PlotSector> sectors_;
  TrackUpdates updates_;
  std::string text_;
  std::map<TrackId, tracking::Story> stories_;  // asked for
  std::map<TrackId, Track> ended_;              // rows not yet written
  std::set<TrackId> ids_;                       // that were reported, where any is asked for
  // So long after its end no number comes back: what began while it might have needs a while to be believed.
  Duration nothing_follows_;
};

// What was not dealt with as exactly as it might have been; nothing where all was.
std::string approximated(const tracking::TrackerCounters& c) {
  std::string text;
  const auto add = [&](std::uint64_t count, const char* what) {
    if (count == 0) return;
    text += (text.empty() ? "; approximated: " : ", ") + std::to_string(count) + " " + what;
  };
  add(c.clusters_approximated, "clusters too large to be enumerated");
  add(c.clusters_forced, "decided before the beam had passed");
  add(c.clusters_unsettled, "that had not settled");
  return text;
}

}  // namespace

int run_track(const TrackOptions& options, std::ostream& say, std::ostream& err) {
  if (options.out.empty() && options.explain.empty()) {
    err << "track: nothing to do; give --out FILE for the tracks or --explain NUMBER for one of them\n";
    return exit_usage;
  }
  config::TrackerSection section;  // as an empty file has it
  if (!options.config.empty()) {
    auto loaded = config::load_station(options.config);
    if (!loaded) {
      err << config::to_text(loaded.error());
      return exit_usage;
    }
    section = loaded->tracker;
  }
  const tracking::TrackerConfig config = station::tracker_settings(section, station::PlotSource::file);
  if (!may_write({options.out}, {options.plots}, err)) return exit_failed;
  std::ifstream in(options.plots);
  if (!in) {
    err << options.plots << ": cannot be read; check the path and the permissions\n";
    return exit_failed;
  }
  std::ofstream out;
  if (!options.out.empty()) out.open(options.out);
  if (!options.out.empty() && !out) {
    err << options.out << ": cannot be written: " << std::strerror(errno) << "; check the folder and its permissions\n";
    return exit_failed;
  }
  const std::clock_t began = std::clock();
  TrackRun run(config, options.explain, out);
  std::string line;
  while (std::getline(in, line)) run.line(line, err);
  run.finish();
  if (!options.out.empty()) out.flush();
  const double cpu_s = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  const auto& read = run.reader().counters();
  if (read.scans == 0) {
    err << options.plots << ": no plots in it\n";
    return exit_failed;
  }
  err << read.scans << " scans, " << read.plots << " plots, " << read.rejected << " lines rejected; "
      << run.counters().tracks_confirmed << " tracks confirmed; "
      << cpu_s * 1e3 / static_cast<double>(std::max<std::uint64_t>(read.scans, 1))
      << " ms of CPU a scan, files included" << approximated(run.counters()) << "\n";
  if (!options.out.empty() && !out) {
    err << options.out << ": not written to its end: " << std::strerror(errno) << "; is the disk full?\n";
    return exit_failed;
  }
  return run.explain(say, err) ? exit_done : exit_failed;
}

}  // namespace headland::app
