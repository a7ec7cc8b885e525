// SPDX-License-Identifier: Apache-2.0
#include "io/net/capture_writer.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include <pcap/pcap.h>

namespace headland::net {
namespace {

constexpr std::size_t ip_header = 20;
constexpr std::size_t udp_header = 8;
constexpr std::size_t max_payload = 65507;

void put_u16(std::uint8_t* p, std::size_t value) {
  p[0] = static_cast<std::uint8_t>(value >> 8U);
  p[1] = static_cast<std::uint8_t>(value);
}
void put_u32(std::uint8_t* p, std::uint32_t value) {
  put_u16(p, value >> 16U);
  put_u16(p + 2, value & 0xFFFFU);
}

// Internet checksum (RFC 1071) over an even number of bytes.
std::uint16_t checksum(std::span<const std::uint8_t> bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    sum += static_cast<std::uint32_t>((bytes[i] << 8) | bytes[i + 1]);
  while (sum > 0xFFFFU) sum = (sum & 0xFFFFU) + (sum >> 16U);
  return static_cast<std::uint16_t>(~sum);
}

}  // namespace

struct CaptureWriter::State {
  std::string path;
  pcap_t* pcap = nullptr;
  pcap_dumper_t* dumper = nullptr;
  std::uint16_t identification = 0;
  std::vector<std::uint8_t> packet;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (dumper != nullptr) pcap_dump_close(dumper);
    if (pcap != nullptr) pcap_close(pcap);
  }
};

CaptureWriter::CaptureWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
CaptureWriter::CaptureWriter(CaptureWriter&&) noexcept = default;
CaptureWriter& CaptureWriter::operator=(CaptureWriter&&) noexcept = default;
CaptureWriter::~CaptureWriter() = default;

Expected<CaptureWriter> CaptureWriter::create(const std::string& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->pcap = pcap_open_dead_with_tstamp_precision(DLT_RAW, 262144, PCAP_TSTAMP_PRECISION_NANO);
  if (state->pcap == nullptr) return fail(ErrorCode::io, path + ": no memory to write a capture");
  state->dumper = pcap_dump_open(state->pcap, path.c_str());
  if (state->dumper == nullptr) {
    return fail(ErrorCode::io, std::string(pcap_geterr(state->pcap)) + "; check folder and permissions");
  }
  return CaptureWriter(std::move(state));
}

Expected<void> CaptureWriter::write(Timestamp time, const Endpoint& source, const Endpoint& destination,
                                    std::span<const std::uint8_t> payload) {
  if (payload.size() > max_payload) {
    return fail(ErrorCode::bad_input, state_->path + ": a datagram of " + std::to_string(payload.size()) +
                                          " bytes does not fit UDP; at most 65507 do");
  }
  auto& p = state_->packet;
  p.assign(ip_header + udp_header, 0);
  p[0] = 0x45;  // IPv4, 20 bytes
  put_u16(&p[2], ip_header + udp_header + payload.size());
  put_u16(&p[4], state_->identification++);
  p[8] = 16;  // time to live
  p[9] = 17;  // UDP
  put_u32(&p[12], source.address);
  put_u32(&p[16], destination.address);
  put_u16(&p[10], checksum({p.data(), ip_header}));
  put_u16(&p[20], source.port);
  put_u16(&p[22], destination.port);
  put_u16(&p[24], udp_header + payload.size());  // UDP checksum 0: none (RFC 768)
  p.insert(p.end(), payload.begin(), payload.end());
  const auto since = time.time_since_epoch();
  const auto whole = std::chrono::floor<std::chrono::seconds>(since);
  pcap_pkthdr header{};
  header.ts.tv_sec = static_cast<time_t>(whole.count());
  header.ts.tv_usec = static_cast<suseconds_t>((since - whole).count());  // nanoseconds, as opened
  header.caplen = header.len = static_cast<bpf_u_int32>(p.size());
  pcap_dump(reinterpret_cast<u_char*>(state_->dumper), &header, p.data());
  return {};
}

Expected<void> CaptureWriter::close() {
  if (state_->dumper == nullptr) return {};
  const bool failed = pcap_dump_flush(state_->dumper) != 0 || std::ferror(pcap_dump_file(state_->dumper)) != 0;
  const int reason = errno;
  pcap_dump_close(state_->dumper);
  state_->dumper = nullptr;
  if (failed)
    return fail(ErrorCode::io, state_->path + ": cannot be written: " + std::strerror(reason) + "; is the disk full?");
  return {};
}

}  // namespace headland::net
