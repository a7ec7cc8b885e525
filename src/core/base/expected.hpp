// SPDX-License-Identifier: Apache-2.0
// A value or the reason why there is none. The only header that names tl::expected.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace headland {

enum class ErrorCode { bad_input, not_found, io, unsupported, configuration };

// For faults of the environment and the configuration: the detail says what, where, what to do.
// Decoders use their own small fault enumerations instead (no allocation).
struct Error {
  ErrorCode code = ErrorCode::bad_input;
  std::string detail;
};

template <class T, class E = Error>
using Expected = tl::expected<T, E>;

template <class E>
constexpr auto unexpected(E&& error) {
  return tl::unexpected<std::decay_t<E>>(std::forward<E>(error));
}
inline auto fail(ErrorCode code, std::string detail) { return tl::unexpected<Error>(Error{code, std::move(detail)}); }

}  // namespace headland
