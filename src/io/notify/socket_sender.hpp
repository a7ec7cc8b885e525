// SPDX-License-Identifier: Apache-2.0
// Inside of io/notify only.
#pragma once

#include <optional>

#include "io/notify/sender.hpp"

namespace headland::notify {

[[nodiscard]] Expected<std::unique_ptr<Sender>> make_socket_sender(const SenderConfig& config);

}  // namespace headland::notify
