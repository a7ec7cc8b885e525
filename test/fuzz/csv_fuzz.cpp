// SPDX-License-Identifier: Apache-2.0
// A plots file; what was read is written and must be read again without a fault.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "codec/csv/plot_csv.hpp"

namespace {

using headland::PlotSector;

// Lines left out because of a fault.
std::uint64_t read(std::string_view text, std::vector<PlotSector>& scans) {
  headland::csv::PlotCsvReader reader;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    (void)reader.line(text.substr(0, end), scans);
    text.remove_prefix(end);
  }
  reader.finish(scans);
  return reader.counters().rejected;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<PlotSector> scans;
  read({reinterpret_cast<const char*>(data), size}, scans);
  for (const PlotSector& scan : scans) {
    std::string text(headland::csv::plot_csv_header());
    headland::csv::write_plots(scan, "radar1", text);
    std::vector<PlotSector> again;
    if (read(text, again) != 0 || again.size() != 1 || again[0].plots.size() != scan.plots.size()) std::abort();
  }
  return 0;
}
