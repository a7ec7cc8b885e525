// SPDX-License-Identifier: Apache-2.0
#include "app/offline/study_verb.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>

#include "app/exit_codes.hpp"
#include "runtime/config/scene_file.hpp"
#include "runtime/study/small_boat.hpp"

namespace headland::app {
namespace {

constexpr double usual_height_m = 15.0;

bool write(const std::filesystem::path& path, const std::string& text, std::ostream& err) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) err << "headland: " << path.string() << " cannot be written\n";
  return static_cast<bool>(file);
}

// Leaves those with the wanted names (none wanted: all); what there are is said if none is left.
template <typename Named>
bool choose(std::vector<Named>& all, const std::vector<std::string>& wanted, const char* what, std::ostream& err) {
  if (wanted.empty()) return true;
  const std::vector<Named> there = all;
  std::erase_if(all, [&](const Named& n) { return std::find(wanted.begin(), wanted.end(), n.name) == wanted.end(); });
  if (!all.empty()) return true;
  err << "headland: no such " << what << "; there are:";
  for (const Named& n : there) err << " '" << n.name << "'";
  err << "\n";
  return false;
}

}  // namespace

int study_small_boat(const StudyVerb& verb, std::ostream& out, std::ostream& err) {
  study::Plan plan = verb.quick ? study::quick_plan() : study::full_plan();
  if (verb.empty_min > 0.0) plan.empty_turns = static_cast<int>(24.0 * verb.empty_min);
  if (verb.integrated_empty_min > 0.0) plan.integrated_empty_turns = static_cast<int>(24.0 * verb.integrated_empty_min);
  if (verb.sets > 0) plan.sets = plan.integrated_sets = verb.sets;
  if (verb.without_integration) plan.integrated_sets = 0;
  const auto weathers = verb.weathers.empty() && verb.quick ? std::vector<std::string>{"sea state 2"} : verb.weathers;
  if (!choose(plan.settings, verb.settings, "setting", err) || !choose(plan.weathers, weathers, "weather", err)) {
    return exit_usage;
  }
  auto files = verb.radars;
  double height_m = verb.antenna_height_m;
  if (files.empty()) {
    const std::string data = HEADLAND_DATA_DIR;
    files = {data + "/radars/reference-x-band-6ft.toml", data + "/radars/navico-halo24.toml"};
    if (height_m <= 0.0) height_m = usual_height_m;
  }
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    if (in) text << in.rdbuf();
    if (!in) {
      err << "headland: " << file << " cannot be read\n";
      return exit_usage;
    }
    auto radar = config::parse_radar_settings(text.str(), file);
    if (!radar) {
      err << config::to_text(radar.error());
      return exit_usage;
    }
    if (height_m > 0.0) radar->antenna_height_m = height_m;
    plan.radars.push_back(*radar);
  }
  const std::filesystem::path directory = verb.out;
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  bool good = true;
  study::Progress progress;
  progress.begins = [&](const std::string& what) { out << what << std::endl; };
  // An hour is long: what is done is kept.
  progress.done = [&](const std::vector<study::Curve>& curves) {
    good = write(directory / "small-boat.csv", study::to_csv(plan, curves), err) &&
           write(directory / "small-boat.json", study::to_json(plan, curves), err) &&
           write(directory / "small-boat.md", study::to_table(plan, curves), err);
    for (std::size_t r = 0; good && r < plan.radars.size(); ++r) {
      const auto name = "small-boat-" + std::to_string(r + 1) + ".svg";
      good = write(directory / name, study::to_svg(plan, curves, plan.radars[r].name), err);
    }
  };
  const auto curves = study::run_small_boat(plan, progress);
  out << study::to_table(plan, curves);
  return good ? exit_done : exit_failed;
}

}  // namespace headland::app
