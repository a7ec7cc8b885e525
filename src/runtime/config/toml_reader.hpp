// SPDX-License-Identifier: Apache-2.0
// Reads one TOML table into one section by its field table, collecting every problem with its place.
// Only for the .cpp files of this module: it brings toml++ along.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "runtime/config/fields.hpp"
#include "runtime/config/nearest.hpp"

namespace headland::config {

class TomlReader {
 public:
  TomlReader(std::string_view name, std::vector<Problem>& problems) : name_(name), problems_(problems) {}

  // In order of place in this file, whatever the order of reading (that of a table is by name).
  void problem(const toml::source_region& at, std::string what) {
    const std::uint32_t line = at.begin.line;
    const std::uint32_t column = at.begin.column;
    const std::string file = fmt::format("{}:", name_);
    const auto is_later = [&](const Problem& p) {
      return p.where.starts_with(file) && std::pair(p.line, p.column) > std::pair(line, column);
    };
    problems_.insert(std::ranges::find_if(problems_, is_later),
                     {fmt::format("{}{}:{}", file, line, column), std::move(what), line, column});
  }

  // Fills `section` from `table`; unknown keys are problems that name the nearest known key.
  template <class Section>
  void read(const toml::table& table, const Table<Section>& spec, Section& section) {
    for (const auto& [key, node] : table) {
      const auto field = std::ranges::find(spec.fields, key.str(), &Field<Section>::name);
      if (field == spec.fields.end()) {
        std::vector<std::string_view> known;
        for (const auto& f : spec.fields) known.push_back(f.name);
        problem(key.source(), fmt::format("[{}] has no '{}'{}", spec.name, key.str(), nearest(key.str(), known)));
        continue;
      }
      std::visit([&](auto member) { read_value(node, *field, section.*member); }, field->member);
    }
  }
  // The same where a table holds the settings of two sections: what all have, and what this kind has. A key that both
  // have is this kind's.
  template <class Common, class Own>
  void read(const toml::table& table, const Table<Common>& common_spec, Common& common, const Table<Own>& own_spec,
            Own& own) {
    for (const auto& [key, node] : table) {
      if (take(key.str(), node, own_spec, own) || take(key.str(), node, common_spec, common)) continue;
      std::vector<std::string_view> known;
      for (const auto& f : common_spec.fields) known.push_back(f.name);
      for (const auto& f : own_spec.fields) known.push_back(f.name);
      problem(key.source(), fmt::format("{} has no '{}'{}", own_spec.name, key.str(), nearest(key.str(), known)));
    }
  }

 private:
  template <class Section>
  bool take(std::string_view key, const toml::node& node, const Table<Section>& spec, Section& section) {
    const auto field = std::ranges::find(spec.fields, key, &Field<Section>::name);
    if (field == spec.fields.end()) return false;
    std::visit([&](auto member) { read_value(node, *field, section.*member); }, field->member);
    return true;
  }
  template <class F>
  void read_value(const toml::node& node, const F& field, double& target) {
    const auto value = node.is_number() ? node.value<double>() : std::optional<double>{};
    if (!value || !(*value >= field.min && *value <= field.max)) {
      return problem(node.source(), fmt::format("{} must be a number from {} to {}", field.name, field.min, field.max));
    }
    target = *value;
  }
  template <class F>
  void read_value(const toml::node& node, const F& field, std::int64_t& target) {
    const auto value = node.is_integer() ? node.value<std::int64_t>() : std::optional<std::int64_t>{};
    if (!value || static_cast<double>(*value) < field.min || static_cast<double>(*value) > field.max) {
      return problem(node.source(),
                     fmt::format("{} must be a whole number from {} to {}", field.name, field.min, field.max));
    }
    target = *value;
  }
  template <class F>
  void read_value(const toml::node& node, const F& field, bool& target) {
    if (!node.is_boolean()) return problem(node.source(), fmt::format("{} must be true or false", field.name));
    target = *node.value<bool>();
  }
  template <class F>
  void read_value(const toml::node& node, const F& field, std::string& target) {
    const auto value = node.is_string() ? node.value<std::string>() : std::optional<std::string>{};
    if (!value) return problem(node.source(), fmt::format("{} must be a text in quotes", field.name));
    if (!field.choices.empty() && !is_choice(field.choices, *value)) {
      std::string allowed(field.choices);
      for (auto at = allowed.find('|'); at != std::string::npos; at = allowed.find('|', at))
        allowed.replace(at, 1, ", ");
      return problem(node.source(), fmt::format("{} is '{}', but must be one of: {}", field.name, *value, allowed));
    }
    if (field.fault_of != nullptr) {
      if (const auto fault = field.fault_of(*value); !fault.empty()) {
        return problem(node.source(), fmt::format("{}: {}", field.name, fault));
      }
    }
    target = *value;
  }
  template <class F>
  void read_value(const toml::node& node, const F& field, std::vector<double>& target) {
    const auto* array = node.as_array();
    if (array == nullptr) return problem(node.source(), fmt::format("{} must be a list of numbers", field.name));
    for (const auto& element : *array) {
      double value = 0.0;
      read_value(element, field, value);
      target.push_back(value);
    }
  }
  template <class F>
  void read_value(const toml::node& node, const F& field, std::vector<LatLon>& target) {
    const auto* array = node.as_array();
    if (array == nullptr) {
      return problem(node.source(), fmt::format("{} must be a list of [latitude, longitude]", field.name));
    }
    for (const auto& element : *array) {
      const auto* pair = element.as_array();
      const auto lat = pair != nullptr && pair->size() == 2 ? pair->get(0)->value<double>() : std::nullopt;
      const auto lon = pair != nullptr && pair->size() == 2 ? pair->get(1)->value<double>() : std::nullopt;
      if (lat && lon && *lat >= -90.0 && *lat <= 90.0 && *lon >= -180.0 && *lon <= 180.0) {
        target.push_back({*lat, *lon});
      } else {
        problem(element.source(),
                fmt::format("{} must be [latitude, longitude] each: degrees from -90 to 90 and from -180 to 180",
                            field.name));
      }
    }
  }
  static bool is_choice(std::string_view choices, std::string_view value);

  std::string_view name_;
  std::vector<Problem>& problems_;
};

}  // namespace headland::config
