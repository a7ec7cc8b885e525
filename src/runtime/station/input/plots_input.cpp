// SPDX-License-Identifier: Apache-2.0
// Plots CSV as an input file.
#include <deque>
#include <utility>

#include "codec/csv/plot_csv.hpp"
#include "io/net/file_readers.hpp"
#include "runtime/station/input/input_file_detail.hpp"

namespace headland::station {
namespace {

// The rows do not tell how far the radar looks. No nearer than the farthest plot, or a vessel that is it and goes on
// outwards would be where nobody looks.
constexpr Metres farthest_plot{500'000.0};

class PlotsInput final : public InputFile {
 public:
  PlotsInput(net::ByteSource source, const csv::PlotCsvConfig& config) : lines_(std::move(source)), reader_(config) {}

  std::optional<InputEvent> next() override {
    while (sectors_.empty() && !ended_) {
      ended_ = !lines_.read_some([this](std::string_view line) { add(line); });
      if (ended_) reader_.finish(complete_);
      for (auto& sector : complete_) sectors_.push_back(std::move(sector));
      complete_.clear();
    }
    if (sectors_.empty()) return std::nullopt;
    InputEvent event;
    event.kind = InputKind::plots;
    event.sector = std::move(sectors_.front());
    event.time = event.sector.ended;
    sectors_.pop_front();
    return event;
  }
  [[nodiscard]] double progress() const override { return lines_.progress(); }
  void count_rejected(std::map<std::string, std::uint64_t>& out) const override {
    for (const auto& [reason, n] : rejected_) out["plots CSV: " + reason] += n;
  }

 private:
  void add(std::string_view line) {
    const auto result = reader_.line(line, complete_);
    if (!result) ++rejected_[std::string(csv::to_text(result.error().kind))];
  }

  net::LineFileReader lines_;
  csv::PlotCsvReader reader_;
  std::vector<PlotSector> complete_;
  std::deque<PlotSector> sectors_;
  std::map<std::string, std::uint64_t> rejected_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<InputFile> open_plots_input(net::ByteSource source, const InputOptions& options) {
  csv::PlotCsvConfig config;
  config.range_deviation = Metres(options.range_deviation_m);
  config.bearing_deviation = from_degrees(options.bearing_deviation_deg);
  config.range_max = farthest_plot;
  return std::make_unique<PlotsInput>(std::move(source), config);
}

}  // namespace headland::station
