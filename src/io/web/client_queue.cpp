// SPDX-License-Identifier: Apache-2.0
#include "io/web/client_queue.hpp"

#include <algorithm>
#include <utility>

namespace headland::web {
namespace {

enum class WhenFull : std::uint8_t { replace, drop_oldest, resync, close };
struct Policy {
  std::size_t limit;  // frames waiting, of one type and source
  WhenFull when_full;
};

constexpr std::array<Policy, frame_type_count> policies{{
    {32, WhenFull::close},        // 0: texts: who asks without reading is closed
    {1, WhenFull::replace},       // hello: only the newest matters
    {1, WhenFull::replace},       // track snapshot
    {8, WhenFull::resync},        // track delta: 4 s at 2 a second
    {64, WhenFull::resync},       // attributes
    {10, WhenFull::drop_oldest},  // spokes: 1 s of one radar
    {1000, WhenFull::close},      // alerts: never dropped
    {1, WhenFull::replace},       // health
    {1, WhenFull::replace},       // playback
    {32, WhenFull::drop_oldest},  // plots
}};

constexpr std::size_t max_bytes = std::size_t{16} << 20;
constexpr auto spokes = static_cast<std::uint8_t>(FrameType::spokes);
constexpr auto plots = static_cast<std::uint8_t>(FrameType::plots);

}  // namespace

std::size_t ClientQueue::waiting(std::uint8_t type, std::uint16_t source) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(items_, [&](const Item& i) { return i.type == type && i.source == source; }));
}

bool ClientQueue::drop_oldest(std::uint8_t type, std::optional<std::uint16_t> source) {
  const auto found =
      std::ranges::find_if(items_, [&](const Item& i) { return i.type == type && (!source || i.source == *source); });
  if (found == items_.end()) return false;
  bytes_ -= found->out.frame->size();
  ++dropped_[type];
  items_.erase(found);
  return true;
}

void ClientQueue::drop_all(std::uint8_t type) {
  while (drop_oldest(type, std::nullopt)) {
  }
}

Pushed ClientQueue::push(SharedFrame frame) {
  if (!frame || frame->size() < frame_header_bytes) return Pushed::refused;
  const std::uint8_t type = frame->front();
  if (type == 0 || type >= frame_type_count) return Pushed::refused;
  Item item;
  item.type = type;
  std::copy_n(frame->begin(), frame_header_bytes, item.out.header.begin());
  item.source = static_cast<std::uint16_t>(item.out.header[2] | item.out.header[3] << 8);
  const std::uint32_t sequence = sequence_[type]++;
  for (std::size_t i = 0; i < 4; ++i) item.out.header[4 + i] = static_cast<std::uint8_t>(sequence >> (8 * i));

  Pushed result = Pushed::queued;
  const Policy& policy = policies[type];
  if (waiting(type, item.source) >= policy.limit) {
    switch (policy.when_full) {
      case WhenFull::replace:
      case WhenFull::drop_oldest:
        (void)drop_oldest(type, item.source);
        result = Pushed::shed;
        break;
      case WhenFull::resync:
        drop_all(type);
        result = Pushed::resync;
        break;
      case WhenFull::close:
        return Pushed::overflow;
    }
  }
  while (bytes_ + frame->size() > max_bytes) {
    if (!drop_oldest(spokes, std::nullopt) && !drop_oldest(plots, std::nullopt)) return Pushed::overflow;
    if (result == Pushed::queued) result = Pushed::shed;
  }
  bytes_ += frame->size();
  item.out.frame = std::move(frame);
  items_.push_back(std::move(item));
  return result;
}

Pushed ClientQueue::push_text(std::string text) {
  if (waiting(0, 0) >= policies[0].limit) return Pushed::overflow;
  Item item;
  bytes_ += text.size();
  item.out.is_text = true;
  item.out.text = std::move(text);
  items_.push_back(std::move(item));
  return Pushed::queued;
}

std::optional<Outgoing> ClientQueue::take() {
  if (items_.empty()) return std::nullopt;
  Outgoing out = std::move(items_.front().out);
  items_.pop_front();
  bytes_ -= out.is_text ? out.text.size() : out.frame->size();
  return out;
}

}  // namespace headland::web
