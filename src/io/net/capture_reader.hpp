// SPDX-License-Identifier: Apache-2.0
// Network captures (pcap with us or ns, either byte order; pcapng; gzip of these) as a stream of UDP
// datagrams and TCP payloads. IP fragments are put together. Memory is bounded whatever the file says:
// about 4 MiB for fragments, 16 MiB for TCP, one frame.
//
// The file formats are read by libpcap; its limit stands: all interfaces of a pcapng must have one link
// type and one time resolution.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "codec/ip/packet.hpp"
#include "core/base/expected.hpp"
#include "io/net/byte_source.hpp"
#include "io/net/endpoint.hpp"

namespace headland::net {

using ip::PacketReject;

struct CaptureCounters {
  std::uint64_t frames = 0;
  std::uint64_t datagrams = 0;  // UDP datagrams and TCP pieces handed out
  std::array<std::uint64_t, static_cast<std::size_t>(PacketReject::count_)> rejected{};
  std::uint64_t cut_short = 0;  // 1: the file ends in the middle of a frame or is damaged there

  [[nodiscard]] std::uint64_t of(PacketReject reason) const { return rejected[static_cast<std::size_t>(reason)]; }
};

class CaptureReader {
 public:
  static Expected<CaptureReader> open(const std::string& path);
  static Expected<CaptureReader> open(ByteSource source);

  CaptureReader(CaptureReader&&) noexcept;
  CaptureReader& operator=(CaptureReader&&) noexcept;
  ~CaptureReader();

  // The next datagram in the order of the file; nothing at the end. A file that ends in the middle of a
  // frame ends there, and is counted.
  std::optional<Datagram> next();
  [[nodiscard]] const CaptureCounters& counters() const;
  // Why the file ended early, where `cut_short` is counted; else empty.
  [[nodiscard]] const std::string& damage() const;
  [[nodiscard]] double progress() const;  // share of the file on disk, 0..1

 private:
  struct State;
  explicit CaptureReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace headland::net
