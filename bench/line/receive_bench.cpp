// SPDX-License-Identifier: Apache-2.0
// The line from the socket on: CAT240 records of 8192 cells come in by UDP over loopback, are decoded and go through
// signal stage and plots. The sender's system calls run on the same core and are counted too, so that the figure
// is on the careful side.
#include <span>
#include <vector>

#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../video_scan.hpp"
#include "codec/asterix/cat240_spokes.hpp"
#include "core/plots/plot_extractor.hpp"
#include "core/signal/signal_stage.hpp"

namespace headland {
namespace {

using bench::scan;

std::vector<std::vector<std::uint8_t>> datagrams_of_a_turn() {
  std::vector<std::vector<std::uint8_t>> out;
  for (std::uint32_t s = 0; s < scan().spokes; ++s) {
    asterix::Cat240Video v;
    v.sequence = s;
    v.start_azimuth = static_cast<std::uint16_t>(s * 65536 / scan().spokes);
    v.end_azimuth = static_cast<std::uint16_t>((s + 1) * 65536 / scan().spokes);
    v.cell_duration_fs = 25'000'000;
    v.bits = 8;
    v.cell_count = scan().cells;
    v.cells = std::span<const std::uint8_t>(scan().row(s), scan().cells);
    asterix::encode_video(v, asterix::CellDurationItem::femto, out.emplace_back());
  }
  return out;
}

class Loopback {
 public:
  Loopback() {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    in_ = socket(AF_INET, SOCK_DGRAM, 0);
    out_ = socket(AF_INET, SOCK_DGRAM, 0);
    const int room = 1 << 21;
    setsockopt(in_, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
    socklen_t length = sizeof(address_);
    ready_ = bind(in_, reinterpret_cast<sockaddr*>(&address_), length) == 0 &&
             getsockname(in_, reinterpret_cast<sockaddr*>(&address_), &length) == 0 &&
             connect(out_, reinterpret_cast<sockaddr*>(&address_), length) == 0;
  }
  ~Loopback() {
    close(in_);
    close(out_);
  }
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  [[nodiscard]] bool ready() const { return ready_; }
  void put(const std::vector<std::uint8_t>& bytes) { send(out_, bytes.data(), bytes.size(), 0); }
  std::size_t take(std::span<std::uint8_t> to) {
    const auto got = recv(in_, to.data(), to.size(), MSG_DONTWAIT);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }

 private:
  int in_ = -1;
  int out_ = -1;
  bool ready_ = false;
  sockaddr_in address_{};
};

void receive_to_plots(benchmark::State& state) {
  Loopback loopback;
  if (!loopback.ready()) state.SkipWithError("no loopback");
  const auto datagrams = datagrams_of_a_turn();
  signal::SignalStage stage({});
  plots::PlotExtractor extractor({});
  SpokeBlock block;
  HitBlock hits;
  std::vector<PlotSector> sectors;
  std::vector<std::uint8_t> buffer(65536);
  std::int64_t turn = 0;
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
  for (auto _ : state) {
    sectors.clear();
    for (std::size_t s = 0; s < datagrams.size();) {
      block.spokes.clear();
      block.samples.clear();
      for (std::size_t i = 0; i < 32; i += 8) {
        for (std::size_t k = 0; k < 8; ++k, ++s, ++sent) loopback.put(datagrams[s]);
        while (const std::size_t bytes = loopback.take(buffer)) {
          asterix::BlockReader blocks(std::span<const std::uint8_t>(buffer).first(bytes));
          asterix::Cat240Reader records(*blocks.next());
          const double turns = static_cast<double>(turn) + static_cast<double>(s) / 4096.0;
          append_spoke(std::get<asterix::Cat240Video>(*records.next()), from_epoch_seconds(1000.0 + 1.25 * turns),
                       block);
          ++received;
        }
      }
      stage.process(block, hits);
      extractor.process(hits, sectors);
    }
    ++turn;
  }
  if (received != sent) state.SkipWithError("datagrams were lost");
  const double cells = static_cast<double>(state.iterations()) * static_cast<double>(scan().levels.size());
  state.counters["mcells_per_s"] = benchmark::Counter(cells / 1e6, benchmark::Counter::kIsRate);
  state.counters["radars_4096x8192_48rpm"] =
      benchmark::Counter(cells / bench::class_b_cells_per_s, benchmark::Counter::kIsRate);
}

BENCHMARK(receive_to_plots)
    ->Name("line/receive_to_plots")
    ->Unit(benchmark::kMillisecond)
    ->Repetitions(5)
    ->ReportAggregatesOnly();

}  // namespace
}  // namespace headland
