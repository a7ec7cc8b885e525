// SPDX-License-Identifier: Apache-2.0
// AIS messages between stations (ITU-R M.1371-5 annex 8, types 6-8, 10, 12-17, 20, 22, 23, 25, 26) as typed values, and
// back. What applications put into binary messages stays bits: hundreds of registries give them meaning.
//
// Lengths as in decode.hpp: shorter is taken as long as all that makes the value is there. Longer is taken of 10, 22
// and 23, which have one length, and of 20 up to 192 bits, for stations pad it; of the others up to the end of their
// slots (168 bits of 7, 13, 15, 16 and 25, 816 of 17, 1064 of 26, else 1008): what is longer is of another type, heard
// wrongly.
//   type     standard      taken from   may be missing
//   6        88..1008      88           -
//   7 13     72..168       72           -
//   8        56..1008      56           -
//   10       72            70           spare
//   12       72..1008      72           -
//   14       40..1008      40           -
//   15       88..160       88           second and third question
//   16       96 or 144     92           spare, second station
//   17       80..816       80           -
//   20       72..160       70           spare, reservations 2 to 4
//   22       168           145          spare
//   23       160           154          spare
//   25       40..168       40           40 + 30 + 2 where addressed, 16 more with an application
//   26       64..1064      64           the same
#pragma once

#include <vector>

#include "codec/ais/decode.hpp"
#include "codec/ais/payload.hpp"
#include "core/ais/link_message.hpp"
#include "core/base/expected.hpp"

namespace headland::ais {

// Whether messages of this type become values here (those of the other types do in decode()).
[[nodiscard]] bool is_link_type(unsigned type);

// Appends what `payload` says to `out`. On a fault, and when it is of another type, nothing is appended.
Expected<Decoded, PayloadFault> decode_link(const Payload& payload, const Reception& reception,
                                            std::vector<AisLinkMessage>& out);

// decode_link(encode(x)) = x for every value that a message can hold; nothing where `message_type` is of another kind.
// Longer texts are cut, letters without a six-bit code become '?'.
[[nodiscard]] std::optional<Payload> encode(const AisLinkMessage& message);

}  // namespace headland::ais
