// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/line_time.hpp"

#include <chrono>

namespace headland::nmea {
namespace {

constexpr std::uint64_t first_milliseconds = 9'000'000'000;
constexpr std::uint64_t last_milliseconds = 9'000'000'000'000;

// A date and a time of day, if there is such a one.
std::optional<Timestamp> instant(std::uint64_t year, std::uint64_t month, std::uint64_t day,
                                 std::uint64_t second_of_day, std::uint64_t nanosecond) {
  if (year < 1970 || year > 2200 || month > 12 || day > 31 || second_of_day > 86'400) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  return Timestamp(std::chrono::sys_days(date)) + std::chrono::seconds(second_of_day) +
         std::chrono::nanoseconds(nanosecond);
}

// hhmmss or hhmmss.fff as seconds and nanoseconds of the day.
struct DayTime {
  std::uint64_t second = 0;
  std::uint64_t nanosecond = 0;
};
std::optional<DayTime> day_time(std::string_view field) {
  if (field.size() < 6) return std::nullopt;
  const auto clock = digits(field.substr(0, 6));
  if (!clock) return std::nullopt;
  const std::uint64_t hour = *clock / 10'000, minute = *clock / 100 % 100, second = *clock % 100;
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
  DayTime time{hour * 3600 + minute * 60 + second, 0};
  if (field.size() > 6) {
    const auto fraction = decimal(field.substr(6));
    if (!fraction || *fraction < 0.0 || *fraction >= 1.0) return std::nullopt;
    time.nanosecond = static_cast<std::uint64_t>(*fraction * 1e9 + 0.5);
  }
  return time;
}

std::optional<Timestamp> since_1970(std::uint64_t value) {
  if (value < first_milliseconds) return Timestamp(std::chrono::seconds(value));
  if (value < last_milliseconds) return Timestamp(std::chrono::milliseconds(value));
  return std::nullopt;
}

std::string_view take_field(std::string_view& list) {
  const std::size_t comma = list.find(',');
  const std::string_view field = list.substr(0, comma);
  list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  return field;
}

bool is_ais(std::string_view address) {
  return address.size() == 5 && (address.substr(2) == "VDM" || address.substr(2) == "VDO");
}

}  // namespace

std::optional<Timestamp> parse_tag_time(std::string_view value) {
  const std::size_t point = value.find('.');
  const auto whole = digits(value.substr(0, point));
  if (!whole) return std::nullopt;
  const auto time = since_1970(*whole);
  if (!time || point == std::string_view::npos) return time;
  const auto fraction = decimal(value.substr(point));
  if (!fraction || *whole >= first_milliseconds) return std::nullopt;
  return *time + Duration(static_cast<std::int64_t>(*fraction * 1e9 + 0.5));
}

TagBlock parse_tag(std::string_view tag) {
  TagBlock block;
  while (!tag.empty()) {
    const std::string_view item = take_field(tag);
    if (item.size() < 3 || item[1] != ':') continue;
    const std::string_view value = item.substr(2);
    if (item[0] == 'c') block.time = parse_tag_time(value);
    if (item[0] == 's') block.station = value;
    if (item[0] == 'g') {
      const std::size_t dash = value.rfind('-');
      if (dash == std::string_view::npos) continue;
      block.group = static_cast<std::uint32_t>(digits(value.substr(dash + 1)).value_or(0));
    }
  }
  return block;
}

std::optional<Timestamp> parse_pghp(std::string_view body) {
  const Fields f(body);
  if (f[0] != "PGHP" || f[1] != "1") return std::nullopt;
  const auto hour = digits(f[5]), minute = digits(f[6]), second = digits(f[7]), millisecond = digits(f[8]);
  if (!hour || !minute || !second || !millisecond) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60 || *millisecond > 999) return std::nullopt;
  return instant(digits(f[2]).value_or(0), digits(f[3]).value_or(0), digits(f[4]).value_or(0),
                 *hour * 3600 + *minute * 60 + *second, *millisecond * 1'000'000);
}

std::optional<Timestamp> parse_trailer(std::string_view trailer) {
  while (!trailer.empty()) {
    const std::string_view field = take_field(trailer);
    if (field.size() < 9) continue;
    if (const auto value = digits(field)) return since_1970(*value);
  }
  return std::nullopt;
}

std::optional<Timestamp> parse_receiver_time(std::string_view body) {
  const Fields f(body);
  const std::string_view formatter = f[0].size() == 5 ? f[0].substr(2) : std::string_view();
  const auto time = day_time(f[1]);
  if (!time) return std::nullopt;
  if (formatter == "ZDA") {
    return instant(digits(f[4]).value_or(0), digits(f[3]).value_or(0), digits(f[2]).value_or(0), time->second,
                   time->nanosecond);
  }
  if (formatter != "RMC" || f[2] != "A" || f[9].size() != 6) return std::nullopt;
  const auto date = digits(f[9]);
  if (!date) return std::nullopt;
  const std::uint64_t year = *date % 100;  // two digits: 1980 (GPS begins) to 2079
  return instant(year < 80 ? 2000 + year : 1900 + year, *date / 100 % 100, *date / 10'000, time->second,
                 time->nanosecond);
}

std::optional<Timestamp> NmeaFileClock::own_time(const RawSentence& sentence) {
  if (!sentence.tag.empty()) {
    if (const auto time = parse_tag(sentence.tag).time) return stamped_ = true, time;
  }
  if (sentence.start == 0) return std::nullopt;
  if (sentence.start == '$' && sentence.body.starts_with("PGHP,")) {
    const auto time = parse_pghp(sentence.body);
    if (time) stamped_ = pghp_holds_ = true;
    return time;
  }
  const std::string_view address = sentence.address();
  if (pghp_holds_ && is_ais(address)) {
    const Fields f(sentence.body);
    pghp_holds_ = f[1] != f[2];  // until the last part of the message
    return last_;
  }
  if (const auto time = parse_trailer(sentence.trailer)) return stamped_ = true, time;
  if (!stamped_) return parse_receiver_time(sentence.body);
  return std::nullopt;
}

std::optional<Timestamp> NmeaFileClock::time_of(std::string_view line) {
  ++counters_.lines;
  SentenceScanner scanner(line, ignored_faults_);
  for (RawSentence sentence; scanner.next(sentence);) {
    const auto time = own_time(sentence);
    if (!time) continue;
    if (last_ && *time < *last_) ++counters_.backwards;
    last_ = time;
    break;
  }
  if (!last_) ++counters_.lines_without_time;
  return last_;
}

}  // namespace headland::nmea
