// SPDX-License-Identifier: Apache-2.0
#include "codec/csv/plot_csv.hpp"

#include <algorithm>
#include <cmath>

#include "core/geo/position.hpp"

namespace headland::csv {
namespace {

constexpr Metres least_range_of_north{1000.0};
constexpr double least_convergence = 0.01 * radians_per_degree;  // less is rounding
constexpr double most_convergence = 5.0 * radians_per_degree;    // of stations that hear the same sea
constexpr double most_north_spread = 0.05 * radians_per_degree;  // of half the plots of a scan

}  // namespace

const std::array<std::string_view, PlotCsvReader::column_count> PlotCsvReader::names{"time_s",
                                                                                     "scan_id",
                                                                                     "range_m",
                                                                                     "azimuth_deg",
                                                                                     "east_m",
                                                                                     "north_m",
                                                                                     "sensor",
                                                                                     "sensor_east_m",
                                                                                     "sensor_north_m",
                                                                                     "strength_db",
                                                                                     "cells",
                                                                                     "range_deviation_m",
                                                                                     "azimuth_deviation_deg",
                                                                                     "cause",
                                                                                     "cause_odds",
                                                                                     "echo_length_m",
                                                                                     "echo_width_m",
                                                                                     "echo_orientation_deg",
                                                                                     "echo_fill",
                                                                                     "echo_width_deg"};

tl::unexpected<CsvFault> PlotCsvReader::fault(CsvFaultKind kind, Column column) const {
  return unexpected(CsvFault{kind, counters_.lines, column == column_count ? std::string_view() : names[column]});
}

std::string_view PlotCsvReader::text(Column column) const {
  const int place = place_[column];
  return place < 0 || static_cast<std::size_t>(place) >= fields_.size() ? std::string_view()
                                                                        : fields_[static_cast<std::size_t>(place)];
}

Expected<double, CsvFault> PlotCsvReader::value(Column column) const {
  if (!has(column)) return fault(CsvFaultKind::missing_value, column);
  const auto parsed = number(text(column));
  if (!parsed) return fault(CsvFaultKind::not_a_number, column);
  if (std::abs(*parsed) > 1e9) return fault(CsvFaultKind::out_of_range, column);
  return *parsed;
}

Expected<double, CsvFault> PlotCsvReader::value_or(Column column, double otherwise) const {
  if (!has(column)) return otherwise;
  return value(column);
}

Expected<void, CsvFault> PlotCsvReader::line(std::string_view text, std::vector<PlotSector>& out) {
  ++counters_.lines;
  if (counters_.lines == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // byte order mark
  split(text, fields_);
  if (fields_.size() == 1 && fields_[0].empty()) return {};
  auto result = header_seen_ ? row(out) : header();
  if (!result) ++counters_.rejected;
  return result;
}

Expected<void, CsvFault> PlotCsvReader::header() {
  place_.fill(-1);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto name = std::find(names.begin(), names.end(), fields_[i]);
    if (name != names.end()) place_[static_cast<std::size_t>(name - names.begin())] = static_cast<int>(i);
  }
  const auto there = [&](Column c) { return place_[c] >= 0; };
  for (const Column c : {time_s, scan_id}) {
    if (!there(c)) return fault(CsvFaultKind::missing_column, c);
  }
  if (!there(range_m) && !there(east_m)) return fault(CsvFaultKind::missing_column, range_m);
  if (!there(east_m) && !there(azimuth_deg)) return fault(CsvFaultKind::missing_column, azimuth_deg);
  if (there(east_m) && !there(north_m)) return fault(CsvFaultKind::missing_column, north_m);
  header_seen_ = true;
  width_ = fields_.size();
  return {};
}

Expected<PlotCsvReader::Sensor*, CsvFault> PlotCsvReader::sensor_of_row() {
  const std::string_view name = text(sensor_name_);
  for (Sensor& s : sensors_) {
    if (s.name == name) return &s;
  }
  if (sensors_.size() >= max_sensors) return fault(CsvFaultKind::too_many_sensors, sensor_name_);
  Sensor& s = sensors_.emplace_back();
  s.name = name;
  s.id = SensorId(static_cast<std::uint16_t>(config_.first_sensor.value() + sensors_.size() - 1));
  return &s;
}

Expected<void, CsvFault> PlotCsvReader::row(std::vector<PlotSector>& out) {
  if (fields_.size() != width_) return fault(CsvFaultKind::wrong_size);
  const auto when = time(text(time_s));
  if (!when) return fault(number(text(time_s)) ? CsvFaultKind::out_of_range : CsvFaultKind::not_a_number, time_s);
  const auto scan = whole_number(text(scan_id));
  if (!scan) return fault(CsvFaultKind::not_a_number, scan_id);
  const auto east = value_or(sensor_east_m, 0.0);
  if (!east) return unexpected(east.error());
  const auto north = value_or(sensor_north_m, 0.0);
  if (!north) return unexpected(north.error());
  const auto found = sensor_of_row();
  if (!found) return unexpected(found.error());
  Sensor& sensor = **found;
  const bool goes_on = sensor.open && sensor.scan == *scan;
  if (!goes_on && sensor.begun && *when < sensor.last_began) return fault(CsvFaultKind::time_backwards, time_s);

  if (sensor.open && !goes_on) close(sensor, out);
  if (!sensor.open) {
    sensor.open = sensor.begun = true;
    sensor.scan = *scan;
    sensor.last_began = *when;
    const Metres farthest = std::max(sensor.sector.range_max, config_.range_max);
    sensor.sector = {};
    sensor.sector.sensor = sensor.id;
    sensor.sector.turn = static_cast<std::uint32_t>(*scan);
    sensor.sector.began = sensor.sector.ended = *when;
    sensor.sector.range_max = farthest;
    sensor.sector.site_east_m = *east;
    sensor.sector.site_north_m = *north;
  }
  sensor.sector.began = std::min(sensor.sector.began, *when);  // rows of a scan may stand in any order
  sensor.sector.ended = std::max(sensor.sector.ended, *when);
  const bool empty = place_[range_m] >= 0 && place_[azimuth_deg] >= 0 ? !has(range_m) && !has(east_m) : !has(east_m);
  if (empty) return {};
  if (sensor.sector.plots.size() >= max_plots) return fault(CsvFaultKind::too_many_plots);
  Plot plot;
  plot.time = *when;
  if (auto measured = measure(sensor, plot); !measured) return measured;
  if (config_.range_max == Metres(0.0)) sensor.sector.range_max = std::max(sensor.sector.range_max, plot.range);
  sensor.sector.plots.push_back(plot);
  ++counters_.plots;
  return {};
}

// Azimuths count from the antenna's north, places from the plane's.
Expected<void, CsvFault> PlotCsvReader::measure_north(Sensor& sensor, const Plot& plot) const {
  const auto east = value(east_m);
  if (!east) return unexpected(east.error());
  const auto north = value(north_m);
  if (!north) return unexpected(north.error());
  if (plot.range < least_range_of_north) return {};
  const Bearing place = Bearing::of(*east - sensor.sector.site_east_m, *north - sensor.sector.site_north_m);
  sensor.north_rad.push_back((place - plot.bearing).radians());
  return {};
}

void PlotCsvReader::settle_north(Sensor& sensor) {
  std::vector<double>& all = sensor.north_rad;
  if (all.empty()) return;
  std::sort(all.begin(), all.end());
  const double middle = all[all.size() / 2];
  const double spread = all[all.size() * 3 / 4] - all[all.size() / 4];
  all.clear();
  // The rest is rounding, or places that were made otherwise.
  if (spread > most_north_spread || std::abs(middle) > most_convergence) return;
  sensor.north = std::abs(middle) < least_convergence ? Angle() : Angle(Radians(middle));
}

Expected<void, CsvFault> PlotCsvReader::measure_shape(Plot& plot) const {
  const auto length = value_or(echo_length_m, 0.0);
  const auto width = value_or(echo_width_m, 0.0);
  const auto orientation = value_or(echo_orientation_deg, 0.0);
  const auto filled = value_or(echo_fill, 0.0);
  const auto at_range = value_or(echo_width_deg, 0.0);
  for (const auto* v : {&length, &width, &orientation, &filled, &at_range}) {
    if (!*v) return unexpected(v->error());
  }
  if (*length < 0.0) return fault(CsvFaultKind::out_of_range, echo_length_m);
  plot.shape = {Metres(*length), Metres(*width), Angle::from_degrees(*orientation), *filled, from_degrees(*at_range)};
  return {};
}

Expected<void, CsvFault> PlotCsvReader::measure(Sensor& sensor, Plot& plot) const {
  if (has(range_m) && has(azimuth_deg)) {
    const auto range = value(range_m);
    if (!range) return unexpected(range.error());
    if (*range < 0.0) return fault(CsvFaultKind::out_of_range, range_m);
    const auto azimuth = value(azimuth_deg);
    if (!azimuth) return unexpected(azimuth.error());
    plot.range = Metres(*range);
    plot.bearing = Bearing::from_degrees(*azimuth);
    if (has(east_m) && has(north_m)) {
      if (auto measured = measure_north(sensor, plot); !measured) return measured;
    }
  } else {
    if (has(range_m) && !has(east_m)) return fault(CsvFaultKind::missing_value, azimuth_deg);
    const auto east = value(east_m);
    if (!east) return unexpected(east.error());
    const auto north = value(north_m);
    if (!north) return unexpected(north.error());
    const double de = *east - sensor.sector.site_east_m;
    const double dn = *north - sensor.sector.site_north_m;
    plot.range = Metres(std::hypot(de, dn));
    plot.bearing = Bearing::of(de, dn);
  }
  const auto odds = value_or(cause_odds, 0.0);
  if (!odds) return unexpected(odds.error());
  plot.cause_odds = std::max(*odds, 0.0);
  plot.cause = cause_named(text(cause));
  const auto strength = value_or(strength_db, 0.0);
  const auto count = value_or(cells, 0.0);
  const auto range_deviation = value_or(range_deviation_m, config_.range_deviation.value());
  const auto azimuth_deviation = value_or(azimuth_deviation_deg, to_degrees(config_.bearing_deviation));
  for (const auto* v : {&strength, &count, &range_deviation, &azimuth_deviation}) {
    if (!*v) return unexpected(v->error());
  }
  if (*count < 0.0) return fault(CsvFaultKind::out_of_range, cells);
  if (*range_deviation <= 0.0) return fault(CsvFaultKind::out_of_range, range_deviation_m);
  if (*azimuth_deviation <= 0.0) return fault(CsvFaultKind::out_of_range, azimuth_deviation_deg);
  plot.strength = Decibels(*strength);
  plot.cell_count = static_cast<std::uint32_t>(*count);
  plot.range_deviation = Metres(*range_deviation);
  plot.bearing_deviation = from_degrees(*azimuth_deviation);
  return measure_shape(plot);
}

void PlotCsvReader::close(Sensor& sensor, std::vector<PlotSector>& out) {
  settle_north(sensor);
  sensor.sector.site_north = sensor.north;
  std::stable_sort(sensor.sector.plots.begin(), sensor.sector.plots.end(), [](const Plot& a, const Plot& b) {
    return a.bearing != b.bearing ? a.bearing < b.bearing : a.range < b.range;
  });
  ++counters_.scans;
  if (sensor.sector.plots.empty()) ++counters_.empty_scans;
  const Metres farthest = sensor.sector.range_max;
  out.push_back(std::move(sensor.sector));
  sensor.sector = {};
  sensor.sector.range_max = farthest;
  sensor.open = false;
}

void PlotCsvReader::finish(std::vector<PlotSector>& out) {
  for (Sensor& sensor : sensors_) {
    if (sensor.open) close(sensor, out);
  }
}

std::string_view PlotCsvReader::sensor_name(SensorId sensor) const {
  for (const Sensor& s : sensors_) {
    if (s.id == sensor) return s.name;
  }
  return {};
}

std::string_view plot_csv_header(PlotColumns columns) {
  if (columns == PlotColumns::usual)
    return "time_s,sensor,scan_id,range_m,azimuth_deg,east_m,north_m,sensor_east_m,sensor_north_m,strength_db,cells\n";
  return "time_s,sensor,scan_id,range_m,azimuth_deg,east_m,north_m,sensor_east_m,sensor_north_m,strength_db,cells,"
         "cause,cause_odds,echo_length_m,echo_width_m,echo_orientation_deg,echo_fill,echo_width_deg\n";
}

namespace {

void write_start(Timestamp time, const PlotSector& sector, std::string_view sensor, std::string& out) {
  append_time(time, out);
  out += ',';
  out += sensor;
  out += ',';
  append_whole(sector.turn, out);
  out += ',';
}
void write_site(const PlotSector& sector, std::string& out) {
  append_number(sector.site_east_m, 3, out);
  out += ',';
  append_number(sector.site_north_m, 3, out);
  out += ',';
}

void write_shape(const PlotShape& shape, std::string& out) {
  out += ',';
  append_number(shape.length.value(), 1, out);
  out += ',';
  append_number(shape.width.value(), 1, out);
  out += ',';
  append_number(shape.orientation.degrees(), 1, out);
  out += ',';
  append_number(shape.fill, 3, out);
  out += ',';
  append_number(to_degrees(shape.width_at_range), 3, out);
}

}  // namespace

void write_plot(const PlotSector& sector, const Plot& plot, std::string_view sensor, std::string& out,
                PlotColumns columns) {
  const EastNorth site{Metres(sector.site_east_m), Metres(sector.site_north_m)};
  const EastNorth place = offset(site, plot.range, plot.bearing + sector.site_north);
  write_start(plot.time, sector, sensor, out);
  append_number(plot.range.value(), 3, out);
  out += ',';
  append_number(plot.bearing.degrees(), 6, out);
  out += ',';
  append_number(place.east.value(), 3, out);
  out += ',';
  append_number(place.north.value(), 3, out);
  out += ',';
  write_site(sector, out);
  append_number(plot.strength.value(), 2, out);
  out += ',';
  append_whole(plot.cell_count, out);
  if (columns == PlotColumns::with_causes) {
    out += ',';
    if (plot.cause_odds > 0.0) out += name_of(plot.cause);
    out += ',';
    append_number(plot.cause_odds, 2, out);
    if (plot.shape.is_known()) {
      write_shape(plot.shape, out);
    } else {
      out += ",,,,,";
    }
  }
  out += '\n';
}

void write_plots(const PlotSector& sector, std::string_view sensor, std::string& out, PlotColumns columns) {
  for (const Plot& plot : sector.plots) write_plot(sector, plot, sensor, out, columns);
  if (!sector.plots.empty()) return;
  write_start(sector.ended, sector, sensor, out);
  out += ",,,,";
  write_site(sector, out);
  out += columns == PlotColumns::usual ? ",\n" : ",,,,,,,,\n";
}

}  // namespace headland::csv
