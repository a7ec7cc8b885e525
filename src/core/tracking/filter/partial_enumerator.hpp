// SPDX-License-Identifier: Apache-2.0
// A cluster that is too large to be enumerated, in parts: some of its tracks hypothesis by hypothesis, the others by
// belief propagation.
//
// What the others want of each plot comes in as propagation found it (its messages, Williams and Lau 2014), as if it
// were clutter; what the enumerated ones want of theirs is not corrected for plots that two of them share.
#pragma once

#include <vector>

#include "core/tracking/filter/enumerator.hpp"

namespace headland::tracking {

// `kept`, by track: to be enumerated. `result` is the associator's of the whole cluster, and afterwards that of both
// parts. False, and nothing changed, where what is kept is too large as well.
bool enumerate_some(Enumerator& enumerator, const AssociationProblem& problem, const SharingProblem& sharing,
                    const std::vector<bool>& kept, AssociationResult& result, SharingResult& shared);

}  // namespace headland::tracking
