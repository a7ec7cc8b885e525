// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/endpoint.hpp"

#include <charconv>

namespace headland::config {

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
  }
  const auto colon = rest.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return wrong("no host and port");
  endpoint.host = rest.substr(0, colon);
  const auto digits = rest.substr(colon + 1);
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  if (fault != std::errc() || end != digits.data() + digits.size() || endpoint.port == 0) return wrong("no port");
  return endpoint;
}

}  // namespace headland::config
