// SPDX-License-Identifier: Apache-2.0
#include "codec/share/radar_frames.hpp"

#include <algorithm>
#include <cmath>

#include "codec/share/track_frames.hpp"
#include "core/base/bytes.hpp"

namespace headland::share {

Frame spokes_frame(const SpokeBatch& batch) {
  Frame frame = begin_frame(FrameType::spokes, batch.sensor.value(), batch.time);
  const std::size_t spokes = batch.cells == 0 ? 0 : batch.amplitudes.size() / batch.cells;
  frame.reserve(frame.size() + 32 + batch.amplitudes.size());
  ByteWriter out(frame);
  out.u16(batch.first_azimuth);
  out.u16(batch.azimuths_per_turn);
  out.u16(static_cast<std::uint16_t>(spokes));
  out.u16(batch.cells);
  out.f32(static_cast<float>(batch.range_start.value()));
  out.f32(static_cast<float>(batch.cell_size.value()));
  out.i32(wire_degrees(batch.antenna.longitude_deg()));
  out.i32(wire_degrees(batch.antenna.latitude_deg()));
  out.f64(epoch_seconds(batch.echo_clock));
  out.bytes(batch.amplitudes.first(spokes * batch.cells));
  return frame;
}

std::vector<PlotMark> plot_marks(const PlotSector& sector, const LocalFrame& plane) {
  const EastNorth site{Metres(sector.site_east_m), Metres(sector.site_north_m)};
  std::vector<PlotMark> marks;
  marks.reserve(sector.plots.size());
  for (const Plot& plot : sector.plots) {
    marks.push_back({plane.to_geo(offset(site, plot.range, plot.bearing + sector.site_north)), plot.strength,
                     plot.cell_count, plot.doppler.value_or(DopplerCell::none)});
  }
  return marks;
}

Frame plots_frame(SensorId sensor, Timestamp time, std::span<const PlotMark> marks) {
  Frame frame = begin_frame(FrameType::plots, sensor.value(), time);
  ByteWriter out(frame);
  out.u32(static_cast<std::uint32_t>(marks.size()));
  for (const PlotMark& mark : marks) {
    out.i32(wire_degrees(mark.position.longitude_deg()));
    out.i32(wire_degrees(mark.position.latitude_deg()));
    const double hundredths = std::round(mark.strength.value() * 100.0);
    out.u16(hundredths > 0 ? static_cast<std::uint16_t>(std::min(hundredths, 65'535.0)) : std::uint16_t{0});
    out.u16(static_cast<std::uint16_t>(std::min(mark.cells, 16'383U) | static_cast<unsigned>(mark.doppler) << 14));
  }
  return frame;
}

}  // namespace headland::share
