// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/input/update_queue.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "codec/nmea/replaceable.hpp"

namespace headland::station {

void UpdateQueue::push(PlotSector sector) {
  {
    std::unique_lock lock(mutex_);
    space_.wait(lock, [&] { return closed_ || has_room_for(sector); });
    if (!closed_) waiting_ends_[sector.sensor].push_back(sector.ended);
    append(std::move(sector), 0, sectors_);
  }
  filled_.notify_one();
}

bool UpdateQueue::has_room_for(const PlotSector& sector) const {
  if (sectors_.depth >= sectors_.capacity) return false;
  const auto waiting = waiting_ends_.find(sector.sensor);
  return waiting == waiting_ends_.end() || waiting->second.empty() ||
         sector.ended - waiting->second.front() <= most_waiting;
}

void UpdateQueue::push(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> text) {
  bool crowded = false;
  {
    const std::lock_guard lock(mutex_);
    crowded = texts_.depth >= texts_.capacity / 2;
  }
  // Datagrams of other formats are one piece.
  const bool is_text = !text.empty() && (text[0] == '!' || text[0] == '$' || text[0] == '\\');
  while (crowded && is_text && !text.empty()) {
    const auto line_end = std::ranges::find(text, std::uint8_t{'\n'});
    const auto length = std::min<std::size_t>(static_cast<std::size_t>(line_end - text.begin()) + 1, text.size());
    push_text({stream, received, {text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length)}});
    text = text.subspan(length);
  }
  if (!text.empty()) push_text({stream, received, {text.begin(), text.end()}});
}

void UpdateQueue::push_text(TextUpdate text) {
  auto key = nmea::replaceable_key({reinterpret_cast<const char*>(text.bytes.data()), text.bytes.size()}).value_or(0);
  // Instruments of one name on two lines are two; a vessel heard by two receivers is one.
  if (key >> 63 != 0) key ^= std::uint64_t{text.stream} << 40;
  {
    std::unique_lock lock(mutex_);
    if (texts_.depth >= texts_.capacity) make_room(key);
    space_.wait(lock, [&] { return closed_ || texts_.depth < texts_.capacity; });
    append(std::move(text), key, texts_);
  }
  filled_.notify_one();
}

bool UpdateQueue::push(OrderUpdate order) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || orders_.depth >= orders_.capacity) {
      ++orders_.dropped;
      return false;
    }
    append(std::move(order), 0, orders_);
  }
  filled_.notify_one();
  return true;
}

UpdateQueue::Kind& UpdateQueue::kind_of(const SensorUpdate& update) {
  if (std::holds_alternative<PlotSector>(update)) return sectors_;
  return std::holds_alternative<TextUpdate>(update) ? texts_ : orders_;
}

void UpdateQueue::make_room(std::uint64_t key) {
  if (outdated_ > 0) {
    for (auto place = waiting_.begin(); place != waiting_.end();) {
      const auto next = std::next(place);
      if (place->key != 0 && newest_.at(place->key) != place) supersede(place);
      place = next;
    }
    outdated_ = 0;
  } else if (const auto found = newest_.find(key); key != 0 && found != newest_.end()) {
    supersede(found->second);
    newest_.erase(found);
  }
}

void UpdateQueue::supersede(Place place) {
  ++superseded_[std::get<TextUpdate>(place->update).stream];
  waiting_.erase(place);
  --texts_.depth;
  ++texts_.dropped;
}

void UpdateQueue::append(SensorUpdate update, std::uint64_t key, Kind& kind) {
  if (closed_) {
    ++kind.dropped;
    return;
  }
  waiting_.push_back({std::move(update), key});
  ++kind.pushed;
  kind.high_water = std::max(kind.high_water, ++kind.depth);
  if (key == 0) return;
  const auto [known, is_first] = newest_.try_emplace(key, std::prev(waiting_.end()));
  if (is_first) return;
  known->second = std::prev(waiting_.end());
  ++outdated_;
}

std::optional<SensorUpdate> UpdateQueue::pop_for(std::chrono::nanoseconds patience) {
  std::optional<SensorUpdate> update;
  {
    std::unique_lock lock(mutex_);
    filled_.wait_for(lock, patience, [&] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return std::nullopt;
    const auto first = waiting_.begin();
    if (first->key != 0) {
      const auto newest = newest_.find(first->key);
      if (newest->second == first) {
        newest_.erase(newest);
      } else {
        --outdated_;
      }
    }
    update = std::move(first->update);
    waiting_.erase(first);
    const auto* sector = std::get_if<PlotSector>(&*update);
    if (sector != nullptr) waiting_ends_[sector->sensor].pop_front();
    --kind_of(*update).depth;
  }
  space_.notify_all();  // whose turn it is depends on the kind
  return update;
}

void UpdateQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  filled_.notify_all();
  space_.notify_all();
}

bool UpdateQueue::drained() const {
  const std::lock_guard lock(mutex_);
  return closed_ && waiting_.empty();
}

std::map<std::uint16_t, std::uint64_t> UpdateQueue::take_superseded() {
  const std::lock_guard lock(mutex_);
  return std::exchange(superseded_, {});
}

std::vector<lanes::QueueStats> UpdateQueue::stats() const {
  const std::lock_guard lock(mutex_);
  return {
      {"tracking plots", sectors_.capacity, sectors_.depth, sectors_.high_water, sectors_.pushed, sectors_.dropped,
       "closed"},
      {"tracking AIS", texts_.capacity, texts_.depth, texts_.high_water, texts_.pushed, texts_.dropped, "superseded"},
      {"tracking orders", orders_.capacity, orders_.depth, orders_.high_water, orders_.pushed, orders_.dropped,
       "full"}};
}

}  // namespace headland::station
