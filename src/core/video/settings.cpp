// SPDX-License-Identifier: Apache-2.0
#include "core/video/settings.hpp"

#include <cmath>
#include <string_view>

namespace headland {
namespace {

// Tenths, and no more places than are needed.
std::string number(double value) {
  const auto tenths = static_cast<long long>(std::llround(std::fmin(std::fmax(value, -1e9), 1e9) * 10.0));
  std::string out = std::to_string(tenths / 10);
  if (tenths % 10 != 0) out += "." + std::to_string(std::abs(tenths % 10));
  return out;
}
std::string word(double value) { return number(value); }
std::string word(int value) { return std::to_string(value); }
std::string word(bool value) { return value ? "on" : "off"; }

template <class T>
void take_one(const char* name, const std::optional<T>& news, std::optional<T>& known, std::string& changed) {
  if (!news || news == known) return;
  if (known) {
    if (!changed.empty()) changed += ", ";
    changed += std::string(name) + " " + word(*known) + " to " + word(*news);
  }
  known = news;
}

template <class T>
void tell_one(const char* name, const std::optional<T>& value, std::string& out) {
  if (!value) return;
  if (!out.empty()) out += ", ";
  out += std::string(name) + " " + word(*value);
}

// Calls `each` with the name of every setting and its place in all of the given structs.
template <class Each, class... Settings>
void for_all(Each each, Settings&... s) {
  each("mode", s.mode...);
  each("automatic gain", s.gain_automatic...);
  each("gain percent", s.gain_percent...);
  each("sea mode", s.sea_mode...);
  each("sea percent", s.sea_percent...);
  each("rain mode", s.rain_mode...);
  each("rain percent", s.rain_percent...);
  each("interference rejection", s.interference_rejection...);
  each("target expansion", s.target_expansion...);
  each("target boost", s.target_boost...);
  each("range m", s.range_m...);
}

}  // namespace

std::string take_settings(const VideoSettings& news, VideoSettings& known) {
  std::string changed;
  std::string by_itself;  // what an automatic sets is no change of settings
  const VideoSettings before = known;
  const bool gain_automatic =
      news.gain_automatic.value_or(before.gain_automatic.value_or(false)) && before.gain_automatic.value_or(true);
  const bool sea_automatic =
      news.sea_mode.value_or(before.sea_mode.value_or(0)) != 0 && before.sea_mode.value_or(1) != 0;
  for_all(
      [&](const char* name, const auto& n, auto& k) {
        const std::string_view what = name;
        const bool automatic = (gain_automatic && what == "gain percent") || (sea_automatic && what == "sea percent");
        take_one(name, n, k, automatic ? by_itself : changed);
      },
      news, known);
  return changed;
}

std::size_t known_count(const VideoSettings& settings) {
  std::size_t n = 0;
  for_all([&](const char*, const auto& value) { n += value ? 1 : 0; }, settings);
  return n;
}

std::string to_text(const VideoSettings& settings) {
  std::string out;
  for_all([&](const char* name, const auto& value) { tell_one(name, value, out); }, settings);
  return out;
}

}  // namespace headland
