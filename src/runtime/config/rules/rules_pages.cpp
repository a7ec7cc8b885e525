// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/rules/rules_pages.hpp"

#include <array>

#include <fmt/format.h>

#include "runtime/config/rules/rules_fields.hpp"

namespace headland::config {
namespace {

struct Words {
  std::string_view sees, cannot, figures, example;  // the example: further lines of the rule
};

constexpr std::string_view of_days = "Of five simulated days: ";
constexpr std::string_view by_scenes =
    "Scenes with the second in which it must fire, in which it must not, and on its boundary; no figures of days.";

// In the order of rules::RuleKind.
constexpr std::array<Words, rule_kind_names.size()> words = {{
    {"A vessel that comes into an area, or is first seen in one. Sixty metres of slack on the way out: one that "
     "trembles on the edge is one "
     "situation.",
     "One that jumps over a narrow area between two reports.", "into a closed area 7 of 7, 0.1 min after it came in.",
     "zones = [\"firing area\"]"},
    {"A vessel that leaves an area, once it is 60 m outside.", "One that falls silent inside and comes back elsewhere.",
     "leaves though arrested 7 of 7, within 0.1 min.", "zones = [\"north anchorage\"]\nmmsi = [273000000]"},
    {"A vessel that stays in an area for longer than allowed.", "Time before the station first saw it.",
     "stays too long 6 of 6, within 0.1 min.", "zones = [\"quiet bay\"]\nlongest_min = 30"},
    {"A vessel that crosses a line, one way, the other or both. There and back within half a minute is none.",
     "Whether one that turns up on the other side more than a minute later went round the end: it is taken to have "
     "gone straight.",
     "through a closed gate 6 of 6, within 0.1 min.", "zones = [\"closed gate\"]\ndirection = \"right\""},
    {"Speed over or under a limit, with 5 % of slack.",
     "The reason. Radar alone errs by a knot or two on young tracks: give hold_s.",
     "too fast in an approach 6 of 7 (the one missed was a passenger ship, which that rule leaves out), 1.0 min.",
     "zones = [\"approach\"]\nabove_kn = 15\nhold_s = 60"},
    {"A course outside of a sector, with 5 degrees of slack.", "Leeway: it is the course over ground.",
     "wrong course in the narrows 6 of 6, 0.7 min.", "zones = [\"narrows\"]\nfrom_deg = 300\nto_deg = 60"},
    {"Slower than 0.5 kn for half an hour, neither anchored nor moored by its status.",
     "Why; and who lies at a berth and does not say so: give "
     "outside.",
     "lies stopped 6 of 6, 30.1 min (it asks for 30).", "for_min = 30\noutside = [\"port\"]"},
    {"Slow, and the course more than 45 degrees off the heading, for ten minutes.",
     "Vessels without heading in AIS (class B, many small ones), those that radar alone sees, and one that drifts "
     "along its own keel.",
     "drifts 7 of 7, 10.1 min. A real one: FRIO, found ten minutes after the angle passed 45 degrees.",
     "length_min_m = 40"},
    {"Status \"at anchor\" and outside the circle about where it anchored.",
     "Vessels that do not set their status; the length of their chain.",
     "drags its anchor 7 of 7, 4.7 min, 40 min before it would have been 1.5 km off.", "length_min_m = 40"},
    {"Two vessels whose straight ways pass too near, both taken to one instant; head-on, crossing, overtaking (COLREG "
     "13 to 15); small craft "
     "and vessels at rest with limits of their own.",
     "That one is about to turn: in a bend of a fairway straight ways cross. Small craft among themselves are left "
     "alone, and so is radar alone "
     "within 300 m of a ship (its wake).",
     "crossing 7 of 7, 5.2 min before; overtaking 7 of 7, 3.3 min; head-on 7 of 7, 3.2 min.",
     "distance_nmi = 0.15\npassing_distance_nmi = 0.06\noutside = [\"port\"]"},
    {"COLREG 10: against the lane, crossing neither square nor along it (by the heading), stopping, joining from the "
     "side at a large angle.",
     "Whether a vessel is exempt (restricted, fishing, safety of navigation): use not.",
     "wrong way 7 of 7 (2.4 min), poor crossing 7 of 7 (1.7), joins at the side 7 of 7 (5.4), stops 7 of 7 (4.2).",
     "breach = \"wrong_way\"\nfor_min = 2"},
    {"Well heard, under way, silent while at least two others within 5 NM are heard, and no radar sees it go on.",
     "A ship that goes behind a headland alone, or out of the receiver's range with others: 7 of the 22 alerts of no "
     "incident in five days were these.",
     "AIS silent 7 of 7, 5.0 min (it asks for 5).", "silent_min = 5\nlength_min_m = 40"},
    {"AIS silent, radar still sees it, and AIS is received there, as the picture has judged.",
     "Whether a transponder was switched off or broke. Needs radar.",
     "with a radar, all, 3.0 min after the last report.", "silent_min = 3"},
    {"Positions that no vessel can join; one MMSI from two places (5 NM apart) by turns. One wild position is "
     "forgotten.",
     "A false track that begins where the true one is and moves as a ship does.",
     "false position 7 of 7 (0.5 min), one number from two places 7 of 7 (0.3 min).", "priority = \"warning\""},
    {"A name, call sign or IMO number that differs, said twice; another MMSI under one radar track, when it was never "
     "heard while the former was.",
     "A vessel that changes its MMSI and was not followed by radar.",
     "changes its name 7 of 7, 1.3 min in the middle, at most 4.4 (names come every six).", ""},
    {"Radar sees it, AIS does not, it is long enough (its hull, where radar tells it; else its echo) and a vessel by "
     "what "
     "radar takes it for, for five minutes, AIS is received there as the picture has "
     "judged, and it is none of "
     "the vessels that AIS tells of about there, all of them taken together.",
     "Its true length: far out a hull is known badly, and an echo is longer. In a crowd of vessels with AIS nobody is "
     "called "
     "dark.",
     "see the days with a radar (../rules-figures.md).", "length_min_m = 45"},
    {"Two within 500 m, below 2 kn, for the time, at least one was seen to come.",
     "In ports and anchorages it is silent: there three or more others lie within a mile, or the status says so.",
     "meets another at sea 7 of 7, 29 min, an hour before they parted.",
     "for_min = 45\nnot = [\"sailing\", \"pleasure\"]"},
    {"Slow in the mean for two hours within 3 NM, and not lying at a buoy.", "Fast circling; what lasted less.",
     "loiters 7 of 7, 109 min (it asks for 120 from when it came).", "for_min = 120\nlength_min_m = 40"},
    {"Slow within the distance, anchored there, or three crossings within the hour.", "What hangs from the vessel.",
     "to and fro 2 of 2, before the third crossing was over; anchors on it 1 of 1, 1.9 min; slow over it 4 of 4, 5.2 "
     "min.",
     "distance_nmi = 0.25"},
    {"Who will be within the radius of a point before the time, straight on.", "Turns.",
     "towards the platform 7 of 7, 14.8 min before.", "time_min = 15"},
    {"The vessels of a list, by MMSI or by name as AIS says them.", "One that changed both.",
     "on the watch list 6 of 6, when first named (4.2 min in the middle).", "mmsi = [273000100]"},
    {"Who runs into a depth area shallower than draught and margin within the time, straight on.",
     "Tide, squat, wrong draughts; depths come from your zones or from a chart.",
     "towards a shoal 7 of 7, 9.7 min before.", "margin_m = 1"},
    {"Three or more with like course and speed, each within a mile of another.",
     "Ships that happen to go alike: one such column in five days.", "convoy 6 of 6, 15.4 min (it asks for 15).",
     "vessels = 4\noutside = [\"eastbound lane\"]"},
    {"One alert and then another of the same vessel within the time.", "What no rule told.",
     "speeds, then enters the basin 6 of 6, 0.2 min.", "first = \"too fast\"\nthen = \"basin\"\nwithin_min = 60"},
    {"A call for help, an emergency always: AIS transmitters of distress (970, 972, 974), and search-and-rescue "
     "transponders (SART) that a radar of the station sees in two turns; status 14; not under command.",
     "Voice, DSC; status 2 and 14 that were set by mistake; a SART that no radar reaches. It lies up to 0.64 NM before "
     "its nearest dot: the alert draws that stretch.",
     "distress 2 of 2 (0.2 min), not under command 4 of 4 (1.2 min).", "priority = \"caution\""},
    {"All that the picture holds against what a vessel sends (../../concepts/ais-trust.md), weighed: an echo "
     "elsewhere, jumps, a speed that its "
     "positions deny, circles, no echo where radar would see one; the weightiest reasons are in the sentence.",
     "Needs the station's own picture: `rules test` on AIS alone weighs nothing. A lie that is true to the echo.",
     "see the days with a radar (../rules-figures.md).", "trust_below = 0.5"},
    {"The speed that is sent is not that of the way between the positions sent, by 4 kn or more in the mean over five "
     "minutes.",
     "Which of the two is the lie; positions that are seldom heard.",
     "sends a speed that is not its own 6 of 6, 3.6 min.", "difference_kn = 4"},
    {"What vessels of its class hardly ever do there at that time of day, of more than so many that were counted: a "
     "place beside the routes, a "
     "direction against them, a speed far off the usual, lying still where nobody does. Learned by the station itself "
     "of the vessels it sees, "
     "kept over restarts, and drawn on the chart (layer \"Routes\").",
     "Anything before enough vessels were counted: weeks in quiet waters. Seasons, holidays and weather that change "
     "what is usual. That "
     "something is unusual says nothing against it.",
     by_scenes, "what = \"direction\"\nrare_pct = 1\nvisits_min = 100"},
    {"A radar of the station whose bearings are suddenly all others, by what AIS vessels and other radars say: within "
     "a "
     "minute or two of somebody bumping its antenna. It stands for ten minutes; the correction goes on by itself.",
     "A radar that sees no AIS vessels; a slow drift, which is followed without an alert. Vessels, zones and sources "
     "of the rule do not matter.",
     by_scenes, "at_least_deg = 1"},
}};

}  // namespace

std::vector<RulePage> rules_pages() {
  std::vector<RulePage> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Words& w = words[i];
    std::string page = fmt::format("# Rule: {}\n\n{}\n\n", rule_kind_names[i], sentence_of_kind(i));
    page += fmt::format("**Sees** {}\n\n**Cannot see** {}\n\n", w.sees, w.cannot);
    const bool is_of_days = w.figures != by_scenes && !w.figures.starts_with("see") && !w.figures.starts_with("with");
    page += fmt::format("**Figures** {}{}\n", is_of_days ? of_days : "", w.figures);
    page += "\n```toml\n[[rule]]\nname = \"" + std::string(rule_kind_names[i]) + "\"\nkind = \"" +
            std::string(rule_kind_names[i]) + "\"\n";
    if (!w.example.empty()) page += std::string(w.example) + "\n";
    page += "```\n";
    if (const std::string keys = keys_of_kind(i); !keys.empty()) page += "\n## Keys\n" + keys;
    page +=
        "\nKeys of all rules: [../rules.md](../rules.md). How figures were measured: "
        "[../rules-figures.md](../rules-figures.md).\n"
        "This page is printed by `headland rules reference --pages FOLDER`.\n";
    out.push_back({std::string(rule_kind_names[i]), std::move(page)});
  }
  return out;
}

}  // namespace headland::config
