// SPDX-License-Identifier: Apache-2.0
// Plots as comma-separated text.
//
// Columns by name, in any order; unknown ones are left alone:
//   time_s          seconds since 1970 UTC, as the data say        must be there
//   scan_id         number of the antenna turn                     must be there
//   range_m         from the antenna                               these two,
//   azimuth_deg     clockwise from north at the antenna            or
//   east_m          in the local plane                             these two
//   north_m
//   sensor          number or name of the radar                    optional: all rows are of one radar
//   sensor_east_m   where the antenna stood                        optional: 0
//   sensor_north_m
//   strength_db     peak over threshold                            optional: 0
//   cells           cells over threshold                           optional: 0
//   range_deviation_m, azimuth_deviation_deg                       optional: PlotCsvConfig
//   cause, cause_odds  Plot::cause (by name), its odds             optional: none, 0
//
// Where a row has both forms, range and azimuth are taken, for they were measured; what azimuths differ by from the
// directions of the places is the convergence of meridians between the antenna and the plane's origin. A row whose
// range (or, in a file without ranges, whose east) is empty says that the scan was empty.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "codec/csv/row.hpp"
#include "core/base/expected.hpp"
#include "core/plots/plot.hpp"

namespace headland::csv {

// What the text does not say.
struct PlotCsvConfig {
  SensorId first_sensor{1};  // named sensors get numbers from here in the order they appear
  Metres range_deviation{10.0};
  Radians bearing_deviation = from_degrees(0.5);
  Metres range_max{0.0};  // of each sector; 0: the farthest plot so far
};

// Makes a PlotSector (whole turn) of the rows that share sensor and scan_id and follow one another. Times are
// those of the rows: `began` the earliest, `ended` the latest. `site_north` is what the two forms differ by, of plots
// beyond 1 km, where they agree on it; else that of the scan before, at first 0: right for a radar at the plane's
// origin.
class PlotCsvReader {
 public:
  static constexpr std::size_t max_plots = 200'000;  // in one scan
  static constexpr std::size_t max_sensors = 64;

  explicit PlotCsvReader(PlotCsvConfig config = {}) : config_(config) {}

  // The next line of the text, with or without its line end; the first one is the header. Appends scans that
  // are complete: a scan is when the next one of its sensor begins. After a fault the line is left out.
  Expected<void, CsvFault> line(std::string_view text, std::vector<PlotSector>& out);
  // After the last line: appends the scans that are still open.
  void finish(std::vector<PlotSector>& out);

  struct Counters {
    std::uint64_t lines = 0;
    std::uint64_t plots = 0;
    std::uint64_t scans = 0;
    std::uint64_t empty_scans = 0;
    std::uint64_t rejected = 0;  // lines
  };
  [[nodiscard]] const Counters& counters() const { return counters_; }
  // What the column `sensor` called it; empty where there is no such column.
  [[nodiscard]] std::string_view sensor_name(SensorId sensor) const;

 private:
  enum Column : std::uint8_t {
    time_s,
    scan_id,
    range_m,
    azimuth_deg,
    east_m,
    north_m,
    sensor_name_,
    sensor_east_m,
    sensor_north_m,
    strength_db,
    cells,
    range_deviation_m,
    azimuth_deviation_deg,
    cause,
    cause_odds,
    echo_length_m,
    echo_width_m,
    echo_orientation_deg,
    echo_fill,
    echo_width_deg,
    column_count
  };
  static const std::array<std::string_view, column_count> names;
  struct Sensor {
    std::string name;
    SensorId id;
    bool open = false;
    bool begun = false;  // `last_began` holds
    std::uint64_t scan = 0;
    Timestamp last_began;
    PlotSector sector;
    Angle north;                    // of the last scan that told
    std::vector<double> north_rad;  // as each plot tells it
  };

  Expected<void, CsvFault> header();
  Expected<void, CsvFault> row(std::vector<PlotSector>& out);
  Expected<void, CsvFault> measure(Sensor& sensor, Plot& plot) const;
  Expected<void, CsvFault> measure_shape(Plot& plot) const;
  Expected<void, CsvFault> measure_north(Sensor& sensor, const Plot& plot) const;
  static void settle_north(Sensor& sensor);
  Expected<Sensor*, CsvFault> sensor_of_row();
  Expected<double, CsvFault> value(Column column) const;
  Expected<double, CsvFault> value_or(Column column, double otherwise) const;
  [[nodiscard]] bool has(Column column) const { return !text(column).empty(); }
  [[nodiscard]] std::string_view text(Column column) const;
  [[nodiscard]] tl::unexpected<CsvFault> fault(CsvFaultKind kind, Column column = column_count) const;
  void close(Sensor& sensor, std::vector<PlotSector>& out);

  PlotCsvConfig config_;
  std::array<int, column_count> place_{};  // of each column in the file, -1 = not there
  bool header_seen_ = false;
  std::size_t width_ = 0;                 // fields of the header
  std::vector<std::string_view> fields_;  // of the line at hand
  std::vector<Sensor> sensors_;
  Counters counters_;
};

enum class PlotColumns : std::uint8_t { usual, with_causes };
// `time_s,sensor,scan_id,range_m,azimuth_deg,east_m,north_m,sensor_east_m,sensor_north_m,strength_db,cells`
// and, where wanted, `,cause,cause_odds,echo_length_m,echo_width_m,echo_orientation_deg,echo_fill,echo_width_deg` (the
// shape, empty where a plot has none).
[[nodiscard]] std::string_view plot_csv_header(PlotColumns columns = PlotColumns::usual);
// Appends one row, ended by LF: times with 6 decimals, metres with 3, azimuth with 6.
void write_plot(const PlotSector& sector, const Plot& plot, std::string_view sensor, std::string& out,
                PlotColumns columns = PlotColumns::usual);
// Appends a row for each plot, or one that says that there were none.
void write_plots(const PlotSector& sector, std::string_view sensor, std::string& out,
                 PlotColumns columns = PlotColumns::usual);

}  // namespace headland::csv
