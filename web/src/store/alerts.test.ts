// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { goldenFrame } from '../wire/golden';
import type { Alert, AlertPriority, AlertState } from '../wire/frames';
import { contentOf, decodeJson } from '../wire/codec';
import { applyAlerts, countUnread, isActive, isUnread, listsOf } from './alerts';

const model = decodeJson<{ alerts: Alert[] }>(contentOf(goldenFrame('alerts'))).alerts[0];
const alert = (id: number, priority: AlertPriority, state: AlertState, raised_s = id): Alert => ({
  ...model,
  id,
  priority,
  state,
  raised_s,
  changed_s: raised_s,
});
const ids = (list: Alert[]) => list.map((a) => a.id);

describe('list of alerts', () => {
  it('is in order of priority, unacknowledged first, then newest', () => {
    const { open } = listsOf([
      alert(1, 'caution', 'active_unacknowledged'),
      alert(2, 'warning', 'active_acknowledged'),
      alert(3, 'warning', 'rectified_unacknowledged'),
      alert(4, 'warning', 'active_unacknowledged'),
      alert(5, 'emergency', 'active_acknowledged'),
    ]);
    expect(ids(open)).toEqual([5, 4, 3, 2, 1]);
  });

  it('keeps shelved and closed ones apart', () => {
    const lists = listsOf([
      alert(1, 'alarm', 'shelved'),
      alert(2, 'alarm', 'ended'),
      alert(3, 'alarm', 'ended'),
    ]);
    expect([lists.open, ids(lists.shelved), ids(lists.ended)]).toEqual([[], [1], [3, 2]]);
  });

  it('takes changes into what is known, and a whole list instead of it', () => {
    const known = applyAlerts([], true, [alert(1, 'warning', 'active_unacknowledged')]);
    const changed = applyAlerts(known, false, [
      alert(1, 'warning', 'active_acknowledged'),
      alert(2, 'caution', 'active_unacknowledged'),
    ]);
    expect(changed.map((a) => a.state)).toEqual(['active_acknowledged', 'active_unacknowledged']);
    expect(ids(applyAlerts(changed, true, [alert(3, 'caution', 'ended')]))).toEqual([3]);
  });

  it('forgets the oldest closed ones', () => {
    const sent = Array.from({ length: 9 }, (_, i) => alert(i + 1, 'caution', 'ended'));
    expect(ids(applyAlerts([], true, sent, 3))).toEqual([9, 8, 7]);
  });

  it('counts what nobody has acknowledged', () => {
    const list = [
      alert(1, 'warning', 'active_unacknowledged'),
      alert(2, 'warning', 'rectified_unacknowledged'),
      alert(3, 'warning', 'active_acknowledged'),
    ];
    expect(countUnread(list)).toEqual({ emergency: 0, alarm: 0, warning: 2, caution: 0 });
    expect(list.map(isUnread)).toEqual([true, true, false]);
    expect(list.map(isActive)).toEqual([true, false, true]);
  });
});
