// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "core/rules/zone/zone.hpp"

namespace headland::rules {
namespace {

constexpr int rows = 720;  // of latitude
constexpr int columns = 1440;
constexpr double per_rad = 720.0 / std::numbers::pi;
constexpr double margin_rad = 1.01 * ZoneIndex::near_m / 6371008.8;
constexpr std::size_t most_cells = 20'000;  // a larger zone is looked at everywhere

int row_of(double latitude_rad) {
  return std::clamp(static_cast<int>((latitude_rad + 0.5 * std::numbers::pi) * per_rad), 0, rows - 1);
}
int column_of(double longitude_rad) {
  const int c = static_cast<int>(std::floor((longitude_rad + std::numbers::pi) * per_rad));
  return ((c % columns) + columns) % columns;
}

// The cells that a cap about the zone's middle touches; empty: too many.
std::vector<std::uint32_t> cells_of(const ZoneShape& shape) {
  const GeoPosition middle = position_of(shape.middle().up);
  const double reach = shape.radius_rad() + margin_rad;
  const double lat = middle.latitude.value(), lon = middle.longitude.value();
  const int first_row = row_of(lat - reach), last_row = row_of(lat + reach);
  int width = columns, first_column = 0;
  if (std::abs(lat) + reach < 0.5 * std::numbers::pi) {
    const double half = std::asin(std::min(1.0, std::sin(reach) / std::cos(lat)));
    first_column = column_of(lon - half);
    width = std::min(columns, static_cast<int>(2.0 * half * per_rad) + 2);
  }
  std::vector<std::uint32_t> out;
  if (static_cast<std::size_t>(last_row - first_row + 1) * static_cast<std::size_t>(width) > most_cells) return out;
  for (int r = first_row; r <= last_row; ++r) {
    for (int c = 0; c < width; ++c) {
      out.push_back(static_cast<std::uint32_t>(r * columns + (first_column + c) % columns));
    }
  }
  return out;
}

}  // namespace

ZoneIndex::ZoneIndex(const std::vector<ZoneShape>& shapes) {
  if (shapes.empty()) return;
  std::map<std::uint32_t, std::vector<std::uint32_t>> cells;
  std::vector<std::uint32_t> everywhere;
  for (std::uint32_t i = 0; i < shapes.size(); ++i) {
    const auto touched = cells_of(shapes[i]);
    if (touched.empty()) everywhere.push_back(i);
    for (const std::uint32_t cell : touched) cells[cell].push_back(i);
  }
  offsets_.assign(static_cast<std::size_t>(rows) * columns, 0);
  add(everywhere, shapes);
  for (auto& [cell, list] : cells) {
    offsets_[cell] = static_cast<std::uint32_t>(cells_.size());
    list.insert(list.end(), everywhere.begin(), everywhere.end());
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    add(std::move(list), shapes);
  }
}

void ZoneIndex::add(std::vector<std::uint32_t> list, const std::vector<ZoneShape>& shapes) {
  Cell& cell = cells_.emplace_back();
  cell.all = std::move(list);
  for (std::size_t kind = 0; kind < zone_kind_count; ++kind) {
    for (const std::uint32_t i : cell.all) {
      if (static_cast<std::size_t>(shapes[i].zone().kind) == kind) cell.by_kind.push_back(i);
    }
    cell.first_of_kind[kind + 1] = static_cast<std::uint32_t>(cell.by_kind.size());
  }
}

const ZoneIndex::Cell* ZoneIndex::cell_at(GeoPosition position) const {
  if (offsets_.empty()) return nullptr;
  const auto cell = static_cast<std::size_t>(row_of(position.latitude.value())) * columns +
                    static_cast<std::size_t>(column_of(position.longitude.value()));
  return &cells_[offsets_[cell]];
}

std::span<const std::uint32_t> ZoneIndex::near(GeoPosition position) const {
  const Cell* cell = cell_at(position);
  return cell == nullptr ? std::span<const std::uint32_t>() : cell->all;
}

std::span<const std::uint32_t> ZoneIndex::near(GeoPosition position, ZoneKind kind) const {
  const Cell* cell = cell_at(position);
  if (cell == nullptr) return {};
  const std::uint32_t first = cell->first_of_kind[static_cast<std::size_t>(kind)];
  const std::uint32_t last = cell->first_of_kind[static_cast<std::size_t>(kind) + 1];
  return std::span(cell->by_kind).subspan(first, last - first);
}

}  // namespace headland::rules
