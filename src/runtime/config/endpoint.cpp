// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/endpoint.hpp"

#include <algorithm>
#include <charconv>

namespace headland::config {
namespace {

// Four numbers: who listens and who sends asks no server for the address of a name.
bool is_in_figures(std::string_view host) {
  const auto point_or_digit = [](char c) { return c == '.' || (c >= '0' && c <= '9'); };
  return std::all_of(host.begin(), host.end(), point_or_digit) && std::count(host.begin(), host.end(), '.') == 3;
}

}  // namespace

Expected<Endpoint> parse_endpoint(std::string_view text) {
  const auto wrong = [&](const char* what) {
    return fail(ErrorCode::configuration,
                "'" + std::string(text) + "': " + what +
                    "; write udp://ADDRESS:PORT, udp://GROUP:PORT@INTERFACE or tcp://HOST:PORT");
  };
  Endpoint endpoint;
  std::string_view rest = text;
  if (rest.starts_with("udp://")) {
    endpoint.transport = Transport::udp;
  } else if (rest.starts_with("tcp://")) {
    endpoint.transport = Transport::tcp;
  } else {
    return wrong("no transport");
  }
  rest.remove_prefix(6);
  if (const auto at = rest.find('@'); at != std::string_view::npos) {
    endpoint.interface = rest.substr(at + 1);
    rest = rest.substr(0, at);
    if (endpoint.interface.empty()) return wrong("no interface after the @");
  }
  const auto colon = rest.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return wrong("no host and port");
  endpoint.host = rest.substr(0, colon);
  if (endpoint.transport == Transport::udp && !is_in_figures(endpoint.host)) {
    return wrong("the address of udp stands in figures, names are not looked up");
  }
  const auto digits = rest.substr(colon + 1);
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  if (fault != std::errc() || end != digits.data() + digits.size() || endpoint.port == 0) return wrong("no port");
  return endpoint;
}

}  // namespace headland::config
