// SPDX-License-Identifier: Apache-2.0
// What a file holds, told by its content, never by its name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/expected.hpp"

namespace headland::net {

enum class FileKind : std::uint8_t {
  unknown,
  capture,        // pcap or pcapng
  journal,        // our own, magic HLJ1
  asterix,        // ASTERIX data blocks one after another
  asterix_final,  // the same in FINAL records, each with a time
  nmea,           // lines of NMEA 0183 or AIS sentences
  plots_csv,      // a header that names time_s and range_m or east_m
};
std::string_view name_of(FileKind kind);

struct FileType {
  FileKind kind = FileKind::unknown;
  bool gzip = false;  // the kind is that of the unpacked content
};

// Reads the first 64 KiB (unpacked).
Expected<FileType> recognise_file(const std::string& path);
// The same of bytes; `whole`: there are no more than these.
FileKind recognise(std::span<const std::uint8_t> head, bool whole);

}  // namespace headland::net
