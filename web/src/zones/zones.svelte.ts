// SPDX-License-Identifier: Apache-2.0
// What the panels know of drawn zones.
import type { Draft, DrawnFile, Meaning } from './draft';

class Zones {
  open = $state(false); // the panel
  drawn: DrawnFile | null = $state.raw(null); // null: no rules are in force there
  draft: Draft | null = $state.raw(null);
  meaning: Meaning | null = $state(null);
  waiting = $state(false); // for the station's answer
  fault: string | null = $state(null); // why it refused
}

export const zones = new Zones();
