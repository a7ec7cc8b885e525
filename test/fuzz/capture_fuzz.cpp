// SPDX-License-Identifier: Apache-2.0
// Captures and other files: any bytes as the content of a file.
#include <cstddef>
#include <cstdint>

#include "io/net/capture_reader.hpp"
#include "io/net/file_readers.hpp"
#include "io/net/file_type.hpp"

namespace headland::net {
namespace {

void read_all(std::span<const std::uint8_t> bytes) {
  recognise(bytes, true);
  std::uint64_t sum = 0;
  if (auto reader = CaptureReader::open(ByteSource::from_memory(bytes))) {
    while (const auto datagram = reader->next()) {
      for (const std::uint8_t b : datagram->payload) sum += b;  // every byte handed out must be there
    }
  }
  for (const bool final_records : {false, true}) {
    AsterixFileReader blocks(ByteSource::from_memory(bytes), final_records);
    while (const auto piece = blocks.next()) {
      for (const std::uint8_t b : piece->blocks) sum += b;
    }
  }
  LineFileReader lines(ByteSource::from_memory(bytes), 100);
  while (lines.read_some([&](std::string_view line) { sum += line.size(); })) {
  }
  [[maybe_unused]] volatile std::uint64_t kept = sum;
}

}  // namespace
}  // namespace headland::net

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  headland::net::read_all({data, size});
  return 0;
}
