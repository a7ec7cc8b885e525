// SPDX-License-Identifier: Apache-2.0
#include "codec/raymarine/quantum.hpp"

#include <algorithm>
#include <numbers>

#include "codec/raymarine/packing.hpp"
#include "codec/raymarine/range_table.hpp"

namespace headland::raymarine {
namespace {

constexpr std::size_t spoke_head = 20;
constexpr std::size_t status_length = 260;
constexpr std::size_t navigation_length = 32;
constexpr std::size_t range_count = 20;
constexpr std::uint32_t most_cells = 8192;
constexpr std::uint32_t most_spokes = 8192;  // a turn
constexpr std::uint8_t receding_cell = 254;
constexpr std::uint8_t approaching_cell = 255;

bool is(Bytes b, std::uint32_t type, std::size_t least) { return b.size() >= least && read_u32(b.data()) == type; }

std::optional<Fault> check(Bytes b, std::uint32_t type, std::size_t least) {
  if (b.size() < 4) return Fault{FaultReason::truncated, b.size()};
  if (read_u32(b.data()) != type) return Fault{FaultReason::wrong_type, 0};
  if (b.size() < least) return Fault{FaultReason::truncated, b.size()};
  return std::nullopt;
}

DopplerCell doppler_of(std::uint8_t value) {
  if (value == approaching_cell) return DopplerCell::approaching;
  return value == receding_cell ? DopplerCell::receding : DopplerCell::none;
}

}  // namespace

bool is_quantum_spoke(Bytes b) { return is(b, quantum_spoke_type, spoke_head); }
bool is_quantum_status(Bytes b) { return is(b, quantum_status_type, status_length); }
bool is_quantum_navigation(Bytes b) { return is(b, quantum_navigation_type, navigation_length); }

Expected<QuantumSpoke, Fault> read_quantum_spoke(Bytes b) {
  if (const auto fault = check(b, quantum_spoke_type, spoke_head)) return unexpected(*fault);
  QuantumSpoke s;
  s.sequence = read_u16(&b[4]);
  s.cells = read_u16(&b[8]);
  s.spokes_per_turn = read_u16(&b[10]);
  s.cells_per_range = read_u16(&b[14]);
  s.azimuth = read_u16(&b[16]);
  if (s.cells == 0 || s.cells > most_cells) return unexpected(Fault{FaultReason::no_cells, 8});
  if (s.spokes_per_turn == 0 || s.spokes_per_turn > most_spokes) return unexpected(Fault{FaultReason::bad_azimuth, 10});
  if (s.cells_per_range == 0) return unexpected(Fault{FaultReason::no_cells, 14});
  if (s.azimuth >= s.spokes_per_turn) return unexpected(Fault{FaultReason::bad_azimuth, 16});
  const std::size_t length = read_u16(&b[18]);
  if (length > b.size() - spoke_head) return unexpected(Fault{FaultReason::lying_length, 18});
  s.packed = b.subspan(spoke_head, length);
  const auto cells = unpacked_size(s.packed);
  if (!cells) return unexpected(Fault{FaultReason::bad_packing, spoke_head + length});
  if (*cells != s.cells) return unexpected(Fault{FaultReason::cell_count, 8});
  return s;
}

Expected<QuantumStatus, Fault> read_quantum_status(Bytes b) {
  if (const auto fault = check(b, quantum_status_type, status_length)) return unexpected(*fault);
  QuantumStatus s;
  s.state = b[4];
  s.bearing_offset_deg = read_i16(&b[14]) * 0.1;
  s.range_number = b[20];
  if (s.range_number >= range_count) return unexpected(Fault{FaultReason::unknown_range, 20});
  s.range_m = range_from_thousandths(read_u32(&b[148 + 4 * std::size_t{s.range_number}]));
  if (s.range_m <= 0.0) return unexpected(Fault{FaultReason::unknown_range, 148});
  s.mode = b[21];
  if (s.mode < 4) {
    const std::uint8_t* const c = &b[22 + 8 * std::size_t{s.mode}];
    s.gain = {c[0] != 0, c[1]};
    s.sea = {c[4] != 0, c[5]};
    s.rain = {c[6] != 0, c[7]};
  }
  s.interference_rejection = b[17];
  s.target_expansion = b[54];
  return s;
}

VideoSettings settings_of(const QuantumStatus& s) {
  VideoSettings v;
  v.mode = s.mode;
  v.interference_rejection = s.interference_rejection;
  v.target_expansion = s.target_expansion;
  v.range_m = s.range_m;
  if (s.mode >= 4) return v;
  v.gain_automatic = s.gain.automatic;
  v.gain_percent = s.gain.value;
  v.sea_mode = s.sea.automatic ? 1 : 0;
  v.sea_percent = s.sea.value;
  v.rain_mode = s.rain.automatic ? 1 : 0;
  v.rain_percent = s.rain.value;
  return v;
}

Expected<QuantumNavigation, Fault> read_quantum_navigation(Bytes b) {
  if (const auto fault = check(b, quantum_navigation_type, navigation_length)) return unexpected(*fault);
  const std::uint32_t flags = read_u32(&b[4]);
  QuantumNavigation n;
  if ((flags & 0x01U) != 0) n.heading_rad = read_i32(&b[8]) * 1e-4;
  if ((flags & 0x04U) != 0) n.course_rad = read_i32(&b[16]) * 1e-4;
  if ((flags & 0x08U) != 0) n.speed_mps = read_i32(&b[20]) * 0.1;
  const double latitude = read_i32(&b[24]) * 1e-7;
  const double longitude = read_i32(&b[28]) * 1e-7;
  if ((flags & 0x10U) != 0 && std::abs(latitude) <= 90.0 && std::abs(longitude) <= 180.0) {
    n.position = GeoPosition::from_degrees(latitude, longitude);
  }
  return n;
}

void QuantumRange::note(const QuantumStatus& status) {
  if (!range_m_ || *range_m_ == status.range_m) {
    range_m_ = status.range_m;
    next_m_.reset();
  } else if (next_m_ != status.range_m) {
    next_m_ = status.range_m;
    spokes_waited_ = 0;
  }
}

std::optional<double> QuantumRange::cell_m(const QuantumSpoke& spoke) {
  const bool changed = spoke.cells != cells_ || spoke.cells_per_range != cells_per_range_;
  cells_ = spoke.cells;
  cells_per_range_ = spoke.cells_per_range;
  if (next_m_ && (changed || ++spokes_waited_ > spoke.spokes_per_turn)) {
    range_m_ = next_m_;
    next_m_.reset();
  }
  if (!range_m_) return std::nullopt;
  return *range_m_ / spoke.cells_per_range;
}

bool fits_quantum(const SpokeBlock& block) {
  return block.spokes.empty() || (block.format == SampleFormat::u8 && block.bits == 8 && !block.doppler.empty() &&
                                  block.reference == BearingReference::head_up);
}

void append_spoke(const QuantumSpoke& spoke, double cell_m, Timestamp time, SpokeBlock& block) {
  if (block.spokes.empty()) {
    block.format = SampleFormat::u8;
    block.bits = 8;
    block.reference = BearingReference::head_up;
  }
  SpokeInfo& info = block.spokes.emplace_back();
  info.time = time;
  const double from_bow = spoke.azimuth - spoke.spokes_per_turn / 2.0;
  const double step = 2.0 * std::numbers::pi / spoke.spokes_per_turn;
  info.bearing = Bearing(Radians(from_bow * step));
  info.width = Angle(Radians(step));
  info.range_start = Metres(0.0);
  info.cell_size = Metres(cell_m);
  info.sequence = spoke.sequence;
  info.cell_count = spoke.cells;
  info.first_sample = static_cast<std::uint32_t>(block.samples.size());
  for_each_run(spoke.packed, [&](std::uint8_t value, std::size_t count) {
    block.samples.insert(block.samples.end(), count, value);
    block.doppler.insert(block.doppler.end(), count, static_cast<std::uint8_t>(doppler_of(value)));
  });
}

}  // namespace headland::raymarine
