// SPDX-License-Identifier: Apache-2.0
// Numbers, times and fields of comma-separated text.
//
// Plain form: no quotes, one header line, fields by name. Blanks about a field and CR at the end do not count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"

namespace headland::csv {

enum class CsvFaultKind : std::uint8_t {
  missing_column,    // the header lacks a column that must be there
  wrong_size,        // a row with more or fewer fields than the header
  not_a_number,      // a field that must be a number and is none, or not finite
  out_of_range,      // a number that cannot be: negative range, time outside 1700..2255
  missing_value,     // a field is empty that its neighbours need
  time_backwards,    // a row before the beginning of its sensor's last scan
  too_many_plots,    // more plots in a scan than any radar has
  too_many_sensors,  // more sensors than are kept
};
[[nodiscard]] std::string_view to_text(CsvFaultKind kind);

struct CsvFault {
  CsvFaultKind kind = CsvFaultKind::missing_column;
  std::uint64_t line = 0;   // counted from 1, the header
  std::string_view column;  // name of the column; a text constant; empty = the whole row
};

// Cuts a line at its commas. The views point into `line`.
void split(std::string_view line, std::vector<std::string_view>& fields);

[[nodiscard]] std::optional<double> number(std::string_view field);  // finite ones only
[[nodiscard]] std::optional<std::uint64_t> whole_number(std::string_view field);
// Seconds since 1970 UTC, exact to the nanosecond where written as digits.
[[nodiscard]] std::optional<Timestamp> time(std::string_view field);

// Appends with that many decimals, rounded to nearest; nothing where the value is not finite.
void append_number(double value, int decimals, std::string& out);
void append_whole(std::uint64_t value, std::string& out);
// Seconds since 1970 UTC with 6 decimals, rounded to nearest.
void append_time(Timestamp time, std::string& out);

}  // namespace headland::csv
