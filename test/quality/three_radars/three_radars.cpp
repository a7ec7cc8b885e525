// SPDX-License-Identifier: Apache-2.0
// three_radars [MINUTES [SEED [VESSELS]]] [--series]: a strait with three overlapping radars, and what the node makes
// of it.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "quality/three_radars/strait_run.hpp"

int main(int argc, char** argv) {
  const bool series = argc > 1 && std::strcmp(argv[argc - 1], "--series") == 0;
  if (series) --argc;
  const double minutes = argc > 1 ? std::atof(argv[1]) : 30.0;
  auto config = headland::scenario::three_radars();
  if (argc > 2) config.seed = static_cast<std::uint64_t>(std::atoll(argv[2]));
  if (argc > 3) {
    config.vessels = static_cast<std::uint32_t>(std::max(1, std::atoi(argv[3])));
    config.with_ais = config.vessels * 4 / 5;
    config.spoofed = config.vessels / 15;
  }
  if (minutes <= 0.0) {
    std::fputs("three_radars [MINUTES [SEED [VESSELS]]] [--series]\n", stderr);
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
  return 0;
}
