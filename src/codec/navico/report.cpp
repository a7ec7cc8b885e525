// SPDX-License-Identifier: Apache-2.0
#include "codec/navico/report.hpp"

#include <algorithm>
#include <cstring>

#include "core/base/little_endian.hpp"

namespace headland::navico {
namespace {

Address read_address(const std::uint8_t* p) {
  return {(std::uint32_t{p[0]} << 24) | (std::uint32_t{p[1]} << 16) | (std::uint32_t{p[2]} << 8) | p[3],
          static_cast<std::uint16_t>((p[4] << 8) | p[5])};
}

SettingsReport read_settings(Bytes b) {
  SettingsReport r;
  r.length = b.size();
  if (b.size() < 21) return r;
  r.doppler = b[18] == 1 ? DopplerState::on : b[18] == 2 ? DopplerState::approaching_only : DopplerState::off;
  r.doppler_threshold_mps = read_u16(&b[19]) * 0.01;
  return r;
}

RangeReport read_range(Bytes b) {
  RangeReport r;
  r.range_m = read_u32(&b[2]) * 0.1;
  if (b.size() < 99) return r;
  const auto percent = [](double of_255) { return std::min(of_255, 255.0) * (100.0 / 255.0); };
  r.settings.mode = b[7];
  r.settings.gain_automatic = read_u32(&b[8]) != 0;
  r.settings.gain_percent = percent(b[12]);
  r.settings.sea_mode = b[13];
  r.settings.sea_percent = percent(read_u32(&b[17]));
  r.settings.rain_percent = percent(b[22]);
  r.settings.interference_rejection = b[34];
  r.settings.target_expansion = b[38];
  r.settings.target_boost = b[42];
  r.settings.range_m = r.range_m;
  return r;
}

// The least length of a report of which values are read.
std::size_t least_length(std::uint8_t type) {
  switch (type) {
    case 0x01:
      return 3;
    case 0x02:
      return 6;
    case 0x03:
      return 38;
    case 0x04:
      return 14;
    default:
      return 2;
  }
}

}  // namespace

bool is_beacon(Bytes b) { return b.size() >= 18 && b[0] == 0x01 && b[1] == 0xB2; }

Expected<Beacon, Fault> read_beacon(Bytes b) {
  if (!is_beacon(b)) return unexpected(Fault{FaultReason::bad_beacon, 0});
  Beacon beacon;
  beacon.length = b.size();
  std::memcpy(beacon.serial.data(), &b[2], 16);
  const auto channel = [&](std::size_t data, std::size_t send, std::size_t report) {
    beacon.channels[beacon.channel_count++] = {read_address(&b[data]), read_address(&b[send]),
                                               read_address(&b[report])};
  };
  switch (b.size()) {
    case 222:
      channel(88, 98, 108), channel(124, 134, 144);
      break;
    case 150:
      channel(88, 98, 108);
      break;
    case 98:
      channel(92, 82, 72);
      break;
    default:
      return unexpected(Fault{FaultReason::bad_beacon, b.size()});
  }
  return beacon;
}

bool is_report(Bytes b) { return b.size() >= 2 && b[1] == 0xC4; }

Expected<Report, Fault> read_report(Bytes b) {
  if (!is_report(b)) return unexpected(Fault{FaultReason::not_a_report, 0});
  if (b.size() < least_length(b[0])) return unexpected(Fault{FaultReason::truncated_report, b.size()});
  switch (b[0]) {
    case 0x01:
      return StateReport{b[2]};
    case 0x02:
      return read_range(b);
    case 0x03:
      return ModelReport{b[2], read_u32(&b[34])};
    case 0x04:
      return InstallationReport{static_cast<std::int16_t>(read_u16(&b[6])) * 0.1, read_u32(&b[10]) * 0.001};
    case 0x08:
      return read_settings(b);
    default:
      return OtherReport{b[0]};
  }
}

bool is_navigation(Bytes b) { return b.size() >= 4 && std::memcmp(b.data(), "NKOE", 4) == 0; }

Expected<Navigation, Fault> read_navigation(Bytes b) {
  if (!is_navigation(b) || b.size() != 72) return unexpected(Fault{FaultReason::bad_navigation, 0});
  Navigation n;
  n.counter = static_cast<std::uint16_t>((b[8] << 8) | b[9]);
  // Any 64-bit number may stand there; what lies beyond year 2262 does not fit the clock.
  const std::uint64_t ms = std::min<std::uint64_t>(read_u64(&b[40]), 9'000'000'000'000ULL);
  n.time = Timestamp{std::chrono::milliseconds(static_cast<std::int64_t>(ms))};
  constexpr std::uint32_t heading = 0x0001F112;
  constexpr std::uint32_t course = 0x0001F802;
  const std::uint32_t kind = read_u32(&b[36]);
  if (kind == heading) {
    n.heading_rad = read_u16(&b[65]) * 1e-4;
  } else if (kind == course) {
    n.course_rad = read_u16(&b[66]) * 1e-4;
    n.speed_mps = read_u16(&b[68]) * 0.01;
  } else {
    return unexpected(Fault{FaultReason::bad_navigation, 36});
  }
  return n;
}

std::string_view protocol_name(Model model) {
  switch (model) {
    case Model::br24:
      return "navico-br24";
    case Model::g3:
      return "navico-3g";
    case Model::br24_or_3g:
      return "navico-br24-or-3g";
    case Model::g4:
      return "navico-4g";
    case Model::halo:
      return "navico-halo";
    case Model::g4_or_halo:
      return "navico-4g-or-halo";
    case Model::unknown:
      break;
  }
  return "navico";
}

void ModelEvidence::note(const Spoke& spoke) {
  family_ = spoke.family;
  if (spoke.family == Family::g4_or_halo && spoke.large_range != 0x80) {
    like_4g_ = like_4g_ || spoke.small_range == 0x8000;
    like_halo_ = like_halo_ || spoke.small_range == 512;
  }
}

void ModelEvidence::note(const Report& report) {
  if (const auto* model = std::get_if<ModelReport>(&report)) reported_ = model->model;
  if (const auto* settings = std::get_if<SettingsReport>(&report)) like_halo_ = like_halo_ || settings->length > 18;
  if (const auto* other = std::get_if<OtherReport>(&report)) {
    like_halo_ = like_halo_ || other->type == 0x06 || other->type == 0x09 || other->type == 0x0A;
  }
}

Model ModelEvidence::model() const {
  const bool old_mark = family_ == Family::br24_or_3g;
  const bool new_mark = family_ == Family::g4_or_halo;
  // A report that contradicts the spokes is not believed.
  if (reported_ && !new_mark && (*reported_ == 0x0F || *reported_ == 0x0E)) return Model::br24;
  if (reported_ && !new_mark && *reported_ == 0x08) return Model::g3;
  if (old_mark) return Model::br24_or_3g;
  if (reported_ == 0x00 || like_halo_) return Model::halo;
  // Without a sign of HALO, 01 is a 4G: a HALO sends report 06, 09 and 0A together with 03.
  if (reported_ == 0x01 || like_4g_) return Model::g4;
  return new_mark ? Model::g4_or_halo : Model::unknown;
}

}  // namespace headland::navico
