// SPDX-License-Identifier: Apache-2.0
// What waits for the tracking lane: sectors of plots, and sentences, in the order of their arrival.
//
// When full, each kind for itself:
// - sectors wait (each radar's also when two seconds of its data wait), so that loss moves to the radar's video, where
// it is cheapest;
// - of AIS positions, own position and heading only the newest of each vessel or instrument is kept, counted;
//   everything else, safety messages first of all, waits and is never lost here;
// - orders of operators are refused: whoever gave one is told, and may try again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "core/base/time.hpp"
#include "core/picture/track_order.hpp"
#include "core/plots/plot.hpp"
#include "runtime/lanes/bounded_queue.hpp"

namespace headland::station {

struct TextUpdate {
  std::uint16_t stream = 0;
  Timestamp received;
  std::vector<std::uint8_t> bytes;
};
// What an operator orders, and who is told what became of it: a text, of the tracking lane.
struct OrderUpdate {
  TrackOrder order;
  std::function<void(const std::string& fault, SystemTrackId track)> reply;
};
using SensorUpdate = std::variant<PlotSector, TextUpdate, OrderUpdate>;

// Any number of producers, one consumer.
class UpdateQueue {
 public:
  // In number, of all together.
  static constexpr std::size_t most_sectors = 1000;
  static constexpr std::size_t most_texts = 2000;
  static constexpr std::size_t most_orders = 64;

  // Of one radar, from the end of the sector that has waited longest to the end of the newest.
  static constexpr Duration most_waiting = std::chrono::seconds(2);

  UpdateQueue(std::size_t sectors, std::size_t texts) : sectors_{sectors}, texts_{texts} {}

  void push(PlotSector sector);
  // One or more whole sentences. In a crowd the lines of a datagram go in one by one.
  void push(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> text);

  // False: too many wait, or it is closed.
  bool push(OrderUpdate order);

  // Waits no longer than `patience`; nothing then, or when closed and empty.
  std::optional<SensorUpdate> pop_for(std::chrono::nanoseconds patience);
  void close();
  // Closed, and nothing waits: nothing will come any more.
  [[nodiscard]] bool drained() const;
  // Of sectors, of orders, and of texts (dropped = superseded by a newer one).
  [[nodiscard]] std::vector<lanes::QueueStats> stats() const;
  // By stream, the texts superseded since the last call.
  [[nodiscard]] std::map<std::uint16_t, std::uint64_t> take_superseded();

 private:
  struct Waiting {
    SensorUpdate update;
    std::uint64_t key = 0;  // 0: replaces nothing
  };
  using Place = std::list<Waiting>::iterator;
  struct Kind {
    std::size_t capacity = 0;
    std::size_t depth = 0;
    std::size_t high_water = 0;
    std::uint64_t pushed = 0;
    std::uint64_t dropped = 0;
  };

  void push_text(TextUpdate text);
  [[nodiscard]] Kind& kind_of(const SensorUpdate& update);
  void append(SensorUpdate update, std::uint64_t key, Kind& kind);
  [[nodiscard]] bool has_room_for(const PlotSector& sector) const;
  void make_room(std::uint64_t key);
  void supersede(Place place);

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable space_;
  std::list<Waiting> waiting_;
  std::unordered_map<std::uint64_t, Place> newest_;         // of each key
  std::size_t outdated_ = 0;                                // keyed ones that are not the newest of their key
  std::map<SensorId, std::deque<Timestamp>> waiting_ends_;  // of the sectors of each radar
  std::map<std::uint16_t, std::uint64_t> superseded_;
  Kind sectors_;
  Kind texts_;
  Kind orders_{.capacity = most_orders};
  bool closed_ = false;
};

}  // namespace headland::station
