// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/rules/rules_file.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "runtime/config/rules/chart_objects.hpp"
#include "runtime/config/rules/rules_fields.hpp"
#include "runtime/config/rules/rules_values.hpp"
#include "runtime/config/toml_reader.hpp"

namespace headland::config {
namespace {

using rules::Rule;
using rules::RuleSet;
using rules::Zone;
using rules::ZoneKind;

constexpr std::size_t most_zones = 5000;
constexpr std::size_t most_rules = 500;

class RulesReader {
 public:
  RulesReader(const std::string& name, std::vector<Problem>& problems, GeoJsonFiles& files)
      : name_(name), problems_(problems), reader_(name, problems), files_(files) {}

  void read(toml::table& root, const rules::DrawnZones& drawn, RuleSet& set) {
    for (auto&& [key, node] : root) {
      if (key != "zone" && key != "rule") {
        reader_.problem(key.source(), fmt::format("there is no [{}] in a rules file{}", key.str(),
                                                  nearest(key.str(), {"zone", "rule"})));
      }
    }
    each(root, "zone", most_zones, [&](toml::table& table) { read_zone(table, set); });
    add_neighbours(set);
    const ZoneId first_drawn(static_cast<std::uint32_t>(set.zones.size() + 1));
    add_drawn(drawn, set);
    each(root, "rule", most_rules, [&](toml::table& table) { read_rule(table, set); });
    take_unless(set);
    check_sequences(set);
    for (Rule& rule :
         rules::watch_rules(drawn, first_drawn, RuleId(static_cast<std::uint32_t>(set.rules.size() + 1)))) {
      if (names_.contains(rule.name)) {
        problems_.push_back({name_, fmt::format("rule '{}' has the name of one for drawn zones", rule.name)});
      }
      set.rules.push_back(std::move(rule));
    }
  }

 private:
  template <class Read>
  void each(toml::table& root, std::string_view key, std::size_t most, Read read) {
    auto* node = root.get(key);
    if (node == nullptr) return;
    auto* list = node->as_array();
    if (list == nullptr) return reader_.problem(node->source(), fmt::format("write [[{}]], one for each", key));
    if (list->size() > most) return reader_.problem(node->source(), fmt::format("more than {} [[{}]]", most, key));
    for (auto& element : *list) {
      auto* table = element.as_table();
      if (table == nullptr) {
        reader_.problem(element.source(), fmt::format("write [[{}]], one for each", key));
      } else {
        read(*table);
      }
    }
  }

  // A list of texts (or of numbers), taken out of the table: field tables know single values only.
  template <class Value>
  std::vector<std::pair<Value, toml::source_region>> take_list(toml::table& table, std::string_view key,
                                                               std::string_view what) {
    std::vector<std::pair<Value, toml::source_region>> out;
    auto* node = table.get(key);
    if (node == nullptr) return out;
    if (const auto* list = node->as_array(); list == nullptr) {
      reader_.problem(node->source(), fmt::format("{} must be a list of {}", key, what));
    } else {
      for (const auto& element : *list) {
        const auto value = element.value_exact<Value>();
        if (value) {
          out.emplace_back(*value, element.source());
        } else {
          reader_.problem(element.source(), fmt::format("{} must be a list of {}", key, what));
        }
      }
    }
    table.erase(key);
    return out;
  }

  rules::ShipClasses take_classes(toml::table& table) {
    const auto only = take_list<std::string>(table, "only", "classes of vessels in quotes");
    const auto without = take_list<std::string>(table, "not", "classes of vessels in quotes");
    rules::ShipClasses classes = only.empty() ? rules::all_classes : 0;
    for (const auto& [name, at] : only) classes |= class_bit(name, at);
    for (const auto& [name, at] : without) classes &= ~class_bit(name, at);
    return classes;
  }
  rules::ShipClasses class_bit(const std::string& name, const toml::source_region& at) {
    if (const auto c = rules::ship_class_named(name)) return rules::bit_of(*c);
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < rules::ship_class_count; ++i)
      known.push_back(name_of(static_cast<rules::ShipClass>(i)));
    reader_.problem(at, fmt::format("there is no class of vessels '{}'{}", name, nearest(name, known)));
    return 0;
  }

  std::vector<ZoneId> take_zones(toml::table& table, std::string_view key) {
    std::vector<ZoneId> out;
    for (const auto& [name, at] : take_list<std::string>(table, key, "names of zones in quotes")) {
      const auto known = zones_.find(name);
      if (known == zones_.end()) {
        std::vector<std::string_view> names;
        for (const auto& [zone, ids] : zones_) names.push_back(zone);
        reader_.problem(at, fmt::format("there is no zone '{}'{}", name, nearest(name, names)));
        continue;
      }
      out.insert(out.end(), known->second.begin(), known->second.end());
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  // [[latitude, longitude], ...]
  std::vector<GeoPosition> take_points(toml::table& table) {
    std::vector<GeoPosition> points;
    auto* node = table.get("points");
    if (node == nullptr) return points;
    const auto* list = node->as_array();
    if (list == nullptr) reader_.problem(node->source(), "points must be a list of [latitude, longitude]");
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const auto* pair = (*list)[i].as_array();
      const auto lat = pair != nullptr && pair->size() == 2 ? pair->get(0)->value<double>() : std::nullopt;
      const auto lon = pair != nullptr && pair->size() == 2 ? pair->get(1)->value<double>() : std::nullopt;
      if (!lat || !lon || !(std::abs(*lat) <= 90.0) || !(std::abs(*lon) <= 180.0)) {
        reader_.problem((*list)[i].source(), "a point is [latitude, longitude] in degrees, north and east positive");
        continue;
      }
      points.push_back(GeoPosition::from_degrees(*lat, *lon));
    }
    table.erase("points");
    return points;
  }

  void read_zone(toml::table& table, RuleSet& set) {
    const auto place = table.source();
    Zone zone;
    zone.classes = take_classes(table);
    if (const auto months = take_list<std::int64_t>(table, "months", "numbers from 1 to 12"); !months.empty()) {
      zone.validity.months = 0;
      for (const auto& [month, at] : months) {
        if (month < 1 || month > 12) reader_.problem(at, "months must be a list of numbers from 1 to 12");
        if (month >= 1 && month <= 12) {
          zone.validity.months =
              static_cast<std::uint16_t>(zone.validity.months | 1U << static_cast<unsigned>(month - 1));
        }
      }
    }
    if (const auto hours = take_list<std::int64_t>(table, "hours_utc", "two hours, from and until"); !hours.empty()) {
      if (hours.size() != 2 || hours[0].first < 0 || hours[0].first > 24 || hours[1].first < 0 || hours[1].first > 24) {
        reader_.problem(place, "hours_utc must be two hours from 0 to 24, from and until");
      } else {
        zone.validity.from_hour_utc = static_cast<double>(hours[0].first);
        zone.validity.until_hour_utc = static_cast<double>(hours[1].first);
      }
    }
    auto points = take_points(table);
    const auto neighbours = take_list<std::string>(table, "neighbours", "names of zones in quotes");
    ZoneRow row;
    reader_.read(table, zone_table(), row);
    zone.name = row.name;
    zone.kind = rules::zone_kind_named(row.kind).value_or(ZoneKind::area);
    zone.width_m = zone.kind == ZoneKind::lane || zone.kind == ZoneKind::area ? row.width_m : 0.0;
    zone.radius_m = row.radius_m;
    zone.depth_m = row.depth_m;
    zone.limit_m = from_nautical_miles(row.limit_nmi).value();
    zone.beyond_m = from_nautical_miles(row.beyond_nmi).value();
    zone.claimant = row.claimant;
    for (const auto& [name, at] : neighbours) neighbours_.push_back({row.name, name, at});
    if (row.direction_deg >= 0.0) zone.direction_deg = row.direction_deg;
    take_instant(row.from, "from", place, zone.validity.from);
    take_instant(row.until, "until", place, zone.validity.until);
    if (row.name.empty()) reader_.problem(place, "a zone needs a name");
    if (!row.name.empty() && zones_.contains(row.name)) {
      reader_.problem(place, fmt::format("there are two zones '{}'", row.name));
    }
    if (!points.empty()) zone.parts.push_back(std::move(points));
    if (row.geojson.empty()) return add(std::move(zone), row.name, place, set);
    read_geojson(row, zone, place, set);
  }

  void add_drawn(const rules::DrawnZones& drawn, RuleSet& set) {
    for (const auto& each : drawn.zones) {
      if (zones_.contains(each.zone.name)) {
        problems_.push_back({name_, fmt::format("zone '{}' is also drawn on the page: rename one", each.zone.name)});
      }
      Zone zone = each.zone;
      zone.id = ZoneId(static_cast<std::uint32_t>(set.zones.size() + 1));
      zones_[zone.name].push_back(zone.id);
      set.zones.push_back(std::move(zone));
    }
  }

  // Median lines: known when all baselines are.
  void add_neighbours(RuleSet& set) {
    for (const auto& [whose, name, at] : neighbours_) {
      const auto own = zones_.find(whose), other = zones_.find(name);
      if (other == zones_.end()) {
        reader_.problem(at, fmt::format("neighbours: there is no zone '{}'", name));
        continue;
      }
      for (const ZoneId to : own->second) {
        for (const ZoneId from : other->second) {
          const auto& parts = set.zones[from.value() - 1].parts;
          auto& into = set.zones[to.value() - 1].neighbours;
          into.insert(into.end(), parts.begin(), parts.end());
        }
      }
    }
  }

  void take_instant(const std::string& text, std::string_view key, const toml::source_region& at,
                    std::optional<Timestamp>& out) {
    if (text.empty()) return;
    out = parse_instant(text);
    if (!out) reader_.problem(at, fmt::format("{} must be like 2026-03-01T06:00:00Z, from 1970 to 2200", key));
  }

  void read_geojson(const ZoneRow& row, const Zone& like, const toml::source_region& place, RuleSet& set) {
    auto features = files_.load(name_, row.geojson);
    if (!features) return reader_.problem(place, fmt::format("geojson '{}': {}", row.geojson, features.error().detail));
    if (set.zones.size() + features->size() > most_zones) {
      return reader_.problem(place, fmt::format("geojson '{}': more than {} zones in all", row.geojson, most_zones));
    }
    std::size_t number = 0;
    for (GeoFeature& feature : *features) {
      ++number;
      Zone zone = like;
      if (row.kind == "chart" && !take_chart_object(feature, zone)) continue;  // of no meaning for rules
      zone.parts = std::move(feature.parts);
      if (features->size() > 1 || row.kind == "chart") {
        zone.name += " " + (feature.name.empty() ? std::to_string(number) : feature.name);
      }
      if (row.kind == "chart") {  // names of charts repeat; rules may also name a class: "ENC RESARE"
        zones_[row.name + " " + feature.name.substr(0, feature.name.find(' '))].push_back(
            ZoneId(static_cast<std::uint32_t>(set.zones.size() + 1)));
        zone.name += fmt::format(" {}", number);
      }
      add(std::move(zone), row.name, place, set);
    }
  }

  void add(Zone zone, const std::string& group, const toml::source_region& place, RuleSet& set) {
    for (const auto& fault : faults_of(zone)) reader_.problem(place, fmt::format("zone '{}' {}", zone.name, fault));
    zone.id = ZoneId(static_cast<std::uint32_t>(set.zones.size() + 1));
    zones_[group].push_back(zone.id);
    if (zone.name != group) zones_[zone.name].push_back(zone.id);
    set.zones.push_back(std::move(zone));
  }

  void read_rule(toml::table& table, RuleSet& set) {
    const auto place = table.source();
    Rule rule;
    rule.zones = take_zones(table, "zones");
    rule.outside = take_zones(table, "outside");
    for (auto& [other, at] : take_list<std::string>(table, "unless", "names of rules in quotes")) {
      unless_.emplace_back(set.rules.size(), std::move(other), at);
    }
    rule.filter.classes = take_classes(table);
    for (const auto& [mmsi, at] : take_list<std::int64_t>(table, "mmsi", "numbers")) {
      if (mmsi < 1 || mmsi > 999'999'999) reader_.problem(at, "an MMSI has at most nine digits");
      rule.filter.mmsis.push_back(static_cast<std::uint32_t>(std::clamp<std::int64_t>(mmsi, 0, 999'999'999)));
    }
    for (auto& [name, at] : take_list<std::string>(table, "names", "names in quotes")) {
      rule.filter.names.push_back(name);
    }
    RuleRow row;
    const auto kind_name = table["kind"].value<std::string>();
    const auto kind = std::ranges::find(rule_kind_names, kind_name.value_or(""));
    if (kind == rule_kind_names.end()) {
      reader_.problem(place, kind_name
                                 ? fmt::format("there is no kind of rule '{}'{}", *kind_name,
                                               nearest(*kind_name, {rule_kind_names.begin(), rule_kind_names.end()}))
                                 : "a rule needs its kind, in quotes");
      return;
    }
    make_kind(static_cast<std::size_t>(kind - rule_kind_names.begin()), rule.kind);
    std::visit([&](auto& k) { reader_.read(table, rule_table(), row, kind_table<std::decay_t<decltype(k)>>(), k); },
               rule.kind);
    fill(row, rule);
    check(rule, place);
    rule.id = RuleId(static_cast<std::uint32_t>(set.rules.size() + 1));
    places_.push_back(place);
    set.rules.push_back(std::move(rule));
  }

  void check(const Rule& rule, const toml::source_region& place) {
    const auto says = [&](std::string_view what) {
      reader_.problem(place, fmt::format("rule '{}' {}", rule.name, what));
    };
    if (rule.name.empty()) reader_.problem(place, "a rule needs a name");
    if (!names_.insert(rule.name).second) says("has the name of another");
    for (const auto& fault : faults_of(rule)) says(fault);
  }

  void take_unless(RuleSet& set) {
    for (const auto& [index, name, at] : unless_) {
      if (index >= set.rules.size()) continue;  // that one has a mistake already
      Rule& rule = set.rules[index];
      const auto other = std::ranges::find(set.rules, name, &Rule::name);
      if (other != set.rules.end() && std::holds_alternative<rules::SequenceRule>(other->kind)) {
        reader_.problem(at, fmt::format("rule '{}': '{}' is a sequence, judged after all others", rule.name, name));
      } else if (other != set.rules.end() && other->id != rule.id) {
        rule.unless.push_back(other->id);
      } else {
        no_other(at, rule, name);
      }
    }
  }

  void no_other(const toml::source_region& at, const Rule& rule, const std::string& name) {
    reader_.problem(at, fmt::format("rule '{}': there is no other rule '{}'{}", rule.name, name,
                                    nearest(name, {names_.begin(), names_.end()})));
  }

  void check_sequences(const RuleSet& set) {
    for (std::size_t i = 0; i < set.rules.size(); ++i) {
      const auto* kind = std::get_if<rules::SequenceRule>(&set.rules[i].kind);
      if (kind == nullptr) continue;
      for (const std::string* name : {&kind->first, &kind->then}) {
        if (names_.contains(*name) && *name != set.rules[i].name) continue;
        no_other(places_[i], set.rules[i], *name);
      }
    }
  }

  const std::string& name_;
  std::vector<Problem>& problems_;
  TomlReader reader_;
  GeoJsonFiles& files_;
  std::map<std::string, std::vector<ZoneId>> zones_;
  std::set<std::string> names_;  // of rules
  std::vector<toml::source_region> places_;
  struct Neighbour {
    std::string whose, name;
    toml::source_region at;
  };
  std::vector<Neighbour> neighbours_;
  std::vector<std::tuple<std::size_t, std::string, toml::source_region>> unless_;  // index of a rule, and another
};

}  // namespace

Expected<RuleSet, std::vector<Problem>> parse_rules(std::string_view text, const std::string& name,
                                                    const rules::DrawnZones& drawn, GeoJsonFiles* files) {
  std::vector<Problem> problems;
  RuleSet set;
  GeoJsonFiles afresh;
  RulesReader reader(name, problems, files != nullptr ? *files : afresh);
  try {
    toml::table root = toml::parse(text, name);
    reader.read(root, drawn, set);
    if (set.rules.empty() && problems.empty()) problems.push_back({name, "there is no [[rule]] in it"});
  } catch (const toml::parse_error& e) {
    TomlReader(name, problems).problem(e.source(), std::string(e.description()));
  } catch (const std::exception& e) {
    problems.push_back({name, e.what()});
  }
  if (!problems.empty()) return unexpected(std::move(problems));
  return set;
}

Expected<std::string, std::vector<Problem>> text_of_rules(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  if (in) text << in.rdbuf();
  if (!in) return unexpected(std::vector<Problem>{{path, "cannot be read: check the name and the permissions"}});
  return text.str();
}

Expected<RuleSet, std::vector<Problem>> load_rules(const std::string& path, const rules::DrawnZones& drawn) {
  const auto text = text_of_rules(path);
  if (!text) return unexpected(text.error());
  return parse_rules(*text, path, drawn);
}

}  // namespace headland::config
