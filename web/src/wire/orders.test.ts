// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Request } from './messages';
import { Orders } from './orders';

const drop: Request = { track: { do: 'drop', id: 3, who: 'Anna' } };
const acknowledge: Request = { alert: { do: 'acknowledge', id: 1, who: 'Anna' } };

test('an order that cannot be sent is told at once', () => {
  const orders = new Orders();
  expect(orders.given(drop, false)).toBe('notSent');
  expect(orders.given(acknowledge, false)).toBe('notSent');
  expect(orders.closed()).toBeNull();
});

test('what is asked without an order is repeated, and needs no word', () => {
  const orders = new Orders();
  expect(orders.given({ select: 3 }, false)).toBeNull();
  expect(orders.given({ want: 'snapshot' }, true)).toBeNull();
  expect(orders.closed()).toBeNull();
});

test('an order without an answer is told when the connection breaks, once', () => {
  const orders = new Orders();
  expect(orders.given(drop, true)).toBeNull();
  expect(orders.closed()).toBe('unanswered');
  expect(orders.closed()).toBeNull();
});

test('an order that was answered is not told', () => {
  const orders = new Orders();
  orders.given(drop, true);
  orders.answered();
  orders.answered();
  expect(orders.closed()).toBeNull();
});
