// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/input/input_file.hpp"

#include <deque>
#include <string_view>
#include <utility>

#include "codec/asterix/block.hpp"
#include "codec/asterix/cat240.hpp"
#include "codec/asterix/cat240_spokes.hpp"
#include "codec/asterix/system_status.hpp"
#include "codec/asterix/target_report.hpp"
#include "codec/nmea/line_time.hpp"
#include "io/journal/journal_reader.hpp"
#include "io/net/capture_reader.hpp"
#include "io/net/file_readers.hpp"
#include "io/net/file_type.hpp"
#include "runtime/station/input/input_file_detail.hpp"

namespace headland::station {
namespace {

using Counts = std::map<std::string, std::uint64_t>;

void count(Counts& out, const std::string& reason, std::uint64_t n) {
  if (n > 0) out[reason] += n;
}

class CaptureInput final : public InputFile {
 public:
  explicit CaptureInput(net::CaptureReader reader) : reader_(std::move(reader)) {}
  std::optional<InputEvent> next() override {
    const auto datagram = reader_.next();
    if (!datagram) return std::nullopt;
    InputEvent event;
    event.time = datagram->time;
    event.source = datagram->source;
    event.destination = datagram->destination;
    event.bytes.assign(datagram->payload.begin(), datagram->payload.end());
    return event;
  }
  [[nodiscard]] double progress() const override { return reader_.progress(); }
  void count_rejected(Counts& out) const override {
    const auto& c = reader_.counters();
    for (std::size_t i = 0; i < c.rejected.size(); ++i) {
      count(out, std::string("capture: ") + ip::name_of(static_cast<ip::PacketReject>(i)), c.rejected[i]);
    }
    count(out, "capture: cut short", c.cut_short);
  }

 private:
  net::CaptureReader reader_;
};

class NmeaInput final : public InputFile {
 public:
  explicit NmeaInput(net::ByteSource source) : reader_(std::move(source)) {}
  std::optional<InputEvent> next() override {
    // Lines before the first time are given that time, as far as it is near; a file without any counts from 0.
    while (!ended_ && (events_.empty() || (!timed_ && events_.size() < most_untimed))) {
      ended_ = !reader_.read_some([this](std::string_view line) { add(line); });
    }
    if (events_.empty()) return std::nullopt;
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
  }
  [[nodiscard]] double progress() const override { return reader_.progress(); }
  void count_rejected(Counts& out) const override {
    count(out, "text: line too long", reader_.counters().overlong);
    count(out, "text: line without a time", clock_.counters().lines_without_time);
    count(out, "text: time goes back", clock_.counters().backwards);
    count(out, "text: cut short", reader_.counters().cut_short);
  }

 private:
  void add(std::string_view line) {
    InputEvent event;
    event.kind = InputKind::text;
    const auto time = clock_.time_of(line);
    if (time && !timed_) {
      for (auto& earlier : events_) earlier.time = *time;
    }
    timed_ = timed_ || time;
    event.time = time.value_or(Timestamp{});
    event.bytes.assign(line.begin(), line.end());
    events_.push_back(std::move(event));
  }

  static constexpr std::size_t most_untimed = 20'000;

  net::LineFileReader reader_;
  nmea::NmeaFileClock clock_;
  std::deque<InputEvent> events_;  // of one piece of the file
  bool timed_ = false;             // a time was met
  bool ended_ = false;
};

// Blocks without a clock: the time of day inside counts from day zero.
class AsterixInput final : public InputFile {
 public:
  AsterixInput(net::ByteSource source, bool final_records) : reader_(std::move(source), final_records) {}
  std::optional<InputEvent> next() override {
    const auto piece = reader_.next();
    if (!piece) return std::nullopt;
    if (piece->time_of_day) {
      last_ = asterix::resolve_time_of_day(
          static_cast<std::uint32_t>(piece->time_of_day->count() / 7'812'500 % asterix::time_of_day_units), near());
    } else if (const auto own = time_inside(piece->blocks)) {
      last_ = asterix::resolve_time_of_day(*own, near());
    }
    InputEvent event;
    event.time = last_.value_or(Timestamp{});
    event.bytes.assign(piece->blocks.begin(), piece->blocks.end());
    return event;
  }
  [[nodiscard]] double progress() const override { return reader_.progress(); }
  void count_rejected(Counts& out) const override {
    count(out, "asterix file: bad length", reader_.counters().bad_length);
    count(out, "asterix file: cut short", reader_.counters().cut_short);
  }

 private:
  // The first time may be any of day zero.
  [[nodiscard]] Timestamp near() const { return last_.value_or(Timestamp(std::chrono::hours(12))); }
  std::optional<std::uint32_t> time_inside(std::span<const std::uint8_t> bytes) {
    asterix::BlockReader blocks(bytes);
    const auto block = blocks.next();
    if (!block) return std::nullopt;
    if (block->category == 240) {
      const auto record = asterix::Cat240Reader(*block).next();
      if (!record) return std::nullopt;
      const auto* video = std::get_if<asterix::Cat240Video>(&*record);
      return video == nullptr ? std::nullopt : video->time_of_day;
    }
    if (!asterix::RecordDecoder(*block).next(record_)) return std::nullopt;
    std::optional<Seconds> time;
    if (const auto target = asterix::target_of(record_)) time = target->time_of_day;
    if (const auto status = asterix::status_of(record_)) time = status->time_of_day;
    if (!time) return std::nullopt;
    return static_cast<std::uint32_t>(time->value() * 128.0);
  }

  net::AsterixFileReader reader_;
  asterix::Record record_;
  std::optional<Timestamp> last_;
};

class JournalInput final : public InputFile {
 public:
  explicit JournalInput(journal::JournalReader reader) : reader_(std::move(reader)) {
    first_ = reader_.first_time();
    last_ = reader_.last_time();
  }
  std::optional<InputEvent> next() override {
    const auto entry = reader_.next();
    if (!entry) return std::nullopt;
    InputEvent event;
    event.kind = InputKind::journal;
    event.time = at_ = entry->time;
    event.entry_kind = entry->kind;
    event.stream = entry->stream;
    event.bytes.assign(entry->payload.begin(), entry->payload.end());
    return event;
  }
  [[nodiscard]] double progress() const override {
    if (!first_ || !last_ || *last_ <= *first_) return 0.0;
    return to_seconds(at_ - *first_) / to_seconds(*last_ - *first_);
  }
  void count_rejected(Counts& out) const override {
    const auto c = reader_.counters();
    count(out, "journal: damaged chunks", c.damaged_chunks);
    count(out, "journal: missing entries", c.missing_sequences);
    count(out, "journal: torn bytes", c.torn_bytes);
    count(out, "journal: unreadable segments", c.unreadable_segments);
  }

 private:
  journal::JournalReader reader_;
  std::optional<Timestamp> first_, last_;
  Timestamp at_;
};

Expected<std::unique_ptr<InputFile>> open_journal(const std::string& path) {
  auto reader = journal::JournalReader::open(path);
  if (!reader) return unexpected(reader.error());
  if (reader->segment_count() == 0) {
    return fail(ErrorCode::not_found, path + ": no journal in this folder; name the one with files *.hlj, which is " +
                                          "journal in the station's data_directory");
  }
  return std::make_unique<JournalInput>(std::move(*reader));
}

}  // namespace

Expected<std::unique_ptr<InputFile>> open_input(const std::string& path, const InputOptions& options) {
  if (std::filesystem::is_directory(path)) return open_journal(path);
  const auto type = net::recognise_file(path);
  if (!type) return unexpected(type.error());
  if (type->kind == net::FileKind::journal) return open_journal(path);
  if (type->kind == net::FileKind::unknown) {
    return fail(ErrorCode::unsupported,
                path +
                    ": not a recording that is understood (captures, NMEA text, ASTERIX blocks, "
                    "journals, plots CSV; plain or gzip)");
  }
  auto source = net::ByteSource::open(path);
  if (!source) return unexpected(source.error());
  switch (type->kind) {
    case net::FileKind::capture: {
      auto reader = net::CaptureReader::open(std::move(*source));
      if (!reader) return unexpected(reader.error());
      return std::make_unique<CaptureInput>(std::move(*reader));
    }
    case net::FileKind::nmea:
      return std::make_unique<NmeaInput>(std::move(*source));
    case net::FileKind::plots_csv:
      return open_plots_input(std::move(*source), options);
    default:
      return std::make_unique<AsterixInput>(std::move(*source), type->kind == net::FileKind::asterix_final);
  }
}

}  // namespace headland::station
