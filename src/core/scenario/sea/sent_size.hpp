// SPDX-License-Identifier: Apache-2.0
// What vessels of PlotSea say of their size by AIS: the truth in whole metres, as well or badly as crews enter it, or
// that of the ship which a liar claims to be.
//
// Shares as counted in 1331 vessels whose particulars the recordings at hand hold (off Denmark, around Australia, by
// satellite): 5 % send no length, 1.4 % a length without the place of the antenna in it, a tenth more than chance a
// multiple of 10 m, 1.6 % a size that no vessel has. How far lengths are off that look right is not known: a tenth of
// crews are taken to err by 8 % (between perpendiculars for over all).
#pragma once

#include "core/base/random.hpp"
#include "core/scenario/sea/plot_sea.hpp"

namespace headland::scenario {

// Of a vessel that means to tell the truth.
[[nodiscard]] SentSize size_in_good_faith(const SeaVessel& vessel, Random& random);
// The same, but wrong by a factor of two and a half to four, either way: a digit lost, feet for metres.
[[nodiscard]] SentSize size_badly_described(const SeaVessel& vessel, Random& random);
// Of another vessel, `length_m` by `beam_m`, whose antenna is aft.
[[nodiscard]] SentSize size_of_another(double length_m, double beam_m);

}  // namespace headland::scenario
