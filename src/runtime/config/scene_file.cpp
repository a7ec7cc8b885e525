// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/scene_file.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <map>
#include <set>
#include <sstream>

#include "runtime/config/scene_fields.hpp"
#include "runtime/config/toml_reader.hpp"

namespace headland::config {
namespace {

using scenario::AisEquipment;
using scenario::Behaviour;
using scenario::Fluctuation;
using scenario::Scene;
using scenario::VesselKind;
using scenario::VesselSpec;

template <class E, std::size_t N>
using Names = std::array<std::pair<std::string_view, E>, N>;

constexpr Names<VesselKind, 14> kinds = {{{"tanker", VesselKind::tanker},
                                          {"container_ship", VesselKind::container_ship},
                                          {"cargo_ship", VesselKind::cargo_ship},
                                          {"ferry", VesselKind::ferry},
                                          {"tug", VesselKind::tug},
                                          {"barge", VesselKind::barge},
                                          {"pilot_boat", VesselKind::pilot_boat},
                                          {"trawler", VesselKind::trawler},
                                          {"fishing_boat", VesselKind::fishing_boat},
                                          {"speedboat", VesselKind::speedboat},
                                          {"yacht", VesselKind::yacht},
                                          {"buoy", VesselKind::buoy},
                                          {"zodiac", VesselKind::zodiac},
                                          {"reflector", VesselKind::reflector}}};
constexpr Names<Behaviour, 6> behaviours = {{{"route", Behaviour::route},
                                             {"anchored", Behaviour::anchored},
                                             {"fishing", Behaviour::fishing},
                                             {"drifting", Behaviour::drifting},
                                             {"towed", Behaviour::towed},
                                             {"fixed", Behaviour::fixed}}};
constexpr Names<AisEquipment, 4> transponders = {{{"none", AisEquipment::none},
                                                  {"class_a", AisEquipment::class_a},
                                                  {"class_b", AisEquipment::class_b},
                                                  {"aid", AisEquipment::aid}}};

constexpr Names<Fluctuation, 4> fluctuations = {{{"automatic", Fluctuation::automatic},
                                                 {"steady", Fluctuation::steady},
                                                 {"swerling1", Fluctuation::swerling1},
                                                 {"swerling3", Fluctuation::swerling3}}};

template <class E, std::size_t N>
E value_named(const Names<E, N>& names, std::string_view name, E otherwise) {
  for (const auto& [text, value] : names) {
    if (text == name) return value;
  }
  return otherwise;
}
template <class E, std::size_t N>
std::string name_of(const Names<E, N>& names, E value) {
  for (const auto& [text, v] : names) {
    if (v == value) return std::string(text);
  }
  return {};
}

// Reads the sections of one scene; problems are collected with their places.
class SceneReader {
 public:
  SceneReader(const std::string& name, std::vector<Problem>& problems)
      : name_(name), problems_(problems), reader_(name, problems) {}

  void read(toml::table& root, Scene& scene) {
    for (auto&& [key, node] : root) {
      if (key == "scene" || key == "sea") {
        if (auto* table = expect_table(key.str(), node))
          key == "scene" ? read_scene(*table, scene) : reader_.read(*table, sea_table(), scene.sea);
      } else if (key == "radar" || key == "vessel" || key == "rain" || key == "interference" || key == "transponder" ||
                 key == "land") {
        read_list(key.str(), node, scene);
      } else {
        reader_.problem(key.source(), fmt::format("there is no [{}] in a scene{}", key.str(),
                                                  nearest(key.str(), {"scene", "sea", "radar", "vessel", "rain",
                                                                      "interference", "transponder", "land"})));
      }
    }
  }

 private:
  toml::table* expect_table(std::string_view key, toml::node& node) {
    if (node.is_table()) return node.as_table();
    reader_.problem(node.source(), fmt::format("{} must be a table: write [{}]", key, key));
    return nullptr;
  }

  void read_list(std::string_view key, toml::node& node, Scene& scene) {
    auto* list = node.as_array();
    if (list == nullptr) return reader_.problem(node.source(), fmt::format("write [[{}]], one for each", key));
    for (auto& element : *list) {
      auto* table = element.as_table();
      if (table == nullptr) {
        reader_.problem(element.source(), fmt::format("write [[{}]], one for each", key));
      } else if (key == "radar") {
        read_site(*table, scene);
      } else if (key == "vessel") {
        read_vessel(*table, scene);
      } else if (key == "rain") {
        RainRow row;
        reader_.read(*table, rain_table(), row);
        scene.rain.push_back({GeoPosition::from_degrees(row.latitude_deg, row.longitude_deg), row.radius_m,
                              row.rate_mm_h, row.moves_to_deg, from_knots(row.speed_kn).value()});
      } else if (key == "interference") {
        reader_.read(*table, interference_table(), scene.interference.emplace_back());
      } else if (key == "transponder") {
        read_transponder(*table, scene);
      } else {
        read_land(*table, scene);
      }
    }
  }

  void read_transponder(toml::table& table, Scene& scene) {
    TransponderRow row;
    reader_.read(table, transponder_table(), row);
    scenario::Transponder t;
    t.kind = row.kind == "racon" ? scenario::TransponderKind::racon : scenario::TransponderKind::sart;
    t.position = GeoPosition::from_degrees(row.latitude_deg, row.longitude_deg);
    t.height_m = row.height_m;
    t.eirp_w = row.eirp_w;
    t.code = row.code;
    t.unit_m = row.unit_m;
    t.from_s = row.from_s;
    t.on_s = row.on_s;
    t.off_s = row.off_s;
    scene.transponders.push_back(std::move(t));
  }

  void read_scene(toml::table& table, Scene& scene) {
    SceneRow row;
    reader_.read(table, scene_table(), row);
    scene.name = row.name;
    scene.place = row.place;
    scene.coast_source = row.coast == "gshhg" ? scenario::CoastSource::gshhg : scenario::CoastSource::scene;
    scene.land_height_m = row.land_height_m;
    scene.seed = static_cast<std::uint64_t>(row.seed);
    if (row.start.empty()) return;
    std::tm tm{};
    std::istringstream in(row.start);
    in >> std::get_time(&tm, "%Y-%m-%dT%H:%M:%SZ");
    const std::chrono::year_month_day day{std::chrono::year(tm.tm_year + 1900),
                                          std::chrono::month(static_cast<unsigned>(tm.tm_mon + 1)),
                                          std::chrono::day(static_cast<unsigned>(tm.tm_mday))};
    using std::chrono::year;
    if (in.fail() || !day.ok() || day.year() < year(1970) || day.year() > year(2200)) {
      return reader_.problem(table.source(), "start must be like 2026-03-01T06:00:00Z, from 1970 to 2200");
    }
    scene.start = std::chrono::sys_days(day) + std::chrono::hours(tm.tm_hour) + std::chrono::minutes(tm.tm_min) +
                  std::chrono::seconds(tm.tm_sec);
  }

  void read_site(toml::table& table, Scene& scene) {
    SiteRow row;
    reader_.read(table, site_table(), row);
    scenario::RadarSite site;
    site.name = row.name;
    site.position = GeoPosition::from_degrees(row.latitude_deg, row.longitude_deg);
    for (const auto* key : {"latitude_deg", "longitude_deg"}) {
      if (!table.contains(key)) reader_.problem(table.source(), fmt::format("radar '{}' needs {}", row.name, key));
    }
    if (!row.settings.empty()) {
      const auto path = (std::filesystem::path(name_).parent_path() / row.settings).lexically_normal().string();
      std::ifstream in(path, std::ios::binary);
      std::stringstream text;
      if (in) text << in.rdbuf();
      if (!in) return reader_.problem(table.source(), fmt::format("settings '{}': cannot read {}", row.settings, path));
      auto settings = parse_radar_settings(text.str(), path);
      if (!settings) {
        problems_.insert(problems_.end(), settings.error().begin(), settings.error().end());
        return;
      }
      site.settings = std::move(*settings);
    }
    if (row.antenna_height_m > 0.0) site.settings.antenna_height_m = row.antenna_height_m;
    scene.radars.push_back(std::move(site));
  }

  // [[latitude, longitude], ...]
  std::vector<GeoPosition> read_points(const toml::node& node, std::size_t least, std::string_view what) {
    std::vector<GeoPosition> points;
    const auto* list = node.as_array();
    if (list == nullptr || list->size() < least) {
      reader_.problem(node.source(),
                      fmt::format("{} must be a list of at least {} points [latitude, longitude]", what, least));
      return points;
    }
    for (const auto& element : *list) {
      const auto* pair = element.as_array();
      const auto lat = pair != nullptr && pair->size() == 2 ? pair->get(0)->value<double>() : std::nullopt;
      const auto lon = pair != nullptr && pair->size() == 2 ? pair->get(1)->value<double>() : std::nullopt;
      if (!lat || !lon || !(std::abs(*lat) <= 90.0) || !(std::abs(*lon) <= 180.0)) {
        reader_.problem(element.source(), "a point is [latitude, longitude] in degrees, north and east positive");
        continue;
      }
      points.push_back(GeoPosition::from_degrees(*lat, *lon));
    }
    return points;
  }

  void read_land(toml::table& table, Scene& scene) {
    for (auto&& [key, node] : table) {
      if (key == "name") continue;
      if (key == "ring") {
        scene.coast.push_back(read_points(node, 3, "ring"));
      } else {
        reader_.problem(key.source(), fmt::format("[[land]] has no '{}': name and ring only", key.str()));
      }
    }
  }

  void read_vessel(toml::table& table, Scene& scene) {
    const auto kind_name = table["kind"].value<std::string>();
    if (!kind_name) return reader_.problem(table.source(), "a vessel needs its kind, in quotes");
    VesselSpec spec = usual(value_named(kinds, *kind_name, VesselKind::cargo_ship));
    VesselRow row;
    row.kind = *kind_name;
    row.behaviour = name_of(behaviours, spec.behaviour);
    row.ais = name_of(transponders, spec.ais);
    row.fluctuation = name_of(fluctuations, spec.fluctuation);
    row.reflects_at_top = spec.reflects_at_top;
    row.length_m = spec.length_m, row.beam_m = spec.beam_m, row.height_m = spec.height_m;
    row.draught_m = spec.draught_m, row.rcs_m2 = spec.rcs_m2;
    row.speed_kn = to_knots(MetresPerSecond(spec.speed_mps));
    row.radius_m = spec.radius_m, row.cable_m = spec.cable_m;
    // Points are taken out first: the field table knows single values only.
    const auto place = table.source();
    for (const auto* key : {"route", "at"}) {
      auto* node = table.get(key);
      if (node == nullptr) continue;
      if (std::string_view(key) == "at") {
        const auto* pair = node->as_array();
        const auto lat = pair != nullptr && pair->size() == 2 ? pair->get(0)->value<double>() : std::nullopt;
        const auto lon = pair != nullptr && pair->size() == 2 ? pair->get(1)->value<double>() : std::nullopt;
        if (!lat || !lon) {
          reader_.problem(node->source(), "at must be [latitude, longitude] in degrees");
        } else {
          spec.points = {GeoPosition::from_degrees(*lat, *lon)};
        }
      } else {
        spec.points = read_points(*node, 2, "route");
      }
      table.erase(key);
    }
    reader_.read(table, vessel_table(), row);
    fill(row, spec);
    check(row, spec, place);
    scene.vessels.push_back(std::move(spec));
  }

  static void fill(const VesselRow& row, VesselSpec& spec) {
    spec.name = row.name;
    spec.behaviour = value_named(behaviours, row.behaviour, spec.behaviour);
    spec.ais = value_named(transponders, row.ais, spec.ais);
    spec.fluctuation = value_named(fluctuations, row.fluctuation, spec.fluctuation);
    spec.reflects_at_top = row.reflects_at_top;
    spec.mmsi = static_cast<std::uint32_t>(row.mmsi);
    spec.imo = static_cast<std::uint32_t>(row.imo);
    spec.callsign = row.callsign;
    spec.destination = row.destination;
    spec.length_m = row.length_m, spec.beam_m = row.beam_m, spec.height_m = row.height_m;
    spec.draught_m = row.draught_m, spec.rcs_m2 = row.rcs_m2;
    spec.speed_mps = from_knots(row.speed_kn).value();
    spec.start_at = row.start_at;
    spec.radius_m = row.radius_m;
    spec.towed_by = row.towed_by;
    spec.cable_m = row.cable_m;
    spec.loop = row.loop;
    if (row.ais_silent_after_s > 0.0) spec.ais_silent_after_s = row.ais_silent_after_s;
  }

  void check(const VesselRow& row, const VesselSpec& spec, const toml::source_region& place) {
    const auto says = [&](std::string what) { reader_.problem(place, fmt::format("vessel '{}' {}", row.name, what)); };
    if (row.name.empty()) says("needs a name");
    if (!names_.insert(row.name).second) says("has the name of another");
    if (spec.ais != AisEquipment::none && row.mmsi == 0) says("needs an mmsi for its transponder");
    if (row.mmsi != 0 && !mmsis_.insert(row.mmsi).second) says("has the mmsi of another");
    if (spec.behaviour == Behaviour::route && spec.points.size() < 2) says("needs a route of two points or more");
    if (spec.behaviour == Behaviour::towed) {
      if (row.towed_by.empty()) says("needs towed_by, the name of its tug");
      towed_.emplace_back(row.towed_by, place);
    } else if (spec.points.empty()) {
      says("needs a place: at = [latitude, longitude]");
    }
  }

 public:
  // Across the vessels.
  void finish() {
    for (const auto& [tug, place] : towed_) {
      if (!names_.contains(tug)) reader_.problem(place, fmt::format("there is no vessel '{}' to be towed by", tug));
    }
  }

 private:
  const std::string& name_;
  std::vector<Problem>& problems_;
  TomlReader reader_;
  std::set<std::string> names_;
  std::set<std::int64_t> mmsis_;
  std::vector<std::pair<std::string, toml::source_region>> towed_;
};

}  // namespace

Expected<Scene, std::vector<Problem>> parse_scene(std::string_view text, const std::string& name) {
  std::vector<Problem> problems;
  Scene scene;
  SceneReader reader(name, problems);
  try {
    toml::table root = toml::parse(text, name);
    reader.read(root, scene);
    reader.finish();
    if (scene.radars.empty() && problems.empty()) problems.push_back({name, "a scene needs a [[radar]]"});
  } catch (const toml::parse_error& e) {
    TomlReader(name, problems).problem(e.source(), std::string(e.description()));
  } catch (const std::exception& e) {
    problems.push_back({name, e.what()});
  }
  if (!problems.empty()) return unexpected(std::move(problems));
  return scene;
}

Expected<Scene, std::vector<Problem>> load_scene(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  if (in) text << in.rdbuf();
  if (!in) return unexpected(std::vector<Problem>{{path, "cannot be read: check the name and the permissions"}});
  return parse_scene(text.str(), path);
}

Expected<scenario::RadarSettings, std::vector<Problem>> parse_radar_settings(std::string_view text,
                                                                             const std::string& name) {
  std::vector<Problem> problems;
  scenario::RadarSettings settings;
  TomlReader reader(name, problems);
  try {
    const toml::table root = toml::parse(text, name);
    reader.read(root, radar_settings_table(), settings);
    if (settings.video_max_db <= settings.video_min_db)
      problems.push_back({name, "video_max_db must be above video_min_db"});
  } catch (const toml::parse_error& e) {
    reader.problem(e.source(), std::string(e.description()));
  } catch (const std::exception& e) {
    problems.push_back({name, e.what()});
  }
  if (!problems.empty()) return unexpected(std::move(problems));
  return settings;
}

}  // namespace headland::config
