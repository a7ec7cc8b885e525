// SPDX-License-Identifier: Apache-2.0
// How long the items of each category are, in the order of the field specification. Made by
// make_item_table.py from the definitions of the asterix-specs project; not to be edited.
#pragma once

#include <array>

#include "codec/asterix/tables/item_rule.hpp"

namespace headland::asterix {

// Parts of items: first field, number of fields, bytes, whether the first field chooses the unit of the second,
// whether all are kept packed.
inline constexpr std::array<PartRule, 374> item_parts{{
    {0, 2, 2, 0, 1},    {2, 6, 1, 0, 1},   {8, 4, 1, 0, 1},     {12, 2, 4, 0, 0},  {14, 4, 2, 0, 1},
    {18, 3, 2, 0, 0},   {21, 1, 1, 0, 1},  {22, 1, 2, 0, 0},    {23, 4, 2, 0, 1},  {27, 1, 1, 0, 0},
    {28, 1, 1, 0, 0},   {29, 12, 2, 0, 1}, {41, 15, 4, 0, 1},   {56, 12, 2, 0, 1}, {68, 1, 1, 0, 1},
    {69, 3, 1, 0, 1},   {72, 1, 1, 0, 0},  {73, 1, 2, 0, 1},    {74, 2, 4, 0, 0},  {76, 2, 4, 0, 0},
    {78, 6, 1, 0, 1},   {84, 1, 1, 0, 1},  {85, 1, 1, 0, 1},    {86, 2, 2, 0, 1},  {88, 1, 1, 0, 1},
    {89, 1, 1, 0, 0},   {90, 1, 3, 0, 0},  {91, 1, 2, 0, 0},    {92, 1, 1, 0, 1},  {93, 1, 1, 0, 1},
    {94, 3, 2, 0, 0},   {97, 4, 8, 0, 0},  {101, 2, 2, 0, 0},   {103, 1, 1, 0, 1}, {104, 1, 1, 0, 0},
    {105, 2, 2, 0, 1},  {107, 1, 1, 0, 1}, {108, 5, 1, 0, 1},   {113, 5, 1, 0, 1}, {118, 1, 1, 0, 1},
    {119, 1, 3, 0, 0},  {120, 2, 8, 0, 0}, {122, 2, 4, 0, 0},   {124, 2, 4, 0, 0}, {126, 2, 4, 0, 0},
    {128, 2, 4, 0, 0},  {130, 1, 2, 0, 1}, {131, 6, 1, 0, 1},   {137, 3, 1, 0, 1}, {140, 1, 1, 0, 1},
    {141, 4, 2, 0, 1},  {145, 1, 3, 0, 1}, {146, 2, 7, 0, 1},   {148, 3, 8, 0, 1}, {151, 1, 1, 0, 1},
    {152, 3, 2, 0, 0},  {155, 1, 2, 0, 0}, {156, 1, 1, 0, 0},   {157, 1, 1, 0, 0}, {158, 1, 1, 0, 0},
    {159, 5, 1, 0, 1},  {164, 2, 1, 0, 1}, {166, 3, 4, 0, 0},   {169, 2, 2, 0, 0}, {171, 1, 1, 0, 1},
    {172, 2, 2, 0, 0},  {174, 1, 1, 0, 0}, {175, 1, 1, 0, 0},   {176, 2, 2, 0, 1}, {178, 4, 1, 0, 1},
    {182, 6, 1, 0, 1},  {188, 6, 1, 0, 1}, {194, 2, 1, 0, 0},   {196, 2, 1, 0, 0}, {198, 1, 2, 0, 1},
    {199, 1, 1, 0, 1},  {200, 1, 3, 0, 0}, {201, 2, 6, 0, 0},   {203, 2, 8, 0, 0}, {205, 1, 3, 0, 0},
    {206, 2, 2, 1, 0},  {209, 2, 2, 0, 0}, {211, 1, 3, 0, 1},   {212, 1, 3, 0, 0}, {213, 2, 4, 0, 0},
    {215, 1, 3, 0, 0},  {216, 2, 4, 0, 0}, {218, 1, 2, 0, 0},   {219, 2, 1, 0, 1}, {221, 3, 1, 0, 1},
    {224, 3, 1, 0, 1},  {227, 2, 1, 0, 1}, {229, 4, 1, 0, 1},   {233, 1, 1, 0, 0}, {234, 1, 1, 0, 0},
    {235, 1, 1, 0, 0},  {236, 1, 1, 0, 0}, {237, 3, 1, 0, 1},   {240, 1, 2, 0, 1}, {241, 1, 2, 0, 0},
    {242, 1, 2, 0, 0},  {243, 1, 2, 0, 0}, {244, 5, 1, 0, 1},   {249, 2, 2, 0, 0}, {251, 2, 2, 0, 0},
    {253, 3, 4, 0, 0},  {256, 1, 2, 0, 0}, {257, 1, 3, 0, 0},   {258, 1, 6, 0, 1}, {259, 1, 1, 0, 1},
    {260, 1, 2, 0, 0},  {261, 1, 2, 0, 0}, {262, 1, 2, 0, 0},   {263, 1, 1, 0, 0}, {264, 3, 2, 0, 0},
    {267, 4, 2, 0, 0},  {271, 2, 1, 0, 1}, {273, 12, 15, 0, 0}, {285, 1, 1, 0, 0}, {286, 7, 1, 0, 1},
    {293, 5, 1, 0, 1},  {298, 1, 1, 0, 1}, {299, 1, 1, 0, 0},   {300, 1, 8, 0, 1}, {301, 8, 7, 0, 1},
    {309, 1, 1, 0, 1},  {310, 1, 1, 0, 0}, {311, 1, 1, 0, 0},   {312, 1, 1, 0, 0}, {313, 1, 1, 0, 0},
    {314, 1, 1, 0, 0},  {315, 1, 1, 0, 0}, {316, 1, 1, 0, 0},   {317, 1, 1, 0, 0}, {318, 1, 1, 0, 0},
    {319, 1, 1, 0, 0},  {320, 1, 1, 0, 0}, {321, 1, 1, 0, 0},   {322, 1, 1, 0, 0}, {323, 1, 1, 0, 0},
    {324, 1, 1, 0, 0},  {325, 1, 1, 0, 0}, {326, 1, 1, 0, 0},   {327, 1, 1, 0, 0}, {328, 1, 1, 0, 0},
    {329, 1, 1, 0, 0},  {330, 1, 1, 0, 0}, {331, 1, 1, 0, 0},   {332, 1, 1, 0, 0}, {333, 1, 1, 0, 0},
    {334, 1, 1, 0, 0},  {335, 2, 2, 0, 1}, {337, 1, 1, 0, 1},   {338, 1, 3, 0, 0}, {339, 1, 1, 0, 0},
    {340, 1, 2, 0, 0},  {341, 7, 1, 0, 1}, {348, 4, 1, 0, 1},   {352, 4, 1, 0, 1}, {356, 8, 2, 0, 1},
    {364, 2, 1, 0, 1},  {366, 3, 1, 0, 1}, {369, 1, 1, 0, 1},   {370, 2, 1, 0, 1}, {372, 2, 2, 0, 0},
    {374, 4, 8, 0, 0},  {378, 1, 1, 0, 1}, {379, 3, 8, 0, 0},   {382, 2, 2, 0, 0}, {384, 1, 1, 0, 0},
    {385, 1, 1, 0, 0},  {386, 2, 2, 0, 1}, {388, 1, 3, 0, 0},   {389, 5, 1, 0, 1}, {394, 6, 1, 0, 1},
    {400, 6, 1, 0, 1},  {406, 4, 1, 0, 1}, {410, 6, 1, 0, 1},   {416, 4, 1, 0, 1}, {420, 2, 4, 0, 0},
    {422, 4, 2, 0, 1},  {426, 3, 2, 0, 0}, {429, 1, 1, 0, 0},   {430, 1, 1, 0, 0}, {431, 1, 1, 0, 0},
    {432, 1, 1, 0, 0},  {433, 1, 1, 0, 0}, {434, 1, 1, 0, 0},   {435, 1, 1, 0, 0}, {436, 1, 3, 0, 1},
    {437, 1, 6, 0, 1},  {438, 3, 8, 0, 1}, {441, 1, 2, 0, 1},   {442, 2, 4, 0, 0}, {444, 2, 4, 0, 0},
    {446, 5, 1, 0, 1},  {451, 4, 1, 0, 1}, {455, 4, 4, 0, 0},   {459, 1, 1, 0, 1}, {460, 12, 2, 0, 1},
    {472, 15, 4, 0, 1}, {487, 1, 2, 0, 0}, {488, 2, 2, 0, 0},   {490, 3, 6, 0, 0}, {493, 8, 2, 0, 1},
    {501, 1, 7, 0, 1},  {502, 4, 1, 0, 1}, {506, 4, 2, 0, 1},   {510, 5, 1, 0, 1}, {515, 12, 2, 0, 1},
    {527, 1, 1, 0, 0},  {528, 1, 1, 0, 0}, {529, 2, 2, 0, 1},   {531, 1, 1, 0, 1}, {532, 1, 3, 0, 0},
    {533, 2, 8, 0, 0},  {535, 2, 6, 0, 0}, {537, 2, 4, 0, 0},   {539, 2, 2, 0, 0}, {541, 4, 2, 0, 1},
    {545, 2, 7, 0, 1},  {547, 1, 3, 0, 1}, {548, 1, 6, 0, 1},   {549, 1, 2, 0, 0}, {550, 2, 2, 1, 0},
    {553, 1, 2, 0, 0},  {554, 3, 2, 0, 0}, {557, 4, 2, 0, 0},   {561, 2, 1, 0, 1}, {563, 12, 15, 0, 0},
    {575, 7, 2, 0, 1},  {582, 5, 2, 0, 1}, {587, 1, 7, 0, 1},   {588, 1, 2, 0, 0}, {589, 1, 2, 0, 0},
    {590, 1, 2, 0, 0},  {591, 2, 2, 0, 0}, {593, 1, 2, 0, 0},   {594, 1, 2, 0, 0}, {595, 1, 1, 0, 1},
    {596, 8, 8, 0, 0},  {604, 1, 1, 0, 1}, {605, 2, 6, 0, 0},   {607, 1, 2, 0, 0}, {608, 1, 1, 0, 1},
    {609, 1, 8, 0, 1},  {610, 1, 2, 0, 0}, {611, 1, 2, 0, 0},   {612, 1, 2, 0, 0}, {613, 1, 2, 0, 1},
    {614, 5, 1, 0, 1},  {619, 7, 1, 0, 1}, {626, 5, 1, 0, 1},   {631, 7, 1, 0, 1}, {638, 4, 1, 0, 1},
    {642, 7, 1, 0, 1},  {649, 1, 1, 0, 1}, {650, 1, 1, 0, 0},   {651, 1, 1, 0, 0}, {652, 1, 1, 0, 0},
    {653, 1, 1, 0, 0},  {654, 1, 2, 0, 0}, {655, 1, 1, 0, 0},   {656, 1, 1, 0, 0}, {657, 1, 1, 0, 0},
    {658, 1, 1, 0, 0},  {659, 1, 1, 0, 0}, {660, 4, 1, 0, 1},   {664, 1, 1, 0, 0}, {665, 1, 1, 0, 0},
    {666, 1, 1, 0, 0},  {667, 1, 1, 0, 0}, {668, 1, 1, 0, 0},   {669, 1, 1, 0, 0}, {670, 1, 1, 0, 0},
    {671, 1, 1, 0, 0},  {672, 1, 1, 0, 0}, {673, 1, 1, 0, 0},   {674, 1, 1, 0, 0}, {675, 1, 1, 0, 0},
    {676, 1, 1, 0, 0},  {677, 1, 1, 0, 0}, {678, 1, 1, 0, 0},   {679, 1, 1, 0, 0}, {680, 1, 1, 0, 0},
    {681, 1, 1, 0, 0},  {682, 1, 1, 0, 0}, {683, 1, 1, 0, 0},   {684, 1, 1, 0, 0}, {685, 1, 1, 0, 0},
    {686, 1, 1, 0, 0},  {687, 1, 1, 0, 0}, {688, 1, 1, 0, 0},   {689, 1, 1, 0, 0}, {690, 1, 1, 0, 0},
    {691, 1, 1, 0, 0},  {692, 1, 1, 0, 0}, {693, 1, 1, 0, 0},   {694, 1, 1, 0, 0}, {695, 1, 2, 0, 0},
    {696, 1, 2, 0, 0},  {697, 2, 2, 0, 0}, {699, 1, 2, 0, 0},   {700, 2, 2, 0, 1}, {702, 1, 7, 0, 1},
    {703, 2, 4, 0, 0},  {705, 4, 1, 0, 1}, {709, 1, 4, 0, 1},   {710, 1, 1, 0, 1}, {711, 1, 4, 0, 1},
    {712, 1, 4, 0, 1},  {713, 3, 3, 0, 1}, {716, 1, 2, 0, 0},   {717, 2, 2, 0, 1}, {719, 6, 4, 0, 0},
    {725, 1, 6, 0, 1},  {726, 2, 1, 0, 1}, {728, 1, 7, 0, 1},   {729, 1, 7, 0, 1}, {730, 2, 2, 0, 1},
    {732, 1, 7, 0, 1},  {733, 1, 1, 0, 0}, {734, 1, 1, 0, 0},   {735, 1, 1, 0, 0}, {736, 1, 1, 0, 1},
    {737, 8, 1, 0, 1},  {745, 3, 4, 0, 1}, {748, 2, 6, 0, 0},   {750, 2, 2, 0, 0}, {752, 1, 2, 0, 1},
    {753, 1, 1, 0, 0},  {754, 5, 1, 0, 1}, {759, 1, 2, 0, 1},   {760, 2, 3, 0, 1}, {762, 2, 4, 0, 0},
    {764, 1, 2, 0, 0},  {765, 2, 4, 0, 0}, {767, 1, 1, 0, 0},   {768, 1, 1, 0, 0}, {769, 2, 2, 0, 0},
    {771, 2, 2, 0, 0},  {773, 1, 1, 0, 0}, {774, 2, 2, 0, 1},   {776, 2, 4, 0, 0}, {778, 1, 2, 0, 0},
    {779, 3, 2, 0, 0},  {782, 4, 2, 0, 1}, {786, 4, 1, 0, 1},   {790, 1, 1, 0, 0}, {791, 1, 1, 0, 0},
    {792, 2, 2, 0, 1},  {794, 1, 1, 0, 1}, {795, 1, 3, 0, 0},   {796, 2, 2, 0, 1}, {798, 6, 1, 0, 1},
    {804, 6, 1, 0, 1},  {810, 4, 1, 0, 1}, {814, 1, 2, 0, 0},   {815, 2, 4, 0, 0}, {817, 1, 2, 0, 0},
    {818, 2, 4, 0, 0},  {820, 1, 2, 0, 0}, {821, 1, 2, 0, 0},   {822, 1, 1, 0, 0}, {823, 1, 1, 0, 0},
    {824, 2, 2, 0, 1},  {826, 1, 1, 0, 1}, {827, 1, 1, 0, 1},   {828, 1, 3, 0, 0}, {829, 1, 1, 0, 0},
    {830, 5, 1, 0, 1},  {835, 1, 1, 0, 1}, {836, 1, 1, 0, 0},   {837, 1, 1, 0, 0},
}};

// Sub-items of compound items, which name them by first and count.
inline constexpr std::array<ItemRule, 158> sub_items{{
    {ItemKind::fixed, 2, 110, 1},    {ItemKind::fixed, 2, 111, 1},     {ItemKind::fixed, 2, 112, 1},
    {ItemKind::fixed, 1, 113, 1},    {ItemKind::extended, 1, 116, 1},  {ItemKind::repeated, 15, 117, 1},
    {ItemKind::fixed, 1, 126, 1},    {ItemKind::fixed, 1, 127, 1},     {ItemKind::fixed, 1, 128, 1},
    {ItemKind::fixed, 1, 129, 1},    {ItemKind::fixed, 1, 130, 1},     {ItemKind::fixed, 1, 131, 1},
    {ItemKind::fixed, 1, 132, 1},    {ItemKind::fixed, 1, 133, 1},     {ItemKind::fixed, 1, 134, 1},
    {ItemKind::fixed, 1, 135, 1},    {ItemKind::fixed, 1, 136, 1},     {ItemKind::fixed, 1, 137, 1},
    {ItemKind::fixed, 1, 138, 1},    {ItemKind::fixed, 1, 139, 1},     {ItemKind::fixed, 1, 140, 1},
    {ItemKind::fixed, 1, 141, 1},    {ItemKind::fixed, 1, 142, 1},     {ItemKind::fixed, 1, 143, 1},
    {ItemKind::fixed, 1, 144, 1},    {ItemKind::fixed, 1, 145, 1},     {ItemKind::fixed, 1, 146, 1},
    {ItemKind::fixed, 1, 147, 1},    {ItemKind::fixed, 1, 148, 1},     {ItemKind::fixed, 1, 156, 1},
    {ItemKind::undefined, 0, 0, 0},  {ItemKind::undefined, 0, 0, 0},   {ItemKind::fixed, 1, 157, 1},
    {ItemKind::fixed, 1, 158, 1},    {ItemKind::fixed, 2, 159, 1},     {ItemKind::fixed, 1, 160, 1},
    {ItemKind::undefined, 0, 0, 0},  {ItemKind::undefined, 0, 0, 0},   {ItemKind::fixed, 1, 161, 1},
    {ItemKind::fixed, 1, 162, 1},    {ItemKind::fixed, 1, 163, 1},     {ItemKind::fixed, 1, 182, 1},
    {ItemKind::fixed, 1, 183, 1},    {ItemKind::fixed, 1, 184, 1},     {ItemKind::fixed, 1, 185, 1},
    {ItemKind::fixed, 1, 186, 1},    {ItemKind::fixed, 1, 187, 1},     {ItemKind::fixed, 1, 188, 1},
    {ItemKind::fixed, 2, 202, 1},    {ItemKind::repeated, 6, 203, 1},  {ItemKind::fixed, 3, 221, 1},
    {ItemKind::fixed, 6, 222, 1},    {ItemKind::fixed, 2, 223, 1},     {ItemKind::fixed, 2, 224, 1},
    {ItemKind::fixed, 2, 225, 1},    {ItemKind::fixed, 2, 226, 1},     {ItemKind::fixed, 2, 227, 1},
    {ItemKind::extended, 1, 228, 1}, {ItemKind::repeated, 15, 229, 1}, {ItemKind::fixed, 2, 230, 1},
    {ItemKind::fixed, 2, 231, 1},    {ItemKind::fixed, 7, 232, 1},     {ItemKind::fixed, 2, 233, 1},
    {ItemKind::fixed, 2, 234, 1},    {ItemKind::fixed, 2, 235, 1},     {ItemKind::fixed, 2, 236, 1},
    {ItemKind::fixed, 2, 237, 1},    {ItemKind::fixed, 2, 238, 1},     {ItemKind::fixed, 1, 239, 1},
    {ItemKind::fixed, 8, 240, 1},    {ItemKind::fixed, 1, 241, 1},     {ItemKind::fixed, 6, 242, 1},
    {ItemKind::fixed, 2, 243, 1},    {ItemKind::fixed, 1, 244, 1},     {ItemKind::repeated, 8, 245, 1},
    {ItemKind::fixed, 2, 246, 1},    {ItemKind::fixed, 2, 247, 1},     {ItemKind::fixed, 2, 248, 1},
    {ItemKind::fixed, 1, 257, 1},    {ItemKind::fixed, 1, 258, 1},     {ItemKind::fixed, 1, 259, 1},
    {ItemKind::fixed, 1, 260, 1},    {ItemKind::fixed, 2, 261, 1},     {ItemKind::fixed, 1, 262, 1},
    {ItemKind::fixed, 1, 263, 1},    {ItemKind::fixed, 1, 264, 1},     {ItemKind::fixed, 1, 265, 1},
    {ItemKind::fixed, 1, 266, 1},    {ItemKind::fixed, 1, 268, 1},     {ItemKind::fixed, 1, 269, 1},
    {ItemKind::fixed, 1, 270, 1},    {ItemKind::fixed, 1, 271, 1},     {ItemKind::fixed, 1, 272, 1},
    {ItemKind::fixed, 1, 273, 1},    {ItemKind::fixed, 1, 274, 1},     {ItemKind::fixed, 1, 275, 1},
    {ItemKind::fixed, 1, 276, 1},    {ItemKind::fixed, 1, 277, 1},     {ItemKind::fixed, 1, 278, 1},
    {ItemKind::fixed, 1, 279, 1},    {ItemKind::fixed, 1, 280, 1},     {ItemKind::fixed, 1, 281, 1},
    {ItemKind::fixed, 1, 282, 1},    {ItemKind::fixed, 1, 283, 1},     {ItemKind::fixed, 1, 284, 1},
    {ItemKind::fixed, 1, 285, 1},    {ItemKind::fixed, 1, 286, 1},     {ItemKind::fixed, 1, 287, 1},
    {ItemKind::fixed, 1, 288, 1},    {ItemKind::fixed, 1, 289, 1},     {ItemKind::fixed, 1, 290, 1},
    {ItemKind::fixed, 1, 291, 1},    {ItemKind::fixed, 1, 292, 1},     {ItemKind::fixed, 1, 293, 1},
    {ItemKind::fixed, 1, 294, 1},    {ItemKind::fixed, 1, 295, 1},     {ItemKind::fixed, 1, 296, 1},
    {ItemKind::fixed, 1, 297, 1},    {ItemKind::fixed, 1, 298, 1},     {ItemKind::fixed, 2, 303, 1},
    {ItemKind::fixed, 7, 304, 1},    {ItemKind::fixed, 4, 305, 1},     {ItemKind::fixed, 1, 306, 1},
    {ItemKind::fixed, 4, 307, 1},    {ItemKind::fixed, 1, 308, 1},     {ItemKind::fixed, 4, 309, 1},
    {ItemKind::fixed, 4, 310, 1},    {ItemKind::fixed, 3, 311, 1},     {ItemKind::fixed, 2, 312, 1},
    {ItemKind::fixed, 2, 313, 1},    {ItemKind::repeated, 4, 314, 1},  {ItemKind::fixed, 6, 315, 1},
    {ItemKind::fixed, 1, 316, 1},    {ItemKind::fixed, 7, 317, 1},     {ItemKind::fixed, 7, 318, 1},
    {ItemKind::fixed, 2, 319, 1},    {ItemKind::fixed, 7, 320, 1},     {ItemKind::fixed, 1, 325, 1},
    {ItemKind::fixed, 4, 326, 1},    {ItemKind::fixed, 6, 327, 1},     {ItemKind::fixed, 2, 328, 1},
    {ItemKind::fixed, 2, 329, 1},    {ItemKind::fixed, 1, 330, 1},     {ItemKind::fixed, 1, 331, 1},
    {ItemKind::fixed, 4, 334, 1},    {ItemKind::fixed, 2, 335, 1},     {ItemKind::fixed, 4, 336, 1},
    {ItemKind::fixed, 1, 337, 1},    {ItemKind::fixed, 1, 338, 1},     {ItemKind::fixed, 2, 339, 1},
    {ItemKind::fixed, 2, 340, 1},    {ItemKind::fixed, 1, 341, 1},     {ItemKind::fixed, 2, 342, 1},
    {ItemKind::fixed, 4, 343, 1},    {ItemKind::fixed, 2, 344, 1},     {ItemKind::fixed, 2, 345, 1},
    {ItemKind::fixed, 2, 346, 1},    {ItemKind::fixed, 1, 347, 1},
}};

// Category 001, edition 1.4.
inline constexpr std::array<ItemRule, 21> items_001_plot{{
    {ItemKind::fixed, 2, 0, 1},             // 010
    {ItemKind::extended, 1, 1, 2},          // 020
    {ItemKind::fixed, 4, 3, 1},             // 040
    {ItemKind::fixed, 2, 4, 1},             // 070
    {ItemKind::fixed, 2, 5, 1},             // 090
    {ItemKind::repeated_fx, 1, 6, 1},       // 130
    {ItemKind::fixed, 2, 7, 1},             // 141
    {ItemKind::fixed, 2, 8, 1},             // 050
    {ItemKind::fixed, 1, 9, 1},             // 120
    {ItemKind::fixed, 1, 10, 1},            // 131
    {ItemKind::fixed, 2, 11, 1},            // 080
    {ItemKind::fixed, 4, 12, 1},            // 100
    {ItemKind::fixed, 2, 13, 1},            // 060
    {ItemKind::repeated_fx, 1, 14, 1},      // 030
    {ItemKind::fixed, 1, 15, 1},            // 150
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::explicit_length, 0, 16, 1},  // SP
    {ItemKind::undefined, 0, 0, 0},         // rfs
}};

// Category 001, edition 1.4.
inline constexpr std::array<ItemRule, 28> items_001_track{{
    {ItemKind::fixed, 2, 0, 1},             // 010
    {ItemKind::extended, 1, 1, 2},          // 020
    {ItemKind::fixed, 2, 17, 1},            // 161
    {ItemKind::fixed, 4, 3, 1},             // 040
    {ItemKind::fixed, 4, 18, 1},            // 042
    {ItemKind::fixed, 4, 19, 1},            // 200
    {ItemKind::fixed, 2, 4, 1},             // 070
    {ItemKind::fixed, 2, 5, 1},             // 090
    {ItemKind::fixed, 2, 7, 1},             // 141
    {ItemKind::repeated_fx, 1, 6, 1},       // 130
    {ItemKind::fixed, 1, 10, 1},            // 131
    {ItemKind::fixed, 1, 9, 1},             // 120
    {ItemKind::extended, 1, 20, 2},         // 170
    {ItemKind::repeated_fx, 1, 22, 1},      // 210
    {ItemKind::fixed, 2, 8, 1},             // 050
    {ItemKind::fixed, 2, 11, 1},            // 080
    {ItemKind::fixed, 4, 12, 1},            // 100
    {ItemKind::fixed, 2, 13, 1},            // 060
    {ItemKind::repeated_fx, 1, 14, 1},      // 030
    {ItemKind::explicit_length, 0, 16, 1},  // SP
    {ItemKind::undefined, 0, 0, 0},         // rfs
    {ItemKind::fixed, 1, 15, 1},            // 150
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::undefined, 0, 0, 0},         // -
}};

// Category 002, edition 1.2.
inline constexpr std::array<ItemRule, 14> items_002{{
    {ItemKind::fixed, 2, 23, 1},            // 010
    {ItemKind::fixed, 1, 24, 1},            // 000
    {ItemKind::fixed, 1, 25, 1},            // 020
    {ItemKind::fixed, 3, 26, 1},            // 030
    {ItemKind::fixed, 2, 27, 1},            // 041
    {ItemKind::repeated_fx, 1, 28, 1},      // 050
    {ItemKind::repeated_fx, 1, 29, 1},      // 060
    {ItemKind::repeated, 2, 30, 1},         // 070
    {ItemKind::fixed, 8, 31, 1},            // 100
    {ItemKind::fixed, 2, 32, 1},            // 090
    {ItemKind::repeated_fx, 1, 33, 1},      // 080
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::explicit_length, 0, 34, 1},  // SP
    {ItemKind::undefined, 0, 0, 0},         // rfs
}};

// Category 010, edition 1.1.
inline constexpr std::array<ItemRule, 28> items_010{{
    {ItemKind::fixed, 2, 35, 1},            // 010
    {ItemKind::fixed, 1, 36, 1},            // 000
    {ItemKind::extended, 1, 37, 3},         // 020
    {ItemKind::fixed, 3, 40, 1},            // 140
    {ItemKind::fixed, 8, 41, 1},            // 041
    {ItemKind::fixed, 4, 42, 1},            // 040
    {ItemKind::fixed, 4, 43, 1},            // 042
    {ItemKind::fixed, 4, 44, 1},            // 200
    {ItemKind::fixed, 4, 45, 1},            // 202
    {ItemKind::fixed, 2, 46, 1},            // 161
    {ItemKind::extended, 1, 47, 3},         // 170
    {ItemKind::fixed, 2, 50, 1},            // 060
    {ItemKind::fixed, 3, 51, 1},            // 220
    {ItemKind::fixed, 7, 52, 1},            // 245
    {ItemKind::repeated, 8, 53, 1},         // 250
    {ItemKind::fixed, 1, 54, 1},            // 300
    {ItemKind::fixed, 2, 55, 1},            // 090
    {ItemKind::fixed, 2, 56, 1},            // 091
    {ItemKind::extended, 1, 57, 3},         // 270
    {ItemKind::fixed, 1, 60, 1},            // 550
    {ItemKind::fixed, 1, 61, 1},            // 310
    {ItemKind::fixed, 4, 62, 1},            // 500
    {ItemKind::repeated, 2, 63, 1},         // 280
    {ItemKind::fixed, 1, 64, 1},            // 131
    {ItemKind::fixed, 2, 65, 1},            // 210
    {ItemKind::undefined, 0, 0, 0},         // -
    {ItemKind::explicit_length, 0, 66, 1},  // SP
    {ItemKind::explicit_length, 0, 67, 1},  // RE
}};

// Category 021, edition 2.7.
inline constexpr std::array<ItemRule, 49> items_021{{
    {ItemKind::fixed, 2, 68, 1},             // 010
    {ItemKind::extended, 1, 69, 5},          // 040
    {ItemKind::fixed, 2, 74, 1},             // 161
    {ItemKind::fixed, 1, 75, 1},             // 015
    {ItemKind::fixed, 3, 76, 1},             // 071
    {ItemKind::fixed, 6, 77, 1},             // 130
    {ItemKind::fixed, 8, 78, 1},             // 131
    {ItemKind::fixed, 3, 79, 1},             // 072
    {ItemKind::fixed, 2, 80, 1},             // 150
    {ItemKind::fixed, 2, 81, 1},             // 151
    {ItemKind::fixed, 3, 82, 1},             // 080
    {ItemKind::fixed, 3, 83, 1},             // 073
    {ItemKind::fixed, 4, 84, 1},             // 074
    {ItemKind::fixed, 3, 85, 1},             // 075
    {ItemKind::fixed, 4, 86, 1},             // 076
    {ItemKind::fixed, 2, 87, 1},             // 140
    {ItemKind::extended, 1, 88, 9},          // 090
    {ItemKind::fixed, 1, 97, 1},             // 210
    {ItemKind::fixed, 2, 98, 1},             // 070
    {ItemKind::fixed, 2, 99, 1},             // 230
    {ItemKind::fixed, 2, 100, 1},            // 145
    {ItemKind::fixed, 2, 101, 1},            // 152
    {ItemKind::fixed, 1, 102, 1},            // 200
    {ItemKind::fixed, 2, 103, 1},            // 155
    {ItemKind::fixed, 2, 104, 1},            // 157
    {ItemKind::fixed, 4, 105, 1},            // 160
    {ItemKind::fixed, 2, 106, 1},            // 165
    {ItemKind::fixed, 3, 107, 1},            // 077
    {ItemKind::fixed, 6, 108, 1},            // 170
    {ItemKind::fixed, 1, 109, 1},            // 020
    {ItemKind::compound, 0, 0, 4},           // 220
    {ItemKind::fixed, 2, 114, 1},            // 146
    {ItemKind::fixed, 2, 115, 1},            // 148
    {ItemKind::compound, 0, 4, 2},           // 110
    {ItemKind::fixed, 1, 118, 1},            // 016
    {ItemKind::fixed, 1, 119, 1},            // 008
    {ItemKind::extended, 1, 120, 2},         // 271
    {ItemKind::fixed, 1, 122, 1},            // 132
    {ItemKind::repeated, 8, 123, 1},         // 250
    {ItemKind::fixed, 7, 124, 1},            // 260
    {ItemKind::fixed, 1, 125, 1},            // 400
    {ItemKind::compound, 0, 6, 23},          // 295
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::explicit_length, 0, 149, 1},  // RE
    {ItemKind::explicit_length, 0, 150, 1},  // SP
}};

// Category 034, edition 1.29.
inline constexpr std::array<ItemRule, 14> items_034{{
    {ItemKind::fixed, 2, 151, 1},            // 010
    {ItemKind::fixed, 1, 152, 1},            // 000
    {ItemKind::fixed, 3, 153, 1},            // 030
    {ItemKind::fixed, 1, 154, 1},            // 020
    {ItemKind::fixed, 2, 155, 1},            // 041
    {ItemKind::compound, 0, 29, 6},          // 050
    {ItemKind::compound, 0, 35, 6},          // 060
    {ItemKind::repeated, 2, 164, 1},         // 070
    {ItemKind::fixed, 8, 165, 1},            // 100
    {ItemKind::fixed, 1, 166, 1},            // 110
    {ItemKind::fixed, 8, 167, 1},            // 120
    {ItemKind::fixed, 2, 168, 1},            // 090
    {ItemKind::explicit_length, 0, 169, 1},  // RE
    {ItemKind::explicit_length, 0, 170, 1},  // SP
}};

// Category 048, edition 1.32.
inline constexpr std::array<ItemRule, 28> items_048{{
    {ItemKind::fixed, 2, 171, 1},            // 010
    {ItemKind::fixed, 3, 172, 1},            // 140
    {ItemKind::extended, 1, 173, 6},         // 020
    {ItemKind::fixed, 4, 179, 1},            // 040
    {ItemKind::fixed, 2, 180, 1},            // 070
    {ItemKind::fixed, 2, 181, 1},            // 090
    {ItemKind::compound, 0, 41, 7},          // 130
    {ItemKind::fixed, 3, 189, 1},            // 220
    {ItemKind::fixed, 6, 190, 1},            // 240
    {ItemKind::repeated, 8, 191, 1},         // 250
    {ItemKind::fixed, 2, 192, 1},            // 161
    {ItemKind::fixed, 4, 193, 1},            // 042
    {ItemKind::fixed, 4, 194, 1},            // 200
    {ItemKind::extended, 1, 195, 2},         // 170
    {ItemKind::fixed, 4, 197, 1},            // 210
    {ItemKind::repeated_fx, 1, 198, 1},      // 030
    {ItemKind::fixed, 2, 199, 1},            // 080
    {ItemKind::fixed, 4, 200, 1},            // 100
    {ItemKind::fixed, 2, 201, 1},            // 110
    {ItemKind::compound, 0, 48, 2},          // 120
    {ItemKind::fixed, 2, 204, 1},            // 230
    {ItemKind::fixed, 7, 205, 1},            // 260
    {ItemKind::fixed, 1, 206, 1},            // 055
    {ItemKind::fixed, 2, 207, 1},            // 050
    {ItemKind::fixed, 1, 208, 1},            // 065
    {ItemKind::fixed, 2, 209, 1},            // 060
    {ItemKind::explicit_length, 0, 210, 1},  // SP
    {ItemKind::explicit_length, 0, 211, 1},  // RE
}};

// Category 062, edition 1.21.
inline constexpr std::array<ItemRule, 35> items_062{{
    {ItemKind::fixed, 2, 212, 1},            // 010
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::fixed, 1, 213, 1},            // 015
    {ItemKind::fixed, 3, 214, 1},            // 070
    {ItemKind::fixed, 8, 215, 1},            // 105
    {ItemKind::fixed, 6, 216, 1},            // 100
    {ItemKind::fixed, 4, 217, 1},            // 185
    {ItemKind::fixed, 2, 218, 1},            // 210
    {ItemKind::fixed, 2, 219, 1},            // 060
    {ItemKind::fixed, 7, 220, 1},            // 245
    {ItemKind::compound, 0, 50, 28},         // 380
    {ItemKind::fixed, 2, 249, 1},            // 040
    {ItemKind::extended, 1, 250, 7},         // 080
    {ItemKind::compound, 0, 78, 10},         // 290
    {ItemKind::fixed, 1, 267, 1},            // 200
    {ItemKind::compound, 0, 88, 31},         // 295
    {ItemKind::fixed, 2, 299, 1},            // 136
    {ItemKind::fixed, 2, 300, 1},            // 130
    {ItemKind::fixed, 2, 301, 1},            // 135
    {ItemKind::fixed, 2, 302, 1},            // 220
    {ItemKind::compound, 0, 119, 18},        // 390
    {ItemKind::extended, 1, 321, 3},         // 270
    {ItemKind::fixed, 1, 324, 1},            // 300
    {ItemKind::compound, 0, 137, 7},         // 110
    {ItemKind::fixed, 2, 332, 1},            // 120
    {ItemKind::repeated_fx, 3, 333, 1},      // 510
    {ItemKind::compound, 0, 144, 8},         // 500
    {ItemKind::compound, 0, 152, 6},         // 340
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::explicit_length, 0, 348, 1},  // RE
    {ItemKind::explicit_length, 0, 349, 1},  // SP
}};

// Category 063, edition 1.7.
inline constexpr std::array<ItemRule, 14> items_063{{
    {ItemKind::fixed, 2, 350, 1},            // 010
    {ItemKind::fixed, 1, 351, 1},            // 015
    {ItemKind::fixed, 3, 352, 1},            // 030
    {ItemKind::fixed, 2, 353, 1},            // 050
    {ItemKind::extended, 1, 354, 3},         // 060
    {ItemKind::fixed, 2, 357, 1},            // 070
    {ItemKind::fixed, 4, 358, 1},            // 080
    {ItemKind::fixed, 2, 359, 1},            // 081
    {ItemKind::fixed, 4, 360, 1},            // 090
    {ItemKind::fixed, 2, 361, 1},            // 091
    {ItemKind::fixed, 2, 362, 1},            // 092
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::explicit_length, 0, 363, 1},  // RE
    {ItemKind::explicit_length, 0, 364, 1},  // SP
}};

// Category 065, edition 1.6.
inline constexpr std::array<ItemRule, 14> items_065{{
    {ItemKind::fixed, 2, 365, 1},            // 010
    {ItemKind::fixed, 1, 366, 1},            // 000
    {ItemKind::fixed, 1, 367, 1},            // 015
    {ItemKind::fixed, 3, 368, 1},            // 030
    {ItemKind::fixed, 1, 369, 1},            // 020
    {ItemKind::fixed, 1, 370, 1},            // 040
    {ItemKind::fixed, 1, 371, 1},            // 050
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::undefined, 0, 0, 0},          // -
    {ItemKind::explicit_length, 0, 372, 1},  // RE
    {ItemKind::explicit_length, 0, 373, 1},  // SP
}};

}  // namespace headland::asterix
