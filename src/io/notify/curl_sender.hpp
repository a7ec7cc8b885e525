// SPDX-License-Identifier: Apache-2.0
// Webhook and mail by libcurl. Inside of io/notify only.
#pragma once

#include "io/notify/sender.hpp"

namespace headland::notify {

[[nodiscard]] std::unique_ptr<Sender> make_webhook(const SenderConfig& config);
[[nodiscard]] std::unique_ptr<Sender> make_mail(const SenderConfig& config);
[[nodiscard]] Expected<std::unique_ptr<Sender>> make_mqtt(const SenderConfig& config);

}  // namespace headland::notify
