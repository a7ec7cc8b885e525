// SPDX-License-Identifier: Apache-2.0
#include "runtime/inspect/nmea_inspector.hpp"

#include <algorithm>
#include <cstring>

namespace headland::inspect {
namespace {

// The first bytes of other protocols may be such letters, too, but not followed by text.
bool begins_like_sentence(std::span<const std::uint8_t> b) {
  const auto is_letter = [](std::uint8_t c) { return c >= 32 && c < 127; };
  return b.size() >= 6 && (b[0] == '!' || b[0] == '$' || b[0] == '\\') && std::ranges::all_of(b.first(6), is_letter);
}

// "GPGGA" counts as "GGA"; proprietary sentences ("PGHP", "PGRME") under their whole name.
std::string formatter_of(std::string_view address) {
  if (address.empty() || address.size() > 8) return "other";
  if (address[0] == 'P' || address.size() < 5) return std::string(address);
  return std::string(address.substr(address.size() - 3));
}

}  // namespace

bool NmeaInspector::add(const Piece& piece) {
  const std::string source = source_name(piece);
  auto known = streams_.find(source);
  const bool goes_on = known != streams_.end() && piece.is_stream;  // the middle of a line
  if (!goes_on && !begins_like_sentence(piece.payload)) return false;
  if (known == streams_.end()) {
    if (streams_.size() >= most_streams) return false;
    known = streams_.try_emplace(source).first;
    known->second.number = static_cast<std::uint32_t>(streams_.size());
  }
  Stream& stream = known->second;
  const Timestamp time = piece.time.value_or(Timestamp{});
  if (piece.is_stream) {
    stream.lines.feed(piece.payload, [&](std::span<const std::uint8_t> text) { add_text(text, time, stream); });
  } else {
    add_text(piece.payload, time, stream);
  }
  return true;
}

void NmeaInspector::add_text(std::span<const std::uint8_t> text, Timestamp time, Stream& stream) {
  const std::uint64_t ais_before = stream.decoder.counters().vdm_sentences;
  output_.clear();
  stream.decoder.process(text, time, stream.number, output_);
  const bool is_ais = stream.decoder.counters().vdm_sentences != ais_before;
  ++(is_ais ? stream.ais_datagrams : stream.other_datagrams);
  nmea::FaultCounts counted_by_decoder;
  nmea::SentenceScanner scanner({reinterpret_cast<const char*>(text.data()), text.size()}, counted_by_decoder);
  for (nmea::RawSentence sentence; scanner.next(sentence);) {
    const std::string name = formatter_of(sentence.address());
    if (sentence.body.empty() || name == "VDM" || name == "VDO") continue;
    if (stream.sentences.size() < 128 || stream.sentences.contains(name)) ++stream.sentences[name];
  }
  for (const OwnShipReport& own : output_.own_ship) {
    if (own.heading_true)
      stream.headings.add(HeadingOf::true_north, own.heading_true->radians());
    else if (own.heading_magnetic)
      stream.headings.add(HeadingOf::magnetic, own.heading_magnetic->radians());
    if (!own.position) continue;
    const std::string from(own.source.data(), strnlen(own.source.data(), own.source.size()));
    if (fixes_.size() >= 64 && !fixes_.contains(from)) continue;
    Fix& fix = fixes_[from];
    ++fix.count;
    fix.position = *own.position;
  }
}

std::optional<PositionReport> NmeaInspector::position() const {
  const auto most = std::ranges::max_element(fixes_, {}, [](const auto& fix) { return fix.second.count; });
  if (most == fixes_.end()) return std::nullopt;
  return PositionReport{most->second.position, most->first};
}

void NmeaInspector::report(std::vector<StreamReport>& out) const {
  for (const auto& [source, stream] : streams_) {
    const auto& counters = stream.decoder.counters();
    Counts rejected;
    for (std::size_t i = 0; i < nmea::nmea_fault_count; ++i) {
      const auto fault = static_cast<nmea::NmeaFault>(i);
      if (counters.faults[fault] > 0) rejected[std::string(to_text(fault))] = counters.faults[fault];
    }
    if (stream.lines.overlong() > 0) rejected["overlong-line"] = stream.lines.overlong();
    if (counters.vdm_sentences > 0) {
      StreamReport& r = out.emplace_back();
      r.protocol = "nmea-ais";
      r.source = source;
      r.datagrams = stream.ais_datagrams;
      for (std::size_t type = 1; type < counters.messages_by_type.size(); ++type) {
        if (counters.messages_by_type[type] > 0) r.messages[std::to_string(type)] = counters.messages_by_type[type];
      }
      r.rejected = std::move(rejected);
      rejected.clear();
    }
    if (!stream.sentences.empty() || counters.vdm_sentences == 0) {
      StreamReport& r = out.emplace_back();
      r.protocol = "nmea";
      r.source = source;
      r.datagrams = stream.other_datagrams;
      r.heading = stream.headings.report_true_first();
      r.messages = stream.sentences;
      r.rejected = std::move(rejected);
    }
  }
}

}  // namespace headland::inspect
