// SPDX-License-Identifier: Apache-2.0
// three_radars [MINUTES [SEED [VESSELS [RADARS]]]] [--series] [--strict]: a strait with three overlapping radars, and
// what the node makes of it. With --strict the exit code is 1 where something falls short of what is asked, told last.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include "quality/three_radars/strait_run.hpp"

namespace {

// More of them, as the first three are, but elsewhere.
void add_radars(headland::scenario::PlotSeaConfig& config, int radars) {
  using headland::Metres;
  const headland::EastNorth sites[] = {{Metres(9'000.0), Metres(14'000.0)}, {Metres(26'000.0), Metres(-9'000.0)}};
  for (std::size_t k = 0; k < std::size(sites) && config.radars.size() < static_cast<std::size_t>(std::max(radars, 3));
       ++k) {
    auto radar = config.radars[k];
    radar.name = k == 0 ? "north" : "far east";
    radar.site = sites[k];
    config.radars.push_back(radar);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto take_flag = [&](const char* flag) {
    const bool given = argc > 1 && std::strcmp(argv[argc - 1], flag) == 0;
    if (given) --argc;
    return given;
  };
  bool series = false, strict = false;
  for (int k = 0; k < 2; ++k) {
    series = take_flag("--series") || series;
    strict = take_flag("--strict") || strict;
  }
  const double minutes = argc > 1 ? std::atof(argv[1]) : 30.0;
  auto config = headland::scenario::three_radars();
  if (argc > 2) config.seed = static_cast<std::uint64_t>(std::atoll(argv[2]));
  if (argc > 3) {
    config.vessels = static_cast<std::uint32_t>(std::max(1, std::atoi(argv[3])));
    config.with_ais = config.vessels * 4 / 5;
    config.spoofed = config.vessels / 15;
  }
  if (argc > 4) add_radars(config, std::atoi(argv[4]));
  if (minutes <= 0.0) {
    std::fputs("three_radars [MINUTES [SEED [VESSELS [RADARS]]]] [--series] [--strict]\n", stderr);
    return 2;
  }
  headland::quality::StraitRun run(config);
  // A long run says each hour what it has found so far.
  for (double until = 60.0; until < minutes; until += 60.0) {
    run.run(until * 60.0);
    std::printf("after %.0f minutes\n%s\n", until, headland::quality::to_text(run.figures()).c_str());
    std::fflush(stdout);
  }
  run.run(minutes * 60.0);
  const auto figures = run.figures();
  std::fputs(headland::quality::to_text(figures).c_str(), stdout);
  if (series) std::fputs(headland::quality::series_text(figures).c_str(), stdout);
  if (!strict) return 0;
  const auto short_of = headland::quality::shortfalls(figures);
  for (const auto& text : short_of) std::printf("falls short: %s", text.c_str());
  return short_of.empty() ? 0 : 1;
}
