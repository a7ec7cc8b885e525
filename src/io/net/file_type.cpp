// SPDX-License-Identifier: Apache-2.0
#include "io/net/file_type.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <vector>

#include "io/net/byte_source.hpp"
#include "io/net/line_splitter.hpp"

namespace headland::net {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t head_size = 64U * 1024U;

std::uint32_t magic(Bytes b) {
  return b.size() < 4 ? 0
                      : (std::uint32_t{b[0]} << 24) | (std::uint32_t{b[1]} << 16) | (std::uint32_t{b[2]} << 8) | b[3];
}

bool is_capture(std::uint32_t m) {
  constexpr std::array<std::uint32_t, 5> magics{0xA1B2C3D4, 0xD4C3B2A1, 0xA1B23C4D, 0x4D3CB2A1, 0x0A0D0D0A};
  return std::ranges::find(magics, m) != magics.end();
}

// Categories in use for surveillance; a first block of another one is not taken for ASTERIX.
bool is_asterix_category(std::uint8_t category) {
  constexpr std::array<std::uint8_t, 31> known{1,  2,  3,  4,  7,  8,  10, 11, 15, 16,  17,  18,  19,  20,  21, 23,
                                               25, 30, 31, 32, 34, 48, 62, 63, 65, 128, 150, 204, 205, 240, 247};
  return std::ranges::find(known, category) != known.end();
}

// All blocks that the head holds have a sensible length.
bool is_asterix(Bytes b, bool whole) {
  std::size_t at = 0;
  std::size_t blocks = 0;
  while (b.size() - at >= 3) {
    const std::size_t length = static_cast<std::size_t>((b[at + 1] << 8) | b[at + 2]);
    if (!is_asterix_category(b[at]) || length < 4) return false;
    if (length > b.size() - at) return !whole && blocks > 0;
    at += length;
    ++blocks;
  }
  return blocks > 0;
}

// Records of FINAL: total length, 3 bytes, time, data, four bytes A5.
bool is_asterix_final(Bytes b, bool whole) {
  std::size_t at = 0;
  std::size_t records = 0;
  while (b.size() - at >= 12) {
    const std::size_t length = static_cast<std::size_t>((b[at] << 8) | b[at + 1]);
    if (length < 12) return false;
    if (length > b.size() - at) return !whole && records > 0;
    if (magic(b.subspan(at + length - 4)) != 0xA5A5A5A5U) return false;
    at += length;
    ++records;
  }
  return records > 0;
}

bool is_text(Bytes b) {
  return !b.empty() && std::ranges::none_of(b, [](std::uint8_t c) {
    return c == 0 || (c < 32 && c != '\t' && c != '\n' && c != '\r' && c != 0x1B);
  });
}

// A sentence: '!' or '$', five or more letters and digits, a comma; a tag block or a time may stand before.
bool is_sentence(std::string_view line) {
  const auto start = line.find_first_of("!$");
  if (start == std::string_view::npos) return false;
  std::size_t letters = 0;
  for (const char c : line.substr(start + 1)) {
    if (c == ',') return letters >= 4 && letters <= 8;
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) return false;
    ++letters;
  }
  return false;
}

bool has_column(std::string_view header, std::string_view name) {
  for (std::size_t at = header.find(name); at != std::string_view::npos; at = header.find(name, at + 1)) {
    const bool begins = at == 0 || header[at - 1] == ',' || header[at - 1] == ' ' || header[at - 1] == '"';
    const std::size_t end = at + name.size();
    const bool ends = end == header.size() || header[end] == ',' || header[end] == ' ' || header[end] == '"';
    if (begins && ends) return true;
  }
  return false;
}

bool is_plots_header(std::string_view line) {
  return has_column(line, "time_s") && (has_column(line, "range_m") || has_column(line, "east_m")) &&
         !has_column(line, "track_id") && !has_column(line, "target_id");
}

FileKind recognise_text(Bytes b) {
  bool first = true;
  FileKind kind = FileKind::unknown;
  LineSplitter lines;
  const auto look = [&](std::string_view line) {
    if (kind != FileKind::unknown) return;
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.empty() || line[0] == '#') return;
    if (first && is_plots_header(line))
      kind = FileKind::plots_csv;
    else if (is_sentence(line))
      kind = FileKind::nmea;
    first = false;
  };
  lines.feed(b, look);
  lines.finish(look);
  return kind;
}

}  // namespace

std::string_view name_of(FileKind kind) {
  switch (kind) {
    case FileKind::unknown:
      return "unknown";
    case FileKind::capture:
      return "capture";
    case FileKind::journal:
      return "journal";
    case FileKind::asterix:
      return "asterix";
    case FileKind::asterix_final:
      return "asterix-final";
    case FileKind::nmea:
      return "nmea";
    case FileKind::plots_csv:
      return "plots-csv";
  }
  return "unknown";
}

FileKind recognise(Bytes head, bool whole) {
  if (is_capture(magic(head))) return FileKind::capture;
  if (head.size() >= 4 && std::memcmp(head.data(), "HLJ1", 4) == 0) return FileKind::journal;
  if (is_text(head)) return recognise_text(head);
  if (is_asterix_final(head, whole)) return FileKind::asterix_final;
  if (is_asterix(head, whole)) return FileKind::asterix;
  // Text with a few damaged bytes, as receivers write it.
  return recognise_text(head);
}

Expected<FileType> recognise_file(const std::string& path) {
  auto source = ByteSource::open(path);
  if (!source) return unexpected(source.error());
  std::vector<std::uint8_t> head(head_size);
  const auto size = source->read(head);
  if (!size) return unexpected(size.error());
  head.resize(*size);
  return FileType{recognise(head, *size < head_size), source->is_gzip()};
}

}  // namespace headland::net
