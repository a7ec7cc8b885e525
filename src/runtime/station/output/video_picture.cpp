// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/video_picture.hpp"

#include <cmath>
#include <fstream>
#include <numbers>

#include <fmt/format.h>

namespace headland::station {

void VideoPicture::take(const VideoBatch& batch, const PictureChain& chain) {
  if (batch.azimuths_per_turn == 0 || batch.cells == 0) return;
  Turn& turn = turns_[batch.sensor];
  const auto place = chain.video_place(batch.time, batch.sensor, batch.reference);
  const Metres start = batch.range_start + place.range_shift;
  if (turn.azimuths != batch.azimuths_per_turn || turn.cells != batch.cells || turn.cell_size != batch.cell_size) {
    turn = {};
    turn.azimuths = batch.azimuths_per_turn;
    turn.cells = batch.cells;
    turn.cell_size = batch.cell_size;
    turn.rows.assign(std::size_t{turn.azimuths} * turn.cells, 0);
  }
  turn.radar = chain.name_of(batch.sensor);
  turn.range_start = start;
  turn.time = batch.time;
  const auto count = static_cast<std::int64_t>(turn.azimuths);
  const auto turned = static_cast<std::int64_t>(
      std::llround(place.turn.radians() / (2.0 * std::numbers::pi) * static_cast<double>(count)));
  for (std::uint16_t s = 0; s < batch.spokes; ++s) {
    const std::int64_t at = ((batch.first_azimuth + s + turned) % count + count) % count;
    std::copy_n(batch.amplitudes.begin() + std::ptrdiff_t{s} * batch.cells, batch.cells,
                turn.rows.begin() + at * turn.cells);
  }
}

Expected<void> VideoPicture::write(const std::string& path) const {
  std::size_t number = 0;
  for (const auto& [sensor, turn] : turns_) {
    std::string name = path;
    if (++number > 1) {
      const auto dot = name.rfind('.');
      name.insert(dot == std::string::npos ? name.size() : dot, fmt::format("-{}", number));
    }
    std::string radar = turn.radar;
    for (char& c : radar) {
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    std::ofstream file(name, std::ios::binary | std::ios::trunc);
    file << fmt::format("P5\n# radar {}\n# time_s {:.3f}\n# range_start_m {:.3f}\n# cell_m {:.4f}\n{} {}\n255\n", radar,
                        epoch_seconds(turn.time), turn.range_start.value(), turn.cell_size.value(), turn.cells,
                        turn.azimuths);
    file.write(reinterpret_cast<const char*>(turn.rows.data()), static_cast<std::streamsize>(turn.rows.size()));
    file.flush();
    if (!file) return fail(ErrorCode::io, name + ": cannot be written: check the folder, its permissions and the disk");
  }
  return {};
}

}  // namespace headland::station
