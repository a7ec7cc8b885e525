// SPDX-License-Identifier: Apache-2.0
// Records of categories 062, 063 and 065 to values, every field of every item, beside `tshark -T json` on the same half
// hour (both in processor time). Where the recording or tshark is missing there is nothing to measure.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "codec/asterix/system_status.hpp"
#include "codec/asterix/target_report.hpp"
#include "io/net/capture_writer.hpp"
#include "io/net/file_readers.hpp"

namespace headland::asterix {
namespace {

const std::string recording =
    std::string(HEADLAND_SHARED_DATA) + "/asterix/cat062/final_frame_062_065_large_packet_30min.ff.gz";

const std::vector<std::vector<std::uint8_t>>& datagrams() {
  static const auto read = [] {
    std::vector<std::vector<std::uint8_t>> all;
    auto source = net::ByteSource::open(recording);
    if (!source) return all;
    net::AsterixFileReader reader(std::move(*source), true);
    while (const auto piece = reader.next()) all.emplace_back(piece->blocks.begin(), piece->blocks.end());
    return all;
  }();
  return read;
}

template <class Each>
std::uint64_t read_all(Record& record, Each each) {
  std::uint64_t records = 0;
  for (const auto& datagram : datagrams()) {
    for (BlockReader blocks(datagram); !blocks.at_end();) {
      const auto block = blocks.next();
      if (!block) break;
      for (RecordDecoder decoder(*block); !decoder.at_end();) {
        if (!decoder.next(record)) continue;
        ++records;
        each(record);
      }
    }
  }
  return records;
}

void asterix_to_values(benchmark::State& state) {
  Record record;
  std::uint64_t records = 0;
  for (auto _ : state) {
    records += read_all(record, [](const Record& r) { benchmark::DoNotOptimize(r.number_store.data()); });
  }
  state.counters["records_per_s"] = benchmark::Counter(static_cast<double>(records), benchmark::Counter::kIsRate);
}

// The same, and from the values what is used of them.
void asterix_to_reports(benchmark::State& state) {
  Record record;
  std::uint64_t records = 0;
  for (auto _ : state) {
    records += read_all(record, [](const Record& r) {
      if (auto target = target_of(r)) benchmark::DoNotOptimize(*target);
      if (auto status = status_of(r)) benchmark::DoNotOptimize(*status);
    });
  }
  state.counters["records_per_s"] = benchmark::Counter(static_cast<double>(records), benchmark::Counter::kIsRate);
}

double children_cpu_s() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

void tshark_to_json(benchmark::State& state) {
  const auto path = (std::filesystem::temp_directory_path() / "headland_asterix_bench.pcap").string();
  auto writer = net::CaptureWriter::create(path);
  if (!writer) return state.SkipWithError("cannot write the capture");
  for (const auto& d : datagrams()) (void)writer->write(Timestamp{}, {0x7F000001, 4000}, {0x7F000001, 8600}, d);
  if (!writer->close()) return state.SkipWithError("cannot write the capture");
  const std::string command = "tshark -n -r '" + path + "' -d udp.port==8600,asterix -T json >/dev/null 2>&1";
  Record record;
  const auto records = read_all(record, [](const Record&) {});
  double cpu_s = 0.0;
  for (auto _ : state) {
    const double before = children_cpu_s();
    if (std::system(command.c_str()) != 0) state.SkipWithError("tshark failed");
    state.SetIterationTime(children_cpu_s() - before);
    cpu_s += children_cpu_s() - before;
  }
  std::remove(path.c_str());
  state.counters["records_per_s"] = static_cast<double>(records * state.iterations()) / cpu_s;
}

const bool registered = [] {
  if (!std::filesystem::exists(recording)) return false;
  benchmark::RegisterBenchmark("asterix_to_values", asterix_to_values)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("asterix_to_reports", asterix_to_reports)->Unit(benchmark::kMillisecond);
  if (std::system("command -v tshark >/dev/null 2>&1") != 0) return false;
  benchmark::RegisterBenchmark("tshark_to_json", tshark_to_json)
      ->Unit(benchmark::kMillisecond)
      ->UseManualTime()
      ->Iterations(3);
  return true;
}();

}  // namespace
}  // namespace headland::asterix
