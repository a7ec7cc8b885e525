// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/cat062.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "codec/asterix/block.hpp"
#include "codec/asterix/bytes.hpp"
#include "codec/asterix/cat240_spokes.hpp"

namespace headland::asterix {
namespace {

// Collects items in the order of their numbers (FRN) and writes the field specification before them.
class RecordWriter {
 public:
  std::vector<std::uint8_t>& item(unsigned frn) {
    spec_[(frn - 1) / 7] |= static_cast<std::uint8_t>(0x80U >> ((frn - 1) % 7));
    return body_;
  }
  void write(std::vector<std::uint8_t>& out) {
    std::size_t last = spec_.size();
    while (last > 1 && spec_[last - 1] == 0) --last;
    for (std::size_t i = 0; i < last; ++i) {
      out.push_back(static_cast<std::uint8_t>(spec_[i] | (i + 1 < last ? 1U : 0U)));
    }
    out.insert(out.end(), body_.begin(), body_.end());
  }

 private:
  std::array<std::uint8_t, 4> spec_{};
  std::vector<std::uint8_t> body_;
};

std::int64_t units(double value, double unit) { return std::llround(value / unit); }
// "The largest value means this or more."
std::uint64_t capped(double value, double unit, std::uint64_t most) {
  return value >= static_cast<double>(most) * unit ? most
                                                   : static_cast<std::uint64_t>(std::max(0.0, value / unit + 0.5));
}
std::int64_t limited(double value, double unit, std::int64_t most) {
  return std::clamp<std::int64_t>(units(std::clamp(value, -1e9, 1e9), unit), -most - 1, most);
}

// The six-bit alphabet of ICAO Annex 10 volume IV 3.1.2.9: A to Z are 1 to 26, blank 32, digits 48 to 57.
std::uint64_t icao_letter(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint64_t>(c - 'A' + 1);
  if (c >= '0' && c <= '9') return static_cast<std::uint64_t>(c);
  return 32;
}

void put_identification(const SystemTrack& t, RecordWriter& record) {
  if (!t.particulars) return;
  const auto& text = t.particulars->callsign ? t.particulars->callsign : t.particulars->name;
  if (!text || text->empty()) return;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits = (bits << 6U) | icao_letter(i < text->size() ? (*text)[i] : ' ');
  auto& b = record.item(11);
  put(b, 0x40, 1);  // subfield 2 of 380
  put(b, bits, 6);
}

const Contribution* newest(const SystemTrack& t, SourceKind kind) {
  const Contribution* best = nullptr;
  for (const Contribution& c : t.contributions) {
    if (c.kind == kind && (best == nullptr || c.last > best->last)) best = &c;
  }
  return best;
}

void put_status(const SystemTrack& t, RecordWriter& record) {
  const bool radar = newest(t, SourceKind::radar) != nullptr;
  const bool ais = newest(t, SourceKind::ais) != nullptr;
  const bool coasting = t.stage == TrackStage::coasting;
  // Octets: MON SPI MRH SRC3 CNF FX | SIM TSE TSB FPC AFF STP KOS FX | AMA MD4.2 ME MI MD5.2 FX |
  //         CST PSR SSR MDS ADS SUC AAC FX | SDS2 EMS3 PFT FPLT FX
  std::array<unsigned, 5> octets{};
  octets[0] = (radar != ais ? 0x80U : 0U) | (t.stage == TrackStage::tentative ? 0x02U : 0U);
  octets[1] = (t.stage == TrackStage::ended ? 0x40U : 0U) | (t.time == t.began ? 0x20U : 0U);
  octets[3] = (coasting ? 0x80U : 0U) | (coasting || !radar ? 0x40U : 0U);
  octets[4] = radar && ais ? 0U : radar ? 0x80U : 0x40U;  // combined, non-cooperative, co-operative
  auto& b = record.item(13);
  for (std::size_t i = 0; i < octets.size(); ++i) put(b, octets[i] | (i + 1 < octets.size() ? 1U : 0U), 1);
}

void put_ages(const SystemTrack& t, RecordWriter& record) {
  const Contribution* radar = newest(t, SourceKind::radar);
  auto& b = record.item(14);
  put(b, radar != nullptr ? 0xC0 : 0x80, 1);
  put(b, capped(to_seconds(t.time - t.began).value(), 0.25, 255), 1);
  if (radar != nullptr) put(b, capped(to_seconds(t.time - radar->last).value(), 0.25, 255), 1);
}

// Length, orientation, width; what is stated by AIS goes before what the echo shows.
void put_size(const SystemTrack& t, RecordWriter& record) {
  double length = t.length.value();
  double width = t.width.value();
  if (t.particulars && t.particulars->to_bow_m && t.particulars->to_stern_m) {
    length = *t.particulars->to_bow_m + *t.particulars->to_stern_m;
    width = t.particulars->to_port_m.value_or(0) + t.particulars->to_starboard_m.value_or(0);
  }
  if (length <= 0.0) return;
  const bool has_heading = t.report && t.report->heading;
  const auto seven_bits = [](std::uint64_t value, bool more) { return (value << 1U) | (more ? 1U : 0U); };
  auto& b = record.item(22);
  put(b, seven_bits(capped(length, 1.0, 127), has_heading), 1);
  if (!has_heading) return;  // without an orientation the largest dimension alone is sent
  const auto orientation = static_cast<std::uint64_t>(units(t.report->heading->degrees(), 360.0 / 128.0)) % 128U;
  put(b, seven_bits(orientation, width > 0.0), 1);
  if (width > 0.0) put(b, seven_bits(capped(width, 1.0, 127), false), 1);
}

void put_accuracy(const SystemTrack& t, const Cat062Config& config, RecordWriter& record) {
  if (!(t.var_ee_m2 > 0.0) || !(t.var_nn_m2 > 0.0)) return;
  const auto of_velocity = t.velocity_known && config.velocity_deviation ? config.velocity_deviation(t) : std::nullopt;
  auto& b = record.item(27);
  put(b, of_velocity ? 0xC4 : 0xC0, 1);  // subfields 1 (APC), 2 (COV), 6 (ATV)
  put(b, capped(std::sqrt(t.var_ee_m2), 0.5, 65535), 2);
  put(b, capped(std::sqrt(t.var_nn_m2), 0.5, 65535), 2);
  put_signed(b, limited(std::copysign(std::sqrt(std::abs(t.cov_en_m2)), t.cov_en_m2), 0.5, 32767), 2);
  if (!of_velocity) return;
  // Up, not to the nearest: who takes them must not become surer than we are.
  const auto up = [](MetresPerSecond deviation) {
    return static_cast<std::uint64_t>(std::clamp(std::ceil(deviation.value() / 0.25), 1.0, 255.0));
  };
  put(b, up(of_velocity->east), 1);
  put(b, up(of_velocity->north), 1);
}

void put_source(const Cat062Config& config, RecordWriter& record) {
  auto& source = record.item(1);
  put(source, config.sac, 1);
  put(source, config.sic, 1);
}

void put_kinematics(const SystemTrack& t, RecordWriter& record) {
  constexpr double degrees_per_unit = 180.0 / 33554432.0;  // 180 / 2^25
  put(record.item(4), time_of_day_of(t.time), 3);
  auto& position = record.item(5);
  put_signed(position, limited(t.position.latitude_deg(), degrees_per_unit, 16777216), 4);
  put_signed(position, limited(t.position.longitude_deg(), degrees_per_unit, 33554431), 4);
  constexpr double farthest_m = 4'194'303.0;  // 24 bits of 0.5 m
  if (std::abs(t.local.east.value()) < farthest_m && std::abs(t.local.north.value()) < farthest_m) {
    auto& local = record.item(6);
    put_signed(local, units(t.local.east.value(), 0.5), 3);
    put_signed(local, units(t.local.north.value(), 0.5), 3);
  }
  if (t.velocity_known) {
    auto& velocity = record.item(7);
    put_signed(velocity, limited(t.velocity.east.value(), 0.25, 32767), 2);
    put_signed(velocity, limited(t.velocity.north.value(), 0.25, 32767), 2);
  }
}

bool is_track(const SystemTrack& t) {
  if (t.kind != SystemTrackKind::vessel) return false;
  // What others alone see is theirs to send.
  return t.contributions.empty() || newest(t, SourceKind::radar) != nullptr || newest(t, SourceKind::ais) != nullptr;
}

}  // namespace

bool TrackNumbers::is_free(std::uint16_t number, Timestamp now) {
  const auto taken = taken_.find(number);
  if (taken == taken_.end()) return true;
  if (taken->second > now) return false;
  taken_.erase(taken);
  return true;
}

std::optional<std::uint16_t> TrackNumbers::of(SystemTrackId track, Timestamp now) {
  const auto known = numbers_.find(track);
  if (known != numbers_.end()) return known->second;
  auto number = static_cast<std::uint16_t>(track.value());
  if (number == 0 || !is_free(number, now)) {
    number = 1;
    while (!is_free(number, now)) {
      if (number == 65535) return std::nullopt;
      ++number;
    }
  }
  taken_[number] = Timestamp::max();
  numbers_[track] = number;
  return number;
}

std::vector<std::uint16_t> TrackNumbers::give_back(std::span<const SystemTrackId> present, Timestamp now) {
  std::vector<std::uint16_t> ended;
  std::erase_if(numbers_, [&](const auto& entry) {
    if (std::ranges::binary_search(present, entry.first)) return false;
    ended.push_back(entry.second);
    taken_[entry.second] = now + rest;
    return true;
  });
  return ended;
}

void encode_track(const SystemTrack& t, std::uint16_t number, const Cat062Config& config,
                  std::vector<std::uint8_t>& out) {
  RecordWriter record;
  put_source(config, record);
  put_kinematics(t, record);
  put_identification(t, record);
  put(record.item(12), number, 2);
  put_status(t, record);
  put_ages(t, record);
  put_size(t, record);
  put_accuracy(t, config, record);
  record.write(out);
}

void encode_end(std::uint16_t number, Timestamp now, const Cat062Config& config, std::vector<std::uint8_t>& out) {
  RecordWriter record;
  put_source(config, record);
  put(record.item(4), time_of_day_of(now), 3);
  put(record.item(12), number, 2);
  auto& status = record.item(13);
  put(status, 0x01, 1);
  put(status, 0x40, 1);  // TSE
  record.write(out);
}

std::vector<std::vector<std::uint8_t>> encode_tracks(std::span<const SystemTrack> tracks, Timestamp now,
                                                     const Cat062Config& config, TrackNumbers& numbers) {
  std::vector<std::vector<std::uint8_t>> datagrams;
  std::vector<std::uint8_t> record;
  const auto add = [&] {
    if (datagrams.empty() || datagrams.back().size() + record.size() > config.max_datagram) {
      datagrams.push_back({62, 0, 0});
    }
    datagrams.back().insert(datagrams.back().end(), record.begin(), record.end());
    record.clear();
  };
  std::vector<SystemTrackId> present;
  for (const SystemTrack& track : tracks) {
    if (is_track(track)) present.push_back(track.id);
  }
  std::ranges::sort(present);
  const auto ended = numbers.give_back(present, now);
  for (const SystemTrack& track : tracks) {
    if (!is_track(track)) continue;
    const auto number = numbers.of(track.id, now);
    if (!number) continue;
    encode_track(track, *number, config, record);
    add();
  }
  for (const std::uint16_t number : ended) {
    encode_end(number, now, config, record);
    add();
  }
  for (auto& d : datagrams) {
    d[1] = static_cast<std::uint8_t>(d.size() >> 8U);
    d[2] = static_cast<std::uint8_t>(d.size());
  }
  return datagrams;
}

}  // namespace headland::asterix
