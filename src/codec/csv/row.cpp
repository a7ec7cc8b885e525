// SPDX-License-Identifier: Apache-2.0
#include "codec/csv/row.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace headland::csv {
namespace {

// Before and after 1970, to the year 2115: the difference of two such times still fits a count of nanoseconds.
constexpr std::uint64_t most_seconds = 4'600'000'000;

template <class T>
std::optional<T> parsed(std::string_view field) {
  T value{};
  const char* const end = field.data() + field.size();
  const auto result = std::from_chars(field.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

// The digits that a text begins with; `text` is what follows them. What has more than 19 is not held.
struct Digits {
  std::uint64_t value = 0;
  std::size_t count = 0;
};
Digits take_digits(std::string_view& text) {
  Digits d;
  while (d.count < text.size()) {
    const auto digit = static_cast<unsigned>(text[d.count]) - '0';
    if (digit > 9) break;
    d.value = 10 * d.value + digit;
    ++d.count;
  }
  text.remove_prefix(d.count);
  return d;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// A number as most are written: at most 15 digits, a point among them or not. Both the digits and the power of ten are
// held by a double exactly, so their quotient is the nearest one to the number (Clinger 1990).
std::optional<double> plain(std::string_view field) {
  constexpr std::array<double, 16> powers{1.0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = take(field, '-');
  const Digits whole = take_digits(field);
  const Digits decimals = take(field, '.') ? take_digits(field) : Digits{};
  const std::size_t count = whole.count + decimals.count;
  if (!field.empty() || count == 0 || count > 15) return std::nullopt;
  const std::uint64_t digits = whole.value * static_cast<std::uint64_t>(powers[decimals.count]) + decimals.value;
  const double magnitude = static_cast<double>(digits) / powers[decimals.count];
  return negative ? -magnitude : magnitude;
}

// A time as most are written: seconds in at most ten digits, of the decimals nine as they stand, where a double would
// lose the last of them.
std::optional<std::int64_t> plain_nanoseconds(std::string_view field) {
  const bool negative = take(field, '-');
  const Digits whole = take_digits(field);
  std::uint64_t nanoseconds = 0;
  if (take(field, '.')) {
    std::string_view rest = field.substr(0, 9);
    const Digits decimals = take_digits(rest);
    if (!rest.empty()) return std::nullopt;
    nanoseconds = decimals.value;
    for (std::size_t k = decimals.count; k < 9; ++k) nanoseconds *= 10;
    (void)take_digits(field);
  }
  if (!field.empty() || whole.count == 0 || whole.count > 10 || whole.value >= most_seconds) return std::nullopt;
  const auto count = static_cast<std::int64_t>(whole.value * 1'000'000'000 + nanoseconds);
  return negative ? -count : count;
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
  if (const auto ns = plain_nanoseconds(field)) return Timestamp(Duration(*ns));
  const auto seconds = number(field);
  if (!seconds || !(std::abs(*seconds) < static_cast<double>(most_seconds))) return std::nullopt;
  return from_epoch_seconds(*seconds);
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
