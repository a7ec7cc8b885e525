// SPDX-License-Identifier: Apache-2.0
#include "codec/csv/row.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace headland::csv {
namespace {

// Beyond these a count of nanoseconds does not fit.
constexpr double first_second = -8.5e9;
constexpr double last_second = 9.0e9;

template <class T>
std::optional<T> parsed(std::string_view field) {
  T value{};
  const char* const end = field.data() + field.size();
  const auto result = std::from_chars(field.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

// A number as most are written: at most 15 digits, a point among them or not. Both the digits and the power of ten are
// held by a double exactly, so their quotient is the nearest one to the number (Clinger 1990).
std::optional<double> plain(std::string_view field) {
  constexpr std::array<double, 16> powers{1.0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = field.starts_with('-');
  if (negative) field.remove_prefix(1);
  std::uint64_t digits = 0;
  std::size_t count = 0;
  std::size_t decimals = 0;
  bool after_point = false;
  for (const char c : field) {
    if (c >= '0' && c <= '9') {
      digits = 10 * digits + static_cast<std::uint64_t>(c - '0');
      decimals += after_point ? 1U : 0U;
      if (++count > 15) return std::nullopt;
    } else if (c == '.' && !after_point) {
      after_point = true;
    } else {
      return std::nullopt;
    }
  }
  if (count == 0) return std::nullopt;
  const double magnitude = static_cast<double>(digits) / powers[decimals];
  return negative ? -magnitude : magnitude;
}

// The value times 10^decimals, rounded to nearest and to even from halfway, as std::to_chars does it; nothing where
// that is too long for this way. What a double holds is a whole number over a power of two, so this is exact.
std::optional<std::uint64_t> scaled(double magnitude, int decimals) {
  constexpr std::array<std::uint64_t, 10> powers{1,       10,        100,        1000,        10'000,
                                                 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};
  if (decimals < 0 || decimals > 9 || magnitude >= 1e9) return std::nullopt;
  if (magnitude < 1e-11) return 0;
  __extension__ using Wide = unsigned __int128;
  constexpr std::uint64_t leading = std::uint64_t{1} << 52U;  // of the 53 digits of a double, not written
  const auto bits = std::bit_cast<std::uint64_t>(magnitude);
  const std::uint64_t mantissa = (bits & (leading - 1)) | leading;
  const auto shift = static_cast<unsigned>(1023 + 52 - (bits >> 52U));  // 23 to 89
  const Wide product = Wide{mantissa} * powers[static_cast<std::size_t>(decimals)];
  const Wide half = Wide{1} << (shift - 1);
  const Wide rest = product & ((half << 1) - 1);
  const auto whole = static_cast<std::uint64_t>(product >> shift);
  return whole + (rest > half || (rest == half && (whole & 1U) != 0) ? 1U : 0U);
}

std::string_view trimmed(std::string_view field) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!field.empty() && blank(field.front())) field.remove_prefix(1);
  while (!field.empty() && blank(field.back())) field.remove_suffix(1);
  return field;
}

}  // namespace

std::string_view to_text(CsvFaultKind kind) {
  switch (kind) {
    case CsvFaultKind::missing_column:
      return "csv_missing_column";
    case CsvFaultKind::wrong_size:
      return "csv_wrong_size";
    case CsvFaultKind::not_a_number:
      return "csv_not_a_number";
    case CsvFaultKind::out_of_range:
      return "csv_out_of_range";
    case CsvFaultKind::missing_value:
      return "csv_missing_value";
    case CsvFaultKind::time_backwards:
      return "csv_time_backwards";
    case CsvFaultKind::too_many_plots:
      return "csv_too_many_plots";
    case CsvFaultKind::too_many_sensors:
      return "csv_too_many_sensors";
  }
  return "csv_unknown_fault";
}

void split(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  while (true) {
    const std::size_t comma = line.find(',');
    fields.push_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return;
    line.remove_prefix(comma + 1);
  }
}

std::optional<double> number(std::string_view field) {
  if (const auto value = plain(field)) return value;
  const auto value = parsed<double>(field);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> whole_number(std::string_view field) { return parsed<std::uint64_t>(field); }

std::optional<Timestamp> time(std::string_view field) {
  const auto seconds = number(field);
  if (!seconds || *seconds < first_second || *seconds > last_second) return std::nullopt;
  // Digits with at most nine decimals are taken as they stand; a double would lose the last of them.
  const bool negative = field.starts_with('-');
  const std::string_view magnitude = field.substr(negative ? 1 : 0);
  const std::size_t point = magnitude.find('.');
  const auto whole = parsed<std::uint64_t>(magnitude.substr(0, point));
  std::string_view decimals = point == std::string_view::npos ? std::string_view() : magnitude.substr(point + 1);
  decimals = decimals.substr(0, 9);
  const auto fraction = decimals.empty() ? std::optional<std::uint64_t>(0) : parsed<std::uint64_t>(decimals);
  if (!whole || !fraction) return from_epoch_seconds(*seconds);  // an exponent
  std::uint64_t nanoseconds = *fraction;
  for (std::size_t i = decimals.size(); i < 9; ++i) nanoseconds *= 10;
  const auto count = static_cast<std::int64_t>(*whole * 1'000'000'000 + nanoseconds);
  return Timestamp(Duration(negative ? -count : count));
}

void append_number(double value, int decimals, std::string& out) {
  if (!std::isfinite(value)) return;
  if (auto rest = scaled(std::abs(value), decimals)) {
    std::array<char, 24> digits;
    auto at = digits.end();
    for (int k = 0; k < decimals; ++k, *rest /= 10) *--at = static_cast<char>('0' + *rest % 10);
    if (decimals > 0) *--at = '.';
    do {
      *--at = static_cast<char>('0' + *rest % 10);
      *rest /= 10;
    } while (*rest > 0);
    if (std::signbit(value)) *--at = '-';
    out.append(at, digits.end());
    return;
  }
  std::array<char, 400> buffer;  // the largest double has 309 digits before the point
  const auto result = std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::fixed, decimals);
  if (result.ec == std::errc()) out.append(buffer.begin(), result.ptr);
}

void append_whole(std::uint64_t value, std::string& out) {
  std::array<char, 24> buffer;
  const auto result = std::to_chars(buffer.begin(), buffer.end(), value);
  out.append(buffer.begin(), result.ptr);
}

void append_time(Timestamp time, std::string& out) {
  std::int64_t microseconds = time.time_since_epoch().count() / 1000;
  const std::int64_t rest = time.time_since_epoch().count() % 1000;
  if (rest >= 500) ++microseconds;
  if (rest <= -500) --microseconds;
  if (microseconds < 0) out += '-';
  const std::uint64_t magnitude = static_cast<std::uint64_t>(microseconds < 0 ? -microseconds : microseconds);
  append_whole(magnitude / 1'000'000, out);
  out += '.';
  std::array<char, 6> decimals;
  std::uint64_t fraction = magnitude % 1'000'000;
  for (std::size_t i = 6; i-- > 0; fraction /= 10) decimals[i] = static_cast<char>('0' + fraction % 10);
  out.append(decimals.begin(), decimals.end());
}

}  // namespace headland::csv
