// SPDX-License-Identifier: Apache-2.0
// Writes UDP datagrams as a capture (pcap, nanoseconds, raw IPv4) that other tools can read.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "io/net/endpoint.hpp"

namespace headland::net {

class CaptureWriter {
 public:
  // Replaces a file that is there.
  static Expected<CaptureWriter> create(const std::string& path);
  CaptureWriter(CaptureWriter&&) noexcept;
  CaptureWriter& operator=(CaptureWriter&&) noexcept;
  ~CaptureWriter();

  // One datagram of up to 65507 bytes, as one packet; `time` from 1970 on.
  Expected<void> write(Timestamp time, const Endpoint& source, const Endpoint& destination,
                       std::span<const std::uint8_t> payload);
  // Writes out what is buffered. The destructor does so, too, but cannot tell of failure.
  Expected<void> close();

 private:
  struct State;
  explicit CaptureWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace headland::net
