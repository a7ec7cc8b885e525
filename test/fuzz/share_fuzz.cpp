// SPDX-License-Identifier: Apache-2.0
// What comes from outside into codec/share: texts of clients, zones that were drawn, plots out of a journal.
#include <cstdlib>
#include <string_view>
#include <vector>

#include "codec/share/client_message.hpp"
#include "codec/share/plot_bytes.hpp"
#include "codec/share/zones/drawn_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace share = headland::share;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto message = share::parse_client_message(text)) {
    // Whatever shape comes is judged, and what is taken can be kept.
    if (const auto* order = std::get_if<headland::rules::ZoneOrder>(&*message)) {
      const auto made = headland::rules::changed({}, *order, {});
      if (made && !share::parse_drawn_geojson(share::drawn_geojson(*made))) std::abort();
    }
  }
  (void)share::parse_drawn_geojson(text);
  const auto sector = share::decode_plots({data, size});
  if (!sector) return 0;
  std::vector<std::uint8_t> again;
  share::encode_plots(*sector, again);
  if (!share::decode_plots(again)) std::abort();
  return 0;
}
