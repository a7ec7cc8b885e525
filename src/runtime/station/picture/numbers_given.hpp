// SPDX-License-Identifier: Apache-2.0
// Which numbers of tracks a node must not give again after a start, so that none is given twice within a day.
#pragma once

#include "io/store/history_store.hpp"
#include "runtime/station/picture/picture_chain.hpp"

namespace headland::station {

// After a crash, from which the journal brought all back but its last second.
[[nodiscard]] PictureChain::NumbersGiven numbers_of_a_second();

// Where nothing could be brought back (no journal, a checkpoint of another version): from the history, if there is one
// that can be read. Else from the clock: a number for each second since 1970, in a cycle of ten days, so that a session
// which gives less than one a second, and lasts less than nine days, is never met again.
[[nodiscard]] PictureChain::NumbersGiven numbers_before(store::HistoryStore* history, Timestamp now,
                                                        const picture::PictureConfig& picture,
                                                        const fusion::RemoteFuserConfig& remote);

}  // namespace headland::station
