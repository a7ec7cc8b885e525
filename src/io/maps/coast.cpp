// SPDX-License-Identifier: Apache-2.0
#include "io/maps/coast.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>
#include <string>
#include <vector>

#include <hdf5.h>
#include <netcdf.h>

#include "io/maps/shore_bin.hpp"

namespace headland::maps {
namespace {

constexpr int max_points_a_bin = 4'000'000;

// Points at the variables of an open file; closes it.
class NetcdfFile {
 public:
  NetcdfFile() = default;
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;
  ~NetcdfFile() {
    if (id_ >= 0) nc_close(id_);
  }
  int open(const std::filesystem::path& file) {
    // HDF5 below netCDF prints every attribute it looks for in vain; it keeps this switch a thread.
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    return nc_open(file.c_str(), NC_NOWRITE, &id_);
  }

  // `count` numbers of a one-dimensional variable, from `first` on.
  bool read(const char* name, std::size_t first, std::size_t count, std::vector<int>& out) {
    int variable = 0;
    out.resize(count);
    if (count == 0) return true;
    return nc_inq_varid(id_, name, &variable) == NC_NOERR &&
           nc_get_vara_int(id_, variable, &first, &count, out.data()) == NC_NOERR;
  }
  int scalar(const char* name) {
    std::vector<int> value;
    return read(name, 0, 1, value) ? value[0] : -1;
  }

 private:
  int id_ = -1;
};

class ShoreReader {
 public:
  explicit ShoreReader(NetcdfFile& file) : file_(file) {}

  bool open() {
    const int minutes = file_.scalar("Bin_size_in_minutes");
    columns_ = file_.scalar("N_bins_in_360_longitude_range");
    rows_ = file_.scalar("N_bins_in_180_degree_latitude_range");
    segments_ = file_.scalar("N_segments_in_file");
    points_ = file_.scalar("N_points_in_file");
    size_deg_ = minutes / 60.0;
    return minutes > 0 && columns_ > 0 && rows_ > 0 && segments_ >= 0 && points_ >= 0 &&
           columns_ * minutes == 360 * 60 && rows_ * minutes == 180 * 60;
  }

  // Bins run from 0 degrees eastward, rows from the north pole southward.
  bool read_bins(GeoPosition centre, double half_size_deg, CoastPolygons& out) {
    const double lat = centre.latitude_deg();
    const double half_width_deg = std::min(half_size_deg / std::max(std::cos(centre.latitude.value()), 0.05), 179.0);
    const int north_row = row_of(std::min(lat + half_size_deg, 89.999));
    const int south_row = row_of(std::max(lat - half_size_deg, -89.999));
    const int west = static_cast<int>(std::floor((centre.longitude_deg() - half_width_deg) / size_deg_));
    const int east = static_cast<int>(std::floor((centre.longitude_deg() + half_width_deg) / size_deg_));
    for (int row = north_row; row <= south_row; ++row) {
      for (int column = west; column <= std::min(east, west + columns_ - 1); ++column) {
        if (!read_bin(row, ((column % columns_) + columns_) % columns_, out)) return false;
      }
    }
    return true;
  }

 private:
  [[nodiscard]] int row_of(double lat) const { return static_cast<int>(std::floor((90.0 - lat) / size_deg_)); }

  bool read_bin(int row, int column, CoastPolygons& out) {
    const auto index = static_cast<std::size_t>(row * columns_ + column);
    std::vector<int> first, count, corners;
    if (!file_.read("Id_of_first_segment_in_a_bin", index, 1, first) ||
        !file_.read("N_segments_in_a_bin", index, 1, count) ||
        !file_.read("Embedded_node_levels_in_a_bin", index, 1, corners)) {
      return false;
    }
    ShoreBin bin;
    bin.size_deg = size_deg_;
    bin.west_deg = column * size_deg_;
    if (bin.west_deg >= 180.0) bin.west_deg -= 360.0;
    bin.south_deg = 90.0 - (row + 1) * size_deg_;
    // Three bits a corner.
    for (std::size_t i = 0; i < 4; ++i) bin.corner_levels[i] = static_cast<std::uint8_t>(corners[0] >> (3 * i) & 7);
    count[0] &= 0xffff;  // stored as 16 bits without sign
    if (first[0] < 0 || count[0] > segments_ || first[0] > segments_ - count[0]) return false;
    if (!read_segments(static_cast<std::size_t>(first[0]), static_cast<std::size_t>(count[0]), bin)) return false;
    assemble(bin, out);
    return true;
  }

  bool read_segments(std::size_t first, std::size_t count, ShoreBin& bin) {
    std::vector<int> packed, starts, antarctic;
    if (!file_.read("Embedded_npts_levels_exit_entry_for_a_segment", first, count, packed) ||
        !file_.read("Id_of_first_point_in_a_segment", first, count, starts) ||
        !file_.read("Embedded_ANT_flag", first, count, antarctic)) {
      return false;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (antarctic[i] != 0) continue;
      // points << 9 | level << 6 | entry << 3 | exit
      const auto bits = static_cast<std::uint32_t>(packed[i]);
      const int points = static_cast<int>(bits >> 9);
      ShoreSegment segment;
      segment.level = static_cast<std::uint8_t>(bits >> 6 & 7);
      segment.entry = static_cast<std::uint8_t>(bits >> 3 & 7);
      segment.exit = static_cast<std::uint8_t>(bits & 7);
      if (points > max_points_a_bin || points > points_ || starts[i] < 0 || starts[i] > points_ - points) return false;
      if (!read_points(static_cast<std::size_t>(starts[i]), static_cast<std::size_t>(points), segment)) return false;
      bin.segments.push_back(std::move(segment));
    }
    return true;
  }

  bool read_points(std::size_t first, std::size_t count, ShoreSegment& segment) {
    if (!file_.read("Relative_longitude_from_SW_corner_of_bin", first, count, xs_) ||
        !file_.read("Relative_latitude_from_SW_corner_of_bin", first, count, ys_)) {
      return false;
    }
    segment.points.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      segment.points.emplace_back(static_cast<std::uint16_t>(xs_[i]), static_cast<std::uint16_t>(ys_[i]));
    }
    return true;
  }

  NetcdfFile& file_;
  int rows_ = 0;
  int columns_ = 0;
  int segments_ = 0;
  int points_ = 0;
  double size_deg_ = 1.0;
  std::vector<int> xs_, ys_;
};

}  // namespace

Expected<CoastPolygons> load_coast(const std::filesystem::path& file, GeoPosition centre, double half_size_deg) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    return fail(ErrorCode::not_found, "no coastline file " + file.string() + " (Debian package gmt-gshhg-full)");
  }
  if (!std::isfinite(half_size_deg) || half_size_deg <= 0 || half_size_deg > 20 ||
      !std::isfinite(centre.latitude_deg()) || !std::isfinite(centre.longitude_deg())) {
    return fail(ErrorCode::bad_input, "coastline box must be more than 0 and at most 20 degrees to each side");
  }
  static std::mutex one_at_a_time;  // the netCDF library has no locks of its own
  const std::lock_guard lock(one_at_a_time);
  NetcdfFile netcdf;
  if (const int status = netcdf.open(file); status != NC_NOERR) {
    return fail(ErrorCode::io, "cannot read " + file.string() + ": " + nc_strerror(status));
  }
  ShoreReader reader(netcdf);
  CoastPolygons polygons;
  if (!reader.open() || !reader.read_bins(centre, half_size_deg, polygons)) {
    return fail(ErrorCode::bad_input, file.string() + " is not a binned GSHHG shoreline, or is damaged");
  }
  return polygons;
}

}  // namespace headland::maps
