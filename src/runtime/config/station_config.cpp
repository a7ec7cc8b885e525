// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/station_config.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "core/base/units.hpp"
#include "runtime/config/areas.hpp"
#include "runtime/config/fields.hpp"
#include "runtime/config/toml_reader.hpp"

namespace headland::config {
namespace {

template <class Visitor>
void for_each_single_section(StationConfig& c, Visitor visit) {
  visit(station_table(), c.station);
  visit(own_ship_table(), c.own_ship);
  visit(tracker_table(), c.tracker);
  visit(association_table(), c.association);
  visit(journal_table(), c.journal);
  visit(history_table(), c.history);
  visit(rules_table(), c.rules);
  visit(web_table(), c.web);
  visit(chart_table(), c.chart);
  visit(cat062_table(), c.cat062);
}

template <class Section>
void read_list(TomlReader& reader, const toml::node& node, const Table<Section>& spec, std::vector<Section>& list) {
  const auto* array = node.as_array();
  if (array == nullptr) {
    return reader.problem(node.source(),
                          fmt::format("write [[{0}]] with two brackets: there may be several", spec.name));
  }
  for (const auto& element : *array) {
    if (const auto* table = element.as_table()) {
      reader.read(*table, spec, list.emplace_back());
    } else {
      reader.problem(element.source(), fmt::format("each {} must be a table", spec.name));
    }
  }
}

void read_section(TomlReader& reader, std::string_view key, const toml::node& node, StationConfig& config) {
  if (key == radar_table().name) return read_list(reader, node, radar_table(), config.radars);
  if (key == detection_zone_table().name) {
    return read_list(reader, node, detection_zone_table(), config.detection_zones);
  }
  if (key == nmea_table().name) return read_list(reader, node, nmea_table(), config.nmea);
  if (key == remote_table().name) return read_list(reader, node, remote_table(), config.remotes);
  if (key == no_initiation_table().name) return read_list(reader, node, no_initiation_table(), config.no_initiation);
  if (key == nmea_output_table().name) return read_list(reader, node, nmea_output_table(), config.nmea_outputs);
  if (key == alert_output_table().name) return read_list(reader, node, alert_output_table(), config.alert_outputs);
  bool known = false;
  std::vector<std::string_view> names{detection_zone_table().name, radar_table().name,         nmea_table().name,
                                      remote_table().name,         no_initiation_table().name, nmea_output_table().name,
                                      alert_output_table().name};
  for_each_single_section(config, [&](const auto& spec, auto& section) {
    names.push_back(spec.name);
    if (spec.name != key) return;
    known = true;
    if (const auto* table = node.as_table()) {
      reader.read(*table, spec, section);
    } else {
      reader.problem(node.source(), fmt::format("[{}] must be a table", key));
    }
  });
  if (!known) reader.problem(node.source(), fmt::format("unknown section [{}]{}", key, nearest(key, names)));
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}
std::string as_toml(double v) { return fmt::format("{}", v); }
std::string as_toml(std::int64_t v) { return fmt::format("{}", v); }
std::string as_toml(bool v) { return v ? "true" : "false"; }
std::string as_toml(const std::string& v) { return quoted(v); }
std::string as_toml(const std::vector<double>& v) { return fmt::format("[{}]", fmt::join(v, ", ")); }

std::string as_toml(const std::vector<LatLon>& v) {
  std::string out = "[";
  for (const auto& p : v) {
    out += fmt::format("{}[{}, {}]", out.size() > 1 ? ", " : "", p.latitude_deg, p.longitude_deg);
  }
  return out + "]";
}

template <class Section>
std::string values_of(const Table<Section>& spec, const Section& section) {
  std::string out;
  for (const auto& field : spec.fields) {
    std::visit([&](auto member) { out += fmt::format("{} = {}\n", field.name, as_toml(section.*member)); },
               field.member);
  }
  return out;
}

// Keys that say something of Navico radars alone, and say it.
std::vector<std::string_view> navico_keys_in(const RadarSection& r) {
  const RadarSection defaults;
  std::vector<std::string_view> keys;
  if (r.report != defaults.report) keys.emplace_back("report");
  if (r.beacon != defaults.beacon) keys.emplace_back("beacon");
  if (r.serial != defaults.serial) keys.emplace_back("serial");
  if (r.channel != defaults.channel) keys.emplace_back("channel");
  return keys;
}

template <class Section>
std::string describe(const Table<Section>& spec, bool many) {
  const Section defaults;
  std::string out = fmt::format("\n## `{}{}{}`\n\n{}\n\n| key | default | allowed | meaning |\n|---|---|---|---|\n",
                                many ? "[[" : "[", spec.name, many ? "]]" : "]", spec.sentence);
  for (const auto& f : spec.fields) {
    std::string allowed;
    std::string value;
    std::visit(
        [&](auto member) {
          using Value = std::decay_t<decltype(defaults.*member)>;
          value = as_toml(defaults.*member);
          if constexpr (std::is_same_v<Value, bool>) {
            allowed = "true, false";
          } else if constexpr (std::is_same_v<Value, std::string>) {
            allowed = f.choices.empty() ? "text" : std::string(f.choices);
            for (auto at = allowed.find('|'); at != std::string::npos; at = allowed.find('|', at))
              allowed.replace(at, 1, ", ");
          } else if constexpr (std::is_same_v<Value, std::vector<LatLon>>) {
            allowed = "list of [latitude, longitude]";
          } else {
            allowed = fmt::format("{} to {}", f.min, f.max);
          }
        },
        f.member);
    out += fmt::format("| `{}` | `{}` | {} | {} |\n", f.name, value, allowed, f.sentence);
  }
  return out;
}

template <class Add>
void check_outputs(const StationConfig& config, Add add) {
  std::map<std::string, std::string> output_names;
  for (const auto& o : config.alert_outputs) {
    if (!output_names.emplace(o.name, o.url).second) add(fmt::format("two alert outputs are named '{}'", o.name));
    if (o.url.empty()) add(fmt::format("alert output '{}': give url", o.name));
    if (o.kind == "email" && (o.from.empty() || o.to.empty())) {
      add(fmt::format("alert output '{}': email needs from and to", o.name));
    }
  }
}

}  // namespace

// From the makers' data sheets, of the antenna most often met: HALO20 4.9, HALO24 3.9, 3G and 4G 5.2; xHD 24 inch 3.7;
// DRS4D-NXT 3.9; Quantum 4.9; 24 inch radomes of the RD series 3.9. Of what sends CAT240 nothing is known.
double RadarSection::pulse_length_m() const {
  constexpr double usual_m = 15.0;
  constexpr double longest_simple_pulse_ns = 1200.0;
  constexpr double metres_per_ns = 0.5 * speed_of_light_mps * 1e-9;
  if (range_resolution_m > 0.0) return range_resolution_m;
  return pulse_ns <= longest_simple_pulse_ns ? std::max(usual_m, pulse_ns * metres_per_ns) : usual_m;
}

double RadarSection::beam_width_or_default_deg() const {
  if (beam_width_deg > 0.0) return beam_width_deg;
  if (protocol == "navico" || protocol == "raymarine-quantum") return 4.9;
  if (protocol == "garmin-xhd") return 3.7;
  if (protocol == "furuno-drs" || protocol == "raymarine-rd") return 3.9;
  return 2.0;
}

std::string RadarSection::listen_or_default() const {
  if (!listen.empty()) return listen;
  if (protocol == "garmin-xhd") return "udp://239.254.2.0:50102";
  if (protocol == "furuno-drs") return "udp://239.255.0.2:10024";
  return "udp://0.0.0.0:8600";
}

std::string to_text(const std::vector<Problem>& problems) {
  std::string out;
  for (const auto& p : problems) out += fmt::format("{}: {}\n", p.where, p.what);
  return out;
}

Expected<StationConfig, std::vector<Problem>> parse_station(std::string_view text, std::string_view name) {
  std::vector<Problem> problems;
  TomlReader reader(name, problems);
  StationConfig config;
  try {
    const toml::table root = toml::parse(text, name);
    for (const auto& [key, node] : root) read_section(reader, key.str(), node, config);
  } catch (const toml::parse_error& e) {
    reader.problem(e.source(), std::string(e.description()));
  } catch (const std::exception& e) {  // out of memory on absurd nesting and the like
    problems.push_back({std::string(name), e.what()});
  }
  for (auto& radar : config.radars) {
    std::ranges::copy_if(config.detection_zones, std::back_inserter(radar.zones),
                         [&](const auto& z) { return z.radar.empty() || z.radar == radar.name; });
  }
  for (auto& problem : validate(config, name)) problems.push_back(std::move(problem));
  if (!problems.empty()) return unexpected(std::move(problems));
  return config;
}

Expected<StationConfig, std::vector<Problem>> load_station(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return unexpected(std::vector<Problem>{{path, "is a folder: name the file in it"}});
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  if (in) text << in.rdbuf();
  if (!in) return unexpected(std::vector<Problem>{{path, "cannot be read: check the name and the permissions"}});
  return parse_station(text.str(), path);
}

namespace {

// Values that no range alone can tell.
void check_values(const RadarSection& r, const std::function<void(std::string)>& add) {
  if ((r.latitude_deg <= 90.0) != (r.longitude_deg <= 180.0)) {
    add(fmt::format("radar '{}' has a latitude or a longitude alone: give both or neither", r.name));
  }
  if ((r.latitude_deg > 90.0 && r.latitude_deg < 999.0) || (r.longitude_deg > 180.0 && r.longitude_deg < 999.0)) {
    add(fmt::format("radar '{}': latitude_deg must be from -90 to 90 and longitude_deg from -180 to 180", r.name));
  }
  if (r.clutter_shape > 0.0 && r.clutter_shape < 0.1) {
    add(fmt::format("radar '{}': clutter_shape {} is less than 0.1: no sea is so spiky", r.name, r.clutter_shape));
  }
  if (r.blind_sectors_deg.size() % 2 != 0) {
    add(fmt::format("radar '{}': blind_sectors_deg needs pairs of bearings", r.name));
  }
}

}  // namespace

std::vector<Problem> validate(const StationConfig& config, std::string_view name) {
  std::vector<Problem> problems;
  const auto add = [&](std::string what) { problems.push_back({std::string(name), std::move(what)}); };
  std::map<std::string, std::string> radar_names;
  std::map<std::string, std::string> listening;
  for (const auto& r : config.radars) {
    check_values(r, add);
    if (!radar_names.emplace(r.name, r.listen).second) add(fmt::format("two radars are named '{}'", r.name));
    if (r.protocol != "navico") {
      for (const auto& key : navico_keys_in(r)) {
        add(fmt::format("radar '{}': {} is for protocol = \"navico\", this one is {}", r.name, key, r.protocol));
      }
    }
    if (r.must_be_told_where()) {
      add(
          fmt::format("radar '{}': {} radars send to a group of their own each: give listen = \"udp://GROUP:PORT\"; "
                      "`headland decode` of a capture names both",
                      r.name, r.protocol));
    }
    const auto where = r.is_found_by_beacon() ? fmt::format("the beacon of serial '{}' channel {}", r.serial, r.channel)
                                              : r.listen_or_default();
    if (const auto [other, is_new] = listening.emplace(where, r.name); !is_new) {
      add(fmt::format("radars '{}' and '{}' both listen on {}{}", other->second, r.name, where,
                      r.is_found_by_beacon() ? ": tell them apart by serial or channel" : ""));
    }
  }
  for (const auto& n : config.nmea) {
    if (!listening.emplace(n.listen, n.name).second) {
      add(fmt::format("'{}' and '{}' both listen on {}", listening[n.listen], n.name, n.listen));
    }
  }
  for (const auto& r : config.remotes) {
    if (!r.listen.empty() && !listening.emplace(r.listen, r.name).second) {
      add(fmt::format("'{}' and '{}' both listen on {}", listening[r.listen], r.name, r.listen));
    }
    if ((r.latitude_deg <= 90.0) != (r.longitude_deg <= 180.0)) {
      add(fmt::format("remote '{}' has a latitude or a longitude alone: give both or neither", r.name));
    }
    if ((r.sac < 0) != (r.sic < 0)) add(fmt::format("remote '{}': give both sac and sic, or neither", r.name));
  }
  for (auto& fault : faults_of_areas(config)) add(std::move(fault));
  check_outputs(config, add);
  return problems;
}

std::string to_toml(const StationConfig& config) {
  std::string out;
  StationConfig copy = config;
  for_each_single_section(copy, [&](const auto& spec, const auto& section) {
    out += fmt::format("[{}]\n{}\n", spec.name, values_of(spec, section));
  });
  for (const auto& r : config.radars) out += fmt::format("[[radar]]\n{}\n", values_of(radar_table(), r));
  for (const auto& z : config.detection_zones) {
    out += fmt::format("[[detection_zone]]\n{}\n", values_of(detection_zone_table(), z));
  }
  for (const auto& n : config.nmea) out += fmt::format("[[nmea]]\n{}\n", values_of(nmea_table(), n));
  for (const auto& r : config.remotes) out += fmt::format("[[remote]]\n{}\n", values_of(remote_table(), r));
  for (const auto& a : config.no_initiation) {
    out += fmt::format("[[no_initiation]]\n{}\n", values_of(no_initiation_table(), a));
  }
  for (const auto& o : config.nmea_outputs) {
    out += fmt::format("[[nmea_output]]\n{}\n", values_of(nmea_output_table(), o));
  }
  for (const auto& o : config.alert_outputs) {
    out += fmt::format("[[alert_output]]\n{}\n", values_of(alert_output_table(), o));
  }
  return out;
}

std::string reference_markdown() {
  std::string out =
      "# Configuration reference\n\nOne TOML file; every key may be left out. `headland config check FILE` finds "
      "every\n"
      "mistake at once, `headland config show FILE` prints all values in force. Units are the last part of a name.\n";
  out += describe(radar_table(), true);
  out += describe(detection_zone_table(), true);
  out += describe(nmea_table(), true);
  out += describe(remote_table(), true);
  out += describe(no_initiation_table(), true);
  out += describe(nmea_output_table(), true);
  out += describe(alert_output_table(), true);
  StationConfig defaults;
  for_each_single_section(defaults, [&](const auto& spec, const auto&) { out += describe(spec, false); });
  return out;
}

}  // namespace headland::config
