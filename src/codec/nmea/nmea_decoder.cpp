// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/nmea_decoder.hpp"

#include <algorithm>
#include <utility>

#include "codec/nmea/line_time.hpp"
#include "codec/nmea/own_ship.hpp"

namespace headland::nmea {
namespace {

NmeaFault to_nmea(ais::PayloadFault fault) {
  return static_cast<NmeaFault>(static_cast<unsigned>(NmeaFault::ais_empty_payload) + static_cast<unsigned>(fault));
}
static_assert(static_cast<unsigned>(NmeaFault::ais_empty_payload) +
                  static_cast<unsigned>(ais::PayloadFault::impossible_type) ==
              static_cast<unsigned>(NmeaFault::ais_impossible_type));

// A one-digit field, -1 if it is anything else.
int digit(std::string_view field) {
  return field.size() == 1 && field[0] >= '0' && field[0] <= '9' ? field[0] - '0' : -1;
}

char channel_of(std::string_view field) {
  if (field.size() != 1) return 0;
  if (field[0] == 'A' || field[0] == '1') return 'A';
  if (field[0] == 'B' || field[0] == '2') return 'B';
  return 0;
}

// The next field of `rest`, which it and its comma leave. `more` tells whether a comma followed. Written out
// because most fields are one letter long or empty: a search by words costs more than it finds.
[[gnu::always_inline]] inline std::string_view take_field(std::string_view& rest, bool& more) {
  std::size_t comma = 0;
  while (comma < rest.size() && rest[comma] != ',') ++comma;
  more = comma < rest.size();
  const std::string_view field(rest.data(), comma);
  rest = more ? std::string_view(rest.data() + comma + 1, rest.size() - comma - 1) : std::string_view();
  return field;
}
// The same for a long one.
std::string_view take_long_field(std::string_view& rest, bool& more) {
  const std::size_t comma = rest.find(',');
  more = comma != std::string_view::npos;
  const std::string_view field = rest.substr(0, comma);
  rest.remove_prefix(more ? comma + 1 : rest.size());
  return field;
}

// Address (five letters), parts, part, sequence, channel, letters, fill; what follows is left alone: some
// receivers add a field of their own. An empty fill counts as 0.
bool read_part(std::string_view body, VdmPart& part, NmeaFault& fault) {
  std::string_view rest = body.substr(std::min<std::size_t>(body.size(), 6));
  bool more = false;
  const int parts = digit(take_field(rest, more));
  const int number = digit(take_field(rest, more));
  part.sequence = take_field(rest, more);
  part.channel = take_field(rest, more);
  part.letters = take_long_field(rest, more);
  const bool has_fill = more;
  const std::string_view fill_field = take_field(rest, more);
  const int fill = has_fill && fill_field.empty() ? 0 : digit(fill_field);
  fault = NmeaFault::bad_fields;
  if (parts < 0 || number < 0 || fill < 0 || part.sequence.size() > 4) return false;
  fault = NmeaFault::bad_fragment_number;
  if (parts == 0 || number == 0 || number > parts) return false;
  part.parts = static_cast<unsigned>(parts);
  part.part = static_cast<unsigned>(number);
  part.fill = static_cast<unsigned>(fill);
  return true;
}

}  // namespace

void NmeaDecoder::process(std::span<const std::uint8_t> text, Timestamp received, std::uint32_t source,
                          NmeaOutput& out) {
  SentenceScanner scanner({reinterpret_cast<const char*>(text.data()), text.size()}, counters_.faults);
  for (RawSentence sentence; scanner.next(sentence);) {
    if (sentence.start == 0) continue;
    ++counters_.sentences;
    const std::string_view& body = sentence.body;
    // Addresses of talkers have five letters; others, as of makers, are not ours.
    const bool talker = body.size() > 5 && body[5] == ',';
    const std::string_view formatter = talker ? body.substr(2, 3) : std::string_view();
    if (sentence.start == '!' && (formatter == "VDM" || formatter == "VDO")) {
      vdm(sentence, received, source, out);
    } else if (sentence.start == '$' && is_own_ship_sentence(formatter)) {
      own_ship(sentence, received, source, out);
    } else if (sentence.start == '$' && is_target_sentence(formatter)) {
      target(sentence, received, source, out);
    } else {
      ++counters_.other_sentences;
    }
  }
}

void NmeaDecoder::vdm(const RawSentence& sentence, Timestamp received, std::uint32_t source, NmeaOutput& out) {
  ++counters_.vdm_sentences;
  VdmPart part;
  NmeaFault fault{};
  if (!read_part(sentence.body, part, fault)) return counters_.faults.add(fault);
  part.own_ship = sentence.body[4] == 'O';

  const ais::Payload* payload = &single_;
  if (part.parts == 1) {
    single_.clear();
    if (const auto appended = single_.append(part.letters, part.fill); !appended) {
      return counters_.faults.add(to_nmea(appended.error()));
    }
  } else {
    part.source = source;
    part.talker = {sentence.body[0], sentence.body[1]};
    if (!sentence.tag.empty()) part.group = parse_tag(sentence.tag).group;
    payload = assembler_.add(part, received, counters_.faults);
    if (payload == nullptr) return;
  }

  const std::size_t before = out.ais.size();
  const ais::Reception reception{received, channel_of(part.channel), part.own_ship};
  auto decoded = ais::decode(*payload, reception, out.ais);
  if (decoded && !decoded->typed) decoded = ais::decode_link(*payload, reception, out.links);
  if (!decoded) return counters_.faults.add(to_nmea(decoded.error()));
  ++counters_.messages;
  ++counters_.messages_by_type[decoded->type];
  if (decoded->impossible_position) counters_.faults.add(NmeaFault::ais_impossible_position);
  if (config_.keep_heard) out.heard.push_back({*payload, received, source, reception.channel, part.own_ship});
  if (!part.own_ship) return;
  for (std::size_t i = before; i < out.ais.size(); ++i) {
    if (const auto report = own_ship_of(out.ais[i])) out.own_ship.emplace_back(*report).origin = source;
  }
}

void NmeaDecoder::target(const RawSentence& sentence, Timestamp received, std::uint32_t source, NmeaOutput& out) {
  ++counters_.target_sentences;
  auto target = parse_target(sentence.body, received);
  if (!target) return counters_.faults.add(target.error());
  target->source = source;
  out.targets.push_back(std::move(*target));
}

void NmeaDecoder::own_ship(const RawSentence& sentence, Timestamp received, std::uint32_t source, NmeaOutput& out) {
  const auto report = parse_own_ship(sentence.body, received);
  if (!report) return counters_.faults.add(report.error());
  if (!has_content(*report)) {
    ++counters_.not_valid;
    return;
  }
  out.own_ship.emplace_back(*report).origin = source;
}

}  // namespace headland::nmea
