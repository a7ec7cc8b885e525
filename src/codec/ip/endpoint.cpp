// SPDX-License-Identifier: Apache-2.0
#include "codec/ip/endpoint.hpp"

#include <charconv>

namespace headland::ip {

std::string address_text(std::uint32_t address) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (shift != 24) out.push_back('.');
    out += std::to_string((address >> static_cast<unsigned>(shift)) & 0xFFU);
  }
  return out;
}

std::string to_text(const Endpoint& endpoint) {
  return address_text(endpoint.address) + ":" + std::to_string(endpoint.port);
}

Expected<std::uint32_t> parse_address(const std::string& text) {
  const auto refuse = [&] {
    return fail(ErrorCode::configuration, "\"" + text + "\" is no IPv4 address; write it like 239.0.0.1");
  };
  const char* at = text.data();
  const char* const end = at + text.size();
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (at == end || *at != '.') return refuse();
      ++at;
    }
    std::uint8_t value = 0;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc{}) return refuse();
    at = next;
    address = (address << 8) | value;
  }
  if (at != end) return refuse();
  return address;
}

Expected<Endpoint> parse_endpoint(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) {
    return fail(ErrorCode::configuration, "\"" + text + "\" has no port; write it like 239.0.0.1:6678");
  }
  const auto address = parse_address(text.substr(0, colon));
  if (!address) return unexpected(address.error());
  Endpoint endpoint{*address, 0};
  const char* first = text.data() + colon + 1;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(first, last, endpoint.port);
  if (error != std::errc{} || end != last || endpoint.port == 0) {
    return fail(ErrorCode::configuration, "\"" + text + "\" has no port from 1 to 65535; write it like 239.0.0.1:6678");
  }
  return endpoint;
}

}  // namespace headland::ip
