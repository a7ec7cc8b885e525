// SPDX-License-Identifier: Apache-2.0
// The command line: parses arguments and calls one function a verb.
#include <iostream>

#include <CLI/CLI.hpp>

#include "app/chart_verb.hpp"
#include "app/config_verb.hpp"
#include "app/exit_codes.hpp"
#include "app/lat_lon.hpp"
#include "app/offline/score_verb.hpp"
#include "app/offline/study_verb.hpp"
#include "app/replay_verb.hpp"
#include "app/rules/chart_zones.hpp"
#include "app/rules/report_verb.hpp"
#include "app/rules/rules_verb.hpp"
#include "app/run_verb.hpp"
#include "app/simulate.hpp"
#include "app/track.hpp"
#include "runtime/config/nearest.hpp"
#include "runtime/config/rules/rules_fields.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"
#include "runtime/inspect/decode.hpp"

namespace {

using headland::app::exit_done;
using headland::app::exit_failed;
using headland::app::exit_usage;

struct CommandLine {
  CLI::App app{"Headland: coastal surveillance from radar video and AIS.", "headland"};
  int result = exit_done;
};

const CLI::App* chosen(const CLI::App* app) {
  while (!app->get_subcommands().empty()) app = app->get_subcommands().back();
  return app;
}

// What was written wrong, what may have been meant, and how it is used.
std::string told_wrong(const CLI::App* app, const CLI::Error& error) {
  const CLI::App* const verb = chosen(app);
  std::vector<std::string> names;
  for (const auto* option : verb->get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  const auto verbs = verb->get_subcommands([](const CLI::App*) { return true; });
  for (const auto* other : verbs) names.push_back(other->get_name());
  std::string what = error.what();
  std::string meant;
  if (const auto left = app->remaining(true); !left.empty()) {
    if (!verbs.empty()) what = verb->get_name() + " has no '" + left.front() + "'";
    meant = headland::config::nearest(left.front(), {names.begin(), names.end()});
  } else if (verb == app && !verbs.empty()) {
    what = "say what to do; `headland demo` shows a simulated strait";
  } else if (!verbs.empty()) {
    what = "say what to do: headland " + verb->get_name();
    for (std::size_t k = 0; k < verbs.size(); ++k) what += (k == 0 ? " " : " | ") + verbs[k]->get_name();
  }
  return "headland: " + what + meant + "\n\n" + app->help();
}

std::string check_over_zero(const std::string& text) {
  const auto value = headland::app::parse_number(text);
  return value && *value > 0.0 ? std::string() : "'" + text + "' must be a number over 0";
}

void add_config(CommandLine& line) {
  auto* config = line.app.add_subcommand("config", "Check and show configurations");
  config->require_subcommand(1);
  auto file = std::make_shared<std::string>();
  auto* check = config->add_subcommand("check", "Say every mistake in FILE, with its place");
  check->add_option("FILE", *file, "Configuration, TOML")->required();
  check->callback([&line, file] { line.result = headland::app::config_check(*file, std::cout, std::cerr); });
  auto* show = config->add_subcommand("show", "Print all values in force, defaults included");
  show->add_option("FILE", *file, "Configuration, TOML")->required();
  show->callback([&line, file] { line.result = headland::app::config_show(*file, std::cout, std::cerr); });
  config->add_subcommand("reference", "Print the reference page of the configuration")->callback([] {
    std::cout << headland::config::reference_markdown();
  });
  config->add_subcommand("metrics", "Print the reference page of the metrics")->callback([] {
    std::cout << headland::health::metrics_markdown();
  });
}

void add_chart(CommandLine& line) {
  auto* chart = line.app.add_subcommand("chart", "What is charted about a place");
  chart->require_subcommand(1);
  auto verb = std::make_shared<headland::app::ChartVerb>();
  auto* land = chart->add_subcommand("land", "Print the land, GeoJSON");
  land->add_option("POSITION", verb->position, "The middle, LAT,LON in degrees, as 50.73,-1.08")->required();
  land->add_option("--half-size-deg", verb->half_size_deg, "Degrees of latitude to each side, at most 20")
      ->capture_default_str();
  land->add_option("--config", verb->config, "Configuration, TOML: its [chart]");
  land->callback([&line, verb] { line.result = headland::app::chart_land(*verb, std::cout, std::cerr); });
}

void add_simulate(CommandLine& line) {
  auto* verb = line.app.add_subcommand("simulate", "Play a simulated sea: radar video and AIS to UDP and files");
  auto options = std::make_shared<headland::app::SimulateOptions>();
  verb->add_option("SCENE", options->scene, "Scene, TOML (data/scenes), or three-radars with --plots")->required();
  verb->add_flag("--udp", options->udp, "Send CAT240 and AIVDM over UDP, as the clock goes");
  verb->add_option("--video-to", options->video_to, "Where video goes, ADDRESS:PORT; more radars take the next ports")
      ->capture_default_str();
  verb->add_option("--ais-to", options->ais_to, "Where AIS goes, ADDRESS:PORT")->capture_default_str();
  verb->add_option("--pcap", options->pcap, "Write video and AIS as a capture");
  verb->add_option("--nmea", options->nmea, "Write AIS with times as text");
  verb->add_option("--plots", options->plots,
                   "Write plots of the scene three-radars (no file), CSV; --nmea and --truth beside it");
  verb->add_option("--truth", options->truth, "Write where every vessel really is, CSV");
  verb->add_option("--seed", options->seed, "Where chance starts; by default the scene's");
  verb->add_option("--duration", options->duration_s, "Seconds; by default until Ctrl-C, or 600 without --udp")
      ->check(check_over_zero, "");
  verb->callback([&line, options] { line.result = headland::app::run_simulate(*options, std::cerr); });
}

void add_decode(CommandLine& line) {
  auto* verb = line.app.add_subcommand("decode", "Tell what captures and recordings hold");
  auto files = std::make_shared<std::vector<std::string>>();
  auto json = std::make_shared<bool>(false);
  verb->add_option("FILE", *files, "Captures, ASTERIX blocks, NMEA text; plain or gzip")->required();
  verb->add_flag("--json", *json, "For tools");
  verb->callback([&line, files, json] {
    line.result = headland::inspect::decode_files(*files, *json, std::cout, std::cerr) == 0 ? exit_done : exit_failed;
  });
}

void add_track(CommandLine& line) {
  auto* verb = line.app.add_subcommand("track", "The tracker alone: plots CSV to tracks CSV");
  auto options = std::make_shared<headland::app::TrackOptions>();
  verb->add_option("--plots", options->plots, "Plots, CSV")->required();
  verb->add_option("--out", options->out, "Tracks, CSV");
  verb->add_option("--explain", options->explain, "Number of a track: tell what happened to it (may be given again)");
  verb->add_option("--config", options->config, "Configuration, TOML: its [tracker]");
  verb->callback([&line, options] { line.result = headland::app::run_track(*options, std::cout, std::cerr); });
}

void add_replay(CommandLine& line) {
  auto* replay =
      line.app.add_subcommand("replay", "Run recordings through the station: captures, NMEA, ASTERIX, journals, plots");
  auto verb = std::make_shared<headland::app::ReplayVerb>();
  replay->add_option("FILE", verb->files, "Recordings, recognised by content, merged by time")->required();
  replay->add_option("--config", verb->config, "Configuration, TOML");
  replay->add_option("--speed", verb->speed, "max, or times real time (default: 1 with --serve, else max)");
  replay->add_option("--threads", verb->threads, "1 or 2; the result is the same")->check(CLI::Range(1, 64));
  replay->add_flag("--serve", verb->serve, "Show it on the page");
  replay->add_option("--origin", verb->origin,
                     "LAT,LON that east and north of the CSV count from (default: the first radar's position)");
  replay->add_option("--plots", verb->plots, "Write the plots, CSV");
  replay->add_flag("--causes", verb->causes, "In it also what else than a vessel may have given each, and the odds");
  replay->add_option("--video", verb->video,
                     "Write the last turn of the video, PGM: a row for each bearing from north");
  replay->add_option("--tracks", verb->tracks, "Write the tracks, CSV");
  replay->add_option("--summary", verb->summary, "Write the summary, JSON");
  replay->callback([&line, verb] { line.result = headland::app::run_replay(*verb, std::cout, std::cerr); });
}

void add_rules(CommandLine& line) {
  auto* rules = line.app.add_subcommand("rules", "Check rules files and try them on recordings");
  rules->require_subcommand(1);
  auto verb = std::make_shared<headland::app::RulesTestVerb>();
  auto* check = rules->add_subcommand("check", "Say every mistake in FILE, with its place");
  check->add_option("FILE", verb->rules, "Rules, TOML")->required();
  check->callback([&line, verb] { line.result = headland::app::rules_check(*verb, std::cout, std::cerr); });
  auto* test = rules->add_subcommand("test", "Tell what rules would have raised on recordings");
  for (auto* each : {check, test}) {
    each->add_option("--zones", verb->drawn, "Zones drawn on the page of a station (zones.geojson of its data folder)");
  }
  test->add_option("FILE", verb->rules, "Rules, TOML (data/rules/default.toml)")->required();
  test->add_option(
          "--on", verb->on,
          "Recordings: captures, NMEA text, journals, plots CSV, merged by time; or a station's history.sqlite")
      ->required();
  test->add_option("--beside", verb->beside, "Other rules, those in force: tell what changes");
  test->add_option("--last-h", verb->last_h, "Of a history, so many hours up to its end (default: all)")
      ->check(CLI::Range(0.1, 10000.0));
  test->add_option("--json", verb->json, "Write the alerts, JSON");
  test->add_option("--config", verb->config, "Configuration, TOML, for recordings with radar");
  test->add_option("--origin", verb->origin, "LAT,LON that east and north of plots CSV count from");
  test->callback([&line, verb] { line.result = headland::app::rules_test(*verb, std::cout, std::cerr); });
  auto report_of = std::make_shared<headland::app::RulesReportVerb>();
  auto* report = rules->add_subcommand("report", "Tell watch by watch what alerts cost, and which limit to move");
  report->add_option("FOLDER", report_of->folder, "Data folder of a station, or its alerts.sqlite")->required();
  report->add_option("--hours", report_of->hours, "Of a watch (default: 4)")->check(CLI::Range(1, 24));
  report->add_option("--last-h", report_of->last_h, "So many hours up to the last change (default: 24)")
      ->check(CLI::Range(0.1, 10000.0));
  report->add_option("--rules", report_of->rules, "The rules, TOML: advice then names their limits");
  report->add_option("--json", report_of->json, "Write it, JSON");
  report->callback([&line, report_of] { line.result = headland::app::rules_report(*report_of, std::cout, std::cerr); });
  auto* zones = rules->add_subcommand("zones", "Take lanes, areas, cables and depths out of an S-57 chart, as GeoJSON");
  zones->add_option("CELL", verb->rules, "Chart, CELL.000")->required();
  zones->add_option("--out", verb->json, "Where to write, GeoJSON")->required();
  zones->callback(
      [&line, verb] { line.result = headland::app::rules_zones(verb->rules, verb->json, std::cout, std::cerr); });
  auto* reference = rules->add_subcommand("reference", "Print the reference page of rules files");
  reference->add_option("--pages", verb->json, "Write a page for each kind of rule into this folder instead");
  reference->callback([&line, verb] {
    if (!verb->json.empty()) {
      line.result = headland::app::rules_pages(verb->json, std::cerr);
      return;
    }
    std::cout << headland::config::rules_reference_markdown();
  });
}

void add_score(CommandLine& line) {
  auto* score = line.app.add_subcommand("score", "How well a station sees and tracks, measured on its own recordings");
  auto verb = std::make_shared<headland::app::ScoreVerb>();
  score->add_option("FILE", verb->files, "Recordings, as for replay");
  score->add_flag("--leave-ais-out", verb->leave_ais_out, "Track by radar alone and take trusted AIS vessels as truth");
  score->add_option("--config", verb->config, "Configuration, TOML");
  score->add_option("--origin", verb->origin, "LAT,LON that plots CSV count from");
  score->add_option("--json", verb->json, "Write the figures, JSON");
  score->add_option("--page", verb->page, "Write the figures and a plot of detection as a page, HTML");
  score->add_flag("--live", verb->live, "Follow the journal of the station that runs with --config, until Ctrl-C");
  score->add_option("--every", verb->every_s, "With --live: seconds from report to report")->capture_default_str();
  score->callback([&line, verb] { line.result = headland::app::run_score(*verb, std::cout, std::cerr); });
}

void add_study(CommandLine& line) {
  auto* study = line.app.add_subcommand("study", "How far a radar sees, on simulated video through the real line");
  study->require_subcommand(1);
  auto* boat = study->add_subcommand("small-boat", "Detection and tracks of small boats by range, sea and rain");
  auto verb = std::make_shared<headland::app::StudyVerb>();
  boat->add_option("RADAR", verb->radars,
                   "Radar settings, TOML (data/radars); by default the reference radar and a yacht radar beside it");
  boat->add_option("--out", verb->out, "Directory for tables and pictures")->capture_default_str();
  boat->add_option("--antenna-height-m", verb->antenna_height_m, "Over the sea, in place of the settings'");
  boat->add_option("--weather", verb->weathers,
                   "One of 'calm', 'sea state 2' and so on (may be given again); by default all");
  boat->add_option("--empty-min", verb->empty_min, "Minutes of empty sea in which false tracks are counted")
      ->check(CLI::Range(1.0, 1e5));
  boat->add_option("--integrated-empty-min", verb->integrated_empty_min,
                   "The same for the line with track-before-detect, ten times as dear (by default three minutes)")
      ->check(CLI::Range(1.0, 1e5));
  boat->add_option("--sets", verb->sets, "Sets of boats")->check(CLI::Range(1, 1000));
  boat->add_option("--setting", verb->settings,
                   "One of 'default', '1e-6', 'thresholds of noise' and so on (may be given again); by default all");
  boat->add_flag("--without-integration", verb->without_integration, "Not the second line, with track-before-detect");
  boat->add_flag("--quick", verb->quick, "A minute instead of an hour: to see that it works");
  boat->callback([&line, verb] { line.result = headland::app::study_small_boat(*verb, std::cout, std::cerr); });
}

void add_run(CommandLine& line) {
  auto* run = line.app.add_subcommand("run", "Run a station");
  auto config = std::make_shared<std::string>();
  run->add_option("CONFIG", *config, "Configuration, TOML (default: headland.toml here, then in /etc/headland)");
  run->callback([&line, config] { line.result = headland::app::run_station(*config, std::cout, std::cerr); });

  auto* demo = line.app.add_subcommand("demo", "A simulated strait and a station that watches it");
  auto verb = std::make_shared<headland::app::DemoVerb>();
  verb->directory = "headland-demo";
  demo->add_option("--scene", verb->scene, "Scene, TOML (default: the strait)");
  demo->add_option("--directory", verb->directory, "Where it keeps journal and history")->capture_default_str();
  demo->add_option("--rules", verb->rules, "Rules, TOML (default: those of the strait)");
  demo->add_option("--port", verb->port, "Port of the page (default 8080)");
  demo->add_option("--video-port", verb->video_port, "UDP port of the video")->capture_default_str();
  demo->add_option("--ais-port", verb->ais_port, "UDP port of AIS")->capture_default_str();
  demo->add_option("--seed", verb->seed, "Where chance starts");
  demo->callback([&line, verb] { line.result = headland::app::run_demo(*verb, std::cout, std::cerr); });
}

}  // namespace

int main(int argc, char** argv) {
  CommandLine line;
  line.app.require_subcommand(1);
  line.app.set_version_flag("--version", std::string("headland ") + HEADLAND_VERSION);
  line.app.failure_message(told_wrong);
  line.app.footer(
      "Start: `headland demo`, then docs/howto/connect-a-radar.md. `headland VERB --help` tells more of each.");
  try {
    add_run(line);
    add_config(line);
    add_chart(line);
    add_decode(line);
    add_simulate(line);
    add_track(line);
    add_replay(line);
    add_rules(line);
    add_score(line);
    add_study(line);
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return line.app.exit(e) == 0 ? exit_done : exit_usage;
  } catch (const std::exception& e) {
    std::cerr << "headland: " << e.what() << "\n";
    return exit_failed;
  }
  return line.result;
}
