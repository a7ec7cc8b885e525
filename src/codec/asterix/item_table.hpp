// SPDX-License-Identifier: Apache-2.0
// How long the items of each category are, in the order of the field specification. Made by
// make_item_table.py from the definitions of the asterix-specs project; not to be edited.
#pragma once

#include <array>

#include "codec/asterix/item_rule.hpp"

namespace headland::asterix {

// Sub-items of compound items, which name them by first and count.
inline constexpr std::array<ItemRule, 158> sub_items{{
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::extended, 1, 0, 0},  {ItemKind::repeated, 15, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::undefined, 0, 0, 0}, {ItemKind::undefined, 0, 0, 0}, {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::undefined, 0, 0, 0}, {ItemKind::undefined, 0, 0, 0}, {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::repeated, 6, 0, 0},  {ItemKind::fixed, 3, 0, 0},
    {ItemKind::fixed, 6, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::extended, 1, 0, 0},  {ItemKind::repeated, 15, 0, 0}, {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 7, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 8, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 6, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::repeated, 8, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 7, 0, 0},     {ItemKind::fixed, 4, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 4, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 4, 0, 0},
    {ItemKind::fixed, 4, 0, 0},     {ItemKind::fixed, 3, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::repeated, 4, 0, 0},  {ItemKind::fixed, 6, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 7, 0, 0},     {ItemKind::fixed, 7, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 7, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 4, 0, 0},     {ItemKind::fixed, 6, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},
    {ItemKind::fixed, 4, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 4, 0, 0},
    {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 1, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 4, 0, 0},     {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 2, 0, 0},
    {ItemKind::fixed, 2, 0, 0},     {ItemKind::fixed, 1, 0, 0},
}};

// Category 001, edition 1.4.
inline constexpr std::array<ItemRule, 21> items_001_plot{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::extended, 1, 0, 0},         // 020
    {ItemKind::fixed, 4, 0, 0},            // 040
    {ItemKind::fixed, 2, 0, 0},            // 070
    {ItemKind::fixed, 2, 0, 0},            // 090
    {ItemKind::repeated_fx, 1, 0, 0},      // 130
    {ItemKind::fixed, 2, 0, 0},            // 141
    {ItemKind::fixed, 2, 0, 0},            // 050
    {ItemKind::fixed, 1, 0, 0},            // 120
    {ItemKind::fixed, 1, 0, 0},            // 131
    {ItemKind::fixed, 2, 0, 0},            // 080
    {ItemKind::fixed, 4, 0, 0},            // 100
    {ItemKind::fixed, 2, 0, 0},            // 060
    {ItemKind::repeated_fx, 1, 0, 0},      // 030
    {ItemKind::fixed, 1, 0, 0},            // 150
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::explicit_length, 0, 0, 0},  // SP
    {ItemKind::undefined, 0, 0, 0},        // rfs
}};

// Category 001, edition 1.4.
inline constexpr std::array<ItemRule, 28> items_001_track{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::extended, 1, 0, 0},         // 020
    {ItemKind::fixed, 2, 0, 0},            // 161
    {ItemKind::fixed, 4, 0, 0},            // 040
    {ItemKind::fixed, 4, 0, 0},            // 042
    {ItemKind::fixed, 4, 0, 0},            // 200
    {ItemKind::fixed, 2, 0, 0},            // 070
    {ItemKind::fixed, 2, 0, 0},            // 090
    {ItemKind::fixed, 2, 0, 0},            // 141
    {ItemKind::repeated_fx, 1, 0, 0},      // 130
    {ItemKind::fixed, 1, 0, 0},            // 131
    {ItemKind::fixed, 1, 0, 0},            // 120
    {ItemKind::extended, 1, 0, 0},         // 170
    {ItemKind::repeated_fx, 1, 0, 0},      // 210
    {ItemKind::fixed, 2, 0, 0},            // 050
    {ItemKind::fixed, 2, 0, 0},            // 080
    {ItemKind::fixed, 4, 0, 0},            // 100
    {ItemKind::fixed, 2, 0, 0},            // 060
    {ItemKind::repeated_fx, 1, 0, 0},      // 030
    {ItemKind::explicit_length, 0, 0, 0},  // SP
    {ItemKind::undefined, 0, 0, 0},        // rfs
    {ItemKind::fixed, 1, 0, 0},            // 150
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
}};

// Category 002, edition 1.2.
inline constexpr std::array<ItemRule, 14> items_002{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::fixed, 1, 0, 0},            // 000
    {ItemKind::fixed, 1, 0, 0},            // 020
    {ItemKind::fixed, 3, 0, 0},            // 030
    {ItemKind::fixed, 2, 0, 0},            // 041
    {ItemKind::repeated_fx, 1, 0, 0},      // 050
    {ItemKind::repeated_fx, 1, 0, 0},      // 060
    {ItemKind::repeated, 2, 0, 0},         // 070
    {ItemKind::fixed, 8, 0, 0},            // 100
    {ItemKind::fixed, 2, 0, 0},            // 090
    {ItemKind::repeated_fx, 1, 0, 0},      // 080
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::explicit_length, 0, 0, 0},  // SP
    {ItemKind::undefined, 0, 0, 0},        // rfs
}};

// Category 010, edition 1.1.
inline constexpr std::array<ItemRule, 28> items_010{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::fixed, 1, 0, 0},            // 000
    {ItemKind::extended, 1, 0, 0},         // 020
    {ItemKind::fixed, 3, 0, 0},            // 140
    {ItemKind::fixed, 8, 0, 0},            // 041
    {ItemKind::fixed, 4, 0, 0},            // 040
    {ItemKind::fixed, 4, 0, 0},            // 042
    {ItemKind::fixed, 4, 0, 0},            // 200
    {ItemKind::fixed, 4, 0, 0},            // 202
    {ItemKind::fixed, 2, 0, 0},            // 161
    {ItemKind::extended, 1, 0, 0},         // 170
    {ItemKind::fixed, 2, 0, 0},            // 060
    {ItemKind::fixed, 3, 0, 0},            // 220
    {ItemKind::fixed, 7, 0, 0},            // 245
    {ItemKind::repeated, 8, 0, 0},         // 250
    {ItemKind::fixed, 1, 0, 0},            // 300
    {ItemKind::fixed, 2, 0, 0},            // 090
    {ItemKind::fixed, 2, 0, 0},            // 091
    {ItemKind::extended, 1, 0, 0},         // 270
    {ItemKind::fixed, 1, 0, 0},            // 550
    {ItemKind::fixed, 1, 0, 0},            // 310
    {ItemKind::fixed, 4, 0, 0},            // 500
    {ItemKind::repeated, 2, 0, 0},         // 280
    {ItemKind::fixed, 1, 0, 0},            // 131
    {ItemKind::fixed, 2, 0, 0},            // 210
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::explicit_length, 0, 0, 0},  // SP
    {ItemKind::explicit_length, 0, 0, 0},  // RE
}};

// Category 021, edition 2.7.
inline constexpr std::array<ItemRule, 49> items_021{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::extended, 1, 0, 0},         // 040
    {ItemKind::fixed, 2, 0, 0},            // 161
    {ItemKind::fixed, 1, 0, 0},            // 015
    {ItemKind::fixed, 3, 0, 0},            // 071
    {ItemKind::fixed, 6, 0, 0},            // 130
    {ItemKind::fixed, 8, 0, 0},            // 131
    {ItemKind::fixed, 3, 0, 0},            // 072
    {ItemKind::fixed, 2, 0, 0},            // 150
    {ItemKind::fixed, 2, 0, 0},            // 151
    {ItemKind::fixed, 3, 0, 0},            // 080
    {ItemKind::fixed, 3, 0, 0},            // 073
    {ItemKind::fixed, 4, 0, 0},            // 074
    {ItemKind::fixed, 3, 0, 0},            // 075
    {ItemKind::fixed, 4, 0, 0},            // 076
    {ItemKind::fixed, 2, 0, 0},            // 140
    {ItemKind::extended, 1, 0, 0},         // 090
    {ItemKind::fixed, 1, 0, 0},            // 210
    {ItemKind::fixed, 2, 0, 0},            // 070
    {ItemKind::fixed, 2, 0, 0},            // 230
    {ItemKind::fixed, 2, 0, 0},            // 145
    {ItemKind::fixed, 2, 0, 0},            // 152
    {ItemKind::fixed, 1, 0, 0},            // 200
    {ItemKind::fixed, 2, 0, 0},            // 155
    {ItemKind::fixed, 2, 0, 0},            // 157
    {ItemKind::fixed, 4, 0, 0},            // 160
    {ItemKind::fixed, 2, 0, 0},            // 165
    {ItemKind::fixed, 3, 0, 0},            // 077
    {ItemKind::fixed, 6, 0, 0},            // 170
    {ItemKind::fixed, 1, 0, 0},            // 020
    {ItemKind::compound, 0, 0, 4},         // 220
    {ItemKind::fixed, 2, 0, 0},            // 146
    {ItemKind::fixed, 2, 0, 0},            // 148
    {ItemKind::compound, 0, 4, 2},         // 110
    {ItemKind::fixed, 1, 0, 0},            // 016
    {ItemKind::fixed, 1, 0, 0},            // 008
    {ItemKind::extended, 1, 0, 0},         // 271
    {ItemKind::fixed, 1, 0, 0},            // 132
    {ItemKind::repeated, 8, 0, 0},         // 250
    {ItemKind::fixed, 7, 0, 0},            // 260
    {ItemKind::fixed, 1, 0, 0},            // 400
    {ItemKind::compound, 0, 6, 23},        // 295
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::explicit_length, 0, 0, 0},  // RE
    {ItemKind::explicit_length, 0, 0, 0},  // SP
}};

// Category 034, edition 1.29.
inline constexpr std::array<ItemRule, 14> items_034{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::fixed, 1, 0, 0},            // 000
    {ItemKind::fixed, 3, 0, 0},            // 030
    {ItemKind::fixed, 1, 0, 0},            // 020
    {ItemKind::fixed, 2, 0, 0},            // 041
    {ItemKind::compound, 0, 29, 6},        // 050
    {ItemKind::compound, 0, 35, 6},        // 060
    {ItemKind::repeated, 2, 0, 0},         // 070
    {ItemKind::fixed, 8, 0, 0},            // 100
    {ItemKind::fixed, 1, 0, 0},            // 110
    {ItemKind::fixed, 8, 0, 0},            // 120
    {ItemKind::fixed, 2, 0, 0},            // 090
    {ItemKind::explicit_length, 0, 0, 0},  // RE
    {ItemKind::explicit_length, 0, 0, 0},  // SP
}};

// Category 048, edition 1.32.
inline constexpr std::array<ItemRule, 28> items_048{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::fixed, 3, 0, 0},            // 140
    {ItemKind::extended, 1, 0, 0},         // 020
    {ItemKind::fixed, 4, 0, 0},            // 040
    {ItemKind::fixed, 2, 0, 0},            // 070
    {ItemKind::fixed, 2, 0, 0},            // 090
    {ItemKind::compound, 0, 41, 7},        // 130
    {ItemKind::fixed, 3, 0, 0},            // 220
    {ItemKind::fixed, 6, 0, 0},            // 240
    {ItemKind::repeated, 8, 0, 0},         // 250
    {ItemKind::fixed, 2, 0, 0},            // 161
    {ItemKind::fixed, 4, 0, 0},            // 042
    {ItemKind::fixed, 4, 0, 0},            // 200
    {ItemKind::extended, 1, 0, 0},         // 170
    {ItemKind::fixed, 4, 0, 0},            // 210
    {ItemKind::repeated_fx, 1, 0, 0},      // 030
    {ItemKind::fixed, 2, 0, 0},            // 080
    {ItemKind::fixed, 4, 0, 0},            // 100
    {ItemKind::fixed, 2, 0, 0},            // 110
    {ItemKind::compound, 0, 48, 2},        // 120
    {ItemKind::fixed, 2, 0, 0},            // 230
    {ItemKind::fixed, 7, 0, 0},            // 260
    {ItemKind::fixed, 1, 0, 0},            // 055
    {ItemKind::fixed, 2, 0, 0},            // 050
    {ItemKind::fixed, 1, 0, 0},            // 065
    {ItemKind::fixed, 2, 0, 0},            // 060
    {ItemKind::explicit_length, 0, 0, 0},  // SP
    {ItemKind::explicit_length, 0, 0, 0},  // RE
}};

// Category 062, edition 1.21.
inline constexpr std::array<ItemRule, 35> items_062{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::fixed, 1, 0, 0},            // 015
    {ItemKind::fixed, 3, 0, 0},            // 070
    {ItemKind::fixed, 8, 0, 0},            // 105
    {ItemKind::fixed, 6, 0, 0},            // 100
    {ItemKind::fixed, 4, 0, 0},            // 185
    {ItemKind::fixed, 2, 0, 0},            // 210
    {ItemKind::fixed, 2, 0, 0},            // 060
    {ItemKind::fixed, 7, 0, 0},            // 245
    {ItemKind::compound, 0, 50, 28},       // 380
    {ItemKind::fixed, 2, 0, 0},            // 040
    {ItemKind::extended, 1, 0, 0},         // 080
    {ItemKind::compound, 0, 78, 10},       // 290
    {ItemKind::fixed, 1, 0, 0},            // 200
    {ItemKind::compound, 0, 88, 31},       // 295
    {ItemKind::fixed, 2, 0, 0},            // 136
    {ItemKind::fixed, 2, 0, 0},            // 130
    {ItemKind::fixed, 2, 0, 0},            // 135
    {ItemKind::fixed, 2, 0, 0},            // 220
    {ItemKind::compound, 0, 119, 18},      // 390
    {ItemKind::extended, 1, 0, 0},         // 270
    {ItemKind::fixed, 1, 0, 0},            // 300
    {ItemKind::compound, 0, 137, 7},       // 110
    {ItemKind::fixed, 2, 0, 0},            // 120
    {ItemKind::repeated_fx, 3, 0, 0},      // 510
    {ItemKind::compound, 0, 144, 8},       // 500
    {ItemKind::compound, 0, 152, 6},       // 340
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::explicit_length, 0, 0, 0},  // RE
    {ItemKind::explicit_length, 0, 0, 0},  // SP
}};

// Category 063, edition 1.7.
inline constexpr std::array<ItemRule, 14> items_063{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::fixed, 1, 0, 0},            // 015
    {ItemKind::fixed, 3, 0, 0},            // 030
    {ItemKind::fixed, 2, 0, 0},            // 050
    {ItemKind::extended, 1, 0, 0},         // 060
    {ItemKind::fixed, 2, 0, 0},            // 070
    {ItemKind::fixed, 4, 0, 0},            // 080
    {ItemKind::fixed, 2, 0, 0},            // 081
    {ItemKind::fixed, 4, 0, 0},            // 090
    {ItemKind::fixed, 2, 0, 0},            // 091
    {ItemKind::fixed, 2, 0, 0},            // 092
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::explicit_length, 0, 0, 0},  // RE
    {ItemKind::explicit_length, 0, 0, 0},  // SP
}};

// Category 065, edition 1.6.
inline constexpr std::array<ItemRule, 14> items_065{{
    {ItemKind::fixed, 2, 0, 0},            // 010
    {ItemKind::fixed, 1, 0, 0},            // 000
    {ItemKind::fixed, 1, 0, 0},            // 015
    {ItemKind::fixed, 3, 0, 0},            // 030
    {ItemKind::fixed, 1, 0, 0},            // 020
    {ItemKind::fixed, 1, 0, 0},            // 040
    {ItemKind::fixed, 1, 0, 0},            // 050
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::undefined, 0, 0, 0},        // -
    {ItemKind::explicit_length, 0, 0, 0},  // RE
    {ItemKind::explicit_length, 0, 0, 0},  // SP
}};

}  // namespace headland::asterix
