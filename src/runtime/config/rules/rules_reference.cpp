// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/rules/ship_class.hpp"
#include "core/rules/zone/zone.hpp"
#include "runtime/config/rules/rules_fields.hpp"
#include "runtime/config/rules/rules_pages.hpp"

namespace headland::config {
namespace {

template <class Section>
std::string default_of(const Field<Section>& field, const Section& section) {
  return std::visit(
      [&](auto member) -> std::string {
        const auto& value = section.*member;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::string>) {
          return value.empty() ? "—" : "`\"" + value + "\"`";
        } else if constexpr (std::is_same_v<Value, std::vector<double>> || std::is_same_v<Value, std::vector<LatLon>>) {
          return "—";
        } else {
          return fmt::format("`{}`", value);
        }
      },
      field.member);
}

template <class Section>
void write_table(const Table<Section>& table, std::string& out) {
  if (table.fields.empty()) return;
  const Section defaults{};
  out += "\n| key | default | what it is |\n|---|---|---|\n";
  for (const auto& field : table.fields) {
    std::string allowed(field.choices);
    for (char& c : allowed) c = c == '|' ? ' ' : c;
    const bool is_number = std::holds_alternative<double Section::*>(field.member) ||
                           std::holds_alternative<std::int64_t Section::*>(field.member);
    const std::string range = is_number         ? fmt::format(" {} to {}.", field.min, field.max)
                              : allowed.empty() ? std::string()
                                                : fmt::format(" One of: {}.", allowed);
    out += fmt::format("| `{}` | {} | {}{} |\n", field.name, default_of(field, defaults), field.sentence, range);
  }
}

template <std::size_t I = 0>
void write_kinds(std::string& out) {
  if constexpr (I < std::variant_size_v<rules::RuleKind>) {
    const auto& table = kind_table<std::variant_alternative_t<I, rules::RuleKind>>();
    out += fmt::format("\n### {}\n\n{}\n", rule_kind_names[I], table.sentence);
    write_table(table, out);
    write_kinds<I + 1>(out);
  }
}

template <std::size_t I = 0>
std::pair<std::string, std::string> kind_of(std::size_t kind) {
  if constexpr (I < std::variant_size_v<rules::RuleKind>) {
    if (kind != I) return kind_of<I + 1>(kind);
    const auto& table = kind_table<std::variant_alternative_t<I, rules::RuleKind>>();
    std::string keys;
    write_table(table, keys);
    return {std::string(table.sentence), keys};
  } else {
    return {};
  }
}

}  // namespace

std::string keys_of_kind(std::size_t kind) { return kind_of(kind).second; }
std::string sentence_of_kind(std::size_t kind) { return kind_of(kind).first; }

std::string rules_reference_markdown() {
  std::string out =
      "# Rules files\n\n"
      "A rules file is TOML: zones, and rules that watch. `headland rules check FILE` says every mistake with its "
      "place; `headland rules test FILE --on RECORDING` tells what the rules would have raised. What each rule sees "
      "and "
      "what it cannot: [concepts/rules.md](../concepts/rules.md). This page is printed by `headland rules "
      "reference`.\n\n"
      "## `[[zone]]`\n\nA place with a meaning. Beside the keys below: `points = [[latitude, longitude], ...]`, "
      "`months = [4, 5]`, `hours_utc = [22, 6]` (when it holds), `only = [\"cargo\"]` or `not = [\"fishing\"]` (for "
      "whom), `neighbours = [\"name\"]` (limits: zones at whose median lines it ends). A zone of kind `chart` takes "
      "the "
      "objects of an electronic chart, each with its own kind: `headland rules zones CELL.000 --out enc.geojson`; "
      "rules name "
      "them by class, as `ENC RESARE`.\n";
  write_table(zone_table(), out);
  out +=
      "\n## `[[rule]]`\n\nBeside the keys below and those of its kind: `zones = [\"name\"]` (only there), "
      "`outside = [\"name\"]` (not there), `unless = [\"name of a rule\"]` (not of a vessel of which that rule tells, "
      "or "
      "told in the last quarter of an hour: one situation is one alert), `only` and `not` (classes of vessels), `mmsi "
      "= [...]` and `names = [...]` "
      "(only these).\n";
  write_table(rule_table(), out);
  out += "\nClasses of vessels:";
  for (std::size_t i = 0; i < rules::ship_class_count; ++i) {
    out += fmt::format("{} `{}`", i == 0 ? "" : ",", name_of(static_cast<rules::ShipClass>(i)));
  }
  out += ".\n\n## Kinds of rules\n";
  write_kinds(out);
  return out;
}

}  // namespace headland::config
