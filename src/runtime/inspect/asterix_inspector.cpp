// SPDX-License-Identifier: Apache-2.0
#include "runtime/inspect/asterix_inspector.hpp"

#include <algorithm>
#include <array>
#include <numbers>

#include <fmt/core.h>

#include "codec/asterix/record_walker.hpp"
#include "core/base/units.hpp"

namespace headland::inspect {
namespace {

// Bytes behind the last block that a recorder may have added.
constexpr std::size_t longest_trailer = 16;

// Categories whose records cannot be walked here, but whose blocks are told.
bool is_other_category(std::uint8_t category) {
  constexpr std::array<std::uint8_t, 10> others{8, 11, 19, 20, 23, 25, 30, 31, 32, 247};
  return std::ranges::find(others, category) != others.end();
}
bool is_category(std::uint8_t category) {
  return category == 240 || asterix::is_walkable(category) || is_other_category(category);
}

// Little-endian protocols often look like a block of a low category: its records must fit, too. Video is
// taken by its block alone, so that a sender of broken video is told.
bool has_sound_records(const asterix::Block& block) {
  if (!asterix::is_walkable(block.category)) return true;
  for (asterix::RecordWalker walker(block); !walker.at_end();) {
    if (!walker.next()) return false;
  }
  return true;
}

}  // namespace

// A first datagram of a source must be all blocks (and a short trailer): anything may begin with a number.
bool AsterixInspector::looks_like_blocks(std::span<const std::uint8_t> payload) {
  std::size_t end = 0;
  for (asterix::BlockReader blocks(payload); !blocks.at_end();) {
    const auto block = blocks.next();
    if (!block) return end > 0 && payload.size() - end <= longest_trailer;
    if (!is_category(block->category)) return end > 0 && payload.size() - end <= longest_trailer;
    if (!has_sound_records(*block)) return false;
    end = block->offset + 3 + block->records.size();
  }
  return end > 0;
}

bool AsterixInspector::add(const Piece& piece) {
  const std::string source = source_name(piece);
  if (!sources_.contains(source)) {
    if (!looks_like_blocks(piece.payload) || sources_.size() >= most_streams) return false;
    sources_.insert(source);
  }
  std::optional<Key> first;
  for (asterix::BlockReader blocks(piece.payload); !blocks.at_end();) {
    const auto block = blocks.next();
    if (!block || (first && !is_category(block->category))) {
      const auto fault = block ? asterix::Fault{asterix::FaultReason::trailing_bytes, block->offset} : block.error();
      // What cannot be told by its category counts where the source's first category counts.
      const auto known = first ? streams_.find(*first) : streams_.lower_bound({0, source});
      if (known != streams_.end()) known->second.refuse(fault);
      break;
    }
    const Key key{block->category, source};
    Stream& stream = streams_[key];
    if (!first) ++stream.datagrams;
    if (first && *first != key) ++stream.datagrams;
    if (!first) first = key;
    add_block(*block, piece, stream);
  }
  return true;
}

void AsterixInspector::add_block(const asterix::Block& block, const Piece& piece, Stream& stream) {
  if (block.category != 240) {
    add_records(block, stream);
    return;
  }
  for (asterix::Cat240Reader reader(block); !reader.at_end();) {
    const auto record = reader.next();
    if (!record) {
      stream.refuse(record.error());
    } else if (const auto* video = std::get_if<asterix::Cat240Video>(&*record)) {
      ++stream.messages["video"];
      add_video(*video, piece, stream);
    } else {
      ++stream.messages["summary"];
    }
  }
}

void AsterixInspector::add_records(const asterix::Block& block, Stream& stream) {
  if (!asterix::is_walkable(block.category)) {
    ++stream.messages["block"];  // what is in it is not known here
    return;
  }
  for (asterix::RecordDecoder records(block); !records.at_end();) {
    if (const auto read = records.next(record_); !read) {
      stream.refuse(read.error());
      continue;
    }
    ++stream.messages[std::string(asterix::message_name(block.category, record_.message_type))];
    stream.values += record_.value_count();
  }
}

void AsterixInspector::Stream::refuse(const asterix::Fault& fault) {
  constexpr std::uint64_t most_examples = 3;
  std::string reason(name_of(fault.reason));
  if (++rejected[reason] <= most_examples) rejects.push_back({std::move(reason), datagrams, fault.offset});
}

void AsterixInspector::add_video(const asterix::Cat240Video& v, const Piece& piece, Stream& stream) {
  auto& s = stream.spokes;
  ++s.spokes;
  if (stream.sequence.check(v.sequence).step == asterix::SequenceCheck::Step::lost) ++s.gaps;
  // Without a time of reception the records' own time of day must do.
  auto time = piece.time.value_or(stream.last_time.value_or(Timestamp{}));
  if (!piece.time && v.time_of_day) time = asterix::resolve_time_of_day(*v.time_of_day, time);
  stream.last_time = time;
  const double cell_m = static_cast<double>(v.cell_duration_fs) * 1e-15 * speed_of_light_mps / 2.0;
  s.cells.add(cell_m);
  s.ranges.add(cell_m * (static_cast<double>(v.start_cell) + v.cell_count));
  s.headings.add(HeadingOf::none);
  s.turns.add(Bearing(Radians(v.start_azimuth * 2.0 * std::numbers::pi / 65536.0)), time);
}

void AsterixInspector::report(std::vector<StreamReport>& out) const {
  for (const auto& [key, stream] : streams_) {
    StreamReport& r = out.emplace_back();
    r.protocol = fmt::format("asterix-{:03}", key.first);
    r.source = key.second;
    r.datagrams = stream.datagrams;
    stream.spokes.fill(r);
    r.messages = stream.messages;
    r.rejected = stream.rejected;
    r.rejects = stream.rejects;
    r.values = stream.values;
  }
}

}  // namespace headland::inspect
