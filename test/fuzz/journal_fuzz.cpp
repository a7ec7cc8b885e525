// SPDX-License-Identifier: Apache-2.0
// Any bytes as a segment file: the reader must end, and hand out only what lies inside.
#include <cstddef>
#include <cstdint>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "io/journal/journal_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace journal = headland::journal;
  const journal::File memory(::memfd_create("segment", MFD_CLOEXEC));
  if (::write(memory.fd(), data, size) != static_cast<ssize_t>(size)) return 0;
  auto reader = journal::JournalReader::open("/proc/self/fd/" + std::to_string(memory.fd()));
  if (reader) {
    while (const auto entry = reader->next()) (void)journal::decode_gap(entry->payload);
    reader->seek(headland::Timestamp());
    (void)reader->next();
    if (reader->seek_last(journal::EntryKind::checkpoint)) (void)reader->next();
  }
  // The parts that checksums keep the fuzzer from.
  std::size_t offset = 0;
  while (const auto entry = journal::next_entry({data, size}, offset)) (void)journal::decode_gap(entry->payload);
  return 0;
}
