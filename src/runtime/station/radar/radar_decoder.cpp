// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/radar_decoder.hpp"

#include "runtime/station/radar/cat240_source.hpp"
#include "runtime/station/radar/navico_source.hpp"
#include "runtime/station/sources/recognise.hpp"

namespace headland::station {

std::unique_ptr<RadarDecoder> make_radar_decoder(const RadarDecoderConfig& config) {
  if (config.protocol == "asterix-240") return std::make_unique<Cat240Source>(config);
  if (config.protocol.starts_with("navico")) return std::make_unique<NavicoSource>(config);
  return make_maker_decoder(config);
}

}  // namespace headland::station
