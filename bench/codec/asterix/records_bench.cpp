// SPDX-License-Identifier: Apache-2.0
// Records of categories 034, 048, 062, 063 and 065 to values, every field of every item, beside `tshark -T json` on the
// same datagrams (both in processor time, tshark's start-up taken off): half an hour of a control centre's tracks and
// four recordings of radars, together and each kind alone, and CAT010. Where the recordings or tshark are missing there
// is nothing to measure.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "codec/asterix/system_status.hpp"
#include "codec/asterix/target_report.hpp"
#include "io/net/capture_reader.hpp"
#include "io/net/capture_writer.hpp"
#include "io/net/file_readers.hpp"

namespace headland::asterix {
namespace {

using Datagrams = std::vector<std::vector<std::uint8_t>>;

std::string path_of(const std::string& name) { return std::string(HEADLAND_SHARED_DATA) + "/asterix/" + name; }

void add_capture(const std::string& name, Datagrams& out) {
  auto reader = net::CaptureReader::open(path_of(name));
  if (!reader) return;
  while (auto d = reader->next()) out.emplace_back(d->payload.begin(), d->payload.end());
}
void add_file(const std::string& name, bool final_records, Datagrams& out) {
  auto source = net::ByteSource::open(path_of(name));
  if (!source) return;
  net::AsterixFileReader reader(std::move(*source), final_records);
  while (const auto piece = reader.next()) out.emplace_back(piece->blocks.begin(), piece->blocks.end());
}

void add_tracks(Datagrams& out) { add_file("cat062/final_frame_062_065_large_packet_30min.ff.gz", true, out); }
void add_radars(Datagrams& out) {
  for (const char* name :
       {"cat_034_048.pcap", "argentina_260429.pcap.gz", "argentina_cba_010626_with_trailer.pcap.gz"}) {
    add_capture(std::string("cat048-034/") + name, out);
  }
  add_file("cat048-034/jahorina_cat048_034.raw", false, out);
}
void add_surface(Datagrams& out) { add_file("cat010/lebl_smr_20201002-0800.ast.gz", false, out); }

template <class Each>
std::uint64_t read_all(const Datagrams& datagrams, Record& record, Each each) {
  std::uint64_t records = 0;
  for (const auto& datagram : datagrams) {
    for (BlockReader blocks(datagram); !blocks.at_end();) {
      const auto block = blocks.next();
      if (!block) break;
      for (RecordDecoder decoder(*block); !decoder.at_end();) {
        if (!decoder.next(record)) break;
        ++records;
        each(record);
      }
    }
  }
  return records;
}

void to_values(benchmark::State& state, const Datagrams& datagrams) {
  Record record;
  std::uint64_t records = 0;
  for (auto _ : state) {
    records += read_all(datagrams, record, [](const Record& r) { benchmark::DoNotOptimize(r.number_store.data()); });
  }
  state.counters["records_per_s"] = benchmark::Counter(static_cast<double>(records), benchmark::Counter::kIsRate);
}

// The same, and from the values what is used of them.
void to_reports(benchmark::State& state, const Datagrams& datagrams) {
  Record record;
  std::uint64_t records = 0;
  for (auto _ : state) {
    records += read_all(datagrams, record, [](const Record& r) {
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

// Processor time of one run of tshark on a capture of the datagrams; negative: it cannot be measured.
double tshark_cpu_s(const Datagrams& datagrams) {
  const auto path = (std::filesystem::temp_directory_path() / "headland_asterix_bench.pcap").string();
  auto writer = net::CaptureWriter::create(path);
  if (!writer) return -1.0;
  for (const auto& d : datagrams) (void)writer->write(Timestamp{}, {0x7F000001, 4000}, {0x7F000001, 8600}, d);
  if (!writer->close()) return -1.0;
  const std::string command = "tshark -n -r '" + path + "' -d udp.port==8600,asterix -T json >/dev/null 2>&1";
  const double before = children_cpu_s();
  const bool done = std::system(command.c_str()) == 0;
  std::remove(path.c_str());
  return done ? children_cpu_s() - before : -1.0;
}

void tshark_to_json(benchmark::State& state, const Datagrams& datagrams) {
  Record record;
  const auto records = read_all(datagrams, record, [](const Record&) {});
  double cpu_s = 0.0;
  for (auto _ : state) {
    const double start_up = tshark_cpu_s({datagrams.front()});
    const double all = tshark_cpu_s(datagrams);
    if (start_up < 0.0 || all < 0.0) return state.SkipWithError("tshark failed");
    state.SetIterationTime(all - start_up);
    cpu_s += all - start_up;
  }
  state.counters["records_per_s"] = static_cast<double>(records * state.iterations()) / cpu_s;
}

void measure(const std::string& kind, Datagrams datagrams) {
  if (datagrams.empty()) return;
  const auto shared = std::make_shared<const Datagrams>(std::move(datagrams));
  using State = benchmark::State;
  benchmark::RegisterBenchmark(("asterix_to_values" + kind).c_str(), [=](State& s) {
    to_values(s, *shared);
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark(("asterix_to_reports" + kind).c_str(), [=](State& s) {
    to_reports(s, *shared);
  })->Unit(benchmark::kMillisecond);
  if (std::system("command -v tshark >/dev/null 2>&1") != 0) return;
  benchmark::RegisterBenchmark(("tshark_to_json" + kind).c_str(), [=](State& s) { tshark_to_json(s, *shared); })
      ->Unit(benchmark::kMillisecond)
      ->UseManualTime()
      ->Iterations(3);
}

const bool registered = [] {
  Datagrams tracks, radars, surface;
  add_tracks(tracks);
  add_radars(radars);
  add_surface(surface);
  Datagrams all = tracks;
  all.insert(all.end(), radars.begin(), radars.end());
  measure("", std::move(all));
  measure("/cat062", std::move(tracks));
  measure("/cat034_048", std::move(radars));
  measure("/cat010", std::move(surface));
  return true;
}();

}  // namespace
}  // namespace headland::asterix
