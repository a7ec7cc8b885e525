// SPDX-License-Identifier: Apache-2.0
// Puts the fragments of IPv4 packets together (RFC 791, 815), with bounds: at most `max_packets` in
// pieces at a time, none longer than 65535 bytes, none older than 30 s. Fragments that overlap in any
// way but exact repetition void their packet, as RFC 5722 asks for IPv6: no honest sender makes them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "codec/ip/packet.hpp"
#include "core/base/time.hpp"

namespace headland::ip {

class FragmentReassembler {
 public:
  static constexpr std::size_t max_packets = 64;
  static constexpr std::size_t max_length = 65535;
  static constexpr Duration max_age = std::chrono::seconds(30);

  struct Counts {
    std::uint64_t incomplete = 0;   // packets given up for age, or at the end
    std::uint64_t overlapping = 0;  // packets voided
    std::uint64_t crowded_out = 0;  // packets given up because too many were in pieces
  };

  // The payload of the packet that this fragment completes, valid until the next call. Time is that of
  // the capture; one that jumps either way by more than max_age ages what is held.
  std::optional<std::span<const std::uint8_t>> add(const Ipv4Packet& fragment, Timestamp time);
  // The input is over: what is in pieces counts as incomplete.
  void finish();
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct Assembly {
    std::uint32_t source = 0;
    std::uint32_t destination = 0;
    std::uint16_t identification = 0;
    std::uint8_t protocol = 0;
    bool voided = false;
    Timestamp began;
    std::optional<std::uint32_t> length;  // known from the last fragment
    std::uint32_t received = 0;
    std::vector<Range> ranges;  // disjoint, sorted
    std::vector<std::uint8_t> bytes;
  };
  enum class Placed : std::uint8_t { added, repeated, impossible };

  Assembly& find_or_begin(const Ipv4Packet& fragment, Timestamp time);
  void drop_old(Timestamp time);
  static Placed place(Assembly& assembly, const Ipv4Packet& fragment);

  std::vector<Assembly> assemblies_;
  std::vector<std::uint8_t> complete_;
  Counts counts_;
};

}  // namespace headland::ip
