// SPDX-License-Identifier: Apache-2.0
#include "core/signal/memory/clutter_memory.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "core/base/bytes.hpp"
#include "core/signal/clutter_map.hpp"

namespace headland::signal {
namespace {

constexpr std::uint8_t version = 2;
constexpr std::uint32_t most_rows = 8192;
constexpr std::uint32_t most_capacity = 65536;

template <class T>
void put(ByteWriter& w, const std::optional<T>& v) {
  w.boolean(v.has_value());
  if (v) w.f64(static_cast<double>(*v));
}

// False: what stands there is no number that it can be.
template <class T>
bool take(ByteReader& r, std::optional<T>& v) {
  v.reset();
  if (!r.boolean()) return true;
  const double d = r.f64();
  if (!std::isfinite(d) || std::abs(d) > 1e9) return false;
  v = static_cast<T>(d);
  return true;
}

void put(ByteWriter& w, const VideoSettings& s) {
  put(w, s.mode), put(w, s.gain_automatic), put(w, s.gain_percent), put(w, s.sea_mode), put(w, s.sea_percent);
  put(w, s.rain_mode), put(w, s.rain_percent), put(w, s.interference_rejection), put(w, s.target_expansion);
  put(w, s.target_boost), put(w, s.range_m);
}

bool take(ByteReader& r, VideoSettings& s) {
  return take(r, s.mode) && take(r, s.gain_automatic) && take(r, s.gain_percent) && take(r, s.sea_mode) &&
         take(r, s.sea_percent) && take(r, s.rain_mode) && take(r, s.rain_percent) &&
         take(r, s.interference_rejection) && take(r, s.target_expansion) && take(r, s.target_boost) &&
         take(r, s.range_m);
}

void put(ByteWriter& w, std::span<const std::uint16_t> values) {
  for (const std::uint16_t v : values) w.u16(v);
}

bool take(ByteReader& r, std::vector<std::uint16_t>& out, std::size_t count, std::uint16_t most) {
  if (!r.expects(count, 2)) return false;
  out.resize(count);
  for (auto& v : out) v = r.u16();
  return std::ranges::all_of(out, [most](std::uint16_t v) { return v <= most; });
}

void put(ByteWriter& w, std::span<const float> values) {
  for (const float v : values) w.f32(v);
}

bool take(ByteReader& r, std::vector<float>& out, std::size_t count, float most) {
  if (!r.expects(count, 4)) return false;
  out.resize(count);
  for (auto& v : out) v = r.f32();
  return std::ranges::all_of(out, [most](float v) { return v >= 0.0F && v <= most; });  // not-a-number is neither
}

bool is_place(const ClutterMemory& m) {
  const double latitude = m.site.latitude.value();
  const double longitude = m.site.longitude.value();
  return std::abs(latitude) <= 1.6 && std::abs(longitude) <= 6.3 && std::isfinite(m.range_start.value()) &&
         m.cell_size.value() >= 1e-3 && m.cell_size.value() <= 1e5 && m.spoke_width.radians() >= 1e-5 &&
         m.spoke_width.radians() <= 1.0;
}

bool take_map(ByteReader& r, ClutterMemory& m) {
  const std::uint32_t rows = r.u32();
  if (rows == 0 || rows > most_rows || std::size_t{rows} * m.capacity > ClutterMap::most_cells) return false;
  if (!take(r, m.looks, rows, ClutterMap::most_counted)) return false;
  const std::size_t cells = std::size_t{rows} * m.capacity;
  if (!r.expects(cells, 2)) return false;
  const auto high = r.bytes(cells);
  const auto low = r.bytes(cells);
  m.levels.resize(cells);
  for (std::size_t i = 0; i < cells; ++i) m.levels[i] = static_cast<std::uint16_t>(high[i] << 8U | low[i]);
  return true;
}

bool take_shapes(ByteReader& r, ClutterMemory& m) {
  m.shapes.bands = r.u32();
  if (m.shapes.bands > most_capacity / ShapeMap::region_cells) return false;
  const std::size_t patches = ShapeMap::patches_of(m.shapes.bands);
  constexpr float probed = static_cast<float>(probed_cells);
  return take(r, m.shapes.looks, ShapeMap::patch_sectors, 60000) && take(r, m.shapes.shares, patches, probed) &&
         take(r, m.shapes.means, patches, 256.0F) && take(r, m.shapes.seen, patches, 1.0F) &&
         take(r, m.shapes.tops, patches, 256.0F);
}

}  // namespace

std::uint64_t fingerprint(const Config& c) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  const auto add = [&hash](double value) {
    const auto bytes = std::bit_cast<std::array<std::uint8_t, 8>>(value);
    for (const std::uint8_t b : bytes) hash = (hash ^ b) * 1099511628211U;
  };
  add(static_cast<double>(c.video)), add(c.measure_law ? 1.0 : 0.0);
  if (!c.measure_law) add(static_cast<double>(c.law)), add(c.decibels_per_level);
  add(static_cast<double>(c.rounding)), add(static_cast<double>(c.averaging)), add(c.guard_cells);
  add(c.training_cells), add(c.false_alarm_probability), add(c.clutter_shape), add(c.estimate_shape ? 1.0 : 0.0);
  add(c.minimum_level), add(c.thresholded_video_level), add(c.censor ? 1.0 : 0.0), add(c.interference_margin);
  add(c.beam_width.radians()), add(c.clutter_turns_log2), add(c.clutter_echo_step);
  return hash;
}

std::string_view to_text(MemoryFault fault) {
  switch (fault) {
    case MemoryFault::version:
      return "of another version";
    case MemoryFault::truncated:
      return "ends too early";
    case MemoryFault::out_of_range:
      return "holds values that cannot be";
    case MemoryFault::trailing_bytes:
      return "goes on behind its end";
  }
  return "";
}

std::string_view to_text(MemoryRefusal refusal) {
  switch (refusal) {
    case MemoryRefusal::none:
      return "";
    case MemoryRefusal::damaged:
      return "it cannot be read";
    case MemoryRefusal::other_radar:
      return "it is of a radar of another name";
    case MemoryRefusal::other_settings:
      return "the configuration of the radar's detection has changed";
    case MemoryRefusal::other_geometry:
      return "the radar's range, cells, spokes or bearing reference have changed";
    case MemoryRefusal::other_place:
      return "the antenna stands at another place";
    case MemoryRefusal::unknown_place:
      return "the place of the antenna is not told with its video: give latitude_deg and longitude_deg";
    case MemoryRefusal::noise_changed:
      return "the noise has changed: gain or another setting of the radar";
    case MemoryRefusal::radar_settings:
      return "settings of the radar have changed";
  }
  return "";
}

std::uint16_t looks_worth(Seconds pause, std::uint32_t full) {
  constexpr double same_sea_s = 600.0;
  constexpr double similar_sea_s = 3600.0;
  constexpr std::uint32_t least = 4;
  const double s = std::abs(pause.value());  // a clock that was set back tells nothing
  if (s <= same_sea_s) return ClutterMap::most_counted;
  return static_cast<std::uint16_t>(std::max(s <= similar_sea_s ? full / 2 : least, least));
}

std::vector<std::uint8_t> encode(const ClutterMemory& m) {
  std::vector<std::uint8_t> out;
  out.reserve(m.levels.size() * 2 + m.shapes.means.size() * 16 + 4096);
  ByteWriter w(out);
  w.u8(version);
  w.u64(m.fingerprint);
  w.string(m.name);
  w.i64(m.time.time_since_epoch().count());
  put(w, m.settings);
  w.f64(m.site.latitude.value()), w.f64(m.site.longitude.value());
  w.f64(m.range_start.value()), w.f64(m.cell_size.value());
  w.u8(static_cast<std::uint8_t>(m.reference)), w.u8(static_cast<std::uint8_t>(m.format));
  w.u32(m.capacity);
  w.f64(m.spoke_width.radians());
  w.f64(m.decibels_per_level);
  w.u8(m.noise_level);
  w.u32(static_cast<std::uint32_t>(m.looks.size()));
  put(w, m.looks);
  for (const std::uint16_t v : m.levels) w.u8(static_cast<std::uint8_t>(v >> 8U));
  for (const std::uint16_t v : m.levels) w.u8(static_cast<std::uint8_t>(v));
  w.u32(m.shapes.bands);
  put(w, m.shapes.looks);
  for (const auto* values : {&m.shapes.shares, &m.shapes.means, &m.shapes.seen, &m.shapes.tops}) put(w, *values);
  return out;
}

Expected<ClutterMemory, MemoryFault> decode_clutter_memory(std::span<const std::uint8_t> bytes) {
  ByteReader r(bytes);
  if (r.u8() != version) return unexpected(MemoryFault::version);
  ClutterMemory m;
  m.fingerprint = r.u64();
  m.name = r.string();
  m.time = Timestamp(Duration(r.i64()));
  bool good = take(r, m.settings);
  m.site.latitude = Radians(r.f64()), m.site.longitude = Radians(r.f64());
  m.range_start = Metres(r.f64()), m.cell_size = Metres(r.f64());
  const std::uint8_t reference = r.u8();
  const std::uint8_t format = r.u8();
  m.reference = static_cast<BearingReference>(reference);
  m.format = static_cast<SampleFormat>(format);
  m.capacity = r.u32();
  m.spoke_width = Angle(Radians(r.f64()));
  m.decibels_per_level = r.f64();
  m.noise_level = r.u8();
  good = good && is_place(m) && m.decibels_per_level >= 0.0 && m.decibels_per_level <= 5.0 && reference <= 2 &&
         format <= 1 && m.capacity > 0 && m.capacity <= most_capacity && m.capacity % hit_row_alignment == 0;
  good = good && take_map(r, m) && take_shapes(r, m);
  if (!r.ok()) return unexpected(MemoryFault::truncated);
  if (!good) return unexpected(MemoryFault::out_of_range);
  if (r.remaining() > 0) return unexpected(MemoryFault::trailing_bytes);
  return m;
}

}  // namespace headland::signal
