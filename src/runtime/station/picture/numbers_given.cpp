// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/numbers_given.hpp"

#include <limits>

namespace headland::station {
namespace {

constexpr std::uint32_t most_in_a_second = 100;
constexpr std::uint32_t not_in_history = 1000;  // tracks too short for a row, and rows that never reached the disk
constexpr std::uint32_t cycle = 900'000;        // below the first number of AIS
constexpr Duration remembered = std::chrono::hours(48);

// How many numbers from `first` on are taken.
std::optional<std::uint32_t> given(store::HistoryStore& history, Timestamp now, std::uint32_t first,
                                   std::uint32_t end) {
  const auto greatest = history.greatest_number(SystemTrackId(first), SystemTrackId(end), now - remembered);
  if (!greatest) return std::nullopt;
  if (!*greatest) return 0U;
  return ((*greatest)->value() - first + not_in_history) % cycle;
}

}  // namespace

PictureChain::NumbersGiven numbers_of_a_second() { return {most_in_a_second, most_in_a_second, most_in_a_second}; }

PictureChain::NumbersGiven numbers_before(store::HistoryStore* history, Timestamp now,
                                          const picture::PictureConfig& picture,
                                          const fusion::RemoteFuserConfig& remote) {
  if (history != nullptr) {
    const auto radar = given(*history, now, 1, picture.first_ais_number);
    const auto ais = given(*history, now, picture.first_ais_number, remote.first_number);
    const auto others = given(*history, now, remote.first_number, std::numeric_limits<std::uint32_t>::max());
    if (radar && ais && others) return {*radar, *ais, *others};
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const auto by_clock = static_cast<std::uint32_t>(((seconds % cycle) + cycle) % cycle);
  return {by_clock, by_clock, by_clock};
}

}  // namespace headland::station
