// SPDX-License-Identifier: Apache-2.0
// What comes from outside into codec/share: texts of clients, plots out of a journal.
#include <cstdlib>
#include <string_view>
#include <vector>

#include "codec/share/client_message.hpp"
#include "codec/share/plot_bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace share = headland::share;
  (void)share::parse_client_message({reinterpret_cast<const char*>(data), size});
  const auto sector = share::decode_plots({data, size});
  if (!sector) return 0;
  std::vector<std::uint8_t> again;
  share::encode_plots(*sector, again);
  if (!share::decode_plots(again)) std::abort();
  return 0;
}
