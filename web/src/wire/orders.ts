// SPDX-License-Identifier: Apache-2.0
// Orders of the operator that the station has not answered yet. An order is never sent a second time by itself: what
// was meant a minute ago may be wrong now. So one that is lost with the connection is told.
import type { Request } from './messages';

// Not sent at all, or sent and the connection broke before an answer.
export type Loss = 'notSent' | 'unanswered';

const isOrder = (request: Request) =>
  'alert' in request || 'rules' in request || 'track' in request || 'zone' in request;

// Only these are answered when they are carried out; of the others the effect alone is seen.
const isAnswered = (request: Request) => 'track' in request || 'zone' in request;

export class Orders {
  private open = 0;

  // Of a request that is about to be sent, or cannot be: what the operator must be told.
  given(request: Request, connected: boolean): Loss | null {
    if (!isOrder(request)) return null;
    if (!connected) return 'notSent';
    if (isAnswered(request)) this.open += 1;
    return null;
  }

  // Carried out or refused.
  answered(): void {
    if (this.open > 0) this.open -= 1;
  }

  // The connection has gone: what the operator must be told.
  closed(): Loss | null {
    const lost = this.open > 0;
    this.open = 0;
    return lost ? 'unanswered' : null;
  }
}
