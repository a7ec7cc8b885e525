// SPDX-License-Identifier: Apache-2.0
// What waits to be sent to one client: bounded, with a policy per kind of frame, numbered per kind.
// Frames are encoded once and shared; only the 16-byte header is a client's own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headland::web {

// A whole frame of docs/formats/stream.md: 16 bytes of header (sequence 0), then the content.
using SharedFrame = std::shared_ptr<const std::vector<std::uint8_t>>;
inline constexpr std::size_t frame_header_bytes = 16;

// The first byte of a frame.
enum class FrameType : std::uint8_t {
  hello = 1,
  track_snapshot = 2,
  track_delta = 3,
  attributes = 4,
  spokes = 5,
  alerts = 6,
  health = 7,
  playback = 8,
  plots = 9
};
inline constexpr std::size_t frame_type_count = 10;

struct Outgoing {
  bool is_text = false;
  std::string text;                                       // when is_text
  std::array<std::uint8_t, frame_header_bytes> header{};  // otherwise: the client's own header
  SharedFrame frame;                                      // and the content behind its first 16 bytes
  [[nodiscard]] std::span<const std::uint8_t> content() const { return std::span(*frame).subspan(frame_header_bytes); }
};

enum class Pushed : std::uint8_t {
  queued,
  shed,      // an older frame of the kind was dropped or replaced for it
  resync,    // queued, but changes were lost: this client needs a snapshot
  overflow,  // cannot be kept without loss: the client must be closed
  refused    // not a frame
};

class ClientQueue {
 public:
  // The sequence number is given here, so that what is dropped later shows as a jump.
  Pushed push(SharedFrame frame);
  Pushed push_text(std::string text);
  // The next to send; nothing when empty.
  [[nodiscard]] std::optional<Outgoing> take();

  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // Frames dropped or replaced, by type.
  [[nodiscard]] const std::array<std::uint64_t, frame_type_count>& dropped() const { return dropped_; }

 private:
  struct Item {
    Outgoing out;
    std::uint8_t type = 0;  // 0: text
    std::uint16_t source = 0;
  };
  [[nodiscard]] std::size_t waiting(std::uint8_t type, std::uint16_t source) const;
  [[nodiscard]] bool drop_oldest(std::uint8_t type, std::optional<std::uint16_t> source);
  void drop_all(std::uint8_t type);

  std::deque<Item> items_;
  std::size_t bytes_ = 0;
  std::array<std::uint32_t, frame_type_count> sequence_{};
  std::array<std::uint64_t, frame_type_count> dropped_{};
};

}  // namespace headland::web
