// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/input/nmea_feed.hpp"

#include <string>

#include "runtime/config/endpoint.hpp"
#include "runtime/station/sources/recognise.hpp"

namespace headland::station {
namespace {

constexpr Duration poll_time = std::chrono::milliseconds(200);
constexpr std::chrono::seconds open_again_after{2};

}  // namespace

Expected<std::unique_ptr<NmeaFeed>> NmeaFeed::open(const config::NmeaSection& section, std::uint16_t stream,
                                                   OnText on_text, health::Health& health) {
  const auto where = config::parse_endpoint(section.listen);
  if (!where) return unexpected(where.error());
  auto wakeup = net::Wakeup::create();
  if (!wakeup) return unexpected(wakeup.error());
  if (where->transport == config::Transport::tcp) {
    net::TcpLineClientConfig tcp;
    tcp.host = where->host;
    tcp.port = where->port;
    return std::unique_ptr<NmeaFeed>(
        new NmeaFeed(section, stream, std::move(on_text), net::TcpLineClient(tcp), std::move(*wakeup), health));
  }
  const auto address = net::parse_address(where->host);
  if (!address) return unexpected(address.error());
  const net::UdpReceiverConfig udp{.listen = {*address, where->port}, .interface = where->interface};
  auto receiver = net::UdpReceiver::open(udp);
  if (!receiver && receiver.error().code != ErrorCode::not_found) return unexpected(receiver.error());
  auto source = receiver ? Source(std::move(*receiver)) : Source(Missing{udp, receiver.error(), {}});
  return std::unique_ptr<NmeaFeed>(
      new NmeaFeed(section, stream, std::move(on_text), std::move(source), std::move(*wakeup), health));
}

void NmeaFeed::start() {
  lane_.emplace("nmea " + section_.name, health_, [this](const std::stop_token& stop) { loop(stop); });
}

void NmeaFeed::stop() {
  if (!lane_) return;
  lane_->request_stop();
  wakeup_.wake();
  lane_->join();
  lane_.reset();
}

void NmeaFeed::loop(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::visit([this](auto& source) { poll(source); }, source_);
  }
}

void NmeaFeed::poll(net::UdpReceiver& receiver) {
  const auto datagram = receiver.receive(poll_time, &wakeup_);
  if (!datagram) return note_fault(datagram.error());
  if (!*datagram) return;
  ++datagrams_;
  health_.set(section_.name, health::State::green);
  kernel_drops_ = receiver.kernel_drops();
  // On a Furuno network sentences come behind a head whose bytes may look like the start of another.
  const auto wrapped = wrapped_sentences((*datagram)->payload);
  on_text_(stream_, (*datagram)->time, wrapped.empty() ? (*datagram)->payload : wrapped);
}

void NmeaFeed::poll(net::TcpLineClient& client) {
  const auto result = client.poll(poll_time, &wakeup_, [this](Timestamp received, std::string_view line) {
    ++datagrams_;
    on_text_(stream_, received, {reinterpret_cast<const std::uint8_t*>(line.data()), line.size()});
  });
  if (!result) return note_fault(result.error());
  if (client.is_connected()) health_.set(section_.name, health::State::green);
}

void NmeaFeed::poll(Missing& missing) {
  const auto now = std::chrono::steady_clock::now();
  if (now < missing.next_try) return note_fault(missing.fault);
  missing.next_try = now + open_again_after;
  auto receiver = net::UdpReceiver::open(missing.config);
  if (!receiver) return note_fault(missing.fault = receiver.error());
  health_.set(section_.name, health::State::yellow, "nothing was received yet");
  source_ = std::move(*receiver);  // `missing` is no more
}

void NmeaFeed::note_fault(const Error& error) {
  health_.set(section_.name, health::State::red, error.detail);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
}

}  // namespace headland::station
