// SPDX-License-Identifier: Apache-2.0
// ASTERIX: any bytes as a datagram. What is read as video must be written back and read the same.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/asterix/block.hpp"
#include "codec/asterix/cat240_spokes.hpp"
#include "codec/asterix/record_decoder.hpp"
#include "codec/asterix/record_walker.hpp"
#include "codec/asterix/system_status.hpp"
#include "codec/asterix/target_report.hpp"

namespace headland::asterix {
namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

void check_video(const Cat240Video& v, SpokeBlock& block) {
  if (block.spokes.size() >= 32 || !fits(v, block)) block = {};
  append_spoke(v, Timestamp{}, block);
  std::vector<std::uint8_t> again;
  const bool nano = v.cell_duration_fs % 1'000'000 == 0;
  if (!encode_video(v, nano ? CellDurationItem::nano : CellDurationItem::femto, again)) return;
  BlockReader blocks(again);
  const auto back = blocks.next();
  check(back.has_value());
  const auto record = Cat240Reader(*back).next();
  check(record.has_value());
  const auto& w = std::get<Cat240Video>(*record);
  check(w.cell_count == v.cell_count && w.bits == v.bits && w.cell_duration_fs == v.cell_duration_fs);
  check(std::equal(v.cells.begin(), v.cells.end(), w.cells.begin(), w.cells.end()));
}

// A record without the layouts of earlier ones is read the same.
void check_alone(const Block& block, const Record& record) {
  const std::size_t start = record.offset - block.offset - 3;
  RecordDecoder decoder({block.category, block.records.subspan(start), record.offset - 3});
  Record alone;
  check(decoder.next(alone).has_value() && alone.bytes.size() == record.bytes.size());
  const auto values = record.all();
  const auto same = alone.all();
  check(std::equal(values.begin(), values.end(), same.begin(), same.end(), [](const auto& a, const auto& b) {
    return a.field == b.field && a.repetition == b.repetition && a.bits == b.bits &&
           std::bit_cast<std::uint64_t>(a.number) == std::bit_cast<std::uint64_t>(b.number);
  }));
}

// Every field of every item; what is a target or a status is one.
void read_values(const Block& block, std::size_t size, Record& record) {
  for (RecordDecoder records(block); !records.at_end();) {
    const auto read = records.next(record);
    if (!read) {
      check(read.error().offset <= size);
      continue;
    }
    check(!record.bytes.empty() && record.all().size() == record.value_count());
    check_alone(block, record);
    for (const FieldValue& value : record.all()) check(text_of(value).size() <= 21);
    if (const auto target = target_of(record)) {
      check(!target->position || std::abs(target->position->latitude_deg()) <= 90.0);
      check(!target->time_of_day || target->time_of_day->value() < 86400.0);
    }
    if (const auto status = status_of(record)) check(encode_status(*status).size() < 256);
  }
}

void read_all(const std::uint8_t* data, std::size_t size) {
  SpokeBlock block;
  SequenceCheck sequence;
  Record record;
  for (BlockReader blocks({data, size}); !blocks.at_end();) {
    const auto next = blocks.next();
    if (!next) {
      check(next.error().offset < size);
      continue;
    }
    for (RecordWalker walker(*next); !walker.at_end();) {
      if (const auto walked = walker.next()) check(!walked->bytes.empty());
    }
    read_values(*next, size, record);
    for (Cat240Reader records(*next); !records.at_end();) {
      const auto video_record = records.next();
      if (!video_record) {
        check(video_record.error().offset <= size);
      } else if (const auto* video = std::get_if<Cat240Video>(&*video_record)) {
        sequence.check(video->sequence);
        check_video(*video, block);
      }
    }
  }
}

}  // namespace
}  // namespace headland::asterix

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  headland::asterix::read_all(data, size);
  return 0;
}
