// SPDX-License-Identifier: Apache-2.0
#include "core/integration/track_before_detect.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/constants.hpp"
#include "core/integration/cell_rows.hpp"
#include "core/integration/line_search.hpp"
#include "core/integration/path_follower.hpp"
#include "core/integration/sector_merge.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::integration {
namespace {

constexpr std::size_t remembered_rows = 16;
constexpr std::int64_t flank_rows = 2;  // to either side that an echo reaches into: a beam

double within(double value, double low, double high) {
  return std::isfinite(value) ? std::clamp(value, low, high) : low;
}

}  // namespace

Config sanitized(Config c) {
  c.decibels_per_level = within(c.decibels_per_level, 0.001, 5.0);
  c.beam_width = Angle::from_degrees(within(c.beam_width.degrees(), 0.1, 10.0));
  c.pulse_length = Metres(within(c.pulse_length.value(), 0.1, 1000.0));
  c.fastest = MetresPerSecond(within(c.fastest.value(), 1.0, 60.0));
  c.false_paths_per_hour = within(c.false_paths_per_hour, 0.001, 1000.0);
  c.strong_db = within(c.strong_db, 10.0, 60.0);
  c.learning_turns = std::clamp<std::uint32_t>(c.learning_turns, 4, 1000);
  c.most_paths = std::clamp<std::uint32_t>(c.most_paths, 1, 10000);
  c.most_states = std::clamp<std::uint64_t>(c.most_states, 1'000'000, 4'000'000'000);
  return c;
}

class TrackBeforeDetect::State {
 public:
  explicit State(const Config& config) : config_(sanitized(config)), follow_{.most_paths = config_.most_paths} {}

  void process(const HitBlock& in, std::optional<Seconds> turn_time, bool thresholded, std::vector<PlotSector>& sectors,
               std::vector<PlotSector>& out);
  void finish(std::vector<PlotSector>& sectors, std::vector<PlotSector>& out);

  Config config_;
  Counters counters_;
  RangeAzimuthMask mask_;
  bool mask_is_new_ = true;

 private:
  struct Video {  // what a restart is for
    Metres range_start;
    Metres cell_size;
    std::uint32_t cells = 0;  // room: spokes may be shorter
    BearingReference reference = BearingReference::true_north;
    double decibels_per_level = 0.0;  // measured anew it changes, and with it what means of levels mean

    [[nodiscard]] bool holds(const HitSpoke& spoke, BearingReference of) const {
      return spoke.cell_count <= cells && of == reference && spoke.decibels_per_level == decibels_per_level &&
             std::abs((spoke.cell_size - cell_size).value()) <= 1e-6 * cell_size.value() &&
             std::abs((spoke.range_start - range_start).value()) <= 0.01 * cell_size.value();
    }
  };

  void take(const HitBlock& in, const HitSpoke& spoke, Seconds turn_time);
  void restart(const Video& video, Seconds turn_time);
  [[nodiscard]] bool is_other_turn(AntennaPosition position, Seconds turn_time);
  void complete_rows(std::int64_t to);
  void complete(std::int64_t number);
  void advance(std::int64_t number);
  void judge(std::int64_t number);
  void stretch(std::uint32_t at, SeenRow& row) const;
  void report(const PathReport& path, const SeenRow& seen);
  [[nodiscard]] Plot measure(const PathReport& path, const SeenRow& seen) const;
  [[nodiscard]] const SeenRow* seen(std::int64_t number) const;
  [[nodiscard]] SeenRow* seen(std::int64_t number);
  [[nodiscard]] std::uint32_t row_of(std::int64_t number) const { return static_cast<std::uint32_t>(number % rows_); }
  // Whole turns of the antenna up to where rows are judged.
  [[nodiscard]] double judged_place() const {
    return static_cast<double>(current_ - flank_rows - follow_.near_rows) / static_cast<double>(rows_);
  }

  FollowConfig follow_;
  Video video_;
  std::int64_t rows_ = 1;
  std::uint32_t joined_ = 1;
  std::optional<CellRows> cells_;
  std::optional<PathGrid> grid_;
  std::optional<LineSearch> lines_;
  std::optional<PathSurvey> survey_;
  std::optional<PathFollower> follower_;
  SectorMerge merge_;
  std::uint64_t paths_before_ = 0;  // of followers before the last restart
  std::uint64_t refused_before_ = 0;
  std::optional<AntennaPosition> other_since_;  // where turns began to last longer or shorter than the grid's
  std::int64_t current_ = -1;                   // row under way, counted over all turns
  Timestamp first_time_;                        // of its spokes
  Timestamp last_time_;
  std::deque<SeenRow> seen_;
  std::vector<PathReport> reports_;
};

void TrackBeforeDetect::State::process(const HitBlock& in, std::optional<Seconds> turn_time, bool thresholded,
                                       std::vector<PlotSector>& sectors, std::vector<PlotSector>& out) {
  const bool works = turn_time && !thresholded;
  for (const HitSpoke& spoke : in.spokes) {
    if (works) {
      take(in, spoke, *turn_time);
    } else {
      ++counters_.spokes_refused;
    }
  }
  for (PlotSector& sector : sectors) merge_.take(std::move(sector));
  sectors.clear();
  merge_.give_out(judged_place(), !works || !grid_, counters_, out);
}

void TrackBeforeDetect::State::finish(std::vector<PlotSector>& sectors, std::vector<PlotSector>& out) {
  for (PlotSector& sector : sectors) merge_.take(std::move(sector));
  sectors.clear();
  merge_.give_out(0.0, true, counters_, out);
}

void TrackBeforeDetect::State::restart(const Video& video, Seconds turn_time) {
  if (grid_) {
    ++counters_.restarts;
    paths_before_ += follower_->declared();
    refused_before_ += follower_->refused();
  }
  video_ = video;
  rows_ = std::max<std::int64_t>(8, std::lround(2.0 * pi / (0.5 * config_.beam_width.radians())));
  joined_ = static_cast<std::uint32_t>(std::clamp(std::round(config_.pulse_length / video.cell_size), 1.0,
                                                  std::max(1.0, static_cast<double>(video.cells))));
  GridGeometry g;
  g.rows = static_cast<std::uint32_t>(rows_);
  g.cells = std::max(video.cells / joined_, 1U);
  g.closed = true;
  g.row_width = Angle(Radians(2.0 * pi / static_cast<double>(rows_)));
  g.range_start = video.range_start;
  g.cell_size = video.cell_size * static_cast<double>(joined_);
  g.turn_time = turn_time;
  PathConfig paths;
  paths.fastest = config_.fastest;
  const std::uint64_t layers = std::uint64_t{paths.radial_velocities} * paths.crossing_velocities;
  const auto most = static_cast<std::uint32_t>(config_.most_states / (layers * g.rows));
  counters_.cells_left_out = g.cells > most ? std::uint64_t{g.cells - most} * g.rows : 0;
  g.cells = std::min(g.cells, std::max(most, 1U));
  grid_.emplace(g, paths);
  lines_.emplace(g, paths);
  cells_.emplace(config_, g, joined_);
  cells_->set_mask(mask_);
  mask_is_new_ = false;
  survey_.emplace(g.rows, g.cells);
  follower_.emplace(follow_);
  merge_.begin(g);
  seen_.clear();
  other_since_.reset();
  current_ = -1;
}

// The time of a turn comes from an eighth of one, and times often from when datagrams came in: one that is late makes
// it longer, then shorter. Only what lasts for a turn is another speed of the antenna.
bool TrackBeforeDetect::State::is_other_turn(AntennaPosition position, Seconds turn_time) {
  if (std::abs(turn_time / grid_->geometry().turn_time - 1.0) < 0.1) {
    other_since_.reset();
    return false;
  }
  if (!other_since_) other_since_ = position;
  return position - *other_since_ >= positions_per_turn;
}

void TrackBeforeDetect::State::take(const HitBlock& in, const HitSpoke& spoke, Seconds turn_time) {
  const std::int64_t rows = std::max<std::int64_t>(rows_, 1);
  const auto number_in = [&](std::int64_t n) {
    return (spoke.position >> 32) * n + ((spoke.position & 0xFFFFFFFF) * n >> 32);
  };
  if (!grid_ || is_other_turn(spoke.position, turn_time) || !video_.holds(spoke, in.reference) ||
      (current_ >= 0 && number_in(rows) > current_ + 2 * rows)) {
    // Some radars cut spokes short now and then: that is no other video.
    restart(
        {spoke.range_start, spoke.cell_size, padded_cells(spoke.cell_count), in.reference, spoke.decibels_per_level},
        turn_time);
  }
  if (spoke.position < 0) return;
  const std::int64_t number = number_in(rows_);
  if (current_ < 0) current_ = number;
  if (number < current_) return;  // a step back
  if (number > current_) complete_rows(number);
  if (cells_->spokes() == 0) first_time_ = spoke.time;
  last_time_ = spoke.time;
  cells_->add(in.levels_of(spoke), spoke.decibels_per_level);
}

void TrackBeforeDetect::State::complete_rows(std::int64_t to) {
  while (current_ < to) {
    complete(current_);
    const std::int64_t at = current_ - flank_rows;
    advance(at);
    if (row_of(at + 1) == 0) {
      grid_->end_turn();
      lines_->end_turn();
      follower_->end_turn();
      survey_->end_turn();
      if (mask_is_new_) cells_->set_mask(mask_);
      mask_is_new_ = false;
    }
    judge(at - follow_.near_rows);
    ++current_;
  }
}

void TrackBeforeDetect::State::complete(std::int64_t number) {
  if (seen_.size() >= remembered_rows) {
    seen_.push_back(std::move(seen_.front()));
    seen_.pop_front();
  } else {
    seen_.emplace_back();
  }
  SeenRow& row = seen_.back();
  row.number = number;
  row.time = first_time_ + (last_time_ - first_time_) / 2;
  const std::uint32_t at = row_of(number);
  if (cells_->spokes() > 0) {
    ++counters_.rows;
    cells_->complete(at, row, counters_);
  } else {  // not seen: paths go on as they were
    ++counters_.rows_unseen;
    const std::uint32_t n = grid_->geometry().cells;
    row.spokes = 0;
    row.ratios.assign(n, 1.0F);
    row.gains.assign(n, 0);
    row.losses.assign(n, 0);
    row.limits.assign(n, 0);
    row.screens.assign(n, 0);
    row.lines.assign(n, 0);
    row.strong.clear();
  }
  shade(row.strong, row);
  for (std::int64_t d = 1; d <= flank_rows; ++d) {
    SeenRow* const side = seen(number - d);
    if (side == nullptr) continue;
    shade(row.strong, *side);
    shade(side->strong, row);
  }
}

// A row whose neighbours a beam to either side are known.
void TrackBeforeDetect::State::advance(std::int64_t number) {
  const SeenRow* const row = seen(number);
  if (row == nullptr) return;
  if (cells_->is_open(row_of(number))) grid_->advance(row_of(number), row->gains, row->losses);
  lines_->add(row_of(number), row->gains, row->losses);
  counters_.memory_bytes = grid_->bytes() + lines_->bytes();
}

SeenRow* TrackBeforeDetect::State::seen(std::int64_t number) {
  return const_cast<SeenRow*>(std::as_const(*this).seen(number));
}

const SeenRow* TrackBeforeDetect::State::seen(std::int64_t number) const {
  if (seen_.empty() || number < seen_.front().number || number > seen_.back().number) return nullptr;
  return &seen_[static_cast<std::size_t>(number - seen_.front().number)];
}

// Limits over the level of the survey, stretched.
void TrackBeforeDetect::State::stretch(std::uint32_t at, SeenRow& row) const {
  const auto n = static_cast<std::uint32_t>(row.limits.size());
  const auto stretched = [](std::uint8_t limit, double from, double by) {
    return limit == 0 ? limit : static_cast<std::uint8_t>(std::min(from + (limit - from) * by, 254.0));
  };
  for (std::uint32_t from = 0; from < n; from += PathSurvey::band_cells) {
    const double by = survey_->stretch(at, from);
    if (by <= 1.0) continue;
    for (std::uint32_t k = from; k < std::min(from + PathSurvey::band_cells, n); ++k) {
      row.limits[k] = stretched(row.limits[k], PathSurvey::level, by);
      row.lines[k] = stretched(row.lines[k], 0.0, by);
    }
  }
}

void TrackBeforeDetect::State::judge(std::int64_t number) {
  SeenRow* const row = seen(number);
  if (row == nullptr || row->spokes == 0) return;
  reports_.clear();
  stretch(row_of(number), *row);
  const Judgement by{row->gains, row->limits, row->screens, row->lines};
  const auto lines = [this](std::uint32_t r, std::uint32_t cell, const Velocity& about, double least) {
    return lines_->evidence(r, cell, about, least);
  };
  follower_->judge(*grid_, lines, row_of(number), by, *survey_, reports_);
  counters_.paths = paths_before_ + follower_->declared();
  counters_.paths_refused = refused_before_ + follower_->refused();
  for (const PathReport& path : reports_) report(path, *row);
}

void TrackBeforeDetect::State::report(const PathReport& path, const SeenRow& row) {
  cells_->keep(path.row, path.cell);
  if (!path.shows) return;  // goes on
  WeakPlot weak;
  weak.plot = measure(path, row);
  weak.first = path.turns == 0;
  weak.velocity = grid_->velocities()[path.layer];
  weak.own_evidence = row.gains[path.cell] / EvidenceTable::steps_per_nat;
  weak.plot.evidence = weak.first ? path.evidence : weak.own_evidence;
  weak.place = (static_cast<double>(row.number) + 0.5) / static_cast<double>(rows_);
  merge_.put(std::move(weak), counters_);
}

// The centroid of what stands out of the background in the cell and its neighbours.
Plot TrackBeforeDetect::State::measure(const PathReport& path, const SeenRow& row) const {
  const GridGeometry& g = grid_->geometry();
  double weight = 0.0;
  double cell = 0.0;
  double side = 0.0;
  for (int d = -1; d <= 1; ++d) {
    const SeenRow* const other = seen(row.number + d);
    if (other == nullptr || other->spokes == 0) continue;
    for (std::uint32_t k = path.cell - std::min(path.cell, 1U); k <= std::min(path.cell + 1, g.cells - 1); ++k) {
      const double over = std::max(double{other->ratios[k]} - 1.0, 0.0);
      weight += over;
      cell += over * k;
      side += over * d;
    }
  }
  if (weight > 0.0) {
    cell /= weight;
    side /= weight;
  } else {
    cell = path.cell;
  }
  Plot p;
  p.origin = PlotOrigin::integration;
  p.time = row.time;
  p.range = g.range_start + (cell + 0.5) * g.cell_size;
  p.bearing = Bearing(Radians((path.row + 0.5 + side) * g.row_width.radians()));
  p.range_deviation = 0.6 * g.cell_size;
  p.bearing_deviation = Radians(0.6 * g.row_width.radians());
  p.range_extent = g.cell_size;
  p.bearing_extent = Radians(g.row_width.radians());
  // Over what a single cell would have to have for 1e-4 false alarms in noise: mostly below 0.
  p.strength = Decibels(10.0 * std::log10(std::max(double{row.ratios[path.cell]}, 1e-3) / -std::log(1e-4)));
  p.cell_count = 1;
  return p;
}

TrackBeforeDetect::TrackBeforeDetect(const Config& config) : state_(std::make_unique<State>(config)) {}
TrackBeforeDetect::~TrackBeforeDetect() = default;
TrackBeforeDetect::TrackBeforeDetect(TrackBeforeDetect&&) noexcept = default;
TrackBeforeDetect& TrackBeforeDetect::operator=(TrackBeforeDetect&&) noexcept = default;

void TrackBeforeDetect::set_mask(RangeAzimuthMask mask) {
  state_->mask_ = std::move(mask);
  state_->mask_is_new_ = true;
}
void TrackBeforeDetect::process(const HitBlock& in, std::optional<Seconds> turn_time, bool thresholded,
                                std::vector<PlotSector>& sectors, std::vector<PlotSector>& out) {
  state_->process(in, turn_time, thresholded, sectors, out);
}
void TrackBeforeDetect::finish(std::vector<PlotSector>& sectors, std::vector<PlotSector>& out) {
  state_->finish(sectors, out);
}
const Counters& TrackBeforeDetect::counters() const { return state_->counters_; }
const Config& TrackBeforeDetect::config() const { return state_->config_; }

}  // namespace headland::integration
