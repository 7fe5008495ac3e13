// A slow line, and a counter of its bytes. It passes TCP on as it comes, later: each direction has a
// bandwidth and half of the round trip. It stands before the line of support/line.ts, and holds for
// whoever in the browser asks (pages, workers); its speed can be changed between two steps of a
// measurement.
//
// What a real line does beyond that is not here: losses, TCP's slow start, TLS. The floor that the
// figures are compared with is the same bytes over the same line.

import { createConnection, createServer, type Server, type Socket } from 'node:net';

export interface Speed {
  /** Each way. */
  bitsPerSecond: number;
  roundTripMs: number;
}

export const FAST: Speed = { bitsPerSecond: Infinity, roundTripMs: 0 };
/** The browsers' preset. */
export const SLOW_3G: Speed = { bitsPerSecond: 400_000, roundTripMs: 400 };

/** How long these bytes take at least, one way after a question. */
export function leastMs(bytes: number, speed: Speed): number {
  return speed.roundTripMs + (bytes * 8_000) / speed.bitsPerSecond;
}

/** One direction of the line, shared by all connections as a phone's radio is. */
class Direction {
  bytes = 0;
  private free = 0;

  /** When these bytes have arrived at the other end. */
  arrival(bytes: number, speed: Speed): number {
    const now = performance.now();
    this.bytes += bytes;
    this.free = Math.max(this.free, now) + (bytes * 8_000) / speed.bitsPerSecond;
    return this.free + speed.roundTripMs / 2;
  }
}

/** Large pieces are cut: what waits behind them must not wait longer than on a real line. */
const PIECE = 4_096;

export class SlowLine {
  speed = FAST;
  readonly up = new Direction();
  readonly down = new Direction();
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Before the server or line at this address. */
  static async before(address: string): Promise<SlowLine> {
    const backend = Number(new URL(address).port);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = server.address();
    if (typeof own !== 'object' || !own) throw new Error('the slow line has no port');
    const line = new SlowLine(server, own.port);
    server.on('connection', (phone) => line.accept(phone, backend));
    return line;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Bytes both ways since the beginning, heads of HTTP included. */
  get bytes(): number {
    return this.up.bytes + this.down.bytes;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(phone: Socket, backend: number): void {
    const server = createConnection({ host: '127.0.0.1', port: backend });
    // A connection costs a round trip before its first byte; here it is there at once.
    const ready = performance.now() + this.speed.roundTripMs;
    for (const socket of [phone, server]) {
      socket.setNoDelay(true);
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        phone.destroy();
        server.destroy();
      });
    }
    this.carry(phone, server, this.up, ready);
    this.carry(server, phone, this.down, ready);
  }

  private carry(from: Socket, to: Socket, direction: Direction, ready: number): void {
    from.on('data', (chunk) => {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        const wait = Math.max(direction.arrival(piece.length, this.speed), ready) - performance.now();
        const give = () => {
          if (!to.destroyed) to.write(piece);
        };
        if (this.speed === FAST) give();
        else setTimeout(give, wait);
      }
    });
  }
}
