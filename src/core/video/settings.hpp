// SPDX-License-Identifier: Apache-2.0
// What is set at a radar and changes its video: gain, sea, rain, target expansion and so on, as far as its protocol
// tells them. Shares are of the greatest value that can be set, in percent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace headland {

struct VideoSettings {
  std::optional<int> mode;  // as the maker numbers them: harbour, offshore and so on
  std::optional<bool> gain_automatic;
  std::optional<double> gain_percent;
  std::optional<int> sea_mode;  // 0 by hand or off; else automatic, as the maker numbers it
  std::optional<double> sea_percent;
  std::optional<int> rain_mode;  // 0 off
  std::optional<double> rain_percent;
  std::optional<int> interference_rejection;  // 0 off
  std::optional<int> target_expansion;        // 0 off
  std::optional<int> target_boost;            // 0 off
  std::optional<double> range_m;              // of the display: pulse and gain go with it

  friend bool operator==(const VideoSettings&, const VideoSettings&) = default;
};

// Takes what `news` tells into `known`. In words what changed ("gain percent 60 to 45, sea mode 1 to 0"); empty:
// nothing, or it was told for the first time, or an automatic sets it.
std::string take_settings(const VideoSettings& news, VideoSettings& known);

// How many of them are known.
[[nodiscard]] std::size_t known_count(const VideoSettings& settings);

// In words, what is known: "automatic gain on, gain percent 60, sea percent 25"; "" = nothing.
[[nodiscard]] std::string to_text(const VideoSettings& settings);

}  // namespace headland
