// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/clutter_keeper.hpp"

#include <utility>

#include "io/journal/entry.hpp"
#include "io/journal/state_file.hpp"
#include "runtime/health/log.hpp"

namespace headland::station {

ClutterKeeper::ClutterKeeper(std::filesystem::path folder, std::size_t radars, health::Health& health)
    : folder_(std::move(folder)),
      health_(health),
      queue_("clutter maps", 2 * std::max<std::size_t>(radars, 1), lanes::WhenFull::drop_oldest) {
  lane_.emplace("clutter maps", health, [this](const std::stop_token&) { write_loop(); });
}

std::filesystem::path ClutterKeeper::path_of(SensorId sensor) const {
  return folder_ / ("radar-" + std::to_string(sensor.value()) + ".hls");
}

std::optional<std::vector<std::uint8_t>> ClutterKeeper::load(SensorId sensor, const std::string& name) {
  auto packed = journal::read_state_file(path_of(sensor));
  std::string fault;
  if (!packed) {
    fault = packed.error().detail;
  } else if (*packed && (*packed)->size() > journal::max_payload_bytes) {
    // The journal could not say what was gone on from.
    fault = path_of(sensor).string() + ": too large for the journal";
  }
  if (fault.empty()) return std::move(*packed);
  ++failed_;
  log::warn("radar " + name + ": clutter map: " + fault);
  return std::nullopt;
}

void ClutterKeeper::keep(SensorId sensor, signal::ClutterMemory memory) {
  queue_.push(Item{sensor, std::move(memory)});
}

void ClutterKeeper::stop() {
  queue_.close();
  if (lane_) lane_->join();
  lane_.reset();
}

void ClutterKeeper::write_loop() {
  while (const auto item = queue_.pop()) {
    const std::string component = "clutter map of " + item->memory.name;
    const auto packed = journal::pack_state(encode(item->memory));
    if (const auto written = journal::write_state_file(path_of(item->sensor), packed)) {
      ++stored_;
      bytes_ = packed.size();
      health_.set(component, health::State::green);
    } else {
      ++failed_;
      health_.set(component, health::State::yellow, written.error().detail);
    }
  }
}

}  // namespace headland::station
