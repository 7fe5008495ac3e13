// The line between the phones and the server. Every browser talks to the gate, never to the server
// itself, so that a test can cut the line like a valley does: for good, or in the middle of an upload.
//
// A gate with `shut()` refuses connections: that is "no network" for pages and for the service
// worker alike, whatever the browser's own emulation covers.

import { createConnection, createServer, type Server, type Socket } from 'node:net';

/** What stands between the phones and the server: the gate here, or the line of `line.ts`. */
export interface Way {
  /** What people type. */
  readonly origin: string;
  shut(): void;
  reopen(): void;
  accident(begins: string, lose: 'request' | 'answer', then: () => void): Promise<void>;
  close(): Promise<void>;
}

/** What happens to the next request that begins with some words. */
interface Accident {
  begins: string;
  /** `request`: half of what was sent arrives. `answer`: all arrives, and no answer comes back. */
  lose: 'request' | 'answer';
  /** Called the moment before the line breaks. */
  then: () => void;
}

export class Gate implements Way {
  private open = true;
  private accidents: Accident[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly backend: number,
  ) {
    server.on('connection', (socket) => this.accept(socket));
  }

  static async make(backend: number): Promise<Gate> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('the gate has no port');
    return new Gate(server, address.port, backend);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** No network from now on; what is open breaks. */
  shut(): void {
    this.open = false;
    this.breakAll();
  }

  /** The network is back. */
  reopen(): void {
    this.open = true;
  }

  /**
   * Waits for a request that begins with `begins` (as "POST /api/v1/sync/push"), then breaks every
   * connection; before that, calls `then`. Resolves when it has happened.
   */
  accident(begins: string, lose: 'request' | 'answer', then: () => void): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        then();
        resolve();
      };
      this.accidents.push({ begins, lose, then: done });
    });
  }

  async close(): Promise<void> {
    this.shut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  private accept(phone: Socket): void {
    if (!this.open) {
      phone.destroy();
      return;
    }
    const server = createConnection({ host: '127.0.0.1', port: this.backend });
    for (const socket of [phone, server]) {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    }
    const drop = () => {
      phone.destroy();
      server.destroy();
    };
    phone.on('error', drop);
    server.on('error', drop);
    phone.on('close', drop);
    server.on('close', drop);

    let losing: Accident | undefined;
    phone.on('data', (chunk) => {
      const waiting = this.accidents[0];
      if (!losing && waiting && chunk.includes(waiting.begins)) {
        losing = waiting;
        this.accidents.shift();
        if (losing.lose === 'request') {
          const half = chunk.subarray(0, Math.floor(chunk.length / 2));
          server.write(half, () => {
            losing?.then();
            this.breakAll();
          });
          return;
        }
      }
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (losing) {
        // The first bytes of the answer: the server has done its work, and nobody hears of it.
        losing.then();
        this.breakAll();
        return;
      }
      phone.write(chunk);
    });
  }
}
