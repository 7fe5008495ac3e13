// What every test begins with: a county of its own, and people with their devices.

import { test as base, expect } from '@playwright/test';

import { Api } from './api.ts';
import { Device, type DeviceOptions } from './browser.ts';
import { DESK, TABLET } from './machine.ts';
import type { Line } from './line.ts';
import { Server, type WayKind } from './server.ts';

interface County {
  /** What stands before the server; `test.use({ way: 'line' })` for single requests that go wrong. */
  way: WayKind;
  /** The line to the server, with `way: 'line'` or `'tls'`. */
  line: Line;
  /** The server, with the demo county. */
  server: Server;
  /** Somebody at the API. */
  api: (login: string) => Promise<Api>;
  /** A device that nobody has signed in on. */
  device: (options?: DeviceOptions) => Promise<Device>;
  /** A phone, 360x640. */
  phone: (login: string) => Promise<Device>;
  /** A tablet, 1024x768, by touch. */
  tablet: (login: string) => Promise<Device>;
  /** A computer in an office. */
  desk: (login: string) => Promise<Device>;
}

export const test = base.extend<County>({
  way: ['gate', { option: true }],
  server: async ({ way }, use) => {
    const server = await Server.start('demo', way);
    await use(server);
    await server.remove();
  },
  line: async ({ server }, use) => {
    await use(server.line);
  },
  api: async ({ server }, use) => {
    await use((login) => Api.signIn(server, login));
  },
  device: async ({ server }, use, info) => {
    const devices: Device[] = [];
    await use(async (options) => {
      const device = await Device.make(server, options);
      devices.push(device);
      return device;
    });
    for (const device of devices) {
      if (info.status !== info.expectedStatus) {
        await device.page.screenshot({ path: info.outputPath(`device-${devices.indexOf(device)}.png`) }).catch(() => {});
      }
      await device.close();
    }
    // A page that throws is broken even when the test did not notice.
    expect.soft(devices.flatMap((device) => device.complaints)).toEqual([]);
  },
  phone: async ({ device }, use) => {
    await use(async (login) => {
      const phone = await device();
      await phone.signIn(login);
      return phone;
    });
  },
  tablet: async ({ device }, use) => {
    await use(async (login) => {
      const tablet = await device({ viewport: TABLET });
      await tablet.signIn(login);
      return tablet;
    });
  },
  desk: async ({ device }, use) => {
    await use(async (login) => {
      const desk = await device({ viewport: DESK, touch: false });
      await desk.signIn(login);
      return desk;
    });
  },
});

export { expect };
