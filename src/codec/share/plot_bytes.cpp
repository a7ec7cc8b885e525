// SPDX-License-Identifier: Apache-2.0
#include "codec/share/plot_bytes.hpp"

#include <cmath>

#include "core/base/bytes.hpp"

namespace headland::share {
namespace {

// 6: with shape and with the cause `interference`; 5: with blanked areas; 4: with causes and beacons; 3: with origin
// and evidence; 2: with the reference of the bearings and Doppler marks; 1 had neither (bearings true).
constexpr std::uint8_t version = 6;
constexpr std::uint8_t no_doppler = 255;
constexpr std::size_t least_plot_bytes = 8 * 8 + 4 + 1;
constexpr std::size_t beacon_bytes = 1 + 3 * 8 + 2 * 4;
constexpr std::size_t area_bytes = 4 * 8;

Timestamp at(std::int64_t time_ns) { return Timestamp(Duration(time_ns)); }
std::int64_t nanoseconds(Timestamp t) { return t.time_since_epoch().count(); }

void write(ByteWriter& out, const Plot& p) {
  out.i64(nanoseconds(p.time));
  out.f64(p.range.value());
  out.f64(p.bearing.radians());
  out.f64(p.range_deviation.value());
  out.f64(p.bearing_deviation.value());
  out.f64(p.range_extent.value());
  out.f64(p.bearing_extent.value());
  out.f64(p.strength.value());
  out.u32(p.cell_count);
  out.boolean(p.radial_speed.has_value());
  if (p.radial_speed) out.f64(p.radial_speed->value());
  out.u8(p.doppler ? static_cast<std::uint8_t>(*p.doppler) : no_doppler);
  out.u8(static_cast<std::uint8_t>(p.origin));
  out.f64(p.evidence);
  out.u8(static_cast<std::uint8_t>(p.cause));
  out.f64(p.cause_odds);
  out.f64(p.shape.length.value());
  out.f64(p.shape.width.value());
  out.f64(p.shape.orientation.radians());
  out.f64(p.shape.fill);
  out.f64(p.shape.width_at_range.value());
}

void write(ByteWriter& out, const BeaconSighting& b) {
  out.u8(static_cast<std::uint8_t>(b.kind));
  out.i64(nanoseconds(b.time));
  out.f64(b.bearing.radians());
  out.f64(b.range.value());
  out.u32(b.marks);
  out.u32(b.turns);
}

// Reads numbers and remembers whether all were finite.
struct Numbers {
  ByteReader& in;
  bool fine = true;
  double next() {
    const double v = in.f64();
    fine = fine && std::isfinite(v);
    return v;
  }
};

PlotCause read_cause(ByteReader& in, Numbers& n) {
  const std::uint8_t cause = in.u8();
  n.fine = n.fine && cause < plot_cause_count;
  return n.fine ? static_cast<PlotCause>(cause) : PlotCause::none;
}

Plot read_plot(ByteReader& in, Numbers& n, std::uint8_t format) {
  Plot p;
  p.time = at(in.i64());
  p.range = Metres(n.next());
  p.bearing = Bearing(Radians(n.next()));
  p.range_deviation = Metres(n.next());
  p.bearing_deviation = Radians(n.next());
  p.range_extent = Metres(n.next());
  p.bearing_extent = Radians(n.next());
  p.strength = Decibels(n.next());
  p.cell_count = in.u32();
  if (in.boolean()) p.radial_speed = MetresPerSecond(n.next());
  if (format == 1) return p;
  const std::uint8_t doppler = in.u8();
  if (doppler != no_doppler) p.doppler = static_cast<DopplerCell>(doppler);
  n.fine = n.fine && (doppler == no_doppler || doppler <= static_cast<std::uint8_t>(DopplerCell::receding));
  if (format == 2) return p;
  const std::uint8_t origin = in.u8();
  n.fine = n.fine && origin <= static_cast<std::uint8_t>(PlotOrigin::integration);
  p.origin = n.fine ? static_cast<PlotOrigin>(origin) : PlotOrigin::detection;
  p.evidence = n.next();
  if (format == 3) return p;
  p.cause = read_cause(in, n);
  p.cause_odds = n.next();
  if (format < 6) return p;
  p.shape.length = Metres(n.next());
  p.shape.width = Metres(n.next());
  p.shape.orientation = Angle(Radians(n.next()));
  p.shape.fill = n.next();
  p.shape.width_at_range = Radians(n.next());
  return p;
}

BeaconSighting read_beacon(ByteReader& in, Numbers& n) {
  BeaconSighting b;
  b.kind = read_cause(in, n);
  b.time = at(in.i64());
  b.bearing = Bearing(Radians(n.next()));
  b.range = Metres(n.next());
  b.marks = in.u32();
  b.turns = in.u32();
  return b;
}

}  // namespace

void encode_plots(const PlotSector& s, std::vector<std::uint8_t>& bytes) {
  ByteWriter out(bytes);
  out.u8(version);
  out.u16(s.sensor.value());
  out.u8(static_cast<std::uint8_t>(s.reference));
  out.u32(s.turn);
  out.u32(s.sector);
  out.u32(s.sectors_per_turn);
  out.i64(nanoseconds(s.began));
  out.i64(nanoseconds(s.ended));
  out.f64(s.from.radians());
  out.f64(s.to.radians());
  out.f64(s.seen);
  out.f64(s.range_min.value());
  out.f64(s.range_max.value());
  out.f64(s.site_east_m);
  out.f64(s.site_north_m);
  out.f64(s.site_north.radians());
  out.u32(static_cast<std::uint32_t>(s.plots.size()));
  for (const Plot& plot : s.plots) write(out, plot);
  out.u32(static_cast<std::uint32_t>(s.beacons.size()));
  for (const BeaconSighting& beacon : s.beacons) write(out, beacon);
  out.u32(static_cast<std::uint32_t>(s.blanked.size()));
  for (const BlankedSector& area : s.blanked) {
    out.f64(area.from.radians());
    out.f64(area.to.radians());
    out.f64(area.range_min.value());
    out.f64(area.range_max.value());
  }
}

Expected<PlotSector, PlotBytesFault> decode_plots(std::span<const std::uint8_t> bytes) {
  ByteReader in(bytes);
  Numbers n{in};
  const std::uint8_t format = in.u8();
  if (format == 0 || format > version) {
    return unexpected(in.ok() ? PlotBytesFault::version : PlotBytesFault::truncated);
  }
  PlotSector s;
  s.sensor = SensorId(in.u16());
  if (format > 1) {
    const std::uint8_t reference = in.u8();
    n.fine = reference <= static_cast<std::uint8_t>(BearingReference::head_up);
    s.reference = static_cast<BearingReference>(n.fine ? reference : 0);
  }
  s.turn = in.u32();
  s.sector = in.u32();
  s.sectors_per_turn = in.u32();
  s.began = at(in.i64());
  s.ended = at(in.i64());
  s.from = Bearing(Radians(n.next()));
  s.to = Bearing(Radians(n.next()));
  s.seen = n.next();
  s.range_min = Metres(n.next());
  s.range_max = Metres(n.next());
  s.site_east_m = n.next();
  s.site_north_m = n.next();
  s.site_north = Angle(Radians(n.next()));
  const std::uint32_t count = in.u32();
  if (!in.expects(count, least_plot_bytes)) return unexpected(PlotBytesFault::truncated);
  s.plots.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) s.plots.push_back(read_plot(in, n, format));
  if (format > 3) {
    const std::uint32_t beacons = in.u32();
    if (!in.expects(beacons, beacon_bytes)) return unexpected(PlotBytesFault::truncated);
    for (std::uint32_t i = 0; i < beacons; ++i) s.beacons.push_back(read_beacon(in, n));
  }
  if (format > 4) {
    const std::uint32_t areas = in.u32();
    if (!in.expects(areas, area_bytes)) return unexpected(PlotBytesFault::truncated);
    for (std::uint32_t i = 0; i < areas; ++i) {
      const Bearing from(Radians(n.next()));
      const Bearing to(Radians(n.next()));
      const Metres near(n.next());
      s.blanked.push_back({from, to, near, Metres(n.next())});
    }
  }
  if (!in.ok()) return unexpected(PlotBytesFault::truncated);
  if (in.remaining() > 0) return unexpected(PlotBytesFault::trailing);
  if (!n.fine || s.sectors_per_turn == 0) return unexpected(PlotBytesFault::value);
  return s;
}

}  // namespace headland::share
