// SPDX-License-Identifier: Apache-2.0
// Simulated video and AIS as they go over the wire: CAT240 datagrams and VDM sentences.
#pragma once

#include <string>
#include <vector>

#include "core/scenario/ais_transmitter.hpp"
#include "core/video/spoke.hpp"

namespace headland::simulation {

// One CAT240 video message (8 bits a cell, cell duration in fs, SAC 0, SIC = sensor). The message counter is the
// spoke's sequence. Replaces `out`.
void to_cat240(const SpokeBlock& block, const SpokeInfo& spoke, std::vector<std::uint8_t>& out);

// Sentences of one transmission, each ended by CR LF, appended to `out`. `sequence` (0..9) joins the parts of long
// messages and counts on. With `tag_block` each sentence carries its time.
void to_sentences(const scenario::AisTransmission& sent, bool tag_block, unsigned& sequence, std::string& out);

}  // namespace headland::simulation
