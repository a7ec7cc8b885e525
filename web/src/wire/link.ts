// SPDX-License-Identifier: Apache-2.0
// The page's end of the socket worker.
import type { FromWorker, Request, ToWorker } from './messages';

export class Link {
  private readonly worker = new Worker(new URL('./socket.worker.ts', import.meta.url), { type: 'module' });

  constructor(take: (message: FromWorker) => void) {
    this.worker.onmessage = (event: MessageEvent<FromWorker>) => take(event.data);
  }

  open(url: string): void {
    this.post({ what: 'open', url });
  }

  send(request: Request): void {
    this.post({ what: 'send', request });
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}

// The stream lies beside the page, wherever that is mounted.
export function streamUrl(page: string): string {
  const url = new URL('ws/v1', page);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  url.hash = '';
  return url.href;
}
